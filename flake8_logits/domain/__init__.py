"""The vocabulary: what a scale, a contract, a pairing and a diagnostic are. Imports only the standard library."""
