"""What a piece of the program mentions, read off its syntax: names, handlers, yields."""

from __future__ import annotations

from collections.abc import Callable, Container

from flake8_logits.source import syntax as ir

_BOOKKEEPING = ("cst", "home")


class Mentions:
    """The names that definitions mention, and how many statements they hold; each body is read once."""

    def __init__(self) -> None:
        self._names: dict[ir.Node, frozenset[str]] = {}
        self._sizes: dict[ir.Node, int] = {}

    def names_in(self, node: ir.Node) -> frozenset[str]:
        """Every name and attribute that stands anywhere in a node, bodies of definitions included."""
        known = self._names.get(node)
        if known is None:
            known = self._names[node] = frozenset(self._read(node))
        return known

    def size_of(self, node: ir.Node) -> int:
        """How many statements stand in a node, bodies of definitions included."""
        self.names_in(node)
        return self._sizes[node]

    def _read(self, node: ir.Node) -> set[str]:
        found: set[str] = set()
        size = 0
        todo: list[object] = _parts(node)
        while todo:
            current = todo.pop()
            if isinstance(current, ir.Name):
                found.add(current.id)
            elif isinstance(current, (ir.FunctionDef, ir.ClassDef)):
                found |= self.names_in(current)
                size += self._sizes[current] + 1
            elif isinstance(current, ir.Node):
                if isinstance(current, ir.Attribute):
                    found.add(current.attr)
                size += isinstance(current, ir.Statement)
                todo.extend(_parts(current))
            elif isinstance(current, (list, tuple)):
                todo.extend(current)
        self._sizes[node] = size
        return found


def holds_any(node: ir.Node, wanted: Container[ir.Node]) -> bool:
    """Whether a node is one of the wanted ones, or one of them stands anywhere in it."""
    todo: list[object] = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, (list, tuple)):
            todo.extend(current)
        elif isinstance(current, ir.Node):
            if current in wanted:
                return True
            todo.extend(_parts(current))
    return False


def _parts(node: ir.Node) -> list[object]:
    parts = [getattr(node, slot) for slot in _slots_of(type(node))]
    if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
        parts.append(node.body)
    return parts


_SLOTS: dict[type, tuple[str, ...]] = {}


def _slots_of(kind: type) -> tuple[str, ...]:
    """The attributes in which nodes of a kind hold their parts."""
    found = _SLOTS.get(kind)
    if found is None:
        slots = (slot for cls in kind.__mro__ for slot in getattr(cls, "__slots__", ()))
        found = _SLOTS[kind] = tuple(slot for slot in slots if slot[0] != "_" and slot not in _BOOKKEEPING)
    return found


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
