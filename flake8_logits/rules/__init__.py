"""Pure functions from a pairing to a diagnostic; they never see a syntax tree."""
