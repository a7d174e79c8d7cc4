"""A configuration as it was read: plain values, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.source.ignoring import Patterns, compile_patterns


@dataclass(frozen=True)
class Configuration:
    """One ``[tool.flake8-logits]``; ``path`` is its file (empty: there is none), patterns are relative to its folder.

    ``select`` and ``ignore`` hold beginnings of codes, None where the key is not written.
    """

    path: str = ""
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] | None = None
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    follow_imports: bool = True
    cache_dir: str | None = None
    settings: Settings = PLAIN
    _patterns: dict[tuple[str, ...], Patterns] = field(default_factory=dict, compare=False, repr=False)

    @property
    def folder(self) -> str:
        """The folder that its patterns are relative to."""
        return os.path.dirname(self.path)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The beginnings of codes that ``per-file-ignores`` leaves out in a file."""
        return tuple(
            code
            for pattern, codes in self.per_file_ignores.items()
            if self._matches((pattern,), path, False, True)
            for code in codes
        )

    def excludes(self, path: str, is_folder: bool = False, above: bool = True) -> bool:
        """Whether ``exclude`` leaves out a file or folder, or (``above``) a folder that it is in."""
        return bool(self.exclude) and self._matches(self.exclude, path, is_folder, above)

    def _matches(self, lines: tuple[str, ...], path: str, is_folder: bool, above: bool) -> bool:
        patterns = self._patterns.get(lines)
        if patterns is None:
            patterns = self._patterns[lines] = compile_patterns(lines)
        parts = _parts_below(os.path.abspath(path), self.folder)
        return any(
            patterns.verdict("/".join(parts[:count]), is_folder or count < len(parts)) is True
            for count in range(1 if above else max(len(parts), 1), len(parts) + 1)
        )


def _parts_below(path: str, folder: str) -> list[str]:
    """The names that lead from a folder to a path below it; none where it is not below."""
    above = os.path.join(folder, "")
    if not os.path.normcase(path).startswith(os.path.normcase(above)):
        return []
    return path[len(above) :].replace(os.sep, "/").split("/")
