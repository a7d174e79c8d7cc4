"""What can be done about findings, by the real protocol: the edits are made, and what comes of them is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from flake8_logits.domain.places import Span
from flake8_logits.server.actions import FIX_ALL, FIX_NOTEBOOK, actions_for
from flake8_logits.server.knowledge import Question, answer
from flake8_logits.server.locating import Places
from flake8_logits.server.programs import Programs, TextFile
from flake8_logits.server.settings import ClientSettings
from flake8_logits.server.texts import Text
from flake8_logits.service import editing as editing_service
from tests.frontends.programs import CLASHING, CONTRADICTING, QUIET
from tests.server.another_file import IMPORTING, MODULE
from tests.server.editor import Editor, editing, everywhere, unversioned
from tests.server.patched import patched

pytestmark = pytest.mark.asyncio

LINE_OF_THE_LOSS = types.Range(types.Position(3, 40), types.Position(3, 40))


async def _checked(editor: Editor, uri: str, version: int, text: str) -> list[object]:
    editor.replace(uri, version, text)
    return await editor.codes(uri, version)


async def test_fixes_come_best_first_and_what_changes_the_model_is_never_preferred(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CONTRADICTING)
        (found,) = await editor.diagnostics(uri)
        safe, unsafe, comment, every = await editor.actions(uri, found.range)
        assert {one.kind for one in (safe, unsafe, comment)} == {types.CodeActionKind.QuickFix}
        assert (safe.is_preferred, unsafe.is_preferred, comment.is_preferred) == (True, False, None)
        assert every.kind == FIX_ALL
        assert unsafe.title.endswith("(changes the model)")
        assert comment.title == "Ignore LGT102 on this line with a comment"
        assert [one.code for one in safe.diagnostics or ()] == ["LGT102"]
        for version, action in enumerate((safe, unsafe, comment), 2):
            text = patched(CONTRADICTING, action, uri)
            assert text != CONTRADICTING
            assert await _checked(editor, uri, version, text) == []
        assert "from_logits=True,  # noqa: LGT102" in patched(CONTRADICTING, comment, uri)


async def test_all_that_is_safe_is_mended_at_once(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = CLASHING + CONTRADICTING.removeprefix("import keras\n").replace("model", "other")
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        assert await editor.codes(uri) == ["LGT101", "LGT102"]
        (action,) = await editor.actions(uri, everywhere(), [types.CodeActionKind.SourceFixAll])
        assert action.kind == FIX_ALL
        assert await _checked(editor, uri, 2, patched(text, action, uri)) == []
        assert await editor.actions(uri, everywhere(), [FIX_ALL]) == []


async def test_nothing_is_offered_where_nothing_is_found(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, QUIET)
        assert await editor.actions(uri, everywhere()) == []
        editor.replace(uri, 2, CLASHING)
        start = types.Position(0, 0)
        assert await editor.actions(uri, types.Range(start, start), [types.CodeActionKind.QuickFix]) == []
        assert await editor.actions(uri, LINE_OF_THE_LOSS, [types.CodeActionKind.Refactor]) == []
        assert await editor.actions("file:///never/opened.py", everywhere()) == []


async def test_edits_keep_the_ends_of_lines_and_need_no_versions(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = CONTRADICTING.replace("\n", "\r\n")
    async with editing(tmp_path, unversioned) as editor:
        editor.open(uri, text)
        (action,) = await editor.actions(uri, everywhere(), [FIX_ALL])
        assert action.edit is not None and action.edit.document_changes is None
        after = patched(text, action, uri)
        assert after != text
        assert after.count("\r\n") == after.count("\n")


async def test_a_fix_in_a_file_of_another_encoding_is_made_in_its_characters(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = CLASHING.replace("import keras", '# coding: latin-1\nimport keras; x = "\u00e9"').replace(
        "model.", "\u00e9 = model;  model."
    )
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        (action,) = await editor.actions(uri, everywhere(), [FIX_ALL])
        assert await _checked(editor, uri, 2, patched(text, action, uri)) == []


async def test_fixes_are_tried_on_what_the_editor_holds(tmp_path: Path) -> None:
    script, module = (tmp_path / "train.py").as_uri(), tmp_path / "models.py"
    (tmp_path / "pyproject.toml").touch()
    module.write_text(MODULE.format(activation=', activation="softmax"'))
    async with editing(tmp_path) as editor:
        editor.open(module.as_uri(), MODULE.format(activation=""))
        editor.open(script, IMPORTING)
        assert await editor.codes(script) == ["LGT101"]
        fix, *_ = await editor.actions(script, everywhere(), [types.CodeActionKind.QuickFix])
    assert fix.is_preferred, "on the disk it would bring another finding"


async def test_kinds_are_those_that_editors_run_on_saving(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        provider = editor.capabilities.code_action_provider
    assert isinstance(provider, types.CodeActionOptions)
    assert list(provider.code_action_kinds or ()) == ["quickfix", FIX_ALL, FIX_NOTEBOOK]
    assert FIX_ALL.startswith(f"{types.CodeActionKind.SourceFixAll.value}.")
    assert f"notebook.{FIX_ALL}" == FIX_NOTEBOOK


async def test_of_many_findings_few_are_tried_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = CLASHING + "".join(CLASHING.removeprefix("import keras\n") for _ in range(2))
    file = TextFile((tmp_path / "train.py").as_uri(), Text(text), 1)
    known = answer(Question(file.buffer(), file.parts, {}, ClientSettings()))
    monkeypatch.setattr(editing_service, "MOST_STEPS", 1)
    everything = Span(file.path, None, 1, 0, 99, 0)
    places = Places(
        file.path, file.parts, Programs(), known.examination.checked.sources, types.PositionEncodingKind.Utf16
    )
    for turn in (1, 2, 3, 3):
        actions = actions_for(known, file.part, everything, ["quickfix"], places, versioned=False)
        titles = [action.title for action in actions]
        assert sum(title.startswith("Use ") for title in titles) == turn, "the first at least, and what is known"
        assert sum(title.startswith("Ignore ") for title in titles) == turn
