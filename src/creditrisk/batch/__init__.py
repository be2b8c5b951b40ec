"""Millions of entities from records to ratings: in slices, resumable at any moment."""
