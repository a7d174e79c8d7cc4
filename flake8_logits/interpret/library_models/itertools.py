"""Functions of ``itertools``: runs laid one behind the other."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import ITERATOR, Arguments, Gap, Value
from flake8_logits.interpret.engine.containers import make_sequence, turns
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("itertools.chain")
def _chain(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """The items of each run in turn; of one that is not known, a stretch of unknown length."""
    items: list[Value | Gap] = []
    for run, _ in args.positional:
        known = turns(interp, run)
        items.extend([Gap(interp.unknown(Reason.LOOP, node).lost)] if known is None else known)
    if args.open is not None:
        items.append(Gap(args.open))
    return make_sequence(interp, node, ITERATOR, items)


@models_library("itertools.chain.from_iterable")
def _chain_from_iterable(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    runs = None if args.value(0) is None else turns(interp, args.positional[0][0])
    if runs is None or any(isinstance(run, Gap) for run in runs):
        return interp.unknown(Reason.LOOP, node)
    return _chain(interp, Arguments(tuple((run, None) for run in runs if not isinstance(run, Gap))), node)
