"""The forms in which real tables write days, numbers and codes."""
