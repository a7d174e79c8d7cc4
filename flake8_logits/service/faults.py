"""Errors of our own: described in a problem, so that one odd file does not end a run; raised while debugging."""

from __future__ import annotations

import logging
import os
import traceback
from pathlib import PurePath

LOGGER = logging.getLogger(__name__)
DEBUG = "FLAKE8_LOGITS_DEBUG"
"""The environment variable that has errors of our own raised."""
LONGEST = 200


def internal_error(error: Exception, path: str) -> str:
    """Describe an error of our own in one line, with its type and where it was raised.

    Raises the error itself where FLAKE8_LOGITS_DEBUG is set.
    """
    if os.environ.get(DEBUG, "0") not in ("", "0"):
        raise error
    LOGGER.debug("internal error in %s", path, exc_info=error)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    text = " ".join(str(error).split())[:LONGEST]
    return f"could not be analysed: internal error ({type(error).__name__}{where}: {text}); please report it"
