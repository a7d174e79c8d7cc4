"""The extension in VS Code itself: what is found shows, says what it is, and is mended with one key.

``editors/test vscode`` installs what this needs, and runs it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.editors.browsers import ROOT, until
from tests.editors.notebooks import sources_of, write_notebook
from tests.editors.vscode import bare_environment, editing
from tests.frontends.programs import CLASHING

pytestmark = pytest.mark.vscode

MENDED = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
ENVIRONMENT = {"flake8-logits.interpreter": sys.executable}


def _paths() -> str:
    return os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


def test_a_script_is_mended_with_the_server_that_comes_along(tmp_path: Path) -> None:
    script = tmp_path / "work" / "train.py"
    script.parent.mkdir()
    script.write_text(CLASHING.replace("import keras", 'import keras; x = "\u00e9\U0001f642"'))
    bundled = {"flake8-logits.importStrategy": "useBundled", **ENVIRONMENT}
    with editing(script, tmp_path, bundled, bare_environment()) as workbench:
        workbench.wait_for_squiggle()
        said = workbench.hover()
        assert "LGT101" in said and "sparse_categorical_crossentropy reads probabilities" in said
        workbench.page.get_by_text("verify LGT101").first.wait_for()
        offered = workbench.offer_fixes()
        assert offered[0].startswith("Use SparseCategoricalCrossentropy(from_logits=True)")
        assert any(title.startswith("Ignore LGT101") for title in offered)
        workbench.take_the_first()
        workbench.save()
        until(lambda: MENDED in script.read_text(), "not saved")


def test_a_notebook_is_one_program(tmp_path: Path) -> None:
    notebook = tmp_path / "work" / "train.ipynb"
    notebook.parent.mkdir()
    first, second = CLASHING.rsplit("\n", 2)[0], CLASHING.rsplit("\n", 2)[1]
    write_notebook(notebook, first, second)
    with editing(notebook, tmp_path, ENVIRONMENT, {**os.environ, "PYTHONPATH": _paths()}) as workbench:
        workbench.page.wait_for_selector(".notebookOverlay .code-cell-row .monaco-editor .view-line")
        workbench.wait_for_squiggle()
        assert "LGT101" in workbench.hover()
        assert workbench.offer_fixes()[0].startswith("Use SparseCategoricalCrossentropy(from_logits=True)")
        workbench.take_the_first()
        workbench.save()
        until(lambda: any(MENDED in source for source in sources_of(notebook)), "not saved")
        assert sources_of(notebook)[0] == first


def test_all_is_mended_by_the_command(tmp_path: Path) -> None:
    script = tmp_path / "work" / "train.py"
    script.parent.mkdir()
    script.write_text(CLASHING)
    with editing(script, tmp_path, ENVIRONMENT, {**os.environ, "PYTHONPATH": _paths()}) as workbench:
        workbench.wait_for_squiggle()
        workbench.command("flake8-logits: Apply All Safe Fixes")
        until(lambda: workbench.squiggles == 0, "still a finding")
        workbench.save()
        until(lambda: MENDED in script.read_text(), "not saved")


@pytest.mark.parametrize("chosen", [None, "${workspaceFolder}/.venv/bin/python", ".venv/bin/python"])
def test_nothing_of_an_untrusted_workspace_is_run(tmp_path: Path, chosen: str | None) -> None:
    folder = tmp_path / "work"
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\ntouch {tmp_path}/ran\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    (folder / ".vscode").mkdir()
    (folder / ".vscode" / "settings.json").write_text(json.dumps({"flake8-logits.interpreter": str(python)}))
    for name in ("flake8_logits", "click", "logging"):
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    script = folder / "train.py"
    script.write_text(CLASHING)
    settings = {} if chosen is None else {"flake8-logits.interpreter": chosen}
    with editing(script, tmp_path, settings, bare_environment(), trusted=False) as workbench:
        workbench.wait_for_squiggle()
        assert workbench.page.get_by_text("Restricted Mode").count()
        assert not workbench.page.get_by_text("verify LGT101").count()
    assert not (tmp_path / "ran").exists()
