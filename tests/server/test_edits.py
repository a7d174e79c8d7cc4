"""After any number of edits the server says what it would say if it saw the text for the first time."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest
from lsprotocol import types

from flake8_logits.server.knowledge import Question, answer
from flake8_logits.server.programs import TextFile
from flake8_logits.server.settings import ClientSettings
from flake8_logits.server.texts import Text
from flake8_logits.source.pieces import KEPT
from tests.server.editor import editing
from tests.server.edits import PROGRAM, edits, fresh, main, parses, position

THROUGH_THE_PROTOCOL = 60
WITHOUT = 150


@pytest.mark.asyncio
async def test_edits_through_the_protocol(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    uri = path.as_uri()
    compared = 0
    async with editing(tmp_path) as editor:
        editor.open(uri, PROGRAM, 0)
        for version, (_, changes, text) in enumerate(edits(THROUGH_THE_PROTOCOL), 1):
            editor.change(uri, version, *changes)
            report = fresh(path, text)
            if not parses(report):
                continue
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            wanted = [
                (one.code, one.span.line - 1, _units(lines[one.span.line - 1][: one.span.column]))
                for one in report.diagnostics
            ]
            said = await editor.diagnostics(uri, version)
            compared += bool(said)
            assert [(one.code, one.range.start.line, one.range.start.character) for one in said] == wanted
    assert compared > THROUGH_THE_PROTOCOL / 4


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_edits_without_a_server_between(capsys: pytest.CaptureFixture[str]) -> None:
    main(WITHOUT)
    said = capsys.readouterr().out
    assert said.startswith(f"{WITHOUT} edits")


def test_what_is_kept_of_a_text_does_not_grow_with_its_edits(tmp_path: Path) -> None:
    """Among it is what is kept of a module that other files import, which is read anew after each edit."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "models.py").touch()
    module = TextFile((tmp_path / "models.py").as_uri(), Text(PROGRAM), 0)
    script = TextFile(
        (tmp_path / "train.py").as_uri(), Text("import models\nimport keras\nmodels.model.compile()\n"), 0
    )

    def edit(number: int) -> None:
        start = position(PROGRAM, 0)
        line = types.TextDocumentContentChangePartial(types.Range(start, types.Position(1, 0)), f"# {number:06}\n")
        module.change([line], number)
        unsaved = {module.path: module.buffer().data}
        known = answer(Question(script.buffer(), script.parts, unsaved, ClientSettings()))
        assert module.path in known.examination.leans_on
        answer(Question(module.buffer(), module.parts, unsaved, ClientSettings()))

    for number in range(5):
        edit(number)
    before = _kept()
    for number in range(5, 25):
        edit(number)
    assert _kept() == before


def _kept() -> Counter[str]:
    """How many objects of each type of ours there are, apart from pieces of texts, of which so much is kept."""
    KEPT.clear()
    gc.collect()
    ours = (type(one) for one in gc.get_objects() if str(type(one).__module__).startswith("flake8_logits"))
    return Counter(kind.__qualname__ for kind in ours)
