"""The folders that a program adds to ``sys.path``, as far as its text tells; nothing of it is run."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator, Sequence

from flake8_logits.parser import parse
from flake8_logits.source.magics import mask_magics

DEEPEST = 20
"""Calls and names within each other."""
LONGEST = 4_096
"""Characters of a path; no system takes a longer one."""
MOST_FOLDERS = 64
"""Of the rest none is searched: each module that is imported is looked for in all of them."""

_OF_PATHS: dict[str, Callable[[str], str]] = {
    "dirname": os.path.dirname,
    "abspath": os.path.normpath,
    "realpath": os.path.normpath,
    "normpath": os.path.normpath,
    "resolve": os.path.normpath,
    "absolute": os.path.normpath,
    "as_posix": str,
    "fspath": str,
    "str": str,
    "Path": str,
    "PurePath": str,
}
"""Functions, methods and attributes of ``os.path`` and ``pathlib`` that make a path of a path."""
_JOINING = frozenset({"join", "joinpath", "Path"})
_CURRENT = frozenset({"getcwd", "cwd"})
_CONSTANTS = {"pardir": os.pardir, "curdir": os.curdir, "sep": os.sep}


def added_folders(path: str, text: str) -> Sequence[str]:
    """The folders, absolute, in the order in which a program asks them; none where it does not parse.

    ``path`` is its file.  A folder relative to where the program is started is taken as relative to the file's own.
    """
    if "sys.path" not in text:
        return ()
    try:
        module = parse(mask_magics(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    reader = _Reader(path, module)
    folders = (reader.path_of(argument, DEEPEST) for argument in _added(module))
    here = os.path.dirname(path)
    absolute = dict.fromkeys(os.path.normpath(os.path.join(here, folder)) for folder in folders if folder is not None)
    return tuple(absolute)[:MOST_FOLDERS]


def _added(module: ast.Module) -> Iterator[ast.expr]:
    """Yield what is added, wherever that stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.AugAssign) and _is_search_path(node.target):
            yield from _elements(node.value)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        if not _is_search_path(node.func.value):
            continue
        if node.func.attr == "extend":
            yield from _elements(node.args[0])
        elif node.func.attr in ("append", "insert"):
            yield node.args[-1]


def _elements(node: ast.expr) -> Sequence[ast.expr]:
    return node.elts if isinstance(node, ast.List | ast.Tuple) else ()


def _is_search_path(node: ast.expr) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr != "path":
        return False
    return isinstance(node.value, ast.Name) and node.value.id == "sys"


class _Reader:
    """Reads paths off expressions: names stand for what is bound to them once, at the module's top."""

    def __init__(self, path: str, module: ast.Module) -> None:
        self._path = path
        self._bound: dict[str, ast.expr | None] = {}
        self._known: dict[str, str | None] = {}
        """What names stand for; None while that is being read."""
        for statement in module.body:
            if isinstance(statement, ast.Assign) and isinstance(target := statement.targets[0], ast.Name):
                self._bound[target.id] = None if target.id in self._bound else statement.value

    def path_of(self, node: ast.expr | None, depth: int) -> str | None:
        """The path that an expression stands for; None where it is not known."""
        if node is None or not depth:
            return None
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) and "\0" not in node.value else None
        if isinstance(node, ast.Name):
            return self._path if node.id == "__file__" else self._named(node.id, depth - 1)
        if isinstance(node, ast.Call):
            return self._called(node, depth - 1)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Add):
            return self._joined([node.left, node.right], depth - 1, "" if isinstance(node.op, ast.Add) else os.sep)
        if isinstance(node, ast.Subscript):
            return self._picked(node, depth - 1)
        return self._attribute(node, depth - 1) if isinstance(node, ast.Attribute) else None

    def _named(self, name: str, depth: int) -> str | None:
        if name not in self._known:
            self._known[name] = None
            self._known[name] = self.path_of(self._bound.get(name), depth)
        return self._known[name]

    def _called(self, node: ast.Call, depth: int) -> str | None:
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in _CURRENT:
            return os.path.dirname(self._path)
        arguments = list(node.args)
        if isinstance(function, ast.Attribute) and name in ("joinpath", "resolve", "absolute", "as_posix"):
            arguments.insert(0, function.value)
        if name in _JOINING and len(arguments) > 1:
            return self._joined(arguments, depth, os.sep)
        whole = self.path_of(arguments[0], depth) if arguments else None
        return _OF_PATHS[name](whole) if whole is not None and name in _OF_PATHS and len(arguments) == 1 else None

    def _joined(self, nodes: Sequence[ast.expr], depth: int, between: str) -> str | None:
        parts = [self.path_of(node, depth) for node in nodes]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        if sum(map(len, known)) > LONGEST:
            return None
        return os.path.join(*known) if between else "".join(known)

    def _picked(self, node: ast.Subscript, depth: int) -> str | None:
        """``sys.path[0]``, ``path.parents[1]``."""
        if _is_search_path(node.value):
            return os.path.dirname(self._path)
        owner = node.value
        above = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if not isinstance(owner, ast.Attribute) or owner.attr != "parents" or not isinstance(above, int):
            return None
        found = self.path_of(owner.value, depth)
        for _ in range(above + 1 if found and 0 <= above < DEEPEST else 0):
            found = os.path.dirname(found or "")
        return found

    def _attribute(self, node: ast.Attribute, depth: int) -> str | None:
        if node.attr in _CONSTANTS:
            return _CONSTANTS[node.attr]
        whole = self.path_of(node.value, depth) if node.attr == "parent" else None
        return None if whole is None else os.path.dirname(whole)
