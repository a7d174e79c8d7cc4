"""Questions to git that run nothing which a repository asks for.

A repository is a stranger's: its configuration names programs (monitors, hooks, filters, helpers that fetch), and a
folder with the right files in it is a repository of its own, wherever it lies.
"""

from __future__ import annotations

import os
import subprocess
import sys

SECONDS = 60
"""For one question: a configuration that is a pipe keeps git waiting for ever."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a file of a revision."""

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.askPass": "",
    "core.sshCommand": "false",
    "core.gitProxy": "",
    "core.alternateRefsCommand": "true",
    "core.attributesFile": os.devnull,
    "credential.helper": "",
    "diff.external": "",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
    "submodule.recurse": "false",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # before protocol.*.allow of any configuration: nothing is fetched, even lazily
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
    "GIT_SSH_COMMAND": "false",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS": "false",
    "GIT_EXTERNAL_DIFF": "",
}


class GitTimeoutError(Exception):
    """Git did not answer in time; the message is one line."""


def ask(folder: str, *arguments: str) -> bytes | None:
    """Return what git prints when it is asked in a folder; None where it fails or is not there.

    Raises GitTimeoutError.
    """
    program = executable()
    if program is None:
        return None
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    command = [program, "--no-pager", "-C", folder, *settings, *arguments]
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitTimeoutError(f"git did not answer within {SECONDS} seconds") from None
    except (OSError, ValueError):
        return None
    return run.stdout if run.returncode == 0 else None


def blob(folder: str, name: str) -> bytes | None:
    """Return an object's bytes; None where it is not there, or longer than any source.  Raises GitTimeoutError."""
    size = ask(folder, "cat-file", "-s", name)
    if size is None or int(size) > LARGEST:
        return None
    return ask(folder, "cat-file", "blob", name)


def executable() -> str | None:
    """Return the path of git on the search path; never one in the current folder, where some systems look first."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None
