"""Indirections by assignments, branches and loops.

Each writes the first thing it is handed, so that a program gets hold of it in a roundabout way; the second writes
another thing of the same kind, as a decoy.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.grammar.conditions import condition, known
from tests.differential.grammar.writer import Writer

Make = Callable[[], str]


def _variable(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("value")
    w.line(f"{name} = {make()}")
    return name


def _unpacking(w: Writer, make: Make, other: Make) -> str:
    name, rest = w.fresh("value"), w.fresh("rest")
    form = w.pick(
        ("{n}, {r} = {x}, {y}", "{r}, {n} = ({y}, {x})", "[{n}, *{r}] = [{x}, {y}, {y}]", "*{r}, {n} = {y}, {x}")
    )
    w.line(form.format(n=name, r=rest, x=make(), y=other()))
    return name


def _swap(w: Writer, make: Make, other: Make) -> str:
    one, two = w.fresh("one"), w.fresh("two")
    w.line(f"{one} = {other()}")
    w.line(f"{two} = {make()}")
    w.line(f"{one}, {two} = {two}, {one}")
    return one


def _if_else(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("chosen")
    test, answer = condition(w)
    first, second = (make, other) if answer is not False else (other, make)
    with w.block(f"if {test}:"):
        w.line(f"{name} = {first()}")
    if w.chance(25):
        with w.block(f"elif {condition(w)[0]}:"):
            w.line(f"{name} = {second()}")
    with w.block("else:"):
        w.line(f"{name} = {second()}")
    return name


def _overwritten(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("value")
    w.line(f"{name} = {other()}")
    test, answer = condition(w)
    if answer is False:
        test = f"not ({test})"
    with w.block(f"if {test}:"):
        w.line(f"{name} = {make()}")
    return name


def _copied_before(w: Writer, make: Make, other: Make) -> str:
    name, copy = w.fresh("first"), w.fresh("copy")
    w.line(f"{name} = {make()}")
    w.line(f"{copy} = {name}")
    w.line(f"{name} = {other()}")
    return copy


def _match(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("matched")
    subject, right, wrong = w.pick(
        (('"b"', '"b"', '"a"'), ("3", "3", "1 | 2"), ("(1, 2)", "(1, _)", "(2, _)"), ("None", "None", "0"))
    )
    flag = w.chance(40)
    with w.block(f"match {w.flag() if flag else subject}:"):
        with w.block(f"case {'False' if flag else wrong}:"):
            w.line(f"{name} = {other()}")
        with w.block(f"case {'True' if flag else right}:"):
            w.line(f"{name} = {make()}")
        with w.block("case _:"):
            w.line(f"{name} = {other()}")
    return name


def _try(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("tried")
    kind = w.pick(("works", "raises", "else", "finally", "import", "a call raises", "a call may raise"))
    if kind in ("a call raises", "a call may raise"):
        return _called_in_vain(w, name, make, other, certain=kind == "a call raises")
    if kind == "import":
        with w.block("try:"):
            w.line("import a_library_that_nobody_has")
            w.line(f"{name} = {other()}")
        with w.block(w.pick(("except ImportError:", "except Exception:"))):
            w.line(f"{name} = {make()}")
        return name
    if kind == "finally":
        with w.block("try:"):
            w.line(f"{name} = {other()}")
        with w.block("finally:"):
            w.line(f"{name} = {make()}")
        return name
    with w.block("try:"):
        w.line({"works": f"{name} = {make()}", "raises": 'raise ValueError("no")', "else": "pass"}[kind])
    with w.block("except ValueError:"):
        w.line(f"{name} = {make() if kind == 'raises' else other()}")
    if kind == "else":
        with w.block("else:"):
            w.line(f"{name} = {make()}")
    return name


def _called_in_vain(w: Writer, name: str, make: Make, other: Make, certain: bool) -> str:
    """A call that only raises, or does under a condition; the handler has something else."""
    callee = w.fresh("fails")
    decoy = other()
    with w.function(f"def {callee}():"):
        if not certain:
            with w.block(f"if {condition(w)[0]}:"):
                w.line("return None")
        w.line('raise ValueError("no")')
    with w.block("try:"):
        w.line(f"{name} = {make() if certain else decoy}")
        w.line(w.pick((f"{callee}()", f"answer = {callee}()")))
        if certain:
            w.line(f"{name} = {decoy}")
    with w.block("except ValueError:"):
        w.line("pass" if certain else f"{name} = {make()}")
    return name


def _loop(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("turn")
    kind = w.pick(("last", "break", "while", "indexed", "else", "continue", "zip", "break if", "continue if"))
    x, y = make(), other()
    if kind == "last":
        with w.block(f"for {name} in [{y}, {x}]:"):
            w.line("pass")
    elif kind == "break":
        with w.block(f"for {name} in ({x}, {y}):"), w.block(f"if {known(w, True)}:"):
            w.line("break")
    elif kind == "break if":
        # Which turn is the last is known when the program runs, if at all.
        with w.block(f"for {name} in ({x}, {y}):"), w.block(f"if {condition(w)[0]}:"):
            w.line("break")
    elif kind == "continue if":
        w.line(f"{name} = {x}")
        with w.block(f"for item in ({y}, {x}):"):
            with w.block(f"if {condition(w)[0]}:"):
                w.line("continue")
            w.line(f"{name} = item")
    elif kind == "while":
        with w.block("while True:"):
            w.line(f"{name} = {x}")
            w.line("break")
    elif kind == "indexed":
        w.line(f"{name} = {y}")
        with w.block("for i in range(3):"), w.block("if i == 1:"):
            w.line(f"{name} = {x}")
    elif kind == "else":
        with w.block("for i in range(2):"):
            w.line(f"{name} = {y}")
        with w.block("else:"):
            w.line(f"{name} = {x}")
    elif kind == "continue":
        with w.block(f"for i, item in enumerate([{x}, {y}]):"):
            with w.block("if i == 1:"):
                w.line("continue")
            w.line(f"{name} = item")
    else:
        with w.block(f'for key, item in zip(("a", "b"), [{y}, {x}]):'), w.block('if key == "b":'):
            w.line(f"{name} = item")
    return name


FORMS = (_variable, _unpacking, _swap, _if_else, _overwritten, _copied_before, _match, _try, _loop)
