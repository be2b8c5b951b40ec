"""Whom the labels speak of: how far they cover those who are scored, and what else could be true."""
