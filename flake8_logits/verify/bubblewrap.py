"""The command line of bubblewrap, which gives a process a system of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_FIRST = (0, 8)
"""The first version that has all options used here."""


def bubblewrap() -> str | None:
    """The program, if the search path has one that is new enough; not one in the current folder."""
    here = os.path.join(os.path.realpath(os.curdir), "")
    folders = [path for path in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(path)]
    outside = [path for path in folders if not os.path.join(os.path.realpath(path), "").startswith(here)]
    found = shutil.which("bwrap", path=os.pathsep.join(outside)) if outside else None
    if found is None:
        return None
    try:
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=10).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    return found if version >= _FIRST else None


def wrapped(program: str, command: Sequence[str], readable: Sequence[str], folder: str, size: int) -> list[str]:
    """The command, run where it sees what is readable, and can write in a folder alone, up to a size."""
    options = [f"--unshare-{kind}" for kind in ("user", "ipc", "pid", "net", "uts", "cgroup-try")]
    options += ["--disable-userns", "--die-with-parent", "--new-session", "--as-pid-1"]
    options += ["--cap-drop", "ALL", "--proc", "/proc"]
    for path in readable:
        options += ["--ro-bind", path, path]
    for path in _DEVICES:
        options += ["--dev-bind", path, path]
    options += ["--size", str(size), "--tmpfs", folder, "--remount-ro", "/", "--chdir", folder]
    return [program, *options, "--", *command]
