"""Which names a piece of program mentions."""

from __future__ import annotations

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
