"""Whole repositories, and the training scripts in them as they are edited."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.measuring import ROOT, cost_of, percentile, ratio_of
from benchmarks.pages import Rows
from benchmarks.scripts import KINDS, write_project

ADDRESSES = {
    "gnn": "https://github.com/tensorflow/gnn",
    "keras_cv_attention_models": "https://github.com/leondgarse/keras_cv_attention_models",
}
CHECK = [sys.executable, "-m", "flake8_logits", "check", "--no-cache", "--isolated", "--jobs", "1", "--exit-zero"]


class MissingError(Exception):
    """A repository is not at hand and cannot be fetched."""


def checkouts(given: Path | None, cache: Path) -> dict[str, Path]:
    """The folders of the repositories by name: in the folder that was given, or fetched; raises MissingError."""
    return {name: _checkout(name, address, given, cache) for name, address in ADDRESSES.items()}


def _checkout(name: str, address: str, given: Path | None, cache: Path) -> Path:
    if given is not None and (given / name).is_dir():
        return (given / name).resolve()
    folder = cache / "repositories" / name
    if not folder.exists():
        run = subprocess.run(
            ["git", "clone", "--quiet", "--depth", "1", address, str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise MissingError(f"{name} cannot be fetched; --repositories may say where it is: {run.stderr.strip()}")
    return folder


def whole(folders: dict[str, Path], base: Path | None, rounds: int) -> Rows:
    """What checking a whole repository costs, and how many times less than with another tree of the linter."""
    rows = [["repository", "commit", "files", "seconds", "MiB", "another tree takes"]]
    for name, folder in folders.items():
        command = [*CHECK, str(folder)]
        if base is None:
            cost, times = cost_of(command, folder), ""
        else:
            found = ratio_of(command, command, rounds, folder, (base, ROOT))
            cost, times = found.theirs, f"{found.time:.2f} times as much ({found.ours.seconds:.1f} s)"
        files = sum(1 for _ in folder.rglob("*.py"))
        rows.append([name, _commit(folder), str(files), f"{cost.seconds:.1f}", f"{cost.memory:.0f}", times])
    return rows


def _commit(folder: Path) -> str:
    run = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return run.stdout.strip()


def edited(cache: Path, scripts: Iterable[Path]) -> Rows:
    """What an edit costs in a warm process, of the scripts that are made up and of others."""
    made = list(write_project(cache / "scripts"))
    names = {str(path): f"{kind}, made up" for kind, path in made}
    names |= {str(path): f"`{path.name}`" for path in scripts}
    lines = _measured(list(names))
    rows = [["script", "lines", "alone: p50", "p95", "in its project: p50", "p95"]]
    for line in lines:
        rows.append([names[str(line["path"])], str(line["lines"]), *_figures([line])])
    rows.append(["**all that are made up**", "", *_figures(lines[: len(KINDS)])])
    if len(lines) > len(KINDS):
        rows.append(["**all from repositories**", "", *_figures(lines[len(KINDS) :])])
    return rows


def _measured(paths: Sequence[str]) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "benchmarks.edits", *paths]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def _figures(lines: Sequence[dict[str, object]]) -> list[str]:
    """Median and 95th percentile in ms, alone and in the project."""
    found = []
    for where in ("alone", "project"):
        times = [one for line in lines for one in line[where]]  # type: ignore[attr-defined]
        found += [f"{percentile(times, 0.5):.0f} ms", f"{percentile(times, 0.95):.0f} ms"]
    return found


def training_scripts(folders: Iterable[Path], most: int = 9) -> list[Path]:
    """Scripts of 140 to 700 lines that compile a model, the shortest and the longest and others between."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            text = path.read_text(encoding="utf-8", errors="replace")
            if ".compile(" in text and "loss" in text and 140 <= text.count("\n") <= 700:
                found.append((text.count("\n"), path))
    found.sort()
    chosen = sorted({round(number * (len(found) - 1) / (most - 1)) for number in range(most)}) if found else []
    return [found[number][1] for number in chosen]
