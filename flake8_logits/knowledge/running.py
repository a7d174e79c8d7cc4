"""What runs a function that it is given, beside the program or in its place: threads, processes, what starts them."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_logits.knowledge.rows import Parameter


@dataclass(frozen=True, slots=True)
class Runs:
    """Something that runs ``function`` with the items of ``args`` and of ``keywords``, if these are given.

    Where ``told`` is set, the function is told first which of several runs it is.
    """

    name: str
    function: Parameter
    args: Parameter | None = None
    keywords: Parameter | None = None
    told: bool = False


_TARGET, _ARGS, _KWARGS = Parameter("target", 1), Parameter("args", 3), Parameter("kwargs", 4)

RUNS = (
    Runs("threading.Thread", _TARGET, _ARGS, _KWARGS),
    Runs("threading.Timer", Parameter("function", 1), Parameter("args", 2), Parameter("kwargs", 3)),
    Runs("multiprocessing.Process", _TARGET, _ARGS, _KWARGS),
    Runs("torch.multiprocessing.Process", _TARGET, _ARGS, _KWARGS),
    Runs("torch.multiprocessing.spawn", Parameter("fn", 0), Parameter("args", 1), told=True),
)
