"""The same program, written differently, earns the same findings; one of which nothing can be known earns none."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.source.documents import Document, python_document, read_document
from flake8_logits.source.prefilter import worth_parsing
from tests.metamorphoses import SAME, SILENT, in_cells, in_two_files

FOLDER = Path(__file__).resolve().parents[1] / "fixtures"
PROGRAMS = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for place in ("rules", "quiet")
    for path in sorted((FOLDER / place).rglob("*.py"))
}
LEAST_CHANGED = 0.4
"""A change that can be made to hardly any program tests nothing."""

Found = Counter[tuple[str, str]]


def found(document: Document) -> Found:
    """How often each code is found, and in what expression."""
    report = analyse(document)
    assert report.problems == ()
    units = {unit.cell: unit.text for unit in document.units}
    return Counter((one.code, _text(one, units[one.span.cell])) for one in report.diagnostics)


def _text(one: Diagnostic, text: str) -> str:
    """What stands at a finding, spaces left out."""
    lines = text.splitlines()[one.span.line - 1 : one.span.end_line]
    if len(lines) == 1:
        return "".join(lines[0][one.span.column : one.span.end_column].split())
    return "".join("".join([lines[0][one.span.column :], *lines[1:-1], lines[-1][: one.span.end_column]]).split())


def codes(counted: Found) -> Counter[str]:
    total: Counter[str] = Counter()
    for (code, _), count in counted.items():
        total[code] += count
    return total


def plain(text: str, path: str = "program.py") -> Document:
    return python_document(path, text.encode())


@cache
def before(name: str) -> Found:
    """What is found in a program as it is."""
    return found(plain(PROGRAMS[name]))


@pytest.mark.parametrize("change", SAME)
def test_the_same_is_found_in_a_program_that_is_written_differently(change: str) -> None:
    wrong = {}
    changed = 0
    for name, text in PROGRAMS.items():
        after_text = SAME[change](text)
        if after_text is None:
            continue
        changed += 1
        first, after = before(name), found(plain(after_text))
        if (codes(first) != codes(after)) if "name" in change else (first != after):
            wrong[name] = (dict(first - after), dict(after - first))
    assert wrong == {}
    assert changed >= LEAST_CHANGED * len(PROGRAMS)


@pytest.mark.parametrize("change", SILENT)
def test_nothing_is_found_where_nothing_can_be_known(change: str) -> None:
    assert sum(bool(before(name)) for name in PROGRAMS) > 40
    # What a comment states is known whatever the code says.
    programs = {name: text for name, text in PROGRAMS.items() if "# logits:" not in text}
    after = {name: changed for name, text in programs.items() if (changed := SILENT[change](text)) is not None}
    assert len(after) >= LEAST_CHANGED * len(PROGRAMS)
    assert {name: dict(left) for name, text in after.items() if (left := found(plain(text)))} == {}


def test_the_same_is_found_in_cells(tmp_path: Path) -> None:
    wrong = {}
    for name, text in PROGRAMS.items():
        path = tmp_path / "program.ipynb"
        path.write_bytes(in_cells(text))
        (document,) = read_document(str(path))
        after = found(document)
        if after != before(name):
            wrong[name] = (dict(before(name) - after), dict(after - before(name)))
    assert wrong == {}


def test_the_same_is_found_in_two_files(tmp_path: Path) -> None:
    """What stands before the first finding may as well be imported."""
    (tmp_path / "pyproject.toml").touch()
    wrong = {}
    split = 0
    for name, text in PROGRAMS.items():
        report = analyse(plain(text))
        halves = in_two_files(text, [one.span.line for one in report.diagnostics])
        if halves is None or not report.diagnostics or not worth_parsing(halves.second):
            continue
        split += 1
        (tmp_path / "first_half.py").write_text(halves.first, encoding="utf-8")
        (tmp_path / "second.py").write_text(halves.second, encoding="utf-8")
        (document,) = read_document(str(tmp_path / "second.py"))
        after = codes(found(document))
        if after != codes(before(name)):
            wrong[name] = (dict(codes(before(name))), dict(after))
    assert wrong == {}
    assert split >= 30
