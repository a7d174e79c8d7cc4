"""A project in a folder of its own, and a watch over the files that are opened."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.interpret.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths of all files that are opened, however."""
    paths: list[str] = []
    opening: dict[Any, Any] = {module: getattr(module, "open") for module in (builtins, io, os)}  # noqa: B009

    def watch(module: Any) -> Any:
        def watching(file: Any, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(file, int):
                paths.append(os.path.realpath(os.fsdecode(file)))
            return opening[module](file, *args, **kwargs)

        return watching

    for module in opening:
        monkeypatch.setattr(module, "open", watch(module))
    yield paths
