"""Whether Keras makes a graph of what a model does in a step, as far as a program's text says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_logits.knowledge.compiling import COMPILE, RUN_EAGERLY
from flake8_logits.knowledge.hooks import IN_GRAPH, RUN_OTHERWISE
from flake8_logits.knowledge.kinds import MODEL

_MODEL = MODEL.rpartition(".")[2]


def steps_in_graph(body: Sequence[ast.stmt], cls: ast.ClassDef, method: str) -> bool | None:
    """Whether Keras makes a graph of a method of a class; None where that cannot be told from these statements."""
    own = {node.name for node in _nodes(body) if isinstance(node, ast.ClassDef)}
    if method not in IN_GRAPH or not any(_last_name(base) == _MODEL for base in cls.bases) or _MODEL in own:
        return None
    if any(isinstance(node, ast.FunctionDef) and node.name in RUN_OTHERWISE for node in cls.body):
        return None
    compiled = [node for node in _nodes(body) if isinstance(node, ast.Call) and _last_name(node.func) == COMPILE]
    told = [keyword for call in compiled for keyword in call.keywords if keyword.arg in (RUN_EAGERLY.name, None)]
    if sum(_speaks_of_it(node) for node in _nodes(body)) > len(told):
        return None
    eagerly = {_is_told(call) for call in compiled}
    return None if len(eagerly) != 1 or None in eagerly else eagerly == {False}


def _nodes(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    for top in body:
        yield from ast.walk(top)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _speaks_of_it(node: ast.AST) -> bool:
    """Whether a node has to do with what is run eagerly: as an argument, an attribute, a name or a key."""
    return RUN_EAGERLY.name in (
        getattr(node, "arg", None), getattr(node, "attr", None), getattr(node, "id", None), getattr(node, "value", None)
    )  # fmt: skip


def _is_told(call: ast.Call) -> bool | None:
    """Whether a call of ``compile`` says that steps are run eagerly; None where that is computed."""
    place = RUN_EAGERLY.index
    if (place is not None and len(call.args) > place) or any(isinstance(one, ast.Starred) for one in call.args):
        return None
    told: bool | None = False
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg == RUN_EAGERLY.name:
            told = bool(keyword.value.value) if isinstance(keyword.value, ast.Constant) else None
    return told
