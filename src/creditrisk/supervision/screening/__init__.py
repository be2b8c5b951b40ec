"""Conditions on measures, put together by all, any and not: for tags, screening and monitoring points."""
