"""Conditions that ask about the numbers of a tensor: what stands under one may be meant for other numbers than these.

``if is_normalised(p): loss(p)``: where nobody knows the answer, it may be no for the very numbers that would clash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flake8_logits.domain.facts import Observation
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.values import Guards, Object, Tensor, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.mentions import DEFINITIONS, parts_of
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.knowledge.traits import ASK_FOR_FORM
from flake8_logits.source import syntax as ir

MOST_STEPS_BACK = 3
"""From a name to what it was made of, where that is not known: ``layer = p._keras_history[0]``."""
_ASKED = "asked"

_Subject = Place | Ref


def answers_to(interp: Interpreter, test: ir.Expression, scope: Scope) -> list[tuple[bool, Guards]]:
    """Every answer to a condition, with its guards; where it is open, they tell what it asks about."""
    found = truths(interp, interp.evaluate(test, scope))
    if len(found) < 2:
        return found
    asked = tuple(((_ASKED, subject), True) for subject in dict.fromkeys(_subjects(interp, test, scope)))
    return [(answer, (*guards, *asked)) for answer, guards in found] if asked else found


def is_asked(interp: Interpreter, subject: _Subject) -> bool:
    """Whether a condition that is open asks about something, and what is run now hangs on the answer."""
    return (_ASKED, subject) in interp.state.guards


def acquitted(interp: Interpreter, observation: Observation, place: Place) -> Observation:
    """The observation, with nothing known of an output where what is run now hangs on what its numbers are."""
    output = observation.output
    if not isinstance(output, Output) or output.origin is None or not is_asked(interp, output.origin.place):
        return observation
    return replace(observation, output=Lost(Reason.ASKED, place, was=output))


def _subjects(interp: Interpreter, test: ir.Expression, scope: Scope) -> Iterator[_Subject]:
    """Yield where the tensors get their numbers that a condition asks about, and the objects that it hands over."""
    todo: list[tuple[ir.Node, int]] = [(test, 0)]
    while todo:
        node, back = todo.pop()
        if isinstance(node, (ir.Name, ir.Attribute)):
            for option, _ in options_of(_known(interp, node, scope)):
                if isinstance(option, Tensor) and isinstance(option.belief, Output) and option.belief.origin:
                    yield option.belief.origin.place
                elif isinstance(option, Unknown) and option.lost.place is not node and back < MOST_STEPS_BACK:
                    # What it was taken from stands where sight of it was lost.
                    todo.extend((part, back + 1) for part in _lost_at(option.lost))
        if isinstance(node, ir.Call):
            values = (_known(interp, argument.value, scope) for argument in node.args)
            yield from (one.ref for value in values for one, _ in options_of(value) if isinstance(one, Object))
        todo.extend((part, back) for part in _asked_in(node))


def _lost_at(lost: Lost) -> list[ir.Node]:
    return [lost.place] if isinstance(lost.place, ir.Expression) else []


def _asked_in(node: ir.Node) -> list[ir.Node]:
    """The parts of a condition that it hangs on, but for those of which it only asks what form they have."""
    if isinstance(node, DEFINITIONS) or (isinstance(node, ir.Compare) and {"is", "is not"} & {*node.ops}):
        return []
    if isinstance(node, ir.Attribute) and node.attr in ASK_FOR_FORM:
        return []
    if isinstance(node, ir.Call) and node.func.text.rpartition(".")[2] in ASK_FOR_FORM:
        return []
    whole = isinstance(node, (ir.Boolean, ir.Unary))
    return [part for part in parts_of(node) if not (whole and isinstance(part, ir.Name))]


def _known(interp: Interpreter, node: ir.Node, scope: Scope) -> Value:
    """What a name or an attribute stands for, if that can be told without running anything."""
    found: Value | None = None
    if isinstance(node, ir.Name):
        held = (interp.state.get(place, node.id) for place in scope.visible())
        found = next((value for value in held if value is not None), None)
    elif isinstance(node, ir.Attribute) and node.attr not in ASK_FOR_FORM:
        owner = _known(interp, node.value, scope)
        found = interp.state.get(owner.ref, node.attr) if isinstance(owner, Object) else None
    return Unknown(Lost(Reason.EXPRESSION)) if found is None else found
