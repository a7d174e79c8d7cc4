"""flake8 and the command line: each only converts."""
