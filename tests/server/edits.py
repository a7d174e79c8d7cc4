"""Random edits of a program, and what a server has to make of them: the same as if it saw each text for the first time.

``python -m tests.server.edits 10000`` makes so many of them without a server between, which is a matter of minutes.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from flake8_logits.domain.diagnostics import Report
from flake8_logits.server.knowledge import Question, answer
from flake8_logits.server.programs import TextFile
from flake8_logits.server.settings import ClientSettings
from flake8_logits.server.texts import Text
from flake8_logits.service.checking import check_bytes
from flake8_logits.service.policy import Overrides, Policy
from tests.frontends.programs import CLASHING, CONTRADICTING

PROGRAM = f"""\
# \U0001f642 \u00e9
{CLASHING}
{CONTRADICTING}
def build(activation=None):
    return keras.Sequential([keras.layers.Dense(10, activation=activation)])


third = build("softmax")
third.compile("adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
"""
PIECES = (
    "\n", "\r\n", "\r", "\x0c", "\u2028", "\U0001f642", "\u00e9", "'", '"', "(", ")", " ", "#", "x", "\\", "\t",
    "# \U0001f642 noqa\n", "x = 1\n", ', activation="softmax"', "from_logits=True", "True", "False", "10",
    'model.compile("adam", loss="sparse_categorical_crossentropy")\n', "import keras\n",
)  # fmt: skip
_LINE_END = re.compile("\r\n|\r|\n")
SEED = 20261127

Edit = tuple[int, int, str]
"""Where a stretch of a text begins and ends, and what comes in its place."""


def edits(count: int, seed: int = SEED) -> Iterator[tuple[str, list[types.TextDocumentContentChangeEvent], str]]:
    """Yield a text, the changes of one notification, and the text afterwards, so many times.

    Now and then everything is taken back, so that the program is often one that parses.
    """
    rng = random.Random(seed)
    text = PROGRAM
    for number in range(count):
        before = text
        changes: list[types.TextDocumentContentChangeEvent] = []
        planned = [(0, len(text), PROGRAM)] if number % 7 == 6 else None
        for edit in planned or [_edit(rng, text) for _ in range(1)]:
            changes.append(as_change(text, edit))
            text = text[: edit[0]] + edit[2] + text[edit[1] :]
        for _ in range(rng.choice((0, 0, 1, 3)) if planned is None else 0):
            edit = _edit(rng, text)
            changes.append(as_change(text, edit))
            text = text[: edit[0]] + edit[2] + text[edit[1] :]
        yield before, changes, text


def _edit(rng: random.Random, text: str) -> Edit:
    """A random edit; most leave a program that parses."""
    kind = rng.random()
    if kind < 0.3:
        # A whole line more, or less.
        ends = [0, *(end.end() for end in _LINE_END.finditer(text))]
        index = rng.randrange(len(ends))
        last = min(index + rng.randrange(3), len(ends) - 1)
        return ends[index], ends[last], rng.choice(("", "x = 1\n", "# \U0001f642\r\n", "\x0c\n"))
    if kind < 0.7:
        old, new = rng.choice(
            (("True", "False"), ("False", "True"), ("softmax", "relu"), ("10", "1"), ("model", "m\u00e9"))
        )
        places = [found.start() for found in re.finditer(old, text)]
        if places:
            start = rng.choice(places)
            return start, start + len(old), new
    start = rng.randrange(len(text) + 1)
    end = min(start + rng.choice((0, 0, 1, 5)), len(text))
    return _whole(text, start), _whole(text, end), rng.choice(PIECES)


def _whole(text: str, offset: int) -> int:
    """An offset that is not within one end of a line, where no position is."""
    return offset + 1 if text[max(offset - 1, 0) : offset + 1] == "\r\n" else offset


def as_change(text: str, edit: Edit) -> types.TextDocumentContentChangeEvent:
    """An edit as a client of UTF-16 sends it."""
    start, end, new = edit
    return types.TextDocumentContentChangePartial(types.Range(position(text, start), position(text, end)), new)


def position(text: str, offset: int) -> types.Position:
    """Where an offset is for the protocol, worked out in another way than the server does."""
    before = _LINE_END.split(text[:offset])
    return types.Position(len(before) - 1, len(before[-1].encode("utf-16-le")) // 2)


def fresh(path: Path, text: str) -> Report:
    """What the command says of a text."""
    options = Policy(Overrides(no_cache=True)).options(str(path))
    return check_bytes(str(path), text.encode(), options).report


def parses(report: Report) -> bool:
    """Whether a text says what holds of it, or only that it is broken."""
    return not any(problem.kind.is_of_source for problem in report.problems)


def main(count: int) -> None:
    """Make edits, and stop at the first text that is another one, or of which other things are found."""
    path = Path("train.py").absolute()
    file = TextFile(path.as_uri(), Text(PROGRAM), 0)
    found = broken = 0
    for number, (_, changes, text) in enumerate(edits(count), 1):
        file.change(changes, number)
        assert file.part.text.source == text, f"edit {number}"
        report = fresh(path, text)
        if not parses(report):
            broken += 1
            continue
        known = answer(Question(file.buffer(), file.parts, {}, ClientSettings()))
        assert [(one.code, one.span) for one in known.report.diagnostics] == [
            (one.code, one.span) for one in report.diagnostics
        ], f"edit {number}"
        found += len(report.diagnostics)
    sys.stdout.write(f"{count} edits: {found} findings in {count - broken} texts that parse, {broken} that do not\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
