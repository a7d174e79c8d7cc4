"""Where a report or a baseline may be written."""

from __future__ import annotations

import errno
import os

from flake8_logits.source.project import leads_into, root_of


def refuse_link_out(path: str) -> None:
    """Raise PermissionError where a path in the project of the current folder leads out of it.

    Reports and baselines have names that a stranger can guess, and a checkout can hold a link of that name.
    """
    root = os.path.join(root_of(os.getcwd()), "")
    if os.path.abspath(path).startswith(root) and not leads_into(path, root):
        raise PermissionError(errno.EPERM, "a link there leads out of the project")
