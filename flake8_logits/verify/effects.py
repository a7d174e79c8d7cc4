"""What a statement may write: the one place where it is decided that an effect can be ruled out.

A statement may write the names it binds; whatever may share an object with what it stores into, calls a method on or
hands to a call, unless the call is known only to look; what the program's own routines write that it may call; and
the settings of the libraries.  What cannot be told counts as written.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flake8_logits.knowledge.effects import (
    CHANGING_FUNCTIONS,
    DECIDING_VARIABLES,
    IN_PLACE,
    LOOKING_LIBRARIES,
    LOOKING_METHODS,
    MODULE_HOOKS,
    OUTPUTS,
    PLAIN_BUILTINS,
    REFLECTION,
    REMEMBERING_DECORATORS,
    SETTINGS,
    SUPPRESSING_CONTEXTS,
    UNDONE_BY,
    WEIGHTS_MODULES,
)
from flake8_logits.knowledge.hooks import HOOKS, LEAVE_OUTPUTS_ALONE
from flake8_logits.verify.bindings import COMPREHENSIONS, acts_at_its_end, free_names, root
from flake8_logits.verify.callees import CONSTRUCTION, Callee, Callees, asks_project, stands_in
from flake8_logits.verify.expressions import GUARD, PREDICT, PREDICTING
from flake8_logits.verify.scopes import Routine, Scope
from flake8_logits.verify.sharing import Sharing, calls_on, changes, given
from flake8_logits.verify.strangers import Strangers

_OF_OURS = frozenset({"__made__", "__library__", "__dataset__"})
_ALIVE = (ast.Call, ast.Attribute, ast.Subscript, ast.Compare, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.AugAssign,
          ast.If, ast.IfExp, ast.While, ast.For, ast.comprehension, ast.Starred, ast.With, ast.Assert, ast.Match,
          ast.FormattedValue, ast.YieldFrom, ast.withitem, ast.Dict, ast.Set, ast.Raise)  # fmt: skip
"""What may call special methods, or run a generator."""
_ENDING = (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.Delete, ast.FunctionDef, ast.ClassDef)
"""What may take the last name of an object, beside what counts as alive already."""
_ON_STORING = frozenset({"__setattr__", "__setitem__", "__delattr__", "__delitem__", "__iadd__", "__enter__",
                         "__exit__", "__next__", "__iter__", "__call__"}) | CONSTRUCTION  # fmt: skip
"""Special methods that change their own object when something is done that counts as a change already."""


_OF_CONTEXTS = frozenset({"__enter__", "__exit__"})
ANSWERING = frozenset({"__contains__", "__getattr__", "__getattribute__", "__getitem__", "__iter__", "__missing__",
                       "__next__"})  # fmt: skip
OF_KEYWORDS = "keys"
"""The method that is asked of what is spread as keywords."""
_MEMBERSHIP = (ast.In, ast.NotIn)


@dataclass(frozen=True)
class Effect:
    """What may be written: ``changed`` are classes of names, ``bound`` are keys that a called routine binds.

    ``everything`` is set for settings, and for what cannot be told at all; ``place`` for what may come to the place.
    """

    changed: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    everything: bool = False
    place: bool = False

    def __or__(self, other: Effect) -> Effect:
        return Effect(
            self.changed | other.changed,
            self.bound | other.bound,
            self.everything or other.everything,
            self.place or other.place,
        )

    def __bool__(self) -> bool:
        return bool(self.changed or self.bound or self.everything or self.place)


NOTHING, EVERYTHING, PLACE = Effect(), Effect(everything=True), Effect(place=True)


def _all(effects: Iterable[Effect]) -> Effect:
    found = NOTHING
    for effect in effects:
        found |= effect
    return found


class Effects:
    """The effects of what stands in some modules."""

    def __init__(self, callees: Callees) -> None:
        self.callees = callees
        self.sharing = Sharing(callees)
        self.strangers = Strangers(callees, self.sharing.data)
        self.whole: set[int] = set()
        """The ids of the definitions in which nothing may be left out, as what raises in them is caught."""
        self._of_routine: dict[Routine, Effect] = dict.fromkeys(callees.scopes.routines, NOTHING)
        named = set(_words_of(top for body in callees.bodies for top in body))
        self._settings = {name for name in SETTINGS if name not in UNDONE_BY or named & UNDONE_BY[name]}
        defined = {one.name for one in callees.scopes.routines if one.owner is not None}
        ends = any(acts_at_its_end(one.node) for one in callees.scopes.routines)
        self._alive = (*_ALIVE, *(_ENDING if ends else ()))
        self._fills_on_reading = "defaultdict" in named
        """Whether there are dictionaries that are given a part where one is asked for."""
        self._has_contexts = bool(defined & _OF_CONTEXTS)
        self._calling: dict[Routine, list[Routine]] = {}
        self._implied = NOTHING
        self._importing: frozenset[int] = frozenset()
        self._known: dict[tuple[int, str], Effect] | None = None
        self._settle()
        self._known = {}
        self._called_unseen = [one for one in callees.scopes.routines if _is_called_unseen(one)]
        self.raising = {
            id(one.node)
            for one in callees.scopes.routines
            if any(isinstance(node, ast.Raise) for top in one.body for node in ast.walk(top))
        }
        """The ids of the definitions in which something is raised."""
        asked = [one for one in callees.scopes.routines if one.name in ANSWERING or callees.is_computed(one.node)]
        self.answering = {id(one.node) for one in asked}.union(
            *(self.routines_from(one.body, one.scope) for one in asked)
        )
        """The ids of the definitions that run where Python or a builtin takes what they raise for an answer."""

    def _settle(self) -> None:
        """Until calling a routine of the program is known to do all that those do which it calls."""
        while True:
            before = dict(self._of_routine)
            for routine in self._of_routine:
                self._of_routine[routine] = self._body(routine)
            self._implied = _all(self._unseen(routine) for routine in self._of_routine)
            self._implied |= self._routines(self.callees.run_later)
            if before == self._of_routine:
                return

    def _body(self, routine: Routine) -> Effect:
        found = _all(self.of(one, routine.scope) for one in routine.body)
        outer = {
            routine.scope.key(name)
            for one in routine.body
            for node in ast.walk(one)
            if isinstance(node, (ast.Global, ast.Nonlocal))
            for name in node.names
        }
        # A name of a function around it has no place from where it could be seen but the functions that share it.
        shared = {self.sharing.of(key) for key in outer if not key.startswith(routine.scope.module.label) or "." in key}
        return found | Effect(frozenset(shared | self._remembered(routine)), frozenset(outer))

    def _remembered(self, routine: Routine) -> set[str]:
        """Where it is kept what a routine gave once, if it is."""
        decorators = getattr(routine.node, "decorator_list", ())
        if not REMEMBERING_DECORATORS.intersection(_words_of(decorators)):
            return set()
        held = routine.parameters()[:1] if routine.owner is not None else []
        return {self.sharing.of(key) for key in (*held, routine.outer.key(routine.name))}

    def _unseen(self, routine: Routine) -> Effect:
        """What happens without a call being seen: by special methods, properties, and methods that Keras calls."""
        effect = self._of_routine[routine]
        node = routine.node
        if routine.yields:
            return effect  # whoever walks it runs it
        if isinstance(node, ast.Lambda) or routine.owner is None or not routine.parameters():
            return NOTHING
        special = node.name.startswith("__") and node.name.endswith("__") or node.name == OF_KEYWORDS
        hook = _may_be_called_unseen(node.name)
        if not (special or hook or node.decorator_list):
            return NOTHING
        if special and node.name not in _ON_STORING:
            return effect
        own = self.sharing.of(routine.parameters()[0])
        return replace(effect, changed=effect.changed - {own})

    # -- what a node does --------------------------------------------------------------------------------------------

    def of(self, node: ast.AST, scope: Scope) -> Effect:
        """What running a node may write, beside the names that it binds itself."""
        if self._known is None:
            return self._seen(node, scope)
        where = (id(node), scope.label)
        if where not in self._known:
            self._known[where] = self._seen(node, scope)
        return self._known[where]

    def _seen(self, node: ast.AST, scope: Scope) -> Effect:
        found = NOTHING
        alive = False
        for one, where in self.callees.scopes.walk(node, scope, into=False):
            found |= self._of_one(one, where)
            if isinstance(stands_in(one), (ast.Import, ast.ImportFrom)):
                continue  # nothing is called
            alive = alive or isinstance(one, self._alive) or isinstance(one, (ast.Tuple, ast.List)) and _is_stored(one)
        return found | self._implied if alive else found

    def of_head(self, node: ast.AST, scope: Scope) -> Effect:
        """What a compound statement does beside its blocks and the expressions in its head: it walks, or decides."""
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return self._walked(node.iter, scope) | self._implied
        return self._implied if isinstance(node, (ast.If, ast.While, ast.Match)) else NOTHING

    def _of_one(self, node: ast.AST, scope: Scope) -> Effect:
        if isinstance(node, ast.Call):
            return self._call(node, scope)
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            return self._read(node, scope) if isinstance(node.ctx, ast.Load) else self._stored(node, scope)
        if isinstance(node, ast.AugAssign):
            return self._change(node.target, scope)
        if isinstance(node, ast.withitem):
            return self._change(node.context_expr, scope) if self._has_contexts else NOTHING
        walked = list(_walked_by(node))
        if walked:
            return _all(self._walked(one, scope) for one in walked)
        if isinstance(node, ast.Assign) and not all(isinstance(one, ast.Name) for one in node.targets):
            return self._walked(node.value, scope)
        if isinstance(node, ast.Await):
            return EVERYTHING
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            return self._definition(node, scope)
        return NOTHING

    def _read(self, node: ast.Attribute | ast.Subscript, scope: Scope) -> Effect:
        if isinstance(node, ast.Attribute):
            return self._routines(self.callees.computed.get(node.attr, ()))
        return self._change(node.value, scope) if self._fills_on_reading else NOTHING

    def _change(self, node: ast.AST, scope: Scope) -> Effect:
        return Effect(frozenset(self.sharing.of(key) for key in self.sharing.value(node, scope)))

    def _walked(self, node: ast.AST, scope: Scope) -> Effect:
        kinds = self._change(node, scope).changed
        return Effect(frozenset(kind for kind in kinds if self.sharing.is_walked_once(kind)))

    def _stored(self, node: ast.Attribute | ast.Subscript, scope: Scope) -> Effect:
        instead = stands_in(_bottom(node))
        if instead is not None and (_names_deciding(node) or _reflects(instead)):
            return EVERYTHING
        return self._change(node.value, scope)

    def _definition(self, node: ast.FunctionDef | ast.ClassDef, scope: Scope) -> Effect:
        found = self._routines(self.callees.handed) if node.decorator_list else NOTHING
        found |= _all(self._run(one, scope) for one in node.decorator_list)
        if isinstance(node, ast.ClassDef):
            found |= self._routines(self.callees.constructors_of(node))
            found |= _all(self._change(base, scope) for base in node.bases if self.callees.constructors_of(node))
        return found

    def _routines(self, routines: Iterable[Routine]) -> Effect:
        return _all(self._of_routine[one] for one in routines)

    # -- calls -------------------------------------------------------------------------------------------------------

    def _call(self, call: ast.Call, scope: Scope) -> Effect:
        instead = stands_in(call)
        if instead is not None:
            return self._stand_in(instead, scope)
        if isinstance(call.func, ast.Name) and getattr(call.func, "ours", False):
            return self._of_ours(call, scope)
        callee = self.callees.of(call, scope)
        found = self._routines(callee.routines)
        if callee.unknown:
            found |= self._routines(self.callees.handed)
        found |= self._handed_on(call, scope) | self._to_strangers(call, callee, scope)
        if callee.dotted:
            return found | self._library(callee.dotted, call, scope)
        if isinstance(call.func, ast.Name):
            return found | self._builtin(call.func.id, call, scope)
        if isinstance(call.func, ast.Attribute):
            found |= self._method(call.func, call, scope)
        return found

    def _handed_on(self, call: ast.Call, scope: Scope) -> Effect:
        """What a call changes if what is called, or what it is given to call, is a method of some object."""
        dotted = bool(self.callees.dotted(call.func, scope))
        found = _all(self._run(one, scope) for one in given(call))
        if dotted or isinstance(call.func, ast.Attribute):
            return found
        if self.sharing.hands_on_unbound:
            found |= _all(self._change(one, scope) for one in (call.func, *given(call)))
        return found | self._run(call.func, scope)

    def _to_strangers(self, call: ast.Call, callee: Callee, scope: Scope) -> Effect:
        """What is handed to a value that may be one that is not run; data and what only looks aside."""
        func = call.func
        called: list[ast.expr] = []
        if callee.dotted or isinstance(func, ast.Name) and not self.callees.is_value(func.id, scope):
            called = given(call) if calls_on(call, callee.dotted) else []
        elif not isinstance(func, ast.Attribute):
            called = [func]
        elif func.attr not in LOOKING_METHODS:
            called = [func.value]
        if not any(self.strangers.is_one(one, scope) for one in called):
            return NOTHING
        return _all(self._change(one, scope) for one in given(call) if not self.sharing.data.is_data(one, scope))

    def _run(self, node: ast.AST, scope: Scope) -> Effect:
        """What is changed if a value is called."""
        kinds = self._change(node, scope).changed
        return Effect(frozenset(kind for kind in kinds if self.sharing.is_method(kind)))

    def _of_ours(self, call: ast.Call, scope: Scope) -> Effect:
        assert isinstance(call.func, ast.Name)
        if call.func.id == GUARD:
            if isinstance(call.args[0], ast.Constant) and call.args[0].value in ("setattr", "delattr"):
                return self._change(call.args[1], scope)
            return self._routines(self.callees.computed_asked(call))
        if call.func.id == PREDICT:
            return self._routines(self.callees.named(PREDICTING))
        if call.func.id in _OF_OURS:
            return NOTHING
        if asks_project(call):
            number = call.args[0].value  # type: ignore[attr-defined]
            return self._of_module(int(number))
        return PLACE

    def _of_module(self, number: int) -> Effect:
        """What importing a module does beyond itself."""
        scope = self.callees.scopes.modules[number]
        label = scope.label
        seen = self._importing
        if number in seen:
            return NOTHING
        self._importing = seen | {number}
        found = _all(self.of(one, scope) for one in self.callees.bodies[number])
        self._importing = seen
        outside = [
            kind for kind in found.changed if any(not key.startswith(label) for key in self.sharing.members(kind))
        ]
        return replace(found, changed=frozenset(outside))

    def _stand_in(self, node: ast.AST, scope: Scope) -> Effect:
        """What would be called if it were allowed: it may change whatever it is given, unless it only looks."""
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            return EVERYTHING if self._patches(node, scope) else NOTHING
        if not isinstance(node, ast.Call):
            return self.of_own(node)
        if _reflects(node) or _last(node.func) in self._settings or _sets_deciding(node):
            return EVERYTHING
        callbacks = self._routines(self.callees.named(mentioned(given(node)))) | self.of_own(node)
        return callbacks | self._handed(handed(node, self.callees.dotted(node.func, scope)), scope)

    def of_own(self, instead: ast.AST) -> Effect:
        """What the program's own methods would do in a call that is not made, or for an attribute that is not asked."""
        asked = instead.func if isinstance(instead, ast.Call) else instead
        if not isinstance(asked, ast.Attribute):
            return NOTHING
        found = self._routines(self.callees.methods(asked.attr, called=asked is not instead))
        if asked.attr == "throw":
            found |= self._routines(one for one in self.callees.scopes.routines if one.yields)
        return found

    def _patches(self, node: ast.Assign | ast.AugAssign, scope: Scope) -> bool:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        dotted = [self.callees.dotted(_below(one), scope) for one in targets]
        return any(one.partition(".")[0] in ("keras", "tensorflow", "torch", "numpy") for one in dotted) or any(
            _names_deciding(one) for one in targets
        )

    def _handed(self, names: Iterable[str], scope: Scope) -> Effect:
        keys = [scope.key(name) for name in names if self.callees.is_value(name, scope)]
        return Effect(frozenset(self.sharing.of(key) for key in keys if not self.sharing.is_plain(key)))

    def _library(self, dotted: str, call: ast.Call, scope: Scope) -> Effect:
        if dotted.rpartition(".")[2] in self._settings:
            return EVERYTHING
        arguments = given(call)
        found = self._routines(self.callees.named(mentioned(arguments)))
        for keyword in call.keywords:
            if keyword.arg in OUTPUTS or keyword.arg is None:
                found |= self._change(keyword.value, scope)
        top = dotted.partition(".")[0]
        method = dotted.rpartition(".")[0].rpartition(".")[2][:1].isupper() and _last(call.func) not in LOOKING_METHODS
        if (
            dotted in CHANGING_FUNCTIONS
            or _in_place(dotted, call)
            or top not in LOOKING_LIBRARIES | _COMPUTING
            or method
            or dotted.endswith(".at")
        ):
            return found | _all(self._change(one, scope) for one in arguments)
        if top == "numpy" and len(call.args) > 1:
            found |= self._change(call.args[-1], scope)  # where a function of several numbers writes its result
        return found | _all(self._walked(one, scope) for one in arguments)

    def _builtin(self, name: str, call: ast.Call, scope: Scope) -> Effect:
        if name in ("next", "setattr", "delattr"):
            return _all(self._change(one, scope) for one in call.args)
        if name in REFLECTION:
            return EVERYTHING
        if name in PLAIN_BUILTINS:
            return NOTHING
        callbacks = self._routines(self.callees.named(mentioned(given(call))))
        return callbacks | _all(self._walked(one, scope) for one in given(call))

    def _method(self, func: ast.Attribute, call: ast.Call, scope: Scope) -> Effect:
        if func.attr in self._settings:
            return EVERYTHING
        if isinstance(func.value, ast.Name) and func.value.id in _TYPES:
            return _all(self._change(one, scope) for one in given(call))
        found = self._routines(self.callees.named(mentioned(given(call))))
        for keyword in call.keywords:
            if keyword.arg in OUTPUTS:
                found |= self._change(keyword.value, scope)
        if func.attr in LOOKING_METHODS and not self.callees.is_own(func.attr):
            return found | _all(self._walked(one, scope) for one in given(call))
        shuffled = self._change(call.args[0], scope) if func.attr == "shuffle" and call.args else NOTHING
        return found | shuffled | self._change(func.value, scope)

    # -- what a slicer asks ------------------------------------------------------------------------------------------

    def touches(self, effect: Effect, wanted: Iterable[str], scope: Scope) -> bool:
        """Whether an effect can be seen through wanted names of a scope, or from outside of it."""
        if effect.everything:
            return True
        keys = {scope.key(name) for name in wanted}
        if effect.bound & keys or effect.changed & {self.sharing.of(key) for key in keys}:
            return True
        inner = scope.parent is not None
        return inner and (bool(effect.bound) or any(self.sharing.outlives(kind, scope) for kind in effect.changed))

    @property
    def suppresses(self) -> bool:
        """Whether a context may swallow what is raised in it: one of the program, or one that is made for it."""
        if any(one in SUPPRESSING_CONTEXTS for one in self.callees.called_of_libraries):
            return True
        for routine in self.callees.scopes.routines:
            decorators = getattr(routine.node, "decorator_list", ())
            if routine.name == "__exit__" or any("contextmanager" in _spelt(one) for one in decorators):
                return True
        return False

    def swallowed(self, node: ast.AST, scope: Scope) -> ast.expr | None:
        """The first kind of errors that a context is told to swallow; None where it is told none."""
        for item in getattr(node, "items", ()):
            call = item.context_expr
            if isinstance(call, ast.Call) and self.callees.dotted(call.func, scope) in SUPPRESSING_CONTEXTS:
                return next((one for one in call.args if not isinstance(one, ast.Starred)), None)
        return None

    @staticmethod
    def is_called_unseen(method: ast.FunctionDef | ast.AsyncFunctionDef, owner: ast.ClassDef) -> bool:
        """Whether a framework may call a method of a class that comes from one of its own."""
        return bool(owner.bases) and _may_be_called_unseen(method.name)

    def kinds(self, node: ast.AST, scope: Scope) -> frozenset[str]:
        """The classes of what an expression gives."""
        return self._change(node, scope).changed

    def of_routines(self, routines: Iterable[Routine]) -> Effect:
        """What running some routines may write."""
        return self._routines(routines)

    def routines_from(self, nodes: Sequence[ast.AST], scope: Scope) -> set[int]:
        """The ids of the definitions of all routines that running some nodes may call."""
        found: set[int] = set()
        todo = [one for node in nodes for one in self._called_in(node, scope)]
        while todo:
            routine = todo.pop()
            if id(routine.node) not in found:
                found.add(id(routine.node))
                if routine not in self._calling:
                    self._calling[routine] = [
                        one for node in routine.body for one in self._called_in(node, routine.scope)
                    ]
                todo.extend(self._calling[routine])
        return found

    def _called_in(self, top: ast.AST, where: Scope) -> list[Routine]:
        found: dict[Routine, None] = {}
        alive = False
        for node, scope in self.callees.scopes.walk(top, where, into=False):
            alive = alive or isinstance(node, self._alive)
            if isinstance(node, ast.Call):
                callee = self.callees.of(node, scope)
                found.update(dict.fromkeys((*callee.routines, *(self.callees.handed if callee.unknown else ()))))
                if not callee.routines:
                    found.update(dict.fromkeys(self.callees.given_routines(given(node))))
            elif isinstance(node, ast.Attribute):
                found.update(dict.fromkeys(self.callees.computed.get(node.attr, ())))
            elif isinstance(node, ast.ClassDef):
                found.update(dict.fromkeys(self.callees.constructors_of(node)))
        return [*found, *(one for one in self._called_unseen if alive and one not in found)]

    def may_answer(self, node: ast.AST, scope: Scope) -> bool:
        """Whether a routine that a node may call raises, where that may be taken for an answer."""
        return bool(self.routines_from([node], scope) & self.raising)


def _is_stored(node: ast.Tuple | ast.List) -> bool:
    return isinstance(node.ctx, ast.Store)


_COMPUTING = frozenset({"copy", "fractions", "decimal", "numbers", "functools", "dataclasses", "enum", "abc", "typing",
                        "typing_extensions", "operator", "heapq", "bisect", "cmath", "math"})  # fmt: skip
_TYPES = frozenset({"list", "dict", "set", "object", "bytearray", "type"})


def _in_place(dotted: str, call: ast.Call) -> bool:
    """Whether a function of PyTorch writes into what it is given."""
    told = any(one.arg == IN_PLACE for one in call.keywords)
    return told or dotted.endswith("_") and not dotted.startswith(WEIGHTS_MODULES)


def _walked_by(node: ast.AST) -> Iterator[ast.expr]:
    """What a node walks, or asks for its keys."""
    if isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        yield node.iter
    elif isinstance(node, (ast.Starred, ast.YieldFrom)):
        yield node.value
    elif isinstance(node, ast.Compare):
        yield from (one for kind, one in zip(node.ops, node.comparators, strict=True) if isinstance(kind, _MEMBERSHIP))
    elif isinstance(node, ast.keyword) and node.arg is None:
        yield node.value


def _is_called_unseen(routine: Routine) -> bool:
    """Whether a routine may be run where no call of it stands."""
    special = routine.name.startswith("__") and routine.name.endswith("__")
    return routine.yields or routine.owner is not None and (special or _may_be_called_unseen(routine.name))


def _may_be_called_unseen(name: str) -> bool:
    return name in HOOKS or name in LEAVE_OUTPUTS_ALONE or name in MODULE_HOOKS


def handed(node: ast.Call, dotted: str) -> set[str]:
    """The names that a call would be handed, or made on; where it only looks, those that its arguments change."""
    name = dotted or _spelt(node.func)
    changed = name in CHANGING_FUNCTIONS or _in_place(name, node)
    looks = name.partition(".")[0] in LOOKING_LIBRARIES and not changed and bool(dotted)
    if isinstance(node.func, ast.Attribute) and node.func.attr in LOOKING_METHODS and not dotted:
        looks = True
    if looks or name in ("print", "input", "open", "exit", "quit", "help", "display"):
        return set().union(*(_changed_in(one) for one in given(node)))
    return free_names(_WithoutTexts().visit(copy.deepcopy(node)) if _has_texts(node) else node)


def _changed_in(argument: ast.AST) -> set[str]:
    """The names of what is changed on the way to the value of an argument."""
    found: set[str] = set()
    for node in ast.walk(argument):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and changes(node.func.attr):
            found |= free_names(node.func.value)
        elif _last(node.func) in ("next", "setattr", "delattr"):
            found |= free_names(node)
    return found


def _has_texts(node: ast.AST) -> bool:
    return any(isinstance(one, ast.JoinedStr) for one in ast.walk(node))


class _WithoutTexts(ast.NodeTransformer):
    """What is written into a text is not handed on with it."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        return ast.copy_location(ast.Constant(""), node)


def _words_of(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names, attributes and last parts of dotted names in some nodes, and in what stand-ins stand for."""
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value.rpartition(".")[2]
            elif isinstance(node, ast.alias):
                yield node.name.rpartition(".")[2]
            instead = stands_in(node)
            if instead is not None:
                yield from _words_of([instead])


def _spelt(node: ast.AST) -> str:
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError):
        return ""


def _last(func: ast.AST) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _bottom(node: ast.AST) -> ast.AST:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node


def _below(target: ast.AST) -> ast.AST:
    """A target without subscripts."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target


def _reflects(node: ast.AST) -> bool:
    """Whether a program reaches its own names by what it computes."""
    return root(node) in REFLECTION or "sys.modules" in _spelt(node)


def _names_deciding(target: ast.AST) -> bool:
    """Whether a subscript names a variable of the environment that decides which Keras runs."""
    index = target.slice if isinstance(target, ast.Subscript) else None
    return isinstance(index, ast.Constant) and index.value in DECIDING_VARIABLES


def _sets_deciding(call: ast.Call) -> bool:
    words = [one.value for one in ast.walk(call) if isinstance(one, ast.Constant)]
    return any(isinstance(one, str) and one in DECIDING_VARIABLES for one in words) and _last(call.func) in (
        "update", "putenv", "setdefault",
    )  # fmt: skip


def mentioned(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that arguments mention: what is given may be called."""
    found: set[str] = set()
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, (ast.Lambda, *COMPREHENSIONS)):
                found.add("")
    return found
