"""What jupyter-lsp is told of the server: how JupyterLab starts it, and when it is not to.

JupyterLab runs one server for each language.  Where another one for Python is at home, which completes and jumps to
definitions, ours would take its place without a word.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from flake8_logits.domain.links import REPOSITORY

_OTHERS = ("pylsp", "jedi_language_server", "pyls")
"""Modules of other servers for Python that jupyter-lsp knows."""
_START = "import sys; sys.path[:] = filter(None, sys.path); from flake8_logits.__main__ import main; sys.exit(main())"
"""Starts the command without the current folder among the places of modules.

JupyterLab starts servers as soon as a file is looked at, in the folder that it shows, which may be a stranger's.
"""


def specifications(manager: object) -> dict[str, Any]:
    """Return the server under its name, as ``jupyter_lsp_spec_v1`` asks for it; none where there is another."""
    if any(importlib.util.find_spec(name) is not None for name in _OTHERS):
        return {}
    return {
        "flake8-logits": {
            "version": 2,
            "argv": [sys.executable, "-c", _START, "server"],
            "languages": ["python"],
            "mime_types": ["text/x-python", "text/x-ipython"],
            "display_name": "flake8-logits",
            # With a copy of the notebook on the disk neither configuration nor modules of the project would be found.
            "requires_documents_on_disk": False,
            "urls": {"home": REPOSITORY},
        }
    }
