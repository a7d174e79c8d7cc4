"""What was observed: which outputs met which losses, gathered per site over every call, branch and turn of a loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import Value
from flake8_logits.source import syntax as ir

MOST_OBSERVATIONS = 64


@dataclass
class _Site:
    kind: SiteKind
    place: ir.Node
    head: str
    body: ir.Node | None
    met: ir.Node | None = None
    through: dict[str, None] = field(default_factory=dict)
    observations: dict[Observation, set[Ref | None]] = field(default_factory=dict)
    """Each with the models that were being compiled when it was met; None for one that was called."""


class Observations:
    """Gathers observations; one Pairing per site and head in the end.  ``path`` is the file that is checked.

    ``used`` are the models that were called, ``trained`` those that train or that code out of sight may train.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.revealed: list[tuple[ir.Node, Value]] = []
        self._compiling: Ref | None = None
        self._beside: Lost | None = None
        self.trained: set[Ref] = set()
        self.used: set[Ref] = set()
        self._sites: dict[tuple[ir.Node, str, SiteKind, ir.Node | None], _Site] = {}
        self._doubts: dict[ir.Node, Lost] = {}

    @contextmanager
    def compiling(self, model: Ref) -> Iterator[None]:
        """Within this, what is observed belongs to a loss that the model is compiled with."""
        before, self._compiling = self._compiling, model
        try:
            yield
        finally:
            self._compiling = before

    @contextmanager
    def beside(self, lost: Lost) -> Iterator[None]:
        """Within this, something that is not known may be called in the place of what is called."""
        before, self._beside = self._beside, lost
        try:
            yield
        finally:
            self._beside = before

    def here(self, node: ir.Node) -> bool:
        """Whether a node stands in the file that is checked; findings are placed nowhere else."""
        return node.home.path == self.path

    def record(
        self,
        kind: SiteKind,
        place: ir.Node,
        head: str,
        body: ir.Node | None,
        observations: list[Observation],
        met: ir.Node | None = None,
        through: Iterable[str] = (),
    ) -> None:
        """Write down what can meet at a place, which stands in the body of a function (None: in a module).

        ``met`` is where they meet if that is in another file, ``through`` are the files on the way there.
        """
        site = self._sites.setdefault((place, head, kind, met), _Site(kind, place, head, body, met))
        site.through.update(dict.fromkeys(through))
        if self._beside is not None and observations:
            observations = [*observations, Observation(observations[0].output, self._beside)]
        for observation in observations:
            if len(site.observations) < MOST_OBSERVATIONS:
                site.observations.setdefault(observation, set()).add(self._compiling)
            else:
                self._doubts.setdefault(place, Lost(Reason.CANDIDATES, place))

    def doubt(self, body: ir.Node, lost: Lost) -> None:
        """A function was not run for every one of its calls: more may arrive in it than was seen."""
        self._doubts.setdefault(body, lost)

    def pairings(self) -> list[Pairing]:
        """All pairings, in the order in which the program was run."""
        self._leave_out_the_idle()
        trained = self._trained()
        return [self._pairing(site, trained) for site in self._sites.values()]

    def _leave_out_the_idle(self) -> None:
        """Judge no loss that a model was given and never uses: it only predicts, or trains as a part of another."""
        idle = self.used - self.trained if self.trained else set()
        for site in self._sites.values():
            busy = {met: owners for met, owners in site.observations.items() if not owners <= idle}
            unused = [replace(met, output=Lost(Reason.UNUSED, site.place)) for met in site.observations]
            site.observations = busy or {key: set() for key in unused}

    def _trained(self) -> dict[Place, Family]:
        """Where logits come from that every loss reads as such, with the one family of these losses."""
        found: dict[Place, set[Family | None]] = {}
        for site in self._sites.values():
            for observation in site.observations if site.kind.is_loss else ():
                output, loss = observation.output, observation.loss
                if isinstance(output, Output) and output.scale is Scale.LOGITS and output.origin is not None:
                    right = isinstance(loss, Loss) and loss.contract.wants_logits(loss.told) is True
                    family = loss.contract.family if isinstance(loss, Loss) and right else None
                    found.setdefault(output.origin.place, set()).add(family)
        return {
            place: family for place, families in found.items() for family in families if family and len(families) == 1
        }

    def _pairing(self, site: _Site, trained: dict[Place, Family]) -> Pairing:
        observations = list(site.observations)
        if site.kind in (SiteKind.METRIC, SiteKind.CUT):
            observations = [_told(observation, trained) for observation in observations]
        # A model that is not known may have these heads as well.
        whole = self._sites.get((site.place, "", site.kind, site.met)) if site.head else None
        observations.extend(
            met for met in (whole.observations if whole is not None else ()) if isinstance(met.output, Lost)
        )
        doubt = self._doubts.get(site.place) or (self._doubts.get(site.body) if site.body is not None else None)
        if doubt is not None:
            observations.extend([Observation(doubt, observation.loss) for observation in observations[:1]])
        return Pairing(site.kind, site.place, tuple(observations), site.head, met=site.met, through=tuple(site.through))


def _told(observation: Observation, trained: dict[Place, Family]) -> Observation:
    output = observation.output
    if isinstance(output, Output) and output.origin is not None and output.origin.place in trained:
        return replace(observation, output=replace(output, trained_for=trained[output.origin.place]))
    return observation
