"""JupyterLab with our server, in a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.editors.browsers import TOOLS, browsing, missing, serving, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PYTHON = TOOLS / "jupyterlab" / "bin" / "python"
_FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")  # fmt: skip
FINDING = ".jp-CodeCell .cm-lintRange-warning"


class Lab:
    """A window of JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def findings(self) -> int:
        count: int = self.page.locator(FINDING).count()
        return count

    def cell_of_finding(self) -> int:
        """The cell that the first finding is in, from 0."""
        found: int = self.page.locator(FINDING).first.evaluate(
            "mark => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].indexOf(mark.closest('.jp-CodeCell'))"
        )
        return found

    def lint_text(self) -> str:
        """What is shown while the mouse is over the first finding."""
        self._point(0)
        tip = self.page.locator(".cm-tooltip-lint")
        tip.first.wait_for()
        text: str = tip.first.inner_text()
        return text

    def hover(self) -> str:
        """What the hover over the first finding says: with a key held, as JupyterLab has it."""
        self.page.mouse.move(5, 5)
        self.page.keyboard.down("Control")
        self._point(0)
        self._point(3)
        tip = self.page.locator(".lsp-hover")
        tip.first.wait_for()
        self.page.keyboard.up("Control")
        text: str = tip.first.inner_text()
        return text

    def replace(self, cell: int, text: str) -> None:
        """Write another text into a cell."""
        self.page.keyboard.press("Escape")
        self.page.locator(".jp-Notebook .jp-CodeCell").nth(cell).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def wait_for(self, findings: int) -> None:
        """Wait until so many findings show."""
        until(lambda: self.findings == findings, f"{self.findings} findings, not {findings}")

    def save(self) -> None:
        self.page.keyboard.press("Control+s")

    def _point(self, offset: int) -> None:
        box = self.page.locator(FINDING).first.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + 30 + offset, box["y"] + 6)


@contextmanager
def working(notebook: Path, scratch: Path) -> Iterator[Lab]:
    """Within this, a notebook is open in JupyterLab; ``scratch`` keeps what that keeps of itself."""
    if not _PYTHON.is_file():
        missing("no JupyterLab; editors/test jupyterlab installs it")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for name in _FOLDERS:
        environment[name] = str(scratch / name.lower())
    news = scratch / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    (news / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", f"--ServerApp.root_dir={notebook.parent}"]
    command = [str(_PYTHON), "-m", "jupyterlab", *options, "--ServerApp.ip=127.0.0.1"]
    with (
        serving(
            lambda port: [*command, f"--ServerApp.port={port}"], environment, notebook.parent, scratch / "log"
        ) as address,
        browsing() as page,
    ):
        page.goto(f"{address}/lab/tree/{notebook.name}?reset")
        page.wait_for_selector(".jp-LabShell")
        page.wait_for_selector(".jp-CodeCell .cm-content")
        yield Lab(page)
