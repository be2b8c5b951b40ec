"""Is the posterior what it says it is?"""
