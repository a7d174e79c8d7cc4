"""Which names a piece of Python syntax binds and which it takes from outside."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_logits.verify.patience import tick

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def targets(node: ast.AST) -> Iterator[str]:
    """Yield the plain names that an assignment target binds."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, (ast.Tuple, ast.List)):
        for item in node.elts:
            yield from targets(item)
    elif isinstance(node, ast.Starred):
        yield from targets(node.value)


def root(node: ast.AST) -> str:
    """The name at the bottom of attributes, subscripts and calls; empty if there is none."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Starred)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def roots(target: ast.AST) -> Iterator[str]:
    """Yield the names below the attributes and subscripts that an assignment target writes to."""
    if isinstance(target, (ast.Tuple, ast.List)):
        for item in target.elts:
            yield from roots(item)
    elif isinstance(target, (ast.Attribute, ast.Subscript, ast.Starred)):
        yield root(target)


def parameters(node: Function) -> list[str]:
    """The names of a function's parameters, in order; those with stars last."""
    given = node.args
    names = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return names + [arg.arg for arg in (given.vararg, given.kwarg) if arg is not None]


def imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[ast.alias, str]]:
    """Yield each alias of an import with the name that it binds, ``*`` for a star."""
    for alias in node.names:
        if alias.asname:
            yield alias, alias.asname
        else:
            yield alias, alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name


def bound_here(body: Iterable[ast.AST]) -> set[str]:
    """The names that are bound in the scope of these nodes, not in the scopes inside."""
    found: set[str] = set()
    outer: set[str] = set()
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            outer.update(node.names)
        found.update(_bound_by(node))
        if isinstance(node, COMPREHENSIONS):
            # Its targets are its own; what a walrus in it binds is not.
            inner = [one for one in ast.walk(node) if isinstance(one, ast.NamedExpr)]
            found.update(one.target.id for one in inner)
            continue
        todo.extend(ast.iter_child_nodes(node))
    return found - outer


def _bound_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node itself binds, not those that its children do."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
        yield node.id
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (name for _, name in imported(node))
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def free_names(node: ast.AST | Iterable[ast.AST]) -> set[str]:
    """The names that a node reads from outside of the functions and comprehensions in it."""
    tick()
    if not isinstance(node, ast.AST):
        return set().union(*(free_names(one) for one in node))
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, (ast.Load, ast.Del)) else set()
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return free_names(node.decorator_list) | _free_of_function(node, node.body)
    if isinstance(node, ast.Lambda):
        return _free_of_function(node, [node.body])
    if isinstance(node, ast.ClassDef):
        inside = free_names(node.body)
        # What the class body itself binds may have been read from outside before: only methods hide nothing.
        own = {one.name for one in node.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))}
        return free_names(node.decorator_list) | free_names(node.bases) | free_names(node.keywords) | (inside - own)
    if isinstance(node, COMPREHENSIONS):
        bound = {name for clause in node.generators for name in targets(clause.target)}
        return free_names(ast.iter_child_nodes(node)) - bound
    if isinstance(node, ast.AugAssign):
        return free_names(node.value) | {name for name in (root(node.target),) if name}
    return free_names(ast.iter_child_nodes(node))


def _free_of_function(node: Function, body: list[ast.stmt] | list[ast.expr]) -> set[str]:
    defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]
    own = set(parameters(node)) | bound_here(body)
    return free_names(defaults) | (free_names(body) - own)


def bound_anywhere(body: Iterable[ast.AST]) -> set[str]:
    """Every name that is bound anywhere in these nodes, in whatever scope."""
    found: set[str] = set()
    for top in body:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
                found.add(node.name)
            elif isinstance(node, ast.MatchMapping) and node.rest:
                found.add(node.rest)
    return found


def acts_at_its_end(node: ast.AST) -> bool:
    """Whether a node defines what still does something when nobody holds it any more: ``__del__``, or a generator."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if any("contextmanager" in ast.dump(one) for one in node.decorator_list):
        return False
    caught = [one for one in ast.walk(node) if isinstance(one, (ast.Try, ast.With))]
    yields = any(isinstance(one, (ast.Yield, ast.YieldFrom)) for top in caught for one in ast.walk(top))
    return yields or node.name == "__del__"
