"""The source lines behind spans: of the file that was checked, and of the other files its findings point to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.source.documents import Document, Unit, read_document


class Sources:
    """Finds lines; another file is read when one of its lines is asked for."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.path: list(documents) for document in documents}

    def documents(self, path: str) -> Sequence[Document]:
        """Return the programs in a file."""
        if path not in self._documents:
            self._documents[path] = read_document(path)
        return self._documents[path]

    def units(self, span: Span) -> Sequence[Unit]:
        """Return all units of the program that the span is in; none when it is not at hand."""
        for document in self.documents(span.path):
            if document.unit(span.cell) is not None:
                return document.units
        return ()

    def line(self, span: Span, number: int) -> str | None:
        """Return the line with this number in the file or cell of the span; None when it is not at hand."""
        unit = self.unit(span)
        return None if unit is None else unit.line(number)

    def unit(self, span: Span) -> Unit | None:
        """Return the stretch of source that the span is in; None when it is not at hand."""
        units = (document.unit(span.cell) for document in self.documents(span.path))
        return next((unit for unit in units if unit is not None), None)


def nearby(diagnostic: Diagnostic) -> Diagnostic:
    """Return the finding with the paths of other files relative to the current folder, if its own path is."""
    if os.path.isabs(diagnostic.span.path):
        return diagnostic
    related = tuple(replace(there, span=_relative(there.span)) for there in diagnostic.related)
    return replace(diagnostic, related=related)


def _relative(span: Span) -> Span:
    if not os.path.isabs(span.path):
        return span
    try:
        return replace(span, path=os.path.relpath(span.path))
    except (OSError, ValueError):
        return span  # on another drive, or the current folder is gone
