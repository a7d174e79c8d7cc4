"""Texts with one thing in excess: ``SHAPES[name](n)`` has it about n times.  Many do not even parse."""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], str]


def _around(opening: str, middle: str, closing: str, before: str = "", after: str = "") -> Shape:
    return lambda n: before + opening * n + middle + closing * n + after


def _row(piece: str, before: str = "", after: str = "") -> Shape:
    return lambda n: before + piece * n + after


def _stairs(*steps: str, end: str = "pass") -> Shape:
    """Blocks within blocks; each of the steps is one line, the last of them opens the next block."""
    return lambda n: "\n".join(" " * depth + step for depth in range(n) for step in steps) + "\n" + " " * n + end + "\n"


EXPRESSIONS: dict[str, Shape] = {
    "calls": _around("f(", "x", ")"),
    "lists": _around("[", "", "]"),
    "parentheses": _around("(", "x", ")"),
    "dicts": _around("{1: ", "1", "}"),
    "tuples": _around("(", "x", ",)"),
    "subscripts": _around("a[", "1", "]"),
    "slices": _around("a[", "1", ":1]"),
    "stars": _around("f(*", "x", ")"),
    "keywords": _around("f(a=", "x", ")"),
    "walruses": _around("(a := ", "x", ")"),
    "comprehensions": _around("[", "x", " for x in y]"),
    "comprehensions over one another": _around("[x for x in ", "y", "]"),
    "clauses of a comprehension": _row("for a in b ", "[x ", "]"),
    "mixed brackets": _around("f([{1: (", "x", ",)}])"),
    "lambdas": _row("lambda: ", after="1"),
    "lambdas with arguments": _row("lambda a, b: ", after="1"),
    "lambdas over lines": _row("lambda:\n", "x = (", "1)"),
    "lambdas as defaults": _around("lambda a=", "1", ": 1"),
    "conditions": _row("1 if 1 else ", after="1"),
    "conditions inside": _around("1 if ", "1", " else 1"),
    "negations": _row("not ", after="1"),
    "minuses": _row("-", after="1"),
    "powers": _row("2 ** ", after="1"),
    "sum": _row("1 + ", after="1"),
    "sum over lines": _row("1 +\n", "x = (", "1)"),
    "sum over backslashes": _row("1 + \\\n", after="1"),
    "comparisons": _row("a < ", after="1"),
    "methods": _row(".f()", "a"),
    "attributes": _row(".b", "a"),
    "calls of calls": _row("()", "f"),
    "subscripts of calls": _row("(1)[2]", "f"),
    "strings": _row('"a" ', "x = "),
    "formatted strings": _row('f"{a}" ', "x = "),
    "formatted strings inside": _around('f"{', "1", '}"'),
    "yields": _around("(yield ", "1", ")", "def f(): "),
    "awaits": _row("await ", "async def f():\n  ", "1"),
    "arguments": _row("a, ", "f(", ")"),
    "annotation": _around("a[", "1", "]", "x: "),
    "targets": _row("a = ", after="1"),
    "targets inside": _around("(", "x", ",)", after=" = 1"),
    "targets with stars": _around("[*", "x", "]", after=" = 1"),
    "deletions": _around("(", "x", ")", "del "),
    "decorator": _around("f(", "x", ")", "@", "\ndef g(): pass"),
    "context": _around("(", "x", ")", "with ", ": pass"),
    "contexts": _row("a, ", "with ", "b: pass"),
    "digits": _row("9", "x = "),
    "name": _row("a", "x = "),
    "shift": lambda n: f"x = 1 << {10**n if n < 20 else 10**20}",
    "repeated list": lambda n: f"x = [1] * {10 ** min(n, 30)}",
    "repeated string": lambda n: f"x = 'a' * {10 ** min(n, 30)}",
    "power of a power": lambda n: "x = 9" + " ** 9" * min(n, 50),
    "range": lambda n: f"for i in range({10 ** min(n, 30)}):\n    x = i",
    "index": lambda n: f"x = [1, 2][{10 ** min(n, 30)}:]",
}

PATTERNS: dict[str, Shape] = {
    name: _around(opening, "x", closing, "match a:\n case ", ": pass")
    for name, (opening, closing) in {
        "sequences": ("[", "]"),
        "groups": ("(", ")"),
        "classes": ("C(", ")"),
        "classes by keyword": ("C(a=", ")"),
        "mappings": ("{1: ", "}"),
        "mappings of sequences": ("{1: [", "]}"),
        "names for groups": ("(", " as y)"),
        "broken": ("{1: C(", " y)}"),
    }.items()
} | {"alternatives": _row("1 | ", "match a:\n case ", "2: pass")}

BLOCKS: dict[str, Shape] = {
    name: _stairs(*steps)
    for name, steps in {
        "if": ("if a:",),
        "else": ("if a: pass", "else:"),
        "elif": ("if a: pass", "elif b:"),
        "for": ("for a in b:",),
        "while": ("while a:",),
        "with": ("with a as b:",),
        "def": ("def f():",),
        "async def": ("async def f():",),
        "class": ("class A:",),
        "except": ("try: pass", "except A:"),
    }.items()
} | {"if, then nothing that parses": _stairs("if a:", end="1 2")}

ROWS: dict[str, Shape] = {
    "statements": _row("a = 1\n"),
    "semicolons": _row("a; "),
    "branches": _row("elif b: pass\n", "if a: pass\n"),
    "handlers": _row("except A: pass\n", "try: pass\n"),
    "cases": _row(" case 1: pass\n", "match a:\n"),
    "decorators": _row("@a\n", after="def f(): pass"),
    "empty lines": _row("\n"),
    "carriage returns": _row("a\r"),
    "form feeds": _row("\x0c"),
    "tabs": _row("\t", after="a"),
    "quotes": _row("'"),
    "double quotes": _row('"'),
    "backslashes": _row("\\"),
    "backslashes in quotes": _row("\\", "'''"),
    "joined lines": _row("\\\n"),
    "comments": _row("#"),
    "dots": _row(".", "from ", " import a"),
    "openings": _row("("),
    "openings of every kind": _row("f([{"),
    "closings": _row(")"),
    "null bytes": _row("\0"),
    "surrogates": _row("'\\ud800' "),
}

SHAPES: dict[str, Shape] = {
    f"{kind}: {name}": shape
    for kind, shapes in {"expressions": EXPRESSIONS, "patterns": PATTERNS, "blocks": BLOCKS, "rows": ROWS}.items()
    for name, shape in shapes.items()
}
