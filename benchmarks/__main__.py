"""Measures what the linter costs, and writes the figures of docs/performance.md.

    python -m benchmarks [wheels] [stages] [edits] [server] [growth] [repositories] [peers] [--write]

Without names all are run, which takes most of an hour.  Figures are processor time, and mostly ratios of two commands
that took turns; none is a threshold of any test.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import growth, pages, peers, repositories, server_latency, wheels
from benchmarks.chart import chart
from benchmarks.measuring import ROOT
from flake8_logits import __version__

CACHE = Path(tempfile.gettempdir(), "flake8-logits-benchmarks")
CHANGES = 40
"""Of each program that an editor has open."""
PICTURE = ROOT / "docs" / "images" / "growth.svg"


def _wheels(options: argparse.Namespace) -> str:
    return pages.table(wheels.compare(options.cache, options.rounds))


def _stages(options: argparse.Namespace) -> str:
    return pages.table(wheels.split(options.cache))


def _edits(options: argparse.Namespace) -> str:
    try:
        folders = list(repositories.checkouts(options.repositories, options.cache).values())
    except repositories.MissingError as error:
        print(error, file=sys.stderr)
        folders = []
    scripts = repositories.training_scripts(folders)
    return pages.table(repositories.edited(options.cache, scripts))


def _server(options: argparse.Namespace) -> str:
    found = [list(row) for row in server_latency.rows(CHANGES)]
    for row in found:
        del row[server_latency.CLOCK]
    return pages.table(found)


def _repositories(options: argparse.Namespace) -> str:
    folders = repositories.checkouts(options.repositories, options.cache)
    return pages.table(repositories.whole(folders, options.base, options.rounds))


def _peers(options: argparse.Namespace) -> str:
    return pages.table(peers.compare(options.cache))


def _growth(options: argparse.Namespace) -> str:
    """The cost of a line as programs grow, and the chart of it."""
    lengths = [str(length) for length in growth.LENGTHS if length <= options.longest]
    command = [sys.executable, "-m", "benchmarks.growth", "--lines", *lengths]
    run = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if options.write:
        PICTURE.write_text(chart(lines), encoding="utf-8", newline="\n")
    return pages.table(_by_shape(lines))


def _by_shape(lines: Sequence[dict[str, Any]]) -> pages.Rows:
    """Microseconds for a line, by shape and length."""
    lengths = sorted({line["lines"] for line in lines})
    costs = {
        (line["shape"], line["lines"]): f"{line['cpu_per_line'] * 1e6:.0f} us{'' if line['found'] else ', lost'}"
        for line in lines
    }
    shapes = dict.fromkeys(line["shape"] for line in lines)
    head = ["shape", *(f"{length:,} lines" for length in lengths)]
    return [head, *([shape, *(costs.get((shape, length), "") for length in lengths)] for shape in shapes)]


PARTS: dict[str, Callable[[argparse.Namespace], str]] = {
    "wheels": _wheels,
    "stages": _stages,
    "edits": _edits,
    "server": _server,
    "growth": _growth,
    "repositories": _repositories,
    "peers": _peers,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write where that is asked for; 1 where a part could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--rounds", type=int, default=3, help="how often each pair takes turns")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".benchmarks", help="keeps wheels, checkouts, environments"
    )
    parser.add_argument("--repositories", type=Path, help="a folder with checkouts of the repositories, by name")
    parser.add_argument("--longest", type=int, default=100_000, help="lines of the longest program of growth")
    parser.add_argument("--base", type=Path, help="another checkout of the linter, to be compared with")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    options.cache = options.cache.resolve()
    options.cache.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in options.parts or PARTS:
        try:
            figures = f"{PARTS[name](options)}\n{_measured_where()}"
        except (repositories.MissingError, subprocess.CalledProcessError) as error:
            print(f"{name} was not measured: {error}", file=sys.stderr)
            failed += 1
            continue
        print(f"{name}\n\n{figures}\n", flush=True)
        if options.write:
            pages.write(name, figures)
    return min(failed, 1)


def _measured_where() -> str:
    """The day, the Python and the machine, in a line."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{datetime.date.today():%Y-%m-%d}, version {__version__}, {python}, {platform.machine()}."


if __name__ == "__main__":
    sys.exit(main())
