"""Tests without the mark of a framework cannot import a framework, and pytest needs none to find them."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FRAMEWORKS, without_frameworks

ROOT = Path(__file__).resolve().parents[1]
FAST = ("-m", "not tensorflow", "-n", "0", "-p", "no:cacheprovider")

BLOCKED = f"""
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {FRAMEWORKS!r}:
            print("imported", name, file=sys.stderr)
            sys.exit(7)

sys.meta_path.insert(0, Blocker())
import pytest
status = pytest.main(sys.argv[1:])
assert not [name for name in sys.modules if name.partition(".")[0] in {FRAMEWORKS!r}]
sys.exit(status)
"""
"""Runs pytest; the first attempt to import a framework ends the process."""


def _pytest(*arguments: str, script: str = "import sys, pytest; sys.exit(pytest.main(sys.argv[1:]))") -> str:
    """What pytest prints; raises if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_test_without_the_mark_cannot_import_a_framework(name: str) -> None:
    assert find_spec(name) is None
    with pytest.raises(ImportError):
        import_module(name)


def test_a_test_that_asks_for_tensorflow_is_marked(request: pytest.FixtureRequest, tensorflow_installed: None) -> None:
    assert request.node.get_closest_marker("tensorflow") is not None
    assert find_spec("tensorflow") is not None


def test_a_test_that_asks_for_torch_is_marked(request: pytest.FixtureRequest, torch: Any) -> None:
    assert request.node.get_closest_marker("torch") is not None
    assert import_module("torch") is torch


def test_a_test_that_asks_for_jax_is_marked(request: pytest.FixtureRequest, jax: Any) -> None:
    assert request.node.get_closest_marker("jax") is not None
    assert import_module("jax") is jax


def test_what_was_imported_before_is_there_again_afterwards() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "keras", pytest)
        with without_frameworks(), pytest.raises(ImportError):
            import_module("keras")
        assert import_module("keras") is pytest


def test_the_fast_lane_is_found_without_a_framework() -> None:
    tests = _pytest(*FAST, "--collect-only", script=BLOCKED).splitlines()
    for room in ("differential", "knowledge", "verify", "interpret"):
        assert any(line.startswith(f"tests/{room}/") for line in tests)
    assert not any("never_contradicts_tensorflow" in line or "test_rescue_matrix" in line for line in tests)
