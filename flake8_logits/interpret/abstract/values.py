"""What a name can stand for.  Values are immutable; whatever changes lives in the state under a reference.

Equality is about what is believed, never about why: trails, reasons and places stand outside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from flake8_logits.domain.facts import WrittenAs
from flake8_logits.domain.labels import Labels
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import MOST_ITEMS
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.symbols import Symbol, fresh_symbol
from flake8_logits.knowledge.rows import Activation
from flake8_logits.knowledge.rows import Loss as LossRow
from flake8_logits.knowledge.rows import Metric as MetricRow
from flake8_logits.source import syntax as ir

Guards = tuple[tuple[Symbol, object], ...]
"""Conditions under which a value arrives: (what was asked, its answer) pairs, each symbol at most once."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be known.  ``symbol`` is its identity: the same unknown asked twice answers alike.

    ``labels`` is set for data that is known to be labels, and of which kind; ``numbers`` for numbers that no model
    gives and of which is known what they are.
    """

    lost: Lost = field(compare=False)
    symbol: Symbol = field(default_factory=fresh_symbol)
    labels: Labels | None = field(default=None, compare=False)
    numbers: Output | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Const:
    """A Python constant: str, bytes, number, bool, None, Ellipsis; ``origin`` is where it is written, if it is."""

    value: object
    origin: ir.Node | None = field(default=None, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and type(other.value) is type(self.value) and other.value == self.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Library:
    """Something of a library, by its canonical dotted name: a module, class or function."""

    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the user's own project that was read."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Lazy:
    """A module of the project (``name`` empty) or a name of it, not read yet; replaced when it is first looked at."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """In a Sequence: a stretch of unknown length.  Its items are unknown, unless all of them are what ``each`` is."""

    lost: Lost = field(compare=False)
    each: Value | None = None

    def __post_init__(self) -> None:
        if isinstance(self.each, Tensor) and self.each.memory is not None:
            # One value for many arrays: what is written into one of them is not in all.
            object.__setattr__(self, "each", replace(self.each, memory=Memory(self.each.memory.ref, whole=False)))


SLICE = "slice"
"""The kind of a Sequence that is one of several slices: where it begins and ends, and its step."""
ITERATOR = "iterator"
"""The kind of a Sequence that is what an iterator has left: walking through it leaves nothing."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """An immutable run of values: a tuple, or the present content of a list; ``items`` may hold Gaps."""

    items: tuple[Value | Gap, ...]
    kind: str = field(default="tuple", compare=False)
    size: int = field(init=False, default=0, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", sum(map(_size, self.items)))
        if self.size > MOST_ITEMS:
            object.__setattr__(self, "items", (Gap(Lost(Reason.CANDIDATES)),))
            object.__setattr__(self, "size", 1)


def _size(value: Value | Gap) -> int:
    """How many values one has to look at to compare this one."""
    if isinstance(value, Sequence):
        return value.size + 1
    if isinstance(value, Choice):
        return sum(_size(option) for option, _ in value.options)
    return 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """The present content of a dict, by constant keys; ``partial`` when there may be more.

    Those that are not known came before the items from ``early`` on, or are nowhere known to stand.
    """

    items: tuple[tuple[object, Value], ...]
    partial: Lost | None = None
    early: int | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return self.items == other.items and (self.partial is None) == (other.partial is None)

    def __hash__(self) -> int:
        return hash((self.items, self.partial is None))

    def get(self, key: object) -> Value | None:
        return next((value for known, value in self.items if known == key), None)

    def put(self, key: object, value: Value) -> Mapping:
        """The same with one more item, or another value for one."""
        return self.put_all([(key, value)])

    def put_all(self, pairs: Iterable[tuple[object, Value]]) -> Mapping:
        """The same with further items, as many as may be held."""
        items, partial = dict(self.items), self.partial
        for key, value in pairs:
            if key in items or len(items) < MOST_ITEMS:
                items[key] = value
            else:
                partial = Lost(Reason.CANDIDATES)
        return Mapping(tuple(items.items()), partial, self.early)


@dataclass(frozen=True, slots=True)
class Object:
    """A value that stands for the thing with this reference."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Memory:
    """Where the numbers of an array lie; what was written there since is in the state under ``ref``.

    ``whole`` says that the array is all that lies there; a view, and one of many arrays that share a value, is not.
    ``seen`` is what was believed of all that lies there when a view was taken.  ``of_tensor`` says that a tensor, of
    which no memory is known, may have its numbers there, too.
    """

    ref: Ref
    whole: bool = True
    seen: Output | Lost | None = field(default=None, compare=False)
    of_tensor: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor and what is believed of the numbers in it.

    ``made_by`` is the layer or model that produced it and ``fed`` what that was given; ``variable`` marks trainable
    weights; ``head`` is the name of the layer; ``rank`` is the number of axes where it is known.  ``memory`` is set for
    an array, which can be written in place.  ``width`` is the size of the last axis of weights; ``call`` is the layer
    or model that was called in the program to give it; ``form`` is what it was computed as, where that matters.
    ``parts`` are the tensors that lie side by side in it along its last axis.
    """

    belief: Output | Lost
    made_by: Value | None = field(default=None, compare=False)
    variable: bool = False
    head: str = ""
    rank: int | None = None
    fed: Value | None = field(default=None, compare=False)
    memory: Memory | None = field(default=None, compare=False)
    width: int | None = field(default=None, compare=False)
    call: LayerCall | None = field(default=None, compare=False)
    form: Form | None = field(default=None, compare=False)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the tensors that lie side by side in another: what is believed of it, and how much of the axis it has."""

    belief: Output | Lost
    size: int | None


@dataclass(frozen=True, slots=True)
class LayerCall:
    """One layer or model of a graph, and what it was given there."""

    layer: Value
    inputs: Value | None


@dataclass(frozen=True, slots=True)
class Total:
    """The numbers of a tensor added up; ``kept`` says that it was along the last axis, of which one place is left."""

    of: Tensor
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """A product of a tensor with what no model gives, as with labels, also added up and scaled."""

    of: Output | Lost


@dataclass(frozen=True, slots=True)
class OnePlus:
    """One more than each number of a tensor."""

    of: Tensor


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between a tensor and what no model gives, as labels."""

    of: Output | Lost


@dataclass(frozen=True, slots=True)
class Blank:
    """Numbers that say nothing, in a tensor that is there to be filled: what is written into it is what it is for.

    ``rank`` is the number of its axes where that is known.
    """

    rank: int | None = None


Form = Total | OnePlus | Overlap | Difference | Blank
"""As what a tensor was computed."""


class FunctionKind(Enum):
    """How a function behaves when it is read from an instance, and when it is called."""

    PLAIN = "plain"
    STATIC = "static"
    CLASS = "class"
    PROPERTY = "property"
    CACHED_PROPERTY = "cached property"
    CACHED = "cached"
    """It gives the same object again for the same arguments."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or lambda of the program; ``bound`` is its first argument where it is a bound method.

    ``defaults`` are the values of its default arguments, which Python evaluates once, where it is defined.
    ``within`` is a context manager that decorates it: each call is entered and left.
    """

    node: ir.FunctionDef | ir.Lambda
    scope: Scope = field(compare=False)
    bound: Value | None = None
    owner: Class | None = field(default=None, compare=False)
    kind: FunctionKind = FunctionKind.PLAIN
    defaults: tuple[tuple[str, Value], ...] = field(default=(), compare=False)
    within: Value | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """``functools.partial``: a callable with some arguments given; ``depth`` is how many stand one inside the other."""

    callee: Value
    args: Arguments
    depth: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of the program; its body ran in ``scope``, which holds its attributes.

    ``order`` is for ``mro``, which keeps there what it finds.
    """

    node: ir.ClassDef
    scope: Scope
    bases: tuple[Value, ...]
    order: list[Value] = field(default_factory=list, init=False, repr=False)

    @property
    def name(self) -> str:
        return self.node.name


@dataclass(frozen=True, slots=True)
class Super:
    """``super()`` within a method of ``cls`` running on ``instance``."""

    cls: Class
    instance: Value


@dataclass(frozen=True, slots=True)
class Method:
    """A method of something the library or the language provides, not yet called."""

    receiver: Value
    name: str
    node: ir.Expression | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """``owner.__dict__``, ``vars(owner)`` or ``globals()``: names as keys."""

    owner: Value


@dataclass(frozen=True, slots=True)
class LossValue:
    """A loss or loss function of a library with its switch; places are the nodes a user would edit.

    ``log_target`` is what it is told of its targets, where it is told that they are logarithms.
    """

    row: LossRow
    switch: Value | None
    place: ir.Node = field(compare=False)
    switch_place: ir.Node | None = field(default=None, compare=False)
    written_as: WrittenAs = field(default=WrittenAs.CLASS, compare=False)
    spoilt: bool = False
    told_by_hand: bool = False
    told_by: str = "from_logits"
    log_target: Value | None = None


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A metric of a library with its switch and threshold."""

    row: MetricRow
    switch: Value | None
    threshold: Value | None
    place: ir.Node = field(compare=False)


@dataclass(frozen=True, slots=True)
class ActivationValue:
    """An activation function of Keras taken as a value."""

    row: Activation


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, each under its guards; never nested, never empty, never a single one."""

    options: tuple[tuple[Value, Guards], ...]


@dataclass(frozen=True, slots=True)
class Arguments:
    """Evaluated arguments of a call; ``open`` is set when a star argument could not be unfolded."""

    positional: tuple[tuple[Value, ir.Node | None], ...] = ()
    keywords: tuple[tuple[str, Value, ir.Node | None], ...] = ()
    open: Lost | None = None

    def keyword(self, *names: str) -> tuple[Value, ir.Node | None] | None:
        """The value and node given for one of these keywords."""
        for name, value, node in self.keywords:
            if name in names:
                return value, node
        return None

    def get(self, index: int | None, *names: str) -> tuple[Value, ir.Node | None] | None:
        """The value and node given for a parameter by keyword or position; None where it is not given."""
        found = self.keyword(*names)
        if found is None and index is not None and index < len(self.positional):
            return self.positional[index]
        return found

    def value(self, index: int | None, *names: str) -> Value | None:
        """The value alone."""
        found = self.get(index, *names)
        return None if found is None else found[0]

    def after(self, first: Value) -> Arguments:
        """The same arguments with one more in front."""
        return Arguments(((first, None), *self.positional), self.keywords, self.open)

    def values(self) -> list[Value]:
        """All values, in order."""
        return [value for value, _ in self.positional] + [value for _, value, _ in self.keywords]


Value = (
    Unknown
    | Const
    | Library
    | Module
    | Lazy
    | Sequence
    | Object
    | Tensor
    | Function
    | Partial
    | Class
    | Super
    | Method
    | AttributeTable
    | LossValue
    | MetricValue
    | ActivationValue
    | Choice
    | Mapping
)

NONE = Const(None)
