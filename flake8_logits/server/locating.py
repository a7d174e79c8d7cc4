"""Spans to the client's places, in whatever file they are."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.uris import from_fs_path

from flake8_logits.domain.places import Span
from flake8_logits.server.programs import Part, Programs, TextFile
from flake8_logits.server.texts import Encoding, Text
from flake8_logits.service.sources import Sources


class Places:
    """Finds the places of one program's findings; other files are read when one of them is asked for."""

    def __init__(
        self, path: str, parts: Sequence[Part], programs: Programs, sources: Sources, encoding: Encoding
    ) -> None:
        self._path = path
        self._parts = {part.cell: part for part in parts}
        self._programs = programs
        self._sources = sources
        self._encoding = encoding
        self._texts: dict[str, tuple[str, Text] | None] = {}

    def __call__(self, span: Span) -> types.Location | None:
        if span.path == self._path:
            part = self._parts.get(span.cell)
            return None if part is None else types.Location(part.uri, part.text.range(span))
        if span.cell is not None:
            return None
        if span.path not in self._texts:
            self._texts[span.path] = self._other(span)
        found = self._texts[span.path]
        return None if found is None else types.Location(found[0], found[1].range(span))

    def _other(self, span: Span) -> tuple[str, Text] | None:
        """The address and the text of another file: as it is open, else as it is on the disk."""
        for program in self._programs:
            if isinstance(program, TextFile) and program.path == span.path:
                return program.uri, program.part.text
        unit, uri = self._sources.unit(span), from_fs_path(span.path)
        return None if unit is None or not uri else (uri, Text(unit.original, self._encoding))
