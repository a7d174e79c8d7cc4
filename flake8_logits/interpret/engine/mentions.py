"""What a piece of the program mentions, read off its syntax: names, handlers, yields."""

from __future__ import annotations

from collections.abc import Callable, Container

from flake8_logits.source import syntax as ir


def names_in(node: ir.Node) -> set[str]:
    """Every name and attribute that stands anywhere in a node, bodies of definitions included."""
    found: set[str] = set()
    todo: list[object] = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, (list, tuple)):
            todo.extend(current)
        elif isinstance(current, ir.Node):
            if isinstance(current, ir.Name):
                found.add(current.id)
            elif isinstance(current, ir.Attribute):
                found.add(current.attr)
            todo.extend(_parts(current))
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
    parts = [
        getattr(node, slot)
        for cls in type(node).__mro__
        for slot in getattr(cls, "__slots__", ())
        if slot[0] != "_" and slot not in ("cst", "home")
    ]
    if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
        parts.append(node.body)
    return parts


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
