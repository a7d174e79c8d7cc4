"""Closes the libraries that are there to what no program may do through them, whichever of them builds the model."""

from __future__ import annotations

import sys

from flake8_logits.verify.child.deserialising import refuse_what_is_not_listed


def close_libraries() -> None:
    """Close what has been imported by now; to be called once more when a program has had a library imported."""
    refuse_what_is_not_listed()
    if sys.modules.get("torch") is not None:
        # Here, because it is not always installed.
        from flake8_logits.verify.child.frameworks.torch.confining import close

        close()
