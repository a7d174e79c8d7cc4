"""The verifier, asked from an editor: for one finding, when somebody says so, never by itself."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Answer, Verification
from flake8_logits.server.knowledge import Known
from flake8_logits.service.faults import internal_error
from flake8_logits.source.reading import seeing_unsaved
from flake8_logits.verify.verifier import HOW_TO_GET_IT, NOT_MEASURED, Verifier, is_installed
from flake8_logits.verify.worker import NotInstalled

HOW = f"neither Keras nor PyTorch nor JAX is installed; install TensorFlow with: {HOW_TO_GET_IT}"


class NotVerifiedError(Exception):
    """Nothing was run; the message is one line."""


class Verifying:
    """Verifies one finding after the other, until the server ends, which would wait for what is still being built."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._current: Verifier | None = None
        self._ended = False

    def end(self) -> None:
        """End what is being built, and build nothing more."""
        self._ended = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._current is not None:
            self._current.end()

    async def verify(self, known: Known, found: Diagnostic) -> Verification:
        """What came of building the model of a finding; raises NotVerifiedError where nothing is there to build it."""
        return await asyncio.wrap_future(self._thread.submit(self._verify, known, found))

    def _verify(self, known: Known, found: Diagnostic) -> Verification:
        with Verifier() as self._current:
            if self._ended:
                raise NotVerifiedError("the server ends")
            return _verified(self._current, known, found)


def _verified(verifier: Verifier, known: Known, found: Diagnostic) -> Verification:
    if not is_installed():
        raise NotVerifiedError(HOW)
    if found.claim is None:
        raise NotVerifiedError(NOT_MEASURED)
    units = known.examination.checked.sources.units(found.claim.span)
    try:
        with seeing_unsaved(known.question.unsaved):
            return verifier.verify(units, found.claim.span.path, found.claim, known.examination.options.follow_imports)
    except NotInstalled:
        raise NotVerifiedError(HOW) from None
    except Exception as error:
        return Verification(Answer.INCONCLUSIVE, internal_error(error, found.span.path))
