"""The statements of our syntax."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flake8_logits.source.syntax.expressions import Argument, Expression, Parameter
from flake8_logits.source.syntax.nodes import Node


class Statement(Node):
    __slots__ = ()


Block = Sequence[Statement]


class Assign(Statement):
    """``a = b = value``; an annotated or augmented assignment has one target, the latter an ``op``."""

    __slots__ = ("op", "targets", "value")

    def __init__(self, targets: Sequence[Expression], value: Expression, op: str = "") -> None:
        self.targets = targets
        self.value = value
        self.op = op


class Annotation(Statement):
    """``name: type``, which also stands before the assignment of an annotated name that is given a value."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Evaluate(Statement):
    """An expression standing alone."""

    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class If(Statement):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Block, orelse: Block) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class For(Statement):
    __slots__ = ("body", "iterable", "orelse", "target")

    def __init__(self, target: Expression, iterable: Expression, body: Block, orelse: Block) -> None:
        self.target = target
        self.iterable = iterable
        self.body = body
        self.orelse = orelse


class While(Statement):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Block, orelse: Block) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class With(Statement):
    __slots__ = ("body", "items")

    def __init__(self, items: Sequence[tuple[Expression, Expression | None]], body: Block) -> None:
        self.items = items
        self.body = body


class Try(Statement):
    """``handlers`` are the bodies of the except clauses, each with the name it binds."""

    __slots__ = ("body", "final", "handlers", "orelse")

    def __init__(self, body: Block, handlers: Sequence[tuple[str | None, Block]], orelse: Block, final: Block) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class Case(Node):
    """One case of a match: ``values`` it compares with (None: it cannot be told), ``names`` it binds."""

    __slots__ = ("body", "guard", "names", "values", "wildcard")

    def __init__(
        self,
        values: Sequence[Expression] | None,
        names: Sequence[str],
        wildcard: bool,
        guard: Expression | None,
        body: Block,
    ) -> None:
        self.values = values
        self.names = names
        self.wildcard = wildcard
        self.guard = guard
        self.body = body


class Match(Statement):
    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expression, cases: Sequence[Case]) -> None:
        self.subject = subject
        self.cases = cases


class Leave(Statement):
    """``return``, ``raise``, ``break`` or ``continue``; ``value`` is what is returned or raised."""

    __slots__ = ("keyword", "value")

    def __init__(self, keyword: str, value: Expression | None = None) -> None:
        self.keyword = keyword
        self.value = value


class Delete(Statement):
    __slots__ = ("targets",)

    def __init__(self, targets: Sequence[Expression]) -> None:
        self.targets = targets


class Declare(Statement):
    """``global`` or ``nonlocal``."""

    __slots__ = ("keyword", "names")

    def __init__(self, keyword: str, names: Sequence[str]) -> None:
        self.keyword = keyword
        self.names = names


class Import(Statement):
    """``import a.b as c``: (dotted name, bound name or None) pairs."""

    __slots__ = ("names",)

    def __init__(self, names: Sequence[tuple[str, str | None]]) -> None:
        self.names = names


class ImportFrom(Statement):
    """``from ..module import name as alias``; ``names`` is None for a star."""

    __slots__ = ("level", "module", "names")

    def __init__(self, module: str, level: int, names: Sequence[tuple[str, str]] | None) -> None:
        self.module = module
        self.level = level
        self.names = names


class _Lazy(Statement):
    """A definition whose body is lowered when it is first asked for."""

    __slots__ = ("_bodies", "_lower")
    _bodies: dict[None, Block]
    _lower: Callable[[], Block] | None

    @property
    def body(self) -> Block:
        lower = self._lower
        if lower is not None:
            # Two threads may lower it at once: who comes second takes what is there, as nodes are known by identity.
            self._bodies.setdefault(None, lower())
            self._lower = None  # and with it what it was lowered from
        return self._bodies[None]


class FunctionDef(_Lazy):
    __slots__ = ("asynchronous", "decorators", "name", "parameters")

    def __init__(
        self,
        name: str,
        parameters: Sequence[Parameter],
        decorators: Sequence[Expression],
        lower: Callable[[], Block],
        asynchronous: bool = False,
    ) -> None:
        self.name = name
        self.asynchronous = asynchronous
        self.parameters = parameters
        self.decorators = decorators
        self._lower = lower
        self._bodies = {}


class ClassDef(_Lazy):
    __slots__ = ("bases", "decorators", "name")

    def __init__(
        self, name: str, bases: Sequence[Argument], decorators: Sequence[Expression], lower: Callable[[], Block]
    ) -> None:
        self.name = name
        self.bases = bases
        self.decorators = decorators
        self._lower = lower
        self._bodies = {}

    @property
    def fields(self) -> list[str]:
        """The names that the body annotates, in order."""
        return [statement.name for statement in self.body if isinstance(statement, Annotation)]
