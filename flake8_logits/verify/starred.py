"""Star imports of libraries, written out: each binds those names that the program mentions and the library lists."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Sequence

from flake8_logits.verify.allowed import Access, access, known_as
from flake8_logits.verify.bindings import bound_here

_STAR = "*"
_TYPES = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type))
"""What libraries call as Python calls its types, and most of them hand out by no star."""


def mentioned_in(bodies: Iterable[Sequence[ast.stmt]]) -> frozenset[str]:
    """The names that statements read, or import from elsewhere."""
    found: set[str] = set()
    for node in (node for body in bodies for top in body for node in ast.walk(top)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            found.update(alias.name for alias in node.names)
    return frozenset(found - _TYPES - {_STAR})


def write_out(body: Sequence[ast.stmt], mentioned: frozenset[str], is_own: Callable[[ast.ImportFrom], bool]) -> None:
    """Write star imports of libraries out, but those of the project's own modules.

    A name that the module binds itself is its own; one that several libraries have is that of the last.
    """
    stars = [node for top in body for node in ast.walk(top) if isinstance(node, ast.ImportFrom) and _has_star(node)]
    left = mentioned - bound_here(body)
    for node in sorted(stars, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        if node.level or not node.module or is_own(node):
            continue
        names = sorted(name for name in left if access(known_as(f"{node.module}.{name}")) is not Access.REFUSED)
        if names:
            node.names = [ast.copy_location(ast.alias(name), node) for name in names]
        if node in body:  # one in a block may not be come to
            left -= frozenset(names)


def _has_star(node: ast.ImportFrom) -> bool:
    return any(alias.name == _STAR for alias in node.names)
