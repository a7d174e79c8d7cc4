"""Where the child process finds what it runs on: the folders of this Python, its libraries and the system's.

Neither the current folder nor what PYTHONPATH names is among them, nor what was installed by a link to it.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of this package."""
_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/opt", "/nix/store", "/gnu/store",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/nsswitch.conf",
    "/etc/alternatives",
    "/sys/devices/system",
)  # fmt: skip
_OF_PREFIX = ("bin", "lib", "lib64", "pyvenv.cfg")
_OF_PYTHON = ("stdlib", "platstdlib", "purelib", "platlib")


def import_paths() -> list[str]:
    """What the child imports from: the standard library, and what is installed beside it."""
    libraries = list(dict.fromkeys(_libraries()))
    first = [path for path in sys.path if path in libraries]
    return list(dict.fromkeys([*first, *(path for path in libraries if os.path.exists(path))]))


def library_paths(text: str) -> list[str]:
    """Of a list of folders of shared libraries those that are absolute and not in the current folder."""
    here = os.path.join(os.path.realpath(os.curdir), "")
    absolute = [path for path in text.split(os.pathsep) if os.path.isabs(path)]
    return [path for path in absolute if not os.path.join(os.path.realpath(path), "").startswith(here)]


def readable() -> list[str]:
    """All that the child may read, each as it is written and as it is without links; none lies in another."""
    prefixes = dict.fromkeys((sys.prefix, sys.base_prefix, sys.exec_prefix))
    of_python = [os.path.join(prefix, name) for prefix in prefixes for name in _OF_PREFIX]
    shared = library_paths(os.environ.get("LD_LIBRARY_PATH", ""))
    wanted = [*_SYSTEM, *of_python, *_libraries(), *import_paths(), *shared, PACKAGE]
    there = {one for path in wanted if os.path.exists(path) for one in (path, os.path.realpath(path))}
    return [path for path in sorted(there) if not any(_lies_in(path, other) for other in there)]


def _libraries() -> Iterator[str]:
    """The folders of the standard library and of what is installed beside it."""
    paths = sysconfig.get_paths()
    yield from (paths[name] for name in _OF_PYTHON)
    yield from (path for path in sys.path if path.endswith(".zip") and path.startswith(sys.base_prefix))
    yield sysconfig.get_config_var("DESTSHARED") or paths["stdlib"]
    yield from site.getsitepackages()
    if site.ENABLE_USER_SITE:
        yield site.getusersitepackages()


def _lies_in(path: str, folder: str) -> bool:
    return path != folder and path.startswith(os.path.join(folder, ""))
