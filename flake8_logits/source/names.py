"""Who binds a name, who reads it, and which library's names stand in sight: asked only when something is to be mended.

Scopes are libcst's own; what is ours is that the cells of a notebook share one global scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst import metadata as meta

from flake8_logits.domain.places import Span
from flake8_logits.source import syntax as ir
from flake8_logits.source.lower import Lowering
from flake8_logits.source.seen import Seen
from flake8_logits.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Imported:
    """A name that an import binds: ``name`` stands for the library name ``dotted``.

    ``span`` is the import statement; ``plain`` says that it stands in no branch and no try, but right in the body of
    the module or of a function, so that what is put below it is bound wherever the name is.
    """

    name: str
    dotted: str
    span: Span
    plain: bool
    local: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """A name with a single binding, ``name = value``: the value, and where the name is read."""

    name: str
    value: ir.Expression
    reads: tuple[Span, ...]


class Names:
    """The names of one program, given as the trees of its units, in order."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._homes = [_home(tree, index) for index, tree in enumerate(trees) if tree.module is not None]
        self._by_tree = {id(home.tree): home for home in self._homes}
        self._tables: dict[meta.Scope, list[Imported]] = {}

    def spellings(self, node: ir.Node) -> set[str]:
        """The library names that a chain of attributes can spell: none unless imports alone bind its first part."""
        home = self._by_tree.get(id(node.home))
        parts: list[str] = []
        current = node.cst
        while isinstance(current, cst.Attribute):
            parts.append(current.attr.value)
            current = current.value
        if home is None or not isinstance(current, cst.Name):
            return set()
        found = {imported.dotted for imported in self.imports(node) if imported.name == current.value}
        return {".".join([dotted, *reversed(parts)]) for dotted in found}

    def binding(self, node: ir.Name) -> Binding | None:
        """The binding of a name that is read, if it has only one and that is ``name = value``; else None."""
        assignments = self._assignments(node, node.id)
        if len(assignments) != 1:
            return None
        home, assignment = assignments[0]
        target = assignment.node if isinstance(assignment, meta.Assignment) else None
        value = home.values.get(id(target))
        if target is None or value is None:
            return None
        return Binding(node.id, Lowering(home.tree).expression(value), tuple(self._reads(home, assignment)))

    def same(self, node: ir.Name, there: ir.Node) -> bool:
        """Whether a name that is read at a node is bound in one place alone, above it, and is the same elsewhere."""
        here = self._assignments(node, node.id)
        found = self._assignments(there, node.id)
        if len(here) != 1 or len(found) != 1 or here[0][1] is not found[0][1]:
            return False
        home, assignment = here[0]
        if not isinstance(assignment, meta.Assignment) or home.tree is not node.home:
            return False
        bound, read = home.span(assignment.node), node.span
        return (bound.line, bound.column) < (read.line, read.column)

    def holder(self, node: ir.Node) -> Binding | None:
        """The binding whose value this node is, as ``binding`` gives it; None if no name holds it alone."""
        home = self._by_tree.get(id(node.home))
        target = home.targets.get(id(node.cst)) if home is not None else None
        scope = home.scopes.get(target) if home is not None and target is not None else None
        if home is None or target is None or scope is None:
            return None
        for assignment in scope[target.value]:
            if isinstance(assignment, meta.Assignment) and assignment.node is target:
                value = Lowering(home.tree).expression(node.cst)
                return Binding(target.value, value, tuple(self._reads(home, assignment)))
        return None

    def calls_with(self, name: str) -> Iterator[tuple[Span, str]]:
        """The span of each call that is given the bare name as an argument, and the first part of what it calls."""
        for home in self._homes:
            for call in home.calls:
                if any(isinstance(arg.value, cst.Name) and arg.value.value == name for arg in call.args):
                    yield home.span(call), _first(call.func)

    def is_free(self, name: str) -> bool:
        """Whether nothing in the program binds or reads the name."""
        return not any(name in home.words for home in self._homes)

    def defines(self, name: str) -> bool:
        """Whether the program itself defines a function or class of this name, or it is built in."""
        return any(name in home.definitions for home in self._homes)

    def annotations_over(self, span: Span) -> Iterator[str]:
        """The source of each annotation that says of which type a value is that holds a span, or is it."""
        for home in self._homes:
            module = home.tree.module
            for value, annotation in home.annotated if module is not None else ():
                if span.is_within(home.span(value)):
                    assert module is not None
                    yield module.code_for_node(annotation.annotation).strip()

    # -- how ------------------------------------------------------------------------------------------------------

    def imports(self, node: ir.Node) -> list[Imported]:
        """The names that imports alone bind and that can be read where a node stands, the nearest scope first."""
        home = self._by_tree.get(id(node.home))
        if home is None:
            return []
        here = node.span
        top = self._at_top(home, node.cst)
        found: list[Imported] = []
        nearer: set[str] = set()
        for scope, owner in reversed(self._visible(home, node.cst)):
            local = not isinstance(scope, meta.GlobalScope)
            # What stands below is bound too late for what runs at once.
            at_once = home.scopes.get(node.cst) is scope or (not local and top)
            for imported in self._table(scope, owner):
                late = imported.span.line >= here.line if owner is home else owner.index > home.index
                if not (late and at_once) and imported.name not in nearer:
                    found.append(imported)
            if local:
                nearer |= {assignment.name.partition(".")[0] for assignment in scope.assignments}
        return found

    def _table(self, scope: meta.Scope, owner: _Home) -> list[Imported]:
        """The names of a scope that imports alone bind."""
        if scope not in self._tables:
            self._tables[scope] = list(self._imports_in(scope, owner))
        return self._tables[scope]

    def _imports_in(self, scope: meta.Scope, owner: _Home) -> Iterator[Imported]:
        local = not isinstance(scope, meta.GlobalScope)
        rivals = [scope] if local else [other.top for other in self._homes if other.top is not None]
        spoilt: set[str] = set()
        statements: dict[int, cst.Import | cst.ImportFrom] = {}
        for rival in rivals:
            for assignment in rival.assignments:
                statement = assignment.node if isinstance(assignment, meta.Assignment) else None
                if not isinstance(statement, (cst.Import, cst.ImportFrom)):
                    spoilt.add(assignment.name)
                elif rival is scope:
                    statements[id(statement)] = statement
        for statement in statements.values():
            span = owner.span(statement)
            for name, dotted in _bound(statement):
                if name not in spoilt:
                    yield Imported(name, dotted, span, id(statement) in owner.plain, local)

    def _at_top(self, home: _Home, node: cst.CSTNode) -> bool:
        return isinstance(home.scopes.get(node), meta.GlobalScope)

    def _visible(self, home: _Home, node: cst.CSTNode) -> list[tuple[meta.Scope, _Home]]:
        """The scopes in which a name read at a node is looked up, the outermost first."""
        found: list[tuple[meta.Scope, _Home]] = []
        scope = home.scopes.get(node)
        while scope is not None and not isinstance(scope, (meta.GlobalScope, meta.BuiltinScope)):
            if not isinstance(scope, meta.ClassScope) or not found:
                found.append((scope, home))
            scope = scope.parent
        found.reverse()
        return [*((other.top, other) for other in self._homes if other.top is not None), *found]

    def _assignments(self, node: ir.Node, name: str) -> list[tuple[_Home, meta.BaseAssignment]]:
        """Whatever binds the name that is read at a node, in the scope where it is found."""
        home = self._by_tree.get(id(node.home))
        if home is None:
            return []
        scope = home.scopes.get(node.cst)
        if scope is None:
            return []
        found = [(home, one) for one in scope[name] if not isinstance(one.scope, (meta.GlobalScope, meta.BuiltinScope))]
        if found:
            return found
        return [
            (other, one)
            for other in self._homes
            if other.top is not None
            for one in other.top.assignments
            if one.name.partition(".")[0] == name and (one.name == name or isinstance(one, meta.ImportAssignment))
        ]

    def _reads(self, home: _Home, assignment: meta.BaseAssignment) -> Iterator[Span]:
        for access in assignment.references:
            yield home.span(access.node)
        if not isinstance(assignment.scope, meta.GlobalScope):
            return
        for other in self._homes:
            for access in other.accesses:
                if other is not home and _first(access.node) == assignment.name and _outside(access):
                    yield other.span(access.node)


def _home(tree: Tree, index: int) -> _Home:
    known = tree.studied.get((_Home, index))
    if not isinstance(known, _Home):
        known = tree.studied[_Home, index] = _Home(tree, index)
    return known


class _Home:
    """One unit's tree with what libcst knows of its names."""

    def __init__(self, tree: Tree, index: int) -> None:
        self.tree = tree
        self.index = index
        module = tree.module
        assert module is not None
        wrapper = meta.MetadataWrapper(module, unsafe_skip_copy=True)
        self.scopes = wrapper.resolve(meta.ScopeProvider)
        scopes = {id(scope): scope for scope in self.scopes.values() if scope is not None}
        self.top = next((scope for scope in scopes.values() if isinstance(scope, meta.GlobalScope)), None)
        self.accesses = [access for scope in scopes.values() for access in scope.accesses]
        seen = Seen()
        module.visit(seen)
        self.values = seen.values
        self.targets = seen.targets
        self.plain = seen.plain
        self.calls = seen.calls
        self.words = seen.words
        self.definitions = seen.definitions
        self.annotated = seen.annotated

    def span(self, node: cst.CSTNode) -> Span:
        probe = ir.Opaque()
        probe.cst, probe.home = node, self.tree
        return probe.span


def _bound(statement: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, str]]:
    """The names that an import binds, each with the library name it stands for."""
    if isinstance(statement.names, cst.ImportStar):
        return
    module = ""
    if isinstance(statement, cst.ImportFrom):
        if statement.relative or statement.module is None:
            return
        module = _spelt(statement.module) + "."
    for alias in statement.names:
        name = alias.evaluated_name
        if alias.asname is not None:
            yield alias.evaluated_alias or "", module + name
        elif module:
            yield name, module + name
        else:
            first = name.partition(".")[0]
            yield first, first


def _spelt(node: cst.BaseExpression) -> str:
    return f"{_spelt(node.value)}.{node.attr.value}" if isinstance(node, cst.Attribute) else getattr(node, "value", "")


def _first(node: cst.CSTNode) -> str:
    while isinstance(node, (cst.Attribute, cst.Call)):
        node = node.value if isinstance(node, cst.Attribute) else node.func
    return node.value if isinstance(node, cst.Name) else ""


def _outside(access: meta.Access) -> bool:
    """Whether nothing within its own cell binds what is read."""
    return all(isinstance(one.scope, (meta.GlobalScope, meta.BuiltinScope)) for one in access.referents)
