"""What a change to the linter adds, removes or moves in released packages.

    python primer/run.py [--cache FOLDER] [--accept]

Downloads the wheels that ``requirements.txt`` pins, checks them, and compares what is found with ``findings.jsonl``,
where each finding has a verdict and the reason for it.  The exit status is 1 where findings were added or removed or
have no verdict, 2 where a wheel could not be had or checked.  ``--accept`` stores what was found; a new finding is
stored without a verdict, which is then to be filled in.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERDICTS = ("true", "debatable", "false")
LIMIT = 900
"""Seconds that a wheel may take; the largest takes one minute on two idle cores."""


class PrimerError(Exception):
    """A wheel could not be downloaded or checked."""


@dataclass(frozen=True, order=True)
class Finding:
    """A finding in a wheel, and what was decided about it."""

    wheel: str
    path: str
    line: int
    code: str
    message: str
    verdict: str = field(default="", compare=False)
    why: str = field(default="", compare=False)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What stays the same when lines are inserted above; a message may name lines too."""
        return self.wheel, self.path, self.code, re.sub(r"\bline \d+", "line", self.message)

    @property
    def is_judged(self) -> bool:
        return self.verdict in VERDICTS and bool(self.why.strip())

    def __str__(self) -> str:
        return f"{self.wheel}: {self.path}:{self.line}: {self.code} {self.message}"


@dataclass(frozen=True)
class Comparison:
    """How what was found differs from what is stored."""

    added: list[Finding]
    removed: list[Finding]
    moved: list[tuple[Finding, Finding]]
    current: list[Finding]
    """What was found, each with the verdict that is stored for it."""

    @property
    def unjudged(self) -> list[Finding]:
        """The stored findings that have no verdict, or no reason for it."""
        added = set(self.added)
        return [finding for finding in self.current if finding not in added and not finding.is_judged]

    @property
    def is_accepted(self) -> bool:
        return not (self.added or self.removed or self.unjudged)


def compare(stored: Iterable[Finding], found: Iterable[Finding]) -> Comparison:
    """Return what was added, removed and moved; findings that differ in their lines alone are paired by the nearest."""
    before, after = _by_identity(stored), _by_identity(found)
    comparison = Comparison([], [], [], [])
    for identity in sorted(before.keys() | after.keys()):
        _compare_alike(before[identity], after[identity], comparison)
    comparison.current.sort()
    return comparison


def _by_identity(findings: Iterable[Finding]) -> defaultdict[tuple[str, str, str, str], list[Finding]]:
    grouped: defaultdict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for finding in sorted(findings):
        grouped[finding.identity].append(finding)
    return grouped


def _compare_alike(before: list[Finding], after: list[Finding], comparison: Comparison) -> None:
    pairs = sorted((abs(old.line - new.line), i, j) for i, old in enumerate(before) for j, new in enumerate(after))
    old_of: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in old_of.values() and j not in old_of:
            old_of[j] = i
    for j, new in enumerate(after):
        if j not in old_of:
            comparison.added.append(new)
            comparison.current.append(new)
            continue
        old = before[old_of[j]]
        kept = replace(new, verdict=old.verdict, why=old.why)
        comparison.current.append(kept)
        if old != kept:
            comparison.moved.append((old, kept))
    comparison.removed.extend(old for i, old in enumerate(before) if i not in old_of.values())


def read(path: Path) -> list[Finding]:
    """Return the stored findings; none if there is no file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Finding(**json.loads(line)) for line in lines]


def write(path: Path, findings: Iterable[Finding]) -> None:
    """Store findings, sorted, one a line."""
    lines = [json.dumps(asdict(finding), ensure_ascii=False) + "\n" for finding in sorted(findings)]
    path.write_text("".join(lines), encoding="utf-8")


def download(requirement: str, cache: Path) -> Path:
    """Return the wheel of a pinned requirement (``name==version``), downloaded if it is not in the cache.

    Raises PrimerError if it cannot be downloaded.
    """
    folder = cache / requirement.replace("==", "-")
    if not list(folder.glob("*.whl")):
        # It is read and never installed, so what it requires does not matter, not even its Python.
        options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--quiet", "--dest", str(folder)]
        command = [sys.executable, "-m", "pip", "download", *options, requirement]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise PrimerError(f"{requirement} cannot be downloaded: {run.stderr.strip()}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def check(wheel: Path) -> list[Finding]:
    """Return what the linter finds in a wheel.

    Raises PrimerError if the linter fails, could not read a file or is not done in time.
    """
    name = wheel.name.partition("-")[0]
    with tempfile.TemporaryDirectory() as root:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(root)
        options = ["--isolated", "--no-cache", "--jobs", "0", "--output-format", "json", "--exit-zero"]
        command = [sys.executable, "-m", "flake8_logits", "check", *options, "."]
        try:
            run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=LIMIT)
        except subprocess.TimeoutExpired as error:
            raise PrimerError(f"{wheel.name} is not checked after {LIMIT} seconds") from error
    if run.returncode:
        raise PrimerError(f"{wheel.name} cannot be checked: {run.stderr.strip()}")
    report = json.loads(run.stdout)
    if report["problems"]:
        raise PrimerError(f"{wheel.name} cannot be checked: {report['problems']}")
    return [Finding(name, item["path"], item["line"], item["code"], item["message"]) for item in report["findings"]]


def show(comparison: Comparison) -> None:
    """Print what differs from what is stored, and what is not judged."""
    for finding in comparison.added:
        print(f"added    {finding}")
    for finding in comparison.removed:
        print(f"removed  {finding} ({finding.verdict}: {finding.why})")
    for old, new in comparison.moved:
        print(f"moved    {new} (was line {old.line})")
    for finding in comparison.unjudged:
        print(f"unjudged {finding}")
    verdicts = [finding.verdict for finding in comparison.current]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in VERDICTS)
    print(f"{len(verdicts)} findings: {counts}; {len(comparison.added)} added, {len(comparison.removed)} removed,")
    print(f"{len(comparison.moved)} moved, {len(comparison.unjudged)} unjudged")


def examine(requirements: Path, cache: Path) -> list[Finding]:
    """Return what the linter finds in all pinned wheels.

    Raises PrimerError if one of them cannot be downloaded or checked.
    """
    pins = requirements.read_text(encoding="utf-8").split()
    return [finding for wheel in [download(pin, cache) for pin in pins] for finding in check(wheel)]


def main(arguments: Sequence[str] | None = None, folder: Path = HERE) -> int:
    """Compare, and return the exit status."""
    parser = argparse.ArgumentParser(description="Compare what is found in released packages with what is stored.")
    parser.add_argument("--cache", type=Path, help="a folder that keeps the wheels; a temporary one by default")
    parser.add_argument("--accept", action="store_true", help="store what was found; known verdicts are kept")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        try:
            found = examine(folder / "requirements.txt", options.cache or Path(temporary))
        except PrimerError as error:
            print(error, file=sys.stderr)
            return 2
    store = folder / "findings.jsonl"
    comparison = compare(read(store), found)
    if options.accept:
        write(store, comparison.current)
        comparison = compare(read(store), found)
    show(comparison)
    return 0 if comparison.is_accepted else 1


if __name__ == "__main__":
    sys.exit(main())
