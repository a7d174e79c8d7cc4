"""Puts observations down at the place where a user would look for them."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.engine.asking import acquitted
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir


def observe(
    interp: Interpreter,
    kind: SiteKind,
    place: ir.Node,
    observations: list[Observation],
    head: str = "",
    anchor: ir.Node | None = None,
) -> None:
    """Write observations down at their place, or at the call in the file that is checked that leads to it.

    Where no call leads there, a loss is still what a model of another file was trained with.
    """
    here = interp.observations.here
    met: ir.Node | None = None
    through: list[str] = []
    if not here(place):
        met = place
        through = [place.home.path]
        for site in reversed(interp.sites):
            if here(site):
                place = anchor = site
                break
            through.append(site.home.path)
        else:
            if not kind.is_loss:
                return
            met, through = None, []
    seen = [acquitted(interp, observation, met or place) for observation in observations]
    anchored = [_anchored(interp, observation, anchor or place) for observation in seen]
    bodies = interp.bodies
    interp.observations.record(kind, place, head, bodies[-1] if bodies else None, anchored, met, through)


def _anchored(interp: Interpreter, observation: Observation, anchor: ir.Node) -> Observation:
    loss = observation.loss
    if isinstance(loss, Lost) or not isinstance(loss.anchor, ir.Node) or interp.observations.here(loss.anchor):
        return observation
    given = loss.switch_origin or loss.switch_place
    there = replace(loss, place=anchor, switch_place=None, switch_origin=given, elsewhere=loss.place)
    return replace(observation, loss=there)
