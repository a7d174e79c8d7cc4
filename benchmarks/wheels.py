"""flake8 with the plugin and without, over whole released packages and over trees of our own."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from benchmarks.measuring import ROOT, ratio_of
from benchmarks.pages import Rows
from primer.run import download

PINS = ("keras==3.15.1", "keras-hub==0.32.0", "tf-models-official==2.20.0", "django==5.2.19")

FLAKE8 = """
import importlib.metadata, sys
if sys.argv.pop(1) == "without":
    real = importlib.metadata.distributions
    others = lambda **options: (found for found in real(**options) if found.metadata["Name"] != "flake8-logits")
    importlib.metadata.distributions = others
from flake8.main.cli import main
sys.exit(main())
"""

ORDINARY = '''
class Ledger{n}:
    """Keeps entries by account."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: dict[str, list[int]] = {{}}

    def add(self, account: str, amount: int) -> None:
        if amount < 0 and account not in self.entries:
            raise ValueError(f"{{account}} has nothing to take from")
        self.entries.setdefault(account, []).append(amount)

    def balance(self, account: str) -> int:
        return sum(entry for entry in self.entries.get(account, []) if entry)
'''


def flake8(plugin: str) -> list[str]:
    """The command that checks the current folder in one process, ``with`` the plugin or ``without``."""
    return [sys.executable, "-c", FLAKE8, plugin, "--isolated", "--jobs", "1", "--exit-zero", "--quiet", "."]


def unpacked(pin: str, cache: Path) -> Path:
    """The folder with what is in a wheel."""
    folder = cache / "unpacked" / pin.replace("==", "-")
    if not folder.exists():
        with zipfile.ZipFile(download(pin, cache)) as archive:
            archive.extractall(folder)
    # A project of its own, wherever the cache lies: what it imports of itself is looked for from here.
    (folder / "setup.cfg").touch()
    return folder


def trees(cache: Path) -> dict[str, Path]:
    """Folders to check by their names: an empty file, files without Keras, the wheels."""
    found = {"one empty file": cache / "empty", "120 files without Keras": cache / "ordinary"}
    for folder, files in zip(found.values(), (1, 120), strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(files):
            text = "" if files == 1 else "import os\n" + "\n".join(ORDINARY.format(n=n) for n in range(15))
            # Each its own text: what was parsed once may be remembered.
            (folder / f"module_{number}.py").write_text(f"{text}\n\nNUMBER = {number}\n" if text else "")
    return found | {pin: unpacked(pin, cache) for pin in PINS}


def compare(cache: Path, rounds: int) -> Rows:
    """flake8 with / without on each tree: time, memory."""
    rows = [["", "files", "time, with / without", "seconds", "memory, with / without", "MiB"]]
    for name, folder in trees(cache).items():
        found = ratio_of(flake8("with"), flake8("without"), rounds, folder)
        rows.append(
            [
                name,
                str(sum(1 for _ in folder.rglob("*.py"))),
                f"{found.time:.2f} ({found.least:.2f} to {found.most:.2f})",
                f"{found.ours.seconds:.1f} / {found.theirs.seconds:.1f}",
                f"{found.memory:.2f}",
                f"{found.ours.memory:.0f} / {found.theirs.memory:.0f}",
            ]
        )
    return rows


def split(cache: Path) -> Rows:
    """Where the time of flake8 with the plugin goes, in per cent, by stage."""
    found = {}
    for pin in PINS:
        command = [sys.executable, "-m", "benchmarks.stages", str(unpacked(pin, cache))]
        run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found[pin] = json.loads(run.stdout.splitlines()[-1])
    stages = list(dict.fromkeys(stage for shares in found.values() for stage in shares))
    lines = [[stage, *(f"{shares.get(stage, 0.0):.1%}" for shares in found.values())] for stage in stages]
    return [["stage", *PINS], *lines]
