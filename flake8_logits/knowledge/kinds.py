"""What is known of the classes of libraries beside what they do."""

from __future__ import annotations

WITHOUT_HEIRS = frozenset({"keras.layers.Activation", "keras.layers.Dense", "keras.layers.Flatten"})
"""Layers of which no other layer of the library is a kind."""

NEVER_EMPTY = tuple(f"keras.{part}." for part in ("losses", "metrics", "layers", "activations"))
"""Where everything counts as true, the functions and what the classes make; arrays and variables may not."""
