"""Training: the losses that models were compiled with meet what the models give by then.

What ``compile`` is given waits in the state, under the model, until the model trains; see ``engine.lifecycle``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import CompilationRef, InstanceRef, ModelRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import COMPILATION, FOUND_IN
from flake8_logits.interpret.abstract.values import NONE, Choice, Gap, Guards, Object, Sequence, Tensor, Unknown, Value
from flake8_logits.interpret.engine.escape import trainings
from flake8_logits.interpret.engine.interpreter import AT_THE_END, Interpreter
from flake8_logits.interpret.engine.lifecycle import Moment, models_in
from flake8_logits.interpret.frameworks.keras.models import outputs_of
from flake8_logits.interpret.frameworks.naming import known_as, named, receiver
from flake8_logits.source import syntax as ir

Judge = Callable[[Interpreter, Value], None]

_SPENT = (Reason.CALL_COUNT, Reason.CALL_DEPTH, Reason.RECURSION, Reason.STATEMENTS, Reason.OTHER_FILES)


class Compilation(CompilationRef):
    """One ``compile``: what it was given, where and under which conditions it was run."""

    __slots__ = ("compiled", "frames", "guards", "judge", "runs")

    def __init__(self, interp: Interpreter, model: Object, node: ir.Expression, judge: Judge, runs: bool) -> None:
        """``judge`` writes down what the losses and metrics meet in the outputs it is given.

        ``runs`` is whether it runs code of the program, which may find more changed than those outputs.
        """
        super().__init__(node, model.ref, certain=interp.observations.are_certain)
        self.compiled = model
        self.judge = judge
        self.runs = runs
        self.frames = [frame.outline() for frame in interp.frames]
        self.guards: Guards = tuple(interp.state.guards.items())

    def outputs_now(self, interp: Interpreter) -> Value:
        """What the model gives in the present state when it trains."""
        assert isinstance(self.node, ir.Expression)
        return named(outputs_of(interp, self.compiled, self.node), known_as(receiver(self.node), self.compiled))


def begin(interp: Interpreter, compilation: Compilation, replaced: Iterable[CompilationRef]) -> None:
    """A model was compiled: its losses wait for it to train, in the place of those that are ``replaced``."""
    interp.observations.lifecycle.replaced.update(dict.fromkeys(replaced, compilation))
    interp.state.set(compilation.model, COMPILATION, Object(compilation))
    interp.observations.lifecycle.waiting.append(compilation)
    _look(interp, compilation, compilation.outputs_now(interp), Moment.COMPILED)


def replace_pending(interp: Interpreter, model: Object) -> list[CompilationRef]:
    """A model is compiled anew: what waited for it to train, and is no longer used."""
    pending: list[CompilationRef] = []
    for compilation, _ in _waiting(interp, model):
        interp.observations.lifecycle.replaced[compilation] = None
        pending.append(compilation)
    if interp.state.get(model.ref, COMPILATION) is not None:
        interp.state.set(model.ref, COMPILATION, NONE)
    return pending


def train(interp: Interpreter, model: Object) -> None:
    """A model trains or is evaluated: what waited for it meets what it gives now."""
    _meet(interp, model, Moment.TRAINED)
    if interp.state.get(model.ref, COMPILATION) is not None:
        interp.state.set(model.ref, COMPILATION, NONE)


@trainings(ModelRef, InstanceRef)
def _may_train(interp: Interpreter, model: Object, node: ir.Node) -> None:
    _meet(interp, model, Moment.ESCAPED)


def judge_waiting(interp: Interpreter) -> None:
    """The interpretation ends: what still waits for a model that trains nowhere in sight meets what the model gives."""
    writes = interp.state.bottom.writes.items()
    held = models_in(value for (_, name), value in writes if value is not None and name is not FOUND_IN)
    with interp.budget.share(len(interp.observations.lifecycle.waiting)):
        _judge_each(interp, held)


def _judge_each(interp: Interpreter, held: set[Ref]) -> None:
    lifecycle = interp.observations.lifecycle
    for compilation in [one for one in lifecycle.waiting if not lifecycle.trains_in_sight(one)]:
        if interp.budget.spent:
            break
        assert isinstance(compilation, Compilation)
        for waiting, guards in _waiting(interp, compilation.compiled):
            if waiting is compilation:
                _meet_one(interp, compilation, guards, Moment.ENDED)
                if _is_dropped(interp, compilation, held):
                    lifecycle.dropped.add(compilation)


AT_THE_END.append(judge_waiting)


def _is_dropped(interp: Interpreter, compilation: Compilation, held: set[Ref]) -> bool:
    """Whether all that is done with a model was seen: nothing holds it any longer, nothing out of sight came by it."""
    observations = interp.observations
    bodies = [frame.body for frame in compilation.frames if frame.body is not None]
    if not bodies or any(map(observations.doubted, bodies)):
        return False
    return compilation.model not in held and compilation.model not in observations.lifecycle.let_go


def _waiting(interp: Interpreter, model: Object) -> list[tuple[Compilation, Guards]]:
    """The compilations that may wait for a model to train, each under its guards."""
    pending = interp.state.get(model.ref, COMPILATION)
    return [
        (option.ref, guards)
        for option, guards in (options_of(pending) if pending is not None else ())
        if isinstance(option, Object) and isinstance(option.ref, Compilation) and interp.state.allows(guards)
    ]


def _meet(interp: Interpreter, model: Object, moment: Moment) -> None:
    for compilation, guards in _waiting(interp, model):
        _meet_one(interp, compilation, guards, moment)


def _meet_one(interp: Interpreter, compilation: Compilation, guards: Guards, moment: Moment) -> None:
    """In the present state, but under the conditions and on the call stack under which the model was compiled."""
    lifecycle = interp.observations.lifecycle

    def act() -> Value:
        outputs = compilation.outputs_now(interp)
        before, looked = lifecycle.given.get(compilation, (NONE, Moment.COMPILED))
        if _is_out_of_sight(outputs) or (not compilation.runs and _is_same(before, outputs)):
            lifecycle.meet(compilation, moment, looked)
        else:
            _look(interp, compilation, outputs, moment)
            lifecycle.meet(compilation, moment, moment)
        return NONE

    with interp.at(compilation.frames):
        interp.branches([((*compilation.guards, *guards), act)])


def _look(interp: Interpreter, compilation: Compilation, outputs: Value, moment: Moment) -> None:
    """Write down what the losses of a compilation meet now."""
    interp.observations.lifecycle.given[compilation] = (outputs, moment)
    with interp.observations.compiling(compilation, moment):
        compilation.judge(interp, outputs)


def _is_out_of_sight(outputs: Value) -> bool:
    """Whether nothing is known but that the budget is spent, or that code out of sight may have changed the model."""
    losts = [_lost(option) for option, _ in options_of(outputs)]
    return any(lost is not None and lost.reason in _SPENT for lost in losts) or all(
        lost is not None and lost.reason is Reason.ESCAPED for lost in losts
    )


def _lost(value: Value) -> Lost | None:
    if isinstance(value, Unknown):
        return value.lost
    return value.belief if isinstance(value, Tensor) and isinstance(value.belief, Lost) else None


def _is_same(old: Value | Gap, new: Value | Gap) -> bool:
    """Whether two values are the same, down to why they are believed."""
    if old is new:
        return True
    if isinstance(old, Choice) and isinstance(new, Choice):
        return len(old.options) == len(new.options) and all(
            _is_same(one, other) and guards == others
            for (one, guards), (other, others) in zip(old.options, new.options, strict=True)
        )
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        return len(old.items) == len(new.items) and all(map(_is_same, old.items, new.items))
    if isinstance(old, Tensor) and isinstance(new, Tensor) and isinstance(old.belief, Output):
        return old == new and isinstance(new.belief, Output) and old.belief.trail == new.belief.trail
    return old == new
