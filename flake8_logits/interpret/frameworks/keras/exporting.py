"""Models that are handed to those who ask them for answers: by a method, or by a function of a library."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import NONE, Arguments, Object, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import WRITES
from flake8_logits.interpret.engine.observing import observe
from flake8_logits.interpret.frameworks.keras.models import is_model, outputs_of
from flake8_logits.interpret.frameworks.naming import dotted, known_as, named
from flake8_logits.interpret.tensors.arguments import as_tensor, given
from flake8_logits.knowledge.exporters import BY_NAME
from flake8_logits.source import syntax as ir


def export(interp: Interpreter, model: Value, name: str, by: str, node: ir.Expression) -> None:
    """Write down what a model gives to those who get it; ``name`` is how the program calls it."""
    reader = Loss(by, Contract(Expects.PROBABILITIES), None, node, written_as=WrittenAs.OTHER)

    def one(option: Value) -> Value:
        if isinstance(option, Object) and is_model(interp, option):
            outputs = named(outputs_of(interp, option, node, training=False), known_as(name, option))
            if content_of(interp, outputs) is None:
                found = [Observation(as_tensor(output, node).belief, reader) for output, _ in options_of(outputs)]
                observe(interp, SiteKind.EXPORT, node, found)
        return NONE

    interp.each(model, one)


def _export_by_function(interp: Interpreter, name: str, args: Arguments, result: Value, node: ir.Expression) -> Value:
    row = BY_NAME.get(name)
    found = given(args, row.model) if row is not None else None
    if found is not None:
        value, argument = found
        written = argument.value if isinstance(argument, ir.Argument) else argument
        known = dotted(written) if isinstance(written, ir.Expression) else ""
        export(interp, value, known, name.rpartition(".")[2], node)
    return result


WRITES.append(_export_by_function)
