"""Steps of a run that need not be run again: where one would find all as it found it before, it does what it did.

A program is a row of steps: the statements of its top level, the modules that it imports, the instances and functions
that are run by themselves.  Of each a ``Memory`` keeps what it read and what it left in the tables of the interpreter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.watched import (
    ABSENT,
    READ,
    Ledger,
    Spelled,
    Step,
    Told,
    ToldDict,
    ToldList,
    ToldSet,
    Watched,
    WatchedDict,
    is_same,
)
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.mentions import Mentions
from flake8_logits.interpret.engine.module_table import MOST_LINES, MOST_MODULES, Loader, ModuleTable, Source

R = TypeVar("R")


class Memory:
    """What is kept of the runs of one program, for the next one.

    ``scope`` is that of the module itself: what refers to it is the same in every run.
    """

    def __init__(self, path: str) -> None:
        self.scope = Scope(ScopeKind.MODULE, path=path)
        self.steps: dict[Hashable, Step] = {}
        self.mentions = Mentions()
        self._others: dict[Hashable, Memory] = {}

    def beside(self, key: Hashable, path: str) -> Memory:
        """The memory of another run that belongs to this one: without other files, or of one of these."""
        return self._others.setdefault(key, Memory(path))


class _WatchedLoader:
    """Finds and reads the modules of a project once in a run; steps are told what came of it."""

    def __init__(self, loader: Loader, steps: list[Step]) -> None:
        self._loader = loader
        self._steps = steps
        self._found: dict[tuple[str, str, int], str | None] = {}
        self._read: dict[str, Source | None] = {}

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        asked = (importer, dotted, level)
        found = self.place(asked)
        for step in self._steps:
            step.asked(Watched.FOUND, asked, found)
        return found

    def read(self, path: str) -> Source | None:
        body = self.content(path)
        for step in self._steps:
            step.asked(Watched.CONTENT, path, body)
        return self._read[path]

    def place(self, asked: tuple[str, str, int]) -> str | None:
        """Where a module stands, asked by nobody."""
        if asked not in self._found:
            self._found[asked] = self._loader.find(*asked)
        return self._found[asked]

    def content(self, path: str) -> object:
        """The statements of a module, read for nobody."""
        if path not in self._read:
            self._read[path] = self._loader.read(path)
        source = self._read[path]
        return None if source is None else source.body


@contextmanager
def remembering(interp: Interpreter, memory: Memory | None) -> Iterator[None]:
    """Within this, a run takes from a memory what it need not do again, and afterwards its own steps are there."""
    if memory is None:
        yield
        return
    steps = Steps(interp, memory)
    steps.watch()
    interp.steps = steps
    finished = False
    try:
        yield
        finished = True
    finally:
        interp.steps = None
        steps.end(finished)


class Steps:
    """The steps of one run of an interpreter, whose tables it watches."""

    def __init__(self, interp: Interpreter, memory: Memory) -> None:
        self._interp = interp
        self._memory = memory
        self._running: list[Step] = []
        self._turns: defaultdict[Hashable, int] = defaultdict(int)
        self._kept: dict[Hashable, Step] = {}
        self._tables: dict[int, Any] = {}
        self._loader: _WatchedLoader | None = None
        self.again = 0
        """How many steps did not have to be run."""

    def watch(self) -> None:
        """Begin to watch the tables, before anything is run."""
        interp, running = self._interp, self._running
        interp.mentions = Mentions(self._memory.mentions)
        interp.state.writes = Ledger(running, interp.state.writes)
        interp.state.spelled = Spelled(running, interp.state.spelled)
        lifecycle, observations = interp.observations.lifecycle, interp.observations
        interp.instances.tell = Told(Watched.INSTANCES, running).tell
        interp.histories = self._entries(Watched.HISTORIES)
        interp.stars = self._entries(Watched.STARS)
        lifecycle.given = self._entries(Watched.GIVEN)
        interp.functions = self._told_dict(Watched.FUNCTIONS)
        interp.classes = self._told_dict(Watched.CLASSES)
        interp.entered = self._told_dict(Watched.ENTERED)
        interp.summaries = self._entries(Watched.SUMMARIES)
        interp.patched = self._entries(Watched.PATCHED)
        lifecycle.replaced = self._told_dict(Watched.REPLACED)
        lifecycle.used = self._told_set(Watched.USED)
        lifecycle.trained = self._told_set(Watched.TRAINED)
        lifecycle.let_go = self._told_set(Watched.LET_GO)
        lifecycle.waiting = ToldList(Told(Watched.WAITING, running))
        lifecycle.tell = Told(Watched.LIFECYCLE, running).tell
        observations.tell = Told(Watched.OBSERVATIONS, running).tell
        self._tables |= {
            Watched.STATE: interp.state.writes,
            Watched.INSTANCES: interp.instances,
            Watched.WAITING: lifecycle.waiting,
            Watched.LIFECYCLE: lifecycle,
            Watched.OBSERVATIONS: observations,
        }
        if interp.modules is not None:
            self._watch_modules(interp.modules)

    def _watch_modules(self, modules: ModuleTable) -> None:
        self._loader = modules.loader = _WatchedLoader(modules.loader, self._running)
        modules.scopes = self._entries(Watched.SCOPES, modules.scopes)
        modules.resolving = self._entries(Watched.RESOLVING)

    def _entries(self, table: Watched, content: dict[Any, Any] | None = None) -> WatchedDict[Any, Any]:
        found = self._tables[table] = WatchedDict[Any, Any](table, self._running, content)
        return found

    def _told_dict(self, table: Watched) -> ToldDict[Any, Any]:
        found = self._tables[table] = ToldDict[Any, Any](Told(table, self._running))
        return found

    def _told_set(self, table: Watched) -> ToldSet[Any]:
        found = self._tables[table] = ToldSet[Any](Told(table, self._running))
        return found

    # -- running ---------------------------------------------------------------------------------------------------

    def run(self, key: Hashable, act: Callable[[], R], inputs: tuple[object, ...]) -> R:
        """What a step gives, which is run if nothing is known of it, or if it would not find what it found before.

        ``key`` tells the steps of a run apart, but for the turns of the same one; ``inputs`` are what it is given.
        """
        if self._cannot_begin():
            return act()
        turn = self._turns[key]
        self._turns[key] += 1
        known = self._memory.steps.get((key, turn))
        if known is not None and self._holds(known, inputs):
            self._keep((key, turn), known)
            self._repeat(known)
            return cast("R", known.result)
        step = Step(inputs)
        result = self._record(step, act)
        if not step.spoiled:
            self._keep((key, turn), step)
        return result

    def _keep(self, key: Hashable, step: Step) -> None:
        """Keep a step for the next run, with the modules that were imported in it: others may be the first to ask."""
        self._kept[key] = step
        self._kept.update(step.within)
        for outer in self._running:
            outer.within[key] = step
            outer.within.update(step.within)

    def spoil(self) -> None:
        """What is running hangs on something that nobody can tell."""
        for step in self._running:
            step.spoiled = True

    def find_no_room(self) -> None:
        """What is running was refused a module, because there are so many."""
        for step in self._running:
            step.full = True
            step.spoiled |= not step.was_full

    def end(self, finished: bool) -> None:
        """The run has ended, or was broken off: what it knows is kept for the next."""
        if finished:
            self._memory.steps = self._kept
            self._memory.mentions = self._interp.mentions.alone()
        else:
            self._memory.steps.update(self._kept)

    def _cannot_begin(self) -> bool:
        interp = self._interp
        return (
            interp.state is not interp.state.bottom
            or bool(interp.inside_parts)
            or interp.observations.is_beside_something
        )

    def _entry(self) -> tuple[object, ...]:
        interp = self._interp
        return (interp.state.ended, interp.rewritten, interp.unordered)

    def _record(self, step: Step, act: Callable[[], R]) -> R:
        interp = self._interp
        step.entry, step.guards = self._entry(), interp.state.guards
        step.inputs = (*step.inputs, step.guards)
        decided = interp.decides, interp.decides_here
        interp.decides = interp.decides_here = False
        modules = interp.modules
        before = (modules.lines, len(modules.scopes)) if modules is not None else (0, 0)
        step.was_full = modules is not None and modules.full
        bottom = interp.state
        self._running.append(step)
        try:
            with interp.budget.counting(step.cost):
                result = act()
        finally:
            self._running.remove(step)
            step.decides = interp.decides, interp.decides_here
            self._decide(decided)
        if modules is not None:
            step.lines, step.modules = modules.lines - before[0], len(modules.scopes) - before[1]
        step.spoiled |= step.cost.limited or interp.state is not bottom
        step.guards, step.ended, step.rewritten = bottom.guards, bottom.ended, interp.rewritten
        step.result = result
        return result

    # -- not running -----------------------------------------------------------------------------------------------

    def _holds(self, step: Step, inputs: tuple[object, ...]) -> bool:
        """Whether a step would find what it found."""
        interp = self._interp
        if step.entry != self._entry() or not is_same(step.inputs, (*inputs, interp.state.guards)):
            return False
        if not interp.budget.affords(step.cost) or not self._have_room(step):
            return False
        if any(set.__contains__(interp.state.spelled, name) for name in step.misspelled):
            return False
        return all(self._reads_the_same(table, step.reads[table]) for table in READ if step.reads[table])

    def _have_room(self, step: Step) -> bool:
        modules = self._interp.modules
        if modules is None:
            return True
        if step.full:
            return modules.full
        if not step.modules:
            return True
        return len(modules.scopes) + step.modules <= MOST_MODULES and modules.lines + step.lines <= MOST_LINES

    def _reads_the_same(self, table: int, reads: dict[Any, object]) -> bool:
        find = self._finder(table)
        for key, value in reads.items():
            now = find(key)
            if now is not value and not is_same(now, value):
                return False
        return True

    def _finder(self, table: int) -> Callable[[Any], object]:
        if table == Watched.HELD:
            ledger, under = self._tables[Watched.STATE], self._interp.state.under
            return lambda ref: ledger.among(ref, under.get(ref, ()))
        if table == Watched.FOUND:
            return self._loader.place if self._loader is not None else lambda _: None
        if table == Watched.CONTENT:
            return self._loader.content if self._loader is not None else lambda _: None
        content = self._tables.get(table, {})
        return lambda key: dict.get(content, key, ABSENT)

    def _repeat(self, step: Step) -> None:
        """Leave in the tables what a step left there."""
        self.again += 1
        interp = self._interp
        for outer in self._running:
            self._hand_on(step, outer)
        for table in READ:
            self._write(table, step.writes[table])
        set.update(interp.state.spelled, step.spelled)
        for ref, name in step.writes[Watched.STATE]:
            interp.state.under.setdefault(ref, {})[name] = None
        for named, method, args in step.said:
            getattr(self._tables[named], method)(*args)
        interp.budget.pay(step.cost)
        if interp.modules is not None:
            interp.modules.lines += step.lines
        interp.state.guards, interp.state.ended = step.guards, step.ended
        interp.rewritten = step.rewritten
        self._decide(step.decides)

    def _decide(self, decided: tuple[bool, bool]) -> None:
        interp = self._interp
        interp.decides, interp.decides_here = interp.decides or decided[0], interp.decides_here or decided[1]

    def _write(self, table: int, writes: dict[Any, Any]) -> None:
        if not writes:
            return
        content = self._tables[table]
        if self._running:
            for key, value in writes.items():
                content[key] = value
        else:
            dict.update(content, writes)

    def _hand_on(self, step: Step, outer: Step) -> None:
        """What a step found, the one has found that it is a part of."""
        for table in READ:
            for key, value in step.reads[table].items():
                if value is not ABSENT or table or key[0].born < outer.born:
                    outer.asked(table, key, value)
        outer.full |= step.full
        outer.spoiled |= step.full and not outer.was_full
        outer.spelled.update(step.spelled)
        outer.misspelled.update(step.misspelled - outer.spelled.keys())
