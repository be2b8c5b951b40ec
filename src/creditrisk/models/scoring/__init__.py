"""Kernels that turn codes and draws into numbers; they import nothing heavy."""
