"""Which names may share an object: what is done to it through one may then be seen through the other.

Names that may share are put into one class, and stay there: the order of statements plays no part.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_logits.knowledge.effects import (
    CALLING_FUNCTIONS,
    CHANGING_METHODS,
    FRESH_FUNCTIONS,
    FRESH_METHODS,
    ITERATORS,
    LATER_BUILTINS,
    LOOKING_METHODS,
    PLAIN_ATTRIBUTES,
    PLAIN_BUILTINS,
    PLAIN_FUNCTIONS,
    REMEMBERING_DECORATORS,
    SHARING_METHODS,
    TRAINING_METHODS,
    gives_an_iterator,
)
from flake8_logits.verify.bindings import COMPREHENSIONS, bound_here, free_names, root
from flake8_logits.verify.callees import Callee, Callees, asks_by_name, asks_project, stands_in
from flake8_logits.verify.data import Data
from flake8_logits.verify.expressions import DATASET, GUARD, LIBRARY, PREDICT, PREDICTING
from flake8_logits.verify.patience import tick
from flake8_logits.verify.scopes import Routine, Scope

_OPERATIONS = (ast.BinOp, ast.BoolOp, ast.IfExp, ast.Starred, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.NamedExpr,
               ast.UnaryOp, ast.Await, ast.Yield, ast.YieldFrom)  # fmt: skip

_RAISED = "raised"
"""What stands for all that is raised."""
_TRUTHS = (ast.Is, ast.IsNot, ast.In, ast.NotIn)
"""Comparisons that give nothing but true or false, whatever is compared."""
_WALKING = frozenset({"__iter__", "__next__", "keys"})
_TYPES = frozenset({"bytearray", "dict", "list", "object", "set", "type"})


class Sharing:
    """The classes of the names of some modules, each known by one of its members."""

    def __init__(self, callees: Callees) -> None:
        self.callees = callees
        self._above: dict[str, str] = {}
        self.walked_once: set[str] = set()
        """Keys that may hold what can be walked but once."""
        self._handed_on: set[str] = set()
        self._called: set[int] = set()
        self.hands_on_unbound = False
        """Whether a method that changes its object is handed on as its class has it."""
        self._plain = _plain_keys(callees)
        shared = [methods for library, methods in SHARING_METHODS.items() if _names(library, callees)]
        self._fresh = FRESH_METHODS.difference(*shared)
        self.data = Data(callees)
        for body, module in zip(callees.bodies, callees.scopes.modules, strict=True):
            for top in body:
                for node, scope in callees.scopes.walk(top, module):
                    self._meet(node, scope)
                    if id(node) in callees.scopes.by_node:
                        self._routine(callees.scopes.by_node[id(node)])
        for routine in callees.scopes.routines:
            if routine.owner is not None and self._changes_when_called(routine, routine.owner):
                self._handed_on.update(routine.parameters()[:1])
        members: dict[str, set[str]] = {}
        for key in self._above:
            members.setdefault(self.of(key), set()).add(key)
        self._members = members
        self._of_methods = {self.of(key) for key in self._handed_on}

    def of(self, key: str) -> str:
        """The class of a key."""
        while self._above.get(key, key) != key:
            self._above[key] = self._above.get(self._above[key], self._above[key])
            key = self._above[key]
        return key

    def outlives(self, kind: str, scope: Scope) -> bool:
        """Whether others than a function's own names are of a class."""
        return any(key.rpartition(".")[0] + "." != scope.label for key in self.members(kind))

    def members(self, kind: str) -> set[str]:
        """The keys of a class."""
        return self._members.get(kind, {kind})

    def is_plain(self, key: str) -> bool:
        """Whether a key is bound to numbers, strings and the like alone."""
        return key in self._plain

    def is_walked_once(self, kind: str) -> bool:
        """Whether what is of a class may be used up by walking it."""
        return any(self.of(key) == kind for key in self.walked_once)

    def is_method(self, kind: str) -> bool:
        """Whether what is of a class may be a method that changes its object, handed on to be called elsewhere."""
        return kind in self._of_methods

    def _join(self, keys: Iterable[str]) -> None:
        mutable = [key for key in keys if key not in self._plain]
        for key in mutable:
            self._above.setdefault(key, key)
            self._above[self.of(key)] = self.of(mutable[0])

    # -- what a value may share with -----------------------------------------------------------------------------

    def value(self, node: ast.AST, scope: Scope) -> set[str]:
        """The keys that the value of an expression may share something with."""
        if isinstance(node, ast.Name):
            return {scope.key(node.id)} - self._plain if self.callees.is_value(node.id, scope) else set()
        if isinstance(node, ast.Attribute):
            plain = node.attr in PLAIN_ATTRIBUTES and not self.callees.is_own(node.attr)
            computed = {one.result for one in self.callees.computed.get(node.attr, ())}
            return computed if plain or self.callees.dotted(node, scope) else computed | self.value(node.value, scope)
        if isinstance(node, ast.Subscript):
            return self.value(node.value, scope)
        if isinstance(node, ast.Call):
            return self._result(node, scope)
        if isinstance(node, ast.Lambda):
            return {scope.key(name) for name in free_names(node)} - self._plain
        if isinstance(node, ast.GeneratorExp):  # what is done in it is done when it is walked
            return {scope.key(name) for name in free_names(node)} - self._plain
        if isinstance(node, (ast.ListComp, ast.SetComp)):
            return self.value(node.elt, scope)  # what is walked shares with the names in it
        if isinstance(node, (*_OPERATIONS, *COMPREHENSIONS)):
            sent = self._sent_to(scope) if isinstance(node, (ast.Yield, ast.YieldFrom)) else set()
            return sent.union(*(self.value(one, scope) for one in ast.iter_child_nodes(node)))
        if isinstance(node, ast.comprehension):
            return self.value(node.iter, scope)
        return set()

    def _result(self, call: ast.Call, scope: Scope) -> set[str]:
        instead = stands_in(call)
        if instead is not None:
            return self._instead(instead, scope)
        if asks_project(call):
            return set(self._asked(call))
        if isinstance(call.func, ast.Name) and getattr(call.func, "ours", False):
            return set() if self._is_fresh(root(call.func)) else self._given(call, scope)
        callee = self.callees.of(call, scope)
        shared = self._of_known(call, callee, scope)
        if shared is not None:
            return shared
        found = {routine.result for routine in self._routines(callee)} | set(callee.made)
        if not callee.routines or callee.unknown:
            found |= self._kept_of(call, scope)
        if isinstance(call.func, (ast.Attribute, ast.Call)) and not callee.dotted:
            below = call.func.value if isinstance(call.func, ast.Attribute) else call.func
            found |= self.value(below, scope)
        elif callee.unknown:
            found |= self.value(call.func, scope)
        return found

    def _of_known(self, call: ast.Call, callee: Callee, scope: Scope) -> set[str] | None:
        """What is known of what a function of a library or a builtin gives, None where nothing is."""
        builtin = "" if callee.routines or callee.made else getattr(call.func, "id", "")
        if builtin == "super":
            return self._first_parameters(scope) | self._given(call, scope)
        if builtin in PLAIN_BUILTINS:
            return set()
        if self._is_of_model(call, self._fresh, scope) or callee.dotted in FRESH_FUNCTIONS:
            return set()
        return self.value(call.func, scope) if self._is_of_model(call, TRAINING_METHODS, scope) else None

    def _sent_to(self, scope: Scope) -> set[str]:
        """What stands for what a generator is sent: whoever holds it holds what it gives."""
        return {one.result for one in self.callees.scopes.routines if one.scope is scope}

    def _changes_when_called(self, routine: Routine, owner: ast.ClassDef) -> bool:
        """Whether calling an object may change it."""
        if routine.name == "__call__" and not owner.bases:
            return True
        return routine.name in ("__call__", "call", "forward") and self._alters(routine, set())

    def _alters(self, routine: Routine, seen: set[int]) -> bool:
        """Whether a method is seen to change its object, or calls one that is."""
        own = {self.of(key) for key in routine.parameters()[:1]}
        if id(routine.node) in seen or not own:
            return False
        seen.add(id(routine.node))
        lists = {name for top in routine.body for name in _lists_in(top)}
        for top in routine.body:
            for node, scope in self.callees.scopes.walk(top, routine.scope):
                held = _held_by_change(node)
                kinds = set() if held is None else {self.of(key) for key in self.value(held, scope)}
                if own & kinds and held is not None and root(held) not in lists:
                    return True
                called = self.callees.of(node, scope).routines if isinstance(node, ast.Call) else ()
                if any(self._alters(one, seen) for one in called if one.owner is not None):
                    return True
        return False

    def _first_parameters(self, scope: Scope) -> set[str]:
        """The objects whose method a scope stands in: what ``super()`` speaks of."""
        around = [scope]
        while around[-1].parent is not None:
            around.append(around[-1].parent)
        return {one.parameters()[0] for one in self.callees.scopes.routines if one.scope in around and one.parameters()}

    def _instead(self, instead: ast.AST, scope: Scope) -> set[str]:
        """What the value of something that is not run may share something with."""
        if isinstance(instead, ast.Call):
            if (
                self._is_of_model(instead, self._fresh, scope)
                or _spelt(instead, self.callees, scope) in FRESH_FUNCTIONS
            ):
                return set()
            if self._is_of_model(instead, TRAINING_METHODS, scope):
                instead = instead.func
        return {scope.key(name) for name in free_names(instead) if self.callees.is_value(name, scope)} - self._plain

    def _is_of_model(self, call: ast.Call, methods: frozenset[str], scope: Scope) -> bool:
        """Whether a call is of one of these methods, and of none of the program."""
        func = call.func
        return isinstance(func, ast.Attribute) and func.attr in methods and self.callees.of(call, scope) == Callee()

    def _is_fresh(self, ours: str) -> bool:
        """Whether what one of our functions gives is held by nothing else."""
        return ours in (LIBRARY, DATASET) or ours == PREDICT and not self.callees.named(PREDICTING)

    def _given(self, call: ast.Call, scope: Scope) -> set[str]:
        return set().union(*(self.value(one, scope) for one in given(call)))

    def _kept_of(self, call: ast.Call, scope: Scope) -> set[str]:
        """What may share something with what a call gives, of what it is given: a layer keeps no data."""
        layer = self.data.is_layer(call.func, scope)
        return set().union(
            *(self.value(one, scope) for one in given(call) if not (layer and self.data.is_data(one, scope)))
        )

    def _routines(self, callee: Callee) -> list[Routine]:
        return [*callee.routines, *(self.callees.handed if callee.unknown else ())]

    def _asked(self, call: ast.Call) -> Iterator[str]:
        number, what, _ = (one.value for one in call.args if isinstance(one, ast.Constant))
        assert isinstance(number, int)
        module = self.callees.scopes.modules[number]
        names = [str(what)] if what else sorted(bound_here(self.callees.bodies[number]))
        yield from (module.key(name) for name in names)

    # -- what statements and calls bring together ----------------------------------------------------------------

    def _meet(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                self._bind(target, node.value, scope)
            if isinstance(node, ast.AugAssign):
                self._operated(node, scope)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            self._bind(node.target, node.iter, scope, walked=True)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, node.context_expr, scope)
        elif isinstance(node, ast.Call):
            self._called.add(id(node.func))
            self._call(node, scope)
        elif isinstance(node, ast.Attribute):
            self._attribute(node, scope)
        elif isinstance(node, ast.ClassDef):
            self._class(node, scope)
        elif isinstance(node, (ast.BinOp, ast.Compare, ast.Subscript)):
            self._operated(node, scope)
        else:
            self._caught(node, scope)

    def _caught(self, node: ast.AST, scope: Scope) -> None:
        """What a pattern or a handler gives names to."""
        if isinstance(node, ast.Raise) and node.exc is not None:
            self._join([_RAISED, *self.value(node.exc, scope)])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            self._join([scope.key(node.name), _RAISED])
        elif isinstance(node, ast.Match):
            caught = [one for case in node.cases for one in ast.walk(case.pattern)]
            names = [getattr(one, "name", None) or getattr(one, "rest", None) for one in caught]
            self._join([*self.value(node.subject, scope), *(scope.key(name) for name in names if name)])

    def _operated(self, node: ast.AST, scope: Scope) -> None:
        """An operator: what stands on its sides reaches the special methods of the program."""
        taken = {name for one in self.callees.operators(node) for name in one.parameters()}
        if taken:
            self._join([*taken, *set().union(*(self.value(one, scope) for one in ast.iter_child_nodes(node)))])

    def _bind(self, target: ast.expr, value: ast.expr, scope: Scope, walked: bool = False) -> None:
        keys = set().union(*(self._stored(one, scope) for one in _flat(target)))
        self._join([*keys, *self.value(value, scope)])
        if self._remembers(value, scope):
            self._handed_on |= keys
        if self._walks_once(value, scope) and not (walked and _holds_items(value)):
            self.walked_once |= keys

    def _remembers(self, value: ast.AST, scope: Scope) -> bool:
        """Whether a value is a function that keeps what it gave once: calling it changes it."""
        while isinstance(value, ast.Call):
            if self.callees.dotted(value.func, scope).rpartition(".")[2] in REMEMBERING_DECORATORS:
                return True
            value = value.func
        return False

    def _stored(self, target: ast.AST, scope: Scope) -> set[str]:
        if isinstance(target, ast.Name):
            return {scope.key(target.id)}
        return self.value(target, scope)

    def _walks_once(self, value: ast.AST, scope: Scope) -> bool:
        if isinstance(value, ast.GeneratorExp):
            return True
        if isinstance(value, (*_OPERATIONS, ast.Subscript)):
            return any(self._walks_once(one, scope) for one in ast.iter_child_nodes(value))
        if not isinstance(value, ast.Call):
            return False
        callee = self.callees.of(value, scope)
        if isinstance(value.func, ast.Name) and value.func.id in ITERATORS:
            return True
        routines = self._routines(callee)
        yields = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for one in routines for node in ast.walk(one.node))
        return yields or gives_an_iterator(callee.dotted)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> None:
        """An attribute that is read: it may be a method that is handed on."""
        if not isinstance(node.ctx, ast.Load) or id(node) in self._called or not changes(node.attr):
            return
        self._handed_on |= self.value(node.value, scope)
        owner = self.callees.dotted(node.value, scope).rpartition(".")[2] or root(node.value)
        self.hands_on_unbound = self.hands_on_unbound or owner[:1].isupper() or owner in _TYPES

    def _call(self, call: ast.Call, scope: Scope) -> None:
        instead = stands_in(call)
        if instead is not None or asks_project(call):
            self.hands_on_unbound = self.hands_on_unbound or getattr(instead, "id", "") in ("setattr", "delattr")
            if isinstance(instead, ast.Call) and isinstance(instead.func, ast.Attribute):
                for routine in self.callees.methods(instead.func.attr):
                    self._hand(instead, scope, routine, self.value(instead.func.value, scope))
            return
        if isinstance(call.func, ast.Name) and getattr(call.func, "ours", False):
            if root(call.func) == GUARD:
                self._join(self._given(call, scope))  # as by setattr
                if _asks_for_method(call):
                    self._handed_on |= self.value(call.args[1], scope)
            return
        callee = self.callees.of(call, scope)
        self._call_later(call, callee, scope)
        asked = call.func.args[1] if asks_by_name(call.func) else getattr(call.func, "value", None)  # type: ignore[attr-defined]
        below = self.value(asked, scope) if isinstance(asked, ast.AST) else set()
        for routine in self._routines(callee):
            self._hand(call, scope, routine, below)
        if isinstance(call.func, ast.Attribute) and not callee.dotted and self._may_keep(call.func.attr):
            self._join([*below, *self._given(call, scope)])

    def _may_keep(self, method: str) -> bool:
        """Whether a method of this name may keep what it is given."""
        return method not in LOOKING_METHODS or self.callees.is_own(method)

    def _call_later(self, call: ast.Call, callee: Callee, scope: Scope) -> None:
        """What a library or a builtin is given beside a function of the program reaches that function."""
        if callee.routines or callee.made or not (callee.dotted or isinstance(call.func, ast.Name)):
            return
        functions = [*self.callees.given_routines(given(call))]
        if not functions and calls_on(call, callee.dotted):
            functions = self.callees.handed
        self._join([*(name for one in functions for name in one.parameters()), *self._given(call, scope)])

    def _hand(self, call: ast.Call, scope: Scope, routine: Routine, below: set[str]) -> None:
        """What is given reaches the parameters: one by one where that can be told, else all of them."""
        names = routine.parameters()
        method = routine.owner is not None
        if method and names:
            self._join([names[0], *below])
        given_names = names[1:] if method and not _called_on_class(call) else names
        exact = not any(isinstance(one, ast.Starred) for one in call.args) and not routine.node.args.vararg
        exact = exact and all(one.arg for one in call.keywords) and not routine.node.args.kwarg
        exact = exact and len(call.args) <= len(given_names) and (not method or not _called_on_class(call))
        if not exact:
            self._join([*names, *self._given(call, scope)])
            return
        named = [(routine.scope.key(str(keyword.arg)), keyword.value) for keyword in call.keywords]
        for name, one in (*zip(given_names, call.args, strict=False), *named):
            self._join([name, *self.value(one, scope)])
            if self._walks_once(one, scope):
                self.walked_once.add(name)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        key = scope.key(node.name)
        bases = [self.value(one, scope) for one in (*node.bases, *(keyword.value for keyword in node.keywords))]
        selves = [one.parameters()[0] for one in self.callees.scopes.routines if one.owner is node and one.parameters()]
        self._join([key, *selves, *(name for one in bases for name in one)])

    def _routine(self, routine: Routine) -> None:
        given = routine.node.args
        names = [one.arg for one in (*given.posonlyargs, *given.args)]
        defaults = [*zip(reversed(names), reversed(given.defaults), strict=False)]
        defaults += [(one.arg, two) for one, two in zip(given.kwonlyargs, given.kw_defaults, strict=True) if two]
        for name, default in defaults:
            kept = [] if isinstance(default, ast.Constant) or not routine.name else [routine.outer.key(routine.name)]
            self._join([routine.scope.key(name), *kept, *self.value(default, routine.outer)])
        returned = [routine.node.body] if isinstance(routine.node, ast.Lambda) else []
        for one in routine.body:
            for node, scope in self.callees.scopes.walk(one, routine.scope, into=False):
                if isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) and node.value is not None:
                    self._join([routine.result, *self.value(node.value, scope)])
                    if self._walks_once(node.value, scope):
                        self.walked_once.add(routine.result)
        for node in returned:
            self._join([routine.result, *self.value(node, routine.scope)])
        # What an inner function sees of the outer one's goes where the function goes, or the class of a method.
        held = [routine.outer.of_class or routine.outer.key(routine.name)] if routine.name else []
        self._join([routine.result, *held, *_closed_over(routine)])
        if routine.is_asked:
            self._join(routine.parameters())
        if routine.name in _WALKING and routine.owner is not None:
            self.walked_once.update(routine.parameters()[:1])


def changes(method: str) -> bool:
    """Whether a method of this name may change its object."""
    return method in CHANGING_METHODS or method.endswith("_")


def _held_by_change(node: ast.AST) -> ast.expr | None:
    """What a node is seen to change: what it stores into, or whose method it calls; None if nothing."""
    if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
        return node.value
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute) and changes(node.func.attr) and root(node.func) != "super":
        return node.func.value
    sets = root(node.func) == GUARD and isinstance(node.args[0], ast.Constant) and node.args[0].value != "getattr"
    return node.args[1] if sets and len(node.args) > 1 else None


def _lists_in(top: ast.AST) -> Iterator[str]:
    """The names that are bound to lists written out, which are nobody else's."""
    for node in ast.walk(top):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.List, ast.ListComp, ast.Dict, ast.Tuple)):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def _asks_for_method(call: ast.Call) -> bool:
    """Whether a guarded builtin is ``getattr``, asked for a method that may change its object."""
    if len(call.args) < 3 or not isinstance(call.args[0], ast.Constant) or call.args[0].value != "getattr":
        return False
    name = call.args[2]
    return not isinstance(name, ast.Constant) or changes(str(name.value))


def _holds_items(value: ast.AST) -> bool:
    """Whether what walking a value gives are items of what it was made of, each as it is there."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ITERATORS - {"map"}


def _closed_over(routine: Routine) -> set[str]:
    """The keys of the names that a function takes from functions around it."""
    if routine.outer.parent is None:
        return set()
    top = routine.outer.module
    return {routine.outer.key(name) for name in free_names(routine.node) | _stated(routine)} - {
        top.key(name) for name in free_names(routine.node)
    }


def _stated(routine: Routine) -> set[str]:
    """The names of functions around it that a function binds."""
    return {name for node in ast.walk(routine.node) if isinstance(node, ast.Nonlocal) for name in node.names}


def given(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call."""
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def calls_on(call: ast.Call, dotted: str) -> bool:
    """Whether what is called calls what it is given, though nothing says which function that is."""
    later = isinstance(call.func, ast.Name) and call.func.id in LATER_BUILTINS
    return later or dotted.startswith(CALLING_FUNCTIONS) or any(one.arg == "key" for one in call.keywords)


def _called_on_class(call: ast.Call) -> bool:
    """Whether a method is spelt as its class's, and is given the object as its first argument."""
    func = call.func
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id[:1].isupper()


def _names(library: str, callees: Callees) -> bool:
    """Whether some module imports a library, or something of it."""
    nodes = (node for body in callees.bodies for top in body for node in ast.walk(top))
    words = [word for node in nodes for word in (getattr(node, name, "") for name in ("value", "module", "name"))]
    return any(isinstance(word, str) and word.partition(".")[0] == library for word in words)


def _flat(target: ast.AST) -> Iterator[ast.AST]:
    if isinstance(target, (ast.Tuple, ast.List)):
        for one in target.elts:
            yield from _flat(one)
    elif isinstance(target, ast.Starred):
        yield from _flat(target.value)
    else:
        yield target


def _plain_keys(callees: Callees) -> set[str]:
    """Keys that are bound to numbers, strings and the like alone: nothing can be done to them."""
    bound: dict[str, list[tuple[ast.AST | None, Scope]]] = {}
    for body, module in zip(callees.bodies, callees.scopes.modules, strict=True):
        for top in body:
            for node, scope in callees.scopes.walk(top, module):
                if isinstance(node, ast.Assign) and all(isinstance(one, ast.Name) for one in node.targets):
                    for one in node.targets:
                        bound.setdefault(scope.key(one.id), []).append((node.value, scope))  # type: ignore[attr-defined]
                        one.told = True  # type: ignore[attr-defined]
                elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and not hasattr(node, "told"):
                    bound.setdefault(scope.key(node.id), []).append((None, scope))
                for name in _caught(node):
                    bound.setdefault(scope.key(name), []).append((None, scope))
    never = {key for _, key, _ in callees.scopes.classes.values()}
    never.update(key for routine in callees.scopes.routines for key in routine.parameters())
    found: set[str] = set()
    while True:
        more = {
            key
            for key, values in bound.items()
            if key not in found | never
            and all(one is not None and _plain(one, scope, found, callees) for one, scope in values)
        }
        if not more:
            return found
        found |= more


def _caught(node: ast.AST) -> Iterator[str]:
    """The names that a handler or a pattern binds, or that a function binds around it."""
    if isinstance(node, ast.Nonlocal):
        yield from node.names
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def _spelt(call: ast.Call, callees: Callees, scope: Scope) -> str:
    """The name of the library's function, or of the builtin, that is called."""
    name = call.func.id if isinstance(call.func, ast.Name) and not callees.is_value(call.func.id, scope) else ""
    return callees.dotted(call.func, scope) or name


def _plain(node: ast.AST, scope: Scope, known: set[str], callees: Callees) -> bool:
    tick()
    instead = stands_in(node)
    if instead is not None:
        node = instead
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        return True
    if isinstance(node, ast.Compare) and all(isinstance(one, _TRUTHS) for one in node.ops):
        return True
    if isinstance(node, ast.Name):
        return scope.key(node.id) in known
    if isinstance(node, ast.Attribute):
        return node.attr.isupper() and bool(callees.dotted(node, scope))
    if isinstance(node, ast.Call):
        builtin = isinstance(node.func, ast.Name) and node.func.id in PLAIN_BUILTINS
        return builtin or _spelt(node, callees, scope) in PLAIN_FUNCTIONS
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
    if isinstance(node, (ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Tuple, ast.IfExp, ast.Compare)):
        operands = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        return all(_plain(one, scope, known, callees) for one in operands)
    return False
