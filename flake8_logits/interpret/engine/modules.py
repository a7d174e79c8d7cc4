"""The import table: names of modules and what they stand for, canonical from the start.

A module of the user's own project is read when one of its names is first needed, and run once, in a scope of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.slots import Item
from flake8_logits.interpret.abstract.values import (
    NONE,
    AttributeTable,
    Choice,
    Const,
    Lazy,
    Library,
    Module,
    Object,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.binding import bind
from flake8_logits.interpret.engine.dispatch import Names
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter, executes, reads_attribute, sets_attribute
from flake8_logits.interpret.engine.module_table import ModuleTable, Source
from flake8_logits.knowledge.catalogue import declared, lookup, owns
from flake8_logits.knowledge.effects import CALLED_ATTRIBUTES
from flake8_logits.knowledge.kinds import ANY_LAYER, BASES_OF_LAYERS
from flake8_logits.knowledge.namespaces import canonical
from flake8_logits.source import syntax as ir

library_things: Names[Callable[[Interpreter, str], Value]] = Names()
"""By canonical name: what a library has under it, where that is a thing which holds something."""


def scope_of(interp: Interpreter, modules: ModuleTable, path: str, name: str = "an imported module") -> Scope | None:
    """The scope of the module at a path, run now if it was not yet; None where it cannot be read or afforded.

    ``name`` is what it finds its own name to be.
    """
    if path in modules.scopes:
        return modules.scopes[path]
    if modules.full:
        interp.find_no_room()
        return None
    source = modules.loader.read(path)
    if source is None:
        modules.scopes[path] = None
        return None
    scope = Scope(ScopeKind.MODULE, path=path)
    paid = nullcontext() if path in interp.callers else interp.budget.importing()
    with interp.importing(scope) as frame, paid:
        run = partial(_run, interp, modules, source, frame, name)
        found = interp.step(("module", path), run, source.body, name)
        if found is not None:
            modules.left[path] = {one: interp.state.get(found, one) for one in interp.state.names(found)}
        return found


def _run(interp: Interpreter, modules: ModuleTable, source: Source, frame: Frame, name: str) -> Scope | None:
    """Run a module that was read; its scope, None where that cannot be afforded."""
    scope, path = frame.scope, frame.scope.path
    modules.lines += source.lines
    modules.scopes[path] = scope
    interp.budget.grow(source.lines)
    interp.state.set(scope, "__name__", Const(name))
    interp.execute(source.body, frame)
    if interp.budget.spent:
        modules.scopes[path] = None
        modules.too_dear.add(path)
    return modules.scopes[path]


class _Kept(Ref):
    """What the program itself keeps on modules of libraries, by dotted name and the function that set it.

    When that has ended it is there or not: nobody sees in which order functions are called.
    """

    __slots__ = ()


KEPT = _Kept(None)


@executes(ir.Import)
def run_import(interp: Interpreter, node: ir.Import, frame: Frame) -> None:
    """``import a.b as c``: without ``as`` only the first part is bound."""
    for dotted, alias in node.names:
        name = alias or dotted.partition(".")[0]
        bind(interp, frame.scope.target(name), name, module_named(interp, dotted if alias else name, 0, frame.scope))


@executes(ir.ImportFrom)
def run_import_from(interp: Interpreter, node: ir.ImportFrom, frame: Frame) -> None:
    """``from a.b import c``, relative ones found from the file's own place."""
    source = module_named(interp, node.module, node.level, frame.scope)
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


def module_named(interp: Interpreter, dotted: str, level: int, scope: Scope) -> Value:
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
    if isinstance(value, Choice) and any(isinstance(option, Lazy) for option, _ in value.options):
        return choice([(resolved(interp, option, node), guards) for option, guards in value.options])
    return value


def _resolve(interp: Interpreter, lazy: Lazy, node: ir.Node | None) -> Value:
    modules = interp.modules
    scope = scope_of(interp, modules, lazy.path) if modules is not None else None
    if modules is None or scope is None or modules.resolving.get(lazy, False):
        # Not read, or modules that have a name from each other and none that defines it.
        too_dear = modules is not None and lazy.path in modules.too_dear
        reason = Reason.OTHER_FILES if too_dear else Reason.IMPORTED
        return Unknown(Lost(reason, node, lazy.name), ("import", lazy.path, lazy.name))
    module = Module(lazy.path, scope)
    if not lazy.name:
        return module
    modules.resolving[lazy] = True
    try:
        found = member(interp, module, lazy.name, node)
        before = modules.left.get(lazy.path, {}).get(lazy.name)
        if before is None or isinstance(before, Lazy) or before is interp.state.get(scope, lazy.name):
            return found
        # The module has given the name another value since, before it was taken from there or after that.
        return choice([(before, ()), (found, ())])
    finally:
        modules.resolving[lazy] = False


def is_settled(interp: Interpreter, lazy: Lazy, found: Value) -> bool:
    """Whether what was found in the place of a lazy import stands there at the bottom of the state: in every branch."""
    written, followed = interp.state.bottom.writes, set[Lazy]()
    value: Value | None = lazy
    while isinstance(value, Lazy) and value not in followed and interp.modules is not None:
        followed.add(value)
        scope = interp.modules.scopes.get(value.path)
        key = (scope, value.name) if scope is not None else None
        value = written[key] if key is not None and key in written else None
    return value is found or (value is None and isinstance(found, Module))


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
            for star in reversed(interp.stars.get(source.scope, ())):
                return interp.library(canonical(f"{star}.{name}"))
    return Unknown(Lost(Reason.IMPORTED, node, name), ("import", source, name))


def library(interp: Interpreter, dotted: str, node: ir.Node | None) -> Value:
    """Something of a library, unless the program has put something else in its place."""
    name = canonical(dotted)
    if name not in interp.patched:
        thing = library_things.find(name)
        return interp.library(name) if thing is None else thing(interp, name)
    found = (interp.state.get(KEPT, Item((name, body))) for body in (None, *interp.bodies))
    kept = [value for value in found if value not in (None, NONE)]
    if len(kept) == 1 and isinstance(kept[0], Object):
        return kept[0]
    return interp.unknown(Reason.CUSTOM, node, library=name)


def _star(interp: Interpreter, source: Value, frame: Frame) -> None:
    if isinstance(source, Module):
        names = interp.state.names(source.scope)
        for name in names:
            value = interp.state.get(source.scope, name)
            if value is not None and not name.startswith("_"):
                bind(interp, frame.scope, name, value)
        _add_stars(interp, frame.scope, *interp.stars.get(source.scope, ()))
    elif isinstance(source, Library):
        _add_stars(interp, frame.scope, source.name)
    else:
        _add_stars(interp, frame.scope, "?")


def _add_stars(interp: Interpreter, scope: Scope, *names: str) -> None:
    if names:
        interp.stars[scope] = (*interp.stars.get(scope, ()), *names)


@reads_attribute(Lazy)
def _attribute_of_lazy(interp: Interpreter, owner: Lazy, name: str, node: ir.Expression) -> Value:
    return interp.get_attribute(resolved(interp, owner, node), name, node)


@reads_attribute(Library)
def _attribute_of_library(interp: Interpreter, owner: Library, name: str, node: ir.Expression) -> Value:
    return AttributeTable(owner) if name == "__dict__" else library(interp, f"{owner.name}.{name}", node)


@reads_attribute(Module)
def _attribute_of_module(interp: Interpreter, owner: Module, name: str, node: ir.Expression) -> Value:
    return AttributeTable(owner) if name == "__dict__" else member(interp, owner, name, node)


@sets_attribute(Module)
def _set_in_module(interp: Interpreter, owner: Module, name: str, value: Value, node: ir.Expression) -> None:
    bind(interp, owner.scope, name, value)


@sets_attribute(Library)
def _patch(interp: Interpreter, owner: Library, name: str, value: Value, node: ir.Expression) -> None:
    dotted = canonical(f"{owner.name}.{name}")
    interp.patched[dotted] = True
    every = owner.name in BASES_OF_LAYERS
    if name in CALLED_ATTRIBUTES and (every or lookup(owner.name) is not None):
        interp.patched[owner.name] = True
        if every:
            interp.patched[ANY_LAYER] = True
    for body in (None, *interp.bodies):
        interp.state.set(KEPT, Item((dotted, body)), NONE)
    if lookup(dotted) is None:
        interp.state.set(KEPT, Item((dotted, interp.bodies[-1] if interp.bodies else None)), value)
