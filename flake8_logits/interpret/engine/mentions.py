"""What a piece of the program mentions, read off its syntax: names, handlers, yields."""

from __future__ import annotations

from collections.abc import Container, Iterable, Set
from dataclasses import dataclass
from enum import Enum, auto

from flake8_logits.source import syntax as ir

_BOOKKEEPING = ("cst", "home")
DEFINITIONS = (ir.FunctionDef, ir.ClassDef, ir.Lambda)


class Change(Enum):
    """What a body does to something."""

    BOUND = auto()
    """A name of another scope is bound anew."""
    ATTRIBUTE = auto()
    """An attribute of it is set or deleted."""
    CONTENT = auto()
    """An item of it is set or deleted, or a method of it is called."""
    CALLED = auto()


@dataclass(frozen=True, slots=True)
class Changed:
    """What a body changes or calls: the attribute or method by its ``name``, empty for an item."""

    kind: Change
    owner: ir.Expression
    name: str = ""


@dataclass(slots=True)
class _Mentioned:
    """What stands in a node, in the bodies of definitions within it, too."""

    names: set[str]
    statements: int = 0
    yields: bool = False
    """Whether it is a generator itself."""


class Mentions:
    """What definitions mention; each body is read once."""

    def __init__(self, before: Mentions | None = None) -> None:
        """``before`` are those of another run, of a program that has nodes in common with this one."""
        self._known: dict[ir.Node, _Mentioned] = {}
        self._changes: dict[ir.Node, list[Changed]] = {}
        self._before = {} if before is None else before._known

    def alone(self) -> Mentions:
        """What was asked of these, without what was asked only before."""
        self._before = {}
        return self

    def names_in(self, node: ir.Node) -> Set[str]:
        """Every name and attribute that stands anywhere in a node, bodies of definitions included."""
        return self._read(node).names

    def size_of(self, node: ir.Node) -> int:
        """How many statements stand in a node, bodies of definitions included."""
        return self._read(node).statements

    def yields(self, node: ir.FunctionDef | ir.Lambda) -> bool:
        """Whether a function is a generator: its body is run later, if at all."""
        return self._read(node).yields

    def changes_in(self, node: ir.Node) -> list[Changed]:
        """What a body changes or calls, those of definitions within it included."""
        found = self._changes.get(node)
        if found is None:
            found = self._changes[node] = _changes_in(node)
        return found

    def _read(self, node: ir.Node) -> _Mentioned:
        known = self._known.get(node)
        if known is not None:
            return known
        known = self._before.get(node)
        if known is not None:
            self._known[node] = known
            return known
        found = self._known[node] = _Mentioned(set())
        todo = parts_of(node)
        while todo:
            current = todo.pop()
            if isinstance(current, DEFINITIONS):
                within = self._read(current)
                found.names |= within.names
                found.statements += within.statements + isinstance(current, ir.Statement)
            elif isinstance(current, ir.Name):
                found.names.add(current.id)
            else:
                self._note(current, found)
                todo += parts_of(current)
        return found

    def _note(self, node: ir.Node, found: _Mentioned) -> None:
        if isinstance(node, ir.Statement):
            found.statements += 1
        elif isinstance(node, ir.Attribute):
            found.names.add(node.attr)
        elif isinstance(node, ir.Passing):
            found.yields = found.yields or node.keyword != "await"


def _changes_in(node: ir.Node) -> list[Changed]:
    found: list[Changed] = []
    todo = parts_of(node)
    while todo:
        current = todo.pop()
        todo += parts_of(current)
        if isinstance(current, ir.Declare):
            found += [Changed(Change.BOUND, ir.Name(name)) for name in current.names]
        elif isinstance(current, (ir.Assign, ir.Delete)):
            found += [changed for target in current.targets for changed in _written(target)]
        elif isinstance(current, ir.Call):
            found.append(Changed(Change.CALLED, current.func))
            if isinstance(current.func, ir.Attribute):
                found.append(Changed(Change.CONTENT, current.func.value, current.func.attr))
            found += _set_by_name(current)
    return found


def _set_by_name(call: ir.Call) -> list[Changed]:
    """What ``setattr`` and ``delattr`` change; all of it where the name is computed."""
    if not isinstance(call.func, ir.Name) or call.func.id not in ("setattr", "delattr") or len(call.args) < 2:
        return []
    owner, name = call.args[0].value, call.args[1].value
    if isinstance(name, ir.Constant) and isinstance(name.value, str):
        return [Changed(Change.ATTRIBUTE, owner, name.value)]
    return [Changed(Change.CONTENT, owner)]


def _written(target: ir.Expression) -> list[Changed]:
    if isinstance(target, ir.Attribute):
        return [Changed(Change.ATTRIBUTE, target.value, target.attr)]
    if isinstance(target, ir.Subscript):
        return [Changed(Change.CONTENT, target.value)]
    if isinstance(target, ir.Collection):
        return [changed for item in target.items for changed in _written(item)]
    return _written(target.value) if isinstance(target, ir.Starred) else []


def holds_any(node: ir.Node, wanted: Container[ir.Node]) -> bool:
    """Whether a node is one of the wanted ones, or one of them stands anywhere in it."""
    todo = [node]
    while todo:
        current = todo.pop()
        if current in wanted:
            return True
        todo += parts_of(current)
    return False


def raises_are_caught(node: ir.FunctionDef) -> bool:
    """Whether a function catches exceptions anywhere, in functions within it apart."""
    todo = _nodes_in(node.body)
    while todo:
        current = todo.pop()
        if isinstance(current, ir.Try) and current.handlers:
            return True
        if not isinstance(current, DEFINITIONS):
            todo += parts_of(current)
    return False


def breaks_off(block: ir.Block) -> bool:
    """Whether a ``break`` stands in a block, that of a loop within it, too."""
    todo = _nodes_in(block)
    while todo:
        current = todo.pop()
        if isinstance(current, ir.Leave) and current.keyword == "break":
            return True
        if not isinstance(current, DEFINITIONS):
            todo += parts_of(current)
    return False


def parts_of(node: ir.Node) -> list[ir.Node]:
    """The nodes that a node holds; in the body of a definition, too."""
    parts = _nodes_in([getattr(node, slot) for slot in _slots_of(type(node))])
    if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
        parts += node.body
    return parts


def _nodes_in(values: Iterable[object]) -> list[ir.Node]:
    found: list[ir.Node] = []
    for value in values:
        if isinstance(value, ir.Node):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += _nodes_in(value)
    return found


_SLOTS: dict[type, tuple[str, ...]] = {}


def _slots_of(kind: type) -> tuple[str, ...]:
    """The attributes in which nodes of a kind hold their parts."""
    found = _SLOTS.get(kind)
    if found is None:
        slots = (slot for cls in kind.__mro__ for slot in getattr(cls, "__slots__", ()))
        found = _SLOTS[kind] = tuple(slot for slot in slots if slot[0] != "_" and slot not in _BOOKKEEPING)
    return found
