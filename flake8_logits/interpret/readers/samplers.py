"""Functions that draw from logits, or from probabilities."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import NONE, Arguments, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import applies_row, observes_row_beside
from flake8_logits.interpret.engine.observing import observe
from flake8_logits.interpret.tensors.arguments import as_tensor, given
from flake8_logits.knowledge.rows import Sampler
from flake8_logits.source import syntax as ir


@applies_row(Sampler)
def _sample(interp: Interpreter, row: Sampler, args: Arguments, node: ir.Expression) -> Value:
    """A draw: what is given as logits, or as probabilities, is written down."""
    for parameter, expects in ((row.tensor, Expects.LOGITS), (row.probabilities, Expects.PROBABILITIES)):
        found = given(args, parameter)
        if found is not None and found[0] != NONE:
            name = row.name.rpartition(".")[2]
            reader = Loss(name, Contract(expects), None, node, written_as=WrittenAs.SAMPLER, refuses=row.refuses)
            observations = [Observation(as_tensor(option, node).belief, reader) for option, _ in options_of(found[0])]
            observe(interp, SiteKind.SAMPLE, node, observations)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library=row.name)


@observes_row_beside(Sampler)
def _sample_beside(interp: Interpreter, other: Value, row: Sampler, args: Arguments, node: ir.Expression) -> None:
    """Something else may be called in the place of a draw: how it reads what it is given is not known."""
    lost = other.lost if isinstance(other, Unknown) else Lost(Reason.UNKNOWN_CALL, node)
    observe(interp, SiteKind.SAMPLE, node, [Observation(lost, lost)])
