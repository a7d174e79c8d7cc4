"""Functions that cut a tensor into parts, one after the other along an axis."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.tensors.items import sliced
from flake8_logits.knowledge.parts import PARTS
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir

_ALONG_SAMPLES: Bounds = [None, None, None]


def _cuts(axis: Parameter) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        whole = args.value(0) or args.value(None, *_TENSORS)
        along = args.value(axis.index, axis.name) or Const(axis.default)
        bounds = _ALONG_SAMPLES if along == Const(0) and args.open is None else None
        if not isinstance(whole, Tensor):
            return interp.unknown(Reason.UNKNOWN_OPERATION, node)
        part = sliced(whole, None, bounds, node)
        return Sequence((Gap(Lost(Reason.EXPRESSION, node), part),), "tuple")

    return run


_TENSORS = ("input", "tensor", "ary")

for _name, _axis in PARTS.items():
    models_library.add(_name, _cuts(_axis))
