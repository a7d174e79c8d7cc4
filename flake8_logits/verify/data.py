"""Which names hold data alone: arrays, tables, data sets and what is computed from them, never part of a model.

A layer of Keras that is called with data keeps none of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_logits.knowledge.effects import (
    COMPUTING_MODULES,
    DATA_MODULES,
    FILLING_METHODS,
    FRESH_FUNCTIONS,
    ITERATORS,
    PLAIN_BUILTINS,
)
from flake8_logits.verify.bindings import root, roots
from flake8_logits.verify.callees import Callees, stands_in
from flake8_logits.verify.expressions import DATASET
from flake8_logits.verify.scopes import Scope

_OPERATIONS = (ast.UnaryOp, ast.BinOp, ast.Compare, ast.Tuple)
_HOLDING_ITEMS = ITERATORS - {"map", "filter"} | {"next"}


class Data:
    """The keys that are bound to data, and those that are bound to layers and models of Keras."""

    def __init__(self, callees: Callees) -> None:
        self.callees = callees
        bound = _bindings(callees)
        self._keys = set(bound)
        while True:  # all are taken for data until one of their values is seen to be something else
            other = {
                key
                for key in self._keys
                if not all(value is not None and self.is_data(value, scope) for value, scope in bound[key])
            }
            if not other:
                break
            self._keys -= other
        self._layers = {
            key
            for key, values in bound.items()
            if all(value is not None and self._makes_layer(value, scope) for value, scope in values)
        }

    def is_data(self, node: ast.AST, scope: Scope) -> bool:
        """Whether an expression gives data whatever happens."""
        node = stands_in(node) or node
        if isinstance(node, (ast.Constant, ast.JoinedStr)):
            return True
        if isinstance(node, ast.Name):
            return scope.key(node.id) in self._keys
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            stored = isinstance(node, ast.Attribute) and node.attr in self.callees.stored
            return not stored and self.is_data(node.value, scope)
        if isinstance(node, _OPERATIONS):
            return all(self.is_data(one, scope) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))
        return isinstance(node, ast.Call) and self._gives_data(node, scope)

    def _gives_data(self, call: ast.Call, scope: Scope) -> bool:
        func = call.func
        if isinstance(func, ast.Name) and getattr(func, "ours", False):
            return func.id == DATASET
        arguments = [*call.args, *(one.value for one in call.keywords)]
        dotted = self.callees.dotted(func, scope)
        if dotted:
            computes = dotted.startswith(COMPUTING_MODULES) and dotted.rpartition(".")[2].islower()
            return (
                dotted in FRESH_FUNCTIONS
                or dotted.startswith(DATA_MODULES)
                or computes
                and all(self._is_row(one, scope) for one in arguments)
            )
        if isinstance(func, ast.Attribute):
            return self.is_data(func.value, scope) and not self.callees.of(call, scope).routines
        if isinstance(func, ast.Name) and not self.callees.is_value(func.id, scope):
            holds = func.id in _HOLDING_ITEMS and all(self.is_data(one, scope) for one in arguments)
            return holds or func.id in PLAIN_BUILTINS or func.id in FRESH_FUNCTIONS
        return False

    def _is_row(self, node: ast.AST, scope: Scope) -> bool:
        """Whether an expression gives data, or a list of it that nothing else holds."""
        if isinstance(node, ast.List):
            return all(self._is_row(one, scope) for one in node.elts)
        return self.is_data(node, scope)

    def is_layer(self, node: ast.AST, scope: Scope) -> bool:
        """Whether an expression gives a layer or a model of Keras."""
        if isinstance(node, ast.Name):
            return scope.key(node.id) in self._layers
        return self._makes_layer(node, scope)

    def _makes_layer(self, node: ast.AST, scope: Scope) -> bool:
        if not isinstance(node, ast.Call):
            return False
        dotted = self.callees.dotted(node.func, scope)
        return dotted.startswith("keras.") and dotted.rpartition(".")[2][:1].isupper()


def _bindings(callees: Callees) -> dict[str, list[tuple[ast.AST | None, Scope]]]:
    """What each key is bound to; None for whatever is not known."""
    found: dict[str, list[tuple[ast.AST | None, Scope]]] = {}
    told: set[int] = set()
    for body, module in zip(callees.bodies, callees.scopes.modules, strict=True):
        for top in body:
            for node, scope in callees.scopes.walk(top, module):
                for held, value in _put_into(node):
                    found.setdefault(scope.key(held), []).append((value, scope))
                for target, value in _bound_by(node):
                    for name in ast.walk(target):
                        if _is_stored(name):
                            told.add(id(name))
                            found.setdefault(scope.key(name.id), []).append((value, scope))  # type: ignore[attr-defined]
                if _is_stored(node) and id(node) not in told:
                    found.setdefault(scope.key(node.id), []).append((None, scope))  # type: ignore[attr-defined]
    others = {key for _, key, _ in callees.scopes.classes.values()}
    others.update(key for routine in callees.scopes.routines for key in routine.parameters())
    others.update(routine.outer.key(routine.name) for routine in callees.scopes.routines if routine.name)
    return {key: values for key, values in found.items() if key not in others}


def _bound_by(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield node.target, node.iter


def _put_into(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield the names whose objects are given a part, each with the part."""
    if isinstance(node, ast.Assign):
        yield from ((name, node.value) for target in node.targets for name in roots(target))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILLING_METHODS:
        yield from ((root(node.func), one) for one in (*node.args, *(keyword.value for keyword in node.keywords)))


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
