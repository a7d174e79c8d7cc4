"""Random small Keras programs, written across all the constructs that the interpreter follows."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.differential.grammar.builders import built, table_of_builders
from tests.differential.grammar.edits import edited
from tests.differential.grammar.heads import Head, several_heads
from tests.differential.grammar.losses import FUNCTIONS, MEETING, ask_by_compiling, ask_by_own_loss, ask_in_a_step
from tests.differential.grammar.models import Made, chosen, functional, nested, sequential
from tests.differential.grammar.subclasses import subclassed, wrapped
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
)


@dataclass(frozen=True)
class Program:
    """A program as the linter reads it and as TensorFlow runs it; they differ in the name of the loss function alone.

    ``flags`` are names of environment variables it reads; ``training`` says that it asks whether it is trained, and
    is to be run so; ``heads`` are its outputs where there are several.
    """

    text: str
    runnable: str
    asked: str
    flags: tuple[str, ...]
    training: bool
    heads: tuple[Head, ...]
    tags: frozenset[str]


def write(choices: bytes) -> Program:
    """The program that these choices lead to."""
    w = Writer(choices)
    w.style = w.pick(("keras", "tf.keras", *STYLES))
    w.tag(f"imports: {w.style}")
    heads: list[Head] = []
    asked = w.pick(("compile", "compile", "compile", "compile", "heads", "own loss", "step"))
    function = w.pick(FUNCTIONS)
    if asked == "heads":
        heads = several_heads(w)
    else:
        made: Made = w.pick(MAKERS)(w)
        w.line(f"model = {made.text}")
        {"compile": ask_by_compiling, "own loss": ask_by_own_loss, "step": ask_in_a_step}[asked](w)
    if MEETING in "\n".join(w.lines):
        w.need("import keras")
    text = w.text()
    return Program(
        text.replace(MEETING, function),
        text.replace(MEETING, "_observation"),
        asked,
        tuple(w.flags),
        "subclass: training branch" in w.tags,
        tuple(heads),
        frozenset(w.tags),
    )


def choices() -> st.SearchStrategy[bytes]:
    """Enough choices for any program.

    One value and not one for each choice: hypothesis would copy parts of a program to other places of it and give
    five near relations of each program it has tried.
    """
    return st.binary(min_size=MOST_CHOICES, max_size=MOST_CHOICES)
