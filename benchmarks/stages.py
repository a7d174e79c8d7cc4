"""Where the processor time of flake8 with the plugin goes: a run of its own, which looks at itself now and then.

    python -m benchmarks.stages FOLDER

Prints the share of each stage as JSON.  The time between two looks goes to the stage that the second one meets, so a
long call into C counts in full; time in the collector of garbage is told apart by its own callbacks.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections import defaultdict
from functools import cache
from types import FrameType

from flake8.main import application

INTERVAL = 0.002
STAGES = (
    (("flake8_logits", "source", "prefilter"), "prefilter"),
    (("flake8_logits", "source", "lexemes"), "counting tokens"),
    (("flake8_logits", "source", "nesting"), "nesting"),
    (("libcst",), "libcst: parsing, positions"),
    (("flake8_logits", "source"), "reading: parsing, lowering"),
    (("flake8_logits", "interpret"), "interpreting"),
    (("flake8_logits", "rules"), "rules"),
    (("flake8_logits",), "other parts of the plugin"),
)
"""Parts of paths, in the order they are tried."""
FLAKE8 = "flake8 itself"
COLLECTOR = "collecting garbage"


class Sampler:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._last = time.process_time()
        self._collecting = 0.0
        self._looking = False

    def look(self, number: int, frame: FrameType | None) -> None:
        """Give what has passed to the stage that runs."""
        if self._looking:
            # A deep stack takes longer to look through than until the next look.
            return
        self._looking = True
        now = time.process_time()
        self.seconds[stage_of(frame)] += max(now - self._last, 0.0)  # a collection may have come in between
        self._last = time.process_time()
        self._looking = False

    def collect(self, phase: str, details: dict[str, int]) -> None:
        """Give what a collection takes to the collector."""
        now = time.process_time()
        if phase == "start":
            self._collecting = now
        else:
            self.seconds[COLLECTOR] += now - self._collecting
            self._last += now - self._collecting

    def shares(self) -> dict[str, float]:
        """The stages' shares, ours in the order of STAGES."""
        whole = sum(self.seconds.values())
        order = [FLAKE8, *(stage for _, stage in STAGES), COLLECTOR]
        return {stage: self.seconds[stage] / whole for stage in order if self.seconds[stage]}


def stage_of(frame: FrameType | None) -> str:
    """The stage of the innermost frame that belongs to one."""
    while frame is not None:
        stage = _stage_of_file(frame.f_code.co_filename)
        if stage:
            return stage
        frame = frame.f_back
    return FLAKE8


@cache
def _stage_of_file(path: str) -> str:
    """The stage that a file belongs to; empty where it is none of ours."""
    parts = [part.removesuffix(".py") for part in path.split(os.sep)]
    return next((stage for names, stage in STAGES if _leads_through(parts, names)), "")


def _leads_through(parts: list[str], names: tuple[str, ...]) -> bool:
    """Whether the names follow each other somewhere in a path."""
    return any(tuple(parts[at : at + len(names)]) == names for at in range(len(parts) - len(names), -1, -1))


def main(folder: str) -> None:
    """Run flake8 over the folder in this process, print the shares."""
    sampler = Sampler()
    gc.callbacks.append(sampler.collect)
    signal.signal(signal.SIGPROF, sampler.look)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        options = ["--isolated", "--jobs", "1", "--exit-zero", "--output-file", os.devnull]
        application.Application().run([*options, folder])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)
    print(json.dumps(sampler.shares()))


if __name__ == "__main__":
    main(sys.argv[1])
