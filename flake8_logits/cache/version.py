"""What results depend on besides files and settings: this program, its parser, Python."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flake8_logits import __version__

PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def version_tag() -> str:
    """A name for this state of the program: the release, and a mark of the installed files themselves.

    So a clone that is worked on does not take what its last state found, and a release does not take another's.
    """
    mark = hashlib.sha256()
    for path in _files():
        try:
            status = os.stat(path)
        except OSError:
            continue
        mark.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    mark.update(repr(sys.version_info).encode())
    return f"{__version__}-{mark.hexdigest()[:16]}"


def _files() -> Iterator[str]:
    yield from sorted(str(path) for path in PACKAGE.rglob("*.py"))
    parser = importlib.util.find_spec("libcst")  # found, not imported
    if parser is not None and parser.origin is not None:
        yield parser.origin
        yield os.path.join(os.path.dirname(parser.origin), "_version.py")
