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
    seen_from = _seen_from(interp, kind, place)
    if seen_from is None:
        return
    shown, met, through = seen_from
    anchor = anchor or shown if met is None else shown
    seen = [acquitted(interp, observation, met or shown) for observation in observations]
    anchored = [_anchored(interp, observation, anchor) for observation in seen]
    bodies = interp.bodies
    interp.observations.record(kind, shown, head, bodies[-1] if bodies else None, anchored, met, through)


def leave_open(interp: Interpreter, kind: SiteKind, place: ir.Node, lost: Lost) -> None:
    """Something may be read at this place that is not known: what else is read there is not all of it.

    Where nothing else is, nothing is written down.
    """
    seen_from = _seen_from(interp, kind, place)
    if seen_from is not None:
        shown, met, _ = seen_from
        interp.observations.leave_open((shown, "", kind, met), lost)


def _seen_from(interp: Interpreter, kind: SiteKind, place: ir.Node) -> tuple[ir.Node, ir.Node | None, list[str]] | None:
    """Where something that happens at a place is shown; None where that is nowhere.

    With that, where it happens if that is in another file, and the files on the way there.
    """
    here = interp.observations.here
    if here(place):
        return place, None, []
    through = [place.home.path]
    for site in reversed(interp.sites):
        if here(site):
            return site, place, through
        through.append(site.home.path)
    return (place, None, []) if kind.is_loss else None


def _anchored(interp: Interpreter, observation: Observation, anchor: ir.Node) -> Observation:
    loss = observation.loss
    if isinstance(loss, Lost) or not isinstance(loss.anchor, ir.Node) or interp.observations.here(loss.anchor):
        return observation
    given = loss.switch_origin or loss.switch_place
    there = replace(loss, place=anchor, switch_place=None, switch_origin=given, elsewhere=loss.place)
    return replace(observation, loss=there)
