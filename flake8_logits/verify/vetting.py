"""Takes out of a program everything that may not run, before anything runs.

What is not allowed is not called: a value that raises when something depends on it stands in its place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.verify.allowed import IDLE, PREPARING, Access, access, known_as, leads_on
from flake8_logits.verify.bindings import bound_here, parameters, root
from flake8_logits.verify.expressions import LIBRARY, MADE, OURS, ExpressionVetting, call_of_ours, name_of_ours

_TESTS = frozenset({"pytest", "unittest", "mock", "parameterized", "absl"})
"""Libraries whose decorators say how a test is run, not what it does."""


class Vetting(ExpressionVetting):
    """Rewrites the statements of one module."""

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        """An assignment; one of a module of a library makes its names aliases of that."""
        if getattr(node.value, "ours", False):
            return node  # what another module of the project binds
        dotted = self.dotted(node.value)
        if dotted is not None and access(dotted) is Access.MODULE and _plain(node.targets):
            return self._module_assigned(node, dotted)
        if any(self.dotted(_below(target)) is not None for target in node.targets):
            return _alone(self.stand_in(node))  # an attribute of a library is not ours to change
        self.generic_visit(node)
        return node

    def _module_assigned(self, node: ast.Assign, dotted: str) -> ast.stmt:
        for target in node.targets:
            assert isinstance(target, ast.Name)
            self.aliases[target.id] = dotted
        node.value = call_of_ours(LIBRARY, node, ast.Constant(dotted), ast.Constant(ast.unparse(node.value)))
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        """An annotation is evaluated in a class, and some classes read it; what may not run says nothing in one."""
        annotation = self.visit(node.annotation)
        refused = any(isinstance(one, ast.Name) and one.id == MADE for one in ast.walk(annotation))
        node.annotation = ast.copy_location(ast.Constant("object"), annotation) if refused else annotation
        if node.value is not None:
            node.value = self.visit(node.value)
        node.target = self.visit(node.target)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """A parameter, without what it is annotated with."""
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        """A function: its decorators and defaults outside, its body with its own names."""
        node.decorator_list = [self.visit(one) for one in node.decorator_list if not self._of_tests(one)]
        node.returns = None
        node.args = self.visit(node.args)
        self.local.append((set(parameters(node)) | bound_here(node.body)) - _imported_in(node.body))
        node.body = self._all(node.body)
        self.local.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        """A class; a test case is only a place where functions stand."""
        node.decorator_list = [one for one in node.decorator_list if not self._of_tests(one)]
        node.bases = [one for one in node.bases if not _last(one).endswith("TestCase")]
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        """An expression alone; what a test case inherits to prepare its tests is not there."""
        call = node.value
        prepares = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in PREPARING
        if prepares and root(call) == "super":
            return ast.copy_location(ast.Pass(), node)
        self.generic_visit(node)
        return node

    def _of_tests(self, decorator: ast.expr) -> bool:
        name = root(decorator)
        return self.aliases.get(name, name).partition(".")[0] in _TESTS

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.expr | ast.stmt:
        """Nothing here awaits anything."""
        return ast.copy_location(ast.Assign([ast.Name(node.name, ast.Store())], self.stand_in(node)), node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        """A lambda: as a function."""
        node.args = self.visit(node.args)
        self.local.append(set(parameters(node)))
        node.body = self.visit(node.body)
        self.local.pop()
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """Each name gets what the child process hands out for it; modules that are refused are not imported at all."""
        if self.trust:
            return [node]
        made: list[ast.stmt] = []
        for alias in node.names:
            top = alias.name if alias.asname else alias.name.partition(".")[0]
            made.extend(self._bind(node, alias.asname or top, top))
            if not alias.asname and alias.name != top and leads_on(canonical(alias.name)):
                # For the submodule to be there.
                submodule = call_of_ours(LIBRARY, node, ast.Constant(canonical(alias.name)), ast.Constant(alias.name))
                made.append(ast.copy_location(ast.Expr(submodule), node))
        return made

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | list[ast.stmt]:
        """As an import; imports of the project's own modules were rewritten before."""
        if self.trust:
            return [node]
        made: list[ast.stmt] = []
        for alias in node.names:
            dotted = f"{node.module or ''}.{alias.name}"
            if alias.name != "*":
                made.extend(self._bind(node, alias.asname or alias.name, dotted))
        return made

    def _bind(self, node: ast.stmt, name: str, spelt: str) -> list[ast.stmt]:
        dotted = known_as(spelt)
        if access(dotted) is not Access.ALLOWED and not leads_on(dotted):
            return [_alone(self.stand_in(node))]
        value = call_of_ours(LIBRARY, node, ast.Constant(dotted), ast.Constant(spelt))
        return [ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), node)]

    def visit_Delete(self, node: ast.Delete) -> ast.stmt:
        """What is deleted, as far as that may be asked for at all."""
        targets = [self.visit(one) for one in node.targets]
        if any(not isinstance(one, (ast.Name, ast.Attribute, ast.Subscript)) for one in targets):
            return _alone(self.stand_in(node))
        node.targets = targets
        return node

    def visit_Try(self, node: ast.Try) -> ast.Try:
        """Handlers catch what the program may raise, never what is raised by us, whatever they say."""
        self.generic_visit(node)
        if node.handlers:
            ours = ast.ExceptHandler(name_of_ours(OURS, node), None, [ast.Raise()])
            node.handlers.insert(0, ast.copy_location(ours, node))
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Everything below; a block that is left without statements gets one."""
        super().generic_visit(node)
        if isinstance(node, _WITH_BODY) and not node.body:
            node.body = [ast.Pass()]
        return node

    def _all(self, body: list[ast.stmt]) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for statement in body:
            new = self.visit(statement)
            made.extend(new if isinstance(new, list) else [] if new is None else [new])
        return made or [ast.Pass()]


def vetted(body: list[ast.stmt], vetting: Vetting) -> list[ast.stmt]:
    """The statements as they may run."""
    made = vetting._all(body)
    for statement in made:
        ast.fix_missing_locations(statement)
    return made


def aliases_of(body: Iterable[ast.stmt]) -> dict[str, str]:
    """The dotted name behind each name that imports bind, wherever they stand."""
    found: dict[str, str] = {}
    for top in body:
        for node in ast.walk(top):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    found.setdefault(name, alias.name if alias.asname else name)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                for alias in node.names:
                    found.setdefault(alias.asname or alias.name, f"{node.module}.{alias.name}")
    return found


def own_attributes(bodies: Iterable[ast.stmt]) -> set[str]:
    """The attributes that a program's classes have, or that it sets."""
    found: set[str] = set()
    for top in bodies:
        for node in ast.walk(top):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
            elif isinstance(node, ast.ClassDef):
                found |= bound_here(node.body)
    return {name for name in found if not name.startswith("__")} - IDLE


def _alone(expression: ast.expr) -> ast.stmt:
    return ast.copy_location(ast.Expr(expression), expression)


def _plain(targets: list[ast.expr]) -> bool:
    return all(isinstance(one, ast.Name) for one in targets)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _below(target: ast.expr) -> ast.expr:
    while isinstance(target, (ast.Attribute, ast.Subscript)):
        target = target.value
    return target


def _imported_in(body: list[ast.stmt]) -> set[str]:
    return set(aliases_of(body))


_WITH_BODY = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.ExceptHandler, ast.match_case)
