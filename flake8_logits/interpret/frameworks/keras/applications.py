"""Finished classifiers of a library."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.objects import ModelKind, ModelRef
from flake8_logits.interpret.abstract.slots import OUTPUTS
from flake8_logits.interpret.abstract.values import Arguments, Object, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import UNLISTED, applies_row
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.interpret.frameworks.keras.models import made_object
from flake8_logits.interpret.tensors.activations import activate
from flake8_logits.interpret.tensors.arguments import value_of
from flake8_logits.knowledge.applications import ANY
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Application
from flake8_logits.knowledge.wrappers import PRESETS
from flake8_logits.source import syntax as ir


def application(interp: Interpreter, row: Application, args: Arguments, node: ir.Expression) -> Value:
    """A finished classifier of a library."""
    package, _, last = row.name.rpartition(".")
    short = f"model of {package}" if last == "*" else last
    lost = Lost(Reason.LOST_SCALE, node, f"{short} without its classifier")

    def head() -> Value:
        if row.scale is not None:
            return Tensor(Output(row.scale, (Step(node, short),), row.rescue))
        plain = Tensor(Output(Scale.LOGITS, (Step(node, f"{short} without an activation", by=short),)))
        return interp.each(activate(interp, value_of(args, row.activation, node), plain, node, short), _finished)

    outputs: Value
    if row.top is None:
        outputs = head()
    else:
        answers = truths(interp, value_of(args, row.top, node))
        outputs = choice([(head() if answer else Tensor(lost), guards) for answer, guards in answers])
    if row.attribute:
        outputs = made_object(interp, row, outputs, node)
    model = Object(ModelRef(node, ModelKind.APPLICATION, row))
    interp.state.set(model.ref, OUTPUTS, outputs)
    return model


def _finished(option: Value) -> Value:
    """What a finished network gives, which is more than a layer."""
    if not isinstance(option, Tensor) or not isinstance(option.belief, Output):
        return option
    trail = tuple(replace(link, kind=StepKind.NETWORK) for link in option.belief.trail)
    return replace(option, belief=replace(option.belief, trail=trail))


@applies_row(Application)
def _call(interp: Interpreter, row: Application, args: Arguments, node: ir.Expression) -> Value:
    return application(interp, row, args, node)


def _unlisted(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """One of the applications that is chosen by name at run time, or a classifier with trained weights."""
    if name == ANY.name and not args.positional:
        return application(interp, ANY, args, node)
    owner, _, function = name.rpartition(".")
    if function not in PRESETS:
        return None
    row = lookup(owner)
    if not isinstance(row, Application):
        return None
    return application(interp, row, Arguments((), args.keywords, args.open), node)


UNLISTED.append(_unlisted)
