"""``transform``: a function that makes its own weights becomes ``init`` and ``apply``, which is handed them."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Const,
    Library,
    Object,
    Partial,
    Sequence,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.frameworks.naming import named, receiver
from flake8_logits.knowledge.jax_transforms import APPLY, PURE, WITHOUT_RANDOM_KEY
from flake8_logits.source import syntax as ir

_APPLIES = "haiku.transform().apply"
"""What ``apply`` is a part of: given the function, how many arguments are not for it, and whether there is a state."""


def _transforms(skipped: int, stateful: bool) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        function = args.value(0, "f")
        if function is None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        keyless = args.value(None, "apply_rng") == Const(False)
        return _pair(interp, function, skipped - keyless, stateful, node)

    return run


def _pair(interp: Interpreter, function: Value, skipped: int, stateful: bool, node: ir.Expression) -> Value:
    given = ((function, None), (Const(skipped), None), (Const(stateful), None))
    apply = interp.partial(Library(_APPLIES), Arguments(given), node)
    init = interp.unknown(Reason.UNKNOWN_CALL, node)
    pair = Object(ListRef(node))
    interp.state.set(pair.ref, ITEMS, Sequence((init, apply), "list"))
    interp.state.set(pair.ref, "init", init)
    interp.state.set(pair.ref, APPLY, apply)
    return pair


@models_library(_APPLIES)
def _apply(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    (function, _), (skipped, _), (stateful, _), *given = args.positional
    assert isinstance(skipped, Const) and isinstance(skipped.value, int)
    # The weights, the state and the random key have names, too.
    by_name = sum(args.keyword(name) is not None for name in _FIRST)
    keywords = tuple(item for item in args.keywords if item[0] not in _FIRST)
    inner = Arguments(tuple(given[max(skipped.value - by_name, 0) :]), keywords, args.open)
    result = named(interp.call(function, inner, node), receiver(node))
    if stateful == Const(True):
        return Sequence((result, interp.unknown(Reason.UNKNOWN_CALL, node)))
    return result


_FIRST = ("params", "state", "rng")


@models_library(WITHOUT_RANDOM_KEY)
def _without_key(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    pair = args.value(0, "f")
    apply = interp.state.get(pair.ref, APPLY) if isinstance(pair, Object) else None
    if not isinstance(apply, Partial):
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    (function, _), (skipped, _), (stateful, _) = apply.args.positional
    assert isinstance(skipped, Const) and isinstance(skipped.value, int)
    return _pair(interp, function, skipped.value - 1, stateful == Const(True), node)


for _name, (_skipped, _stateful) in PURE.items():
    models_library.add(_name, _transforms(_skipped, _stateful))
