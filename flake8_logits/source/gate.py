"""What the code of a program says, apart from comments and docstrings: whether anything in it can meet a loss.

The prefilter looks at all of the text, before anybody has parsed it.  This asks the same of the parsed program, where
``metrics`` is often no more than the name of an argument.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from flake8_logits.source.prefilter import can_meet, named_activations

_MODULES = frozenset(["losses", "metrics"])
"""What only counts where something is taken from it."""
_COMPILE_OTHERS = frozenset(["re", "torch"])
"""Modules whose ``compile`` is given no loss."""
_NAMES = ("arg", "name", "asname", "rest")
"""Where nodes of ``ast`` keep names, other than those that have a case of their own."""
_SAY_NOTHING = ("ctx", "op", "ops", "type_comment", "type_ignores")
"""Where they keep what names nothing, and that is much of a tree."""


@dataclass(frozen=True, slots=True)
class Said:
    """The names and strings in a part of a program, in lower case, each on a line.

    ``used`` are the names that are read.  Of an activation that is made and kept under its own name that is the name
    alone: made, it is applied once only where that is read.
    """

    names: str
    strings: str
    used: str


def may_meet(said: Iterable[Said], words: Iterable[str] = ()) -> bool:
    """Return whether a program, given as what its parts say, may hold an output and what reads it.

    ``words`` are names, in lower case, that the user declared.
    """
    parts = list(said)
    names, strings = "\n".join(part.names for part in parts), "\n".join(part.strings for part in parts)
    return can_meet(names, strings, "\n".join(part.used for part in parts), tuple(words))


def said_in(statements: Iterable[ast.stmt]) -> Said:
    """What statements say."""
    words = _Words()
    for statement in statements:
        words.add(statement)
    return Said(*("\n".join(found).lower() for found in (words.names, words.strings, words.used)))


class _Words:
    """The names and strings of a program."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.strings: list[str] = []
        self.used: list[str] = []

    def add(self, statement: ast.stmt) -> None:
        """Add what a statement says."""
        waiting: list[ast.AST] = [statement]
        kept: ast.AST | None = None
        while waiting:
            node = waiting.pop()
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load) and node is not kept:
                self.used.append(_name_of(node))
            if isinstance(node, ast.Name):
                self._bare(node.id)
            elif isinstance(node, ast.Attribute):
                self._attribute(node)
                waiting.append(node.value)
            elif isinstance(node, ast.Constant):
                if isinstance(node.value, str) and not _is_prose(node.value):
                    self.strings.append(node.value)
            elif not _says_nothing(node):
                if _is_a_logarithm_of_itself(node):
                    self.names.append("x.log()")
                self._other(node)
                waiting += _parts(node)
                kept = _made_to_be_kept(node) or kept

    def _bare(self, name: str) -> None:
        if name not in _MODULES:
            self.names.append(name)

    def _attribute(self, node: ast.Attribute) -> None:
        owner = node.value
        if node.attr == "compile":
            if not (isinstance(owner, ast.Name) and owner.id in _COMPILE_OTHERS):
                self.names.append(".compile(")
        else:
            self._bare(node.attr)
        if isinstance(owner, (ast.Attribute, ast.Name)):
            taken_from = _name_of(owner)
            if taken_from in _MODULES:
                self.names.append(taken_from)
            if node.attr == "log":
                self.names.append(f"{ast.unparse(owner)}.log(")

    def _other(self, node: ast.AST) -> None:
        if isinstance(node, ast.ImportFrom):
            self.names.append(node.module or "")
        elif isinstance(node, ast.alias):
            if node.name not in _MODULES or node.asname not in (None, node.name):
                self.names.append(node.name)
            return
        for field in node._fields:
            if field in _NAMES and isinstance(name := getattr(node, field, None), str):
                self._bare(name)


def _says_nothing(node: ast.AST) -> bool:
    """Whether a node is a docstring, or how something that is made is to be called in what is printed."""
    if isinstance(node, ast.keyword):
        return node.arg == "name" and isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_a_logarithm_of_itself(node: ast.AST) -> bool:
    """Whether a node is ``tensor.log()``; a log that something is written to is given that."""
    if not isinstance(node, ast.Call) or node.args or node.keywords:
        return False
    return isinstance(node.func, ast.Attribute) and node.func.attr == "log"


def _is_prose(text: str) -> bool:
    """Whether a string cannot be a name of anything: it says several words."""
    return any(character.isspace() for character in text.strip())


def _name_of(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _made_to_be_kept(node: ast.AST) -> ast.AST | None:
    """In ``self.softmax = nn.Softmax(1)`` what is called; None where nothing is kept under the activation's name."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call) or len(node.targets) != 1:
        return None
    target, made = node.targets[0], node.value.func
    if not isinstance(target, (ast.Name, ast.Attribute)) or not isinstance(made, (ast.Name, ast.Attribute)):
        return None
    return made if named_activations(_name_of(made)) & named_activations(_name_of(target)) else None


def _parts(node: ast.AST) -> list[ast.AST]:
    """The nodes that a node is made of, but for those that say nothing."""
    found: list[ast.AST] = []
    for field in node._fields:
        value = None if field in _SAY_NOTHING else getattr(node, field, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list):
            found += [item for item in value if isinstance(item, ast.AST)]
    return found
