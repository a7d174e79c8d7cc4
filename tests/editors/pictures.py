"""The pictures of docs/images that show editors, taken in the browsers of the tests: ``editors/test pictures``."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from flake8_logits.cache.store import FOLDER
from tests.editors import jupyterlab, vscode
from tests.editors.browsers import ROOT, until
from tests.editors.notebooks import write_notebook

IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "examples" / "mnist_logits.py"
MODEL = """\
import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    ]
)"""
LOSS = """\
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)"""
SETTLED = 1500
"""Milliseconds until nothing moves any more."""


def of_vscode(scratch: Path, target: Path) -> None:
    """A script in VS Code, with what is said of a finding."""
    script = _example(scratch)
    with vscode.editing(script, scratch, _settings(), _environment()) as workbench:
        workbench.page.set_viewport_size({"width": 1200, "height": 640})
        workbench.wait_for_squiggle()
        workbench.page.get_by_text("verify LGT101").first.wait_for()
        workbench.hover()
        workbench.page.wait_for_timeout(SETTLED)
        workbench.page.screenshot(path=target)


def of_jupyterlab(scratch: Path, target: Path) -> None:
    """A notebook in JupyterLab, with what is said of a finding."""
    notebook = scratch / "training" / "train.ipynb"
    notebook.parent.mkdir()
    write_notebook(notebook, MODEL, LOSS)
    with jupyterlab.working(notebook, scratch) as lab:
        lab.page.set_viewport_size({"width": 1200, "height": 640})
        lab.wait_for(findings=1)
        lab.lint_text()
        lab.page.wait_for_timeout(SETTLED)
        lab.page.screenshot(path=target)


def of_terminal(scratch: Path, target: Path) -> None:
    """The command in a terminal."""
    script = _example(scratch)
    told = {name: _environment()[name] for name in ("PATH", "PYTHONPATH")}
    (scratch / "rc").write_text(
        "".join(f"export {name}='{value}'\n" for name, value in told.items()) + "PS1='$ '\nclear\n"
    )
    with vscode.editing(script, scratch, _settings(), _environment()) as workbench:
        page = workbench.page
        page.set_viewport_size({"width": 1200, "height": 760})
        workbench.wait_for_squiggle()  # until then it takes no commands
        workbench.command("Terminal: Create New Terminal in Editor Area")
        page.locator(".editor-instance .xterm-screen, .terminal-editor .xterm-screen").first.wait_for()
        page.wait_for_timeout(SETTLED)
        page.keyboard.type(f". {scratch}/rc\n")
        page.wait_for_timeout(SETTLED)
        page.keyboard.type("flake8-logits check .\n")
        # The terminal draws and has no text to wait for; the results are kept before they are printed.
        until((script.parent / FOLDER).is_dir)
        page.wait_for_timeout(2 * SETTLED)
        page.locator(".xterm-screen").first.screenshot(path=target)


def _example(scratch: Path) -> Path:
    folder = scratch / "training"
    folder.mkdir()
    return Path(shutil.copy(EXAMPLE, folder / "train.py"))


def _settings() -> dict[str, object]:
    return {"flake8-logits.interpreter": sys.executable}


def _environment() -> dict[str, str]:
    here = str(Path(sys.executable).parent)
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": paths, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}


PICTURES: dict[str, Callable[[Path, Path], None]] = {
    "vscode": of_vscode,
    "jupyterlab": of_jupyterlab,
    "terminal": of_terminal,
}


def main() -> None:
    """Take those pictures that are named, or all."""
    for name in sys.argv[1:] or PICTURES:
        with tempfile.TemporaryDirectory() as scratch:
            PICTURES[name](Path(scratch), IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
