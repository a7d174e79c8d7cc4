"""Python's own ``ast`` to our own syntax: the same trees that ``lower`` makes of libcst's nodes, without their places.

It has no comments; those that state what a value holds are handed over beside it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from typing import Any

from flake8_logits.source import syntax as ir
from flake8_logits.source.lower_ast_expressions import AstExpressionLowering
from flake8_logits.source.operators import SYMBOLS
from flake8_logits.source.statements import state
from flake8_logits.source.trailing_comments import TrailingComments


class AstLowering(AstExpressionLowering):
    """Lowers the nodes of one tree."""

    def __init__(self, home: ir.Home, comments: TrailingComments | None = None) -> None:
        """``comments`` are those at the ends of the text's lines; None where none of them states anything."""
        super().__init__(home)
        self._comments = comments
        self._definitions: list[ir.FunctionDef | ir.ClassDef] = []

    def lower_all(self) -> None:
        """Lower the bodies of all definitions that were lowered so far, of those within them too."""
        for definition in self._definitions:  # which grows meanwhile
            _ = definition.body
        self._definitions.clear()

    def block(self, statements: Sequence[ast.stmt]) -> list[ir.Statement]:
        """The lowered statements; those without effect are left out."""
        found: list[ir.Statement] = []
        if self._comments is None:
            for statement in statements:
                self._append(statement, found)
            return found
        for line, comment in self._comments.lines(statements):
            before = len(found)
            for statement in line:
                self._append(statement, found)
            if comment and len(found) > before:
                state(found[-1], comment)
        return found

    def _append(self, node: ast.stmt, found: list[ir.Statement]) -> None:
        if isinstance(node, ast.AnnAssign):
            if isinstance(node.target, ast.Name) and not _of_the_class(node.annotation):
                found.append(self.mark(ir.Annotation(node.target.id)))
            if node.value is None:
                return
        lower = _STATEMENTS.get(type(node))
        if lower is not None:
            found.append(self.mark(lower(self, node)))

    def _assign(self, node: ast.Assign) -> ir.Statement:
        return ir.Assign(self.expressions(node.targets), self.expression(node.value))

    def _annotated(self, node: ast.AnnAssign) -> ir.Statement:
        return ir.Assign([self.expression(node.target)], self.expression(node.value or node.target))

    def _augmented(self, node: ast.AugAssign) -> ir.Statement:
        return ir.Assign([self.expression(node.target)], self.expression(node.value), SYMBOLS[type(node.op)])

    def _evaluate(self, node: ast.Expr) -> ir.Statement:
        return ir.Evaluate(self.expression(node.value))

    def _assert(self, node: ast.Assert) -> ir.Statement:
        test = self.expression(node.test)
        if isinstance(test, ir.Constant) and not test.value:
            return ir.Leave("raise")
        return ir.Evaluate(self.mark(ir.Unary("not", test)))

    def _if(self, node: ast.If) -> ir.Statement:
        # An elif chain is as deep as it is long: unfold it from its end instead of recursing.
        chain = [node]
        while len(chain[-1].orelse) == 1 and isinstance(link := chain[-1].orelse[0], ast.If):
            chain.append(link)
        orelse = self.block(chain[-1].orelse)
        for link in reversed(chain[1:]):
            orelse = [self.mark(ir.If(self.expression(link.test), self.block(link.body), orelse))]
        return ir.If(self.expression(node.test), self.block(node.body), orelse)

    def _for(self, node: ast.For | ast.AsyncFor) -> ir.Statement:
        target, iterable = self.expression(node.target), self.expression(node.iter)
        return ir.For(target, iterable, self.block(node.body), self.block(node.orelse))

    def _while(self, node: ast.While) -> ir.Statement:
        return ir.While(self.expression(node.test), self.block(node.body), self.block(node.orelse))

    def _with(self, node: ast.With | ast.AsyncWith) -> ir.Statement:
        items = [(self.expression(item.context_expr), self.optional(item.optional_vars)) for item in node.items]
        return ir.With(items, self.block(node.body))

    def _try(self, node: ast.Try) -> ir.Statement:
        handlers: list[tuple[str | None, ir.Block]] = [
            (handler.name, self.block(handler.body)) for handler in node.handlers
        ]
        return ir.Try(self.block(node.body), handlers, self.block(node.orelse), self.block(node.finalbody))

    def _match(self, node: ast.Match) -> ir.Statement:
        cases = [self.mark(self._case(case)) for case in node.cases]
        return ir.Match(self.expression(node.subject), cases)

    def _case(self, case: ast.match_case) -> ir.Case:
        names: list[str] = []
        values = self._values(case.pattern, names)
        plain = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
        return ir.Case(values, names, plain, self.optional(case.guard), self.block(case.body))

    def _values(self, pattern: ast.pattern, names: list[str]) -> list[ir.Expression] | None:
        """What a pattern compares with, None where that is more than literals; ``names`` is given what it binds."""
        if isinstance(pattern, ast.MatchValue):
            return [self.expression(pattern.value)]
        if isinstance(pattern, ast.MatchSingleton):
            return [self.mark(ir.Constant(pattern.value))]
        if isinstance(pattern, ast.MatchOr):
            found: list[ir.Expression] = []
            for choice in pattern.patterns:
                values = self._values(choice, names)
                if values is None:
                    return None
                found.extend(values)
            return found
        if isinstance(pattern, ast.MatchAs):
            if pattern.name is not None:
                names.append(pattern.name)
            return None if pattern.pattern is None else self._values(pattern.pattern, names)
        _bindings(pattern, names)
        return None

    def _return(self, node: ast.Return) -> ir.Statement:
        return ir.Leave("return", self.optional(node.value))

    def _raise(self, node: ast.Raise) -> ir.Statement:
        return ir.Leave("raise", self.optional(node.exc))

    def _break(self, node: ast.Break) -> ir.Statement:
        return ir.Leave("break")

    def _continue(self, node: ast.Continue) -> ir.Statement:
        return ir.Leave("continue")

    def _delete(self, node: ast.Delete) -> ir.Statement:
        return ir.Delete(self.expressions(node.targets))

    def _global(self, node: ast.Global) -> ir.Statement:
        return ir.Declare("global", node.names)

    def _nonlocal(self, node: ast.Nonlocal) -> ir.Statement:
        return ir.Declare("nonlocal", node.names)

    def _import(self, node: ast.Import) -> ir.Statement:
        return ir.Import([(alias.name, alias.asname) for alias in node.names])

    def _import_from(self, node: ast.ImportFrom) -> ir.Statement:
        names = None
        if node.names[0].name != "*":
            names = [(alias.name, alias.asname or alias.name) for alias in node.names]
        return ir.ImportFrom(node.module or "", node.level, names)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ir.Statement:
        decorators = self.expressions(node.decorator_list)
        asynchronous = isinstance(node, ast.AsyncFunctionDef)
        parameters = self.parameters(node.args)
        return self._definition(
            ir.FunctionDef(node.name, parameters, decorators, lambda: self.block(node.body), asynchronous)
        )

    def _class(self, node: ast.ClassDef) -> ir.Statement:
        decorators = self.expressions(node.decorator_list)
        bases = [*map(self._argument, node.bases), *map(self._argument, node.keywords)]
        return self._definition(ir.ClassDef(node.name, bases, decorators, lambda: self.block(node.body)))

    def _definition(self, lowered: ir.FunctionDef | ir.ClassDef) -> ir.Statement:
        self._definitions.append(lowered)
        return lowered


def _bindings(pattern: ast.pattern, names: list[str]) -> None:
    """Every name that a pattern of another kind binds."""
    if isinstance(pattern, (ast.MatchAs, ast.MatchStar)) and pattern.name is not None:
        names.append(pattern.name)
    for child in ast.iter_child_nodes(pattern):
        if isinstance(child, ast.pattern):
            _bindings(child, names)
    if isinstance(pattern, ast.MatchMapping) and pattern.rest is not None:
        names.append(pattern.rest)


def _of_the_class(node: ast.expr) -> bool:
    """Whether an annotation says that a name is the class's and not its instances'."""
    outer = node.value if isinstance(node, ast.Subscript) else node
    name = outer.attr if isinstance(outer, ast.Attribute) else outer.id if isinstance(outer, ast.Name) else ""
    return name == "ClassVar"


_STATEMENTS: dict[type[ast.AST], Callable[[AstLowering, Any], ir.Statement]] = {
    ast.Assign: AstLowering._assign,
    ast.AnnAssign: AstLowering._annotated,
    ast.AugAssign: AstLowering._augmented,
    ast.Expr: AstLowering._evaluate,
    ast.Assert: AstLowering._assert,
    ast.If: AstLowering._if,
    ast.For: AstLowering._for,
    ast.AsyncFor: AstLowering._for,
    ast.While: AstLowering._while,
    ast.With: AstLowering._with,
    ast.AsyncWith: AstLowering._with,
    ast.Try: AstLowering._try,
    ast.Match: AstLowering._match,
    ast.Return: AstLowering._return,
    ast.Raise: AstLowering._raise,
    ast.Break: AstLowering._break,
    ast.Continue: AstLowering._continue,
    ast.Delete: AstLowering._delete,
    ast.Global: AstLowering._global,
    ast.Nonlocal: AstLowering._nonlocal,
    ast.Import: AstLowering._import,
    ast.ImportFrom: AstLowering._import_from,
    ast.FunctionDef: AstLowering._function,
    ast.AsyncFunctionDef: AstLowering._function,
    ast.ClassDef: AstLowering._class,
}
if sys.version_info >= (3, 11):
    _STATEMENTS[ast.TryStar] = AstLowering._try
