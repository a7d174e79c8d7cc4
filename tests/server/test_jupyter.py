"""What JupyterLab is told of the server."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec

import pytest

from flake8_logits.server.jupyter import specifications


def test_it_is_started_by_the_python_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (found,) = specifications(object()).values()
    assert found["argv"] == [sys.executable, "-m", "flake8_logits", "server"]
    assert (found["version"], found["languages"]) == (2, ["python"])
    assert found["requires_documents_on_disk"] is False, "else configuration and imports are looked for elsewhere"


@pytest.mark.parametrize("other", ["pylsp", "jedi_language_server"])
def test_it_stands_aside_for_another_server(monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    found = {other: ModuleSpec(other, None)}
    monkeypatch.setattr("importlib.util.find_spec", found.get)
    assert specifications(object()) == {}
