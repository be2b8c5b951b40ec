"""Benchmarks of time and memory at the size of a province."""
