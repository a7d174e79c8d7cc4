"""JAX's own loops and branches, by canonical name."""

from __future__ import annotations

SCANS = frozenset({"jax.lax.scan"})
"""``scan(f, init, xs)``: ``f`` is given what is carried and a row, and gives what is carried on and another row."""

LOOPS: dict[str, tuple[int, str, int, bool]] = {
    "jax.lax.fori_loop": (2, "body_fun", 3, True),
    "jax.lax.while_loop": (1, "body_fun", 2, False),
}
"""Where the body stands and its name, where ``init_val`` stands, and whether the body is given a number first."""

BRANCHES = frozenset({"jax.lax.cond"})
"""A condition, two functions, and what either of them is given."""

EACH = frozenset({"jax.lax.map"})
"""A function and the rows that it is given, one after the other."""

SHAPES = frozenset({"jax.eval_shape"})
"""A function and what it is given: it is run without numbers."""
