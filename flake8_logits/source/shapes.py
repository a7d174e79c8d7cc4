"""Trees of our own syntax laid out flat, to be compared: two are equal when their shapes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flake8_logits.source.syntax import ClassDef, FunctionDef, Node


@dataclass(frozen=True, slots=True)
class Shape:
    """The nodes of a tree in a fixed order, and all that there is to them apart from where they stand."""

    nodes: list[Node]
    marks: list[object]


def shape_of(body: Iterable[Node]) -> Shape:
    """The shape of a block and of all that stands in it; bodies of functions and classes are lowered for it."""
    nodes: list[Node] = []
    marks: list[object] = []
    waiting: list[object] = [list(body)]
    while waiting:  # not a recursion: trees are as deep as programs are long
        value = waiting.pop()
        if isinstance(value, Node):
            kind = type(value)
            nodes.append(value)
            marks.append(kind)
            waiting.extend([getattr(value, name) for name in fields_of(kind)])
        elif isinstance(value, (list, tuple)):
            marks.append(len(value))
            waiting.extend(value)
        else:
            marks.append((type(value), value))  # True is not 1, nor is 1.0
    return Shape(nodes, marks)


def fields_of(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a type of node as its constructor names them; the body where it is lowered late."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(_named(kind))
    return _FIELDS[kind]


def _named(kind: type[Node]) -> Iterator[str]:
    if kind.__init__ is object.__init__:
        return
    code = kind.__init__.__code__
    for name in code.co_varnames[1 : code.co_argcount]:
        yield "body" if name == "lower" and issubclass(kind, (FunctionDef, ClassDef)) else name


_FIELDS: dict[type[Node], tuple[str, ...]] = {}
