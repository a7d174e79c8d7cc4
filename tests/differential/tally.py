"""Counts what came of the programs, by reason and by construct."""

from __future__ import annotations

from collections import Counter

from tests.differential.answer import Comparison
from tests.differential.grammar import Program
from tests.differential.probe import Refused


class Tally:
    """Every program ends in exactly one of: refused, crashed, contradicting, lost, unclear, loose, confirmed."""

    def __init__(self) -> None:
        self.programs = self.refused = self.lost = self.unclear = self.loose = self.confirmed = self.spurious = 0
        self.crashed: list[str] = []
        self.contradicting: list[bytes] = []
        self.reasons: dict[str, Counter[str]] = {
            "refused": Counter(),
            "lost": Counter(),
            "unclear": Counter(),
            "loose": Counter(),
        }
        self._texts: set[int] = set()
        self._constructs: dict[str, Counter[str]] = {}

    def is_new(self, program: Program) -> bool:
        """Whether the program was not seen before; counts it if so."""
        known = hash(program.text)
        if known in self._texts:
            return False
        self._texts.add(known)
        self.programs += 1
        return True

    def refuse(self, refusal: Refused) -> None:
        """TensorFlow did not build the program."""
        self.refused += 1
        self.reasons["refused"][" ".join(str(refusal).split())[:70]] += 1

    def crash(self, program: Program) -> None:
        """The interpreter raised, which it never may."""
        self.crashed.append(program.text)

    def count(self, program: Program, chosen: bytes, result: Comparison) -> None:
        """One program that was built.  A contradiction in one head counts, whatever came of the others."""
        if result.contradictions:
            kind = "contradicting"
            self.contradicting.append(chosen)
        elif result.lost:
            kind = "lost"
            self.lost += 1
            self.reasons["lost"].update(set(result.lost))
        elif result.unclear:
            kind = "unclear"
            self.unclear += 1
            self.reasons["unclear"].update(set(result.unclear))
        elif result.loose:
            kind = "loose"
            self.loose += 1
            self.reasons["loose"].update(
                {sentence.partition(" told")[0] + sentence.partition(",")[2] for sentence in result.loose}
            )
        else:
            kind = "confirmed"
            self.confirmed += 1
            self.spurious += bool(result.spurious)
        for tag in program.tags:
            self._constructs.setdefault(tag, Counter())[kind] += 1

    def table(self) -> str:
        """The counts, to be read."""
        built = max(self.programs - self.refused, 1)
        lines = [
            "",
            f"{self.programs} programs, {self.refused} refused by the framework, {built} built",
            *(
                f"  {name:14}{number:7}  {number / built:6.1%}"
                for name, number in (
                    ("contradicting", len(self.contradicting)),
                    ("confirmed", self.confirmed),
                    ("lost", self.lost),
                    ("unclear", self.unclear),
                    ("loose", self.loose),
                    ("crashed", len(self.crashed)),
                )
            ),
            f"  ({self.spurious} of the confirmed also name an output that no run has)",
        ]
        for title, reasons in self.reasons.items():
            lines += [f"{title}, by reason", *(f"  {count:6}  {reason}" for reason, count in reasons.most_common(12))]
        lines.append("by construct: met, decided, lost, unclear, contradicting")
        for tag, kinds in sorted(self._constructs.items()):
            total, decided = sum(kinds.values()), kinds["confirmed"] + kinds["contradicting"]
            lines.append(
                f"  {tag:44}{total:6}{decided:6}  {kinds['lost'] / total:6.1%}  {kinds['unclear'] / total:6.1%}"
                f"{kinds['contradicting']:5}"
            )
        lines.append("never decided: " + (", ".join(self.undecided(1)) or "none"))
        return "\n".join([*lines, ""])

    def undecided(self, least: int) -> list[str]:
        """The constructs that were met at least so often, and never in a program of which something was said."""
        return sorted(
            tag
            for tag, kinds in self._constructs.items()
            if sum(kinds.values()) >= least and not kinds["confirmed"] + kinds["contradicting"]
        )
