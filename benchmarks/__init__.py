"""What the linter costs, as ratios of processor time.  ``python -m benchmarks --help`` says what there is."""
