"""Jupyter notebooks (nbformat 3 and 4) to documents: which cells are Python, and of which program."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.source.decoding import UndecodableError, refuse_null, universal_newlines
from flake8_logits.source.magics import mask_magics
from flake8_logits.source.reading import UnreadableError, refuse_crowded
from flake8_logits.source.units import Document, Unit

# Cell magics whose cell still runs as Python in the notebook's own namespace.
_KEEPING = frozenset(
    {
        "capture",
        "debug",
        "flake8",
        "ipytest",
        "lprun",
        "memit",
        "mprun",
        "notify",
        "prun",
        "px",
        "pycodestyle",
        "scalene",
        "snakeviz",
        "tensorflow_version",
        "time",
        "timeit",
        "wandb",
    }
)
_WRITING = frozenset(["writefile", "file"])
_CELL_MAGIC = re.compile(r"[ \t]*%%[ \t]*(?P<name>[^\s]*)[ \t]*(?P<rest>.*)")
# Databricks marks whole cells of other languages like this.
_OTHER_LANGUAGE = re.compile(r"[ \t]*%(?:md|md-sandbox|sh|scala|r|fs)(?:[ \t]|$)")
# The last of them read Python as Python does, and more: a cell with more does not parse, and is named.
_PYTHONS = ("python", "ipython", "pyspark", "sage", "coconut", "xonsh", "micropython", "circuitpython")
_PROSE = frozenset(["heading", "html", "markdown", "plaintext", "raw"])
_OTHER_KERNELS = re.compile(r"(?:ir|julia|xcpp|bash|javascript|ijavascript|deno|scala|swift|\.net|sas|octave)\b", re.I)
_INDENTED = re.compile(r"(?:[ \t\f]*(?:#[^\n]*)?\n)*[ \t]+[^\s#]")
_MOST_SHOWN = 40
_SURROGATE = re.compile("[\ud800-\udfff]")


def notebook_documents(path: str, data: bytes) -> list[Document]:
    """Return the notebook's own program, then one program for each Python file that a ``%%writefile`` cell writes.

    Never raises: bytes that are no notebook give one document without units but with a problem.
    """
    name = os.path.basename(path)
    unread: dict[int, str] = {}
    try:
        notebook = _parse(data)
        cells = list(_cells(notebook, unread))
        _refuse_other_languages(notebook, bool(cells or unread))
    except _NoNotebookError as error:
        problem = Problem(path, error.message, error.line, error.column)
        return [Document(path, (), (problem,), "notebook", name)]
    own: list[Unit] = []
    problems = list(_unread(path, unread))
    written: dict[str, list[Document]] = {}
    for index, source in cells:
        try:
            refuse_null(source)
        except UndecodableError as error:
            problems.append(Problem(path, error.message, error.line, cell=index))
            continue
        head = _head(source)
        if head.target:
            _write(written, Unit(path, index, _below(source, head.lines), head.lines, source), head)
        elif head.is_python:
            unit = _python_unit(path, index, source)
            if unit.text.strip():
                own.append(unit)
    documents = [document for versions in written.values() for document in versions]
    documents.sort(key=lambda document: document.units[0].cell or 0)
    return [Document(path, tuple(own), tuple(problems), "notebook", name), *documents]


class _NoNotebookError(Exception):
    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def _parse(data: bytes) -> dict[str, object]:
    if not data.strip():
        raise _NoNotebookError("is empty, not a notebook")
    try:
        refuse_crowded(data)
        text = universal_newlines(data.decode(json.detect_encoding(data), "surrogatepass")).removeprefix("\ufeff")
        # No number of a notebook is asked for, and Python refuses whole ones of thousands of digits.
        notebook = json.loads(text, parse_int=float)
    except UnreadableError as error:
        raise _NoNotebookError(f"is not read: {error}") from None
    except json.JSONDecodeError as error:
        raise _NoNotebookError(f"is not valid JSON: {error.msg}", error.lineno, error.colno - 1) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _NoNotebookError(f"is not {error.encoding}: {error.reason}", line) from None
    except RecursionError:
        raise _NoNotebookError("is not a notebook: nested too deep") from None
    except ValueError as error:
        raise _NoNotebookError(f"is not valid JSON: {' '.join(str(error).split())}") from None
    if not isinstance(notebook, dict):
        raise _NoNotebookError("is not a notebook: no object at the top")
    return notebook


def _cells(notebook: dict[str, object], unread: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield index and source of each code cell; raise _NoNotebookError when there is no list of cells.

    ``unread`` is told why others are not read that may hold code, by their index.
    """
    lists = [notebook.get("cells")]
    worksheets = notebook.get("worksheets")
    if not isinstance(lists[0], list) and isinstance(worksheets, list):
        lists = [sheet.get("cells") for sheet in worksheets if isinstance(sheet, dict)]
    elif not isinstance(lists[0], list):
        raise _NoNotebookError("is not a notebook: no list of cells")
    cells = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    for index, cell in enumerate(cells):
        why = _hindrance(cell)
        if why:
            unread[index] = why
        elif isinstance(cell, dict) and cell.get("cell_type") == "code" and _cell_is_python(cell):
            source = _source(_written(cell))
            if source.strip():
                yield index, source


def _unread(path: str, unread: dict[int, str]) -> Iterator[Problem]:
    """Yield one problem for all cells that are not read, at the first of them: a file can hold millions."""
    for index, why in unread.items():
        others = len(unread) - 1
        more = f"; nor {'is one other' if others == 1 else f'are {others} others'}" if others else ""
        yield Problem(path, f"is not read: {why}{more}", cell=index)
        return


def _hindrance(cell: object) -> str:
    """Say why a cell cannot be read; "" of one that can, and of prose."""
    if not isinstance(cell, dict):
        return "it is no cell"
    kind, source = cell.get("cell_type"), _written(cell)
    if isinstance(kind, str) and kind in _PROSE or not source:
        return ""
    if kind != "code":
        return f"cells of type '{_short(kind)}' are not known" if isinstance(kind, str) else "it has no type"
    parts = source if isinstance(source, list) else [source]
    return "" if any(isinstance(part, str) for part in parts) else "its source is no text"


def _written(cell: dict[str, object]) -> object:
    return cell.get("source", cell.get("input"))


def _short(word: str) -> str:
    return word if len(word) <= _MOST_SHOWN else f"{word[:_MOST_SHOWN]}..."


def _source(source: object) -> str:
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    # JSON can spell half a character; neither parsers nor terminals take it.
    return universal_newlines(_SURROGATE.sub("\ufffd", text)) if isinstance(text, str) else ""


def _refuse_other_languages(notebook: dict[str, object], has_code: bool) -> None:
    """Raise _NoNotebookError for a notebook with code of another language."""
    kernel = _text_at(notebook, "metadata", "kernelspec", "name")
    languages = [
        language
        for language in (
            _text_at(notebook, "metadata", "language_info", "name"),
            _text_at(notebook, "metadata", "kernelspec", "language"),
        )
        if language
    ]
    if any(language.lower().startswith(_PYTHONS) for language in languages):
        return
    if has_code and (languages or _OTHER_KERNELS.match(kernel)):
        language = _short(languages[0] if languages else kernel)
        raise _NoNotebookError(f"is not read: its language is '{language}', not Python")


def _cell_is_python(cell: dict[str, object]) -> bool:
    language = _text_at(cell, "language") or _text_at(cell, "metadata", "vscode", "languageId")
    return not language or language.lower().startswith(_PYTHONS)


def _text_at(value: object, *keys: str) -> str:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first lines of a cell say: how many they are, and what becomes of the lines below."""

    lines: int = 0
    is_python: bool = True
    target: str = ""
    appends: bool = False


def _head(source: str) -> _Head:
    for number, line in enumerate(source.split("\n"), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        magic = _CELL_MAGIC.match(line)
        if magic is None:
            return _Head(is_python=not _OTHER_LANGUAGE.match(line))
        if magic["name"] in _WRITING:
            target, appends = _target(magic["rest"])
            return _Head(number, False, target if target.endswith(".py") else "", appends)
        if magic["name"] not in _KEEPING:
            return _Head(is_python=False)
    return _Head()


def _target(arguments: str) -> tuple[str, bool]:
    """Return the file that ``%%writefile`` writes, and whether it appends to it."""
    options = re.match(r"(?:--?[a-z]\w*[ \t]+)*", arguments)
    flags = options.group().split() if options else []
    target = arguments[options.end() :] if options else arguments
    return target.strip().strip("'\""), "-a" in flags or "--append" in flags


def _below(source: str, lines: int) -> str:
    return "\n".join(source.split("\n")[lines:])


def _write(written: dict[str, list[Document]], unit: Unit, head: _Head) -> None:
    versions = written.setdefault(head.target, [])
    if head.appends and versions:
        versions[-1] = replace(versions[-1], units=(*versions[-1].units, unit))
    else:
        versions.append(Document(unit.path, (unit,), (), "notebook", head.target))


def _python_unit(path: str, cell: int, source: str) -> Unit:
    text = mask_magics(source)
    if _INDENTED.match(text):
        # IPython takes the common indentation off; here it must stay, or columns would shift.
        return Unit(path, cell, "if True:\n" + text, -1, source)
    return Unit(path, cell, text, 0, source)
