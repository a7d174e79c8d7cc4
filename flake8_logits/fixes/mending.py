"""The loop of a fix: plan, make it in memory, analyse again; kept is what mends and breaks nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass

from flake8_logits.domain.fixes import Applicability, Edit, Fix, Remedy
from flake8_logits.domain.places import Span
from flake8_logits.fixes.planning import distinct, open_remedies, plan
from flake8_logits.fixes.program import DeclinedError
from flake8_logits.fixes.snapshot import Found, Snapshot, Viewer
from flake8_logits.fixes.trial import Trial

MOST_ROUNDS = 4
"""Of follow-ups to one fix: a loss told of logits brings out metrics that were not."""
MOST_STEPS = 200_000
"""Of analysing a file again for its fixes, about half a minute: where all cannot be made at once, each is tried
alone."""

UNSAFE = "needs --unsafe-fixes: it changes the model"
TOO_MANY = "there are too many findings to try each; fix others first"

Answer = Fix | str
"""A fix, or why there is none."""
Spot = tuple[str, Span]
"""A finding, by code and place."""
Reported = Collection[Spot]


@dataclass(frozen=True, slots=True)
class Mended:
    """What a file's bytes become, how many findings went, and why those that are left (there) did not."""

    data: bytes
    fixed: int
    left: dict[Spot, Answer]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The ways to mend a finding, the best first; ``declined`` is why the best of those known to its rule is not one.

    ``declined`` is empty where all of them are, or none is known.
    """

    fixes: tuple[Fix, ...] = ()
    declined: str = ""


class Mender:
    """Mends one file.  ``codes`` are those of the rules that a fix must not set off.

    Findings are tried one by one until ``most_steps`` of analysis are spent, at least one of them.
    """

    def __init__(
        self, viewer: Viewer, codes: frozenset[str], unsafe: bool = False, most_steps: int = MOST_STEPS
    ) -> None:
        self.viewer = viewer
        self.codes = codes
        self.unsafe = unsafe
        self.most_steps = most_steps
        self._spent = 0

    def proposals(self, base: Snapshot, reported: Reported) -> dict[Spot, Answer]:
        """For each finding reported whose rule knows a remedy: its fix, which was tried, or why there is none."""
        found = {(one.diagnostic.code, one.diagnostic.span): one for one in base.found if one.finding.remedies}
        mendable = {key: one for key, one in found.items() if key in reported}
        at_once = self._at_once(base, mendable) if len(mendable) > 1 else None
        if at_once is not None:
            return at_once
        answers: dict[Spot, Answer] = {}
        for key, one in mendable.items():
            answers[key] = self._fix(base, one) if self._spent < self.most_steps else TOO_MANY
        return answers

    def _at_once(self, base: Snapshot, mendable: dict[Spot, Found]) -> dict[Spot, Answer] | None:
        """Fixes for all of them, or reasons that no trial would change; None if they have to be tried one by one."""
        answers: dict[Spot, Answer] = {}
        for key, one in mendable.items():
            remedies = open_remedies(one.finding, self.unsafe)
            if not remedies:
                answers[key] = UNSAFE
                continue
            try:
                words, edits = plan(one.program, remedies[0])
            except DeclinedError as error:
                if len(one.finding.remedies) > 1:
                    return None
                answers[key] = str(error)
                continue
            answers[key] = Fix(remedies[0].applicability, words, tuple(edits))
        fixes = [answer for answer in answers.values() if isinstance(answer, Fix)]
        return answers if not fixes or self._all_gone(base, answers) else None

    def _all_gone(self, base: Snapshot, answers: dict[Spot, Answer]) -> bool:
        trial = self._together(base, [answer for answer in answers.values() if isinstance(answer, Fix)])
        if trial is None:
            return False
        left = trial.keys(self.codes)
        return not any(trial.key_before(*key) in left for key, answer in answers.items() if isinstance(answer, Fix))

    def alternatives(self, base: Snapshot, spot: Spot) -> Alternatives:
        """Every way to mend one finding, each tried alone, the best first."""
        found: list[Fix] = []
        declined: list[str] = []
        for one in base.found:
            if (one.diagnostic.code, one.diagnostic.span) != spot:
                continue
            for remedy in open_remedies(one.finding, self.unsafe):
                try:
                    found.append(self._try(base, one, remedy))
                except DeclinedError as error:
                    declined.append(str(error))
        return Alternatives(tuple(dict.fromkeys(found)), next(iter(declined), ""))

    def mend(self, base: Snapshot, reported: Reported) -> Mended:
        """Mend all that can be; once more changes nothing."""
        count = first = self._count(base)
        while True:
            answers = self.proposals(base, reported)
            fixes = [answer for answer in answers.values() if isinstance(answer, Fix)]
            trial = self._together(base, fixes) or (self._together(base, fixes[:1]) if len(fixes) > 1 else None)
            if trial is None or self._count(trial.now) >= count:
                return Mended(base.data, first - count, answers)
            wanted = {trial.key_before(code, span) for code, span in reported}
            reported = {
                (one.diagnostic.code, one.diagnostic.span)
                for one in trial.now.found
                if trial.key(one.diagnostic) in wanted
            }
            base, count = trial.now, self._count(trial.now)

    def _count(self, snapshot: Snapshot) -> int:
        return sum(one.diagnostic.code in self.codes for one in snapshot.found)

    def _together(self, base: Snapshot, fixes: list[Fix]) -> Trial | None:
        """The file with all of the fixes made, an edit that several share once; None if they do not go together."""
        if not fixes:
            return None
        trial = Trial(self.viewer, base)
        before = trial.keys(self.codes)
        try:
            trial.apply(distinct(edit for fix in fixes for edit in fix.edits))
            trial.check()
        except DeclinedError:
            return None
        finally:
            self._spent += trial.steps
        return trial if trial.keys(self.codes).keys() <= before.keys() and not trial.spoils else None

    def _fix(self, base: Snapshot, one: Found) -> Answer:
        remedies = open_remedies(one.finding, self.unsafe)
        if not remedies:
            return UNSAFE
        reasons: list[str] = []
        for remedy in remedies:
            try:
                return self._try(base, one, remedy)
            except DeclinedError as error:
                reasons.append(str(error))
        return reasons[0] + self._held_back(base, one)

    def _held_back(self, base: Snapshot, one: Found) -> str:
        """What another way would do that one may not use here, if it mends the finding."""
        for remedy in one.finding.remedies:
            if remedy not in open_remedies(one.finding, self.unsafe):
                with contextlib.suppress(DeclinedError):
                    return f"; --unsafe-fixes would {self._try(base, one, remedy).description}"
        return ""

    def _try(self, base: Snapshot, one: Found, remedy: Remedy) -> Fix:
        trial = Trial(self.viewer, base)
        try:
            return self._tried(trial, one, remedy)
        finally:
            self._spent += trial.steps

    def _tried(self, trial: Trial, one: Found, remedy: Remedy) -> Fix:
        before = trial.keys(self.codes)
        target = trial.key(one.diagnostic)
        words, edits = plan(one.program, remedy)
        trial.apply(edits)
        said = [words]
        applicability = remedy.applicability
        led = "the finding would remain"
        for _ in range(MOST_ROUNDS):
            trial.check()
            after = trial.keys(self.codes)
            if target in after:
                raise DeclinedError(led)
            new = [found for key, found in after.items() if key not in before]
            if new:
                led = f"it would lead to {new[0].diagnostic.code} on line {trial.line_before(new[0].diagnostic)}"
            elif trial.spoils:
                raise DeclinedError("what else may arrive there is right as it is")
            else:
                return Fix(applicability, "; ".join(dict.fromkeys(said)), tuple(trial.edits()))
            planned = [self._follow(found, led) for found in new]
            trial.apply(distinct(edit for _, _, made in planned for edit in made))
            said.extend(word for _, word, _ in planned)
            if any(follow is Applicability.UNSAFE for follow, _, _ in planned):
                applicability = Applicability.UNSAFE
        raise DeclinedError("each change would call for another")

    def _follow(self, found: Found, led: str) -> tuple[Applicability, str, list[Edit]]:
        """What a fix brings to light is mended with it."""
        for remedy in open_remedies(found.finding, self.unsafe):
            try:
                return (remedy.applicability, *plan(found.program, remedy))
            except DeclinedError:
                continue
        raise DeclinedError(led)
