"""What a piece of the program mentions, read off its syntax: names, handlers, yields."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flake8_logits.source import syntax as ir

_BOOKKEEPING = ("cst", "home")


class Mentions:
    """The names that definitions mention; each body is read once."""

    def __init__(self) -> None:
        self._names: dict[ir.Node, frozenset[str]] = {}

    def names_in(self, node: ir.Node) -> frozenset[str]:
        """Every name and attribute that stands anywhere in a node, bodies of definitions included."""
        known = self._names.get(node)
        if known is None:
            known = self._names[node] = frozenset(self._read(node))
        return known

    def _read(self, node: ir.Node) -> set[str]:
        found: set[str] = set()
        todo: list[object] = _parts(node)
        while todo:
            current = todo.pop()
            if isinstance(current, ir.Name):
                found.add(current.id)
            elif isinstance(current, (ir.FunctionDef, ir.ClassDef)):
                found |= self.names_in(current)
            elif isinstance(current, ir.Node):
                if isinstance(current, ir.Attribute):
                    found.add(current.attr)
                todo.extend(_parts(current))
            elif isinstance(current, (list, tuple)):
                todo.extend(current)
        return found


def _parts(node: ir.Node) -> list[object]:
    parts = [getattr(node, slot) for slot in _slots_of(type(node))]
    if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
        parts.append(node.body)
    return parts


@cache
def _slots_of(kind: type[ir.Node]) -> tuple[str, ...]:
    """The attributes in which nodes of a kind hold their parts."""
    slots = (slot for cls in kind.__mro__ for slot in getattr(cls, "__slots__", ()))
    return tuple(slot for slot in slots if slot[0] != "_" and slot not in _BOOKKEEPING)


def raises_are_caught(node: ir.FunctionDef) -> bool:
    """Whether a function catches exceptions anywhere."""
    return _holds(node, lambda part: isinstance(part, ir.Try) and bool(part.handlers))


def yields(node: ir.FunctionDef | ir.Lambda) -> bool:
    """Whether a function is a generator: its body is run later, if at all."""
    return _holds(node, lambda part: isinstance(part, ir.Passing) and part.keyword == "yield")


def _holds(node: ir.FunctionDef | ir.Lambda, wanted: Callable[[ir.Node], bool]) -> bool:
    """Whether a function has a node of a kind, those of functions within it left out."""
    todo: list[object] = [node.body]
    while todo:
        current = todo.pop()
        if isinstance(current, (list, tuple)):
            todo.extend(current)
        elif isinstance(current, ir.Node):
            if wanted(current):
                return True
            if not isinstance(current, (ir.FunctionDef, ir.ClassDef, ir.Lambda)):
                todo.extend(_parts(current))
    return False
