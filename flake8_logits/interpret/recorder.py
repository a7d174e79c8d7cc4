"""The notebook: which outputs met which losses, gathered per place over every call, branch and turn of a loop."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flake8_logits.domain.facts import Idiom, Loss, Meeting, Output, Pairing
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.values import Value
from flake8_logits.source import syntax as ir

MOST_MEETINGS = 64


@dataclass
class _Site:
    idiom: Idiom
    place: ir.Node
    head: str
    body: ir.Node | None
    meetings: dict[Meeting, None] = field(default_factory=dict)


class Recorder:
    """Gathers meetings; one Pairing per place and head in the end.  ``path`` is the file that is checked."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.revealed: list[tuple[ir.Node, Value]] = []
        self._sites: dict[tuple[ir.Node, str, Idiom], _Site] = {}
        self._doubts: dict[ir.Node, Lost] = {}

    def here(self, node: ir.Node) -> bool:
        """Whether a node stands in the file that is checked; findings are placed nowhere else."""
        return node.home.path == self.path

    def record(self, idiom: Idiom, place: ir.Node, head: str, body: ir.Node | None, meetings: list[Meeting]) -> None:
        """Write down what can meet at a place, which stands in the body of a function (None: in a module)."""
        site = self._sites.setdefault((place, head, idiom), _Site(idiom, place, head, body))
        for meeting in meetings:
            if len(site.meetings) < MOST_MEETINGS:
                site.meetings.setdefault(meeting)
            else:
                self._doubts.setdefault(place, Lost(Reason.CANDIDATES, place))

    def doubt(self, body: ir.Node, lost: Lost) -> None:
        """A function was not run for every one of its calls: more may arrive in it than was seen."""
        self._doubts.setdefault(body, lost)

    def pairings(self) -> list[Pairing]:
        """All pairings, in the order in which the program was run."""
        trained = self._trained()
        return [self._pairing(site, trained) for site in self._sites.values()]

    def _trained(self) -> set[Place]:
        """Where logits come from that every loss reads as such, of those that read them."""
        found: dict[Place, bool] = {}
        for site in self._sites.values():
            for meeting in site.meetings if site.idiom.is_loss else ():
                output, loss = meeting.output, meeting.loss
                if isinstance(output, Output) and output.scale is Scale.LOGITS and output.origin is not None:
                    right = isinstance(loss, Loss) and loss.contract.wants_logits(loss.told) is True
                    found[output.origin.place] = found.get(output.origin.place, True) and right
        return {place for place, right in found.items() if right}

    def _pairing(self, site: _Site, trained: set[Place]) -> Pairing:
        meetings = list(site.meetings)
        if site.idiom in (Idiom.METRIC, Idiom.CUT):
            meetings = [_told(meeting, trained) for meeting in meetings]
        doubt = self._doubts.get(site.place) or (self._doubts.get(site.body) if site.body is not None else None)
        if doubt is not None:
            meetings.extend([Meeting(doubt, meeting.loss) for meeting in meetings[:1]])
        return Pairing(site.idiom, site.place, tuple(meetings), site.head)


def _told(meeting: Meeting, trained: set[Place]) -> Meeting:
    output = meeting.output
    if isinstance(output, Output) and output.origin is not None and output.origin.place in trained:
        return replace(meeting, output=replace(output, trained_as_logits=True))
    return meeting
