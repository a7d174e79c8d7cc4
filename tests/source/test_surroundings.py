"""What an expression stands in, and what it costs to ask."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst import metadata as meta

from flake8_logits.source import syntax as ir
from flake8_logits.source.surroundings import Listed, displayed_beside, surroundings
from flake8_logits.source.tree import Tree
from flake8_logits.source.units import Unit


def test_a_tree_is_walked_once_for_all_that_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[object] = []
    plain = meta.MetadataWrapper.resolve

    def resolve(self: meta.MetadataWrapper, provider: type[meta.ParentNodeProvider]) -> object:
        walks.append(provider)
        return plain(self, provider)

    monkeypatch.setattr(meta.MetadataWrapper, "resolve", resolve)
    tree = Tree(Unit("a.py", None, "[a, b, c]\n"))
    assert isinstance(tree.module, cst.Module)
    (statement,) = tree.body
    assert isinstance(statement, ir.Evaluate) and isinstance(statement.value, ir.Collection)
    for element in statement.value.items:
        assert isinstance(surroundings(tree, element), Listed)
        assert len(displayed_beside(tree, element)) == 2
    assert walks == [meta.ParentNodeProvider]
