"""Functions and methods that pick one of the items of a list: which one, nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import Arguments, Const, Gap, Sequence, Unknown, Value
from flake8_logits.interpret.engine.calls import gives_of_unknown
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.picks import PICKING_METHODS, PICKS
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir


def _picked(interp: Interpreter, args: Arguments, parameter: Parameter, symbol: Hashable) -> Value | None:
    """One of the items, each under the condition that it was picked; None where they are not all known."""
    several = given(args, parameter)
    content = None if several is None else content_of(interp, several[0])
    if not isinstance(content, Sequence) or not content.items:
        return None
    picks = [
        (item, ((("equal", symbol), Const(at)),)) for at, item in enumerate(content.items) if not isinstance(item, Gap)
    ]
    return choice(picks) if len(picks) == len(content.items) else None


def _picker(parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        picked = _picked(interp, args, parameter, fresh_symbol())
        return interp.unknown(Reason.UNKNOWN_CALL, node) if picked is None else picked

    return run


def _picking_method(parameter: Parameter) -> Callable[[Interpreter, Unknown, Arguments, ir.Expression], Value | None]:
    def run(interp: Interpreter, owner: Unknown, args: Arguments, node: ir.Expression) -> Value | None:
        name = args.value(0, "name")
        symbol = ("picked", name.value) if isinstance(name, Const) else fresh_symbol()
        return _picked(interp, args, parameter, symbol)

    return run


for _name, _parameter in PICKS.items():
    models_library.add(_name, _picker(_parameter))
for _name, _parameter in PICKING_METHODS.items():
    gives_of_unknown.add(_name, _picking_method(_parameter))
