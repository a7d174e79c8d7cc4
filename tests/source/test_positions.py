"""What is said of places is what libcst's own provider says."""

from __future__ import annotations

from pathlib import Path

import libcst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from flake8_logits.source.documents import documents_of
from flake8_logits.source.positions import Positions

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = sorted((ROOT / "fixtures" / "outputs").rglob("*.py"))

TEXTS = ["", "x = 1", "\n\n# only\n", "if x:\n  y  # c\n\n  # end\n\nz = '''\n\n'''\n", "@a\ndef f(\n  b,\n): ...\n# c"]


def assert_as_the_provider_says(text: str) -> None:
    module = libcst.parse_module(text)
    theirs = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    ours = Positions(module)
    for node, found in theirs.items():
        assert ours.get(node) == ((found.start.line, found.start.column), (found.end.line, found.end.column))


@pytest.mark.parametrize("text", TEXTS)
def test_in_texts(text: str) -> None:
    assert_as_the_provider_says(text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_in_fixtures(path: Path) -> None:
    for document in documents_of(str(path), path.read_bytes()):
        for unit in document.units:
            assert_as_the_provider_says(unit.text)


def test_of_a_node_that_does_not_stand_there() -> None:
    assert Positions(libcst.parse_module("x")).get(libcst.Name("x")) is None
