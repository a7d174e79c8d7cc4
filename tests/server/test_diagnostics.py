"""What the server says of texts as they are opened, changed, saved and closed, by the real protocol."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.frontends.programs import CLASHING, CONTRADICTING, QUIET, STABLE
from tests.server.another_file import CALLED, CALLING, IMPORTING, MODULE
from tests.server.editor import Editor, editing, pulling

pytestmark = pytest.mark.asyncio

TWICE = """\
import keras

model = keras.Sequential([
    keras.Input((20,)),
    keras.layers.Dense(10, activation="softmax"),
    keras.layers.Softmax(),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
"""


def _range(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


async def test_a_finding_has_all_that_an_editor_shows(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        (found,) = await editor.diagnostics(uri)
        editor.replace(uri, 2, TWICE)
        (second,) = await editor.diagnostics(uri, 2)
    assert (found.code, found.severity, found.source) == ("LGT101", types.DiagnosticSeverity.Warning, "flake8-logits")
    assert found.range == _range(3, 37, 70)
    assert found.code_description is not None
    assert found.code_description.href.endswith("/docs/rules/logits-as-probabilities.md")
    (layer,) = found.related_information or ()
    assert layer.location == types.Location(uri, _range(2, 26, 48))
    assert "Dense" in layer.message
    assert found.tags is None
    assert second.code == "LGT206"
    assert list(second.tags or ()) == [types.DiagnosticTag.Unnecessary], "what is best taken away is faded"


async def test_what_is_mended_or_closed_is_gone(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        assert await editor.codes(uri) == ["LGT101"]
        editor.replace(uri, 2, QUIET)
        assert await editor.codes(uri, 2) == []
        editor.replace(uri, 3, CONTRADICTING)
        assert await editor.codes(uri, 3) == ["LGT102"]
        editor.close(uri)
        assert await editor.codes(uri, None) == []
        editor.open(uri, CLASHING, version=1)
        assert await editor.codes(uri) == ["LGT101"], "the same text as once before"


async def test_changes_in_a_row_are_answered_once(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path, options={"debounce": 300}) as editor:
        editor.open(uri, QUIET)
        await editor.diagnostics(uri)
        for version in range(2, 30):
            editor.replace(uri, version, f"{CLASHING}# {version}\n")
        assert await editor.codes(uri, 29) == ["LGT101"]
    assert [one.version for one in editor.publications if one.uri == uri] == [1, 29]


def _project(root: Path) -> tuple[Path, Path]:
    """A module with a model that ends in a softmax, and a script that imports it."""
    module = root / "models.py"
    (root / "pyproject.toml").write_text("")
    module.write_text(MODULE.format(activation=', activation="softmax"'))
    return module, root / "train.py"


async def test_another_file_is_seen_as_the_editor_holds_it(tmp_path: Path) -> None:
    module, script = _project(tmp_path)
    async with editing(tmp_path) as editor:
        editor.open(script.as_uri(), IMPORTING)
        assert await editor.codes(script.as_uri()) == []
        editor.open(module.as_uri(), MODULE.format(activation=""))
        await editor.until(lambda: bool(editor.published[script.as_uri()].diagnostics))
        (found,) = editor.published[script.as_uri()].diagnostics
        (layer,) = found.related_information or ()
        assert layer.location == types.Location(module.as_uri(), _range(4, 11, 33)), "the layer is in the other file"
        editor.close(module.as_uri())
        await editor.until(lambda: not editor.published[script.as_uri()].diagnostics)


@pytest.mark.parametrize("between", [False, True])
async def test_a_new_caller_is_seen_before_it_is_saved(tmp_path: Path, between: bool) -> None:
    called, caller, middle = (tmp_path / name for name in ("utils.py", "train.py", "middle.py"))
    (tmp_path / "pyproject.toml").write_text("")
    called.write_text(CALLED)
    caller.write_text("")
    calling = CALLING.format("utils", "train")
    if between:
        middle.write_text("from utils import train\n\n\ndef go(model):\n    train(model)\n")
        calling = CALLING.format("middle", "go")
    async with editing(tmp_path) as editor:
        editor.open(called.as_uri(), CALLED)
        editor.open(caller.as_uri(), "")
        assert await editor.codes(called.as_uri()) == []
        editor.replace(caller.as_uri(), 2, calling)
        await editor.until(lambda: bool(editor.published[called.as_uri()].diagnostics))
        editor.replace(caller.as_uri(), 3, "")
        await editor.until(lambda: not editor.published[called.as_uri()].diagnostics)


async def test_a_file_that_changes_on_the_disk_is_read_again(tmp_path: Path) -> None:
    module, script = _project(tmp_path)
    async with editing(tmp_path) as editor:
        editor.open(script.as_uri(), IMPORTING)
        assert await editor.codes(script.as_uri()) == []
        module.write_text(MODULE.format(activation=""))
        _tell_of(editor, module, types.FileChangeType.Changed)
        await editor.until(lambda: bool(editor.published[script.as_uri()].diagnostics))
        module.unlink()
        _tell_of(editor, module, types.FileChangeType.Deleted)
        await editor.until(lambda: not editor.published[script.as_uri()].diagnostics)


def _tell_of(editor: Editor, path: Path, kind: types.FileChangeType) -> None:
    event = types.FileEvent(path.as_uri(), kind)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_the_project_and_the_client_configure(tmp_path: Path) -> None:
    uri, project = (tmp_path / "train.py").as_uri(), tmp_path / "pyproject.toml"
    async with editing(tmp_path, options={"settings": {"ignore": ["LGT101"]}}) as editor:
        editor.open(uri, CLASHING)
        assert await editor.codes(uri) == []
        settings = {"flake8-logits": {"extendSelect": ["LGT901"]}}
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await editor.until(lambda: bool(editor.published[uri].diagnostics))
        editor.replace(uri, 2, STABLE)
        (advice,) = await editor.diagnostics(uri, 2)
        assert (advice.code, advice.severity) == ("LGT901", types.DiagnosticSeverity.Information)
        project.write_text('[tool.flake8-logits]\nselect = ["LGT1"]\n')
        _tell_of(editor, project, types.FileChangeType.Created)
        await editor.until(lambda: not editor.published[uri].diagnostics)
        project.write_text("[tool.flake8-logits]\nselekt = []\n")
        document = types.TextDocumentIdentifier(uri)
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        await editor.until(lambda: [one.code for one in editor.published[uri].diagnostics] == ["LGT000"])
        assert "selekt" in editor.published[uri].diagnostics[0].message


async def test_settings_are_asked_for_where_the_client_has_them(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path, configuration={"flake8-logits": {"ignore": ["LGT101"], "backend": 7}}) as editor:
        editor.open(uri, CLASHING)
        await editor.until(lambda: uri in editor.published and not editor.published[uri].diagnostics)
        editor.client.set_configuration({"flake8-logits": {}})
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.until(lambda: bool(editor.published[uri].diagnostics))
    assert any("backend" in shown.message for shown in editor.client.messages), "a wrong setting is named"


async def test_a_client_that_asks_is_not_told_as_well(tmp_path: Path) -> None:
    uri, module = (tmp_path / "train.py").as_uri(), tmp_path / "models.py"
    (tmp_path / "pyproject.toml").write_text("")
    async with editing(tmp_path, pulling) as editor:
        assert editor.capabilities.diagnostic_provider is not None
        editor.open(uri, CLASHING)
        assert await editor.pulled(uri) == ["LGT101"]
        editor.replace(uri, 2, IMPORTING)
        assert await editor.pulled(uri) == []
        refreshed = editor.client.diagnostic_refresh_count
        module.write_text(MODULE.format(activation=""))
        _tell_of(editor, module, types.FileChangeType.Created)
        await editor.until(lambda: editor.client.diagnostic_refresh_count > refreshed)
        assert await editor.pulled(uri) == ["LGT101"]
    assert not editor.publications


async def test_a_text_that_does_not_parse_keeps_what_was_found_outside_the_broken_statement(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = CLASHING + "\n" + CLASHING.replace("import keras\n", "")
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        assert [one.range.start.line for one in await editor.diagnostics(uri)] == [3, 7]
        end = types.Position(3, 36)
        opened = types.TextDocumentContentChangePartial(types.Range(end, end), "\n(")
        editor.change(uri, 2, opened)
        (left,) = await editor.diagnostics(uri, 2)
        assert left.range.start.line == 8, "the other one, where it has moved to"
        editor.replace(uri, 3, text)
        assert [one.range.start.line for one in await editor.diagnostics(uri, 3)] == [3, 7]


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
async def test_columns_are_counted_as_the_client_does(tmp_path: Path, encoding: types.PositionEncodingKind) -> None:
    def adjust(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.general is not None
        capabilities.general.position_encodings = [encoding]

    uri = (tmp_path / "train.py").as_uri()
    before = 'x = "\U0001f642\u00e9"; '
    text = CLASHING.replace("model.compile", f"{before}model.compile")
    units = {"utf-8": len(before.encode()), "utf-16": len(before) + 1, "utf-32": len(before)}[encoding.value]
    async with editing(tmp_path, adjust) as editor:
        assert editor.capabilities.position_encoding == encoding
        editor.open(uri, text)
        (found,) = await editor.diagnostics(uri)
        assert found.range == _range(3, 37 + units, 70 + units)
        after_the_smile = types.Position(3, units - len('"; ') - {"utf-8": 2}.get(encoding.value, 1))
        editor.change(
            uri, 2, types.TextDocumentContentChangePartial(types.Range(after_the_smile, after_the_smile), "'")
        )
        (found,) = await editor.diagnostics(uri, 2)
        assert found.range == _range(3, 38 + units, 71 + units)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_lines_are_counted_as_the_protocol_does(tmp_path: Path, end: str) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = f"\x0c\n# \u2028 \x85 \x0b\n{CLASHING}".replace("\n", end)
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        (found,) = await editor.diagnostics(uri)
        assert found.range == _range(5, 37, 70)
        where = types.Position(4, text.split(end)[4].index(")]"))
        told = types.TextDocumentContentChangePartial(types.Range(where, where), ', activation="softmax"')
        editor.change(uri, 2, told)
        assert await editor.codes(uri, 2) == []


async def test_reveal_output_is_answered(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, f"{QUIET}reveal_output(model)\n")
        (found,) = await editor.diagnostics(uri)
    assert (found.code, found.severity) == ("reveal_output", types.DiagnosticSeverity.Information)
    assert found.message.startswith("sequential model gives softmax (10 units): Dense with activation softmax, line 3")
    assert found.message.endswith("sparse_categorical_crossentropy at line 4 agrees")


async def test_what_is_no_program_does_no_harm(tmp_path: Path) -> None:
    nested, null, odd = ((tmp_path / name).as_uri() for name in ("nested.py", "null.py", "odd.py"))
    async with editing(tmp_path) as editor:
        editor.open(nested, f"import keras\nmodel.compile({'(' * 5000}\n")
        editor.open(null, f"{CLASHING}\0")
        editor.open(odd, f"# coding: latin-1\nx = '\u20ac'\n{CLASHING}")
        editor.open("untitled:Untitled-1", CLASHING)
        editor.change("file:///never/opened.py", 7, types.TextDocumentContentChangeWholeDocument("x"))
        editor.close("file:///never/opened.py")
        for uri in (nested, null):
            await editor.diagnostics(uri)
        assert await editor.codes(odd) == ["LGT101"]
        assert await editor.codes("untitled:Untitled-1") == ["LGT101"]
        nameless = (tmp_path / "nameless.py").as_uri()
        editor.open(nameless, CLASHING, language="")
        assert await editor.codes(nameless) == ["LGT101"]
        editor.open((tmp_path / "other.cpp").as_uri(), CLASHING, language="cpp")
        assert await editor.hover((tmp_path / "other.cpp").as_uri(), 0, 0) == ""
