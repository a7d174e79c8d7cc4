"""One edit after the other in a process that stays, as a server for an editor has them.

    python -m benchmarks.edits SCRIPT...

Prints a JSON line for each script: its length, and the milliseconds of processor time of each edit, analysed alone and
in its project.  An edit adds a line within a function, or where there is none between two statements, at places spread
over the script; the files on disk stay as they are.
"""

from __future__ import annotations

import ast
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from flake8_logits.api import Options, analyse

EDITS = 9


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
    analyse(text, path, options, in_project=in_project)
    found = []
    for edited in edits(text):
        begun = time.process_time()
        analyse(edited, path, options, in_project=in_project)
        found.append((time.process_time() - begun) * 1000)
    return found


def main(paths: list[str]) -> None:
    """Measure each script."""
    for name in paths:
        path = Path(name)
        lines = path.read_text(encoding="utf-8").count("\n")
        alone, project = milliseconds(path, False), milliseconds(path, True)
        print(json.dumps({"path": name, "lines": lines, "alone": alone, "project": project}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
