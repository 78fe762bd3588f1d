"""Benchmarks: `python -m tests.benchmarks` prints JSON. Never part of the tests."""
