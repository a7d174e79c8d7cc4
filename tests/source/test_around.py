"""Statements that do not parse: the rest is read around them, and of what they may bind nothing is known."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.analysis import analyse
from flake8_logits.parser import parse
from flake8_logits.source.around import MOST_STATEMENTS, read_around
from flake8_logits.source.documents import python_document

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "rules").glob("*/*.py"))

CASES = {
    "a statement of Python 2": ('a = 1\nprint "a"\nb = 2\n', "a = 1\npass\nb = 2\n"),
    "what it binds": ("a, b.c = = 3\n", "a = b.c = __\n"),
    "what it adds to": ("a += = 3\n", "a = __\n"),
    "an argument binds nothing": ("f(a=1 b=2)\n", "pass\n"),
    "what has a method called": ("model.add(Dense(3)\nf(model)\n", "model = __\nf(model)\n"),
    "a method of its own": (
        "class A:\n    def f(self):\n        self.g(1 2)\n",
        "class A:\n    def f(self):\n        pass\n",
    ),
    "a function of a module": ("import numpy as np\nnp.save(a b)\n", "import numpy as np\npass\n"),
    "an import": ("import a b\n", "a = b = __\n"),
    "a name of Python's own": ("print = = 3\n", "pass\n"),
    "strings and comments say nothing": ("x = 'y = 3' 4 # z =\n", "x = __\n"),
    "several lines": ("f(\n    1 2,\n    3,\n)\na = 1\n", "pass\n\n\n\na = 1\n"),
    "a bracket that is never closed": ("x = f(\n    1,\na = 1\n", "x = __\n\na = 1\n"),
    "a bracket that is never closed within a block": (
        "def g():\n    x = f(\n        1,\n    a = 1\n",
        "def g():\n    x = __\n\n    a = 1\n",
    ),
    "a function with all that is in it": ("def f(x:\n    y = 1\n\n    return y\na = 1\n", "f = __\n\n\n\na = 1\n"),
    "a loop with all that is in it": (
        "for x of y:\n    z = 1\na = 1\n",
        "of = x = y = z = __\n\na = 1\n",
    ),
    "the else of what is gone": ("if x\n    y = 1\nelse:\n    z = 1\na = 1\n", "y = __\n\nz = __\n\na = 1\n"),
    "text that looks like a statement in a string": ('"""\nx = (\n"""\ny = = 1\n', '"""\nx = (\n"""\ny = __\n'),
    "marks of a conflict": (
        "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n",
        "pass\na = 1\npass\na = 2\npass\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rest_stays_line_by_line(case: str) -> None:
    broken, read = CASES[case]
    assert read_around(broken) == read


def test_what_parses_is_as_it_was() -> None:
    assert read_around("a = 1\n") == "a = 1\n"


def test_a_text_with_too_many_is_given_up() -> None:
    line = 'print "a"\n'
    assert read_around(line * MOST_STATEMENTS) is None
    assert read_around(line * (MOST_STATEMENTS - 1)) is not None


@pytest.mark.parametrize(
    "text", ["\0", "(" * 400, "x = " + "-" * 5000 + "1 1", '"""' + "a\n" * 30, "\\\n", "@\n" * 30, "\f = \n"]
)
def test_what_nobody_can_read_raises_nothing(text: str) -> None:
    read = read_around(text)
    assert read is None or read.count("\n") == text.count("\n")


@given(st.text(alphabet="ab=.:()[]'\"\\#@ \n\t", max_size=80))
def test_what_is_read_parses_and_has_as_many_lines(text: str) -> None:
    read = read_around(text)
    if read is not None:
        parse(read)
        assert read.count("\n") == text.count("\n")


BROKEN = ('print "done"', "x = = 1", "train(model", "retrun x", "with a at b:", "if x", "print('a'")


@pytest.mark.parametrize("seed", range(20))
def test_no_finding_appears_beside_a_broken_statement(seed: int) -> None:
    """A statement that does not parse may take findings away; it brings none, and no line moves."""
    chosen = random.Random(seed)
    for path in chosen.sample(FIXTURES, 4):
        lines = path.read_text().splitlines(keepends=True)
        starts = [number for number, line in enumerate(lines) if line[:1].isidentifier() and "import" not in line]
        at = chosen.choice(starts)
        text = "".join([*lines[:at], chosen.choice(BROKEN) + "\n", *lines[at:]])
        whole = analyse(python_document("fixture.py", "".join([*lines[:at], "pass\n", *lines[at:]]).encode()))
        rest = analyse(python_document("fixture.py", text.encode()))
        before = {(one.code, one.span) for one in whole.diagnostics}
        assert {(one.code, one.span) for one in rest.diagnostics} <= before, (path, at, text)


LINES = """import keras
from keras import layers

print "training"
model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])
model.compile(loss="categorical_crossentropy")
other = keras.Sequential([keras.Input((4,)), layers.Dense(10)])
other.add(layers.Softmax()
other.compile(loss="categorical_crossentropy")
"""


def test_what_was_read_is_said_and_what_is_broken_too() -> None:
    report = analyse(python_document("program.py", LINES.encode()))
    assert [(one.code, one.span.line) for one in report.diagnostics] == [("LGT101", 6)]
    assert [one.span.line for one in report.unknowns] == [9]
    (problem,) = report.problems
    assert problem.line == 4
    assert problem.message.endswith("(the rest was read)")
