"""libcst to our own syntax: keeps what a program means and drops how it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from flake8_logits.source import syntax as ir
from flake8_logits.source.lower_expressions import ExpressionLowering, identifier
from flake8_logits.source.statements import state


class Lowering(ExpressionLowering):
    """Lowers the nodes of one tree."""

    def block(self, statements: Sequence[cst.CSTNode]) -> list[ir.Statement]:
        """The lowered statements, one-line blocks and semicolons unfolded; statements without effect are left out."""
        found: list[ir.Statement] = []
        for statement in statements:
            if isinstance(statement, cst.SimpleStatementLine):
                before = len(found)
                for small in statement.body:
                    self._append(small, found)
                comment = statement.trailing_whitespace.comment
                if comment is not None and len(found) > before:
                    state(found[-1], comment.value)
            else:
                self._append(statement, found)
        return found

    def suite(self, node: cst.BaseSuite) -> list[ir.Statement]:
        return self.block(node.body)

    def _append(self, node: cst.CSTNode, found: list[ir.Statement]) -> None:
        if isinstance(node, cst.AnnAssign):
            if isinstance(node.target, cst.Name) and not _of_the_class(node.annotation.annotation):
                found.append(self.mark(ir.Annotation(identifier(node.target)), node))
            if node.value is None:
                return
        lower = _STATEMENTS.get(type(node))
        if lower is not None:
            found.append(self.mark(lower(self, node), node))

    def _assign(self, node: cst.Assign) -> ir.Statement:
        return ir.Assign([self.expression(target.target) for target in node.targets], self.expression(node.value))

    def _annotated(self, node: cst.AnnAssign) -> ir.Statement:
        return ir.Assign([self.expression(node.target)], self.expression(node.value or node.target))

    def _augmented(self, node: cst.AugAssign) -> ir.Statement:
        return ir.Assign([self.expression(node.target)], self.expression(node.value), _AUGMENTED[type(node.operator)])

    def _evaluate(self, node: cst.Expr) -> ir.Statement:
        return ir.Evaluate(self.expression(node.value))

    def _assert(self, node: cst.Assert) -> ir.Statement:
        test = self.expression(node.test)
        if isinstance(test, ir.Constant) and not test.value:
            return ir.Leave("raise")
        return ir.Evaluate(self.mark(ir.Unary("not", test), node.test))

    def _if(self, node: cst.If) -> ir.Statement:
        # An elif chain is as deep as it is long: unfold it from its end instead of recursing.
        chain = [node]
        while isinstance(chain[-1].orelse, cst.If):
            chain.append(chain[-1].orelse)
        last = chain[-1].orelse
        orelse: list[ir.Statement] = self.suite(last.body) if isinstance(last, cst.Else) else []
        result: ir.Statement | None = None
        for link in reversed(chain):
            if result is not None:
                orelse = [result]
            result = self.mark(ir.If(self.expression(link.test), self.suite(link.body), orelse), link)
        assert result is not None
        return result

    def _orelse(self, node: cst.Else | None) -> list[ir.Statement]:
        return [] if node is None else self.suite(node.body)

    def _for(self, node: cst.For) -> ir.Statement:
        target, iterable = self.expression(node.target), self.expression(node.iter)
        return ir.For(target, iterable, self.suite(node.body), self._orelse(node.orelse))

    def _while(self, node: cst.While) -> ir.Statement:
        return ir.While(self.expression(node.test), self.suite(node.body), self._orelse(node.orelse))

    def _with(self, node: cst.With) -> ir.Statement:
        items = [
            (self.expression(item.item), self.expression(item.asname.name) if item.asname else None)
            for item in node.items
        ]
        return ir.With(items, self.suite(node.body))

    def _try(self, node: cst.Try | cst.TryStar) -> ir.Statement:
        handlers: list[tuple[str | None, ir.Block]] = []
        for handler in node.handlers:
            name = handler.name.name if handler.name else None
            handlers.append((identifier(name) if isinstance(name, cst.Name) else None, self.suite(handler.body)))
        final = [] if node.finalbody is None else self.suite(node.finalbody.body)
        return ir.Try(self.suite(node.body), handlers, self._orelse(node.orelse), final)

    def _match(self, node: cst.Match) -> ir.Statement:
        cases = [self.mark(self._case(case), case) for case in node.cases]
        return ir.Match(self.expression(node.subject), cases)

    def _case(self, case: cst.MatchCase) -> ir.Case:
        names: list[str] = []
        values = self._values(case.pattern, names)
        plain = isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None
        return ir.Case(values, names, plain, self.optional(case.guard), self.suite(case.body))

    def _values(self, pattern: cst.MatchPattern, names: list[str]) -> list[ir.Expression] | None:
        """What a pattern compares with, None where that is more than literals; ``names`` is given what it binds."""
        if isinstance(pattern, (cst.MatchValue, cst.MatchSingleton)):
            return [self.expression(pattern.value)]
        if isinstance(pattern, cst.MatchOr):
            found: list[ir.Expression] = []
            for choice in pattern.patterns:
                values = self._values(choice.pattern, names)
                if values is None:
                    return None
                found.extend(values)
            return found
        if isinstance(pattern, cst.MatchAs):
            if pattern.name is not None:
                names.append(identifier(pattern.name))
            return None if pattern.pattern is None else self._values(pattern.pattern, names)
        _bindings(pattern, names)
        return None

    def _return(self, node: cst.Return) -> ir.Statement:
        return ir.Leave("return", self.optional(node.value))

    def _raise(self, node: cst.Raise) -> ir.Statement:
        return ir.Leave("raise", self.optional(node.exc))

    def _break(self, node: cst.Break) -> ir.Statement:
        return ir.Leave("break")

    def _continue(self, node: cst.Continue) -> ir.Statement:
        return ir.Leave("continue")

    def _delete(self, node: cst.Del) -> ir.Statement:
        if isinstance(node.target, cst.Tuple) and not node.target.lpar:
            return ir.Delete([self.element(item) for item in node.target.elements])
        return ir.Delete([self.expression(node.target)])

    def _global(self, node: cst.Global | cst.Nonlocal) -> ir.Statement:
        keyword = "global" if isinstance(node, cst.Global) else "nonlocal"
        return ir.Declare(keyword, [identifier(item.name) for item in node.names])

    def _import(self, node: cst.Import) -> ir.Statement:
        return ir.Import([(dotted(alias.name), _bound(alias)) for alias in node.names])

    def _import_from(self, node: cst.ImportFrom) -> ir.Statement:
        module = dotted(node.module) if node.module else ""
        names = None
        if not isinstance(node.names, cst.ImportStar):
            names = [(dotted(alias.name), _bound(alias) or dotted(alias.name)) for alias in node.names]
        return ir.ImportFrom(module, len(node.relative), names)

    def _function(self, node: cst.FunctionDef) -> ir.Statement:
        decorators = [self.expression(decorator.decorator) for decorator in node.decorators]
        asynchronous = node.asynchronous is not None
        return ir.FunctionDef(
            identifier(node.name), self.parameters(node.params), decorators, lambda: self.suite(node.body), asynchronous
        )

    def _class(self, node: cst.ClassDef) -> ir.Statement:
        decorators = [self.expression(decorator.decorator) for decorator in node.decorators]
        bases = self.arguments([*node.bases, *node.keywords])
        return ir.ClassDef(identifier(node.name), bases, decorators, lambda: self.suite(node.body))


def _bindings(node: cst.CSTNode, names: list[str]) -> None:
    """Every name that a pattern of another kind binds."""
    if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
        names.append(identifier(node.name))
    for child in node.children:
        if isinstance(child, cst.CSTNode):
            _bindings(child, names)
    if isinstance(node, cst.MatchMapping) and node.rest is not None:
        names.append(identifier(node.rest))


def _of_the_class(node: cst.BaseExpression) -> bool:
    """Whether an annotation says that a name is the class's and not its instances'."""
    outer = node.value if isinstance(node, cst.Subscript) else node
    return dotted(outer).rpartition(".")[2] == "ClassVar"


def dotted(node: cst.BaseExpression) -> str:
    """``a.b.c`` of a chain of attributes."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(identifier(node.attr))
        node = node.value
    parts.append(identifier(node) if isinstance(node, cst.Name) else "?")
    return ".".join(reversed(parts))


def _bound(alias: cst.ImportAlias) -> str | None:
    name = alias.asname.name if alias.asname else None
    return identifier(name) if isinstance(name, cst.Name) else None


_AUGMENTED: dict[type[cst.CSTNode], str] = {
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**", cst.MatrixMultiplyAssign: "@",
    cst.BitOrAssign: "|", cst.BitAndAssign: "&", cst.BitXorAssign: "^",
    cst.LeftShiftAssign: "<<", cst.RightShiftAssign: ">>",
}  # fmt: skip

_STATEMENTS: dict[type[cst.CSTNode], Callable[[Lowering, Any], ir.Statement]] = {
    cst.Assign: Lowering._assign,
    cst.AnnAssign: Lowering._annotated,
    cst.AugAssign: Lowering._augmented,
    cst.Expr: Lowering._evaluate,
    cst.Assert: Lowering._assert,
    cst.If: Lowering._if,
    cst.For: Lowering._for,
    cst.While: Lowering._while,
    cst.With: Lowering._with,
    cst.Try: Lowering._try,
    cst.TryStar: Lowering._try,
    cst.Match: Lowering._match,
    cst.Return: Lowering._return,
    cst.Raise: Lowering._raise,
    cst.Break: Lowering._break,
    cst.Continue: Lowering._continue,
    cst.Del: Lowering._delete,
    cst.Global: Lowering._global,
    cst.Nonlocal: Lowering._global,
    cst.Import: Lowering._import,
    cst.ImportFrom: Lowering._import_from,
    cst.FunctionDef: Lowering._function,
    cst.ClassDef: Lowering._class,
}
