"""Benchmarks against public data and honest peers; run as ``python -m benchmarks.accuracy.chicago``."""
