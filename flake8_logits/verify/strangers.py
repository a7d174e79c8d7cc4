"""Which values may be what is not run: a function, a class or an object of which nothing is known.

Whoever calls one hands over what it is given, as by a call that is not made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_logits.knowledge.effects import LOOKING_LIBRARIES
from flake8_logits.verify.bindings import COMPREHENSIONS
from flake8_logits.verify.callees import CONSTRUCTION, Callees, asks_project, stands_in
from flake8_logits.verify.data import Data
from flake8_logits.verify.expressions import GUARD
from flake8_logits.verify.patience import tick
from flake8_logits.verify.scopes import Routine, Scope

_HOLDING = (ast.BinOp, ast.BoolOp, ast.IfExp, ast.Starred, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.NamedExpr,
            ast.Yield, ast.comprehension, *COMPREHENSIONS)  # fmt: skip
_BELOW = (ast.Attribute, ast.Subscript)
_Bound = tuple[str, ast.AST, Scope]


class Strangers:
    """The keys that may be bound to what is not run."""

    def __init__(self, callees: Callees, data: Data) -> None:
        self.callees = callees
        self.data = data
        self._keys: set[str] = set()
        todo = list(self._bindings())
        while True:
            left = [one for one in todo if one[0] not in self._keys and not self.is_one(one[1], one[2])]
            self._keys.update(key for key, _, _ in set(todo).difference(left))
            if len(left) == len(todo):
                return
            todo = left

    def is_one(self, node: ast.AST, scope: Scope) -> bool:
        """Whether an expression may give what is not run, or a container of it."""
        tick()
        instead = stands_in(node)
        if instead is not None:
            return self._is_unknown(instead, scope)
        if isinstance(node, ast.Name):
            return scope.key(node.id) in self._keys
        if isinstance(node, _BELOW):
            return self.is_one(node.value, scope)
        if isinstance(node, ast.Call):
            return self._is_given_by(node, scope)
        return isinstance(node, _HOLDING) and any(self.is_one(one, scope) for one in ast.iter_child_nodes(node))

    def _is_unknown(self, instead: ast.AST, scope: Scope) -> bool:
        """Whether nothing is known of what is not run: it is neither data nor of a library that only looks."""
        spelt = instead.func if isinstance(instead, ast.Call) else instead
        looks = self.callees.dotted(spelt, scope).partition(".")[0] in LOOKING_LIBRARIES
        return not looks and not self.data.is_data(instead, scope)

    def _is_given_by(self, call: ast.Call, scope: Scope) -> bool:
        if asks_project(call):
            number, what = (one.value for one in call.args[:2] if isinstance(one, ast.Constant))
            return self.callees.scopes.modules[int(str(number))].key(str(what)) in self._keys
        if isinstance(call.func, ast.Name) and getattr(call.func, "ours", False):
            return call.func.id == GUARD and any(self.is_one(one, scope) for one in call.args[1:2])
        routines = self.callees.of(call, scope).routines
        return self.is_one(call.func, scope) or any(one.result in self._keys for one in routines)

    # -- what is bound to what -----------------------------------------------------------------------------------------

    def _bindings(self) -> Iterator[_Bound]:
        for body, module in zip(self.callees.bodies, self.callees.scopes.modules, strict=True):
            for top in body:
                for node, scope in self.callees.scopes.walk(top, module):
                    for target, value in _bound_by(node):
                        yield from ((scope.key(name), value, scope) for name in _stored_in(target))
                    if isinstance(node, ast.Call):
                        yield from self._handed(node, scope)
        for routine in self.callees.scopes.routines:
            yield from self._given(routine)
        for cls, key, scope in self.callees.scopes.classes.values():
            if not any(one.owner is cls and one.name in CONSTRUCTION for one in self.callees.scopes.routines):
                yield from ((key, base, scope) for base in cls.bases)

    def _handed(self, call: ast.Call, scope: Scope) -> Iterator[_Bound]:
        """What a call hands to the parameters of the program's own routines."""
        if stands_in(call) is not None:
            return
        for routine in self.callees.of(call, scope).routines:
            names = routine.parameters()[routine.owner is not None :]
            yield from ((name, one, scope) for name, one in zip(names, call.args, strict=False))
            yield from ((routine.scope.key(one.arg), one.value, scope) for one in call.keywords if one.arg)

    def _given(self, routine: Routine) -> Iterator[_Bound]:
        """What a routine returns; what its decorators make of a function has its name."""
        if isinstance(routine.node, ast.Lambda):
            yield routine.result, routine.node.body, routine.scope
            return
        for top in routine.body:
            for node, scope in self.callees.scopes.walk(top, routine.scope, into=False):
                if isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) and node.value is not None:
                    yield routine.result, node.value, scope
        if routine.owner is None:
            key = routine.outer.key(routine.node.name)
            yield from ((key, one, routine.outer) for one in routine.node.decorator_list)


def _bound_by(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr


def _stored_in(target: ast.AST) -> Iterator[str]:
    """The names that a target binds, and those of what it is put into."""
    while isinstance(target, _BELOW):
        target = target.value
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List, ast.Starred)):
        for one in ast.iter_child_nodes(target):
            yield from _stored_in(one)
