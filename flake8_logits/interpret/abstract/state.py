"""What everything stands for at one point of the run; branches write into a layer of their own and are joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import Ref, next_birth
from flake8_logits.interpret.abstract.slots import ANY_ATTRIBUTE, Name
from flake8_logits.interpret.abstract.symbols import Symbol
from flake8_logits.interpret.abstract.values import (
    Choice,
    Class,
    Function,
    FunctionKind,
    Guards,
    Object,
    Unknown,
    Value,
)
from flake8_logits.interpret.abstract.watched import Ledger

Key = tuple[Ref, Name]

_UNSET = object()

MOST_TOLD_APART = 12
"""Where more branches than this meet, values no longer remember the branch they come from."""


class Writes(dict[Key, "Value | None"]):
    """What a branch wrote.  ``since`` is when it was forked: what is younger was made in it."""

    __slots__ = ("since",)

    def __init__(self, writes: Mapping[Key, Value | None] | None = None, since: int = 0) -> None:
        super().__init__(writes or {})
        self.since = since

    def to_others(self) -> Iterable[tuple[Key, Value | None]]:
        """What was written to things that were there before the branch."""
        return ((key, value) for key, value in self.items() if key[0].born < self.since)

    def without(self, ref: Ref) -> Writes:
        """All but what stands under a reference."""
        return Writes({key: value for key, value in self.items() if key[0] is not ref}, self.since)


Branch = tuple[Writes, dict[Symbol, object]]
"""What a branch wrote, and its guards."""


class State:
    """A layer of writes over a parent.  Reading walks up; a branch never touches what it was forked from."""

    __slots__ = ("born", "bottom", "ended", "guards", "parent", "spelled", "under", "writes")

    def __init__(self, parent: State | None = None, guards: dict[Symbol, object] | None = None) -> None:
        self.parent = parent
        self.bottom: State = self if parent is None else parent.bottom
        self.spelled: set[Name] = set() if parent is None else parent.spelled
        """Every name that was written under anything, in any branch: no other has a value anywhere."""
        self.under: dict[Ref, dict[Name, None]] = {} if parent is None else parent.under
        """The names that were written under each reference, in any branch: no other has a value there."""
        self.born = next_birth()
        self.writes: dict[Key, Value | None] = {}
        self.guards: dict[Symbol, object] = guards if guards is not None else {}
        self.ended = False
        """Whether control has left: nothing more is run in this branch."""

    def get(self, ref: Ref, name: Name) -> Value | None:
        """The value under a reference and name, with what contradicts this branch left out; None if there is none."""
        state: State | None = self
        key = (ref, name)
        while state is not None:
            if key in state.writes:
                value = state.writes[key]
                return self.narrow(value) if type(value) is Choice else value
            state = state.parent
        return None

    def set(self, ref: Ref, name: Name, value: Value | None) -> None:
        """Write a value here; None takes the name away."""
        self.writes[(ref, name)] = value
        self.spelled.add(name)
        self.under.setdefault(ref, {})[name] = None

    def held(self, ref: Ref) -> list[Name]:
        """All that is written under a reference, typed slots too."""
        names = tuple(self.under.get(ref, ()))
        writes = self.bottom.writes
        if isinstance(writes, Ledger):
            writes.asked(ref, names)
        return [name for name in names if self.get(ref, name) is not None]

    def names(self, ref: Ref) -> list[str]:
        """The program's own names that are written under a reference, sorted."""
        return sorted(name for name in self.held(ref) if isinstance(name, str))

    def fork(self, guards: Iterable[tuple[Symbol, object]] = ()) -> State:
        """A branch under further conditions."""
        return State(self, {**self.guards, **dict(guards)} if guards else self.guards)

    def narrow(self, value: Value | None) -> Value | None:
        """A value as this branch sees it: options whose guards contradict the branch's are not here."""
        if not isinstance(value, Choice) or not self.guards:
            return value
        options = [option for option in value.options if self.allows(option[1])]
        if len(options) == len(value.options) or not options:
            return value
        return options[0][0] if len(options) == 1 else Choice(tuple(options))

    def allows(self, guards: Guards) -> bool:
        """Whether values under these guards can be met in this branch."""
        return all(self.guards.get(symbol, answer) == answer for symbol, answer in guards)

    def flatten(self, base: State) -> Writes:
        """Everything written between a base and this state, newest last."""
        chain: list[State] = []
        state: State | None = self
        while state is not None and state is not base:
            chain.append(state)
            state = state.parent
        found = Writes(since=chain[-1].born if chain else 0)
        for layer in reversed(chain):
            found.update(layer.writes)
        return found

    def join(self, branches: list[Branch]) -> None:
        """Take over what the branches of a fork wrote; where they differ the name stands for each of their values.

        A name that one branch leaves unset stands for the other's value: reading it in the first would not have
        got this far, unless it is an attribute that a class holds for its instances.
        """
        shared = self._take_over(branches)
        if len(branches) == 1:
            self.writes.update((key, branches[0][0][key]) for key in shared)
            return
        if len(branches) > MOST_TOLD_APART:
            self._join_many([writes for writes, _ in branches], shared)
            return
        inner = [self.new_guards(guards) for _, guards in branches]
        for key in shared:
            values: list[object] = [writes.get(key, cast("Value", _UNSET)) for writes, _ in branches]
            first = values[0]
            if all(value is first for value in values):
                self.writes[key] = cast("Value | None", first)
                continue
            before = self._left_alone(*key) if _UNSET in values else None
            options: list[tuple[Value, Guards]] = []
            for value, guards in zip(values, inner, strict=True):
                known = before if value is _UNSET else cast("Value | None", value)
                if known is not None:
                    options.append((known, guards))
            self.writes[key] = choice(options) if options else None

    def _take_over(self, branches: list[Branch]) -> Iterable[Key]:
        """Keep at the bottom what only one branch knows of, for it was made there; the names that are left to join.

        Nobody else can ask for it, and no join further out has to look at it again.
        """
        holders = Counter(key for writes, _ in branches for key in writes)
        forks = Counter(writes.since for writes, _ in branches)
        for writes, guards in branches:
            for key, value in writes.items():
                if key[0].born < writes.since or holders[key] > 1:
                    continue
                keeper = self.bottom if self.get(*key) is None else self
                if keeper is self and forks[writes.since] > 1:
                    # Another way out of the same branch may know it as it was before.
                    continue
                if isinstance(value, Choice) and len(branches) > 1:
                    value = choice([(value, self.new_guards(guards))])
                keeper.writes[key] = value
                del holders[key]
        return holders

    def _join_many(self, branches: list[Writes], keys: Iterable[Key]) -> None:
        """The join of many branches, linear in what they wrote: which branch a value comes from is forgotten."""
        found: dict[Key, list[Value | None]] = {key: [] for key in keys}
        for writes in branches:
            for key, value in writes.items():
                if key in found:
                    found[key].append(value)
        for key, values in found.items():
            if len(values) < len(branches):
                values.append(self._left_alone(*key))
            known: list[tuple[Value, Guards]] = [(value, ()) for value in values if value is not None]
            self.writes[key] = choice(known) if known else None

    def _left_alone(self, ref: Ref, name: Name) -> Value | None:
        """What reading a name gives in a branch that does not write it."""
        before = self.get(ref, name)
        if before is not None or not isinstance(ref, InstanceRef) or not isinstance(name, str):
            return before
        for base in mro(ref.cls):
            if isinstance(base, Unknown):
                return Unknown(base.lost)
            found = self.get(base.scope, name) if isinstance(base, Class) else None
            if isinstance(found, Function):
                return (
                    replace(found, bound=Object(ref))
                    if found.kind is FunctionKind.PLAIN
                    else Unknown(Lost(Reason.CUSTOM))
                )
            if found is not None:
                return found
        return self.get(ref, ANY_ATTRIBUTE)

    def new_guards(self, guards: dict[Symbol, object]) -> Guards:
        """The guards of a branch that this state does not have itself."""
        return tuple(item for item in guards.items() if item[0] not in self.guards)
