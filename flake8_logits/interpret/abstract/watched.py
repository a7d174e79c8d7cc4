"""Tables that tell a step what it reads and writes: where it would read the same, it need not be run again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from enum import IntEnum
from typing import Any, Generic, TypeVar

from flake8_logits.interpret.abstract.budget import Cost
from flake8_logits.interpret.abstract.references import Ref, next_birth
from flake8_logits.interpret.abstract.slots import Name
from flake8_logits.interpret.abstract.values import Choice, Const, Function, Lazy, Library, Module, Object, Sequence

K = TypeVar("K")
V = TypeVar("V")
ABSENT = object()


class Watched(IntEnum):
    """What steps read and write."""

    STATE = 0
    HELD = 1
    """What is written under a reference."""
    HISTORIES = 2
    STARS = 3
    SCOPES = 4
    RESOLVING = 5
    GIVEN = 6
    FOUND = 7
    """Where modules stand."""
    CONTENT = 8
    """What stands in modules."""
    PATCHED = 9
    SUMMARIES = 10
    FUNCTIONS = 11
    CLASSES = 12
    INSTANCES = 13
    USED = 14
    TRAINED = 15
    LET_GO = 16
    REPLACED = 17
    WAITING = 18
    LIFECYCLE = 19
    ENTERED = 20
    OBSERVATIONS = 21


READ = range(Watched.FUNCTIONS)
"""The tables whose entries a step depends on."""
Saying = tuple[Watched, str, tuple[Any, ...]]
"""What was called of what only grows: its method, and what that was given."""


class Step:
    """What one step of a run found in the tables as they were before, and what it left there."""

    __slots__ = (
        "born", "cost", "decides", "ended", "entry", "fresh", "full", "guards", "inputs", "lines", "misspelled",
        "modules", "reads", "result", "rewritten", "said", "spelled", "spoiled", "was_full", "within", "writes",
    )  # fmt: skip

    def __init__(self, inputs: tuple[object, ...]) -> None:
        self.inputs = inputs
        self.born = next_birth()
        self.reads: list[dict[Any, object]] = [{} for _ in READ]
        self.writes: list[dict[Any, Any]] = [{} for _ in READ]
        self.fresh: set[tuple[Ref, Name]] = set()
        """What was written in the state that was not there before."""
        self.said: list[Saying] = []
        self.spelled: dict[Name, None] = {}
        self.misspelled: set[Name] = set()
        """The names that were asked for, and had not been written under anything."""
        self.cost = Cost()
        self.spoiled = False
        """Whether it hangs on something that nobody told it of."""
        self.entry: tuple[object, ...] = ()
        """The guards, and whether arrays had been written, when it began."""
        self.guards: dict[Any, object] = {}
        self.ended = False
        self.rewritten = False
        self.decides = (False, False)
        self.within: dict[Hashable, Step] = {}
        """The steps that are a part of it."""
        self.was_full = False
        self.full = False
        """Whether there was no room for further modules, and one was asked for."""
        self.lines = 0
        self.modules = 0
        self.result: object = None

    def asked(self, table: int, key: object, value: object) -> None:
        """An entry was read."""
        reads = self.reads[table]
        if key not in reads and key not in self.writes[table]:
            reads[key] = value


class WatchedDict(dict[K, V], Generic[K, V]):
    """A table whose entries are read and written."""

    __slots__ = ("_steps", "_table")

    def __init__(self, table: Watched, steps: list[Step], content: Mapping[K, V] | None = None) -> None:
        super().__init__(content or {})
        self._table = table
        self._steps = steps

    def _ask(self, key: K) -> object:
        value = dict.get(self, key, ABSENT)
        for step in self._steps:
            step.asked(self._table, key, value)
        return value

    def get(self, key: K, default: Any = None) -> Any:
        value = self._ask(key)
        return default if value is ABSENT else value

    def __contains__(self, key: object) -> bool:
        return self._ask(key) is not ABSENT  # type: ignore[arg-type]

    def __getitem__(self, key: K) -> V:
        self._ask(key)
        return dict.__getitem__(self, key)

    def __setitem__(self, key: K, value: V) -> None:
        for step in self._steps:
            step.writes[self._table][key] = value
        dict.__setitem__(self, key, value)


class Ledger(dict[tuple[Ref, Name], Any]):
    """What is written at the bottom of the state."""

    __slots__ = ("_steps",)

    def __init__(self, steps: list[Step], content: Mapping[tuple[Ref, Name], Any]) -> None:
        super().__init__(content)
        self._steps = steps

    def __contains__(self, key: Any) -> bool:
        value = dict.get(self, key, ABSENT)
        for step in self._steps:
            # Of what was made in the step nothing was there before.
            if value is not ABSENT or key[0].born < step.born:
                step.asked(0, key, value)
        return value is not ABSENT

    def __setitem__(self, key: tuple[Ref, Name], value: Any) -> None:
        for step in self._steps:
            writes = step.writes[0]
            if key not in writes and not dict.__contains__(self, key):
                step.fresh.add(key)
            writes[key] = value
        dict.__setitem__(self, key, value)

    def update(self, other: Any = (), /, **named: Any) -> None:
        for key, value in dict(other).items():
            self[key] = value

    def asked(self, ref: Ref, names: Iterable[Name]) -> None:
        """All that is written under a reference was asked for; ``names`` are those that may be."""
        written: tuple[Name, ...] | None = None
        for step in self._steps:
            if ref.born < step.born and ref not in step.reads[Watched.HELD]:
                written = self.among(ref, names) if written is None else written
                step.reads[Watched.HELD][ref] = tuple(name for name in written if (ref, name) not in step.fresh)

    def among(self, ref: Ref, names: Iterable[Name]) -> tuple[Name, ...]:
        """Those of the names that are written under a reference, in their order."""
        return tuple(name for name in names if dict.__contains__(self, (ref, name)))


class Spelled(set[Name]):
    """The names that were written under anything."""

    def __init__(self, steps: list[Step], content: Iterable[Name]) -> None:
        super().__init__(content)
        self._steps = steps

    def add(self, name: Name) -> None:
        for step in self._steps:
            step.spelled[name] = None
        set.add(self, name)

    def __contains__(self, name: object) -> bool:
        if set.__contains__(self, name):
            return True
        for step in self._steps:
            step.misspelled.add(name)  # type: ignore[arg-type]
        return False


class Told:
    """What only grows: nothing that a step does hangs on it."""

    def __init__(self, table: Watched, steps: list[Step]) -> None:
        self._table = table
        self._steps = steps

    def tell(self, method: str, *args: Any) -> None:
        """Something is added."""
        for step in self._steps:
            step.said.append((self._table, method, args))


class ToldDict(dict[K, V], Generic[K, V]):
    """Entries that steps add and do not read; ``told`` notes what is added."""

    def __init__(self, told: Told, content: Mapping[K, V] | None = None) -> None:
        super().__init__(content or {})
        self._told = told

    def __setitem__(self, key: K, value: V) -> None:
        self._told.tell("__setitem__", key, value)
        dict.__setitem__(self, key, value)

    def setdefault(self, key: K, default: Any = None, /) -> Any:
        self._told.tell("setdefault", key, default)
        return dict.setdefault(self, key, default)

    def update(self, other: Any = (), /, **named: Any) -> None:
        self._told.tell("update", other)
        dict.update(self, other)


class ToldSet(set[K], Generic[K]):
    """Members that steps add and do not ask for."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def add(self, member: K) -> None:
        self._told.tell("add", member)
        set.add(self, member)

    def update(self, *others: Iterable[K]) -> None:
        members = {member for other in others for member in other}
        if members:
            self._told.tell("update", members)
            set.update(self, members)

    def __ior__(self, other: Any) -> ToldSet[K]:  # type: ignore[override,misc]
        self.update(other)
        return self


class ToldList(list[V], Generic[V]):
    """Items that steps append and do not look at."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def append(self, item: V) -> None:
        self._told.tell("append", item)
        list.append(self, item)


def is_same(one: object, other: object) -> bool:
    """Whether nothing can tell two values apart: equal ones may differ in where they come from."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    compare = _COMPARED.get(kind)
    return compare is not None and compare(one, other)


def _constants(one: Any, other: Any) -> bool:
    return one == other and one.origin is other.origin


def _tuples(one: Any, other: Any) -> bool:
    return len(one) == len(other) and all(map(is_same, one, other))


def _functions(one: Any, other: Any) -> bool:
    same = one.node is other.node and one.scope is other.scope and one.owner is other.owner and one.kind is other.kind
    return same and is_same(one.bound, other.bound) and is_same(one.defaults, other.defaults)


def _choices(one: Any, other: Any) -> bool:
    pairs = zip(one.options, other.options, strict=False)
    return len(one.options) == len(other.options) and all(
        is_same(value, another) and guards == others for (value, guards), (another, others) in pairs
    )


def _sequences(one: Any, other: Any) -> bool:
    return one.kind == other.kind and _tuples(one.items, other.items)


def _modules(one: Any, other: Any) -> bool:
    return one.scope is other.scope and one.name == other.name


def _objects(one: Any, other: Any) -> bool:
    return one.ref is other.ref


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


_COMPARED: dict[type, Any] = {
    Const: _constants,
    tuple: _tuples,
    Function: _functions,
    Module: _modules,
    Object: _objects,
    Choice: _choices,
    Sequence: _sequences,
    Library: _equal,
    Lazy: _equal,
    str: _equal,
    bool: _equal,
    dict: _equal,
}
