"""What a shell offers for rules."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from flake8_logits.rules.registry import RULES


def complete_rule(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the codes and names of rules."""
    return _offered(_rules(), incomplete)


def complete_selector(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer codes, names and prefixes of codes for the last part of a list with commas."""
    before, comma, last = incomplete.rpartition(",")
    return _offered({**_prefixes(), **_rules()}, last, before + comma)


def _offered(known: dict[str, str], incomplete: str, before: str = "") -> list[CompletionItem]:
    return [
        CompletionItem(before + word, help=text)
        for word, text in known.items()
        if word.lower().startswith(incomplete.lower())
    ]


def _rules() -> dict[str, str]:
    return {word: rule.summary for rule in RULES for word in (rule.code, rule.name)}


def _prefixes() -> dict[str, str]:
    """Every prefix that several rules share, as far as the next digit tells them apart."""
    codes = [rule.code for rule in RULES if rule.default]
    prefixes = sorted({code[:length] for code in codes for length in (3, 4)})
    return {prefix: f"{sum(code.startswith(prefix) for code in codes)} rules" for prefix in prefixes}
