"""The verifier's door: a claim goes in, what the framework says of it comes out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.verification import Answer, Claim, Unlike, Verification
from flake8_logits.domain.walls import Walls
from flake8_logits.source.project import Project
from flake8_logits.source.units import Unit
from flake8_logits.verify.answers import refused_by, verification_of
from flake8_logits.verify.patience import TooLong, in_words, patient
from flake8_logits.verify.slices import Elsewhere, Slice, slices
from flake8_logits.verify.worker import Limits, Worker

HOW_TO_GET_IT = "python -m pip install 'flake8-logits[verify]'"
MODELS = 20
"""How many times the limit of one model those of one file may take."""


_UNLIKE = {
    Unlike.ALTERED: "behind what decides its scale numbers are changed",
    Unlike.BESIDE_OTHERS: "others come to this place, too",
}
_NOT_REACHED = "not-reached"
"""What is said of a way that does not lead to the place, as long as nothing is said of another."""
_NAMES = {"keras": "Keras", "torch": "PyTorch", "jax": "JAX"}


NOT_MEASURED = "what a model gives is measured, and neither targets nor labels are"
"""Why a finding without a claim is not verified."""


def is_installed() -> bool:
    """Whether there is a framework to build models with, as far as can be seen without importing it."""
    return any(_has(framework) for framework in _NAMES)


def _has(framework: str) -> bool:
    return find_spec(framework) is not None


class Verifier:
    """Settles claims, one child process for all of them.  To be closed, or used as a context."""

    def __init__(self, limits: Limits | None = None, trust: bool = False, walled: bool = False) -> None:
        self.worker = Worker(limits or Limits(), walled)
        self.trust = trust

    def __enter__(self) -> Verifier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def walls(self) -> Walls | None:
        """Which walls stand around the child process; None as long as it was not started."""
        return self.worker.walls

    def start(self) -> None:
        """Start the child process.

        Raises NotInstalled where it does not start, and WallsMissing where all walls were asked
        for and some do not stand.
        """
        self.worker.start()

    def end(self) -> None:
        """End the child process for good, from whichever thread: what is asked of it is not answered."""
        self.worker.end()

    def close(self) -> None:
        """End the child process."""
        self.worker.close()

    def verify(self, units: Sequence[Unit], path: str, claim: Claim, follow_imports: bool = True) -> Verification:
        """What came of building the model of a claim in a document.  Raises NotInstalled and WallsMissing."""
        seconds = self.worker.limits.seconds
        try:
            with patient(seconds):
                return self._settled(units, path, claim, follow_imports)
        except Elsewhere as error:
            return _inconclusive(str(error))
        except SyntaxError as error:
            return _inconclusive(f"this Python cannot parse it: {error.msg}")
        except (RecursionError, MemoryError):
            return _inconclusive("the program is nested too deeply to be cut")
        except TooLong:
            return _inconclusive(f"so much hangs together in the program that it is not cut in {in_words(seconds)}")

    def _settled(self, units: Sequence[Unit], path: str, claim: Claim, follow_imports: bool) -> Verification:
        first: Verification | None = None
        missed: Verification | None = None
        project = Project(path) if follow_imports else None
        for cut in slices(units, path, claim, project, self.trust):
            if not _has(cut.framework):
                return _inconclusive(f"{_NAMES[cut.framework]} is not installed")
            answer = self.worker.ask(self._request(cut, claim))
            found = _verification(answer, cut, claim)
            if found.answer is not Answer.INCONCLUSIVE:
                return found
            missed = missed or found
            if answer.get("kind") != _NOT_REACHED:
                first = first or found
        return first or missed or _inconclusive("no way leads to this place")

    def _request(self, cut: Slice, claim: Claim) -> dict[str, Any]:
        return {
            "framework": cut.framework,
            "sources": cut.sources,
            "lines": [{str(ours): theirs for ours, theirs in lines.items()} for lines in cut.lines],
            "trust": self.trust,
            "head": claim.head,
            "is_loss": claim.kind.is_loss,
            "is_metric": claim.kind is SiteKind.METRIC,
            "scales": claim.scales,
            "clash": claim.clash,
            "expects": claim.expects,
            "reader": claim.reader,
            "eager": cut.eager,
            "through": cut.through,
            "guessed": cut.guessed,
        }


class Together:
    """The verifier for one file.  Once the time of the file is spent, what is left is inconclusive."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier
        self._spent = 0.0

    def verify(self, units: Sequence[Unit], path: str, claim: Claim, follow_imports: bool) -> Verification:
        """What came of building the model of a claim.  Raises NotInstalled and WallsMissing."""
        granted = MODELS * self.verifier.worker.limits.seconds
        if self._spent > granted:
            return _inconclusive(f"other findings of this file took more than {in_words(granted)}")
        began = time.monotonic()
        try:
            return self.verifier.verify(units, path, claim, follow_imports)
        finally:
            self._spent += time.monotonic() - began


def _inconclusive(reason: str) -> Verification:
    return Verification(Answer.INCONCLUSIVE, reason)


def _verification(answer: dict[str, Any], cut: Slice, claim: Claim) -> Verification:
    made = verification_of(answer)
    refused = refused_by(answer)
    if refused and made.answer is Answer.INCONCLUSIVE:
        return replace(made, reason=f"it attempted what is not allowed: {refused}")
    if made.answer is Answer.DISPUTED and answer.get("made_up"):
        # A guess at its data may be what made the output another.
        return replace(made, answer=Answer.INCONCLUSIVE, reason=f"with data that was made up, {made.reason}")
    if made.answer is Answer.DISPUTED and cut.apart:
        reason = f"called by itself, as nothing is seen to call it, {made.reason}"
        return replace(made, answer=Answer.INCONCLUSIVE, reason=reason)
    if made.answer is Answer.DISPUTED and claim.unlike is not None:
        return replace(made, answer=Answer.INCONCLUSIVE, reason=f"{_UNLIKE[claim.unlike]}: {made.reason}")
    return made
