"""Peers on the same rows, each prepared as its own documentation recommends: one family a file.

A peer is a function of a :class:`~benchmarks.accuracy.task.Task` that returns its probabilities of the test
rows. It sees the labels of the training rows only.
"""
