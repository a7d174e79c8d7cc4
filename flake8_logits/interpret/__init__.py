"""Abstract interpretation of a program: what its outputs are, and which losses they meet."""
