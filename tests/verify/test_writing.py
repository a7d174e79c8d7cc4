"""Slices are written as source that Python can read again."""

from __future__ import annotations

import ast

import pytest

from flake8_logits.verify.child.guarding import guarded
from flake8_logits.verify.child.made import Depends
from flake8_logits.verify.writing import written
from tests.verify.programs import HEAD, source

MODEL = "model = keras.Sequential([keras.Input((4,)), layers.Dense(units)])\n"
LOSS = 'model.compile("adam", loss="sparse_categorical_crossentropy")\n'
BACKSLASH = "units = len(f\"\"\"{os.popen('''a\nb''').read()!s:>9} {1}\"\"\")\n"
"""What is not run here is named in a text with a backslash, which stood in none before."""


def test_text_that_is_not_run_may_be_part_of_another() -> None:
    kept = source(HEAD + BACKSLASH + MODEL + LOSS)
    ast.parse(kept)
    assert "os.popen('a" in kept


def test_texts_are_joined_as_they_were() -> None:
    text = "a, b = 'x', 3\nfound = f'{a!r:>5}|{b:{b}}|{a}|{{}}'"
    tree = ast.parse(text)
    joined = next(node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    joined.values.append(ast.FormattedValue(ast.Constant("\\"), -1, None))
    space: dict[str, str] = {}
    exec(written(ast.fix_missing_locations(tree).body)[1], space)
    assert space["found"] == "  'x'|  3|x|{}\\"


@pytest.mark.parametrize(
    "pattern", ["layers.Dense()", "layers.Dense", "{layers.Dense: 1}", "[layers.Dense(units=os.sep)]"]
)
def test_pattern_that_names_what_a_library_has_is_written_and_refused(pattern: str) -> None:
    kept = source(f"{HEAD}units = 8\nmatch units:\n    case {pattern}:\n        units = 3\n{MODEL}{LOSS}")
    with pytest.raises(Depends, match="case "):
        guarded(kept)
