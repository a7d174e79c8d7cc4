"""Many files at once: in several processes where that is faster, in the order they were asked for."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.context import BaseContext

from flake8_logits.analysis import prepare
from flake8_logits.collector import collect_rarely
from flake8_logits.domain.diagnostics import ProblemKind
from flake8_logits.service.caching import check, is_quick, restricted, unrestricted
from flake8_logits.service.once import Elsewhere, nowhere, said_once
from flake8_logits.service.requests import Options
from flake8_logits.service.results import Checked, failed
from flake8_logits.service.sources import Sources

LOGGER = logging.getLogger(__name__)

Task = tuple[str, Options]

FEWEST_BYTES = 150_000
"""Of source that must be analysed: with less, starting processes takes longer than they save."""
FEWEST_FILES = 4
MOST_JOBS = 61
"""What Windows can wait for."""


def check_files(tasks: Sequence[Task], jobs: int = 0, elsewhere: Elsewhere = nowhere) -> Iterator[Checked]:
    """Yield the result of each file, in order; ``jobs`` 0 means as many processes as there are cores.  Raises nothing.

    Processes are started only where the files to analyse are many and long enough.  A fault that two of the files tell
    of is said once, and not at all where ``elsewhere`` knows that another run tells it.
    """
    yield from said_once(_check_each(tasks, jobs), [path for path, _ in tasks], elsewhere)


def _check_each(tasks: Sequence[Task], jobs: int) -> Iterator[Checked]:
    jobs = min(jobs or _processors(), MOST_JOBS) if _forks() or sys.version_info >= (3, 11) else 1
    slow = _slow(tasks) if jobs > 1 and len(tasks) >= FEWEST_FILES else []
    if len(slow) < FEWEST_FILES or sum(_size(tasks[index][0]) for index in slow) < FEWEST_BYTES:
        for path, options in tasks:
            yield check(path, options)
        return
    yield from _in_processes(tasks, slow, min(jobs, len(slow)))


def _slow(tasks: Sequence[Task]) -> list[int]:
    return [index for index, (path, options) in enumerate(tasks) if not is_quick(path, options)]


def _in_processes(tasks: Sequence[Task], slow: Sequence[int], jobs: int) -> Iterator[Checked]:
    LOGGER.info("checking %d of %d files in %d processes", len(slow), len(tasks), jobs)
    pool = _pool(jobs)
    try:
        # The largest first, so that no process is left with one of them in the end.
        order = sorted(slow, key=lambda index: -_size(tasks[index][0]))
        futures = {index: pool.submit(_work, tasks[index][0], unrestricted(tasks[index][1])) for index in order}
        for index, (path, options) in enumerate(tasks):
            if index in futures:
                yield restricted(_result(futures.pop(index), pool, path, unrestricted(options)), options)
            else:
                yield check(path, options)
    finally:
        _end(pool)


def _result(future: Future[Checked], pool: ProcessPoolExecutor, path: str, options: Options) -> Checked:
    try:
        return future.result()
    except BrokenProcessPool:
        # A process was killed or ran out of memory, and with it went the work of all.
        pool.shutdown(cancel_futures=True)
    return _alone(path, options)


def _alone(path: str, options: Options) -> Checked:
    """Check a file in a process for itself, so that one that dies costs no other."""
    pool = _pool(1)
    try:
        return pool.submit(_work, path, options).result()
    except BrokenProcessPool:
        return failed(path, "could not be checked: its process ended unexpectedly", ProblemKind.INTERNAL)
    finally:
        _end(pool)


def _work(path: str, options: Options) -> Checked:
    # The source stays where it is read: whoever shows it reads the few lines that are needed.
    return replace(check(path, options), sources=Sources(()))


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, _context(), _begin)


def _context() -> BaseContext:
    """Forked processes start at once, with everything imported; with threads around that is not safe."""
    if _forks():
        prepare()
        return multiprocessing.get_context("fork")
    # Such a process is a Python that would look for its modules in the current folder first: a stranger's.
    os.environ["PYTHONSAFEPATH"] = "1"
    return multiprocessing.get_context("spawn")


def _forks() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _begin() -> None:
    """In a process of the pool: an interruption is for the one that was started, which then ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever calls us may handle this one, and a forked process would do the same and go on.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    collect_rarely()


def _end(pool: ProcessPoolExecutor) -> None:
    """Leave no process behind, whatever ended the run."""
    unfinished = sys.exc_info()[0] is not None
    pool.shutdown(wait=not unfinished, cancel_futures=True)
    if unfinished:
        for process in multiprocessing.active_children():
            process.terminate()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0
