"""What a call may lead to: routines of the program, a library, or something that cannot be told."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flake8_logits.knowledge.effects import (
    LATER_BUILTINS,
    LATER_FUNCTIONS,
    PLAIN_BUILTINS,
    WALKING_BUILTINS,
    gives_an_iterator,
)
from flake8_logits.knowledge.special_methods import COMPARISONS, CONTAINS, OPERATORS, in_place
from flake8_logits.source.operators import SYMBOLS
from flake8_logits.verify.allowed import known_as
from flake8_logits.verify.bindings import bound_anywhere, root
from flake8_logits.verify.expressions import GUARD, LIBRARY, MADE
from flake8_logits.verify.linking import PROJECT
from flake8_logits.verify.scopes import Routine, Scope, Scopes

_CALLED = frozenset({"__call__", "call"})
_NAME = 2
"""Where ``getattr`` and ``setattr``, as we spell them, have the name of an attribute."""
ASKING = ("__getattr__", "__getattribute__")
_COMPARING = [*dict.fromkeys(name for pair in COMPARISONS.values() for name in pair), *CONTAINS]
CONSTRUCTION = frozenset({"__init__", "__new__", "__post_init__", "__init_subclass__", "__set_name__"})


@dataclass(frozen=True)
class Callee:
    """What is called: ``routines`` of the program, of classes ``made`` the keys, the ``dotted`` name of a library.

    ``unknown`` is set where it is a value: a layer, a function that was handed on, or what a decorator made.
    """

    routines: tuple[Routine, ...] = ()
    made: tuple[str, ...] = ()
    dotted: str = ""
    unknown: bool = False


class Callees:
    """Finds out what calls lead to in some modules.

    ``aliases`` are, by module, the libraries' names behind its own.
    """

    def __init__(self, scopes: Scopes, bodies: Iterable[list[ast.stmt]], aliases: Iterable[Mapping[str, str]]) -> None:
        self.scopes = scopes
        self.bodies = list(bodies)
        self.aliases = {scope.label: names for scope, names in zip(scopes.modules, aliases, strict=True)}
        self._by_name: dict[str, list[Routine]] = {}
        for routine in scopes.routines:
            self._by_name.setdefault(routine.name, []).append(routine)
        self._classes: dict[str, list[tuple[ast.ClassDef, str]]] = {}
        for node, key, _ in scopes.classes.values():
            self._classes.setdefault(node.name, []).append((node, key))
        self._rebound: set[str] = set()
        self._imported: dict[str, str] = {}
        self._parameters = {key for routine in scopes.routines for key in routine.parameters()}
        self.handed: list[Routine] = []
        """Routines that are mentioned without being called: whatever is called may be one of them."""
        self._bound = {
            scope.label: bound_anywhere(body) for scope, body in zip(scopes.modules, self.bodies, strict=True)
        }
        self.stored: set[str] = set()
        """Attributes that the program sets."""
        self.computed: dict[str, list[Routine]] = {}
        """By name of an attribute the methods that are run when it is read."""
        self.run_later: list[Routine] = []
        """Routines that something calls which was given them, at a time that nobody sees."""
        self._declared = {name for node, _, _ in scopes.classes.values() for name in scopes.of[id(node)].names}
        self.called_of_libraries: set[str] = set()
        """The names of the libraries' functions that are called."""
        self._survey()
        for routine in scopes.routines:
            if routine.owner is not None and _is_computed(routine.node):
                self.computed.setdefault(routine.name, []).append(routine)

    def _survey(self) -> None:
        called: set[int] = set()
        mentioned: set[str] = set()
        for body, module in zip(self.bodies, self.scopes.modules, strict=True):
            for top in body:
                for node, scope in self.scopes.walk(top, module):
                    if isinstance(node, ast.Call):
                        called.add(id(node.func))
                        self._given(node, scope)
                        mentioned |= self._asked(node, scope)
                    elif isinstance(node, ast.Assign):
                        self._assigned(node, scope)
                    elif isinstance(node, ast.GeneratorExp):
                        self.run_later.extend(self.given_routines([node]))
                    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                        self.stored.add(node.attr)
                    elif _is_read(node) and id(node) not in called:
                        mentioned.add(node.id if isinstance(node, ast.Name) else node.attr)  # type: ignore[attr-defined]
        self._hand_on(mentioned | self._meant(mentioned))

    def _asked(self, call: ast.Call, scope: Scope) -> set[str]:
        """The names of the program's methods that ``getattr`` may give, to be called later."""
        if not asks_by_name(call) or self.dotted(call.args[1], scope):
            return set()
        return self._methods_asked(call)

    def asked_in(self, top: ast.AST) -> set[str]:
        """The names of the program's methods that ``getattr`` may give somewhere in a statement."""
        return set().union(*(self._methods_asked(one) for one in ast.walk(top) if asks_by_name(one)))  # type: ignore[arg-type]

    def _methods_asked(self, call: ast.Call) -> set[str]:
        begin, whole = _beginning(call.args[_NAME])
        methods = {one.name for one in self.scopes.routines if one.owner is not None}
        return {one for one in methods if (one == begin if whole else one.startswith(begin))}

    def computed_asked(self, call: ast.Call) -> list[Routine]:
        """What ``getattr`` or ``hasattr``, as we spell them, may run."""
        names = self._methods_asked(call) if len(call.args) > _NAME else set()
        return [one for name in names for one in self.computed.get(name, ())]

    def _meant(self, names: Iterable[str]) -> set[str]:
        """What names that are imported from the project are called where they come from."""
        wanted = set(names)
        return {what for key, what in self._imported.items() if key.rpartition(":")[2].rpartition(".")[2] in wanted}

    def _given(self, call: ast.Call, scope: Scope) -> None:
        """What a call of a library or a builtin may call later, or keeps under a name."""
        dotted = self.dotted(call.func, scope)
        self.called_of_libraries.add(dotted)
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        arguments = [*call.args, *(one.value for one in call.keywords)]
        if name in LATER_BUILTINS or dotted in LATER_FUNCTIONS or gives_an_iterator(dotted):
            self.run_later.extend(self.given_routines(arguments))
        elif name == GUARD and len(call.args) > _NAME + 1:
            self.stored.add(_text(call.args[_NAME]) or "")

    def given_routines(self, arguments: Iterable[ast.expr]) -> Iterator[Routine]:
        """The routines that are spelt in some arguments."""
        for top in arguments:
            for node in ast.walk(top):
                if isinstance(node, ast.Lambda) and id(node) in self.scopes.by_node:
                    yield self.scopes.by_node[id(node)]
                elif _is_read(node):
                    yield from self._by_name.get(_last(node), ())

    def methods(self, name: str, called: bool = True) -> list[Routine]:
        """The program's methods that asking an object for a name may run, ``called`` or not."""
        found = [*(self._by_name.get(name, ()) if called else self.computed.get(name, ()))]
        asking = [one for special in ASKING for one in self._by_name.get(special, ())]
        kept = self.handed if name in self.stored else ()
        return [*(one for one in (*found, *asking) if one.owner is not None), *kept]

    def is_own(self, attribute: str) -> bool:
        """Whether an attribute of this name may be one that the program gives its objects."""
        return attribute in self.stored or attribute in self._declared or any(one in self._by_name for one in ASKING)

    def operators(self, node: ast.AST) -> list[Routine]:
        """The program's special methods that an operator may come to."""
        if isinstance(node, (ast.BinOp, ast.AugAssign)):
            of_left, of_right = OPERATORS[SYMBOLS[type(node.op)]]
            names = [of_left, of_right, in_place(of_left)]
        else:
            names = ["__getitem__", "__setitem__", "__delitem__", "__missing__", "__class_getitem__"]
            names = _COMPARING if isinstance(node, ast.Compare) else names
        return [one for name in names for one in self._by_name.get(name, ()) if one.owner is not None]

    def is_computed(self, node: ast.AST) -> bool:
        """Whether a definition is of a method that is run when it is read."""
        return any(one.node is node for found in self.computed.values() for one in found)

    def _hand_on(self, mentioned: set[str]) -> None:
        for routine in self.scopes.routines:
            decorated = not isinstance(routine.node, ast.Lambda) and bool(routine.node.decorator_list)
            if not routine.name or routine.name in mentioned or decorated or routine.name in ("__call__", "call"):
                self.handed.append(routine)

    def _assigned(self, node: ast.Assign, scope: Scope) -> None:
        if asks_project(node.value):
            target = node.targets[0]
            assert isinstance(node.value, ast.Call) and isinstance(target, ast.Name)
            what = node.value.args[1]
            assert isinstance(what, ast.Constant)
            self._imported[scope.key(target.id)] = str(what.value)
        elif not asks_library(node.value):
            for target in node.targets:
                self._rebind(target, scope)

    def _rebind(self, target: ast.expr, scope: Scope) -> None:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self._rebound.add(scope.key(node.id))

    def dotted(self, node: ast.AST, scope: Scope) -> str:
        """The library's name that an expression spells, empty where it spells none."""
        if asks_library(node):
            assert isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant)
            return str(node.args[0].value)
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if parts and asks_library(node):
            return ".".join([self.dotted(node, scope), *reversed(parts)])
        if not isinstance(node, ast.Name):
            return ""
        key = scope.key(node.id)
        known = self.aliases[scope.module.label].get(node.id)
        inner = key != f"{scope.module.label}{node.id}"
        if known is None or key in self._rebound or inner and not self._imports(scope, node.id):
            return ""
        return known_as(".".join([known, *reversed(parts)]))

    def is_value(self, name: str, scope: Scope) -> bool:
        """Whether a name is one of the program's values: neither a library's nor a builtin."""
        builtin = hasattr(builtins, name) and name not in self._bound[scope.module.label]
        return not builtin and not self.dotted(ast.Name(name, ast.Load()), scope)

    def _imports(self, scope: Scope, name: str) -> bool:
        """Whether a name of a function is one that the function imports, not a parameter of it."""
        return scope.key(name) not in self._parameters

    def of(self, call: ast.Call, scope: Scope) -> Callee:
        """What a call may lead to."""
        func = call.func
        dotted = self.dotted(func, scope)
        if dotted:
            return Callee(dotted=dotted)
        if isinstance(func, ast.Name):
            known = self._only_looks(call, func.id, scope)
            return self._named(func.id, scope, known)
        if isinstance(func, ast.Attribute):
            return self._method(func, scope)
        if isinstance(func, ast.Call):
            return self._called_at_once(func, scope)
        if isinstance(func, ast.Lambda):
            return Callee(tuple(one for one in self.scopes.routines if one.node is func))
        return Callee(unknown=True)

    def _called_at_once(self, made: ast.Call, scope: Scope) -> Callee:
        """What calling what a call gives may lead to, as in ``Dense(10)(x)``."""
        if asks_library(made) or self._calls_nothing_of_ours(made, scope):
            return Callee()
        if asks_by_name(made):
            named = _text(made.args[_NAME])
            methods = [one for one in self.scopes.routines if one.owner is not None and named in (None, one.name)]
            return Callee(tuple(methods), unknown=True)
        key = scope.key(made.func.id) if isinstance(made.func, ast.Name) else ""
        found = [(node, other) for node, other, _ in self.scopes.classes.values() if other == key]
        arguments = [*made.args, *(one.value for one in made.keywords)]
        if not found or key in self._rebound or not all(self._is_inert(one, scope) for one in arguments):
            return Callee(unknown=True)
        families = [one for cls, _ in found for one in self._family(cls)]
        if any(node.decorator_list or node.keywords for node in families):
            return Callee(unknown=True)
        called = [one for one in self.scopes.routines if one.name in _CALLED and one.owner in families]
        constructed = any(one.name == "__new__" and one.owner in families for one in self.scopes.routines)
        return Callee(tuple(called), unknown=constructed)

    def _calls_nothing_of_ours(self, made: ast.Call, scope: Scope) -> bool:
        """Whether what is made is a layer of a library that was given nothing it could call."""
        dotted = self.dotted(made.func, scope)
        if not (dotted.startswith("keras.layers.") and dotted.rpartition(".")[2][:1].isupper()):
            return False
        arguments = [*made.args, *(one.value for one in made.keywords)]
        return all(self._is_inert(one, scope) for one in arguments)

    def _is_inert(self, node: ast.AST, scope: Scope) -> bool:
        """Whether an expression gives a constant, something of a library, or a row of these."""
        if isinstance(node, (ast.Tuple, ast.List, ast.UnaryOp, ast.BinOp)):
            return all(self._is_inert(one, scope) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))
        return isinstance(node, ast.Constant) or bool(self.dotted(node, scope))

    def _named(self, name: str, scope: Scope, looks: bool) -> Callee:
        key = scope.key(name)
        name = self._imported.get(key, name)
        classes = self._classes.get(name, [])
        routines = [one for one in self._by_name.get(name, []) if one.owner is None]
        known = (bool(classes or routines) or looks) and key not in self._rebound
        decorated = any(one in self.handed for one in routines)
        made = tuple(key for _, key in classes)
        return Callee((*routines, *self._constructors(classes)), made, unknown=not known or decorated)

    def _only_looks(self, call: ast.Call, name: str, scope: Scope) -> bool:
        """Whether a call is of a builtin that calls nothing but special methods, and walks what it is given."""
        if name in self._bound[scope.module.label]:
            return False
        calls = name == "iter" and len(call.args) > 1 or any(one.arg in ("key", None) for one in call.keywords)
        return name in PLAIN_BUILTINS or name in WALKING_BUILTINS and not calls

    def _constructors(self, classes: Iterable[tuple[ast.ClassDef, str]]) -> list[Routine]:
        families = {id(node) for cls, _ in classes for node in self._family(cls)}
        return [
            one for one in self.scopes.routines if one.name in CONSTRUCTION and one.owner and id(one.owner) in families
        ]

    def _family(self, cls: ast.ClassDef, seen: frozenset[str] = frozenset()) -> list[ast.ClassDef]:
        """A class and those of the program that it comes from."""
        found = [cls]
        for base in (*cls.bases, *(one.value for one in cls.keywords)):
            name = base.attr if isinstance(base, ast.Attribute) else root(base)
            if name not in seen:
                for other, _ in self._classes.get(name, []):
                    found.extend(self._family(other, seen | {name, cls.name}))
        return found

    def constructors_of(self, cls: ast.ClassDef) -> list[Routine]:
        """What making the class itself may call: of the classes it comes from."""
        return [one for one in self._constructors([(cls, "")]) if one.owner is not cls or one.name == "__set_name__"]

    def _method(self, func: ast.Attribute, scope: Scope) -> Callee:
        name = func.attr
        routines = self._by_name.get(name, [])
        if name in CONSTRUCTION:
            bases = {base.attr if isinstance(base, ast.Attribute) else root(base)
                     for node, _, _ in self.scopes.classes.values() for base in node.bases}  # fmt: skip
            routines = [one for one in routines if one.owner is not None and one.owner.name in bases]
        classes = self._classes.get(name, [])
        made = tuple(key for _, key in classes)
        decorated = any(one in self.handed for one in routines) or name in self.stored
        return Callee((*routines, *self._constructors(classes)), made, unknown=decorated)

    def named(self, names: Iterable[str]) -> list[Routine]:
        """The routines of these names, those that construct a class of such a name among them."""
        found: list[Routine] = []
        names = set(names)
        for name in names | self._meant(names):
            found.extend(self._by_name.get(name, []))
            found.extend(self._constructors(self._classes.get(name, [])))
        return found


def asks_by_name(node: ast.AST) -> bool:
    """Whether a node is ``getattr``, as we spell it."""
    given = node.args if isinstance(node, ast.Call) and root(node.func) == GUARD else []
    return len(given) > _NAME and isinstance(given[0], ast.Constant) and given[0].value == "getattr"


def _beginning(node: ast.AST) -> tuple[str, bool]:
    """What a text begins with, as far as it is written out, and whether that is all of it."""
    if isinstance(node, ast.JoinedStr) and node.values:
        return _beginning(node.values[0])[0], False
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _beginning(node.left)[0], False
    text = _text(node)
    return text or "", text is not None


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_computed(node: ast.AST) -> bool:
    """Whether a decorator may make of a method what is run when it is read."""
    decorators = getattr(node, "decorator_list", ())
    return any(_last(one) not in ("staticmethod", "classmethod", "abstractmethod") for one in decorators)


def _last(func: ast.AST) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)


def asks_library(node: ast.AST) -> bool:
    """Whether a node asks for a name of a library."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == LIBRARY


def stands_in(node: ast.AST) -> ast.AST | None:
    """What a stand-in stands for, None where a node is none."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MADE:
        found: ast.AST | None = getattr(node, "instead_of", None)
        return found
    return None


def asks_project(node: ast.AST) -> bool:
    """Whether a node asks for a name of another module of the project."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == PROJECT
