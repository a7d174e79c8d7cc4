"""Which rules apply: ``--select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_logits.rules.base import Rule


class UnknownPrefixError(Exception):
    """No rule's code begins like this; the message is one line."""


def chosen_codes(rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> frozenset[str]:
    """Return the codes of the rules that apply; without ``select`` those that are on by default.

    Both hold beginnings of codes, several to an item when separated by commas.  Where both name a code the longer
    beginning wins, and ``ignore`` when they are equally long.  Raises UnknownPrefixError for one that no rule has.
    """
    rules = tuple(rules)
    selected, ignored = _prefixes(rules, select), _prefixes(rules, ignore)
    codes = []
    for rule in rules:
        wanted = _longest(selected, rule.code) if selected else 0 if rule.default else -1
        if wanted > _longest(ignored, rule.code):
            codes.append(rule.code)
    return frozenset(codes)


def _prefixes(rules: Sequence[Rule], items: Sequence[str]) -> list[str]:
    prefixes = [part.upper() for item in items for part in item.replace(",", " ").split()]
    for prefix in prefixes:
        if not any(rule.code.startswith(prefix) for rule in rules):
            raise UnknownPrefixError(f"no rule's code begins with {prefix}")
    return prefixes


def _longest(prefixes: Sequence[str], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
