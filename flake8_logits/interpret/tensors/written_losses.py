"""Losses that a program writes out: logarithms of what a model gives, and overlaps of that with labels."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Difference, Overlap, Tensor, Total, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observing import leave_open, observe
from flake8_logits.interpret.engine.operators import ARITHMETIC_OBSERVERS
from flake8_logits.interpret.tensors.normalising import is_small
from flake8_logits.source import syntax as ir

LOGARITHM = "a logarithm"
DISTANCE = "a distance from labels"
OVERLAP = "an overlap with labels"


def reads_in_logarithm(interp: Interpreter, belief: Output | Lost, node: ir.Node) -> None:
    """Write down of what a logarithm is taken."""
    _observe(interp, belief, LOGARITHM, node)


def reads_in_distance(interp: Interpreter, value: Value, node: ir.Node) -> None:
    """Write down of what a difference from labels is squared, or made positive: that may be any numbers."""
    if isinstance(value, Tensor) and isinstance(value.form, Difference):
        _observe(interp, value.form.of, DISTANCE, node, Expects.SCORES)


def _read_in_overlap(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> None:
    """Write down of what an overlap is, where one is divided by a sum; any other quotient may be one, too."""
    if op != "/":
        return
    over = left.form if isinstance(left, Tensor) else None
    under = right.form if isinstance(right, Tensor) else None
    if isinstance(over, Overlap) and isinstance(under, (Total, Overlap)):
        summed = under.of.belief if isinstance(under, Total) else under.of
        of = over.of if _origin(over.of) == _origin(summed) else Lost(Reason.EXPRESSION, node)
        _observe(interp, of, OVERLAP, node)
    else:
        leave_open(interp, SiteKind.WRITTEN, node, _unknown_of(left, right) or Lost(Reason.EXPRESSION, node))


def _unknown_of(*values: Value) -> Lost | None:
    """Why the first of some values is not known; None where all of them are."""
    beliefs = (value.belief for value in values if isinstance(value, Tensor))
    unknown = (value.lost for value in values if isinstance(value, Unknown))
    return next((end for end in (*unknown, *beliefs) if isinstance(end, Lost)), None)


ARITHMETIC_OBSERVERS.append(_read_in_overlap)


def _origin(belief: Output | Lost) -> object:
    """Where the numbers come from of which there is an overlap or a sum."""
    return belief.origin.place if isinstance(belief, Output) and belief.origin is not None else None


def _observe(
    interp: Interpreter, belief: Output | Lost, name: str, node: ir.Node, expects: Expects = Expects.PROBABILITIES
) -> None:
    reader = Loss(name, Contract(expects), None, node, written_as=WrittenAs.ARITHMETIC)
    observe(interp, SiteKind.WRITTEN, node, [Observation(belief, reader)])


def written_form(op: str, left: Value, right: Value) -> Overlap | Total | Difference | None:
    """What arithmetic makes, or leaves, of an overlap, a sum or a difference; None where it is none of these."""
    found = _overlapping(op, left, right)
    return Difference(_one_of(left, right)) if found is None and op == "-" else found


def _overlapping(op: str, left: Value, right: Value) -> Overlap | Total | None:
    forms = [value.form for value in (left, right) if isinstance(value, Tensor)]
    overlap = next((form for form in forms if isinstance(form, Overlap)), None)
    sums = [form for form in forms if isinstance(form, Total)]
    known = (form for form in sums if isinstance(form.of.belief, Output))
    summed = next(known, sums[0] if sums else None)
    if op in ("+", "-"):
        if overlap is not None:
            return overlap
        small = summed is not None and summed.kept and is_small(right)
        return summed if summed is None or small else Total(summed.of)
    if op != "*":
        return None
    if overlap is not None or summed is not None:
        # Scaled, if by no tensor.
        return (overlap or summed) if len(forms) == 1 else None
    return Overlap(_one_of(left, right))


def _one_of(left: Value, right: Value) -> Output | Lost:
    """The factor that a model gives; Lost where that is neither of them, or both."""
    beliefs = [value.belief for value in (left, right) if isinstance(value, Tensor)]
    known = [belief for belief in beliefs if isinstance(belief, Output)]
    if len(known) == 1:
        return known[0]
    return next((belief for belief in beliefs if isinstance(belief, Lost)), Lost(Reason.UNKNOWN_OPERATION))
