"""Expressions of Python's own ``ast`` to our own syntax, as ``lower_expressions`` makes it of libcst's."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flake8_logits.source import syntax as ir
from flake8_logits.source.formatted import joined
from flake8_logits.source.operators import SYMBOLS

E = TypeVar("E", bound=ir.Node)

_COMPARE: dict[type[ast.AST], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_UNARY: dict[type[ast.AST], str] = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
_COLLECTIONS: dict[type[ast.AST], str] = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}
_COMPREHENSIONS: dict[type[ast.AST], str] = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.GeneratorExp: "generator",
}
_PLAIN = -1
"""The conversion of a formatted value that has none."""


class AstExpressionLowering:
    """Lowers the expressions of one tree."""

    def __init__(self, home: ir.Home) -> None:
        self.home = home

    def mark(self, node: E) -> E:
        """Tie a lowered node to its tree."""
        node.home = self.home
        return node

    def expression(self, node: ast.expr) -> ir.Expression:
        """The lowered expression; Opaque for what means nothing to us."""
        lower = _EXPRESSIONS.get(type(node))
        lowered = lower(self, node) if lower is not None else ir.Opaque()
        lowered.home = self.home
        return lowered

    def optional(self, node: ast.expr | None) -> ir.Expression | None:
        return None if node is None else self.expression(node)

    def expressions(self, nodes: Sequence[ast.expr]) -> list[ir.Expression]:
        return [self.expression(node) for node in nodes]

    def _name(self, node: ast.Name) -> ir.Expression:
        return ir.Name(node.id)

    def _constant(self, node: ast.Constant) -> ir.Expression:
        return ir.Constant(node.value)

    def _joined(self, node: ast.JoinedStr) -> ir.Expression:
        return joined([self._part(part) for part in node.values])

    def _part(self, part: ast.expr) -> ir.Expression:
        if not isinstance(part, ast.FormattedValue):
            return self.expression(part)
        plain = part.format_spec is None and part.conversion == _PLAIN
        value = self.expression(part.value)
        return value if plain else self.mark(ir.Formatted(value))

    def _attribute(self, node: ast.Attribute) -> ir.Expression:
        return ir.Attribute(self.expression(node.value), node.attr)

    def arguments(self, args: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> list[ir.Argument]:
        """The arguments in the order of the source."""
        if args and keywords and _place(keywords[0]) < _place(args[-1]):
            mixed: list[ast.expr | ast.keyword] = sorted([*args, *keywords], key=_place)
            return [self._argument(one) for one in mixed]
        return [*map(self._argument, args), *map(self._argument, keywords)]

    def _argument(self, node: ast.expr | ast.keyword) -> ir.Argument:
        if isinstance(node, ast.keyword):
            return self.mark(ir.Argument(self.expression(node.value), node.arg, "" if node.arg else "**"))
        if isinstance(node, ast.Starred):
            return self.mark(ir.Argument(self.expression(node.value), None, "*"))
        return self.mark(ir.Argument(self.expression(node), None, ""))

    def _call(self, node: ast.Call) -> ir.Expression:
        return ir.Call(self.expression(node.func), self.arguments(node.args, node.keywords))

    def _starred(self, node: ast.Starred) -> ir.Expression:
        return ir.Starred(self.expression(node.value))

    def _collection(self, node: ast.List | ast.Tuple | ast.Set) -> ir.Expression:
        return ir.Collection(_COLLECTIONS[type(node)], self.expressions(node.elts))

    def _dict(self, node: ast.Dict) -> ir.Expression:
        pairs = zip(node.keys, node.values, strict=True)
        return ir.DictDisplay([(self.optional(key), self.expression(value)) for key, value in pairs])

    def _binary(self, node: ast.BinOp) -> ir.Expression:
        return ir.Binary(SYMBOLS[type(node.op)], self.expression(node.left), self.expression(node.right))

    def _boolean(self, node: ast.BoolOp) -> ir.Expression:
        op = "and" if isinstance(node.op, ast.And) else "or"
        left = self.expression(node.values[0])
        for value in node.values[1:]:
            left = self.mark(ir.Boolean(op, left, self.expression(value)))
        return left

    def _unary(self, node: ast.UnaryOp) -> ir.Expression:
        return ir.Unary(_UNARY[type(node.op)], self.expression(node.operand))

    def _compare(self, node: ast.Compare) -> ir.Expression:
        ops = [_COMPARE[type(op)] for op in node.ops]
        return ir.Compare(self.expression(node.left), ops, self.expressions(node.comparators))

    def _conditional(self, node: ast.IfExp) -> ir.Expression:
        return ir.Conditional(self.expression(node.test), self.expression(node.body), self.expression(node.orelse))

    def _subscript(self, node: ast.Subscript) -> ir.Expression:
        return ir.Subscript(self.expression(node.value), self.expression(node.slice))

    def _slice(self, node: ast.Slice) -> ir.Expression:
        return ir.Slice(self.optional(node.lower), self.optional(node.upper), self.optional(node.step))

    def _lambda(self, node: ast.Lambda) -> ir.Expression:
        return ir.Lambda(self.parameters(node.args), self.expression(node.body))

    def _walrus(self, node: ast.NamedExpr) -> ir.Expression:
        return ir.Walrus(self.expression(node.target), self.expression(node.value))

    def _await(self, node: ast.Await) -> ir.Expression:
        return ir.Passing("await", self.expression(node.value))

    def _yield(self, node: ast.Yield | ast.YieldFrom) -> ir.Expression:
        return ir.Passing("yield from" if isinstance(node, ast.YieldFrom) else "yield", self.optional(node.value))

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> ir.Expression:
        kind = _COMPREHENSIONS[type(node)]
        return ir.Comprehension(kind, self.expression(node.elt), None, self._clauses(node.generators))

    def _dict_comprehension(self, node: ast.DictComp) -> ir.Expression:
        value, key = self.expression(node.value), self.expression(node.key)
        return ir.Comprehension("dict", value, key, self._clauses(node.generators))

    def _clauses(self, generators: Sequence[ast.comprehension]) -> list[ir.Clause]:
        return [
            self.mark(ir.Clause(self.expression(one.target), self.expression(one.iter), self.expressions(one.ifs)))
            for one in generators
        ]

    def parameters(self, node: ast.arguments) -> list[ir.Parameter]:
        """All parameters in order; ``kind`` tells which are by keyword only."""
        positional = [*node.posonlyargs, *node.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(node.defaults))
        defaults += node.defaults
        found = [self._parameter(one, "positional", default) for one, default in zip(positional, defaults, strict=True)]
        if node.vararg is not None:
            found.append(self._parameter(node.vararg, "*", None))
        for one, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
            found.append(self._parameter(one, "keyword", default))
        if node.kwarg is not None:
            found.append(self._parameter(node.kwarg, "**", None))
        return found

    def _parameter(self, node: ast.arg, kind: str, default: ast.expr | None) -> ir.Parameter:
        return self.mark(ir.Parameter(node.arg, kind, self.optional(default)))


def _place(node: ast.expr | ast.keyword) -> tuple[int, int]:
    return node.lineno, node.col_offset


_EXPRESSIONS: dict[type[ast.AST], Callable[[AstExpressionLowering, Any], ir.Expression]] = {
    ast.Name: AstExpressionLowering._name,
    ast.Constant: AstExpressionLowering._constant,
    ast.JoinedStr: AstExpressionLowering._joined,
    ast.Attribute: AstExpressionLowering._attribute,
    ast.Call: AstExpressionLowering._call,
    ast.Starred: AstExpressionLowering._starred,
    ast.List: AstExpressionLowering._collection,
    ast.Tuple: AstExpressionLowering._collection,
    ast.Set: AstExpressionLowering._collection,
    ast.Dict: AstExpressionLowering._dict,
    ast.BinOp: AstExpressionLowering._binary,
    ast.BoolOp: AstExpressionLowering._boolean,
    ast.UnaryOp: AstExpressionLowering._unary,
    ast.Compare: AstExpressionLowering._compare,
    ast.IfExp: AstExpressionLowering._conditional,
    ast.Subscript: AstExpressionLowering._subscript,
    ast.Slice: AstExpressionLowering._slice,
    ast.Lambda: AstExpressionLowering._lambda,
    ast.NamedExpr: AstExpressionLowering._walrus,
    ast.Await: AstExpressionLowering._await,
    ast.Yield: AstExpressionLowering._yield,
    ast.YieldFrom: AstExpressionLowering._yield,
    ast.ListComp: AstExpressionLowering._comprehension,
    ast.SetComp: AstExpressionLowering._comprehension,
    ast.GeneratorExp: AstExpressionLowering._comprehension,
    ast.DictComp: AstExpressionLowering._dict_comprehension,
}
