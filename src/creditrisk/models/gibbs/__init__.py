"""Draws from a quadratic log-likelihood with the priors of the library, by Gibbs moves along directions."""
