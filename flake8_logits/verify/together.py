"""All claims of one file: each has a limit of time of its own, and so have all of them together."""

from __future__ import annotations

import time
from collections.abc import Sequence

from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.source.units import Unit
from flake8_logits.verify.verifier import Verifier

MODELS = 20
"""How many times the limit of one model those of one file may take."""


class Together:
    """The verifier for one file.  Once the time of the file is spent, what is left is inconclusive."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier
        self._spent = 0.0

    def verify(self, units: Sequence[Unit], path: str, claim: Claim, follow_imports: bool) -> Verification:
        """What came of building the model of a claim.  Raises NotInstalled and WallsMissing."""
        granted = MODELS * self.verifier.worker.limits.seconds
        if self._spent > granted:
            return Verification(Answer.INCONCLUSIVE, f"other findings of this file took more than {granted} seconds")
        began = time.monotonic()
        try:
            return self.verifier.verify(units, path, claim, follow_imports)
        finally:
            self._spent += time.monotonic() - began
