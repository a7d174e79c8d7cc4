"""Files to documents: the door through which all source enters."""

from __future__ import annotations

import os
import re

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.sizes import MOST_BYTES
from flake8_logits.source.decoding import UndecodableError, decode_python
from flake8_logits.source.notebooks import notebook_documents
from flake8_logits.source.reading import read_bytes, reason
from flake8_logits.source.units import Document, Kind, Unit

__all__ = [
    "Document",
    "Unit",
    "documents_of",
    "is_source",
    "notebook_documents",
    "python_document",
    "read_document",
    "read_source",
]

_SUFFIXES = frozenset(["", ".py", ".pyi", ".pyw", ".ipynb"])
_INTERPRETER = re.compile(rb"#!.*python")


def is_source(path: str, data: bytes) -> bool:
    """Whether a file is a Python file or a notebook, by its suffix or its first line."""
    return os.path.splitext(path)[1].lower() in _SUFFIXES or _INTERPRETER.match(data) is not None


def read_document(path: str) -> list[Document]:
    """Return the programs in the file; one without units but with a problem when it cannot be read."""
    try:
        return documents_of(path, read_source(path))
    except (OSError, ValueError) as error:
        return [_unreadable(path, f"cannot be read: {reason(error)}")]


def documents_of(path: str, data: bytes) -> list[Document]:
    """Return the programs in these bytes; the path's suffix tells a notebook, everything else is Python."""
    if path.lower().endswith(".ipynb"):
        return notebook_documents(path, data)
    return [python_document(path, data)]


def python_document(path: str, data: bytes) -> Document:
    """Return the program in the bytes of a Python file; without units but with a problem when they are no text."""
    try:
        text = decode_python(data)
    except UndecodableError as error:
        return _unreadable(path, error.message, error.line)
    return Document(path, (Unit(path, None, text, original=text),), name=os.path.basename(path))


def read_source(path: str) -> bytes:
    """Return the bytes of a file that may hold programs; raises OSError or ValueError when they cannot be had."""
    return read_bytes(path, MOST_BYTES)


def _unreadable(path: str, message: str, line: int | None = None) -> Document:
    kind: Kind = "notebook" if path.lower().endswith(".ipynb") else "python"
    return Document(path, (), (Problem(path, message, line),), kind, os.path.basename(path))
