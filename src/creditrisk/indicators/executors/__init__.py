"""How the values of indicators are computed; every way must give the same numbers."""
