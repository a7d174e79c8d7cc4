"""Conditions: some a reader can decide, some only the run does."""

from __future__ import annotations

from tests.differential.grammar.writer import Writer

TRUE = (
    "True",
    "1 < 2",
    "not False",
    "len([1, 2]) == 2",
    '"a" in ("a", "b")',
    "3 % 2 == 1",
    "None is None",
    'bool("x")',
    "not []",
    "True and 1",
    "0 or 5",
    "1 < 2 < 3",
    'isinstance("s", str)',
    "any([False, True])",
    '"tmp".startswith("t")',
    "5 // 2 == 2",
    "{1: 2}.get(1) == 2",
    "2 in {1: 0, 2: 0}",
    "(1, 2) == (1, 2)",
    "min(3, 1) == 1",
    "-1 < 0",
    "1e-3 < 1",
    "sum([1, 2]) == 3",
    "callable(len)",
    '"b" not in {"a"}',
    '"Ab".lower() == "ab"',
    "int('7') == 7",
    "list(range(3))[-1] == 2",
    "None != 0",
    "1 == True",
    "bool([0])",
    "all([])",
)


def known(w: Writer, answer: bool) -> str:
    """A condition with this answer, which a reader can decide."""
    text = w.pick(TRUE)
    if answer:
        return text
    return "False" if text == "True" else f"not ({text})"


def condition(w: Writer) -> tuple[str, bool | None]:
    """Any condition, and its answer: None where only the run gives it."""
    kind = w.pick(("flag", "true", "false", "flag", "not flag", "and", "or", "both"))
    if kind in ("true", "false"):
        w.tag("constant condition")
        return known(w, kind == "true"), kind == "true"
    flag = w.flag()
    if kind == "flag":
        return flag, None
    if kind == "not flag":
        return f"not {flag}", None
    if kind == "and":
        return f"{flag} and {known(w, True)}", None
    if kind == "or":
        return f"{flag} or {known(w, False)}", None
    return f"{flag} {w.pick(('and', 'or', '==', '!='))} {w.flag()}", None
