"""From a place in a document to programs that can be run: the slice of each of its modules, vetted, as source."""

from __future__ import annotations

import ast
import copy
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.verification import Claim
from flake8_logits.knowledge.catalogue import owns
from flake8_logits.knowledge.runnable import FRAMEWORKS
from flake8_logits.source.documents import read_document
from flake8_logits.source.units import Unit
from flake8_logits.verify.bindings import bound_anywhere, bound_here
from flake8_logits.verify.callees import Callees
from flake8_logits.verify.effects import Effects
from flake8_logits.verify.expressions import LIBRARY, MADE
from flake8_logits.verify.linking import Links, asked_of
from flake8_logits.verify.placing import MEET_COMPILE, Elsewhere, place_call
from flake8_logits.verify.reach import Way, is_asynchronous, name_lambda, node_at, text_of, ways
from flake8_logits.verify.renaming import spell_apart
from flake8_logits.verify.scopes import Scopes
from flake8_logits.verify.slicer import Slicer
from flake8_logits.verify.starred import mentioned_in, write_out
from flake8_logits.verify.vetting import Vetting, aliases_of, own_attributes, vetted
from flake8_logits.verify.writing import written

MOST_MODULES = 64

__all__ = ["Elsewhere", "Slice", "slices"]


class Finder(Protocol):
    """Finds the modules of a project."""

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        """The path of a module that an import names."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A program that reaches a place: the source of each module, the document's first, and where its lines came from.

    ``lines`` maps, for each module, the line of its source to the line of the file; ``made`` names what is not run.
    ``eager`` says that the program itself calls the loss outside of a graph, None that this cannot be told; ``through``
    that it goes on behind the place, as the model is changed there, ``guessed`` that the program would come there in
    another way, ``apart`` that it may do so with an object that it has changed, ``framework`` what it builds its models
    in.
    """

    sources: tuple[str, ...]
    lines: tuple[dict[int, int], ...]
    made: tuple[str, ...]
    eager: bool | None = False
    through: bool = False
    guessed: bool = False
    apart: bool = False
    framework: str = "keras"


@dataclass
class _Module:
    path: str
    body: list[ast.stmt]
    aliases: dict[str, str] = field(default_factory=dict)
    kept: list[ast.stmt] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)


def slices(
    units: Sequence[Unit], path: str, claim: Claim, project: Finder | None, trust: bool = False
) -> Iterator[Slice]:
    """Yield programs that reach the place of a claim, the likeliest first.

    Raises Elsewhere where the place cannot be reached from here, SyntaxError where Python cannot parse the document.
    """
    text = text_of(units)
    node = node_at(text, claim.span)
    if node is None:
        raise Elsewhere("Python reads this place differently")
    planted: dict[str, list[ast.stmt]] = {}
    if claim.there is None:
        place = place_call(text, node, claim.kind)
    else:
        place = node
        there = os.path.abspath(claim.there.path)
        other = text_of([unit for document in read_document(there) for unit in document.units])
        found = node_at(other, claim.there)
        if found is None:
            raise Elsewhere("Python reads the place in the other file differently")
        place_call(other, found, claim.kind)
        planted[there] = other.body
    if is_asynchronous(text, place):
        raise Elsewhere("it stands in an asynchronous function, which is not run")
    name_lambda(text, place)
    for way in ways(text, place):
        compiled = claim.there is None and claim.kind in (SiteKind.COMPILE, SiteKind.METRIC)
        through = _Cutter(path, project, trust, planted).through(way) if compiled else None
        eager = (None if way.in_graph is None else not way.in_graph) if claim.kind is SiteKind.CALL else False
        yield through or _Cutter(path, project, trust, planted).cut(way, eager)


class _Cutter:
    """Cuts a module and whatever modules of the project it takes names from.

    Each is vetted before it is cut: what a call that is not run would have been given is then no dependence.
    ``planted`` are the statements of other modules in which the place stands.
    """

    def __init__(self, path: str, project: Finder | None, trust: bool, planted: dict[str, list[ast.stmt]]) -> None:
        self.path = os.path.abspath(path)
        self.project = project
        self.trust = trust
        self.planted = planted
        self.modules: list[_Module] = []
        self._numbers: dict[str, int] = {}

    def cut(self, way: Way, eager: bool | None) -> Slice:
        """The slice that goes this way and ends at the place."""
        effects = self._effects(way.body)
        self._cut_all(effects, None)
        return replace(self._written(), eager=eager, guessed=way.guessed, apart=way.apart)

    def through(self, way: Way) -> Slice | None:
        """The slice that goes on behind the place; None where nothing changes there what is compiled."""
        effects = self._effects(way.whole)
        seed = self._compiled(effects)
        if not self._cut_all(effects, seed):
            return None
        return replace(self._written(), through=True, guessed=way.guessed, apart=way.apart)

    def _effects(self, body: list[ast.stmt]) -> Effects:
        self._add(self.path, body)
        for module in self.modules:  # grows while it is walked
            self._discover(module)
        if not self.trust:
            self._write_stars_out()
        for module in self.modules:
            self._vet(module)
        scopes = Scopes()
        for module in self.modules:
            scopes.add(module.body)
        bodies = [module.body for module in self.modules]
        return Effects(Callees(scopes, bodies, [module.aliases for module in self.modules]))

    def _write_stars_out(self) -> None:
        mentioned = mentioned_in(module.body for module in self.modules)
        for module in self.modules:
            write_out(module.body, mentioned, partial(self._is_own, module.path))

    def _is_own(self, importer: str, node: ast.ImportFrom) -> bool:
        return self._find(importer, node.module or "", node.level) is not None

    def _compiled(self, effects: Effects) -> frozenset[str]:
        """The classes of the model that is compiled at the place."""
        scopes = effects.callees.scopes
        for top in self.modules[0].body:
            for node, scope in scopes.walk(top, scopes.modules[0]):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MEET_COMPILE:
                    return effects.kinds(node.args[0], scope)
        return frozenset()

    def number(self, importer: str, dotted: str, level: int) -> int | None:
        """The number of a module of the project that an import names; None if it is none, or was not read."""
        path = self._find(importer, dotted, level)
        return None if path is None else self._numbers.get(path)

    def top(self, number: int) -> set[str]:
        """The names that a module binds, those that it takes from other modules with a star among them."""
        return self._bound_in(number, frozenset())

    def _bound_in(self, number: int, seen: frozenset[int]) -> set[str]:
        module = self.modules[number]
        found = bound_here(module.body) - {"*"}
        for node in module.body:
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                other = self.number(module.path, node.module or "", node.level)
                if other is not None and other not in seen:
                    found |= self._bound_in(other, seen | {number})
        return found

    def _add(self, path: str, body: list[ast.stmt]) -> None:
        self._numbers[path] = len(self.modules)
        self.modules.append(_Module(path, body))

    def _find(self, importer: str, dotted: str, level: int) -> str | None:
        if self.project is None or (not level and owns(dotted)):
            return None
        path = self.project.find(importer, dotted, level)
        return None if path is None or os.path.isdir(path) else os.path.abspath(path)

    def _discover(self, module: _Module) -> None:
        for top in module.body:
            for node in ast.walk(top):
                if isinstance(node, ast.Import):
                    names = [(alias.name, 0) for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    whole = node.module or ""
                    names = [(whole, node.level), *((_joined(whole, alias.name), node.level) for alias in node.names)]
                else:
                    continue
                for dotted, level in names:
                    self._read(self._find(module.path, dotted, level))

    def _read(self, path: str | None) -> None:
        if path is None or path in self._numbers or len(self.modules) >= MOST_MODULES:
            return
        if path in self.planted:
            self._add(path, copy.deepcopy(self.planted[path]))
            return
        try:
            body = text_of([unit for document in read_document(path) for unit in document.units]).body
        except SyntaxError:
            return
        self._add(path, body)

    def _vet(self, module: _Module) -> None:
        own = own_attributes([top for other in self.modules for top in other.body])
        for number in range(1, len(self.modules)):
            own |= self.top(number)
        linked = Links(self, module.path).visit(ast.Module(module.body, []))
        vetting = Vetting(aliases_of(linked.body), bound_anywhere(linked.body), own, self.trust)
        module.body = vetted(linked.body, vetting)
        module.aliases = vetting.aliases
        spell_apart(module.body, module.aliases)

    def _cut_all(self, effects: Effects, seed: frozenset[str] | None) -> bool:
        """Cut all modules; whether anything is kept that comes behind the place."""
        mentioned: set[str] = set()
        scopes = effects.callees.scopes.modules
        after = False
        while True:
            before = (set(mentioned), [set(module.wanted) for module in self.modules], len(effects.whole))
            for number, module in enumerate(self.modules):
                if number and not module.wanted:
                    continue
                slicer = Slicer(_on_path, effects, scopes[number], mentioned, seed)
                module.kept = slicer.module(module.body, module.wanted)
                after = slicer.changed_after if not number else after
                mentioned |= slicer.mentioned
                for other, names in asked_of(module.kept, self.top):
                    self.modules[other].wanted |= names
            if before == (mentioned, [set(module.wanted) for module in self.modules], len(effects.whole)):
                return after

    def _written(self) -> Slice:
        sources: list[str] = []
        lines: list[dict[int, int]] = []
        made: list[str] = []
        asked: set[str] = set()
        for module in self.modules:
            tree, source = written(module.kept)
            sources.append(source)
            lines.append(_lines(tree, source))
            made.extend(_made_in(tree))
            asked.update(_asked_in(tree))
        framework = framework_of(asked) or framework_of(self.modules[0].aliases.values()) or "keras"
        return Slice(tuple(sources), tuple(lines), tuple(dict.fromkeys(made)), framework=framework)


def _joined(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name


def _on_path(node: ast.AST) -> bool:
    return bool(getattr(node, "on_path", False))


def _made_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MADE:
            assert isinstance(node.args[0], ast.Constant)
            yield str(node.args[0].value)


def _asked_in(tree: ast.Module) -> Iterator[str]:
    """The names of libraries that a slice asks for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == LIBRARY:
            assert isinstance(node.args[0], ast.Constant)
            yield str(node.args[0].value)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def framework_of(names: Iterable[str]) -> str:
    """The framework that some dotted names belong to; empty if they belong to none."""
    roots = {name.partition(".")[0] for name in names}
    return next((framework for framework, owned in FRAMEWORKS.items() if roots & owned), "")


def _lines(tree: ast.Module, source: str) -> dict[int, int]:
    """The line of the file for each line of the source: both trees have the same nodes in the same order."""
    found: dict[int, int] = {}
    try:
        parsed = ast.parse(source)
    except SyntaxError as error:  # of our own source, not of the program's
        raise Elsewhere(f"what was cut of it cannot be written as Python: {error.msg}") from None
    for ours, theirs in zip(ast.walk(parsed), ast.walk(tree), strict=False):
        if type(ours) is not type(theirs):
            break
        if isinstance(ours, (ast.stmt, ast.expr)):
            found.setdefault(ours.lineno, getattr(theirs, "lineno", 0))
    return found
