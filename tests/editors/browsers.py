"""A real browser, and real editors for it to show; each test says what is missing where they are not installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("FLAKE8_LOGITS_EDITORS", ROOT / "editors" / ".tools"))
"""Where ``editors/test`` puts what it installs."""
PATIENCE = 120
"""Seconds for anything: a machine may be busy."""
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip


def missing(what: str) -> NoReturn:
    """Skip the test for want of something; fail it where somebody has said that everything is there."""
    if "FLAKE8_LOGITS_EDITORS" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


def chromium() -> str:
    """The browser."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        missing("no Chromium; editors/test installs it where there are Debian packages")
    return found


@contextmanager
def browsing(width: int = 1280, height: int = 800) -> Iterator[Page]:
    """Within this, a page in a browser that nobody sees."""
    if importlib.util.find_spec("playwright") is None:
        missing("no playwright; editors/test installs it")
    # Here, because most who run tests do not have it.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=chromium(), args=list(_FLAGS))
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(1000 * PATIENCE)
        try:
            yield page
        finally:
            browser.close()


@contextmanager
def serving(
    command: Callable[[int], Sequence[str]], environment: Mapping[str, str], cwd: Path, log: Path
) -> Iterator[str]:
    """Within this, what a command serves at a port of this machine: its address."""
    port = _free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(port), cwd=cwd, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(address) or process.poll() is not None)
        assert process.poll() is None, log.read_text(errors="replace")
        yield address
    finally:
        _end(process)


def until(holds: Callable[[], bool], what: str = "") -> None:
    """Wait until something holds; raises AssertionError where it does not in a long time."""
    latest = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < latest, what
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            break
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
