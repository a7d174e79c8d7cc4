"""What JupyterLab is told of the server."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from flake8_logits.server.jupyter import specifications
from tests.server.editor import PATIENCE, ROOT


def test_it_is_started_by_the_python_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (found,) = specifications(object()).values()
    assert (found["argv"][0], found["argv"][-1]) == (sys.executable, "server")
    assert (found["version"], found["languages"]) == (2, ["python"])
    assert found["requires_documents_on_disk"] is False, "else configuration and imports are looked for elsewhere"


@pytest.mark.parametrize("other", ["pylsp", "jedi_language_server"])
def test_it_stands_aside_for_another_server(monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    found = {other: ModuleSpec(other, None)}
    monkeypatch.setattr("importlib.util.find_spec", found.get)
    assert specifications(object()) == {}


@pytest.mark.parametrize("module", ["flake8_logits", "click", "libcst", "pygls"])
def test_nothing_of_the_folder_that_it_is_started_in_is_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (found,) = specifications(object()).values()
    hostile = tmp_path / f"{module}.py"
    hostile.write_text("open('was_run', 'w').close()\n")
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(
        found["argv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        input=b"",
        capture_output=True,
        timeout=PATIENCE,
    )
    assert list(tmp_path.iterdir()) == [hostile]
    assert run.returncode == 0, "the server itself began, and ended with its input"
