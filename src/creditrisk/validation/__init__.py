"""Is it true? Ratings against what is known otherwise."""
