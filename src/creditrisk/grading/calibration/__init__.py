"""Cuts from goals: shares, capacity, precision, costs of misgrading, most loss found."""
