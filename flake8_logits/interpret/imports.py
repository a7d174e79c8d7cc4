"""The import table: names of modules and what they stand for, canonical from the start.

A module of the user's own project is read when one of its names is first needed, and run once, in a scope of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.assign import bind
from flake8_logits.interpret.interpreter import Frame
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import choice, options_of
from flake8_logits.interpret.values import Arguments, Const, Lazy, Library, Module, Unknown, Value
from flake8_logits.knowledge.catalogue import canonical, declared, owns
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

MOST_MODULES = 40
MOST_LINES = 40_000


class Source(Protocol):
    """A module that was read."""

    @property
    def body(self) -> ir.Block: ...

    @property
    def lines(self) -> int: ...


class Loader(Protocol):
    """Finds and reads the modules of a project."""

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        """Where a module stands that a file imports; None if it is not one of the project."""

    def read(self, path: str) -> Source | None:
        """The module at a path; None if it cannot be read."""


@dataclass
class Modules:
    """The project's modules as far as they were needed."""

    loader: Loader
    scopes: dict[str, Scope | None]
    lines: int = 0
    asked: set[Lazy] = field(default_factory=set)

    def scope(self, interp: Interpreter, path: str) -> Scope | None:
        """The scope of the module at a path, run now if it was not yet; None where it cannot be read or afforded."""
        if path in self.scopes:
            return self.scopes[path]
        if len(self.scopes) >= MOST_MODULES or self.lines > MOST_LINES:
            return None
        source = self.loader.read(path)
        if source is None:
            self.scopes[path] = None
            return None
        self.lines += source.lines
        scope = Scope("module", path=path)
        self.scopes[path] = scope
        _run(interp, scope, source)
        return scope


def _run(interp: Interpreter, scope: Scope, source: Source) -> None:
    """Run a module for what it defines: at the bottom of the state, since importing is not part of any branch."""
    interp.budget.grow(source.lines)
    here, frames, stack = interp.state, interp.frames, interp.budget.stack
    bottom = here
    while bottom.parent is not None:
        bottom = bottom.parent
    ended, guards = bottom.ended, bottom.guards
    bottom.ended, bottom.guards = "", {}
    calls, interp.calls = interp.calls, []
    interp.state, interp.frames, interp.budget.stack = bottom, [], []
    interp.state.set(scope, "__name__", Const("an imported module"))
    frame = Frame(scope, bottom)
    interp.frames.append(frame)
    try:
        interp.execute(source.body, frame)
    finally:
        bottom.ended, bottom.guards = ended, guards
        interp.state, interp.frames, interp.budget.stack = here, frames, stack
        interp.calls = calls


def run_import(interp: Interpreter, node: ir.Import, frame: Frame) -> None:
    """``import a.b as c``: without ``as`` the first part alone is bound."""
    for dotted, alias in node.names:
        name = alias or dotted.partition(".")[0]
        bind(interp, frame.scope.target(name), name, _module(interp, dotted if alias else name, 0, frame.scope))


def import_by_name(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``importlib.import_module("a.b")``: the module itself."""
    name = args.value(0, "name")
    if not isinstance(name, Const) or not isinstance(name.value, str) or name.value.startswith("."):
        return interp.unknown(Reason.IMPORTED, node)
    return resolved(interp, _module(interp, name.value, 0, interp.frames[-1].scope), node)


def import_top(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``__import__("a.b")``: the first module of the name."""
    name = args.value(0, "name")
    if not isinstance(name, Const) or not isinstance(name.value, str):
        return interp.unknown(Reason.IMPORTED, node)
    return import_by_name(interp, Arguments(((Const(name.value.partition(".")[0]), None),)), node)


def run_import_from(interp: Interpreter, node: ir.ImportFrom, frame: Frame) -> None:
    """``from a.b import c``, relative ones found from the file's own place."""
    source = _module(interp, node.module, node.level, frame.scope)
    if node.names is None:
        _star(interp, resolved(interp, source, node), frame)
        return
    for name, alias in node.names:
        value: Value
        if not node.level and declared(full := canonical(f"{node.module}.{name}")):
            value = library(interp, full, node)
        else:
            value = Lazy(source.path, name) if isinstance(source, Lazy) else member(interp, source, name, node)
        bind(interp, frame.scope.target(alias), alias, value)


def _module(interp: Interpreter, dotted: str, level: int, scope: Scope) -> Value:
    """A module by name: one of the project if its file is there, else one of a library."""
    if level or not owns(dotted):
        path = interp.modules.loader.find(scope.path, dotted, level) if interp.modules is not None else None
        if path is not None:
            return Lazy(path, "")
    if level:
        return Unknown(Lost(Reason.IMPORTED, None, "." * level + dotted), ("import", level, dotted))
    return Library(canonical(dotted))


def resolved(interp: Interpreter, value: Value, node: ir.Node | None) -> Value:
    """A value with what was imported lazily put in its place."""
    if isinstance(value, Lazy):
        return _resolve(interp, value, node)
    options = options_of(value)
    if any(isinstance(option, Lazy) for option, _ in options):
        return choice([(resolved(interp, option, node), guards) for option, guards in options])
    return value


def _resolve(interp: Interpreter, lazy: Lazy, node: ir.Node | None) -> Value:
    modules = interp.modules
    scope = modules.scope(interp, lazy.path) if modules is not None else None
    if modules is None or scope is None or lazy in modules.asked:
        # Not read, or modules that have a name from each other and none that defines it.
        return Unknown(Lost(Reason.IMPORTED, node, lazy.name), ("import", lazy.path, lazy.name))
    module = Module(lazy.path, scope)
    if not lazy.name:
        return module
    modules.asked.add(lazy)
    try:
        return member(interp, module, lazy.name, node)
    finally:
        modules.asked.discard(lazy)


def member(interp: Interpreter, source: Value, name: str, node: ir.Node | None) -> Value:
    """A name of a module: what it defines, or a module beneath it."""
    if isinstance(source, Library):
        return library(interp, f"{source.name}.{name}", node)
    if isinstance(source, Module):
        found = interp.state.get(source.scope, name)
        # A package that takes a name from itself means the module beneath it.
        if found is not None and found != Lazy(source.scope.path, name):
            return resolved(interp, found, node)
        if interp.modules is not None:
            path = interp.modules.loader.find(source.scope.path, name, 1)
            if path is not None:
                return _resolve(interp, Lazy(path, ""), node)
            for star in reversed(source.scope.stars):
                return Library(canonical(f"{star}.{name}"))
    return Unknown(Lost(Reason.IMPORTED, node, name), ("import", source, name))


def library(interp: Interpreter, dotted: str, node: ir.Node | None) -> Value:
    """Something of a library, unless the program has put something else in its place."""
    name = canonical(dotted)
    return interp.unknown(Reason.CUSTOM, node, name) if name in interp.patched else Library(name)


def _star(interp: Interpreter, source: Value, frame: Frame) -> None:
    if isinstance(source, Module):
        names: list[str] = sorted(interp.state.names(source.scope))
        for name in names:
            value = interp.state.get(source.scope, name)
            if value is not None and not name.startswith("_"):
                bind(interp, frame.scope, name, value)
        frame.scope.stars.extend(source.scope.stars)
    elif isinstance(source, Library):
        frame.scope.stars.append(source.name)
    else:
        frame.scope.stars.append("?")
