"""Folds every spelling of a library's name into the one the rows use."""

from __future__ import annotations

from functools import lru_cache

from flake8_logits.knowledge.spellings import FLAT, GROUPS, NAMES, ROOTS, V1_LOSSES, V1_MODULES, V2_METRIC_FUNCTIONS

_LONGEST_ROOT = max(root.count(".") + 1 for root in ROOTS)
_LONGEST_NAME = max(name.count(".") + 1 for name in NAMES)
_MOST_PASSES = 4
"""One to fold, one to see that nothing is left, and two for odd names, whose folding uncovers another spelling."""


@lru_cache(maxsize=16384)
def canonical(dotted: str) -> str:
    """The name under which the rows know what the program calls ``dotted``; itself where nothing is known.

    ``tensorflow.losses`` and ``tensorflow.metrics`` stay as they are without a name behind them: each is two modules.
    """
    parts = dotted.split(".")
    for _ in range(_MOST_PASSES):
        before = parts
        for step in (_fold_root, _fold_version_one, _fold_split_modules, _drop_submodules, _fold_name):
            parts = step(parts)
        if parts == before:
            break
    return ".".join(parts)


def _fold_root(parts: list[str]) -> list[str]:
    folded = True
    while folded:
        folded = False
        for length in range(min(len(parts), _LONGEST_ROOT), 0, -1):
            root = ROOTS.get(".".join(parts[:length]))
            if root is not None:
                parts = root.split(".") + parts[length:]
                folded = True
                break
    return parts


def _fold_version_one(parts: list[str]) -> list[str]:
    if parts[:3] != ["tensorflow", "compat", "v1"] or len(parts) == 3:
        return parts
    if parts[3] not in V1_MODULES:
        # What follows may itself be a root, as in ``tensorflow.compat.v1.keras``.
        return _fold_root(["tensorflow", *parts[3:]])
    if parts[3] == "layers" and len(parts) > 4 and _is_class(parts[4]):
        return ["keras", *parts[3:]]
    return parts


def _fold_split_modules(parts: list[str]) -> list[str]:
    if len(parts) < 3 or parts[0] != "tensorflow":
        return parts
    if parts[1] == "losses":
        return [*_V1, *parts[1:]] if parts[2] in V1_LOSSES else ["keras", *parts[1:]]
    if parts[1] == "metrics":
        of_keras = _is_class(parts[2]) or parts[2] in V2_METRIC_FUNCTIONS
        return ["keras", *parts[1:]] if of_keras else [*_V1, *parts[1:]]
    return parts


def _drop_submodules(parts: list[str]) -> list[str]:
    if parts[0] in FLAT:
        first = next((index for index, part in enumerate(parts) if _is_class(part)), 1)
        return [parts[0], *parts[first:]]
    if ".".join(parts[:2]) not in GROUPS:
        return parts
    kept = 2
    while kept < len(parts) - 1 and not _is_class(parts[kept]):
        kept += 1
    return [*parts[:2], *parts[kept:]]


def _fold_name(parts: list[str]) -> list[str]:
    for length in range(min(len(parts), _LONGEST_NAME), 1, -1):
        name = NAMES.get(".".join(parts[:length]))
        if name is not None:
            return [*name.split("."), *parts[length:]]
    return parts


def _is_class(part: str) -> bool:
    return part[:1].isupper()


_V1 = ("tensorflow", "compat", "v1")
