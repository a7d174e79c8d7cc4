"""Every fixture earns what its comments state, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic, Related
from flake8_logits.domain.places import Span
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import read_document
from tests.expectations import disagreements

FOLDER = Path(__file__).resolve().parents[1] / "fixtures"
ELSEWHERE = ("outputs", "fixes")
"""Folders whose programs other tests read."""
FIXTURES = sorted(path for path in FOLDER.rglob("*.py") if path.relative_to(FOLDER).parts[0] not in ELSEWHERE)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def test_fixture_earns_what_it_states(path: Path) -> None:
    (document,) = read_document(str(path))
    report = analyse(document)
    assert report.problems == ()
    # Rules that are off by default speak in their own folder only.
    codes = {rule.code for rule in RULES if rule.default or rule.name == path.parent.name}
    found = [diagnostic for diagnostic in report.diagnostics if diagnostic.code in codes]
    # The lines of the document, not of the file: they are what spans count.
    assert disagreements(document.text, found) == []


def _found(line: int, start: int, end: int, code: str = "LGT101", related: Span | None = None) -> Diagnostic:
    notes = () if related is None else (Related(related, "note"),)
    return Diagnostic(code, "rule", "message", Span("x.py", None, line, start, line, end), notes)


STATED = """\
layer = Dense(10)
#       ^^^^^^^^^< related
loss(layer)  # expect: LGT101
#    ^^^^^
"""
PLACE = Span("x.py", None, 1, 8, 1, 17)


def test_harness_is_content_with_what_is_stated() -> None:
    assert disagreements(STATED, [_found(3, 5, 10, related=PLACE)]) == []
    assert disagreements("loss(layer)\n", []) == []


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([], "LGT101 is missing"),
        ([_found(1, 5, 10, related=PLACE)], "line 3: LGT101 is missing"),
        ([_found(3, 5, 10, "LGT102", related=PLACE)], "LGT102 is not expected"),
        ([_found(3, 5, 10, related=PLACE)] * 2, "LGT101 is not expected"),
        ([_found(3, 5, 9, related=PLACE)], "no finding in columns 5 to 10, but 5 to 9"),
        ([_found(3, 4, 10, related=PLACE)], "no finding in columns 5 to 10, but 4 to 10"),
        ([_found(3, 5, 10)], "no related place in columns 8 to 17, but nothing there"),
        ([_found(3, 5, 10, related=Span("x.py", None, 1, 0, 1, 5))], "no related place"),
    ],
)
def test_harness_objects_to_anything_else(found: list[Diagnostic], says: str) -> None:
    assert any(says in line for line in disagreements(STATED, found))


def test_harness_counts_codes_on_one_line() -> None:
    text = "a; b  # expect: LGT101, LGT101, LGT102\n"
    assert disagreements(text, [_found(1, 0, 1), _found(1, 3, 4), _found(1, 3, 4, "LGT102")]) == []
    assert disagreements(text, [_found(1, 0, 1), _found(1, 3, 4, "LGT102")]) == ["line 1: LGT101 is missing"]
