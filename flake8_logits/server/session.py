"""One editor's session: what is open, what is known of it, and when it is found out anew.

All but ``answer`` runs on the thread that talks to the client; analyses follow each other on one thread of their own.
The first change after a pause is looked at at once.  While somebody types, a check waits for a pause as long as the
last check took, at most a second.  A check whose text is another by now is interrupted, unless nothing will have been
shown for that long when it ends: then what it finds is shown where it stands by now.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from flake8_logits.collector import IdleCollector
from flake8_logits.debug.explanation import Said
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Verification
from flake8_logits.fixes.mending import Spot
from flake8_logits.interruption import InterruptedAnalysisError, interruptible
from flake8_logits.server.analysis_thread import analysis_thread
from flake8_logits.server.knowledge import Known, Question, answer
from flake8_logits.server.programs import Notebook, Programs, TextFile
from flake8_logits.server.settings import ClientSettings
from flake8_logits.server.surviving import still_said, survivors
from flake8_logits.source.importers import may_import
from flake8_logits.source.project import forget_files

LOGGER = logging.getLogger(__name__)
R = TypeVar("R")

SOON = 0.005
"""Seconds before the first check after a pause: changes often come in pairs."""
LONGEST = 1.0
"""Seconds after which something is shown though the typing goes on."""
LONGEST_PAUSE = 0.5
IDLE = 0.25
"""Seconds after which nobody types, and memory can be tidied: that takes as long as a part of a check."""
BURST = 0.5
"""Seconds between two changes that belong together."""
TIMES = "checked %s: waited %.1f ms, analysed %.1f ms, converted and sent %.1f ms"


@dataclass(frozen=True, slots=True)
class Check:
    """A check that is going on; setting ``asked`` ends it.  ``overtaken`` are files that changed since it began."""

    began: float
    asked: threading.Event = field(default_factory=threading.Event)
    overtaken: set[str] = field(default_factory=set)


class Followed:
    """An open program, and what is known of it.

    ``mark`` counts its changes; ``known`` is the last answer, to the text that it had at ``known_mark``; ``good`` is
    the last one of a text that parsed.  ``by_others`` is set while a change of something else waits to be shown.
    ``verdicts`` are what the verifier said of findings, as long as the text stays the same.
    """

    def __init__(self, program: TextFile | Notebook) -> None:
        self.program = program
        self.mark = 0
        self.known: Known | None = None
        self.known_mark = -1
        self.good: Known | None = None
        self.asked = self.asked_before = 0.0
        self.by_others = False
        self.waiting_since: float | None = None
        self.took = 0.0
        self.verdicts: dict[Spot, Verification] = {}
        self.task: asyncio.Task[None] | None = None
        self.check: Check | None = None
        self.closed = False

    @property
    def is_current(self) -> bool:
        """Whether the last answer is to the present text."""
        return self.known_mark == self.mark

    def findings(self) -> list[Diagnostic]:
        """What is found, by its place in the present texts; where these do not parse, what was found before."""
        known, good = self.known, self.good
        if known is None:
            return []
        now = self.program.parts
        if known.broken and good is not None and good is not known:
            return list(survivors(good.report.diagnostics, good.question.parts, now))
        if self.is_current:
            return list(known.report.diagnostics)
        return list(survivors(known.report.diagnostics, known.question.parts, now))

    def last_layers(self, known: Known) -> list[Said]:
        """What each model gives, at its last layer; where the text does not parse, what it was known to give before."""
        good = self.good
        if known.broken and good is not None and good is not known:
            return list(still_said(good.last_layers, good.question.parts, known.question.parts))
        return list(known.last_layers)


class Session:
    """What one client has open.  ``show`` is called with a program when something new is known of it."""

    def __init__(self, show: Callable[[Followed], None]) -> None:
        self.programs = Programs()
        self.settings = ClientSettings()
        self._show = show
        self._followed: dict[str, Followed] = {}
        self._worker = analysis_thread()
        self._collector = IdleCollector()
        self._tidying: asyncio.TimerHandle | None = None

    def close(self) -> None:
        """End all work."""
        for followed in self._followed.values():
            self._end(followed)
        self._keep_from_tidying()
        self._worker.shutdown(wait=False, cancel_futures=True)

    # -- what the client tells -----------------------------------------------------------------------------------

    def opened(self, program: TextFile | Notebook) -> None:
        """Follow a program from now on."""
        self.forget(program.uri)
        self.programs.add(program)
        self._followed[program.uri] = Followed(program)
        self.changed(program)

    def changed(self, program: TextFile | Notebook) -> None:
        """The content of a program is another one: check it, and the programs that lean on it."""
        followed = self._followed[program.uri]
        self.recheck([followed])
        path = os.path.abspath(program.path)
        self._overtake({path})
        self.recheck_others(
            [other for other in self._followed.values() if other is not followed and self._concerns({path}, other)]
        )

    def _concerns(self, paths: set[str], one: Followed) -> bool:
        """Whether what is known of a program may be another with other contents of files.

        They are those that it asked for, and, where it asked which files call it, the open ones that may do so by now.
        """
        leaned_on = _leaned_on(one)
        if paths & leaned_on:
            return True
        if not _asks_for_callers(one):
            return False
        called = {one.program.path, *leaned_on}
        return any(may_import(file.part.text.plain, called) for file in self.programs.files() if file.absolute in paths)

    def show_again(self, program: TextFile | Notebook) -> None:
        """Show what is known of a program whose text is a new version without a difference."""
        followed = self._followed[program.uri]
        if followed.is_current:
            self._show(followed)

    def recheck(self, followed: Iterable[Followed]) -> None:
        """Check programs anew."""
        self._keep_from_tidying()
        for one in followed:
            one.mark += 1
            one.verdicts = {}
            one.asked_before, one.asked = one.asked, time.monotonic()
            one.waiting_since = one.waiting_since or one.asked
            _supersede(one)
            if one.task is None or one.task.done():
                one.task = asyncio.get_running_loop().create_task(self._follow(one))

    def recheck_others(self, followed: Iterable[Followed]) -> None:
        """Check programs anew that stayed as they are, while something that they depend on did not."""
        followed = list(followed)
        for one in followed:
            one.by_others = True
        self.recheck(followed)

    def recheck_leaning_on(self, paths: set[str], whole: bool = False) -> None:
        """Check the programs anew that files on the disk have a part in; ``whole`` for all programs.

        These are the programs that asked for the content of one, and those that asked which files call them.
        """
        forget_files()
        self._overtake(paths)
        self.recheck_others(
            [one for one in self._followed.values() if whole or paths & _leaned_on(one) or _asks_for_callers(one)]
        )

    def _overtake(self, paths: set[str]) -> None:
        """Tell checks that are under way of files that have changed: only at the end do they know what they lean on."""
        for one in self._followed.values():
            if one.check is not None:
                one.check.overtaken.update(paths)

    def forget(self, uri: str) -> Followed | None:
        """Follow a program no longer; None where it was not followed."""
        followed = self._followed.pop(uri, None)
        self.programs.remove(uri)
        if followed is not None:
            self._end(followed)
        return followed

    # -- what is known -------------------------------------------------------------------------------------------

    def followed_by(self, uri: str) -> Followed | None:
        """The program that a text belongs to; None where it is not open."""
        program = self.programs.with_part(uri)
        return None if program is None else self._followed.get(program.uri)

    def followed(self) -> list[Followed]:
        """All programs that are open."""
        return list(self._followed.values())

    async def current(self, followed: Followed) -> Known | None:
        """What is known of the present text, as soon as it is; None where the program is closed meanwhile."""
        while not followed.closed and not followed.is_current:
            task = followed.task
            if task is None or task.done():
                self.recheck([followed])
                continue
            await asyncio.wait([task])
        return None if followed.closed else followed.known

    async def work(self, act: Callable[[], R], asked: threading.Event | None = None) -> R:
        """The result of something that takes long, from the thread that analyses.

        It ends early where nobody waits for it any more, and where ``asked`` is set: then it raises
        InterruptedAnalysisError.
        """
        asked = asked or threading.Event()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, _interruptibly, asked, act)
        except asyncio.CancelledError:
            asked.set()
            raise

    # -- the work ------------------------------------------------------------------------------------------------

    async def _follow(self, one: Followed) -> None:
        """Check a program until what is known is up to date."""
        try:
            await self._catch_up(one)
        except Exception:
            # Whatever one program does, the others are still followed; it is looked at again when it changes.
            LOGGER.exception("could not check %s", one.program.path)
            one.known_mark = one.mark

    async def _catch_up(self, one: Followed) -> None:
        while not one.closed and not one.is_current:
            await self._settle(one)
            mark, question = one.mark, self._question(one)
            one.check = check = Check(time.monotonic())
            began, since = check.began, one.waiting_since or check.began
            try:
                known = await self.work(partial(answer, question), check.asked)
            except InterruptedAnalysisError:
                LOGGER.debug("interrupted the check of %s", one.program.path)
                continue
            finally:
                one.check = None
            one.took = time.monotonic() - began
            one.known, one.known_mark = known, mark
            if self._concerns(check.overtaken, one):
                one.mark, one.by_others = one.mark + 1, True
            if not known.broken:
                one.good = known
            done = time.monotonic()
            if one.is_current or done - since > LONGEST:
                one.waiting_since = None if one.is_current else done
                self._show(one)
                shown = time.monotonic()
                LOGGER.debug(TIMES, one.program.path, *(1000 * t for t in (began - since, one.took, shown - done)))
        self._tidy_later()

    def _tidy_later(self) -> None:
        """Tidy memory when nothing has been changed for a while."""
        self._keep_from_tidying()
        loop = asyncio.get_running_loop()
        self._tidying = loop.call_later(IDLE, lambda: self._worker.submit(self._collector.collect))

    def _keep_from_tidying(self) -> None:
        if self._tidying is not None:
            self._tidying.cancel()
            self._tidying = None

    async def _settle(self, one: Followed) -> None:
        """Wait for a pause in the changes, if there was none before this one."""
        pause = self.settings.debounce
        if pause is None:
            typing = one.asked - one.asked_before < BURST
            pause = min(max(one.took, SOON), LONGEST_PAUSE) if typing else SOON
        latest = (one.waiting_since or one.asked) + LONGEST
        while True:
            wake = min(one.asked + pause, latest)
            left = wake - time.monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)

    def _question(self, one: Followed) -> Question:
        program = one.program
        return Question(program.buffer(), list(program.parts), self.programs.unsaved(), self.settings)

    def _end(self, followed: Followed) -> None:
        followed.closed = True
        if followed.task is not None:
            followed.task.cancel()


def _interruptibly(asked: threading.Event, act: Callable[[], R]) -> R:
    with interruptible(asked):
        return act()


def _supersede(one: Followed) -> None:
    """End the check of what is another by now, unless what it finds is due to be shown all the same."""
    check = one.check
    if check is not None and check.began + one.took - (one.waiting_since or check.began) < LONGEST:
        check.asked.set()


def _leaned_on(followed: Followed) -> frozenset[str]:
    return frozenset() if followed.known is None else followed.known.examination.leans_on


def _asks_for_callers(followed: Followed) -> bool:
    return followed.known is not None and followed.known.examination.by_callers
