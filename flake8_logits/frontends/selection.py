"""Which rules apply: ``--select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_logits.rules.base import Rule


class UnknownPrefixError(Exception):
    """No rule's code begins like this; the message is one line."""


def chosen_codes(
    rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = (), extend: Sequence[str] = ()
) -> frozenset[str]:
    """Return the codes of the rules that apply; without ``select`` those that are on by default.

    All hold beginnings of codes, several to an item when separated by commas; ``extend`` is selected as well.  Where
    several name a code the longest beginning wins, and ``ignore`` when they are equally long.  Raises
    UnknownPrefixError for one that no rule has.
    """
    rules = tuple(rules)
    selected, ignored, more = (_prefixes(rules, items) for items in (select, ignore, extend))
    codes = []
    for rule in rules:
        wanted = _longest(selected, rule.code) if selected else 0 if rule.default else -1
        if max(wanted, _longest(more, rule.code)) > _longest(ignored, rule.code):
            codes.append(rule.code)
    return frozenset(codes)


def without(codes: frozenset[str], rules: Iterable[Rule], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes that begin with none of these beginnings; raises UnknownPrefixError as above."""
    prefixes = tuple(_prefixes(tuple(rules), ignore))
    return frozenset(code for code in codes if not code.startswith(prefixes)) if prefixes else codes


def _prefixes(rules: Sequence[Rule], items: Sequence[str]) -> list[str]:
    prefixes = [part.upper() for item in items for part in item.replace(",", " ").split()]
    for prefix in prefixes:
        if not any(rule.code.startswith(prefix) for rule in rules):
            raise UnknownPrefixError(f"no rule's code begins with {prefix}")
    return prefixes


def _longest(prefixes: Sequence[str], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
