"""The only door to PyMC: graphs, sampling, convergence, importance weights."""
