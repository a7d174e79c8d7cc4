"""Statements that run others: branches, loops, ``try``, ``with``, generators, classes."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.python.callables import Body
from tests.differential.python.pen import Pen


def block(w: Pen, body: Body) -> None:
    """Write a statement with bodies."""
    kind = w.pick(tuple(_KINDS))
    w.tag(f"block: {kind}")
    _KINDS[kind](w, body)


def _branch(w: Pen, body: Body) -> None:
    with w.part(f"if {w.pick((w.flag(), f'not {w.flag()}', 'True', 'len(hooks) > 1'))}:"):
        body(w)
    w.need("hooks = []")
    if w.chance(50):
        with w.part("else:"):
            body(w)


def _loop(w: Pen, body: Body) -> None:
    with w.part(w.pick(("for turn in range(2):", "for turn in (1, 0):", "for turn, _ in enumerate('ab'):"))):
        body(w)
        if w.chance(50):
            with w.part(w.pick(("if turn:", f"if {w.flag()}:"))):
                w.line(w.pick(("break", "continue")))
            body(w)
    if w.chance(30):
        with w.part("else:"):
            body(w)


def _over_activations(w: Pen, body: Body) -> None:
    place = w.place()
    w.sets(place)
    with w.part(f"for each in ({w.activation()}, {w.activation()}):"):
        w.put(place, "each")
        body(w)
        if w.chance(40):
            with w.part(f"if {w.flag()}:"):
                w.line("break")


def _while(w: Pen, body: Body) -> None:
    name = w.fresh("left")
    w.line(f"{name} = {w.pick((1, 2))}")
    with w.part(f"while {name}:"):
        w.line(f"{name} -= 1")
        body(w)


def _try(w: Pen, body: Body) -> None:
    with w.part("try:"):
        body(w)
        kind = w.pick(("flag", "always", "never", "call"))
        if kind == "flag":
            with w.part(f"if {w.flag()}:"):
                w.line("raise ValueError")
        elif kind == "always":
            w.line("raise ValueError")
        elif kind == "call" and w.actions:
            w.line(f"{w.pick(w.actions)}()")
        if kind != "always":
            body(w)
            w.leave()
    with w.part(w.pick(("except ValueError:", "except Exception:", "except (KeyError, ValueError):"))):
        body(w)
    if w.chance(30):
        with w.part("else:"):
            body(w)
    if w.chance(30):
        with w.part("finally:"):
            body(w)


def _suppress(w: Pen, body: Body) -> None:
    w.need("from contextlib import suppress")
    with w.part("with suppress(ValueError):"):
        body(w)
        with w.part(f"if {w.flag()}:"):
            w.line("raise ValueError")
        body(w)


def _manager_class(w: Pen, body: Body) -> None:
    name, place = w.fresh("Manager"), w.place()
    with w.block(f"class {name}:"):
        with w.body_of("def __enter__(self):"):
            w.line(f"self.kept = {place}")
            w.put(place, w.activation())
        with w.body_of("def __exit__(self, *error):"):
            w.put(place, w.pick(("self.kept", w.activation())))
            w.line(f"return {w.pick(('None', 'True'))}")
    with w.part(f"with {name}():"):
        body(w)
        w.leave()
        if w.chance(30):
            w.line("raise ValueError")


def _manager_function(w: Pen, body: Body) -> None:
    w.need("from contextlib import contextmanager")
    name, place = w.fresh("manager"), w.place()
    w.line("@contextmanager")
    with w.body_of(f"def {name}():"):
        w.line(f"kept = {place}")
        w.put(place, w.activation())
        if w.chance(60):
            with w.part("try:"):
                w.line("yield")
            with w.part(w.pick(("finally:", "except ValueError:", "except Exception:"))):
                w.put(place, w.pick(("kept", w.activation())))
        else:
            w.line("yield")
            w.put(place, w.pick(("kept", w.activation())))
    with w.part(f"with {name}():"):
        body(w)
        w.leave()


def _generator(w: Pen, body: Body) -> None:
    name = w.fresh("walk")
    with w.body_of(f"def {name}():"):
        body(w)
        w.line("yield 1")
        w.late += 1
        body(w)
        w.late -= 1
        if w.chance(30):
            w.line("yield 2")
    kind = w.pick(("for", "list", "next", "kept", "never", "from", "zip"))
    if kind == "for":
        with w.part(f"for _ in {name}():"):
            body(w)
            if w.chance(30):
                w.line("break")
    elif kind == "kept":
        one = w.fresh("walked")
        w.line(f"{one} = {name}()")
        if w.level == 0:
            w.iterables.append(one)
    elif kind == "from":
        with w.body_of(f"def all_{name}():"):
            w.line(f"yield from {name}()")
            w.late += 1
            body(w)
            w.late -= 1
        w.line(f"list(all_{name}())")
    else:
        shown = {"list": "list({}())", "next": "next({}())", "never": "{}()", "zip": "list(zip((), {}()))"}[kind]
        w.line(shown.format(name))


def _walk(w: Pen, body: Body) -> None:
    if not w.iterables:
        w.line("pass")
        return
    name = w.pick(w.iterables)
    w.line(w.pick((f"next({name}, None)", f"list({name})", f"for _ in {name}: pass", f"any({name})", f"del {name}")))
    if w.lines[-1].strip().startswith("del"):
        w.iterables.remove(name)


def _class_body(w: Pen, body: Body) -> None:
    with w.part(f"class {w.fresh('Runs')}:"):
        for place in w.places:
            w.sets(place)
        w.line("done = True")
        w.line(f"kept = {w.place()}")
        body_without_names(w, body)


def body_without_names(w: Pen, body: Body) -> None:
    """A body in which a name that is set belongs to something else than the module: only calls stand there."""
    if w.actions:
        w.line(f"{w.pick(w.actions)}()")


def _match(w: Pen, body: Body) -> None:
    subject = w.pick((w.flag(), "len(hooks)"))
    w.need("hooks = []")
    with w.part(f"match {subject}:"):
        with w.part(w.pick(("case True:", "case 1 | 2:", "case bool():"))):
            body(w)
        with w.part(w.pick(("case _:", "case False:", "case other if other:"))):
            body(w)


def _raised_again(w: Pen, body: Body) -> None:
    with w.part("try:"):
        with w.part("try:"):
            body(w)
            w.line("raise ValueError")
        with w.part("except ValueError:"):
            body(w)
            w.line(w.pick(("raise", "raise KeyError", "pass")))
        if w.chance(40):
            with w.part("finally:"):
                body(w)
    with w.part(w.pick(("except (ValueError, KeyError):", "except Exception:"))):
        body(w)


def _two_managers(w: Pen, body: Body) -> None:
    w.need("from contextlib import contextmanager")
    names, place = (w.fresh("outer"), w.fresh("inner")), w.place()
    for name in names:
        w.line("@contextmanager")
        with w.body_of(f"def {name}():"):
            w.put(place, w.activation())
            w.line("yield")
            w.put(place, w.activation())
    with w.part(f"with {names[0]}(), {names[1]}():"):
        body(w)


def _until_broken(w: Pen, body: Body) -> None:
    with w.part("while True:"):
        body(w)
        with w.part(f"if {w.flag()}:"):
            body(w)
            w.line("break")
        body(w)
        w.line("break")


def _nested_loops(w: Pen, body: Body) -> None:
    with w.part("for outer in range(2):"):
        with w.part("for inner in range(2):"):
            body(w)
            with w.part(w.pick((f"if {w.flag()}:", "if inner == outer:"))):
                w.line(w.pick(("break", "continue")))
        if w.chance(50):
            with w.part("else:"):
                body(w)
                w.line(w.pick(("continue", "break", "pass")))
        body(w)


def _finally_leaves(w: Pen, body: Body) -> None:
    name = w.fresh("leaves")
    with w.body_of(f"def {name}():"):
        with w.part("for turn in range(2):"):
            with w.part("try:"):
                body(w)
                w.line(w.pick(("return 1", "raise ValueError", "continue", "pass")))
            with w.part("finally:"):
                body(w)
                w.line(w.pick(("return 2", "break", "pass")))
        body(w)
    with w.part("try:"):
        w.line(f"{name}()")
    with w.part("except ValueError:"):
        body(w)


_KINDS: dict[str, Callable[[Pen, Body], None]] = {
    "branch": _branch,
    "loop": _loop,
    "over activations": _over_activations,
    "while": _while,
    "try": _try,
    "suppress": _suppress,
    "manager class": _manager_class,
    "manager function": _manager_function,
    "generator": _generator,
    "walk": _walk,
    "class body": _class_body,
    "match": _match,
    "raised again": _raised_again,
    "two managers": _two_managers,
    "until broken": _until_broken,
    "nested loops": _nested_loops,
    "finally leaves": _finally_leaves,
}
