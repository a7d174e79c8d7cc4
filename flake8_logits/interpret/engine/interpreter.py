"""The interpreter: one state, one call stack, one budget, and the questions that everything else asks of it.

``evaluate`` an expression, ``execute`` a block, ``call`` a value, read and set its attributes and items.  What each
kind of node or value means is registered in the tables below by the module that owns the kind; those modules get the
interpreter as their first argument and keep nothing themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import DEEPEST_CALL, DEEPEST_PART, Budget
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.memory import current
from flake8_logits.interpret.abstract.mro import Derived
from flake8_logits.interpret.abstract.references import ListRef, Ref
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.state import Branch, Key, State
from flake8_logits.interpret.abstract.symbols import Symbol, fresh_symbol
from flake8_logits.interpret.abstract.values import (
    ITERATOR,
    Arguments,
    Choice,
    Class,
    Function,
    Gap,
    Guards,
    Library,
    Method,
    Object,
    Partial,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.abstract.widening import forgotten
from flake8_logits.interpret.engine.dispatch import Table
from flake8_logits.interpret.engine.frames import Frame, Generator, PutOff
from flake8_logits.interpret.engine.known_instances import KnownInstances
from flake8_logits.interpret.engine.mentions import Mentions
from flake8_logits.interpret.engine.module_table import ModuleTable
from flake8_logits.interpret.engine.observations import Observations
from flake8_logits.knowledge.catalogue import decides
from flake8_logits.knowledge.effects import CALLED_ATTRIBUTES
from flake8_logits.knowledge.traits import only_looks, walks_nothing
from flake8_logits.source import syntax as ir

R = TypeVar("R")


class Stepping(Protocol):
    """Runs parts of a program that stand for themselves, or knows what they did before."""

    def run(self, key: Hashable, act: Callable[[], R], inputs: tuple[object, ...]) -> R:
        """What a part gives."""

    def spoil(self) -> None:
        """What is running hangs on something that nobody can tell."""

    def find_no_room(self) -> None:
        """What is running was refused a module, because there are so many."""


class Framework(Protocol):
    """What a library of models makes of the instances of classes that derive from its own.

    Each method answers None where the library has no say, and Python's own rules hold.
    """

    def call(self, interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
        """What calling an instance gives."""

    def initialise(
        self, interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression
    ) -> None:
        """What ``__init__`` of the library's class ``base`` leaves on an instance."""

    def unfinished(self, interp: Interpreter, instance: Object) -> bool:
        """Whether calling an instance must fail, because a class derived from its own has to say what it does."""

    def attribute(self, interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
        """An attribute that neither the instance nor the program's classes have."""

    def method(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """What a method of the library gives."""

    def inherited(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """What ``super().name(...)`` gives where the library's method is meant."""

    def hides(self, interp: Interpreter, instance: Object, value: Value) -> bool:
        """Whether what is set on an instance may stand behind what its classes have under the same name."""

    def container(self, interp: Interpreter, instance: Object) -> type[Ref] | None:
        """The kind of container that an instance is: it is read and changed as one of these."""


Evaluation = Callable[["Interpreter", Any, Scope], Value]
Execution = Callable[["Interpreter", Any, Frame], None]
Call = Callable[["Interpreter", Any, Arguments, ir.Expression], Value]
PartCall = Callable[["Interpreter", Any, Value, ir.Expression], Value]
AttributeRead = Callable[["Interpreter", Any, str, ir.Expression], Value]
AttributeWrite = Callable[["Interpreter", Any, str, Value, ir.Expression], None]
Questions = tuple[list[tuple[ir.Expression, bool]], list[ir.Expression]]
"""Names in a condition, each with whether more is asked than if there is anything; and what is handed to functions."""
Bounds = list[Value | None]
"""The lower bound, the upper bound and the step of a slice."""
ItemRead = Callable[["Interpreter", Any, Value | None, ir.Node, Bounds | None], Value]
ItemWrite = Callable[["Interpreter", Any, Value, Value, ir.Expression], None]
MethodCall = Callable[["Interpreter", Any, Method, Arguments, ir.Expression], Value]

evaluates: Table[Evaluation] = Table()
"""By type of expression: its value."""
executes: Table[Execution] = Table()
"""By type of statement: run it."""
calls: Table[Call] = Table()
"""By kind of value: what calling it gives, and what that does."""
calls_part: Table[PartCall] = Table()
"""By kind of value: what a layer or model gives as a part of another, without a name of its own."""
reads_attribute: Table[AttributeRead] = Table()
sets_attribute: Table[AttributeWrite] = Table()
reads_item: Table[ItemRead] = Table()
"""By kind of value: ``owner[index]``, or a slice where there are bounds."""
sets_item: Table[ItemWrite] = Table()
deletes_attribute: Table[Callable[[Interpreter, Object, str, ir.Expression], None]] = Table()
"""By kind of thing that keeps its parts in an order of its own: ``del owner.name``."""
deletes_item: Table[Callable[[Interpreter, Object, Value, ir.Expression], None]] = Table()
"""Likewise: ``del owner[index]``."""
calls_method: Table[MethodCall] = Table()
"""By kind of receiver: what calling one of its methods gives."""
_IN_SIGHT = (Function, Class, Partial, Choice)
"""Callees that are run: what they do with their arguments is seen."""
FRAMEWORKS: list[Framework] = []
"""Every library of models that registered."""
AT_THE_END: list[Callable[[Interpreter], None]] = []
"""Called when all of a program was run, for what had to wait until then."""


def kind_of(value: Value) -> type:
    """By what a value is looked up in the tables: an object by its reference, anything else by itself."""
    return type(value.ref) if isinstance(value, Object) else type(value)


class Interpreter:
    """Abstractly interprets one program.

    ``modules`` holds the modules of the project that the program belongs to; None keeps it to itself.
    ``without_options`` runs it as it is started without options on its command line: those have their defaults.
    """

    def __init__(self, budget: Budget, observations: Observations, without_options: bool = False) -> None:
        self.state = State()
        self.budget = budget
        self.observations = observations
        self.without_options = without_options
        self.modules: ModuleTable | None = None
        self.frames: list[Frame] = []
        """The call stack: bodies of modules, classes and functions being run, the innermost last."""
        self.callers: frozenset[str] = frozenset()
        """The files that call what is checked; like this, they are run whole."""
        self.avoided: frozenset[ir.Node] = frozenset()
        """Where no call of theirs leads to: the functions there are run by themselves."""
        self.functions: dict[ir.Node, Function] = {}
        """The functions of the files that are run whole, as they were first defined."""
        self.classes: dict[ir.Node, Class] = {}
        self.derived = Derived()
        self.instances = KnownInstances()
        self.entered: dict[ir.Node, None] = {}
        """The functions that were run, in the order in which they first were."""
        self.histories: dict[Key, tuple[Value, ...]] = {}
        """Every value that a name of a module had."""
        self.stars: dict[Scope, tuple[str, ...]] = {}
        """The libraries' modules that were star-imported into a scope, in order; ``?`` for one that is not known."""
        self.summaries: dict[Hashable, Value] = {}
        """What calls gave, for calls of the same kind that can no longer be run."""
        self.generators: dict[Symbol, Generator] = {}
        """The generators that were begun, by what stands for them."""
        self.mentions = Mentions()
        self.patched: dict[str, bool] = {}
        """The names of libraries in whose place the program has put something else."""
        self.questions: dict[ir.Node, Questions] = {}
        """What conditions ask about; see ``asking``."""
        self.inside_parts = 0
        """How many parts of models are being asked for what they give, one inside the other."""
        self.given: dict[Hashable, Value] = {}
        """What parts gave while the outermost of them is asked: a model may hold another many times."""
        self.rewritten = False
        """Whether an array was written in place."""
        self.decides = False
        """Whether anything was met that makes or reads logits or probabilities."""
        self.decides_here = False
        """Whether that was in the program itself, and not in what it imports."""
        self.home = ""
        """The path of the program itself, an absolute one."""
        self.steps: Stepping | None = None
        """Knows the steps of the run before, where there was one."""
        self.unordered = False
        """Whether functions are run that have no call in sight, in an order that nobody knows."""

    # -- the questions -------------------------------------------------------------------------------------------

    def evaluate(self, node: ir.Expression, scope: Scope) -> Value:
        """What an expression stands for; Unknown where it has no meaning here."""
        handler = evaluates.find(type(node))
        value = self.unknown(Reason.EXPRESSION, node) if handler is None else handler(self, node, scope)
        return current(self.state, value) if self.rewritten else value

    def execute(self, block: Iterable[ir.Statement], frame: Frame) -> None:
        """Run statements in the present state, until control leaves the block or the budget is spent."""
        outer = tuple(frame.put_off)
        self.execute_some(block, frame)
        if frame.put_off:
            self.catch_up(frame, [name for name in frame.put_off if name not in outer])

    def execute_some(self, block: Iterable[ir.Statement], frame: Frame) -> None:
        """The same for statements that others follow in the same block: what they put off may wait for these."""
        for statement in block:
            if self.state.ended or self.budget.spent:
                return
            self.spend()
            if frame.put_off:
                mentioned = self.mentions.names_in(statement)
                self.catch_up(frame, [name for name in frame.put_off if name in mentioned])
            handler = executes.find(type(statement))
            if handler is None:
                continue
            state, depth = self.state, len(self.frames)
            frame.raised = None
            try:
                handler(self, statement, frame)
                if frame.goes_no_further(self.state) and not self.state.ended:
                    frame.throw(self.state)
                    self.state.ended = True
                if frame.caught and not self.state.ended:
                    frame.may_break_off(self.state)
            except (RecursionError, ArithmeticError, MemoryError, ValueError):
                # The program's nesting plus our caller's, or a number that no index can be: what this statement did
                # is lost, the rest goes on.
                self.state = state
                del self.frames[depth:]
                self.spoil()

    def put_off(self, node: ir.Expression, run: Callable[[], Value]) -> Value:
        """What a node gives that is run when somebody asks for it.

        Where it is given a name, that is not before the name is mentioned again.  Elsewhere it is taken to be at once.
        """
        naming = self.frame.naming
        if naming is None or naming.value is not node or naming.state is not self.state:
            return run()
        self.spoil()
        stands_in = self.unknown(Reason.EXPRESSION, node)
        self.frame.put_off[naming.name] = PutOff(stands_in, run, naming.bind)
        return stands_in

    def catch_up(self, frame: Frame, names: Iterable[str]) -> None:
        """Run what was put off under these names; where control has left, nobody can ask for it any more."""
        for name in names:
            late = frame.put_off.pop(name)
            self.spoil()
            if self.state.ended:
                continue
            value = late.run()
            if self.state.get(frame.scope.target(name), name) is late.stands_in:
                late.bind(value)

    def goes_on(self, value: Value) -> bool:
        """Whether a value is a generator that waits, and changes something when it goes on."""
        return bool(self.generators) and any(
            isinstance(option, Unknown) and option.symbol in self.generators for option, _ in options_of(value)
        )

    def go_on(self, value: Value, node: ir.Node) -> None:
        """A generator that waits may go on: nothing is known of what it changes, as it may read what changed since.

        Where nothing was done since, it has changed all of it.
        """
        if not self.goes_on(value):
            return
        self.spoil()
        symbols = [option.symbol for option, _ in options_of(value) if isinstance(option, Unknown)]
        generators = [self.generators[symbol] for symbol in symbols if symbol in self.generators]
        for key in (key for one in generators if one.since < self.budget.used for key in one.changes):
            known = self.state.get(*key)
            if known is not None:
                self.state.set(*key, forgotten(known, Lost(Reason.EXPRESSION, node)))

    def step(self, key: Hashable, act: Callable[[], R], *inputs: object) -> R:
        """Do a part of the run that stands for itself, or what it did in the run before; see ``steps``."""
        return act() if self.steps is None else self.steps.run(key, act, inputs)

    def spoil(self) -> None:
        """What goes on now hangs on something that nobody can tell: how much room there is, or a limit."""
        if self.steps is not None:
            self.steps.spoil()

    def find_no_room(self) -> None:
        """A module is not read, because there are so many."""
        if self.steps is not None:
            self.steps.find_no_room()

    def call(self, callee: Value, args: Arguments, node: ir.Expression) -> Value:
        """What calling a value gives, and what it does."""
        if not isinstance(callee, _IN_SIGHT) and not (isinstance(callee, Library) and only_looks(callee.name)):
            self.observations.lifecycle.let_models_go(args.values())
        result = calls.get(kind_of(callee))(self, callee, args, node)
        if not isinstance(callee, _IN_SIGHT) and not (isinstance(callee, Library) and walks_nothing(callee.name)):
            self._may_have_walked(args, node)
        return result

    def _may_have_walked(self, args: Arguments, node: ir.Expression) -> None:
        """Of iterators that were handed out of sight nobody knows what they have left; generators may have gone on."""
        for value in args.values():
            self.go_on(value, node)
            if isinstance(value, Object) and isinstance(value.ref, ListRef):
                left = self.state.get(value.ref, ITEMS)
                if isinstance(left, Sequence) and left.kind == ITERATOR and left.items:
                    self.state.set(value.ref, ITEMS, Sequence((Gap(Lost(Reason.LOOP, node)),), ITERATOR))

    def call_part(self, layer: Value, inputs: Value, node: ir.Expression) -> Value:
        """What a part of a model gives; an inner model's outputs take no name from the call of the outer one.

        Parts of parts are paid for like statements: a model that holds another twice, which holds another twice,
        would have its innermost part asked for ever.
        """
        if self.inside_parts:
            self.spend()
        if self.budget.spent:
            return self.unknown(self.out_of_budget, node)
        if self.inside_parts >= DEEPEST_PART:
            return self.unknown(Reason.CALL_DEPTH, node)

        def act(option: Value) -> Value:
            handler = calls_part.find(kind_of(option))
            if handler is None:
                return self.call(option, Arguments(((inputs, None),)), node)
            return handler(self, option, inputs, node)

        self.inside_parts += 1
        try:
            return self.each(layer, act)
        finally:
            self.inside_parts -= 1
            if not self.inside_parts:
                self.given.clear()

    def get_attribute(self, owner: Value, name: str, node: ir.Expression) -> Value:
        """``owner.name``, each option of the owner apart."""
        return reads_attribute.get(kind_of(owner))(self, owner, name, node)

    def set_attribute(self, owner: Value, name: str, value: Value, node: ir.Expression) -> None:
        """``owner.name = value``."""
        self.observations.lifecycle.let_models_go((value,))
        if name == "__class__":
            # From here on it does what another class says.
            for called in sorted(CALLED_ATTRIBUTES):
                self.set_attribute(owner, called, self.unknown(Reason.CUSTOM, node, name), node)
        self._on_each(owner, lambda option: sets_attribute.get(kind_of(option))(self, option, name, value, node))

    def get_item(self, owner: Value, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
        """``owner[index]``, or a slice of it where ``bounds`` are given."""
        return self.each(owner, lambda option: reads_item.get(kind_of(option))(self, option, index, node, bounds))

    def set_item(self, owner: Value, index: Value, value: Value, node: ir.Expression) -> None:
        """``owner[index] = value``."""
        self.observations.lifecycle.let_models_go((value,))
        self._on_each(owner, lambda option: sets_item.get(kind_of(option))(self, option, index, value, node))

    # -- the call stack ------------------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The body being run."""
        return self.frames[-1]

    @property
    def bodies(self) -> list[ir.Node]:
        """The functions being run, the innermost last."""
        return [frame.body for frame in self.frames if frame.body is not None]

    @property
    def sites(self) -> list[ir.Expression]:
        """The calls that led here, the innermost last."""
        return [frame.site for frame in self.frames if frame.site is not None]

    @contextmanager
    def running(self, frame: Frame, state: State) -> Iterator[None]:
        """Within this, the frame is the innermost and what is done is done in ``state``; both end with it."""
        before, depth = self.state, len(self.frames)
        self.frames.append(frame)
        self.state = state
        try:
            yield
        finally:
            self.state = before
            del self.frames[depth:]

    @contextmanager
    def importing(self, scope: Scope) -> Iterator[Frame]:
        """Within this, a module is run: with a stack of its own, at the bottom of the state, as part of no branch."""
        state, frames = self.state, self.frames
        bottom = state.bottom
        ended, guards = bottom.ended, bottom.guards
        bottom.ended, bottom.guards = False, {}
        frame = Frame(scope, bottom)
        self.state, self.frames = bottom, [frame]
        try:
            yield frame
        finally:
            bottom.ended, bottom.guards = ended, guards
            self.state, self.frames = state, frames

    @contextmanager
    def at(self, frames: list[Frame]) -> Iterator[None]:
        """Within this, the call stack is one that was met before; the state stays what it is."""
        before, self.frames = self.frames, list(frames)
        try:
            yield
        finally:
            self.frames = before

    def runs_whole(self, node: ir.Node) -> bool:
        """Whether a node stands in a file of which everything is run, called or not: what is checked, or calls it."""
        return self.observations.here(node) or node.home.path in self.callers

    def spend(self) -> None:
        """Pay for one statement."""
        if self.budget.statement():
            self.budget.exhausted((frame.body, frame.began) for frame in self.frames if frame.body is not None)

    @property
    def out_of_budget(self) -> Reason:
        """Why nothing more is executed here, where nothing is."""
        return Reason.OTHER_FILES if self.budget.is_of_other_files else Reason.STATEMENTS

    @property
    def may_meet(self) -> bool:
        """Whether anything was met that an output or a loss may come from, or was seen to be one."""
        return self.decides or self.observations.are_any

    @property
    def may_meet_here(self) -> bool:
        """Whether that was so in the program itself."""
        return self.decides_here or self.observations.are_any

    # -- values and branches -------------------------------------------------------------------------------------

    def unknown(
        self,
        reason: Reason,
        node: ir.Node | None = None,
        detail: str = "",
        symbol: Symbol = None,
        library: str = "",
    ) -> Unknown:
        """An Unknown with its reason and place; ``library`` is the canonical name of what it comes from, if any."""
        lost = Lost(reason, node, detail or library, library=library)
        return Unknown(lost, fresh_symbol() if symbol is None else symbol)

    def partial(self, callee: Value, args: Arguments, node: ir.Expression) -> Value:
        """A callable with some arguments given; Unknown where too many stand one inside the other."""
        options = (option for value in (callee, *args.values()) for option, _ in options_of(value))
        depth = 1 + max((option.depth for option in options if isinstance(option, Partial)), default=0)
        return Partial(callee, args, depth) if depth <= DEEPEST_CALL else self.unknown(Reason.CALL_DEPTH, node)

    def library(self, name: str) -> Library:
        """What a library has under a canonical name."""
        if not self.decides_here and decides(name):
            self.decide()
        return Library(name)

    def decide(self) -> None:
        """Something is met, where the run is, that makes or reads logits or probabilities."""
        self.decides = True
        self.decides_here = self.decides_here or (bool(self.frames) and self.frame.scope.path == self.home)

    def each(self, value: Value, act: Callable[[Value], Value]) -> Value:
        """Do something with each option of a value, each in a branch of its own, and join what comes out."""
        narrowed = self.state.narrow(value)
        assert narrowed is not None
        if not isinstance(narrowed, Choice):
            return act(narrowed)
        return self.branches([(guards, _bind(act, option)) for option, guards in narrowed.options])

    def _on_each(self, value: Value, act: Callable[[Value], None]) -> None:
        def acted(option: Value) -> Value:
            act(option)
            return option

        self.each(value, acted)

    def branches(self, acts: Iterable[tuple[Guards, Callable[[], Value]]]) -> Value:
        """Run alternatives, each under its guards in a branch of its own; the join of their results."""
        base = self.state
        results: list[tuple[Value, Guards]] = []
        ends: list[Branch] = []
        allowed = [(guards, act) for guards, act in acts if base.allows(guards)]
        for guards, act in allowed:
            self.state = base.fork(guards)
            self.observations.ways += len(allowed) > 1
            results.append((act(), guards))
            self.observations.ways -= len(allowed) > 1
            ends.append((self.state.flatten(base), self.state.guards))
            self.state = base
        if not results:
            return self.unknown(Reason.EXPRESSION)
        if any(writes for writes, _ in ends):
            base.join(ends)
        return choice(results)


def _bind(act: Callable[[Value], Value], option: Value) -> Callable[[], Value]:
    return lambda: act(option)
