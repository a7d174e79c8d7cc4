"""The lowered tree as text: a line for each node, with its field, its position and its plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_logits.source.shapes import fields_of
from flake8_logits.source.syntax import Block, Node, Statement

_INDENT = "  "


def tree_lines(body: Block, line: int | None = None) -> Iterator[str]:
    """Yield the lines of a block; with a line number only those of the innermost statements that it stands in.

    Positions are lines and columns from 1.  Bodies of functions and classes are lowered for it.
    """
    for statement in body if line is None else innermost(body, line):
        yield from _node(statement, "", "")


def innermost(body: Block, line: int) -> list[Statement]:
    """Return the statements that cover a line and hold no statement that does."""
    found: list[Statement] = []
    for statement in statements_of(body):
        if statement.span.line <= line <= statement.span.end_line:
            found = [kept for kept in found if not _holds(kept, statement)] + [statement]
    return found


def statements_of(body: Block) -> Iterator[Statement]:
    """Yield the statements of a block and all that stand in them, in the order of the source."""
    for node in nodes_of(body):
        if isinstance(node, Statement):
            yield node


def nodes_of(value: object) -> Iterator[Node]:
    """Yield every node in a field's value, each before what it holds."""
    if isinstance(value, Node):
        yield value
        for _, inner in _fields(value):
            yield from nodes_of(inner)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        for item in value:
            yield from nodes_of(item)


def _holds(outer: Node, inner: Node) -> bool:
    return any(node is inner for node in nodes_of(outer))


def _node(node: Node, field: str, indent: str) -> Iterator[str]:
    plain: list[tuple[str, object]] = []
    nested: list[tuple[str, object]] = []
    for name, value in _fields(node):
        (nested if any(True for _ in nodes_of(value)) else plain).append((name, value))
    words = [f"{name}={value!r}" for name, value in plain if value not in (None, "", [], ())]
    span = node.span
    label = f"{field}: " if field else ""
    yield " ".join([f"{indent}{label}{type(node).__name__} {span.line}:{span.column + 1}", *words])
    for name, value in nested:
        yield from _value(value, name, indent + _INDENT)


def _value(value: object, field: str, indent: str) -> Iterator[str]:
    if isinstance(value, Node):
        yield from _node(value, field, indent)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        yield f"{indent}{field}:"
        for item in value:
            yield from _item(item, indent + _INDENT)


def _item(item: object, indent: str) -> Iterator[str]:
    if isinstance(item, Node):
        yield from _node(item, "", indent)
    elif isinstance(item, Sequence) and not isinstance(item, (str, bytes)):
        yield f"{indent}-"
        for part in item:
            yield from _item(part, indent + _INDENT)
    else:
        yield f"{indent}{item!r}"


def _fields(node: Node) -> Iterator[tuple[str, object]]:
    """Yield the fields of a node, as its constructor names them, with their values."""
    for name in fields_of(type(node)):
        yield name, getattr(node, name)
