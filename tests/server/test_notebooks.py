"""Notebooks by the real protocol: their cells are one program, however they come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lsprotocol import types

from flake8_logits.server.actions import FIX_ALL, FIX_NOTEBOOK
from tests.frontends.programs import CLASHING
from tests.server.editor import Editor, editing, everywhere, pulling
from tests.server.patched import patched

pytestmark = pytest.mark.asyncio

NOTEBOOK = "vscode-notebook-cell://host/w/a%20b.ipynb"
TITLE, MODEL, MAGIC, LOSS = (f"{NOTEBOOK}#W{number}%3D" for number in range(4))
CELLS = {
    TITLE: "# Training",
    MODEL: 'import keras\n\n"\U0001f642"; model = keras.Sequential([keras.layers.Dense(10)])',
    MAGIC: "%%bash\nls",
    LOSS: '%matplotlib inline\nmodel.compile("adam", loss="sparse_categorical_crossentropy")',
}


def with_notebooks(capabilities: types.ClientCapabilities) -> None:
    """A client that keeps notebooks in step."""
    pulling(capabilities)
    capabilities.notebook_document = types.NotebookDocumentClientCapabilities(
        types.NotebookDocumentSyncClientCapabilities()
    )


def _cell(uri: str) -> types.NotebookCell:
    kind = types.NotebookCellKind.Markup if uri == TITLE else types.NotebookCellKind.Code
    return types.NotebookCell(kind, uri)


def _item(uri: str, text: str) -> types.TextDocumentItem:
    return types.TextDocumentItem(uri, "markdown" if uri == TITLE else "python", 1, text)


class Notebook:
    """One notebook in an editor."""

    def __init__(self, editor: Editor, path: Path) -> None:
        self.editor = editor
        self.uri = path.as_uri()
        items = [_item(uri, text) for uri, text in CELLS.items()]
        document = types.NotebookDocument(self.uri, "jupyter-notebook", 0, [_cell(uri) for uri in CELLS])
        editor.client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(document, items))

    def change(self, cells: types.NotebookDocumentCellChanges) -> None:
        # The number of the version stays what it was while texts change, as in VS Code.
        document = types.VersionedNotebookDocumentIdentifier(0, self.uri)
        change = types.NotebookDocumentChangeEvent(cells=cells)
        self.editor.client.notebook_document_did_change(types.DidChangeNotebookDocumentParams(document, change))

    def write(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        content = types.NotebookDocumentCellContentChanges(document, list(changes))
        self.change(types.NotebookDocumentCellChanges(text_content=[content]))

    def arrange(self, start: int, count: int, *cells: str, closed: tuple[str, ...] = ()) -> None:
        array = types.NotebookCellArrayChange(start, count, [_cell(uri) for uri in cells])
        gone = [types.TextDocumentIdentifier(uri) for uri in closed]
        structure = types.NotebookDocumentCellChangeStructure(array, did_open=[], did_close=gone)
        self.change(types.NotebookDocumentCellChanges(structure=structure))

    async def until(self, **codes: list[str]) -> None:
        """Wait until these cells have findings of these codes."""
        named = {"model": MODEL, "loss": LOSS, "title": TITLE, "magic": MAGIC}
        published = self.editor.published
        await self.editor.until(
            lambda: all(
                named[name] in published and [one.code for one in published[named[name]].diagnostics] == wanted
                for name, wanted in codes.items()
            )
        )


async def test_cells_are_one_program(tmp_path: Path) -> None:
    async with editing(tmp_path, with_notebooks) as editor:
        assert editor.capabilities.notebook_document_sync is not None
        notebook = Notebook(editor, tmp_path / "a b.ipynb")
        await notebook.until(title=[], model=[], magic=[], loss=["LGT101"])
        (found,) = editor.published[LOSS].diagnostics
        assert found.range.start == types.Position(1, 27)
        (layer,) = found.related_information or ()
        assert (layer.location.uri, layer.location.range.start) == (MODEL, types.Position(2, 32)), "in UTF-16"
        assert "line" not in found.message, "cells have no numbers that a reader could find"
        assert await editor.pulled(LOSS) == [], "what is told is not answered as well"

        end = types.Position(2, 32 + len("keras.layers.Dense(10"))
        told = types.TextDocumentContentChangePartial(types.Range(end, end), ', activation="softmax"')
        notebook.write(MODEL, 2, told)
        await notebook.until(loss=[])
        assert "softmax" in await editor.hover(LOSS, 1, 2)
        assert "line" not in await editor.hover(LOSS, 1, 2)


async def test_cells_move_and_go(tmp_path: Path) -> None:
    async with editing(tmp_path, with_notebooks) as editor:
        notebook = Notebook(editor, tmp_path / "a b.ipynb")
        await notebook.until(loss=["LGT101"])
        notebook.arrange(0, 4, TITLE, LOSS, MODEL, MAGIC)  # a move brings no text along
        await notebook.until(loss=[])
        notebook.arrange(0, 3, MODEL, TITLE, LOSS)
        await notebook.until(loss=["LGT101"])
        notebook.arrange(2, 1, closed=(LOSS,))
        await notebook.until(loss=[])
        document = types.NotebookDocumentIdentifier(notebook.uri)
        closed = types.DidCloseNotebookDocumentParams(document, [types.TextDocumentIdentifier(MODEL)])
        editor.client.notebook_document_did_close(closed)
        await notebook.until(model=[])


async def test_a_broken_cell_keeps_what_was_found_in_the_others(tmp_path: Path) -> None:
    async with editing(tmp_path, with_notebooks) as editor:
        notebook = Notebook(editor, tmp_path / "a b.ipynb")
        await notebook.until(loss=["LGT101"])
        start = types.Position(2, 0)
        notebook.write(MODEL, 2, types.TextDocumentContentChangePartial(types.Range(start, start), "x = (\n"))
        await editor.until(lambda: editor.published[MODEL].version == 2)
        await notebook.until(loss=["LGT101"], model=[])


async def test_fixes_are_made_in_the_cells_and_saved(tmp_path: Path) -> None:
    async with editing(tmp_path, with_notebooks) as editor:
        notebook = Notebook(editor, tmp_path / "a b.ipynb")
        await notebook.until(loss=["LGT101"])
        fix, *_ = await editor.actions(LOSS, everywhere())
        (every,) = await editor.actions(MODEL, everywhere(), ["notebook.source.fixAll"])
        assert (fix.is_preferred, every.kind) == (True, FIX_NOTEBOOK)
        assert await editor.actions(MODEL, everywhere(), [FIX_ALL]) == [], "that would be run on each cell alone"
        mended = patched(CELLS[LOSS], every, LOSS)
        assert mended == patched(CELLS[LOSS], fix, LOSS)
        assert mended.startswith("%matplotlib inline\n")
        notebook.write(LOSS, 2, types.TextDocumentContentChangeWholeDocument(mended))
        await notebook.until(loss=[])
        document = types.NotebookDocumentIdentifier(notebook.uri)
        editor.client.notebook_document_did_save(types.DidSaveNotebookDocumentParams(document))
        assert await editor.actions(LOSS, everywhere()) == []


async def test_a_notebook_comes_as_one_text_from_jupyterlab(tmp_path: Path) -> None:
    uri = (tmp_path / "two.ipynb").as_uri()
    text = 'get_ipython().run_line_magic("matplotlib", " inline")\n\n\n' + CLASHING
    async with editing(tmp_path) as editor:
        editor.open(uri, text, version=0)
        assert await editor.codes(uri, 0) == ["LGT101"]
        assert "line" not in editor.published[uri].diagnostics[0].message
        editor.replace(uri, 0, text)  # it says the same again, in the same version
        editor.replace(uri, 1, text.replace("Dense(10)", 'Dense(10, activation="softmax")'))
        assert await editor.codes(uri, 1) == []


async def test_notebooks_on_the_disk_are_part_of_the_workspace(tmp_path: Path) -> None:
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "source": CLASHING, "metadata": {}, "outputs": [], "execution_count": None}
    ]
    path = tmp_path / "never opened.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    (tmp_path / "broken.ipynb").write_text("{")
    (tmp_path / "train.py").write_text(CLASHING)
    (tmp_path / "open.py").write_text(CLASHING)
    async with editing(tmp_path) as editor:
        editor.open((tmp_path / "open.py").as_uri(), "x = 1\n")
        await editor.diagnostics((tmp_path / "open.py").as_uri())
        command = types.ExecuteCommandParams("flake8-logits.checkWorkspace")
        told = await editor.client.workspace_execute_command_async(command)
        published = editor.published
        assert told == {"files": 3, "findings": 2}
        assert [one.code for one in published[(tmp_path / "train.py").as_uri()].diagnostics] == ["LGT101"]
        (found,) = published[path.as_uri()].diagnostics
        assert "cell 0:4:38" in found.message
        (reports,) = editor.client.progress_reports.values()
        kinds = [getattr(report, "kind", "") for report in reports]
        assert (kinds[0], kinds[-1]) == ("begin", "end") and "report" in kinds
        (tmp_path / "train.py").write_text("x = 1\n")
        await editor.client.workspace_execute_command_async(command)
        assert not published[(tmp_path / "train.py").as_uri()].diagnostics
