"""A loss put in the place of another: the same arguments and labels, but other numbers expected."""

from __future__ import annotations

from flake8_logits.domain.fixes import Edit, Exchange
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.fixes.readers import check_sharing, read_here
from flake8_logits.source import syntax as ir


def exchange(program: Program, change: Exchange) -> tuple[str, list[Edit]]:
    """Words and the edit that name the other loss; raises DeclinedError."""
    reader = change.reader
    node = read_here(program, reader)
    called = node.func if isinstance(node, ir.Call) else node
    old = program.meaning(called)
    if not old:
        raise DeclinedError(f"{reader.name} is not named here")
    if isinstance(node, ir.Call) and reader.name[:1].isupper():
        check_sharing(program, reader, node)
    new = f"{old.rpartition('.')[0]}.{change.name}"
    if isinstance(called, ir.Attribute):
        name = f"{called.value.text}.{change.name}"
    else:
        found = [one.name for one in program.names.imports(called) if one.plain and one.dotted == new]
        if not found:
            raise DeclinedError(f"{change.name} is not imported here")
        name = found[0]
    return f"use {change.name}", [Edit(called.span, name)]
