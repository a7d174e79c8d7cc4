"""Functions that make numbers which no model gives: drawn ones, ones along a line, and those that are written down."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.symbols import made_symbol
from flake8_logits.interpret.abstract.values import Arguments, Const, Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.arguments import value_of
from flake8_logits.interpret.tensors.written_numbers import numbers_in
from flake8_logits.knowledge.numbers import DRAWN, ENDS, SPACED, VALUE, WRITTEN
from flake8_logits.source import syntax as ir


def _maker(name: str) -> LibraryFunction:
    """A function that makes numbers; where some of them are no probabilities, they are such as logits are."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        if any(isinstance(value, Tensor) for value in args.values()):
            return Tensor(interp.unknown(Reason.UNKNOWN_OPERATION, node, library=name).lost)
        made = interp.unknown(Reason.UNKNOWN_CALL, node, symbol=made_symbol(), library=name)
        scale = Scale.LOGITS if name in DRAWN else _scale(interp, name, args, node)
        if scale is None:
            return made
        short = name.rpartition(".")[2]
        return replace(made, numbers=Output(scale, (Step(node, short, by=short),), Rescue.NEVER))

    return run


def _scale(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Scale | None:
    """What the numbers can be that a function lays out or is given; None where that is not known."""
    given = [value_of(args, parameter, node) for parameter in (ENDS if name in SPACED else (VALUE,))]
    if any(_beyond(interp, value) for value in given):
        return Scale.LOGITS
    return Scale.UNIT_INTERVAL if all(numbers_in(interp, value) for value in given) else None


def _beyond(interp: Interpreter, value: Value) -> bool:
    """Whether there are numbers among these that are no probabilities."""
    content = content_of(interp, value)
    if isinstance(content, Sequence):
        return any(_beyond(interp, item) for item in content.items if not isinstance(item, Gap))
    return isinstance(value, Const) and isinstance(value.value, (int, float)) and not 0 <= value.value <= 1


for _name in (*DRAWN, *SPACED, *WRITTEN):
    models_library(_name)(_maker(_name))
