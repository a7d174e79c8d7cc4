"""Other linters over the same package, each with the number of files that it really read and parsed.

They are installed into an environment of their own.  What a tool written in Python opens is counted by an audit hook,
what it parses with libcst by a counter around its parser; ruff says itself how many files it checked.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import ROOT, cost_of
from benchmarks.pages import Rows
from benchmarks.wheels import FLAKE8, unpacked

ON = "keras-tuner==1.4.8"
NEEDED = ("ruff", "pylint", "fixit", "torchfix", "flake8")

COUNTING = """
import os, sys
log, folder = os.environ["COUNT_LOG"], os.environ["COUNT_FOLDER"]

def note(kind, path):
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "w") as file:
        file.write(f"{kind} {path}\\n")

def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".py"):
        path = os.path.abspath(arguments[0])
        if path.startswith(folder) and os.path.isfile(path):
            note("opened", path)

def counted(parse):
    def parse_module(*arguments, **options):
        note("parsed", "")
        return parse(*arguments, **options)
    return parse_module

try:
    import libcst
    libcst.parse_module = counted(libcst.parse_module)
except ImportError:
    pass
sys.addaudithook(hook)
"""
"""A module ``sitecustomize``, which every Python imports when it starts, those that a tool starts too."""


def compare(cache: Path) -> Rows:
    """Each tool once: what it costs, and what it read."""
    folder = unpacked(ON, cache)
    python = _environment(cache / "peers")
    rows = [["tool", "seconds", "MiB", "files opened", "parsed with libcst"]]
    files = sum(1 for _ in folder.rglob("*.py"))
    rows.append([f"(files in {ON})", "", "", str(files), ""])
    for name, command in {
        "ruff check": [str(Path(python).with_name("ruff")), "check", "--no-cache", "--isolated", "--exit-zero", "."],
        "flake8, its own checks": [sys.executable, "-c", FLAKE8, "without", "--isolated", "--jobs", "1", "-q", "."],
        "flake8, TorchFix (all of it)": [python, "-m", "torchfix", "."],
        "Fixit": [python, "-m", "fixit", "--quiet", "lint", "."],
        "pylint": [python, "-m", "pylint", "--rcfile=/dev/null", "--jobs=1", "--exit-zero", "--recursive=y", "."],
        "flake8-logits check": [
            *(
                sys.executable,
                "-m",
                "flake8_logits",
                "check",
                "--no-cache",
                "--isolated",
                "--jobs",
                "1",
                "--exit-zero",
                ".",
            )
        ],
    }.items():
        cost = cost_of(command, folder)
        opened, parsed = _counts(command, folder, cache / "opened.txt")
        rows.append([name, f"{cost.seconds:.1f}", f"{cost.memory:.0f}", opened, parsed])
    return rows


def _environment(folder: Path) -> str:
    """The Python of an environment with the tools."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *NEEDED], check=True)
    return str(python)


def _counts(command: Sequence[str], folder: Path, log: Path) -> tuple[str, str]:
    """How many files it opened, and how often it parsed with libcst."""
    if command[0].endswith("ruff"):
        said = subprocess.run([*command, "--verbose"], cwd=folder, capture_output=True, text=True, check=False).stderr
        found = re.search(r"Checked (\d+) files", said)
        return found[1] if found else "", "0"
    log.unlink(missing_ok=True)
    counting = log.parent / "counting"
    counting.mkdir(exist_ok=True)
    (counting / "sitecustomize.py").write_text(COUNTING, encoding="utf-8")
    told = {"COUNT_LOG": str(log), "COUNT_FOLDER": str(folder.resolve())}
    cost_of(command, folder, more={**told, "PYTHONPATH": os.pathsep.join([str(counting), str(ROOT)])})
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    opened = {line for line in lines if line.startswith("opened")}
    return str(len(opened)), str(sum(line.startswith("parsed") for line in lines))
