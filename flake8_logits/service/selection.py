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
    several name a code the longest beginning wins, and ``ignore`` when they are equally long.  Advice is selected by
    its full code or name alone.  Raises UnknownPrefixError for one that no rule has.
    """
    rules = tuple(rules)
    selected, ignored, more = (_prefixes(rules, items) for items in (select, ignore, extend))
    codes = []
    for rule in rules:
        wanted = max(_selected(selected, rule), _selected(more, rule), -1 if selected or not rule.default else 0)
        if wanted > _longest(ignored, rule.code):
            codes.append(rule.code)
    return frozenset(codes)


def without(codes: frozenset[str], rules: Iterable[Rule], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes that begin with none of these beginnings; raises UnknownPrefixError as above."""
    prefixes = tuple(_prefixes(tuple(rules), ignore))
    return frozenset(code for code in codes if not code.startswith(prefixes)) if prefixes else codes


def _prefixes(rules: Sequence[Rule], items: Sequence[str]) -> list[str]:
    """The beginnings of codes in these items; the name of a rule stands for its code."""
    by_name = {rule.name: rule.code for rule in rules}
    parts = [part for item in items for part in item.replace(",", " ").split()]
    prefixes = [by_name.get(part.lower().replace("_", "-"), part.upper()) for part in parts]
    for prefix, part in zip(prefixes, parts, strict=True):
        if not any(rule.code.startswith(prefix) for rule in rules):
            raise UnknownPrefixError(f"no rule has the name '{part}' or a code that begins with it")
    return prefixes


def _selected(prefixes: Sequence[str], rule: Rule) -> int:
    if rule.severity.must_be_named:
        return len(rule.code) if rule.code in prefixes else -1
    return _longest(prefixes, rule.code)


def _longest(prefixes: Sequence[str], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
