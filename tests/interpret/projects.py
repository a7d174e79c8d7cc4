"""Folders of files for the tests of what stands in other files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import Reason
from flake8_logits.source.documents import read_document

BUILD = """\
from tensorflow import keras


def build():
    return keras.Sequential([keras.layers.Dense(10)])


model = build()
"""
"""A module whose models give logits; the layer stands on line 5."""
LAYER = 5
LOSS = (
    "import keras\n\nLOSS = 'categorical_crossentropy'\nloss = keras.losses.CategoricalCrossentropy()\nFLAG = False\n"
)
COMPILE = 'build().compile(loss="categorical_crossentropy")  # keras\n'
"""What is wrong with each of those models, on the line where it is written."""

NOT_OF_THE_PROJECT = Reason.UNKNOWN_CALL
"""A name of a module that is not found here is taken for a library's, which our knowledge does not have."""

Files = dict[str, str]


def mismatches(report: Report) -> Report:
    """A report without what other rules say of the same programs."""
    kept = tuple(found for found in report.diagnostics if found.code in ("LGT101", "LGT102", "LGT103"))
    return replace(report, diagnostics=kept)


class Project:
    """A folder of files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write({"pyproject.toml": ""})

    def write(self, files: Files) -> Project:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def path(self, name: str) -> str:
        return str(self.root / name)

    def report(self, name: str = "train.py") -> Report:
        (document,) = read_document(self.path(name))
        report = analyse(document)
        assert report.problems == ()
        assert all(found.span.path == self.path(name) for found in report.diagnostics)
        return mismatches(report)

    def found(self, name: str = "train.py") -> list[tuple[str, int]]:
        return [(found.code, found.span.line) for found in self.report(name).diagnostics]

    def reasons(self, name: str = "train.py") -> list[Reason]:
        report = self.report(name)
        assert report.diagnostics == ()
        return [site.reason for site in report.unknowns]
