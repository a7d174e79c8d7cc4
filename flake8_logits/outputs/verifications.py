"""What the verifier says of a finding, in words and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.domain.walls import Walls
from flake8_logits.outputs.locations import span_location
from flake8_logits.outputs.visible import visible

Object = dict[str, object]
_MOST_MADE = 3
_BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


def tag(verification: Verification) -> str:
    """Return what is added to a message that must stay on its line."""
    return f"[{verification.answer.value}: {visible(verification.reason)}]"


def verification_lines(verification: Verification) -> Iterator[str]:
    """Yield the answer, its reason, and on what it was measured, a line each."""
    yield f"{verification.answer.value}: {visible(verification.reason)}"
    if verification.answer is Answer.DISPUTED:
        yield "the finding or what was built of the program is mistaken: please report it with this file"
    where = _where(verification)
    if verification.measured is not None and where:
        found = verification.measured
        sums = f", sums {found.sum_low:.4g} to {found.sum_high:.4g}" if found.units > 1 else ""
        units = "1 unit" if found.units == 1 else f"{found.units} units"
        numbers = f"{units}, {found.low:.4g} to {found.high:.4g}{sums}"
        yield f"measured with {where}, {found.draws} draws of weights: {numbers}"
    if verification.made_up:
        shown = ", ".join(visible(one) for one in verification.made_up[:_MOST_MADE])
        more = len(verification.made_up) - _MOST_MADE
        yield f"made up: {shown}" + (f" and {more} more" if more > 0 else "")


def settled_line(claim: Claim, verification: Verification) -> str:
    """Return one line for a pairing without a finding."""
    scales = " or ".join(claim.scales).replace("_", " ")
    reader = f" read by {visible(claim.reader)}" if claim.reader else ""
    return f"{span_location(claim.span)}: {scales}{reader}: {tag(verification)[1:-1]}"


def as_object(verification: Verification) -> Object:
    """Return all of it for programs; numbers that are not finite are null, as JSON has no others."""
    measured, loss = verification.measured, verification.loss
    return {
        "verdict": verification.answer.value,
        "reason": verification.reason,
        "backend": verification.backend or None,
        "versions": dict(verification.versions),
        "output": None
        if measured is None
        else {
            "looks_like": measured.looks_like,
            "range": [_number(measured.low), _number(measured.high)],
            "sum": [_number(measured.sum_low), _number(measured.sum_high)],
            "units": measured.units,
            "operation": measured.operation or None,
            "draws": measured.draws,
        },
        "loss": None
        if loss is None
        else {
            "computed": _number(loss.computed),
            "right": _number(loss.right),
            "right_loss": loss.right_loss,
            "gradient": _number(loss.gradient),
            "right_gradient": _number(loss.right_gradient),
            "gradient_ratio": _number(loss.ratio),
            "gradient_ratios": [_number(one) for one in loss.ratios],
            "eagerly": _number(loss.eagerly),
            "on_copy": _number(loss.on_copy),
        },
        "made_up": list(verification.made_up),
        "seconds": round(verification.seconds, 3),
    }


def walls_line(walls: Walls | None) -> str:
    """Return one line that says which walls stand around what is run, and which do not."""
    stand = ", ".join(walls.stand) if walls is not None else ""
    missing = ", ".join(walls.missing) if walls is not None else ""
    if not stand:
        return "no walls of the system stand around the models that are built, only Python's own; see docs/verify.md"
    return f"walls that stand: {stand}" + (f"; that do not stand: {missing}" if missing else "")


def walls_object(walls: Walls) -> Object:
    """Return which walls stand, for programs."""
    return {"stand": list(walls.stand), "missing": list(walls.missing), "system": walls.system}


def counted(verifications: list[Verification]) -> str:
    """Return how many have each answer, for the last line: ``2 confirmed, 1 rescued``."""
    found = [(answer, sum(one.answer is answer for one in verifications)) for answer in Answer]
    return ", ".join(f"{count} {answer.value}" for answer, count in found if count)


def _where(verification: Verification) -> str:
    versions = dict(verification.versions)
    keras = versions.get("keras") or versions.get("tf_keras", "")
    name = _BACKENDS.get(verification.backend, verification.backend)
    computes = f"{name} {versions.get(verification.backend, '')}".rstrip()
    return f"Keras {keras} on {computes}" if keras else computes


def _number(number: float) -> float | None:
    return number if number - number == 0 else None
