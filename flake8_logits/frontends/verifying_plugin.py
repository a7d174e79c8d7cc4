"""``flake8 --logits-verify``: one verifier for each process of flake8, closed when that ends."""

from __future__ import annotations

import sys
from functools import lru_cache
from multiprocessing.util import Finalize

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.outputs.verifications import tag, walls_line
from flake8_logits.service.faults import internal_error
from flake8_logits.source.documents import Unit
from flake8_logits.verify.verifier import HOW_TO_GET_IT, NOT_MEASURED, Together, Verifier, is_installed
from flake8_logits.verify.worker import NotInstalled, WallsMissing


def verdict(path: str, text: str, diagnostic: Diagnostic, follow_imports: bool, walled: bool) -> str:
    """Return what to add to a finding's message.

    With ``walled`` nothing is run unless all walls stand.  Which do is said on standard error, once.
    """
    verifier = _verifier(walled)
    if diagnostic.claim is None:
        return f"[not verified: {NOT_MEASURED}]"
    if verifier is None:
        return f"[not verified: {HOW_TO_GET_IT}]"
    text = text.replace("\r\n", "\n")
    try:
        _start(verifier)
        found = _together(verifier, path).verify(
            (Unit(path, None, text, original=text),), path, diagnostic.claim, follow_imports
        )
    except NotInstalled:
        return f"[not verified: {HOW_TO_GET_IT}]"
    except WallsMissing as error:
        return f"[not verified: these walls do not stand here: {error}]"
    except Exception as error:
        # One odd file must not end a run of flake8 over a thousand.
        return f"[inconclusive: {internal_error(error, path)}]"
    return tag(found)


def _start(verifier: Verifier) -> None:
    if verifier.walls is None:
        verifier.start()
        sys.stderr.write(f"flake8-logits: {walls_line(verifier.walls)}\n")


@lru_cache(maxsize=1)
def _together(verifier: Verifier, path: str) -> Together:
    return Together(verifier)  # one after the other, each file is checked once


@lru_cache(maxsize=1)
def _verifier(walled: bool) -> Verifier | None:
    if not is_installed():
        return None
    verifier = Verifier(walled=walled)
    # What atexit has is not run where a process of a pool ends, and flake8 checks in those.
    Finalize(None, verifier.close, exitpriority=0)
    return verifier
