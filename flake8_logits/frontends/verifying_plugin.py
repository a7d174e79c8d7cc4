"""``flake8 --logits-verify``: one verifier for each process of flake8, closed when that ends."""

from __future__ import annotations

import atexit
from functools import lru_cache

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Answer
from flake8_logits.outputs.verifications import tag
from flake8_logits.service.faults import internal_error
from flake8_logits.source.documents import Unit
from flake8_logits.verify.verifier import HOW_TO_GET_IT, Verifier, is_installed
from flake8_logits.verify.worker import NotInstalled


def verdict(path: str, text: str, diagnostic: Diagnostic, follow_imports: bool) -> str | None:
    """Return what to add to a finding's message; None where the finding is withdrawn."""
    verifier = _verifier()
    if diagnostic.claim is None:
        return ""
    if verifier is None:
        return f"[not verified: {HOW_TO_GET_IT}]"
    text = text.replace("\r\n", "\n")
    try:
        found = verifier.verify((Unit(path, None, text, original=text),), path, diagnostic.claim, follow_imports)
    except NotInstalled:
        return f"[not verified: {HOW_TO_GET_IT}]"
    except Exception as error:
        # One odd file must not end a run of flake8 over a thousand.
        return f"[inconclusive: {internal_error(error, path)}]"
    return None if found.answer is Answer.REFUTED else tag(found)


@lru_cache(maxsize=1)
def _verifier() -> Verifier | None:
    if not is_installed():
        return None
    verifier = Verifier()
    atexit.register(verifier.close)
    return verifier
