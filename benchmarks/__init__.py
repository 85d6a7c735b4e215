"""What is measured, against which limit or peer: `python -m benchmarks` prints one table."""
