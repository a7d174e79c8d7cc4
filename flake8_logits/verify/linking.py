"""Imports of the project's own modules, turned into requests for what their slices define."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Protocol

PROJECT = "__project__"


class Modules(Protocol):
    """The modules of the project that were read."""

    def number(self, importer: str, dotted: str, level: int) -> int | None:
        """The number of the module that an import names; None if it is not one of them."""

    def top(self, number: int) -> set[str]:
        """The names that a module binds."""


class Links(ast.NodeTransformer):
    """Rewrites the imports of one module; those of libraries stay as they are."""

    def __init__(self, modules: Modules, path: str) -> None:
        self.modules = modules
        self.path = path

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """``import a.b`` and ``import a.b as c``."""
        made: list[ast.stmt] = []
        for alias in node.names:
            number = self.modules.number(self.path, alias.name, 0)
            if not number:
                made.append(ast.copy_location(ast.Import([alias]), node))
                continue
            inner = "" if alias.asname else alias.name.partition(".")[2]
            made.append(_ask(node, alias.asname or alias.name.partition(".")[0], number, "", inner))
        return made

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """``from a import b``, where ``b`` may be a module itself, and ``from a import *``."""
        whole = self.modules.number(self.path, node.module or "", node.level)
        made: list[ast.stmt] = []
        for alias in node.names:
            if whole and (alias.name == "*" or alias.name in self.modules.top(whole)):
                names = sorted(self.modules.top(whole)) if alias.name == "*" else [alias.name]
                made.extend(_ask(node, alias.asname or name, whole, name, "") for name in names)
                continue
            dotted = f"{node.module}.{alias.name}" if node.module else alias.name
            inner = self.modules.number(self.path, dotted, node.level)
            if inner:
                made.append(_ask(node, alias.asname or alias.name, inner, "", ""))
            else:
                made.append(ast.copy_location(ast.ImportFrom(node.module, [alias], node.level), node))
        return made


def _ask(like: ast.stmt, name: str, number: int, what: str, inner: str) -> ast.stmt:
    function = ast.Name(PROJECT, ast.Load())
    call = ast.Call(function, [ast.Constant(number), ast.Constant(what), ast.Constant(inner)], [])
    function.ours = call.ours = True  # type: ignore[attr-defined]
    assign = ast.Assign([ast.Name(name, ast.Store())], call)
    return ast.fix_missing_locations(ast.copy_location(assign, like))


def asked_of(body: list[ast.stmt], top: Callable[[int], set[str]]) -> Iterator[tuple[int, set[str]]]:
    """Yield each module that statements ask for, with the names they want: of a whole one those that are mentioned."""
    nodes = [node for one in body for node in ast.walk(one)]
    mentioned = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == PROJECT:
            number, what, _ = (one.value for one in node.args if isinstance(one, ast.Constant))
            assert isinstance(number, int)
            yield number, {str(what)} if what else top(number) & mentioned
