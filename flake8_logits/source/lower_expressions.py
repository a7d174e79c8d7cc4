"""Expressions of libcst to our own syntax."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import libcst as cst

from flake8_logits.parser import literal
from flake8_logits.source import syntax as ir
from flake8_logits.source.formatted import joined

E = TypeVar("E", bound=ir.Node)

_BINARY: dict[type[cst.CSTNode], str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.MatrixMultiply: "@", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^",
    cst.LeftShift: "<<", cst.RightShift: ">>",
}  # fmt: skip
_COMPARE: dict[type[cst.CSTNode], str] = {
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip
_UNARY: dict[type[cst.CSTNode], str] = {cst.Not: "not", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~"}
_COLLECTIONS: dict[type[cst.CSTNode], str] = {cst.List: "list", cst.Tuple: "tuple", cst.Set: "set"}
_COMPREHENSIONS: dict[type[cst.CSTNode], str] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.GeneratorExp: "generator",
}


class ExpressionLowering:
    """Lowers the expressions of one tree."""

    def __init__(self, home: ir.Home) -> None:
        self.home = home

    def mark(self, node: E, origin: cst.CSTNode) -> E:
        """Tie a lowered node to the libcst node it stands for."""
        node.cst = origin
        node.home = self.home
        return node

    def expression(self, node: cst.BaseExpression) -> ir.Expression:
        """The lowered expression; Opaque for what means nothing to us."""
        lower = _EXPRESSIONS.get(type(node))
        return self.mark(lower(self, node) if lower else ir.Opaque(), node)

    def optional(self, node: cst.BaseExpression | None) -> ir.Expression | None:
        return None if node is None else self.expression(node)

    def _name(self, node: cst.Name) -> ir.Expression:
        if node.value in _KEYWORD_CONSTANTS:
            return ir.Constant(_KEYWORD_CONSTANTS[node.value])
        return ir.Name(identifier(node))

    def _literal(self, node: cst.Integer | cst.Float | cst.Imaginary | cst.SimpleString) -> ir.Expression:
        return ir.Constant(literal(node.value))

    def _ellipsis(self, node: cst.Ellipsis) -> ir.Expression:
        return ir.Constant(...)

    def _concatenated(self, node: cst.ConcatenatedString) -> ir.Expression:
        value = _written(node)
        if value is not None:
            return ir.Constant(value)
        return joined(self._parts(node))

    def _joined(self, node: cst.FormattedString) -> ir.Expression:
        return joined(self._parts(node))

    def _parts(self, node: cst.BaseExpression) -> Iterator[ir.Expression]:
        """The parts of an f-string, or of strings side by side of which one is an f-string."""
        if isinstance(node, cst.ConcatenatedString):
            yield from self._parts(node.left)
            yield from self._parts(node.right)
        elif isinstance(node, cst.FormattedString):
            for part in node.parts:
                yield from self._part(part, node)
        else:
            yield self.expression(node)

    def _part(self, part: cst.CSTNode, node: cst.FormattedString) -> Iterator[ir.Expression]:
        if isinstance(part, cst.FormattedStringText):
            yield self.mark(_text(part.value, node), part)
            return
        assert isinstance(part, cst.FormattedStringExpression)
        if part.equal is not None:  # f"{x=}" begins with the text "x="
            yield self.mark(ir.Constant(_spelt(part)), part)
        plain = part.format_spec is None and part.conversion is None and part.equal is None
        value = self.expression(part.expression)
        yield value if plain else self.mark(ir.Formatted(value), part)

    def _attribute(self, node: cst.Attribute) -> ir.Expression:
        return ir.Attribute(self.expression(node.value), identifier(node.attr))

    def arguments(self, args: Sequence[cst.Arg]) -> list[ir.Argument]:
        return [
            self.mark(
                ir.Argument(self.expression(arg.value), identifier(arg.keyword) if arg.keyword else None, arg.star), arg
            )
            for arg in args
        ]

    def _call(self, node: cst.Call) -> ir.Expression:
        return ir.Call(self.expression(node.func), self.arguments(node.args))

    def _collection(self, node: cst.List | cst.Tuple | cst.Set) -> ir.Expression:
        return ir.Collection(_COLLECTIONS[type(node)], [self.element(item) for item in node.elements])

    def element(self, item: cst.BaseElement) -> ir.Expression:
        value = self.expression(item.value)
        return self.mark(ir.Starred(value), item) if isinstance(item, cst.StarredElement) else value

    def _dict(self, node: cst.Dict) -> ir.Expression:
        items: list[tuple[ir.Expression | None, ir.Expression]] = []
        for item in node.elements:
            key = self.expression(item.key) if isinstance(item, cst.DictElement) else None
            items.append((key, self.expression(item.value)))
        return ir.DictDisplay(items)

    def _binary(self, node: cst.BinaryOperation) -> ir.Expression:
        return ir.Binary(_BINARY.get(type(node.operator), "?"), self.expression(node.left), self.expression(node.right))

    def _boolean(self, node: cst.BooleanOperation) -> ir.Expression:
        op = "and" if isinstance(node.operator, cst.And) else "or"
        return ir.Boolean(op, self.expression(node.left), self.expression(node.right))

    def _unary(self, node: cst.UnaryOperation) -> ir.Expression:
        return ir.Unary(_UNARY[type(node.operator)], self.expression(node.expression))

    def _compare(self, node: cst.Comparison) -> ir.Expression:
        ops = [_COMPARE.get(type(target.operator), "?") for target in node.comparisons]
        return ir.Compare(self.expression(node.left), ops, [self.expression(t.comparator) for t in node.comparisons])

    def _conditional(self, node: cst.IfExp) -> ir.Expression:
        return ir.Conditional(self.expression(node.test), self.expression(node.body), self.expression(node.orelse))

    def _subscript(self, node: cst.Subscript) -> ir.Expression:
        indexes = [self.mark(self._index(element.slice), element) for element in node.slice]
        alone = len(indexes) == 1 and not isinstance(indexes[0], ir.Starred)
        plain = alone and node.slice[0].comma.__class__ is not cst.Comma
        index = indexes[0] if plain else self.mark(ir.Collection("tuple", indexes), node)
        return ir.Subscript(self.expression(node.value), index)

    def _index(self, node: cst.BaseSlice) -> ir.Expression:
        if isinstance(node, cst.Slice):
            return ir.Slice(self.optional(node.lower), self.optional(node.upper), self.optional(node.step))
        assert isinstance(node, cst.Index)
        value = self.expression(node.value)
        return ir.Starred(value) if node.star else value

    def _lambda(self, node: cst.Lambda) -> ir.Expression:
        return ir.Lambda(self.parameters(node.params), self.expression(node.body))

    def _walrus(self, node: cst.NamedExpr) -> ir.Expression:
        return ir.Walrus(self.expression(node.target), self.expression(node.value))

    def _await(self, node: cst.Await) -> ir.Expression:
        return ir.Passing("await", self.expression(node.expression))

    def _yield(self, node: cst.Yield) -> ir.Expression:
        if isinstance(node.value, cst.From):
            return ir.Passing("yield from", self.expression(node.value.item))
        return ir.Passing("yield", self.optional(node.value))

    def _comprehension(self, node: cst.ListComp | cst.SetComp | cst.GeneratorExp) -> ir.Expression:
        kind = _COMPREHENSIONS[type(node)]
        return ir.Comprehension(kind, self.expression(node.elt), None, self._clauses(node.for_in))

    def _dict_comprehension(self, node: cst.DictComp) -> ir.Expression:
        return ir.Comprehension(
            "dict", self.expression(node.value), self.expression(node.key), self._clauses(node.for_in)
        )

    def _clauses(self, node: cst.CompFor | None) -> list[ir.Clause]:
        clauses: list[ir.Clause] = []
        while node is not None:
            conditions = [self.expression(condition.test) for condition in node.ifs]
            clause = ir.Clause(self.target(node.target), self.expression(node.iter), conditions)
            clauses.append(self.mark(clause, node))
            node = node.inner_for_in
        return clauses

    def target(self, node: cst.BaseExpression) -> ir.Expression:
        """The lowered target of an assignment."""
        return self.expression(node)

    def parameters(self, node: cst.Parameters) -> list[ir.Parameter]:
        """All parameters in order; ``kind`` tells which are by keyword only."""
        found = [self._parameter(param, "positional") for param in (*node.posonly_params, *node.params)]
        if isinstance(node.star_arg, cst.Param):
            found.append(self._parameter(node.star_arg, "*"))
        found.extend(self._parameter(param, "keyword") for param in node.kwonly_params)
        if node.star_kwarg is not None:
            found.append(self._parameter(node.star_kwarg, "**"))
        return found

    def _parameter(self, node: cst.Param, kind: str) -> ir.Parameter:
        return self.mark(ir.Parameter(identifier(node.name), kind, self.optional(node.default)), node)


def _written(node: cst.BaseString) -> str | bytes | None:
    """The value of a string and of those beside it; None where a part of it is computed."""
    if isinstance(node, cst.SimpleString):
        value: str | bytes = literal(node.value)
        return value
    if not isinstance(node, cst.ConcatenatedString):
        return None
    left, right = _written(node.left), _written(node.right)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return left + right if isinstance(left, bytes) and isinstance(right, bytes) else None


def identifier(node: cst.Name) -> str:
    """A name as Python knows it: it takes letters of one kind for the same."""
    name = node.value
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def _text(source: str, node: cst.FormattedString) -> ir.Expression:
    """What a stretch of text in an f-string says."""
    source = source.replace("{{", "{").replace("}}", "}")
    if "r" in node.prefix.lower():
        return ir.Constant(source)
    rest, last = source[:-1], source[-1:]
    alone = (len(rest) - len(rest.rstrip("\\"))) % 2 == 0
    if alone and last in ("\\", node.end[0]):  # before a brace neither needs to be escaped
        source = f"{rest}\\{last}"
    try:
        return ir.Constant(literal(node.end + source + node.end))
    except (SyntaxError, ValueError):
        return ir.Opaque()


def _spelt(part: cst.FormattedStringExpression) -> str:
    """The source of an expression in an f-string with all that stands up to the end of its equals sign."""
    pieces = (part.whitespace_before_expression, part.expression, part.equal, part.whitespace_after_expression)
    return "".join(_NOTHING.code_for_node(piece) for piece in pieces if piece is not None)


_NOTHING = cst.Module(body=())

_KEYWORD_CONSTANTS: dict[str, object] = {"True": True, "False": False, "None": None}

_EXPRESSIONS: dict[type[cst.CSTNode], Callable[[ExpressionLowering, Any], ir.Expression]] = {
    cst.Name: ExpressionLowering._name,
    cst.Integer: ExpressionLowering._literal,
    cst.Float: ExpressionLowering._literal,
    cst.Imaginary: ExpressionLowering._literal,
    cst.SimpleString: ExpressionLowering._literal,
    cst.Ellipsis: ExpressionLowering._ellipsis,
    cst.ConcatenatedString: ExpressionLowering._concatenated,
    cst.FormattedString: ExpressionLowering._joined,
    cst.Attribute: ExpressionLowering._attribute,
    cst.Call: ExpressionLowering._call,
    cst.List: ExpressionLowering._collection,
    cst.Tuple: ExpressionLowering._collection,
    cst.Set: ExpressionLowering._collection,
    cst.Dict: ExpressionLowering._dict,
    cst.BinaryOperation: ExpressionLowering._binary,
    cst.BooleanOperation: ExpressionLowering._boolean,
    cst.UnaryOperation: ExpressionLowering._unary,
    cst.Comparison: ExpressionLowering._compare,
    cst.IfExp: ExpressionLowering._conditional,
    cst.Subscript: ExpressionLowering._subscript,
    cst.Lambda: ExpressionLowering._lambda,
    cst.NamedExpr: ExpressionLowering._walrus,
    cst.Await: ExpressionLowering._await,
    cst.Yield: ExpressionLowering._yield,
    cst.ListComp: ExpressionLowering._comprehension,
    cst.SetComp: ExpressionLowering._comprehension,
    cst.GeneratorExp: ExpressionLowering._comprehension,
    cst.DictComp: ExpressionLowering._dict_comprehension,
}
