"""Answers a request in the process that it is in, after which that process is good for nothing else."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from typing import Any

from flake8_logits.verify.places import PACKAGE


def answer(request: dict[str, Any], folder: str) -> dict[str, Any]:
    """The answer to a request, with what Python was told not to do and the most memory that was used."""
    from flake8_logits.verify.child.barrier import Barrier
    from flake8_logits.verify.child.examining import examine

    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    tempfile.tempdir = folder  # where TensorFlow writes down functions that it makes graphs of
    system = [sys.prefix, sys.base_prefix, sys.exec_prefix, "/usr", "/lib", "/lib64", "/opt"]
    barrier = Barrier(folder, [*sys.path, *system, PACKAGE])
    barrier.raise_it()
    found = examine(request)
    barrier.up = False
    return {**found, "refused": barrier.tried, "peak": _peak()}


def _peak() -> int:
    """The most memory that the process had, in bytes; 0 where it is not known."""
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 0
