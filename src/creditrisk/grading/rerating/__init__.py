"""Grading again after a month or a quarter: who stays, who moves, and because of what."""
