"""One edit after the other in a process that stays, as a server for an editor has them.

    python -m benchmarks.edits SCRIPT...
    python -m benchmarks.edits SCRIPT --memory 5000

Prints a JSON line for each script: its length, and the milliseconds of processor time of each edit, analysed alone and
in its project.  An edit adds a line within a function, or where there is none between two statements, at places spread
over the script; the files on disk stay as they are.  With ``--memory`` it makes so many edits of the script in its
project, and prints on the way how much memory the process has (Linux alone).
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from flake8_logits.api import Options, analyse
from flake8_logits.staying import staying

EDITS = 9
LOOKS = 10
"""So often one looks at the memory."""


def edits(text: str, count: int = EDITS) -> Iterator[str]:
    """Yield the text with one more line each, at so many places spread evenly over it."""
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    bodies = [function.body for function in functions] or [tree.body[len(tree.body) // 4 :]]
    places = sorted({(one.lineno, one.col_offset) for body in bodies for one in body})
    lines = text.splitlines(keepends=True)
    for number in range(min(count, len(places))):
        line, margin = places[number * len(places) // count]
        yield "".join([*lines[: line - 1], f"{' ' * margin}added = {number}\n", *lines[line - 1 :]])


def milliseconds(path: Path, in_project: bool) -> list[float]:
    """What each edit costs, after the file was seen as it is."""
    text = path.read_text(encoding="utf-8")
    options = Options(fixes=False, isolated=True)
    found = []
    with staying():
        analyse(text, path, options, in_project=in_project)
        for edited in edits(text):
            begun = time.process_time()
            analyse(edited, path, options, in_project=in_project)
            found.append((time.process_time() - begun) * 1000)
    return found


def mebibytes(path: Path, count: int) -> Iterator[tuple[int, float]]:
    """Yield after how many edits the process has how much memory; nan where the system does not say."""
    options = Options(fixes=False, isolated=True)
    changed = list(edits(path.read_text(encoding="utf-8"), 50))
    with staying():
        for number in range(1, count + 1):
            analyse(f"{changed[number % len(changed)]}# {number}\n", path, options, in_project=True)
            if number % max(count // LOOKS, 1) == 0:
                yield number, _resident()


def _resident() -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        found = None
    return int(found[1]) / 1024 if found else float("nan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each script."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scripts", nargs="*", metavar="SCRIPT")
    parser.add_argument("--memory", type=int, default=0, metavar="EDITS", help="tell the memory while so many are made")
    asked = parser.parse_args(arguments)
    for name in asked.scripts:
        path = Path(name)
        if asked.memory:
            for number, memory in mebibytes(path, asked.memory):
                print(json.dumps({"path": name, "edits": number, "memory": memory}), flush=True)
            continue
        lines = path.read_text(encoding="utf-8").count("\n")
        alone, project = milliseconds(path, False), milliseconds(path, True)
        print(json.dumps({"path": name, "lines": lines, "alone": alone, "project": project}), flush=True)


if __name__ == "__main__":
    main()
