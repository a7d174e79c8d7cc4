"""The collector is flake8's, too."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from flake8_logits import analysis
from flake8_logits.analysis import analyse
from flake8_logits.collector import THRESHOLD, collecting_rarely
from flake8_logits.service import parallel
from flake8_logits.source.documents import python_document

PROGRAM = b"import keras\nmodel = keras.Sequential()\nmodel.compile(loss='mse')\n"


@pytest.fixture
def thresholds() -> Iterator[tuple[int, int, int]]:
    """Settings that nobody would choose."""
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    if frozen:
        gc.unfreeze()
    gc.set_threshold(901, 7, 5)
    yield 901, 7, 5
    gc.set_threshold(*before)


def test_rare_within_and_as_before_afterwards(thresholds: tuple[int, int, int]) -> None:
    with collecting_rarely():
        assert gc.get_threshold()[0] == THRESHOLD
    assert (gc.get_threshold()[0], gc.get_freeze_count()) == (thresholds[0], 0)


def test_as_before_after_an_error(thresholds: tuple[int, int, int]) -> None:
    with pytest.raises(RuntimeError), collecting_rarely():
        raise RuntimeError
    assert (gc.get_threshold()[0], gc.get_freeze_count()) == (thresholds[0], 0)


def test_what_a_run_leaves_is_not_old() -> None:
    class Cycle:
        def __init__(self) -> None:
            self.myself = self

    with collecting_rarely():
        left = weakref.ref(Cycle())
        assert left() is not None
    gc.collect(1)  # not what is old
    assert left() is None


def test_a_collector_that_is_off_stays_off(thresholds: tuple[int, int, int]) -> None:
    gc.set_threshold(0)
    with collecting_rarely():
        assert gc.get_threshold()[0] == 0


def test_an_analysis_is_within(thresholds: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def diagnose(*_: object) -> list[object]:
        seen.append(gc.get_threshold()[0])
        return []

    monkeypatch.setattr(analysis, "diagnose", diagnose)
    analyse(python_document("x.py", PROGRAM))
    assert seen == [THRESHOLD]
    assert gc.get_threshold()[0] == thresholds[0]


def test_a_process_of_our_own_does_so_to_its_end() -> None:
    pool = parallel._pool(1)
    try:
        assert pool.submit(gc.get_threshold).result()[0] == THRESHOLD
        assert pool.submit(gc.get_freeze_count).result()
    finally:
        pool.shutdown()


def test_an_idle_process_looks_for_what_is_gone_itself() -> None:
    script = """
import gc, weakref
from flake8_logits import collector
idle = collector.IdleCollector()
idle.take_over()
with collector.collecting_rarely():
    assert gc.get_threshold()[0] == collector.UNTIL_IDLE
class Node: pass
def circle():
    node = Node()
    node.self = node
    return node
kept = circle()
gone = weakref.ref(circle())
idle.collect()
assert gone() is None
old = weakref.ref(kept)
for _ in range(2): idle.collect()
del kept
for _ in range(collector.YOUNG_TIMES): idle.collect()
assert old() is None, "what was old is found, too"
"""
    subprocess.run([sys.executable, "-c", script], check=True)
