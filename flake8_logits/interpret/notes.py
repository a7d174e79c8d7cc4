"""Puts observations down at the place where a user would look for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def note(
    interp: Interpreter,
    kind: SiteKind,
    place: ir.Node,
    observations: list[Observation],
    head: str = "",
    anchor: ir.Node | None = None,
) -> None:
    """Write observations down at their place in the file that is checked."""
    here = interp.recorder.here
    if not here(place):
        via = next((call for call in reversed(interp.calls) if here(call)), None)
        if via is None:
            return
        place = anchor = via
    anchored = [_anchored(interp, observation, anchor or place) for observation in observations]
    stack = interp.budget.stack
    interp.recorder.record(kind, place, head, stack[-1] if stack else None, anchored)


def _anchored(interp: Interpreter, observation: Observation, anchor: ir.Node) -> Observation:
    loss = observation.loss
    if isinstance(loss, Lost) or not isinstance(loss.anchor, ir.Node) or interp.recorder.here(loss.anchor):
        return observation
    return replace(observation, loss=replace(loss, place=anchor, switch_place=None, elsewhere=loss.anchor))
