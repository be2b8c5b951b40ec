"""The 45 indicators of `benchmarks.scale.extraction` written by hand, once for each peer."""
