"""Indirections by classes and their instances, by scopes, and by ways out of a block.

Each writes the first thing it is handed, so that a program gets hold of it in a roundabout way; the second writes
another thing of the same kind, as a decoy.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.grammar.conditions import condition
from tests.differential.grammar.writer import Writer

Make = Callable[[], str]


def _lines(w: Writer, text: str, **names: str) -> None:
    """Several lines, ``{x}`` and the like filled in."""
    for line in text.strip("\n").splitlines():
        w.line(line.format(**names))


def _write(w: Writer, make: Make, other: Make, forms: dict[str, tuple[str, str]], stem: str) -> str:
    kind = w.pick(tuple(forms))
    w.tag(f"python: {stem}: {kind}")
    text, read = forms[kind]
    names = {"n": w.fresh(stem), "x": make(), "y": other(), "c": condition(w)[0]}
    _lines(w, text, **names)
    return read.format(**names)


_ATTRIBUTES = {
    "of the class": ("class {n}:\n    one = {y}\n    two = {x}", "{n}().two"),
    "set on the class": ("class {n}:\n    one = {y}\n{n}.one = {x}", "{n}().one"),
    "of a base": ("class {n}Base:\n    one = {x}\nclass {n}({n}Base):\n    two = {y}", "{n}().one"),
    "of the nearer base": (
        (
            "class {n}A:\n    one = {y}\nclass {n}B({n}A):\n    pass\nclass {n}C({n}A):\n    one = {x}\n"
            "class {n}({n}B, {n}C):\n    pass"
        ),
        "{n}().one",
    ),
    "deleted": (
        "class {n}:\n    one = {x}\n{n}_it = {n}()\n{n}_it.one = {y}\ndel {n}_it.one",
        "{n}_it.one",
    ),
    "by setattr": ("class {n}:\n    one = {y}\n{n}_it = {n}()\nsetattr({n}_it, 'on' + 'e', {x})", "{n}_it.one"),
    "by an unknown name": (
        (
            "class {n}:\n    one = {y}\n{n}_it = {n}()\nfor field, content in dict(one={x}).items():\n"
            "    setattr({n}_it, field, content)"
        ),
        "{n}_it.one",
    ),
    "in __dict__": ("class {n}:\n    one = {y}\n{n}_it = {n}()\n{n}_it.__dict__.update(one={x})", "{n}_it.one"),
    "by __getattr__": ("class {n}:\n    def __getattr__(self, name):\n        return {x}", "{n}().one"),
    "by a property": (
        (
            "class {n}:\n    def __init__(self):\n        self._one = {y}\n    @property\n    def one(self):\n"
            "        return self._one\n    @one.setter\n    def one(self, value):\n        self._one = {x}\n"
            "{n}_it = {n}()\n{n}_it.one = None"
        ),
        "{n}_it.one",
    ),
    "perhaps": ("class {n}:\n    one = {y}\n{n}_it = {n}()\nif {c}:\n    {n}_it.one = {x}", "{n}_it.one"),
    "of a copy": (
        (
            "class {n}:\n    pass\n{n}_it = {n}()\n{n}_it.one = {x}\n{n}_copy = __import__('copy').copy({n}_it)\n"
            "{n}_copy.one = {y}"
        ),
        "{n}_it.one",
    ),
    "before super": (
        (
            "class {n}A:\n    def __init__(self):\n        self.one = {x}\nclass {n}({n}A):\n    def __init__(self):\n"
            "        self.one = {y}\n        super().__init__()"
        ),
        "{n}().one",
    ),
}


def _attribute(w: Writer, make: Make, other: Make) -> str:
    return _write(w, make, other, _ATTRIBUTES, "Thing")


_FIELDS = {
    "given": (
        "@dataclasses.dataclass\nclass {n}:\n    one: object = None\n    two: object = None",
        "{n}({y}, {x}).two",
    ),
    "by keyword": ("@dataclasses.dataclass\nclass {n}:\n    one: object = None", "{n}(one={x}).one"),
    "after": (
        "@dataclasses.dataclass\nclass {n}:\n    one: object\n    def __post_init__(self):\n        self.one = {x}",
        "{n}({y}).one",
    ),
    "inherited": (
        (
            "@dataclasses.dataclass\nclass {n}A:\n    one: object = None\n    two: object = None\n"
            "@dataclasses.dataclass\nclass {n}({n}A):\n    one: object = 3"
        ),
        "{n}({x}, {y}).one",
    ),
}


def _dataclass(w: Writer, make: Make, other: Make) -> str:
    w.need("import dataclasses")
    return _write(w, make, other, _FIELDS, "Record")


_WAYS_OUT = {
    "finally returns": (
        "def {n}():\n    try:\n        return {y}\n    finally:\n        return {x}",
        "{n}()",
    ),
    "finally assigns": (
        "{n} = [{y}]\ndef {n}_run():\n    try:\n        return 1\n    finally:\n        {n}[0] = {x}\n{n}_run()",
        "{n}[0]",
    ),
    "break through finally": (
        "for i in range(3):\n    try:\n        {n} = {y}\n        break\n    finally:\n        {n} = {x}",
        "{n}",
    ),
    "suppressed": (
        "{n} = {x}\nwith contextlib.suppress(ValueError):\n    int('no number')\n    {n} = {y}",
        "{n}",
    ),
    "caught in the middle": (
        "{n} = {y}\ntry:\n    {n} = {x}\n    int('no number')\n    {n} = {y}\nexcept ValueError:\n    pass",
        "{n}",
    ),
    "a context of its own": (
        (
            "class {n}Context:\n    def __enter__(self):\n        return {x}\n"
            "    def __exit__(self, *rest):\n        return True\n"
            "with {n}Context() as {n}:\n    int('no number')\n    {n} = {y}"
        ),
        "{n}",
    ),
    "returned early": (
        "def {n}(one, two):\n    for it in (one, two):\n        if it is two:\n            return it\n    return one",
        "{n}({y}, {x})",
    ),
}


def _way_out(w: Writer, make: Make, other: Make) -> str:
    w.need("import contextlib")
    return _write(w, make, other, _WAYS_OUT, "result")


_COUNTED = {
    "while": ("i, {n} = 0, {y}\nwhile i < 4:\n    i += 1\n    if i == 3:\n        {n} = {x}", "{n}"),
    "while, else": ("i, {n} = 0, {y}\nwhile i < 3:\n    i += 1\nelse:\n    {n} = {x}", "{n}"),
    "late": ("{n} = {y}\nfor i in range(40):\n    if i == 31:\n        {n} = {x}", "{n}"),
    "shifted": (
        "{n}, middle, last = {y}, {y}, {x}\nfor i in range(30):\n    {n} = middle\n    middle = last",
        "{n}",
    ),
    "grown": ("{n} = [{y}]\nfor i in range(25):\n    {n}.append(i)\n{n}.append({x})", "{n}[-1]"),
    "emptied": ("{n} = [{x}, {y}]\nwhile len({n}) > 1:\n    {n}.pop()", "{n}[0]"),
    "with an else that is skipped": (
        "for i in range(3):\n    {n} = {x}\n    if i == 1:\n        break\nelse:\n    {n} = {y}",
        "{n}",
    ),
}


def _counted(w: Writer, make: Make, other: Make) -> str:
    return _write(w, make, other, _COUNTED, "counted")


_SCOPES = {
    "nonlocal": (
        "def {n}():\n    it = {y}\n    def inner():\n        nonlocal it\n        it = {x}\n    inner()\n    return it",
        "{n}()",
    ),
    "nonlocal of nonlocal": (
        (
            "def {n}():\n    it = {y}\n    def middle():\n        def inner():\n            nonlocal it\n"
            "            it = {x}\n        inner()\n    middle()\n    return it"
        ),
        "{n}()",
    ),
    "walrus in a comprehension": ("[{n} := item for item in ({y}, {x})]", "{n}"),
    "a comprehension of the same name": ("{n} = {x}\n[0 for {n} in ({y}, 1)]", "{n}"),
    "late binding": ("{n} = {y}\n{n}_get = lambda: {n}\n{n} = {x}", "{n}_get()"),
    "early binding": ("{n} = {x}\n{n}_get = lambda it={n}: it\n{n} = {y}", "{n}_get()"),
    "a default that stays": ("def {n}(it, kept=[]):\n    kept.append(it)\n    return kept\n{n}({x})", "{n}({y})[0]"),
    "next": ("def {n}():\n    yield {x}\n    yield {y}", "next({n}())"),
    "list of a generator": ("def {n}():\n    yield {y}\n    yield {x}", "list({n}())[1]"),
    "redefined": ("def {n}():\n    return {x}\n{n}_kept = {n}\ndef {n}():\n    return {y}", "{n}_kept()"),
    "a decorator that replaces": (
        "def {n}_instead(function):\n    return lambda: {x}\n@{n}_instead\ndef {n}():\n    return {y}",
        "{n}()",
    ),
    "kept results": (
        "@__import__('functools').lru_cache\ndef {n}():\n    return [{y}]\n{n}()[0] = {x}",
        "{n}()[0]",
    ),
}


def _scope(w: Writer, make: Make, other: Make) -> str:
    return _write(w, make, other, _SCOPES, "scoped")


FORMS = (_attribute, _dataclass, _way_out, _counted, _scope)
