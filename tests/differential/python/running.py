"""Runs a program with stand-ins for PyTorch, and holds what the interpreter says of it against what happened."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from tests.differential.answer import answer
from tests.differential.probe import Refused
from tests.differential.python.programs import PythonProgram
from tests.differential.python.stand_ins import Meetings, TooLong


def measure(program: PythonProgram) -> dict[int, set[Scale]]:
    """What the loss of each line is given in any run.  Raises Refused where the program is none."""
    meetings = Meetings()
    try:
        code = compile(program.text, "program_under_test.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Refused(f"SyntaxError: {error}") from error
    for number in range(2 ** len(program.flags)):
        setting = {flag: str(number >> place & 1) for place, flag in enumerate(program.flags)}
        with _environment(setting):
            _run(code, meetings)
    return meetings.seen


def _run(code: Any, meetings: Meetings) -> None:
    def imports(name: str, *args: Any) -> Any:
        return meetings.torch() if name == "torch" else builtins.__import__(name, *args)

    namespace = {"__name__": "__main__", "__builtins__": {**vars(builtins), "__import__": imports}}
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            exec(code, namespace)
    except ValueError:
        pass  # nobody caught what the program raised: it ends there
    except (Exception, TooLong) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error


@contextlib.contextmanager
def _environment(setting: dict[str, str]) -> Iterator[None]:
    os.environ.update(setting)
    try:
        yield
    finally:
        for key in setting:
            del os.environ[key]


Said = dict[int, set[Scale] | None]
"""What is said of the loss of each line: all that it is given, or None where that is not known."""


@dataclass
class Outcome:
    """What came of one program: sentences that say what is wrong, and how many sites were known and not."""

    contradictions: list[str] = field(default_factory=list)
    known: int = 0
    lost: int = 0


def examine(program: PythonProgram) -> Outcome:
    """Hold what is said against what happened.  Raises Refused where the program cannot be run."""
    return compare(said_of(program), measure(program))


def said_of(program: PythonProgram) -> Said:
    """What the interpreter says of a program."""
    said: Said = {}
    for pairing in answer(program.text):
        known = said.setdefault(pairing.place.span.line, set())
        for one in pairing.observations:
            if known is None or not isinstance(one.output, Output):
                said[pairing.place.span.line] = known = None
            else:
                known.add(one.output.scale)
    return said


def compare(said: Said, seen: dict[int, set[Scale]]) -> Outcome:
    """What is said holds if it names all that happened; a loss of which nothing is said at all was overlooked."""
    outcome = Outcome()
    for line, scales in sorted(seen.items()):
        told = said.get(line, set())
        if told is None:
            outcome.lost += 1
            continue
        outcome.known += 1
        if not scales <= told:
            outcome.contradictions.append(f"line {line}: {_words(scales)} happens, {_words(told)} is said")
    return outcome


def _words(scales: set[Scale]) -> str:
    return " or ".join(sorted(scale.name for scale in scales)) or "nothing"
