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
from flake8_logits.interpret.engine.interpreter import Interpreter, Questions
from flake8_logits.interpret.engine.mentions import DEFINITIONS, parts_of
from flake8_logits.interpret.engine.special_methods import ask
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.knowledge.special_methods import TESTED
from flake8_logits.knowledge.traits import ASK_FOR_FORM
from flake8_logits.source import syntax as ir

MOST_STEPS_BACK = 3
"""From a name to what it was made of, where that is not known: ``layer = p._keras_history[0]``."""
MOST_ASKED = 50
"""Expressions that are looked through for one condition."""
_ASKED = "asked"
_LOGICAL = (ir.Boolean, ir.Unary)

_Subject = Place | Ref


def answers_to(interp: Interpreter, test: ir.Expression, scope: Scope) -> list[tuple[bool, Guards]]:
    """Every answer to a condition, with its guards; where it is open, they tell what it asks about."""
    value = interp.evaluate(test, scope)
    ask(interp, value, TESTED, test)
    found = truths(interp, value)
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
    todo: list[tuple[ir.Expression, int]] = [(test, 0)]
    for _ in range(MOST_ASKED):
        if not todo:
            break
        asking, back = todo.pop()
        named, handed = _asked_in(interp, asking)
        for node, for_numbers in named:
            for option, _ in options_of(_known(interp, node, scope)):
                if isinstance(option, Unknown):
                    # What it was taken from stands where sight of it was lost.
                    place = option.lost.place
                    if isinstance(place, ir.Expression) and place is not node and back < MOST_STEPS_BACK:
                        todo.append((place, back + 1))
                elif for_numbers and (place := _origin(option)) is not None:
                    yield place
        values = (_known(interp, node, scope) for node in handed)
        yield from (one.ref for value in values for one, _ in options_of(value) if isinstance(one, Object))


def _origin(value: Value) -> Place | None:
    """Where a tensor gets its numbers."""
    belief = value.belief if isinstance(value, Tensor) else None
    return belief.origin.place if isinstance(belief, Output) and belief.origin is not None else None


def _asked_in(interp: Interpreter, asking: ir.Expression) -> Questions:
    """What a condition asks about, but for what it only asks for its form."""
    found = interp.questions.get(asking)
    if found is None:
        named: list[tuple[ir.Expression, bool]] = []
        handed: list[ir.Expression] = []
        todo: list[tuple[ir.Node, bool]] = [(asking, False)]
        while todo:
            node, for_numbers = todo.pop()
            if isinstance(node, (ir.Name, ir.Attribute)):
                named.append((node, for_numbers))
            elif isinstance(node, ir.Call):
                handed += [one.value for one in node.args if isinstance(one.value, (ir.Name, ir.Attribute))]
            # A name by itself is asked whether there is anything.
            todo += [(part, not isinstance(node, _LOGICAL)) for part in _parts(node)]
        found = interp.questions[asking] = named, handed
    return found


def _parts(node: ir.Node) -> list[ir.Node]:
    if isinstance(node, DEFINITIONS) or (isinstance(node, ir.Compare) and {"is", "is not"} & {*node.ops}):
        return []
    if isinstance(node, ir.Attribute):
        return [] if node.attr in ASK_FOR_FORM else [node.value]
    if isinstance(node, ir.Call) and _name(node.func) in ASK_FOR_FORM:
        return []
    return parts_of(node)


def _name(function: ir.Expression) -> str:
    if isinstance(function, ir.Attribute):
        return function.attr
    return function.id if isinstance(function, ir.Name) else ""


def _known(interp: Interpreter, node: ir.Node, scope: Scope) -> Value:
    """What a name or an attribute stands for, if that can be told without running anything."""
    found: Value | None = None
    if isinstance(node, ir.Name):
        for place in scope.visible() if node.id in interp.state.spelled else ():
            found = interp.state.get(place, node.id)
            if found is not None:
                break
    elif isinstance(node, ir.Attribute) and node.attr not in ASK_FOR_FORM:
        owner = _known(interp, node.value, scope)
        found = interp.state.get(owner.ref, node.attr) if isinstance(owner, Object) else None
    return Unknown(Lost(Reason.EXPRESSION)) if found is None else found
