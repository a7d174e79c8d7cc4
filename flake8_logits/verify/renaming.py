"""Gives a name that is bound anew at the top of a block another spelling from there on.

Which names may share an object is worked out without regard to order.  A notebook that calls each of its models
``model`` would have one object for all of them; spelt apart, what is done to one says nothing of the next.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Sequence

from flake8_logits.knowledge.effects import REFLECTION
from flake8_logits.verify.bindings import COMPREHENSIONS, acts_at_its_end, bound_here, free_names, parameters, targets
from flake8_logits.verify.callees import asks_library, asks_project, stands_in

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LATER = (*_DEFINITIONS, ast.Lambda, ast.GeneratorExp)
"""What may be run after a name in it was bound anew."""


def spell_apart(body: Sequence[ast.stmt], fixed: Iterable[str]) -> None:
    """Rename, in the statements of a module and in those of its functions, what is bound more than once.

    The last spelling is the program's own, for whoever imports the module; ``fixed`` are names that stay.
    """
    nodes = [node for top in body for node in _everything(top)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    if names & REFLECTION or any(map(acts_at_its_end, nodes)):
        return  # a name may be the last that holds something
    stated = {name for node in nodes if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names}
    taken = names | {name for top in body for name in bound_here([top])}
    taken.update(node.arg for node in nodes if isinstance(node, ast.arg))
    kept = stated | set(fixed)
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            _Block(node.body, kept, taken, parameters(node)).spell()
    _Block(body, kept, taken).spell()


class _Block:
    """The statements of a module, or of a function of some ``given`` names: they run one after the other, each once."""

    def __init__(
        self, body: Sequence[ast.stmt], kept: set[str], taken: set[str], given: Sequence[str] | None = None
    ) -> None:
        self.body = body
        self.taken = taken
        self.lasting = given is None
        self.given = frozenset(given or ())
        self.bindings: dict[str, list[ast.stmt]] = {}
        fixed = kept.union(*map(_fixed_in, body))
        for top in body:
            for name in _bound_for_sure(top) - fixed:
                self.bindings.setdefault(name, []).append(top)

    def spell(self) -> None:
        """Rename each name that is bound more than once."""
        current: dict[str, str] = {}
        for top in self.body:
            new = {name: self._spelling(name, top) for name in _bound_for_sure(top) if self._is_apart(name)}
            for node in _names_in(top):
                stored = isinstance(node.ctx, ast.Store) and node.id in new
                node.id = (new if stored else current).get(node.id, node.id)
            current |= new

    def _is_apart(self, name: str) -> bool:
        times = len(self.bindings.get(name, ()))
        return times > 1 or times > 0 and name in self.given

    def _spelling(self, name: str, top: ast.stmt) -> str:
        if self.lasting and self.bindings[name][-1] is top:
            return name
        made = next(one for one in (f"{name}_{number}" for number in itertools.count(1)) if one not in self.taken)
        self.taken.add(made)
        return made


def _bound_for_sure(top: ast.stmt) -> set[str]:
    """The names that a statement binds anew whatever happens, reading them only before that."""
    if not isinstance(top, ast.Assign) or asks_library(top.value) or asks_project(top.value):
        return set()
    names = {name for target in top.targets for name in targets(target)}
    inside = [node for target in top.targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    read = {node.id for node in inside if isinstance(node.ctx, ast.Load)}
    walrus = {node.target.id for node in ast.walk(top.value) if isinstance(node, ast.NamedExpr)}
    return names - read - walrus


def _fixed_in(top: ast.AST) -> set[str]:
    """The names in a statement that stay: bound otherwise than by an assignment, or read by what may run later."""
    found: set[str] = set()
    for node in _everything(top):
        if isinstance(node, _LATER):
            found |= _read_in(node)
        elif isinstance(node, COMPREHENSIONS):
            found |= _targets_of(node) & free_names(node.generators[0].iter)
    return found | (bound_here([top]) - {node.id for node in _names_in(top)})


def _read_in(node: ast.AST) -> set[str]:
    """The names that a node reads from outside of the functions in it, what stand-ins stand for too."""
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Store) else {node.id}
    instead = stands_in(node)
    below = [*ast.iter_child_nodes(node), *([] if instead is None else [instead])]
    found: set[str] = set().union(*map(_read_in, below))
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        found -= set(parameters(node)) | bound_here(body)
        found |= set().union(*map(_read_in, (*node.args.defaults, *(one for one in node.args.kw_defaults if one))))
    return found


def _targets_of(node: ast.AST) -> set[str]:
    return {name for clause in getattr(node, "generators", ()) for name in targets(clause.target)}


def _everything(top: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, what stand-ins stand for too."""
    for node in ast.walk(top):
        yield node
        instead = stands_in(node)
        if instead is not None:
            yield from _everything(instead)


def _names_in(top: ast.AST, hidden: frozenset[str] = frozenset()) -> Iterator[ast.Name]:
    """Yield the names in a statement that are those of its block, what stand-ins stand for too."""
    if isinstance(top, ast.Name):
        if top.id not in hidden:
            yield top
    elif not isinstance(top, _LATER):
        hidden |= _targets_of(top)
        instead = stands_in(top)
        for child in (*ast.iter_child_nodes(top), *([] if instead is None else [instead])):
            yield from _names_in(child, hidden)
