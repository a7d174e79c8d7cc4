"""Indirections by containers that change, and by expressions alone.

Each writes the first thing it is handed, so that a program gets hold of it in a roundabout way; the second writes
another thing of the same kind, as a decoy.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.grammar.conditions import condition
from tests.differential.grammar.writer import Writer

Make = Callable[[], str]


def _list_changed(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("items")
    w.line(f"{name} = [{other()}]")
    form = w.pick(("append", "insert", "index", "alias", "extend", "plus", "pop", "function", "reverse"))
    x = make()
    if form == "alias":
        alias = w.fresh("alias")
        w.line(f"{alias} = {name}")
        w.line(f"{alias}[0] = {x}")
        return f"{name}[0]"
    if form == "function":
        change = w.fresh("change")
        with w.function(f"def {change}(where, what):"):
            w.line("where[0] = what")
        w.line(f"{change}({name}, {x})")
        return f"{name}[0]"
    statement, read = {
        "append": (f"{name}.append({x})", f"{name}[-1]"),
        "insert": (f"{name}.insert(0, {x})", f"{name}[0]"),
        "index": (f"{name}[0] = {x}", f"{name}[0]"),
        "extend": (f"{name}.extend([{x}])", f"{name}[1]"),
        "plus": (f"{name} += [{x}]", f"{name}[1:][0]"),
        "pop": (f"{name}.append({x})", f"{name}.pop()"),
        "reverse": (f"{name} = list(reversed({name} + [{x}]))", f"{name}[0]"),
    }[form]
    w.line(statement)
    return read


def _dict_changed(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("table")
    w.line(f'{name} = {{"a": {other()}}}')
    form = w.pick(("item", "update", "setdefault", "keywords", "merge", "pop"))
    x = make()
    statement, read = {
        "item": (f'{name}["a"] = {x}', f'{name}["a"]'),
        "update": (f'{name}.update({{"a": {x}}})', f'{name}["a"]'),
        "setdefault": (f'{name}.setdefault("b", {x})', f'{name}.get("b")'),
        "keywords": (f"{name}.update(b={x})", f'{name}["b"]'),
        "merge": (f'{name} = {{**{name}, "a": {x}}}', f'{name}["a"]'),
        "pop": (f'{name}["b"] = {x}', f'{name}.pop("b")'),
    }[form]
    w.line(statement)
    return read


def _conditional(w: Writer, make: Make, other: Make) -> str:
    test, answer = condition(w)
    with w.expression_only():
        x, y = make(), other()
    return f"({x} if {test} else {y})" if answer is not False else f"({y} if {test} else {x})"


def _lambda(w: Writer, make: Make, other: Make) -> str:
    with w.expression_only():
        x, y = make(), other()
    return w.pick(
        ("(lambda: {x})()", "(lambda a: a)({x})", "(lambda a, b={x}: b)({y})", "(lambda *a: a[-1])({y}, {x})")
    ).format(x=x, y=y)


def _display(w: Writer, make: Make, other: Make) -> str:
    x, y = make(), other()
    form = w.pick(
        (
            '{{"a": {x}, "b": {y}}}["a"]',
            'dict(a={y}, b={x})["b"]',
            '{{"a": {x}}}.get("a", {y})',
            '{{"a": {y}}}.get("b", {x})',
            "[{y}, {x}][-1]",
            "({x}, {y})[0]",
            "[{y}, {x}, {y}][1:2][0]",
            "list(({x}, {y}))[0]",
            "[*[{y}], {x}][1]",
            "{{True: {x}, False: {y}}}[1 < 2]",
            "([{y}] + [{x}])[1]",
            "[[{y}, {x}]][0][1]",
        )
    )
    return form.format(x=x, y=y)


def _comprehension(w: Writer, make: Make, other: Make) -> str:
    with w.expression_only():
        x, y = make(), other()
    form = w.pick(
        (
            "[item for item in [{x}]][0]",
            "[item for i, item in enumerate([{y}, {x}]) if i == 1][0]",
            "{{i: item for i, item in enumerate([{y}, {x}])}}[1]",
            "[{x} for _ in range(2)][1]",
            "next(item for item in [{x}, {y}])",
            "tuple(item for row in [[{y}], [{x}]] for item in row)[1]",
            "list(map(lambda item: item, [{y}, {x}]))[1]",
        )
    )
    return form.format(x=x, y=y)


def _walrus(w: Writer, make: Make, other: Make) -> str:
    if w.inline:
        return make()
    return f"({w.fresh('named')} := {make()})"


def _none_or(w: Writer, make: Make, other: Make) -> str:
    x = make()
    return w.pick((f"(None or {x})" if x != "None" else x, f"(True and {x})"))


CHANGED = (_list_changed, _dict_changed)


INLINE = (_conditional, _lambda, _display, _comprehension, _walrus, _none_or)
