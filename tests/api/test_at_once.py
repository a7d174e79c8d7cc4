"""Threads and processes that analyse at once say what one says, and leave the process as it was."""

from __future__ import annotations

import gc
import inspect
import multiprocessing
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from flake8_logits import api, collector, parser, staying
from flake8_logits.api import analysing
from flake8_logits.interpret.engine import stack
from flake8_logits.service import checking, requests
from flake8_logits.service.results import Checked
from flake8_logits.source import pieces, project, quick_tree, room
from flake8_logits.source import syntax as ir
from flake8_logits.source.room import usual_depth
from flake8_logits.source.shapes import Shape, shape_of
from flake8_logits.source.units import Unit
from flake8_logits.turns import Turn
from tests.frontends.programs import CLASHING, QUIET

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FILES = sorted([*FIXTURES.rglob("*.py"), *FIXTURES.rglob("*.ipynb")])
DEEP = f"{CLASHING}deep = {'-' * 900}1\nshallow = '\\d'\n"
"""Reading it needs more stack than there usually is, and has Python warn of an escape."""
HEADS = """\
import keras


def head(units):
    def inner():
        return keras.layers.Dense(units)

    return inner()


def build(units):
    model = keras.Sequential([head(units)])
    model.compile(loss="sparse_categorical_crossentropy")
    return model
"""
TRAINS = """\
import keras
from heads import build, head

build(10)
build(20)
model = keras.Sequential([head(10)])
model.compile(loss="sparse_categorical_crossentropy")
model.compile(loss="categorical_crossentropy")
"""
THREADS = 8
forks = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here")
SHARED: dict[str, Callable[[], Turn]] = {
    "the limit of recursion": lambda: stack._LIMIT._turn,
    "the garbage collector": lambda: collector._THRESHOLDS._turn,
    "pieces of texts": lambda: pieces.KEPT._turn,
    "programs": lambda: staying.PROGRAMS._turn,
    "the newest content": lambda: inspect.getclosurevars(project._parse).nonlocals["turn"],
}


@contextmanager
def _hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def _state() -> tuple[object, ...]:
    """What belongs to the whole process."""
    filters = [one for one in warnings.filters if one != parser.FILTER]
    return sys.getrecursionlimit(), threading.stack_size(), filters, threading.active_count()


def test_threads_say_what_one_says() -> None:
    before = _state()
    # Fixes are analyses, too: a few of them are enough.
    tasks = [(path, api.Options(fixes=number % 16 == 0)) for number, path in enumerate(FILES)]
    one_by_one = [api.analyse_file(*task) for task in tasks]
    assert sum(len(report.diagnostics) for report in one_by_one) > 500
    with _hasty(), ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(api.analyse_file, *zip(*tasks, strict=True))) == one_by_one
    assert _state() == before


def test_threads_that_read_the_same_modules_say_what_one_says(tmp_path: Path) -> None:
    (tmp_path / "setup.py").touch()
    (tmp_path / "heads.py").write_text(HEADS, encoding="utf-8")
    for number in range(THREADS):
        (tmp_path / f"train_{number}.py").write_text(f"{TRAINS}\nNUMBER = {number}\n", encoding="utf-8")
    files = sorted(tmp_path.glob("train_*.py"))
    for turn in range(8):
        # Each time modules that nobody has read before.
        (tmp_path / "heads.py").write_text(f"{HEADS}\nTURN = {turn}\n", encoding="utf-8")
        with _hasty(), ThreadPoolExecutor(THREADS) as pool:
            at_once = list(pool.map(api.analyse_file, files))
        (tmp_path / "heads.py").write_text(f"{HEADS}\nTURN = -{turn}\n", encoding="utf-8")
        assert at_once == [api.analyse_file(path) for path in files]
        assert [len(report.diagnostics) for report in at_once] == [2] * THREADS


def test_body_that_two_threads_lower_at_once_is_one_body() -> None:
    both = threading.Barrier(2, timeout=60)

    def lower() -> list[ir.Statement]:
        both.wait()
        return []

    definition = ir.FunctionDef("f", (), (), lower)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: definition.body, range(2))
    assert first is second is definition.body


def test_tree_that_two_threads_ask_for_places_has_them_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = quick_tree.quick_tree(Unit("two.py", None, CLASHING))
    assert tree is not None
    statement = tree.body[0]
    comparing, answered = threading.Event(), threading.Event()

    def slowly(body: Iterable[ir.Node]) -> Shape:
        if not comparing.is_set():
            comparing.set()
            assert answered.wait(60)
        return shape_of(body)

    monkeypatch.setattr(quick_tree, "shape_of", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: statement.span)
        assert comparing.wait(60)
        try:
            second = statement.span
        finally:
            answered.set()
        assert first.result() == second


def test_threads_that_need_room_take_turns() -> None:
    before = _state()
    sources = [DEEP, CLASHING, QUIET, DEEP.replace("Dense(10)", "Dense(20)")] * 2
    one_by_one = [api.analyse(source) for source in sources]
    assert all(report.problems == () for report in one_by_one)
    with _hasty(), ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(api.analyse, sources)) == one_by_one
    assert _state() == before


def test_limit_does_not_sink_under_a_thread_that_is_deep_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, plain = sys.getrecursionlimit(), checking.check_bytes
    begun, done = threading.Event(), threading.Event()
    seen: list[int] = []

    def slowly(name: str, data: bytes, asked: requests.Options) -> Checked:
        if name == "slow.py":
            seen.append(sys.getrecursionlimit())
            begun.set()
            assert done.wait(60)
            seen.append(sys.getrecursionlimit())
        return plain(name, data, asked)

    monkeypatch.setattr(analysing, "check_bytes", slowly)
    thread = threading.Thread(target=api.analyse, args=(QUIET, "slow.py"))
    thread.start()
    assert begun.wait(60)
    api.analyse(CLASHING)
    done.set()
    thread.join(60)
    assert seen == [seen[0]] * 2 and seen[0] > usual
    assert sys.getrecursionlimit() == usual


def test_depth_stays_as_usual_for_those_who_count_on_it() -> None:
    usual = sys.getrecursionlimit()
    seen: list[int] = []
    ready, done = threading.Event(), threading.Event()

    def count_on_it() -> None:
        with usual_depth():
            ready.set()
            while not room.TURNS.somebody_waits and not done.is_set():
                time.sleep(0.001)
            seen.append(sys.getrecursionlimit())

    thread = threading.Thread(target=count_on_it)
    thread.start()
    ready.wait(60)
    seen.append(room.with_room(sys.getrecursionlimit))
    done.set()
    thread.join(60)
    assert seen == [usual, seen[1]] and seen[1] > usual
    with usual_depth():
        assert room.with_room(lambda: 1) == 1


def test_who_is_interrupted_while_waiting_for_room_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    turns = room._Turns()
    with turns.usual():
        with monkeypatch.context() as patch:
            patch.setattr(turns._changed, "wait_for", interrupt)
            with pytest.raises(KeyboardInterrupt), turns.deep():
                raise AssertionError
        assert not turns.somebody_waits
    gone_on = threading.Event()

    def go_on() -> None:
        with turns.deep():
            pass
        with turns.usual():
            gone_on.set()

    threading.Thread(target=go_on, daemon=True).start()
    assert gone_on.wait(60)


def test_warnings_of_others_stay_theirs() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        api.analyse(DEEP)
        api.analyse("shallow = '\\d'\n")
        warnings.warn("heard", stacklevel=1)
    assert [str(warning.message) for warning in heard] == ["heard"]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_say_what_one_says(method: str) -> None:
    files = FILES[::16]
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        assert list(pool.map(api.analyse_file, files, chunksize=8)) == [api.analyse_file(path) for path in files]


@forks
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_process_that_is_forked_while_a_thread_reads_is_not_held_up() -> None:
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        with usual_depth():
            reading.set()
            done.wait(600)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert reading.wait(60)
        child = multiprocessing.get_context("fork").Process(target=api.analyse, args=(DEEP,))
        child.start()
        child.join(300)
        assert child.exitcode == 0
    finally:
        done.set()
        thread.join(60)


@forks
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("shared", SHARED)
def test_process_that_is_forked_during_a_threads_turn_is_not_held_up(shared: str, tmp_path: Path) -> None:
    (tmp_path / "heads.py").write_text(HEADS, encoding="utf-8")
    (tmp_path / "trains.py").write_text(TRAINS, encoding="utf-8")

    def look() -> None:
        with staying.staying():
            assert api.analyse_file(tmp_path / "trains.py").diagnostics
            project._parse(str(tmp_path / "heads.py"), b"", True)

    with SHARED[shared]():
        child = multiprocessing.get_context("fork").Process(target=look)
        child.start()
        child.join(60)
        if child.exitcode is None:
            child.kill()
    assert child.exitcode == 0


@forks
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_process_that_is_forked_during_an_analysis_is_as_it_was_before() -> None:
    def look() -> None:
        assert (sys.getrecursionlimit(), gc.get_threshold()) == before

    before = sys.getrecursionlimit(), gc.get_threshold()
    with stack.room_on_the_stack(), collector.collecting_rarely():
        assert (sys.getrecursionlimit(), gc.get_threshold()) != before
        child = multiprocessing.get_context("fork").Process(target=look)
        child.start()
        child.join(60)
    assert child.exitcode == 0
    assert (sys.getrecursionlimit(), gc.get_threshold()) == before


def test_the_collector_is_as_it_was_after_threads_that_overlapped() -> None:
    before = gc.get_threshold()
    first, second = collector.collecting_rarely(), collector.collecting_rarely()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() != before
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
