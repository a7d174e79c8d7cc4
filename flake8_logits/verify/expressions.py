"""The expressions of a program as they may run: what is not allowed is not called, a stand-in is put in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import TypeVar

from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Loss
from flake8_logits.verify.allowed import (
    APPLICATIONS,
    BUILTINS,
    DATASETS,
    GUARDED,
    Access,
    access,
    attribute_allowed,
    known_as,
)

MADE, LIBRARY, GUARD, DATASET = "__made__", "__library__", "__guarded__", "__dataset__"
OURS = "__ours__"
"""What is raised by us, and goes past every handler of the program."""
_BEFORE_IMAGENET = 1
"""Where ``weights`` stands among the parameters of the finished models, after ``include_top``."""

_OF_OURS = re.compile(r"__meet_[a-z]+__\(([^,()]+(?:, )?)")
"""How a call at the place is spelt, with what is called."""
PREDICT = "__predict__"
PREDICTING = ("predict", "predict_on_batch")
_IDLE = ("reduction", "name")
"""Arguments of a loss that change neither what it expects nor which way it pulls, but do change between versions."""

_IDLE_OF_LAYERS = ("stateful", "time_major", "implementation")
"""Options of layers that say how a batch is gone through: they leave the scale, and change between versions."""

E = TypeVar("E", bound=ast.AST)


class ExpressionVetting(ast.NodeTransformer):
    """Rewrites the expressions of one module.

    ``aliases`` are the dotted names that the module's imports bind, ``bound`` every name that it binds, ``own`` the
    attributes of the program's classes.  With ``trust`` nothing is refused.
    """

    def __init__(self, aliases: dict[str, str], bound: Iterable[str], own: Iterable[str], trust: bool = False) -> None:
        self.aliases = dict(aliases)
        self.bound = frozenset(bound)
        self.own = frozenset(own)
        self.trust = trust
        self.local: list[set[str]] = []

    # -- names ---------------------------------------------------------------------------------------------------

    def dotted(self, node: ast.AST) -> str | None:
        """The canonical dotted name of a library that an expression spells, None if it spells none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.aliases:
            return None
        if any(node.id in names for names in self.local):
            return None
        return known_as(".".join([self.aliases[node.id], *reversed(parts)]))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name alone."""
        if _ours(node) or not isinstance(node.ctx, ast.Load):
            return node
        dotted = self.dotted(node)
        if dotted is not None:
            return self._library(node, dotted)
        if node.id.startswith("__") and node.id not in BUILTINS and not self.trust:
            return self.stand_in(node)
        if node.id in self.bound or node.id in BUILTINS or self.trust:
            return node
        return self.stand_in(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """An attribute, of a library or of a value."""
        dotted = self.dotted(node)
        if dotted is not None:
            return self._library(node, dotted)
        if isinstance(node.ctx, ast.Load) and not self._may_ask(node.attr):
            return self.stand_in(node)  # what is set or deleted, the guard decides
        node.value = self.visit(node.value)
        return node

    def _may_ask(self, attribute: str) -> bool:
        return self.trust or attribute_allowed(attribute, self.own)

    def _library(self, node: E, dotted: str) -> E | ast.expr:
        if dotted.startswith(f"{DATASETS}."):
            name, _, method = dotted.removeprefix(f"{DATASETS}.").partition(".")
            data = call_of_ours(DATASET, node, ast.Constant(name))
            return ast.copy_location(ast.Attribute(data, method, ast.Load()), node) if method else data
        if self.trust:
            return node
        if access(dotted) is not Access.ALLOWED:
            return self.stand_in(node)
        return self._known(node, dotted)

    @staticmethod
    def _known(node: E, dotted: str) -> E | ast.expr:
        """What has a row, or is Keras', is asked for by its one name: old spellings then work with a new library."""
        if isinstance(node, ast.Name) or (lookup(dotted) is None and not dotted.startswith("keras.layers.")):
            return node
        return call_of_ours(LIBRARY, node, ast.Constant(dotted), ast.Constant(ast.unparse(node)))

    def stand_in(self, node: ast.AST) -> ast.expr:
        """What stands where something may not be called or asked: named as the program spells it."""
        text = _OF_OURS.sub(r"\1(", " ".join(ast.unparse(node).split()))
        text = text if len(text) <= 60 else text[:57] + "..."
        made = call_of_ours(MADE, node, ast.Constant(text), ast.Constant(getattr(node, "lineno", 0)))
        made.instead_of = node  # type: ignore[attr-defined]
        return made

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.MatchValue:
        """A value in a pattern, which no call of ours can stand for; what it may be, the guard decides."""
        return node

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.MatchMapping:
        """Keys in a pattern: as values."""
        node.patterns = [self.visit(one) for one in node.patterns]
        return node

    def visit_MatchClass(self, node: ast.MatchClass) -> ast.MatchClass:
        """A class in a pattern: as values."""
        node.patterns = [self.visit(one) for one in node.patterns]
        node.kwd_patterns = [self.visit(one) for one in node.kwd_patterns]
        return node

    # -- calls ---------------------------------------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A call: of a library, of a builtin, of a method, of a value."""
        if _ours(node):
            node.args = [self.visit(one) for one in node.args]
            node.keywords = [self.visit(one) for one in node.keywords]
            return node
        dotted = self.dotted(node.func)
        if dotted is not None:
            data = dotted.startswith(f"{DATASETS}.") and attribute_allowed(dotted.rpartition(".")[2])
            if not self.trust and not data and access(dotted) is not Access.ALLOWED:
                return self.stand_in(node)
            _in_words_of_today(node, dotted)
            if dotted.startswith(f"{APPLICATIONS}.") and dotted.rpartition(".")[2][:1].isupper():
                _without_weights(node, self.trust)
        elif isinstance(node.func, ast.Name) and node.func.id in GUARDED and node.func.id not in self.bound:
            return self._guarded(node, node.func.id)
        elif isinstance(node.func, ast.Name) and not self._maycall_of_ours(node.func.id):
            return self.stand_in(node)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in PREDICTING and node.args:
            return call_of_ours(PREDICT, node, self.visit(node.func.value), self.visit(node.args[0]))
        elif isinstance(node.func, ast.Attribute) and not self._may_ask(node.func.attr):
            return self.stand_in(node)
        self.generic_visit(node)
        return node

    def _maycall_of_ours(self, name: str) -> bool:
        return self.trust or name in self.bound or name in BUILTINS or name in self.aliases

    def _guarded(self, node: ast.Call, name: str) -> ast.expr:
        node.args = [self.visit(one) for one in node.args]
        node.keywords = [self.visit(one) for one in node.keywords]
        return ast.copy_location(
            ast.Call(name_of_ours(GUARD, node), [ast.Constant(name), *node.args], node.keywords), node
        )


def _in_words_of_today(node: ast.Call, dotted: str) -> None:
    """The options of a call as every version takes them."""
    _without_batch(node)
    idle = _IDLE if isinstance(lookup(dotted), Loss) else _IDLE_OF_LAYERS if dotted.startswith("keras.layers.") else ()
    node.keywords = [one for one in node.keywords if one.arg not in idle]


def _without_batch(node: ast.Call) -> None:
    """The shape of a layer's input without the size of a batch, as Keras 3 takes it."""
    for keyword in node.keywords:
        if keyword.arg == "batch_input_shape":
            keyword.arg = "input_shape"
            rest = ast.Subscript(keyword.value, ast.Slice(ast.Constant(1)), ast.Load())
            keyword.value = ast.copy_location(rest, keyword.value)


def _without_weights(node: ast.Call, trust: bool) -> None:
    """A finished model is built with fresh weights: nothing is downloaded.

    Where weights stand by position differs between models: what is handed out knows it, where it is not trusted.
    """
    if len(node.args) > _BEFORE_IMAGENET:
        if trust:
            node.args[_BEFORE_IMAGENET] = ast.Constant(None)
        return
    node.keywords = [one for one in node.keywords if one.arg != "weights"]
    node.keywords.append(ast.keyword("weights", ast.Constant(None)))


def name_of_ours(id: str, like: ast.AST) -> ast.Name:
    """A name that only we can spell, marked so that it is told from one of the program's."""
    name = ast.Name(id, ast.Load())
    name.ours = True  # type: ignore[attr-defined]
    return ast.copy_location(name, like)


def call_of_ours(function: str, like: ast.AST, *args: ast.expr) -> ast.expr:
    """A call of one of our functions, at the place of another node."""
    call = ast.Call(name_of_ours(function, like), list(args), [])
    call.ours = True  # type: ignore[attr-defined]
    return ast.copy_location(call, like)


def _ours(node: ast.AST) -> bool:
    return getattr(node, "ours", False)
