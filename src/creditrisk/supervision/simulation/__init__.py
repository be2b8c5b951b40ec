"""Quarters of draw, inspect and refit on a made-up registry, to compare ways of choosing whom to visit."""
