"""No text, however excessive, makes the command crash, hang or print a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.source.nesting import TooDeep, check_nesting
from tests.never.holding_itself import programs
from tests.never.programs import PROGRAMS
from tests.never.shapes import PATTERNS, SHAPES, Shape

KERAS = "import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss='binary_crossentropy')\n"
"""One finding, so that nothing is skipped for having no model in it."""

SIZES = (7, 60, 290, 990)
FEWER = (20, 300)
LARGEST = 300_000
"""Characters of one file: blocks within blocks grow with the square of their number."""
MINUTES = 15
"""A bound for the whole folder, far above what it takes, so that a hang is told from a slow machine."""


def _check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8_logits", "check", "--show-unknown", "--output-format", "concise", str(folder)],
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
    )


def _write(folder: Path, table: dict[str, Shape], sizes: tuple[int, ...], before: str = "", after: str = "") -> int:
    written = 0
    for name, shape in table.items():
        for size in sizes:
            text = before + shape(size) + after
            if len(text) <= LARGEST:
                stem = re.sub(r"\W+", "_", name)
                (folder / f"{stem}_{size}.py").write_bytes(text.encode("utf-8", "surrogatepass"))
                written += 1
    return written


def test_texts_in_excess(tmp_path: Path) -> None:
    written = _write(tmp_path, SHAPES, SIZES, KERAS, "\n")
    run = _check(tmp_path)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert "internal error" not in run.stdout + run.stderr
    seen = {line.split(":")[0] for line in (run.stdout + run.stderr).splitlines() if ".py" in line}
    assert len(seen) == written, "each file is either checked, with its finding, or named as one that cannot be read"


def test_programs_in_excess(tmp_path: Path) -> None:
    _write(tmp_path, PROGRAMS, FEWER)
    run = _check(tmp_path)
    assert run.returncode in (0, 1, 2), run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert "internal error" not in run.stdout + run.stderr


def test_things_that_hold_themselves(tmp_path: Path) -> None:
    written = {f"{name.replace(' ', '_')}.py": KERAS + text for name, text in programs()}
    for name, text in written.items():
        (tmp_path / name).write_text(text)
    run = _check(tmp_path)
    assert run.returncode == 1, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert "internal error" not in run.stdout + run.stderr
    found = {Path(line.split(":")[0]).name for line in run.stdout.splitlines() if ":3:" in line and " LGT" in line}
    assert found == written.keys(), "the fault at the head of each is told"


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - {"alternatives"}))
def test_patterns_that_would_take_the_parser_years_are_refused(name: str) -> None:
    with pytest.raises(TooDeep):
        check_nesting(PATTERNS[name](25))


@pytest.mark.parametrize(
    "text",
    [
        "match a:\n    case {'a': {'b': {'c': [C(d=(1, x)), *_]}}}: pass\n",
        "match a:\n" + "    case {'a': [C(x, y), (1, 2)]}: pass\n" * 2000,
        "case = {1: [{2: [{3: [{4: [{5: 6}]}]}]}]}\n",
        "model = " + "(" * 150 + "1" + ")" * 150,
        "x = [" + "lambda: 1,\n" * 250 + "]\n",
        "if a: pass\n" + "elif b: pass\n" * 900,
        "if a: pass\nelif b: pass\n" * 2000,
        "x = {" + "'a': 1 + 2 + 3,\n" * 5000 + "}\n",
        "x = (" + "'a' 'b'\n" * 5000 + ")\n",
        "x = 1 + 2 - 3\n" * 5000,
    ],
)
def test_what_people_write_is_read(text: str) -> None:
    check_nesting(text)
