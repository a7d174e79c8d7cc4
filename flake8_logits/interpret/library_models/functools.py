"""Functions of ``functools``, and wrappers that give their first argument back."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Library, Value
from flake8_logits.interpret.engine.containers import all_of_few, turns
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("functools.partial")
def _partial(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    if not args.positional:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return interp.partial(args.positional[0][0], Arguments(args.positional[1:], args.keywords, args.open), node)


@models_library("functools.reduce")
def _reduce(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    function, known = args.value(0), all_of_few(turns(interp, args.value(1) or NONE))
    start = args.value(2)
    if function is None or known is None:
        hand_over(interp, args, node)
        return interp.unknown(Reason.LOOP, node)
    if start is None:
        if not known:
            return interp.unknown(Reason.EXPRESSION, node)
        start, known = known[0], known[1:]
    for item in known:
        start = interp.call(function, Arguments(((start, None), (item, None))), node)
    return start


@models_library("functools.wraps")
def _wraps(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``functools.wraps(f)``: a decorator that leaves what it decorates as it is."""
    return Library("functools.wraps()")


@models_library("functools.wraps()", "tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm")
def _first(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return args.value(0) or NONE
