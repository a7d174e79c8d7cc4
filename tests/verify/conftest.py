"""One child process for all tests that build models; they are skipped where TensorFlow has no release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Verification
from flake8_logits.source.documents import read_document
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Limits

Settled = list[tuple[Diagnostic, Verification]]
Settle = Callable[..., Settled]
LIMITS = Limits(seconds=120)


@pytest.fixture(scope="session")
def verifier(tensorflow_installed: None) -> Iterator[Verifier]:
    """The one that every test shares."""
    with Verifier(LIMITS) as shared:
        yield shared


@pytest.fixture
def settle(verifier: Verifier, tmp_path: Path) -> Settle:
    """Writes a program down, checks it, and returns each finding with what came of it."""

    def act(text: str, name: str = "program.py", by: Verifier | None = None) -> Settled:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return settled(str(path), by or verifier)

    return act


def settled(path: str, by: Verifier) -> Settled:
    """Each finding in a file that can be measured, with what came of it."""
    found: Settled = []
    for document in read_document(path):
        for diagnostic in analyse(document).diagnostics:
            if diagnostic.claim is not None:
                found.append((diagnostic, by.verify(document.units, path, diagnostic.claim)))
    return found
