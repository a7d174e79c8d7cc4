"""What was observed: which outputs met which losses, gathered per site over every call, branch and turn of a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flake8_logits.domain.contracts import Family, Verdict
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import CompilationRef
from flake8_logits.interpret.abstract.values import Value
from flake8_logits.interpret.engine.lifecycle import Lifecycle, Moment
from flake8_logits.source import syntax as ir

MOST_OBSERVATIONS = 64
MOST_OCCASIONS = 64


Telling = Callable[..., None]
"""Is told of a method, and of what it was given."""

_Key = tuple[ir.Node, str, SiteKind, ir.Node | None]
"""Place, head and kind of a site, and where outputs meet the reader if that is in another file."""


@dataclass
class _Site:
    kind: SiteKind
    place: ir.Node
    head: str
    body: ir.Node | None
    met: ir.Node | None = None
    through: dict[str, None] = field(default_factory=dict)
    observations: dict[tuple[Observation, Moment | None], dict[CompilationRef | None, None]] = field(
        default_factory=dict
    )
    """Each with the compilations it belongs to; None for one that was called."""
    occasions: dict[tuple[Observation, ...], None] = field(default_factory=dict)
    """What met in calls that are certain."""

    @property
    def key(self) -> _Key:
        return self.place, self.head, self.kind, self.met


class Observations:
    """Gathers observations; one Pairing per site and head in the end.  ``path`` is the file that is checked.

    ``lifecycle`` is what became of the models that were compiled.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.revealed: list[tuple[ir.Node, Value]] = []
        self._compiling: tuple[CompilationRef, Moment] | None = None
        self._beside: Lost | None = None
        self.ways = 0
        """In how many places what is running is one of several ways to go on, of which one is taken."""
        self._over = False
        """Whether all that the program itself calls was run."""
        self.lifecycle = Lifecycle()
        self._sites: dict[_Key, _Site] = {}
        self._by_place: dict[tuple[ir.Node, SiteKind, ir.Node | None], dict[_Key, None]] = {}
        """The heads of each place that have been met."""
        self._bodies: set[ir.Node] = set()
        """The functions in which anything was observed."""
        self._doubts: dict[ir.Node, Lost] = {}
        self._settled: dict[ir.Node, Lost] = {}
        """Doubts about functions that were run by themselves, whatever their arguments are."""
        self._open: dict[_Key, Lost] = {}
        """Places at which more may be read than was seen."""
        self._left_out: Pairing | None = None
        self.takes_options = False
        """Whether the program reads options from its command line."""
        self.called: frozenset[Place] = frozenset()
        """Where something was observed before what nobody calls was run."""
        self.made = 0
        """How often a loss was seen to read something."""
        self.tell: Telling | None = None
        """Is told of all that is written down."""

    @property
    def are_certain(self) -> bool:
        """Whether what is running is run, whichever way the program goes."""
        return not self.ways and not self._over

    @property
    def is_beside_something(self) -> bool:
        """Whether what is observed now belongs to a compilation, or something else may be called in its place."""
        return self._compiling is not None or self._beside is not None

    @contextmanager
    def compiling(self, compilation: CompilationRef, moment: Moment) -> Iterator[None]:
        """Within this, what is observed belongs to a loss that a model was compiled with."""
        before, self._compiling = self._compiling, (compilation, moment)
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

    @property
    def are_any(self) -> bool:
        """Whether anything was observed that can be shown, known or not."""
        return bool(self.revealed) or any(self.here(site.place) for site in self._sites.values())

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
        if self._beside is not None and observations:
            observations = [*observations, Observation(observations[0].output, self._beside)]
        self.write_down((place, head, kind, met), body, observations, tuple(through), self._compiling, self.are_certain)

    def write_down(
        self,
        key: _Key,
        body: ir.Node | None,
        observations: list[Observation],
        through: tuple[str, ...],
        compiling: tuple[CompilationRef, Moment] | None,
        certain: bool,
    ) -> None:
        """Write down what was observed; ``compiling`` is what it belongs to, and when the model was looked at.

        ``certain`` is set where one of the observations was made, whichever way the program goes.
        """
        if self.tell is not None:
            self.tell("write_down", key, body, observations, through, compiling, certain)
        place, head, kind, met = key
        site = self._sites.setdefault(key, _Site(kind, place, head, body, met))
        self._by_place.setdefault((place, kind, met), {})[key] = None
        site.through.update(dict.fromkeys(through))
        if body is not None:
            self._bodies.add(body)
        read = kind is SiteKind.WRITTEN and any(
            isinstance(one.output, Output) or one.output.was is not None for one in observations
        )
        self.made += read or (kind.is_loss and bool(observations))
        if certain and compiling is None and kind.is_loss and len(site.occasions) < MOST_OCCASIONS:
            site.occasions[tuple(observations)] = None
        compilation, moment = compiling or (None, None)
        there = sum(known is moment for _, known in site.observations)
        for observation in observations:
            seen = (observation, moment)
            if seen in site.observations or there < MOST_OBSERVATIONS:
                there += seen not in site.observations
                site.observations.setdefault(seen, {})[compilation] = None
            else:
                self._doubts.setdefault(place, Lost(Reason.CANDIDATES, place))

    def reveal(self, node: ir.Node, value: Value) -> None:
        """Somebody asks what stands here."""
        if self.tell is not None:
            self.tell("reveal", node, value)
        self.revealed.append((node, value))

    def take_options(self) -> None:
        """The program reads options from its command line."""
        if self.tell is not None:
            self.tell("take_options")
        self.takes_options = True

    def end_of_calls(self) -> None:
        """All that the program itself calls was run."""
        self.called = frozenset(site.place for site in self._sites.values())
        self._over = True

    def doubt(self, body: ir.Node, lost: Lost) -> None:
        """A function was not run for every one of its calls: more may arrive in it than was seen."""
        if self.tell is not None:
            self.tell("doubt", body, lost)
        self._doubts.setdefault(body, lost)

    def doubted(self, body: ir.Node) -> bool:
        """Whether a function was not run for every one of its calls, or not to its end."""
        return body in self._doubts

    def leave_out(self, call: ir.Node, lost: Lost) -> None:
        """A call was not followed into another file: whether a loss is met there is not known; the first is told."""
        if self.tell is not None:
            self.tell("leave_out", call, lost)
        self._left_out = self._left_out or Pairing(SiteKind.CALL, call, (Observation(lost, lost),))

    def leave_open(self, key: tuple[ir.Node, str, SiteKind, ir.Node | None], lost: Lost) -> None:
        """More may be read at a place than is written down."""
        if self.tell is not None:
            self.tell("leave_open", key, lost)
        self._open.setdefault(key, lost)

    def taken_doubt(self, body: ir.Node) -> Lost | None:
        """The doubt about a function in which a loss was met, taken back until it is settled; None if there is none."""
        return self._doubts.pop(body, None) if body in self._bodies else None

    def settle(self, body: ir.Node, doubt: Lost) -> None:
        """A function was run by itself: it is doubted no longer, unless that was not to its end, or not known."""
        known = self._doubts if body in self._doubts else self._settled
        known[body] = doubt

    def pairings(self) -> list[Pairing]:
        """All pairings, in the order in which the program was run."""
        self.lifecycle.clashing = self._clashing()
        met = {key: self._met(site) for key, site in self._sites.items()}
        trained = self._trained(met)
        here = {key: site for key, site in self._sites.items() if self.here(site.place)}
        found = [self._pairing(site, met, trained) for key, site in here.items() if met[key]]
        return found if self._left_out is None else [*found, self._left_out]

    def _clashing(self) -> set[CompilationRef]:
        """The compilations whose loss does not agree with something that it meets."""
        found: set[CompilationRef] = set()
        for site in self._sites.values():
            for (met, _), owners in site.observations.items() if site.kind.is_loss else ():
                if _clashes(met):
                    found.update(owner for owner in owners if owner is not None)
        return found

    def _met(self, site: _Site) -> list[Observation]:
        """What meets at a site; where that is nothing but losses that models never use, so much of it."""
        rows = site.observations.items()
        found = [
            met
            for (met, moment), owners in rows
            if any(self.lifecycle.counts(compilation, moment) for compilation in owners)
        ]
        if found:
            return list(dict.fromkeys(found))
        idle = [
            replace(met, output=Lost(reason, site.place, was=met.output if isinstance(met.output, Output) else None))
            for (met, _), owners in rows
            for reason in map(self.lifecycle.idle, owners)
            if reason is not None
        ]
        return list(dict.fromkeys(idle))

    def _trained(self, met: dict[_Key, list[Observation]]) -> dict[Place, Family]:
        """Where logits come from that every loss reads as such, with the one family of these losses."""
        found: dict[Place, set[Family | None]] = {}
        for key, site in self._sites.items():
            for observation in met[key] if site.kind.is_loss else ():
                output, loss = observation.output, observation.loss
                if isinstance(output, Output) and output.scale is Scale.LOGITS and output.origin is not None:
                    right = isinstance(loss, Loss) and loss.contract.wants_logits(loss.told) is True
                    family = loss.contract.family if isinstance(loss, Loss) and right else None
                    found.setdefault(output.origin.place, set()).add(family)
        return {
            place: family for place, families in found.items() for family in families if family and len(families) == 1
        }

    def _pairing(self, site: _Site, met: dict[_Key, list[Observation]], trained: dict[Place, Family]) -> Pairing:
        observations = list(met[site.key])
        if site.kind in (SiteKind.METRIC, SiteKind.CUT, SiteKind.EXPORT):
            observations = [_told(observation, trained) for observation in observations]
        # A model that is not known may have these heads as well.
        whole = met.get((site.place, "", site.kind, site.met), []) if site.head else []
        observations.extend(observation for observation in whole if isinstance(observation.output, Lost))
        observations.extend(self._of_models_without(site))
        doubt = self._open.get(site.key) or self._doubts.get(site.place)
        if doubt is None and site.body is not None:
            doubt = self._doubts.get(site.body)
        if doubt is not None:
            observations.extend([Observation(doubt, observation.loss) for observation in observations[:1]])
        settled = self._settled.get(site.body) if site.body is not None else None
        if settled is not None and any(isinstance(met, Lost) for one in observations for met in (one.output, one.loss)):
            observations.insert(0, Observation(settled, observations[0].loss))
        return Pairing(
            site.kind,
            site.place,
            tuple(observations),
            site.head,
            met=site.met,
            through=tuple(site.through),
            occasions=tuple(filter(_all_known, self._occasions(site))),
        )

    def _occasions(self, site: _Site) -> list[tuple[Observation, ...]]:
        """What met in each call, and in each compilation, that is certain."""
        compiled: dict[CompilationRef, list[Observation]] = {}
        for (met, moment), owners in site.observations.items() if site.kind.is_loss else ():
            for owner in owners:
                if owner is not None and owner.certain and self.lifecycle.counts(owner, moment):
                    compiled.setdefault(owner, []).append(met)
        return [*site.occasions, *map(tuple, compiled.values())]

    def _of_models_without(self, site: _Site) -> list[Observation]:
        """What meets at the place of a head where the model that is compiled there has other heads."""
        having = {owner for owners in site.observations.values() for owner in owners}
        return [
            met
            for other in self._heads_beside(site)
            for (met, moment), owners in other.observations.items()
            if any(owner not in having and self.lifecycle.counts(owner, moment) for owner in owners)
        ]

    def _heads_beside(self, site: _Site) -> list[_Site]:
        found = self._by_place.get((site.place, site.kind, site.met), ())
        return [self._sites[key] for key in found if key[1] != site.head]


def _all_known(occasion: tuple[Observation, ...]) -> bool:
    return all(isinstance(met.output, Output) and isinstance(met.loss, Loss) for met in occasion)


def _clashes(met: Observation) -> bool:
    output, loss = met.output, met.loss
    if not isinstance(output, Output) or not isinstance(loss, Loss):
        return False
    return loss.contract.judge(output.scale, loss.told) is not Verdict.AGREES


def _told(observation: Observation, trained: dict[Place, Family]) -> Observation:
    output = observation.output
    if isinstance(output, Output) and output.origin is not None and output.origin.place in trained:
        return replace(observation, output=replace(output, trained_for=trained[output.origin.place]))
    return observation
