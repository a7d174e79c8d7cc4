"""Edits to bytes: what a file becomes, with every byte outside the edits as it was."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flake8_logits.domain.fixes import Edit
from flake8_logits.source.decoding import UndecodableError, source_encoding
from flake8_logits.source.notebook_text import CellText, cell_texts

_LINE_END = re.compile(r"\r\n|\r|\n")


class PatchError(Exception):
    """The edits cannot be written into these bytes; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of the decoded file, and what is to stand there instead, as it is to be written."""

    start: int
    end: int
    text: str


def patched(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of the file at ``path`` with the edits made.

    Raises PatchError where they overlap, or where the file is spelt so that bytes outside the edits would change.
    """
    edits = sorted(edits, key=lambda edit: (edit.span.cell or 0, edit.span.line, edit.span.column))
    notebook = any(edit.span.cell is not None for edit in edits)
    text, encoding, mark = _decoded(data, notebook)
    body = data[len(mark) :]
    splices = _in_notebook(text, edits) if notebook else _in_python(text, edits)
    return mark + _spliced(text, sorted(splices, key=lambda splice: (splice.start, splice.end)), encoding, body)


def shown_text(data: bytes, notebook: bool) -> str:
    """Return the text in the bytes of a file with its own ends of lines; raises PatchError where there is none."""
    return _decoded(data, notebook)[0]


def _decoded(data: bytes, notebook: bool) -> tuple[str, str, bytes]:
    encoding, mark = _encoding(data, notebook)
    try:
        errors = "surrogatepass" if encoding.startswith("utf") else "strict"
        return data[len(mark) :].decode(encoding, errors), encoding, mark
    except (ValueError, LookupError):
        raise PatchError("it cannot be decoded") from None


def _encoding(data: bytes, notebook: bool) -> tuple[str, bytes]:
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if mark:
        return "utf-8", mark
    if notebook:
        return json.detect_encoding(data), mark
    try:
        return source_encoding(data), mark
    except UndecodableError as error:
        raise PatchError(error.message) from None


def _spliced(text: str, splices: Sequence[Splice], encoding: str, body: bytes) -> bytes:
    kept: list[str] = []
    position = 0
    for splice in splices:
        if splice.start < position:
            raise PatchError("two edits overlap")
        kept.append(text[position : splice.start])
        position = splice.end
    kept.append(text[position:])
    # Encoded in stretches: those outside the edits must give the very bytes that they came from.
    encode = _encoder(encoding)
    removed = [encode(text[splice.start : splice.end]) for splice in splices]
    stretches = [encode(part) for part in kept]
    if b"".join(part for pair in zip(stretches, [*removed, b""], strict=True) for part in pair) != body:
        raise PatchError(f"it is encoded as {encoding} in a way that would not come out the same")
    inserted = [encode(splice.text) for splice in splices]
    return b"".join(part for pair in zip(stretches, [*inserted, b""], strict=True) for part in pair)


def _encoder(encoding: str) -> Callable[[str], bytes]:
    def encode(part: str) -> bytes:
        try:
            return part.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")
        except ValueError:
            raise PatchError(f"the edit cannot be written in {encoding}") from None

    return encode


def _in_python(text: str, edits: Iterable[Edit]) -> list[Splice]:
    ends = [(match.start(), match.end()) for match in _LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    splices = []
    for edit in edits:
        span = edit.span
        own = ends[min(span.line, len(ends)) - 1] if ends else None
        newline = text[slice(*own)] if own else "\n"
        start, end = offset(span.line, span.column), offset(span.end_line, span.end_column)
        splices.append(Splice(start, end, edit.text.replace("\n", newline)))
    return splices


def _in_notebook(text: str, edits: Iterable[Edit]) -> list[Splice]:
    cells = cell_texts(text)
    splices = []
    for edit in edits:
        cell = cells.get(-1 if edit.span.cell is None else edit.span.cell)
        if cell is None:
            raise PatchError("its format is too old to be edited")
        splices.append(_in_cell(text, cell, edit))
    return splices


def _in_cell(text: str, cell: CellText, edit: Edit) -> Splice:
    span = edit.span
    try:
        start, end = cell.bounds(span.line, span.column, span.end_line, span.end_column)
    except IndexError:
        raise PatchError("its cells are spelt in an unusual way") from None
    lines = [json.dumps(line, ensure_ascii=text.isascii())[1:-1] for line in edit.text.split("\n")]
    # Where there is one string per line: the file's own way to go from one to the next.
    between = cell.newline if cell.separator is None else f'{cell.newline}"{cell.separator}"'
    return Splice(start, end, between.join(lines))
