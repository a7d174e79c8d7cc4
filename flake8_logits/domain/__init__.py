"""The vocabulary: what a scale, a contract, a pairing and a diagnostic are. Imports the standard library alone."""
