"""What statements assign to."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.source import syntax as ir


def targets_of(node: ir.Node) -> Iterator[ir.Expression]:
    """Yield what a statement or a clause of a comprehension assigns to; of a pattern each part."""
    if isinstance(node, (ir.Assign, ir.Delete)):
        targets = list(node.targets)
    elif isinstance(node, ir.With):
        targets = [target for _, target in node.items if target is not None]
    elif isinstance(node, (ir.For, ir.Clause, ir.Walrus)):
        targets = [node.target]
    else:
        targets = []
    for target in targets:
        yield from _parts(target)


def names_of(node: ir.Statement) -> Iterator[str]:
    """Yield the names that a statement binds in its own scope."""
    for target in targets_of(node):
        if isinstance(target, ir.Name):
            yield target.id
    if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
        yield node.name
    elif isinstance(node, ir.Import):
        yield from (alias or dotted.partition(".")[0] for dotted, alias in node.names)
    elif isinstance(node, ir.ImportFrom):
        yield from (alias for _, alias in node.names or ())


def _parts(target: ir.Expression) -> Iterator[ir.Expression]:
    if isinstance(target, ir.Starred):
        yield from _parts(target.value)
    elif isinstance(target, ir.Collection):
        for item in target.items:
            yield from _parts(item)
    else:
        yield target
