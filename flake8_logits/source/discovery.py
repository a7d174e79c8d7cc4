"""Paths as people give them to the files to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.source.ignoring import MOST, Patterns, compile_patterns
from flake8_logits.source.reading import LARGEST_CONFIGURATION, UnreadableError, read_bytes

Skips = Callable[[str, bool], bool]
"""Whether to leave out what stands at an absolute path; the second argument tells a folder."""
Tell = Callable[[Problem], None]
"""Takes what is wrong with a file that says what to leave out."""

_SUFFIXES = (".py", ".ipynb")
_LOCK = ".#"
"""Begins the names of links that lead nowhere, by which Emacs tells what is being edited."""
_NEVER_OURS = frozenset(["__pycache__", "__pypackages__", "node_modules", "site-packages"])
_BUILT = frozenset(["build", "dist"])
"""What build tools write to, unless it is a package."""
_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta", os.path.join("bin", "activate"), os.path.join("Scripts", "activate"))
"""What tells a virtual environment, whatever its folder is called."""


def find_files(
    paths: Sequence[str], exclude: Sequence[str] = (), skips: Skips | None = None, tell: Tell | None = None
) -> Iterator[str]:
    """Yield the files to read, each once, in an order that depends on names alone.

    Folders are searched for Python files and notebooks, without what git ignores, hidden folders, virtual
    environments, ``build`` and ``dist`` (unless they are packages) and folders behind symbolic links; ``exclude``
    holds further patterns of the kind that .gitignore files have, relative to the current folder, or for a folder
    outside of it to that folder; ``skips`` is asked about each entry of a folder that they leave.  ``tell`` hears of a
    .gitignore that cannot be used; nothing is left out for it then.  What is named
    explicitly is always kept: a folder though git ignores it, a file whatever its suffix, and a path that does not
    exist.  What cannot be read is yielded, too, so that whoever tries can say so: folders that cannot be listed, links
    that lead nowhere, pipes.
    """
    excluded = compile_patterns(exclude)
    seen: set[str] = set()
    for path in paths:
        walk = _walk(path, excluded, skips, tell or _silent) if os.path.isdir(path) else [(path, False)]
        for found in (found for found, searched in walk if not searched):
            tidy = _tidy(found) if os.path.lexists(found) else found
            key = os.path.normcase(os.path.abspath(tidy)) if "\0" not in tidy else tidy
            if key not in seen:
                seen.add(key)
                yield tidy


def find_folders(path: str) -> Iterator[str]:
    """Yield a folder and all those in it that ``find_files`` searches."""
    return (found for found, searched in _walk(path, compile_patterns(()), None, _silent) if searched)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one folder, and those that weigh less: of its parents."""

    folder: str
    patterns: Patterns
    weaker: _Rules | None

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Return whether the absolute path is ignored; the nearest folder with an opinion decides."""
        rules: _Rules | None = self
        while rules is not None:
            verdict = rules.patterns.verdict(_relative(path, rules.folder), is_folder)
            if verdict is not None:
                return verdict
            rules = rules.weaker
        return False


def _silent(problem: Problem) -> None:
    """Nobody asked."""


def _walk(root: str, excluded: Patterns, skips: Skips | None, tell: Tell) -> Iterator[tuple[str, bool]]:
    """Yield what is to be read, and each folder that was searched for it, which the second value tells."""
    absolute = os.path.abspath(root)
    base = os.getcwd() if _is_below(absolute, os.getcwd()) else absolute
    rules = _rules_above(absolute, tell)
    if rules is not None and rules.ignores(absolute, is_folder=True):
        rules = None  # named explicitly
    stack: list[tuple[str, str, bool, _Rules | None]] = [(root, absolute, True, rules)]
    while stack:
        shown, path, is_folder, rules = stack.pop()
        entries = _listed(path) if is_folder else None
        yield shown, entries is not None
        if entries is None:
            continue
        rules = _rules_of(path, rules, tell)
        for entry in entries:
            folder = _is_folder(entry)
            if not _left_out(entry, folder, rules, excluded, base, skips):
                stack.append((os.path.join(shown, entry.name), entry.path, folder, rules))


def _listed(folder: str) -> list[os.DirEntry[str]] | None:
    """The entries of a folder from last to first, none of one that is gone; None where it cannot be listed."""
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name, reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return None


def _left_out(
    entry: os.DirEntry[str], folder: bool, rules: _Rules | None, excluded: Patterns, base: str, skips: Skips | None
) -> bool:
    if not (_may_enter(entry) if folder else _is_source(entry)):
        return True
    if rules is not None and rules.ignores(entry.path, folder):
        return True
    if excluded.verdict(_relative(entry.path, base), folder):
        return True
    return skips is not None and skips(entry.path, folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _may_enter(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _NEVER_OURS:
        return False
    if entry.name in _BUILT and not os.path.exists(os.path.join(entry.path, "__init__.py")):
        return False
    return not any(os.path.exists(os.path.join(entry.path, mark)) for mark in _ENVIRONMENTS)


def _is_source(entry: os.DirEntry[str]) -> bool:
    """Whether a file is to be read; the reader says of a pipe, or a link that leads nowhere, why it cannot."""
    if not entry.name.lower().endswith(_SUFFIXES) or entry.name.startswith(_LOCK):
        return False
    try:
        return not entry.is_dir()  # the link to a folder is none of a file
    except OSError:
        return True


def _rules_above(folder: str, tell: Tell) -> _Rules | None:
    """Return the rules of the enclosing repository that stand above the folder; None outside of a repository."""
    above: list[str] = []
    current = folder
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return None
        above.append(parent)
        current = parent
    rules: _Rules | None = None
    for parent in reversed(above):
        rules = _rules_of(parent, rules, tell)
    return rules


def _rules_of(folder: str, weaker: _Rules | None, tell: Tell) -> _Rules | None:
    """Return the rules for what is in the folder."""
    for name in (os.path.join(".git", "info", "exclude"), ".gitignore"):  # the first weighs less
        patterns = compile_patterns(_lines(os.path.join(folder, name), tell))
        if patterns.patterns:
            weaker = _Rules(folder, patterns, weaker)
    return weaker


def _lines(path: str, tell: Tell) -> list[str]:
    try:
        data = read_bytes(path, LARGEST_CONFIGURATION)
        lines = data.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").split("\n")
        if len(lines) > MOST:
            raise UnreadableError(f"it has more than {MOST} lines")
    except OSError:
        return []
    except UnreadableError as error:
        tell(Problem(_shown(path), f"cannot be used, so nothing is left out for it: {error}"))
        return []
    return lines


def _shown(path: str) -> str:
    """Return an absolute path as one would type it here."""
    here = os.path.join(os.getcwd(), "")
    return path[len(here) :] if path.startswith(here) else path


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


def _relative(path: str, folder: str) -> str:
    return path[len(os.path.join(folder, "")) :].replace(os.sep, "/")


def _tidy(path: str) -> str:
    """Return the path without a leading "./" and doubled separators; ".." stays, it may lead through a link."""
    parts = path.replace(os.altsep, os.sep).split(os.sep) if os.altsep else path.split(os.sep)
    kept = [part for index, part in enumerate(parts) if part not in ("", ".") or (index == 0 and part == "")]
    return os.sep.join(kept) or path
