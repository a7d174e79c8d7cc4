"""What the server says of texts as they are opened, changed, saved and closed, by the real protocol."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.frontends.programs import CLASHING, QUIET
from tests.server.editor import editing

pytestmark = pytest.mark.asyncio


async def test_a_finding_has_all_that_an_editor_shows(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        (found,) = await editor.diagnostics(uri)
    assert (found.code, found.severity, found.source) == ("LGT101", types.DiagnosticSeverity.Warning, "flake8-logits")
    assert found.range == types.Range(types.Position(3, 37), types.Position(3, 70))
    assert found.code_description is not None
    assert found.code_description.href.endswith("/docs/rules/logits-as-probabilities.md")
    (layer,) = found.related_information or ()
    assert layer.location == types.Location(uri, types.Range(types.Position(2, 26), types.Position(2, 48)))
    assert "Dense" in layer.message


async def test_what_is_mended_is_gone(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        assert await editor.codes(uri) == ["LGT101"]
        editor.replace(uri, 2, QUIET)
        assert await editor.codes(uri, 2) == []
        editor.close(uri)
        await editor.until(lambda: editor.published[uri].version is None)
        assert not editor.published[uri].diagnostics
