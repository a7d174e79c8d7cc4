"""The plugin of python-lsp-server, in the real one."""

from __future__ import annotations

import importlib.util
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from cattrs import Converter
from lsprotocol import types
from lsprotocol.converters import get_converter

from tests.frontends.programs import CLASHING
from tests.server.editor import Editor, editing, everywhere
from tests.server.patched import patched

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(importlib.util.find_spec("pylsp") is None, reason="python-lsp-server is not installed"),
]

ENTRY = "[pylsp]\nflake8_logits = flake8_logits.server.python_lsp_server\n"
OTHERS = ("pycodestyle", "pyflakes", "mccabe", "autopep8", "yapf", "pylint", "flake8", "rope_autoimport")
SOFTMAX = CLASHING.replace("Dense(10)", 'Dense(10, activation="softmax")')


@pytest.fixture
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Starts python-lsp-server with our plugin, whether or not this checkout is installed."""
    folder = tmp_path_factory.mktemp("installed")
    described = folder / "flake8_logits_of_this_checkout-0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: flake8-logits-of-this-checkout\nVersion: 0\n")
    (described / "entry_points.txt").write_text(ENTRY)
    start = f"import sys; sys.path.insert(0, {str(folder)!r}); from pylsp.__main__ import main; main()"
    return [sys.executable, "-c", start]


def _converter() -> Converter:
    """One that reads what python-lsp-server says of notebooks, which lsprotocol's own does not."""
    converter = get_converter()
    converter.register_structure_hook(types.NotebookDocumentFilterWithCells, lambda value, _: value)
    return converter


def _opened(folder: Path, command: list[str], **plugins: dict[str, Any]) -> AbstractAsyncContextManager[Editor]:
    return editing(folder, options=_settings(**plugins), command=command, converter=_converter)


def _settings(**plugins: dict[str, Any]) -> dict[str, Any]:
    return {"pylsp": {"plugins": {**{name: {"enabled": False} for name in OTHERS}, **plugins}}}


async def _codes(editor: Editor, uri: str, wanted: list[str]) -> None:
    await editor.until(
        lambda: uri in editor.published and [one.code for one in editor.published[uri].diagnostics] == wanted
    )


async def test_it_finds_explains_and_mends(tmp_path: Path, command: list[str]) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = CLASHING.replace("import keras", 'import keras; x = "\u00e9\U0001f642"')
    async with _opened(tmp_path, command) as editor:
        editor.open(uri, text)
        await _codes(editor, uri, ["LGT101"])
        (found,) = editor.published[uri].diagnostics
        assert found.source == "flake8-logits" and found.code_description is not None
        assert found.related_information is not None and len(found.related_information) == 1
        assert "sparse_categorical_crossentropy reads probabilities" in await editor.hover(uri, 3, 45)
        fix, *others = await editor.actions(uri, found.range)
        assert fix.is_preferred and any("comment" in other.title for other in others)
        editor.replace(uri, 2, patched(text, fix, uri))
        await _codes(editor, uri, [])
        assert await editor.actions(uri, everywhere()) == []


async def test_what_others_hover_stays(tmp_path: Path, command: list[str]) -> None:
    uri = (tmp_path / "train.py").as_uri()
    function = "def f():\n    '''What f is for.'''\n\n\nf()\n"
    async with _opened(tmp_path, command) as editor:
        editor.open(uri, f"{CLASHING}{function}")
        assert "What f is for." in await editor.hover(uri, 8, 0)


async def test_what_is_open_and_not_saved_counts(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "models.py").write_text("import keras\n\nmodel = keras.Sequential([keras.layers.Dense(10)])\n")
    models, train = (tmp_path / "models.py").as_uri(), (tmp_path / "train.py").as_uri()
    text = 'import keras\nfrom models import model\n\nmodel.compile(loss="sparse_categorical_crossentropy")\n'
    async with _opened(tmp_path, command) as editor:
        editor.open(train, text)
        await _codes(editor, train, ["LGT101"])
        editor.open(models, SOFTMAX.rsplit("\n", 2)[0] + "\n")
        editor.replace(train, 2, f"{text}\n")
        await _codes(editor, train, [])


async def test_what_was_found_stays_while_something_is_written(tmp_path: Path, command: list[str]) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with _opened(tmp_path, command) as editor:
        editor.open(uri, CLASHING)
        await _codes(editor, uri, ["LGT101"])
        before = len(editor.publications)
        editor.replace(uri, 2, f"{CLASHING}x = (\n")
        await editor.until(lambda: len(editor.publications) > before)
        await _codes(editor, uri, ["LGT101"])


async def test_it_takes_settings_and_can_be_switched_off(tmp_path: Path, command: list[str]) -> None:
    uri = (tmp_path / "train.py").as_uri()
    for ours in ({"ignore": ["LGT101"]}, {"enabled": False}):
        async with _opened(tmp_path, command, flake8_logits=ours) as editor:
            editor.open(uri, CLASHING)
            await _codes(editor, uri, [])
