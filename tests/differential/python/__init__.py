"""Random small programs in all of Python's ways to run something now, later, for a while or never."""
