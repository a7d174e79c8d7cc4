"""Notebooks on the disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write_notebook(path: Path, *sources: str) -> None:
    """Write a notebook of these cells."""
    empty: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**empty, "id": f"cell{number}", "source": source} for number, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))


def sources_of(path: Path) -> list[str]:
    """The sources of a notebook's cells; none while it is being written."""
    try:
        return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]
    except ValueError:
        return []
