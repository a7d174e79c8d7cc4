"""The way out of a program once the place is reached: nothing of the program runs there, as it could change what met.

Blocks of the program are left without asking it.  What runs of it nevertheless, such as ``__del__``, is noticed.
"""

from __future__ import annotations

import gc
import inspect
import sys
from types import CodeType, FrameType
from typing import Any

from flake8_logits.verify.child.made import SLICE, is_programs

_heeded: list[bool] = [False]
_leaving: list[bool] = []
_ran: list[str] = []
"""The functions in which something of the program ran on its way out."""


def begin(heeded: bool) -> None:
    """A program begins, of which nothing may run on the way out if that is ``heeded``."""
    _heeded[0] = heeded
    _leaving.clear()
    _ran.clear()
    if heeded and not gc.get_freeze_count():
        gc.freeze()  # the libraries' objects, that need not be looked through whenever the place is reached


def leave() -> None:
    """The place is reached: from now on the program is on its way out."""
    if _heeded[0] and not _leaving:
        _leaving.append(True)
        sys.setprofile(_notice)


def end() -> str:
    """The program is left.  The function of it that ran on the way out; empty if none did."""
    if _leaving:
        gc.collect()  # what is in a circle ends here, not while it is measured
        sys.setprofile(None)
        _leaving.clear()
    return _ran[0] if _ran else ""


def is_left() -> bool:
    """Whether the program is on its way out."""
    return bool(_leaving)


class Block:
    """What a ``with`` statement of the program enters and leaves: a block of its own is not told of the way out."""

    def __init__(self, manager: Any) -> None:
        self.manager = manager

    def __enter__(self) -> Any:
        return type(self.manager).__enter__(self.manager)

    def __exit__(self, *given: Any) -> Any:
        kind = type(self.manager)
        if is_left() and any(is_programs(one) for one in kind.__mro__):
            return None
        return kind.__exit__(self.manager, *given)


_OURS: frozenset[CodeType] = frozenset({is_left.__code__, Block.__exit__.__code__})


def _notice(frame: FrameType, event: str, _: Any) -> None:
    """Note what a program's code calls, and that it is called.  A generator that is closed is left like a block."""
    if event not in ("call", "c_call") or frame.f_code in _OURS:
        return
    if event == "call" and frame.f_code.co_flags & inspect.CO_GENERATOR:
        return
    asked = frame.f_back if event == "call" else None
    for one in (frame, asked):
        if one is not None and one.f_code.co_filename.startswith(SLICE):
            _ran.append(one.f_code.co_name)
