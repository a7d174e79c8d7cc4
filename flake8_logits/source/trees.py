"""Units to trees: by Python's own parser where a quick look is enough, by libcst where more is wanted.

While a file is mended it is analysed many times, and most of its cells stay the same: their trees may be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.source.around import read_around
from flake8_logits.source.kept_parts import KeptParts
from flake8_logits.source.magics import mask_magics
from flake8_logits.source.units import Unit

if TYPE_CHECKING:
    import ast

    from flake8_logits.source.quick_tree import Part, QuickTree
    from flake8_logits.source.tree import Tree

REST_WAS_READ = "(the rest was read)"

_PARTS: ContextVar[KeptParts[Part] | None] = ContextVar("parts", default=None)
_KEPT: ContextVar[dict[Unit, Tree] | None] = ContextVar("kept", default=None)
_QUICK: ContextVar[bool] = ContextVar("quick", default=False)
_GIVEN: ContextVar[tuple[str, ast.Module | None] | None] = ContextVar("given", default=None)


@contextmanager
def keeping_trees() -> Iterator[None]:
    """Within this, libcst reads a unit once; afterwards its tree is forgotten."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


@contextmanager
def reading_quickly(quick: bool = True) -> Iterator[None]:
    """Within this, ``read`` asks Python's own parser first; who asks its trees for a place may meet Disagreement."""
    token = _QUICK.set(quick)
    try:
        yield
    finally:
        _QUICK.reset(token)


@contextmanager
def keeping_parts(parts: KeptParts[Part] | None) -> Iterator[None]:
    """Within this, what a quick look makes of a part of a text is taken from these where it was read before."""
    token = _PARTS.set(parts)
    try:
        yield
    finally:
        _PARTS.reset(token)


@contextmanager
def given(text: str, module: ast.Module | None) -> Iterator[None]:
    """Within this, nobody parses this text once more: ``module`` is what Python's parser made of it, if anything."""
    token = _GIVEN.set((text, module))
    try:
        yield
    finally:
        _GIVEN.reset(token)


def is_quick() -> bool:
    """Whether ``read`` asks Python's own parser first."""
    return _QUICK.get()


def read(unit: Unit) -> Tree | QuickTree:
    """The tree of a unit; whether a quick one will do, ``reading_quickly`` has said.

    Where a part of the unit does not parse, it is the tree of the rest, with what is wrong as its ``problem``.
    """
    tree = (_quick(unit) if _QUICK.get() else None) or tree_of(unit)
    if tree.problem is None or (text := read_around(mask_magics(unit.text))) is None:
        return tree
    rest = replace(unit, text=text)
    around = (_quick(rest) if _QUICK.get() else None) or _exact(rest)
    if around.problem is not None:
        return tree
    around.problem = replace(tree.problem, message=f"{tree.problem.message} {REST_WAS_READ}")
    return around


def read_to_keep(unit: Unit) -> Tree | QuickTree:
    """As ``read``, and nothing is left to be lowered."""
    tree = read(unit)
    # Here, because by now it is imported, or there is no such tree.
    from flake8_logits.source.quick_tree import QuickTree

    if isinstance(tree, QuickTree):
        tree.lower_all()
    return tree


def _quick(unit: Unit) -> QuickTree | None:
    # Here, because the lowering is slow to import and most files are not parsed.
    from flake8_logits.source.quick_tree import quick_tree

    text, module = _GIVEN.get() or ("", None)
    parsed = module if module is not None and module.body and text == unit.text else None
    return quick_tree(unit, parsed, _PARTS.get())


def tree_of(unit: Unit) -> Tree:
    """The tree that libcst makes of a unit."""
    kept = _KEPT.get()
    if kept is None:
        return _exact(unit)
    if unit not in kept:
        kept[unit] = _exact(unit)
    return kept[unit]


def _exact(unit: Unit) -> Tree:
    # Here, because libcst is slow to import and most files are not parsed.
    from flake8_logits.source.tree import Tree

    return Tree(unit)
