"""The graph behind a functional model's output: what it gives now, though its layers were changed since it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.containers import content_of
from flake8_logits.interpret.naming import call_inner
from flake8_logits.interpret.references import LayerRef, ModelRef, Ref
from flake8_logits.interpret.values import Choice, Gap, Object, Sequence, Tensor, Unknown, Value
from flake8_logits.knowledge.rows import Weighted
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

ACTIVATION = "activation"
LONGEST_CHAIN = 64


class _AnyLayer(Ref):
    """All layers of functional models: holds what was set on one of them that cannot be told from the others."""

    __slots__ = ()


ANY_LAYER = _AnyLayer(None)


def up_to_date(interp: Interpreter, outputs: Value, node: ir.Expression) -> Value:
    """Outputs of a graph as its layers and inner models give them now: they may have been changed since."""
    if isinstance(outputs, Choice):
        return interp.each(outputs, lambda option: up_to_date(interp, option, node))
    content = content_of(interp, outputs)
    if isinstance(content, Sequence):
        outputs = content
        items = tuple(item if isinstance(item, Gap) else up_to_date(interp, item, node) for item in outputs.items)
        return Sequence(items, outputs.kind)
    if not isinstance(outputs, Tensor):
        return outputs
    anywhere = interp.state.get(ANY_LAYER, ACTIVATION)
    if isinstance(anywhere, Unknown):
        return Tensor(anywhere.lost)
    return _now(interp, outputs, node, 0)


def _now(interp: Interpreter, tensor: Tensor, node: ir.Expression, depth: int) -> Tensor:
    maker = tensor.made_by
    if not isinstance(tensor.fed, Tensor) or depth > LONGEST_CHAIN or not isinstance(tensor.belief, Output):
        fed = tensor.fed
    elif _decides(interp, maker):
        fed = tensor.fed
    else:
        fed = _now(interp, tensor.fed, node, depth + 1)
    changed = fed is not tensor.fed
    if isinstance(maker, Object) and isinstance(maker.ref, LayerRef):
        changed = changed or interp.state.get(maker.ref, ACTIVATION) is not None
    elif isinstance(maker, Object) and isinstance(maker.ref, ModelRef):
        changed = True
    elif changed:
        return Tensor(Lost(Reason.HANDED_AWAY, node))
    if not changed or maker is None or fed is None:
        return tensor
    result = call_inner(interp, maker, fed, node)
    if isinstance(result, Tensor):
        return result
    return Tensor(result.lost if isinstance(result, Unknown) else Lost(Reason.HANDED_AWAY, node))


def _decides(interp: Interpreter, maker: Value | None) -> bool:
    """Whether what comes out does not depend on the kind of numbers that go in."""
    return isinstance(maker, Object) and isinstance(maker.ref, LayerRef) and isinstance(maker.ref.row.effect, Weighted)
