"""What a client has open: Python files, and notebooks with their cells; in whatever shape they come."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import to_fs_path

from flake8_logits.domain.places import Span
from flake8_logits.server.edits import edited
from flake8_logits.server.texts import Encoding, Text
from flake8_logits.service.editing import Buffer, Cell, cells_buffer, text_buffer

_PYTHON = "python"
_SUFFIXES = (".py", ".pyi", ".pyw")


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the client's: a file, or one cell; ``cell`` is its place among all cells of the notebook."""

    uri: str
    cell: int | None
    text: Text
    version: int | None


class Program(Protocol):
    """Something open that is checked as a whole."""

    uri: str
    path: str

    @property
    def parts(self) -> Sequence[Part]:
        """The texts that it consists of, those of other languages among them."""

    @property
    def pulled(self) -> bool:
        """Whether a client that asks for diagnostics asks for these."""

    def buffer(self) -> Buffer:
        """Its content as it is now."""


class TextFile:
    """An open Python file; JupyterLab opens a notebook as one, too, with the name of the notebook."""

    pulled = True

    def __init__(self, uri: str, text: Text, version: int | None) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.absolute = os.path.abspath(self.path)
        self.part = Part(uri, None, text, version)
        self._buffer: Buffer | None = None

    @property
    def parts(self) -> Sequence[Part]:
        return (self.part,)

    def buffer(self) -> Buffer:
        if self._buffer is None:
            self._buffer = text_buffer(self.path, self.part.text.source)
        return self._buffer

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None) -> bool:
        """Take over changes; whether the text is another one afterwards."""
        text = edited(self.part.text, changes)
        differs = text.source != self.part.text.source
        self.part = Part(self.uri, None, text, version)
        self._buffer = None if differs else self._buffer
        return differs


class Notebook:
    """An open notebook.  Texts are kept apart from the order of the cells: a cell that moves brings none along."""

    pulled = False

    def __init__(self, uri: str, encoding: Encoding) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self._encoding = encoding
        self._order: list[str] = []
        self._texts: dict[str, tuple[Text, int | None]] = {}
        self._languages: dict[str, str] = {}
        self._prose: set[str] = set()

    @property
    def parts(self) -> Sequence[Part]:
        empty = Text("", self._encoding), None
        return [Part(uri, index, *self._texts.get(uri, empty)) for index, uri in enumerate(self._order)]

    def buffer(self) -> Buffer:
        return cells_buffer(self.path, [Cell(part.text.source, self._language(part.uri)) for part in self.parts])

    def _language(self, uri: str) -> str:
        """The language of a cell; empty for one that is no code, whatever its text is in."""
        return "" if uri in self._prose else self._languages.get(uri, "")

    def begin(self, notebook: types.NotebookDocument, texts: Sequence[types.TextDocumentItem]) -> None:
        """Take over a notebook as it is opened."""
        self._order = [cell.document for cell in notebook.cells]
        self._open(texts)
        self._take_kinds(notebook.cells)

    def change(self, change: types.NotebookDocumentChangeEvent) -> list[str]:
        """Take over changes; the addresses of cells that are gone."""
        cells = change.cells
        if cells is None:
            return []
        gone = self._restructure(cells.structure) if cells.structure is not None else []
        self._take_kinds(cells.data or ())
        for content in cells.text_content or ():
            known = self._texts.get(content.document.uri)
            if known is None:
                continue
            self._texts[content.document.uri] = edited(known[0], content.changes), content.document.version
        return gone

    def _restructure(self, structure: types.NotebookDocumentCellChangeStructure) -> list[str]:
        array = structure.array
        here = slice(array.start, array.start + array.delete_count)
        self._order[here] = [cell.document for cell in array.cells or ()]
        self._open(structure.did_open or ())
        self._take_kinds(array.cells or ())
        gone = [closed.uri for closed in structure.did_close or () if closed.uri not in self._order]
        for uri in gone:
            self._texts.pop(uri, None)
            self._languages.pop(uri, None)
            self._prose.discard(uri)
        return gone

    def _open(self, texts: Sequence[types.TextDocumentItem]) -> None:
        for item in texts:
            self._texts[item.uri] = Text(item.text, self._encoding), item.version
            self._languages[item.uri] = item.language_id

    def _take_kinds(self, cells: Sequence[types.NotebookCell]) -> None:
        for cell in cells:
            if cell.kind is types.NotebookCellKind.Markup:
                self._prose.add(cell.document)
            else:
                self._prose.discard(cell.document)


class Programs:
    """All that is open, by address as the client spells it: addresses of cells are not to be taken apart."""

    def __init__(self) -> None:
        self._open: dict[str, TextFile | Notebook] = {}
        self._parts: dict[str, Notebook] = {}

    def __iter__(self) -> Iterator[TextFile | Notebook]:
        return iter(list(self._open.values()))

    def add(self, program: TextFile | Notebook) -> None:
        """Keep a program that was opened, in the place of one with this address."""
        self._open[program.uri] = program
        self.index(program)

    def index(self, program: TextFile | Notebook) -> None:
        """Find the program by its cells, which may have changed."""
        if isinstance(program, Notebook):
            self._parts = {uri: notebook for uri, notebook in self._parts.items() if notebook is not program}
            self._parts.update({part.uri: program for part in program.parts})

    def remove(self, uri: str) -> TextFile | Notebook | None:
        """Forget a program that was closed; None where it was not open."""
        program = self._open.pop(uri, None)
        self._parts = {cell: notebook for cell, notebook in self._parts.items() if notebook is not program}
        return program

    def file(self, uri: str) -> TextFile | None:
        """The open file at an address."""
        found = self._open.get(uri)
        return found if isinstance(found, TextFile) else None

    def notebook(self, uri: str) -> Notebook | None:
        """The open notebook at an address."""
        found = self._open.get(uri)
        return found if isinstance(found, Notebook) else None

    def with_part(self, uri: str) -> TextFile | Notebook | None:
        """The program that a text belongs to."""
        return self._parts.get(uri) or self._open.get(uri)

    def files(self) -> list[TextFile]:
        """The open files that other programs can import; JupyterLab's notebooks are not what is in their files."""
        return [program for program in self if isinstance(program, TextFile) and not program.path.endswith(".ipynb")]

    def unsaved(self) -> dict[str, bytes]:
        """What the open files hold, by path: other programs import it as it is, not as it was saved."""
        return {file.absolute: file.buffer().data for file in self.files()}


def part_at(program: Program, span: Span) -> Part | None:
    """The text that a span is in; None where it is in another file."""
    if span.path != program.path:
        return None
    return next((part for part in program.parts if part.cell == span.cell), None)


def part_of(program: Program, uri: str) -> Part | None:
    """The text with an address."""
    return next((part for part in program.parts if part.uri == uri), None)


def path_of(uri: str) -> str:
    """The path of a file; of what has none on the disk, such as a file that was never saved, the name it goes by."""
    found = to_fs_path(uri)
    if found:
        return os.path.normpath(found)
    return unquote(urlsplit(uri).path) or "untitled.py"


def is_python(language: str, uri: str) -> bool:
    """Whether a text of this language is one for us; where an editor knows of no languages, the name tells."""
    return language.lower() == _PYTHON or (not language and path_of(uri).endswith(_SUFFIXES))
