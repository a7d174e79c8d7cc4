"""The expressions of our syntax."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_logits.domain.scales import Scale
from flake8_logits.source.syntax.nodes import Node


class Expression(Node):
    __slots__ = ()


class Name(Expression):
    __slots__ = ("id",)

    def __init__(self, id: str) -> None:
        self.id = id


class Constant(Expression):
    """A literal: str, bytes, int, float, complex, bool, None or Ellipsis."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Attribute(Expression):
    __slots__ = ("attr", "value")

    def __init__(self, value: Expression, attr: str) -> None:
        self.value = value
        self.attr = attr


class Argument(Node):
    """One argument of a call: ``star`` is '', '*' or '**'."""

    __slots__ = ("keyword", "star", "value")

    def __init__(self, value: Expression, keyword: str | None, star: str) -> None:
        self.value = value
        self.keyword = keyword
        self.star = star


class Call(Expression):
    __slots__ = ("args", "func")

    def __init__(self, func: Expression, args: Sequence[Argument]) -> None:
        self.func = func
        self.args = args


class Starred(Expression):
    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Collection(Expression):
    """A list, tuple or set display; items may be Starred."""

    __slots__ = ("items", "kind")

    def __init__(self, kind: str, items: Sequence[Expression]) -> None:
        self.kind = kind
        self.items = items


class DictDisplay(Expression):
    """A dict display; a key of None is a ``**`` unpacking."""

    __slots__ = ("items",)

    def __init__(self, items: Sequence[tuple[Expression | None, Expression]]) -> None:
        self.items = items


class Binary(Expression):
    __slots__ = ("left", "op", "right")

    def __init__(self, op: str, left: Expression, right: Expression) -> None:
        self.op = op
        self.left = left
        self.right = right


class Boolean(Expression):
    """``and`` / ``or`` of two operands."""

    __slots__ = ("left", "op", "right")

    def __init__(self, op: str, left: Expression, right: Expression) -> None:
        self.op = op
        self.left = left
        self.right = right


class Unary(Expression):
    __slots__ = ("op", "operand")

    def __init__(self, op: str, operand: Expression) -> None:
        self.op = op
        self.operand = operand


class Compare(Expression):
    __slots__ = ("left", "ops", "rights")

    def __init__(self, left: Expression, ops: Sequence[str], rights: Sequence[Expression]) -> None:
        self.left = left
        self.ops = ops
        self.rights = rights


class Conditional(Expression):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Expression, orelse: Expression) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class Subscript(Expression):
    """``value[index]``; several indexes become a tuple Collection."""

    __slots__ = ("index", "value")

    def __init__(self, value: Expression, index: Expression) -> None:
        self.value = value
        self.index = index


class Slice(Expression):
    __slots__ = ("lower", "step", "upper")

    def __init__(self, lower: Expression | None, upper: Expression | None, step: Expression | None) -> None:
        self.lower = lower
        self.upper = upper
        self.step = step


class Joined(Expression):
    """An f-string: literal parts are Constant, the rest the formatted expressions."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Expression]) -> None:
        self.parts = parts


class Walrus(Expression):
    __slots__ = ("target", "value")

    def __init__(self, target: Expression, value: Expression) -> None:
        self.target = target
        self.value = value


class Comprehension(Expression):
    """``kind`` is list, set, generator or dict; ``key`` is None unless it is dict."""

    __slots__ = ("clauses", "element", "key", "kind")

    def __init__(self, kind: str, element: Expression, key: Expression | None, clauses: Sequence[Clause]) -> None:
        self.kind = kind
        self.element = element
        self.key = key
        self.clauses = clauses


class Clause(Node):
    """``for target in iterable if conditions`` of a comprehension."""

    __slots__ = ("conditions", "iterable", "target")

    def __init__(self, target: Expression, iterable: Expression, conditions: Sequence[Expression]) -> None:
        self.target = target
        self.iterable = iterable
        self.conditions = conditions


class Passing(Expression):
    """``await x``, ``yield x`` and ``yield from x``: evaluated for what they do."""

    __slots__ = ("keyword", "value")

    def __init__(self, keyword: str, value: Expression | None) -> None:
        self.keyword = keyword
        self.value = value


class Formatted(Expression):
    """A part of an f-string whose text is not followed: ``{value!r}``, ``{value:.3f}``."""

    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Opaque(Expression):
    """An expression that means nothing to us."""

    __slots__ = ()


class Parameter(Node):
    """One parameter: ``kind`` is positional, keyword, '*' or '**'."""

    __slots__ = ("default", "kind", "name")

    def __init__(self, name: str, kind: str, default: Expression | None) -> None:
        self.name = name
        self.kind = kind
        self.default = default


class Lambda(Expression):
    __slots__ = ("body", "parameters")

    def __init__(self, parameters: Sequence[Parameter], body: Expression) -> None:
        self.parameters = parameters
        self.body = body


class Stated(Expression):
    """A value of which a comment at the end of its line says what numbers it holds or gives."""

    __slots__ = ("scale", "value")

    def __init__(self, value: Expression, scale: Scale) -> None:
        self.value = value
        self.scale = scale
