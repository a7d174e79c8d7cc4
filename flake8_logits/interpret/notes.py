"""Puts meetings down at the place where a user would look for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Idiom, Meeting
from flake8_logits.domain.unknown import Lost
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def note(
    machine: Interpreter,
    idiom: Idiom,
    place: ir.Node,
    meetings: list[Meeting],
    head: str = "",
    anchor: ir.Node | None = None,
) -> None:
    """Write meetings down at their place in the file that is checked."""
    here = machine.recorder.here
    if not here(place):
        via = next((call for call in reversed(machine.calls) if here(call)), None)
        if via is None:
            return
        place = anchor = via
    anchored = [_anchored(machine, meeting, anchor or place) for meeting in meetings]
    stack = machine.budget.stack
    machine.recorder.record(idiom, place, head, stack[-1] if stack else None, anchored)


def _anchored(machine: Interpreter, meeting: Meeting, anchor: ir.Node) -> Meeting:
    loss = meeting.loss
    if isinstance(loss, Lost) or not isinstance(loss.anchor, ir.Node) or machine.recorder.here(loss.anchor):
        return meeting
    return replace(meeting, loss=replace(loss, place=anchor, switch_place=None, elsewhere=loss.anchor))
