"""Random small Keras programs, written across all the constructs that the interpreter follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from flake8_logits.domain.facts import SiteKind
from tests.differential.grammar.builders import built, table_of_builders
from tests.differential.grammar.edits import edited
from tests.differential.grammar.heads import Head, several_heads
from tests.differential.grammar.losses import FUNCTIONS, MEETING, ask_by_compiling, ask_by_own_loss, ask_in_a_step
from tests.differential.grammar.models import Made, chosen, functional, nested, sequential
from tests.differential.grammar.readers import ask_by_reading, ask_by_written_loss
from tests.differential.grammar.subclasses import subclassed, wrapped
from tests.differential.grammar.surgery import operated
from tests.differential.grammar.trainings import ask_by_compute_loss, ask_by_train_step, several_models
from tests.differential.grammar.writer import STYLES, Writer

MOST_CHOICES = 400
MAKERS = (
    sequential,
    functional,
    sequential,
    functional,
    built,
    built,
    subclassed,
    subclassed,
    nested,
    edited,
    edited,
    chosen,
    table_of_builders,
    wrapped,
    operated,
    operated,
    operated,
)
LOSSES = frozenset(kind for kind in SiteKind if kind.is_loss)
ASKED: dict[str, Callable[[Writer], SiteKind | None]] = {
    "compile": ask_by_compiling,
    "own loss": ask_by_own_loss,
    "step": ask_in_a_step,
    "reader": ask_by_reading,
    "written loss": ask_by_written_loss,
    "compute loss": ask_by_compute_loss,
    "train step": ask_by_train_step,
}
WAYS: tuple[str, ...] = (
    *("compile",) * 4,
    *("reader",) * 2,
    "heads",
    "own loss",
    "step",
    "several",
    "compute loss",
    "train step",
    "written loss",
)


@dataclass(frozen=True)
class Program:
    """A program as the linter reads it and as TensorFlow runs it; they differ in what reads the output alone.

    ``flags`` are names of environment variables it reads; ``training`` says that it asks whether it is trained, and
    is to be run so; ``heads`` are its outputs where there are several.  ``kinds`` are those of the readers
    that are asked what they are given; where they are no losses, they stand on ``lines``.
    ``beyond_words`` is set where numbers that add up to one need not be called a distribution.
    """

    text: str
    runnable: str
    asked: str
    flags: tuple[str, ...]
    training: bool
    heads: tuple[Head, ...]
    tags: frozenset[str]
    kinds: frozenset[SiteKind] = LOSSES
    lines: frozenset[int] = frozenset()
    beyond_words: bool = False


def write(choices: bytes) -> Program:
    """The program that these choices lead to."""
    w = Writer(choices)
    w.style = w.pick(("keras", "tf.keras", *STYLES))
    w.tag(f"imports: {w.style}")
    heads: list[Head] = []
    asked = w.pick(WAYS)
    function = w.pick(FUNCTIONS)
    kind: SiteKind | None = None
    if asked == "heads":
        heads = several_heads(w)
    elif asked == "several":
        several_models(w)
    else:
        made: Made = w.pick(MAKERS)(w)
        w.line(f"model = {made.text}")
        kind = ASKED[asked](w)
    if MEETING in "\n".join(w.lines):
        w.need("import keras")
    written = w.text()
    text, runnable = written.replace(MEETING, function), written.replace(MEETING, "_observation")
    for token, (shown, run) in w.doubles.items():
        text, runnable = text.replace(token, shown), runnable.replace(token, run)
    lines = {number for number, line in enumerate(written.splitlines(), 1) if any(token in line for token in w.doubles)}
    return Program(
        text,
        runnable,
        asked,
        tuple(w.flags),
        "subclass: training branch" in w.tags,
        tuple(heads),
        frozenset(w.tags),
        LOSSES if kind is None else frozenset({kind}),
        frozenset(lines),
        w.beyond_words,
    )


def choices() -> st.SearchStrategy[bytes]:
    """Enough choices for any program.

    One value and not one for each choice: hypothesis would copy parts of a program to other places of it and give
    five near relations of each program it has tried.
    """
    return st.binary(min_size=MOST_CHOICES, max_size=MOST_CHOICES)
