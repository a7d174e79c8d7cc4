"""The scopes of a program: each name by one key, wherever it is spelt; functions and classes with their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flake8_logits.verify.bindings import Function, bound_here, parameters
from flake8_logits.verify.patience import tick

CALLED_BY_NAME = frozenset({"__call__", "__init__", "__init_subclass__", "__new__", "__post_init__"})
"""Special methods that are given what a call is given."""
Inside = tuple[ast.AST, "Scope"]


@dataclass(eq=False)
class Scope:
    """The names of a module, a function or a class.  Those of a class are all one key: they are parts of one object."""

    label: str
    parent: Scope | None = None
    names: frozenset[str] = frozenset()
    outermost: frozenset[str] = frozenset()
    of_class: str = ""

    def key(self, name: str) -> str:
        """The one key of a name as it is spelt in this scope."""
        if self.of_class and name in self.names:
            return self.of_class
        scope: Scope = self
        while scope.parent is not None and (scope.of_class and scope is not self or name not in scope.names):
            scope = scope.module if name in scope.outermost else scope.parent
        return f"{scope.label}{name}"

    @property
    def module(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


@dataclass(eq=False)
class Routine:
    """A function, a method or a lambda of a program; ``result`` is the key of what it returns."""

    node: Function
    scope: Scope
    outer: Scope
    owner: ast.ClassDef | None
    result: str

    @property
    def name(self) -> str:
        """Its name, empty for a lambda."""
        return "" if isinstance(self.node, ast.Lambda) else self.node.name

    @property
    def body(self) -> Sequence[ast.AST]:
        """What runs when it is called."""
        return [self.node.body] if isinstance(self.node, ast.Lambda) else self.node.body

    @property
    def yields(self) -> bool:
        """Whether it is a generator: what it does is done when it is walked."""
        todo: list[ast.AST] = list(self.body)
        while todo:
            node = todo.pop()
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return True
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                todo.extend(ast.iter_child_nodes(node))
        return False

    @property
    def is_asked(self) -> bool:
        """Whether it is a special method that is given things where no call is seen: by an operator, an attribute."""
        special = self.name.startswith("__") and self.name.endswith("__")
        return special and self.owner is not None and self.name not in CALLED_BY_NAME

    def parameters(self) -> list[str]:
        """The keys of its parameters, in order."""
        return [self.scope.key(name) for name in parameters(self.node)]


@dataclass(eq=False)
class Scopes:
    """All scopes, routines and classes of some modules."""

    modules: list[Scope] = field(default_factory=list)
    routines: list[Routine] = field(default_factory=list)
    classes: dict[int, tuple[ast.ClassDef, str, Scope]] = field(default_factory=dict)
    of: dict[int, Scope] = field(default_factory=dict)
    by_node: dict[int, Routine] = field(default_factory=dict)

    def add(self, body: Sequence[ast.stmt]) -> Scope:
        """Take in a module; its scope."""
        scope = Scope(f"{len(self.modules)}:")
        self.modules.append(scope)
        for node in body:
            self._enter(node, scope, None)
        return scope

    def _enter(self, node: ast.AST, scope: Scope, owner: ast.ClassDef | None) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inner = self._routine(node, scope, owner)
            for child in _outside(node):
                self._enter(child, scope, None)
            for child in [node.body] if isinstance(node, ast.Lambda) else node.body:
                self._enter(child, inner, None)
            return
        if isinstance(node, ast.ClassDef):
            key = scope.key(node.name)
            inner = Scope(f"{key}.", scope, frozenset(bound_here(node.body)), of_class=key)
            self.of[id(node)] = inner
            self.classes[id(node)] = (node, key, scope)
            for child in (*node.decorator_list, *node.bases, *node.keywords):
                self._enter(child, scope, None)
            for child in node.body:
                self._enter(child, inner, node)
            return
        for child in ast.iter_child_nodes(node):
            self._enter(child, scope, owner if isinstance(node, (ast.If, ast.Try, ast.With)) else None)

    def _routine(self, node: Function, scope: Scope, owner: ast.ClassDef | None) -> Scope:
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        stated = [part for one in body for part in ast.walk(one) if isinstance(part, ast.Global)]
        outermost = {name for part in stated for name in part.names}
        label = f"{scope.label}{len(self.routines)}."
        names = frozenset(parameters(node)) | (bound_here(body) - outermost)
        inner = Scope(label, scope, names, frozenset(outermost))
        self.of[id(node)] = inner
        self.routines.append(Routine(node, inner, scope, owner, f"{label}()"))
        self.by_node[id(node)] = self.routines[-1]
        return inner

    def walk(self, node: ast.AST, scope: Scope, into: bool = True) -> Iterator[Inside]:
        """Yield a node and all below it with their scopes; the bodies of functions only if they are to be entered."""
        tick()
        yield node, scope
        inner = self.of.get(id(node))
        if inner is None:
            for child in ast.iter_child_nodes(node):
                yield from self.walk(child, scope, into)
            return
        for child in _outside(node):
            yield from self.walk(child, scope, into)
        if into or isinstance(node, ast.ClassDef):
            for child in node.body if isinstance(node.body, list) else [node.body]:  # type: ignore[attr-defined]
                yield from self.walk(child, inner, into)


def _outside(node: ast.AST) -> list[ast.AST]:
    """What of a definition is evaluated where it stands."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return [*decorators, *defaults]
