"""The workflows of the code host: they parse, and do what the pages say of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _read(name: str) -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    workflow: dict[str, Any] = yaml.safe_load(text)
    return workflow


def _steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def _commands(workflow: dict[str, Any]) -> list[str]:
    return [step["run"] for step in _steps(workflow) if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_parses_and_may_only_read(path: Path) -> None:
    workflow = _read(path.stem)
    assert workflow["permissions"] == {"contents": "read"}
    actions = [step["uses"] for step in _steps(workflow) if "uses" in step]
    assert actions
    # By major version: releases that mend something arrive by themselves.
    assert [action for action in actions if not re.fullmatch(r"[\w-]+/[\w-]+@(?:release/)?v\d+", action)] == []


def test_ci_runs_what_a_clone_can_run() -> None:
    assert _commands(_read("ci")) == [".ci/run"]


def test_ci_runs_on_every_python_that_the_metadata_names() -> None:
    classifiers = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', (ROOT / "pyproject.toml").read_text())
    assert _read("ci")["jobs"]["check"]["strategy"]["matrix"]["python"] == classifiers


def test_release_builds_checks_and_publishes_without_a_password() -> None:
    workflow = _read("release")
    commands = _commands(workflow)
    assert commands.index("python -m build") < commands.index("python -m twine check --strict dist/*")
    publish = workflow["jobs"]["publish"]
    assert publish["needs"] == "build"
    assert publish["environment"]["name"] == "release"
    assert publish["permissions"] == {"id-token": "write"}
    assert publish["steps"][-1] == {"uses": "pypa/gh-action-pypi-publish@release/v1"}
