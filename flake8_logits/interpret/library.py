"""Calls of libraries' functions and classes: by their row, or by the function registered for their name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss as Reader
from flake8_logits.domain.facts import Observation
from flake8_logits.domain.facts import SiteKind as Reading
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret import (
    entries,
    idioms_arrays,
    idioms_builtins,
    idioms_keras,
    idioms_tensorflow,
    idioms_tuner,
)
from flake8_logits.interpret.activations import apply_row
from flake8_logits.interpret.arguments import as_tensor, axis_of, given, value_of
from flake8_logits.interpret.imports import import_by_name, import_top
from flake8_logits.interpret.losses import apply_function, make_loss
from flake8_logits.interpret.metrics import apply_metric, make_metric
from flake8_logits.interpret.models import application
from flake8_logits.interpret.notes import note
from flake8_logits.interpret.references import LayerRef
from flake8_logits.interpret.state import options_of
from flake8_logits.interpret.symbols import made_symbol
from flake8_logits.interpret.transfer import apply_operation
from flake8_logits.interpret.values import Arguments, Object, Tensor, Value
from flake8_logits.knowledge.applications import ANY
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Activation, Application, Form, Layer, Loss, Metric, Operation, Sampler
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

SiteKind = Callable[["Interpreter", Arguments, ir.Expression], Value]


_ON_TENSORS = ("tensorflow.", "numpy.", "keras.ops.", "keras.backend.")


def _reveal(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``reveal(x)``: what is known of x here is noted, so that the interpreter can be asked without any rule."""
    value = args.value(0) or interp.unknown(Reason.EXPRESSION, node)
    interp.recorder.revealed.append((node, value))
    return value


IDIOMS: dict[str, SiteKind] = {
    "flake8_logits.reveal": _reveal,
    "builtins.__import__": import_top,
    "importlib.import_module": import_by_name,
    **entries.IDIOMS,
    **idioms_arrays.IDIOMS,
    **idioms_builtins.IDIOMS,
    **idioms_keras.IDIOMS,
    **idioms_tensorflow.IDIOMS,
}


def call_library(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value:
    """What calling something of a library gives."""
    idiom = IDIOMS.get(name)
    if idiom is not None:
        return idiom(interp, args, node)
    row = lookup(name)
    if isinstance(row, Layer):
        return Object(LayerRef(node, row, args))
    if isinstance(row, Operation):
        return apply_operation(interp, row, args, node)
    if isinstance(row, Activation):
        found = value_of(args, row.tensor, node)
        return interp.each(
            found, lambda option: apply_row(interp, row, as_tensor(option, node), node, "", axis_of(args, row.axis))
        )
    if isinstance(row, Loss):
        if row.form is Form.CLASS:
            return make_loss(row, args, node)
        return apply_function(interp, row, args, node)
    if isinstance(row, Sampler):
        return _sample(interp, row, args, node)
    if isinstance(row, Application):
        return application(interp, row, args, node)
    if isinstance(row, Metric):
        metric = make_metric(row, args, node)
        return metric if row.prediction is None else apply_metric(interp, metric, args, node)
    if name == ANY.name and not args.positional:
        return application(interp, ANY, args, node)
    if idioms_tuner.is_tuner(name):
        return idioms_tuner.new_tuner(interp, args, node)
    if name.endswith((".from_pretrained", ".from_preset")):
        made = lookup(name.rpartition(".")[0])
        if isinstance(made, Application):
            return application(interp, made, Arguments((), args.keywords, args.open), node)
    from flake8_logits.interpret.calls import HARMLESS, hand_away

    if not name.startswith(HARMLESS):
        hand_away(interp, args, node, kept=name.rpartition(".")[2][:1].isupper())
    if name.startswith(_ON_TENSORS) and any(isinstance(value, Tensor) for value in args.values()):
        return Tensor(interp.unknown(Reason.UNKNOWN_OPERATION, node, name).lost)
    symbol = made_symbol() if name.rpartition(".")[2][:1].isupper() else None
    return interp.unknown(Reason.UNKNOWN_LAYER if ".layers." in name else Reason.UNKNOWN_CALL, node, name, symbol)


def _sample(interp: Interpreter, row: Sampler, args: Arguments, node: ir.Expression) -> Value:
    """A draw from logits: what is given as such is written down."""
    found = given(args, row.tensor)
    if found is not None:
        reader = Reader(row.name.rpartition(".")[2], Contract(Expects.LOGITS), None, node, spelt="sampler")
        observations = [Observation(as_tensor(option, node).belief, reader) for option, _ in options_of(found[0])]
        note(interp, Reading.SAMPLE, node, observations)
    return interp.unknown(Reason.UNKNOWN_CALL, node, row.name)
