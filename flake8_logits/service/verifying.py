"""What becomes of findings once their models were built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.outputs.verifications import walls_line
from flake8_logits.service.faults import internal_error
from flake8_logits.service.policy import Policy
from flake8_logits.service.requests import Options, Verifying
from flake8_logits.service.results import Checked
from flake8_logits.verify.verifier import HOW_TO_GET_IT, NOT_MEASURED, Together, Verifier, is_installed
from flake8_logits.verify.worker import Limits, NotInstalled, WallsMissing

_MEBIBYTE = 1 << 20
_NOT_MEASURED = Verification(Answer.INCONCLUSIVE, NOT_MEASURED)

Step = Callable[[], None]
Progress = Callable[[int], AbstractContextManager[Step]]


def verified(
    checked: Iterable[Checked], asked: Verifying, policy: Policy, tell: Callable[[str], None], progress: Progress
) -> Iterator[Checked]:
    """Yield each file's result with the verifier's verdicts; as it was where no framework is installed.

    Whatever they are, each finding stays and counts: what a program does when it is run cannot make a run end with 0.
    ``tell`` is given a line that says which walls stand, or why nothing was verified; ``progress`` is entered with the
    number of findings and gives what is to be called after each.  Raises WallsMissing where all walls were asked for
    and some do not stand.
    """
    if not is_installed():
        lacking = "neither Keras nor PyTorch nor JAX is installed"
        tell(f"flake8-logits: nothing was verified: {lacking}; install TensorFlow with: {HOW_TO_GET_IT}")
        yield from checked
        return
    sizes = (asked.file_size * _MEBIBYTE, asked.disk * _MEBIBYTE)
    limits = Limits(asked.seconds, asked.memory * _MEBIBYTE, asked.processes, *sizes)
    everything = list(checked)
    waiting = sum(len(one.report.diagnostics) for one in everything)
    with Verifier(limits, asked.trust, asked.walled) as verifier, progress(waiting) as step:
        for index, one in enumerate(everything):
            try:
                if verifier.walls is None and (waiting or asked.every):
                    verifier.start()
                    tell(f"flake8-logits: {walls_line(verifier.walls)}")
                settled = _settled(one, verifier, asked, policy.options(one.report.path), step)
                yield replace(settled, report=replace(settled.report, walls=verifier.walls))
            except NotInstalled as error:
                tell(f"flake8-logits: nothing was verified: {error}; install TensorFlow with: {HOW_TO_GET_IT}")
                yield from everything[index:]
                return


def _settled(checked: Checked, verifier: Verifier, asked: Verifying, options: Options, step: Step) -> Checked:
    together = Together(verifier)
    told: list[Diagnostic] = []
    done: dict[Claim, Verification] = {}
    for diagnostic in checked.report.diagnostics:
        found = _NOT_MEASURED
        if diagnostic.claim is not None:
            found = _verify(checked, diagnostic.claim, together, options, done)
        told.append(replace(diagnostic, verification=found))
        step()
    others = _others(checked, options, done) if asked.every else []
    settled = [(claim, _verify(checked, claim, together, options, done)) for claim in others]
    return replace(checked, report=replace(checked.report, diagnostics=tuple(told), settled=tuple(settled)))


def _verify(
    checked: Checked, claim: Claim, together: Together, options: Options, done: dict[Claim, Verification]
) -> Verification:
    """What came of a claim; each is settled once, however many findings rest on it."""
    if claim not in done:
        units = checked.sources.units(claim.span)
        try:
            done[claim] = together.verify(units, claim.span.path, claim, options.follow_imports)
        except (NotInstalled, WallsMissing):
            raise
        except Exception as error:
            # One odd file must not end a run over a thousand.
            done[claim] = Verification(Answer.INCONCLUSIVE, internal_error(error, claim.span.path))
    return done[claim]


def _others(checked: Checked, options: Options, done: dict[Claim, Verification]) -> list[Claim]:
    """The claims of a file that no finding was made of."""
    claims: list[Claim] = []
    for document in checked.sources.documents(checked.report.path):
        analyse(document, options.follow_imports, options.settings, claims)
    places = {(claim.span, claim.head) for claim in done}
    return [replace(one, clash=False) for one in claims if one.kind.is_loss and (one.span, one.head) not in places]
