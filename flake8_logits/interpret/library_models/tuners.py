"""Tuners of keras-tuner: models that come out of a function of the program."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import BUILDER
from flake8_logits.interpret.abstract.values import NONE, Arguments, Function, Gap, Method, Object, Partial, Value
from flake8_logits.interpret.engine.attributes import attribute_of_object
from flake8_logits.interpret.engine.containers import make_sequence
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method, reads_attribute
from flake8_logits.interpret.engine.library_functions import UNLISTED
from flake8_logits.knowledge.wrappers import is_tuner
from flake8_logits.source import syntax as ir


class TunerRef(Ref):
    """A keras-tuner tuner; content: what builds its models, under BUILDER."""

    __slots__ = ()


def new_tuner(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A tuner for the models that its first argument builds."""
    tuner = Object(TunerRef(node))
    interp.state.set(tuner.ref, BUILDER, args.value(0, "hypermodel") or NONE)
    return tuner


@calls_method(TunerRef)
def _call_method(interp: Interpreter, tuner: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """A method of a tuner: those that give models give what its builder builds."""
    name = method.name
    if name == "get_best_models":
        model = build(interp, tuner, node)
        return make_sequence(interp, node, "list", [model, Gap(interp.unknown(Reason.EXPRESSION, node).lost, model)])
    if name == "build":
        return build(interp, tuner, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name)


def build(interp: Interpreter, tuner: Object, node: ir.Expression) -> Value:
    """A model as the tuner's builder makes it, for hyperparameters that are not known."""
    builder = interp.state.get(tuner.ref, BUILDER) or NONE
    hyperparameters = Arguments(((interp.unknown(Reason.PARAMETER, node, "hp"), None),))
    if isinstance(builder, (Function, Partial)):
        return interp.call(builder, hyperparameters, node)
    if isinstance(builder, Object) and isinstance(builder.ref, InstanceRef):
        return interp.call(interp.get_attribute(builder, "build", node), hyperparameters, node)
    return interp.unknown(Reason.LOADED, node)


@reads_attribute(TunerRef)
def _attribute(interp: Interpreter, owner: Object, name: str, node: ir.Expression) -> Value:
    return owner if name == "hypermodel" else attribute_of_object(interp, owner, name, node)


def _unlisted(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    return new_tuner(interp, args, node) if is_tuner(name) else None


UNLISTED.append(_unlisted)
