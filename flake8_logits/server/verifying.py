"""The verifier, asked from an editor: for one finding, when somebody says so, never by itself."""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.verification import Answer, Verification
from flake8_logits.server.knowledge import Known
from flake8_logits.service.faults import internal_error
from flake8_logits.source.reading import seeing_unsaved
from flake8_logits.verify.verifier import HOW_TO_GET_IT, Verifier, is_installed
from flake8_logits.verify.worker import NotInstalled

HOW = f"neither Keras nor PyTorch nor JAX is installed; install TensorFlow with: {HOW_TO_GET_IT}"


class NotVerifiedError(Exception):
    """Nothing was run; the message is one line."""


def verify(known: Known, found: Diagnostic) -> Verification:
    """What came of building the model of a finding; raises NotVerifiedError where there is nothing to build it with."""
    if not is_installed():
        raise NotVerifiedError(HOW)
    assert found.claim is not None
    units = known.examination.checked.sources.units(found.claim.span)
    try:
        with seeing_unsaved(known.question.unsaved), Verifier() as verifier:
            return verifier.verify(units, found.claim.span.path, found.claim, known.examination.options.follow_imports)
    except NotInstalled:
        raise NotVerifiedError(HOW) from None
    except Exception as error:
        return Verification(Answer.INCONCLUSIVE, internal_error(error, found.span.path))
