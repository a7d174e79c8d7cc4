"""Runs a program with PyTorch and measures what its outputs really are."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from flake8_logits.domain.scales import Scale
from tests.differential.evidence import Evidence, Verdict, evidence_of
from tests.differential.grammar import Program
from tests.differential.probe import ROWS, SIZES, SPREADS, Measured, Refused

BEST_FIRST = (Verdict.HOLDS, Verdict.LOOSE, Verdict.UNCLEAR, Verdict.REFUTED)


@dataclass(frozen=True)
class EitherAxis(Evidence):
    """Evidence along the last axis, and along the second: PyTorch's losses look for the classes there."""

    second: Evidence | None = None

    def judge(self, scale: Scale) -> Verdict:
        """What is true along one of the two is true."""
        verdicts = [super().judge(scale)]
        if self.second is not None:
            verdicts.append(self.second.judge(scale))
        return min(verdicts, key=BEST_FIRST.index)

    def one_by_one(self) -> Evidence:
        """The same numbers, each of them by itself: they have no axes."""
        return Evidence(self.values, self.moved, self.why_unclear).one_by_one()

    @property
    def sizes(self) -> frozenset[int]:
        """The sizes of both axes."""
        return super().sizes if self.second is None else super().sizes | self.second.sizes


class Meetings:
    """Stands where the program calls a loss, and remembers which, and what it was called with."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Any]] = []

    def __call__(self, criterion: Any, tensor: Any) -> Any:
        """Remember; the loss itself does not matter."""
        name = "" if criterion is None else getattr(criterion, "__name__", type(criterion).__name__)
        self.seen.append((name, tensor))
        return tensor


def measure(program: Program, rounds: int = 1) -> list[Measured]:
    """What is read in every run: once for each setting of the flags, and of the training mode where that is asked.

    Raises Refused if PyTorch does.
    """
    found: list[Measured] = []
    for number in range(2 ** len(program.flags)):
        setting = {flag: str(number >> place & 1) for place, flag in enumerate(program.flags)}
        for training in (True, False) if program.training else (True,):
            found.append(_run(program, setting, training, rounds))
    return found


def _run(program: Program, setting: dict[str, str], training: bool, rounds: int) -> Measured:
    import torch

    torch.manual_seed(1)
    meetings = Meetings()
    namespace: dict[str, Any] = {"__name__": "program", "_observation": meetings}
    os.environ.update(setting)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(program.runnable, "program_under_test.py", "exec", dont_inherit=True), namespace)
            arrays = _probe(namespace, meetings, training, rounds, "torch: vectors" in program.tags)
    except Exception as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    finally:
        for key in setting:
            del os.environ[key]
    words = [f"{key}={value}" for key, value in setting.items()]
    return Measured(frozenset(), _evidence(arrays), None, " ".join(words), meetings.seen[-1][0])


def _probe(
    namespace: dict[str, Any], meetings: Meetings, training: bool, rounds: int, flat: bool
) -> list[npt.NDArray[np.float64]]:
    import torch

    model = namespace["model"]
    random = np.random.default_rng(3)
    sample = (4,) if flat else (4, 5)
    inputs = np.concatenate([random.normal(size=(ROWS, *sample)) * size for size in SIZES])
    x = torch.tensor(inputs, dtype=torch.float32)
    model.train(training)
    for part in model.modules():
        # Noise at random settles nothing.
        if isinstance(getattr(part, "p", None), float):
            part.p = 0.0
    arrays = []
    for spread in SPREADS * rounds:
        for parameter in model.parameters():
            values = random.normal(size=tuple(parameter.shape)) * spread
            parameter.data = torch.tensor(values, dtype=torch.float32)
        namespace["step"](x, torch.ones(len(x)))
        arrays.append(np.asarray(meetings.seen[-1][1].detach(), "float64"))
    return arrays


def _evidence(arrays: list[npt.NDArray[np.float64]]) -> Evidence:
    last = evidence_of(arrays)
    second = None
    if all(array.ndim > 2 for array in arrays):
        second = evidence_of([np.moveaxis(array, 1, -1) for array in arrays])
    # No graph is asked whether a sigmoid can be in it.
    return EitherAxis(last.values, last.moved or _over_samples(arrays), last.why_unclear, second=second)


def _over_samples(arrays: list[npt.NDArray[np.float64]]) -> bool:
    """Whether distributions lie along the first axis, as after a transpose."""
    with np.errstate(all="ignore"):
        kinds = arrays, [np.exp(array) for array in arrays]
        return any(all(np.allclose(np.nan_to_num(numbers).sum(0), 1, atol=1e-3) for numbers in kind) for kind in kinds)
