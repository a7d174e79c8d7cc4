"""Processor time and memory of a command, and ratios of two that take turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
"""In which the system counts memory, for MiB."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time, system calls included, and the most memory in MiB, of a process and its children."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Ratio:
    """How many times as much one takes as another: medians over the rounds of what was measured in one round."""

    ours: Cost
    theirs: Cost
    time: float
    least: float
    most: float

    @property
    def memory(self) -> float:
        """The most memory, as a multiple of the other's."""
        return self.ours.memory / self.theirs.memory


def cost_of(
    command: Sequence[str], folder: Path = ROOT, source: Path = ROOT, more: Mapping[str, str] | None = None
) -> Cost:
    """Return what a command costs that is run in a folder, with the linter from this tree, and more environment.

    Raises CalledProcessError where it fails; 1 is what linters say when they find something.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")])}
    environment.update(more or {})
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / UNIT)


def ratio_of(
    ours: Sequence[str],
    theirs: Sequence[str],
    rounds: int,
    folder: Path = ROOT,
    sources: tuple[Path, Path] = (ROOT, ROOT),
) -> Ratio:
    """Return how two commands compare; they take turns, so that a busy machine slows both."""
    pairs = [(cost_of(ours, folder, sources[0]), cost_of(theirs, folder, sources[1])) for _ in range(rounds)]
    ratios = sorted(one.seconds / other.seconds for one, other in pairs)
    first, second = (_median(costs) for costs in zip(*pairs, strict=True))
    return Ratio(first, second, statistics.median(ratios), ratios[0], ratios[-1])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.memory for cost in costs))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies, the nearest of them."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
