"""The verifier's door: a claim goes in, what TensorFlow says of it comes out."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flake8_logits.domain.verification import Answer, Claim, LossMeasured, Measured, Verification
from flake8_logits.source.project import Project
from flake8_logits.source.units import Unit
from flake8_logits.verify.slices import Elsewhere, Slice, slices
from flake8_logits.verify.worker import Limits, NotInstalled, Worker

HOW_TO_GET_IT = "python -m pip install 'flake8-logits[verify]'"


def is_installed() -> bool:
    """Whether there is a Keras to build models with, as far as can be seen without importing it."""
    return importlib.util.find_spec("keras") is not None


class Verifier:
    """Settles claims, one child process for all of them.  To be closed, or used as a context."""

    def __init__(self, limits: Limits | None = None, trust: bool = False) -> None:
        self.worker = Worker(limits or Limits())
        self.trust = trust

    def __enter__(self) -> Verifier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        self.worker.close()

    def verify(self, units: Sequence[Unit], path: str, claim: Claim, follow_imports: bool = True) -> Verification:
        """What came of building the model of a claim in a document.  Raises NotInstalled, and nothing else."""
        first: Verification | None = None
        try:
            project = Project(path) if follow_imports else None
            for cut in slices(units, path, claim, project, self.trust):
                found = _verification(self.worker.ask(self._request(cut, claim)), cut)
                if found.answer is not Answer.INCONCLUSIVE:
                    return found
                first = first or found
        except Elsewhere as error:
            return _inconclusive(str(error))
        except SyntaxError as error:
            return _inconclusive(f"this Python cannot parse it: {error.msg}")
        except NotInstalled:
            raise
        except (RecursionError, MemoryError):
            return _inconclusive("the program is nested too deeply to be cut")
        return first or _inconclusive("no way leads to this place")

    def _request(self, cut: Slice, claim: Claim) -> dict[str, Any]:
        return {
            "sources": cut.sources,
            "lines": [{str(ours): theirs for ours, theirs in lines.items()} for lines in cut.lines],
            "trust": self.trust,
            "head": claim.head,
            "is_loss": claim.kind.is_loss,
            "scales": claim.scales,
            "clash": claim.clash,
            "expects": claim.expects,
            "eager": cut.eager,
            "through": cut.through,
            "guessed": cut.guessed,
        }


def _inconclusive(reason: str) -> Verification:
    return Verification(Answer.INCONCLUSIVE, reason)


def _verification(answer: dict[str, Any], cut: Slice) -> Verification:
    measured, loss = answer.get("measured"), answer.get("loss")
    made = verification_of(answer, measured, loss)
    refused = answer.get("refused") or []
    if refused and made.answer is Answer.INCONCLUSIVE:
        return replace(made, reason=f"it attempted what is not allowed: {refused[0]}")
    if made.answer is Answer.REFUTED and answer.get("made_up"):
        # A guess at its data may be what made the output another.
        return replace(made, answer=Answer.INCONCLUSIVE, reason=f"with data that was made up, {made.reason}")
    return made


def verification_of(answer: dict[str, Any], measured: Any, loss: Any) -> Verification:
    """The answer of the child process in our own words."""
    return Verification(
        Answer(answer["answer"]),
        str(answer["reason"]),
        None if measured is None else Measured(**measured),
        None if loss is None else _loss_measured(loss),
        str(answer.get("backend", "")),
        tuple((str(name), str(version)) for name, version in answer.get("versions", {}).items()),
        tuple(str(one) for one in answer.get("made_up", ())),
        float(answer.get("seconds", 0.0)),
    )


def _loss_measured(loss: dict[str, Any]) -> LossMeasured:
    return LossMeasured(**{**loss, "ratios": tuple(float(one) for one in loss["ratios"])})
