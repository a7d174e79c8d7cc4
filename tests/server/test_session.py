"""Which checks are made, and which are ended before they are through."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from flake8_logits.collector import IdleCollector
from flake8_logits.interruption import InterruptedAnalysisError, heed
from flake8_logits.server import session as sessions
from flake8_logits.server.knowledge import Known, Question, answer
from flake8_logits.server.programs import TextFile
from flake8_logits.server.session import Followed, Session
from flake8_logits.server.texts import Text
from tests.frontends.programs import CLASHING
from tests.server.editor import PATIENCE

pytestmark = pytest.mark.asyncio

URI = "file:///project/train.py"
SLOW = f"{CLASHING}# slow\n"


class Checks:
    """What is asked in place of real checks; one of a slow text goes on until it is ended, or let through."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.through = threading.Event()
        self.interrupted = threading.Event()

    def answer(self, question: Question) -> Known:
        if b"# slow" in question.buffer.data:
            self.wait()
        return answer(question)

    def wait(self) -> None:
        self.began.set()
        try:
            while not self.through.is_set():
                heed()
                time.sleep(0.001)
        except InterruptedAnalysisError:
            self.interrupted.set()
            raise


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Checks:
    made = Checks()
    monkeypatch.setattr(sessions, "answer", made.answer)
    return made


async def _until(holds: Callable[[], bool]) -> None:
    async def wait() -> None:
        while not holds():
            await asyncio.sleep(0.001)

    await asyncio.wait_for(wait(), PATIENCE)


def _opened(session: Session, text: str) -> TextFile:
    file = TextFile(URI, Text(text), 1)
    session.opened(file)
    return file


def _write(session: Session, file: TextFile, text: str) -> None:
    file.part = TextFile(URI, Text(text), 2).part
    file._buffer = None
    session.changed(file)


def _codes(followed: Followed) -> list[str]:
    return [found.code for found in followed.findings()]


async def test_a_check_of_a_text_that_is_another_by_now_is_ended(checks: Checks) -> None:
    shown: list[list[str]] = []
    session = Session(lambda followed: shown.append(_codes(followed)))
    file = _opened(session, SLOW)
    await _until(checks.began.is_set)
    _write(session, file, CLASHING)
    await _until(lambda: bool(shown))
    assert checks.interrupted.is_set() and shown == [["LGT101"]]
    session.close()


async def test_a_check_that_is_due_to_be_shown_is_not_ended(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "LONGEST", 0.0)
    shown: list[list[str]] = []
    session = Session(lambda followed: shown.append(_codes(followed)))
    file = _opened(session, SLOW)
    await _until(checks.began.is_set)
    _write(session, file, "x = 1\n")
    checks.through.set()
    await _until(lambda: len(shown) == 2)
    assert not checks.interrupted.is_set() and shown[-1] == []
    session.close()


async def test_a_check_of_what_is_closed_is_ended(checks: Checks) -> None:
    session = Session(lambda followed: None)
    _opened(session, SLOW)
    await _until(checks.began.is_set)
    session.forget(URI)
    await _until(checks.interrupted.is_set)
    session.close()


async def test_work_whose_request_is_cancelled_is_ended(checks: Checks) -> None:
    session = Session(lambda followed: None)
    work = asyncio.ensure_future(session.work(checks.wait))
    await _until(checks.began.is_set)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await _until(checks.interrupted.is_set)
    session.close()


async def test_memory_is_tidied_when_nobody_types(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    tidied = threading.Event()
    monkeypatch.setattr(IdleCollector, "collect", lambda self: tidied.set())
    session = Session(lambda followed: None)
    file = _opened(session, SLOW)
    await _until(checks.began.is_set)
    assert not tidied.is_set()
    _write(session, file, CLASHING)
    await _until(tidied.is_set)
    session.close()
