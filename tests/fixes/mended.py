"""A file's bytes, mended as the command does it."""

from __future__ import annotations

from collections import Counter

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.fixes.mending import Mender, Spot
from flake8_logits.fixes.snapshot import Snapshot, Viewer
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import documents_of

DEFAULT = frozenset(rule.code for rule in RULES if rule.default)


def viewer(path: str) -> Viewer:
    return Viewer(path, lambda data: documents_of(path, data))


def look(path: str, data: bytes) -> Snapshot:
    return viewer(path).look(data)


def diagnostics(snapshot: Snapshot) -> list[Diagnostic]:
    """The findings of rules that are on by default."""
    return [one.diagnostic for one in snapshot.found if one.diagnostic.code in DEFAULT]


def spots(snapshot: Snapshot) -> set[Spot]:
    return {(found.code, found.span) for found in diagnostics(snapshot)}


def codes(path: str, data: bytes) -> Counter[str]:
    return Counter(found.code for found in diagnostics(look(path, data)))


def mend(path: str, data: bytes, unsafe: bool = False) -> bytes:
    """What ``check --fix`` would write."""
    base = look(path, data)
    return Mender(viewer(path), DEFAULT, unsafe).mend(base, spots(base)).data


def declined(path: str, data: bytes, unsafe: bool = False) -> dict[int, str]:
    """Why findings are not mended, by line."""
    base = look(path, data)
    answers = Mender(viewer(path), DEFAULT, unsafe).proposals(base, spots(base))
    return {span.line: answer for (_, span), answer in answers.items() if isinstance(answer, str)}
