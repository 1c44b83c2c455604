"""Commands that print the figures of the documentation; run one as `python -m benchmarks.NAME`."""
