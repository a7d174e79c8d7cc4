"""A made report with everything in it, and the source it speaks of."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Related, Report, UnknownSite
from flake8_logits.domain.places import Span
from flake8_logits.domain.unknown import End, Reason

LINES = {
    ("train.py", None): [
        "import keras",
        "",
        "model = keras.Sequential([keras.layers.Dense(10)])",
        "",
        "model.compile(loss='categorical_crossentropy')",
        "\tモデル = keras.Sequential([keras.layers.Dense(10)]); モデル.compile(loss='categorical_crossentropy')",
        "model.compile(" + "metrics=[" + "'accuracy', " * 12 + "], loss='categorical_crossentropy')",
        "model.compile(loss=keras.losses.BinaryCrossentropy(",
    ],
    ("models.py", None): ["def build():", "    return keras.layers.Dense(10, activation='softmax')"],
    ("n.ipynb", 1): ["model = keras.Sequential([keras.layers.Dense(10)])"],
    ("n.ipynb", 3): ["# training", "model.compile(loss='categorical_crossentropy')"],
}


def line_of(span: Span, number: int) -> str | None:
    """The line of the made sources."""
    lines = LINES.get((span.path, span.cell))
    return None if lines is None else lines[number - 1]


def span(path: str, cell: int | None, line: int, text: str, end_line: int | None = None) -> Span:
    """The span of the last occurrence of a text in a line."""
    start = LINES[path, cell][line - 1].rindex(text)
    return Span(path, cell, line, start, end_line or line, start + len(text) if end_line is None else 1)


def made(span: Span, *related: Span) -> Diagnostic:
    """A finding at these places."""
    notes = tuple(Related(there, "Dense without an activation") for there in related)
    message = "model 'model' gives logits but the loss expects probabilities; pass from_logits=True"
    return Diagnostic("LGT101", "logits-as-probabilities", message, span, notes)


LOSS = "'categorical_crossentropy'"
LAYER = "keras.layers.Dense(10)"
PLAIN = made(span("train.py", None, 5, LOSS), span("train.py", None, 3, LAYER))
ONE_LINE = made(span("train.py", None, 6, LOSS), span("train.py", None, 6, LAYER))
LONG = made(span("train.py", None, 7, LOSS), span("train.py", None, 3, LAYER))
SEVERAL_LINES = made(
    span("train.py", None, 8, "keras.losses.BinaryCrossentropy(", 10), span("train.py", None, 3, LAYER)
)
CONSEQUENT = replace(PLAIN, consequence="Nothing undoes it. It is another loss.")
OTHER_FILE = made(span("train.py", None, 5, LOSS), span("models.py", None, 2, "keras.layers.Dense"))
CELLS = made(span("n.ipynb", 3, 2, LOSS), span("n.ipynb", 1, 1, LAYER))
FINDINGS = (PLAIN, ONE_LINE, LONG, SEVERAL_LINES, OTHER_FILE)

UNKNOWNS = (
    UnknownSite(PLAIN.span, "categorical_crossentropy", Reason.LOADED, "load_model", span("train.py", None, 3, LAYER)),
    UnknownSite(LONG.span, "", Reason.UNKNOWN_SWITCH, end=End.LOSS),
    UnknownSite(CELLS.span, "mse", Reason.LOADED, "", CELLS.related[0].span),
)
PROBLEMS = (
    Problem("broken.py", "syntax error: unexpected indent", 3, 4),
    Problem("n.ipynb", "nested too deeply to be read", 1, None, 7),
    Problem("gone.py", "cannot be read: no such file or directory"),
)
REPORTS = (
    Report("train.py", FINDINGS, UNKNOWNS[:2]),
    Report("n.ipynb", (CELLS,), UNKNOWNS[2:], PROBLEMS[1:2]),
    Report("broken.py", problems=(PROBLEMS[0],)),
    Report("gone.py", problems=(PROBLEMS[2],)),
)
