"""What runs something when it is called: functions and methods of every kind, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.python.pen import Pen

Body = Callable[[Pen], None]


def action(w: Pen, body: Body) -> str:
    """Define what runs a body when it is called; an expression for it."""
    kind = w.pick(tuple(_KINDS))
    w.tag(f"called: {kind}")
    return _KINDS[kind](w, body)


def _function(w: Pen, body: Body) -> str:
    name = w.fresh("act")
    with w.body_of(f"def {name}():"):
        body(w)
    return name


def _with_default(w: Pen, body: Body) -> str:
    name, place = w.fresh("act"), w.place()
    with w.body_of(f"def {name}(given={w.activation()}):"):
        w.put(place, "given")
    return name


def _variadic(w: Pen, body: Body) -> str:
    name, place, given = w.fresh("act"), w.place(), w.activation()
    with w.body_of(f"def {name}(*args, **options):"):
        w.put(place, w.pick(("args[0]", "options.get('last', args[0])")))
    w.need("from functools import partial")
    return f"partial({name}, {given})"


def _nested(w: Pen, body: Body) -> str:
    name, made = w.fresh("make"), w.fresh("made")
    with w.body_of(f"def {name}():"):
        with w.body_of("def inner():"):
            body(w)
        w.line("return inner")
    w.line(f"{made} = {name}()")
    return made


def _closure(w: Pen, body: Body) -> str:
    name, made, place = w.fresh("make"), w.fresh("made"), w.place()
    with w.body_of(f"def {name}(held):"):
        with w.body_of("def inner():"):
            w.line("nonlocal held")
            w.put(place, "held")
            w.line(f"held = {w.activation()}")
        w.line("return inner")
    w.line(f"{made} = {name}({w.activation()})")
    return made


def _method(w: Pen, body: Body) -> str:
    name, one = w.fresh("Actor"), w.fresh("actor")
    with w.block(f"class {name}:"), w.body_of("def run(self):"):
        body(w)
    w.line(f"{one} = {name}()")
    return f"{one}.run"


def _static(w: Pen, body: Body) -> str:
    name, kind = w.fresh("Actor"), w.pick(("staticmethod", "classmethod"))
    with w.block(f"class {name}:"):
        w.line(f"@{kind}")
        with w.body_of(f"def run({'cls' if kind == 'classmethod' else ''}):"):
            body(w)
    return f"{name}.run"


def _instance(w: Pen, body: Body) -> str:
    name, one = w.fresh("Actor"), w.fresh("actor")
    with w.block(f"class {name}:"), w.body_of("def __call__(self):"):
        body(w)
    w.line(f"{one} = {name}()")
    return one


def _overridden(w: Pen, body: Body) -> str:
    base, child, one = w.fresh("Base"), w.fresh("Child"), w.fresh("actor")
    with w.block(f"class {base}:"):
        with w.body_of("def run(self):"):
            w.line("self.step()")
        with w.body_of("def step(self):"):
            body(w)
    with w.block(f"class {child}({base}):"), w.body_of("def step(self):"):
        if w.chance(50):
            w.line("super().step()")
        body(w)
    w.line(f"{one} = {w.pick((child, base))}()")
    return f"{one}.run"


def _decorated(w: Pen, body: Body) -> str:
    around, name = w.fresh("around"), w.fresh("act")
    with w.body_of(f"def {around}(function):"):
        with w.body_of("def wrapped():"):
            for line in w.pick((("function()",), ("before",), ("function()", "after"), ("pass",))):
                if line in ("before", "after"):
                    body(w)
                else:
                    w.line(line)
        w.line(w.pick(("return wrapped", "return wrapped", "return function")))
    w.line(f"@{around}")
    with w.body_of(f"def {name}():"):
        body(w)
    return name


def _decorator_that_runs(w: Pen, body: Body) -> str:
    around, name = w.fresh("at_once"), w.fresh("act")
    with w.body_of(f"def {around}(function):"):
        w.line("function()")
        w.line("return function")
    w.line(f"@{around}")
    with w.body_of(f"def {name}():"):
        body(w)
    return name


def _once(w: Pen, body: Body) -> str:
    w.need("from functools import lru_cache")
    name = w.fresh("act")
    w.line("@lru_cache(maxsize=None)")
    with w.body_of(f"def {name}():"):
        body(w)
    return name


def _lambda(w: Pen, body: Body) -> str:
    name, given = w.fresh("act"), w.activation()
    boxes = [place for place in w.places if place.endswith(".last")]
    if not boxes:
        return _function(w, body)
    box = w.pick(boxes).removesuffix(".last")
    w.line(f"{name} = lambda: setattr({box}, 'last', {given})")
    return name


def _early_return(w: Pen, body: Body) -> str:
    name = w.fresh("act")
    with w.body_of(f"def {name}():"):
        kind = w.pick(("if", "try", "loop"))
        if kind == "if":
            with w.part(f"if {w.flag()}:"):
                body(w)
                w.line("return")
        elif kind == "try":
            with w.part("try:"):
                body(w)
                w.line("return")
            with w.part("finally:"):
                body(w)
        else:
            with w.part("for turn in range(3):"):
                body(w)
                with w.part(w.pick(("if turn:", f"if {w.flag()}:"))):
                    w.line("return")
        body(w)
    return name


def _recursive(w: Pen, body: Body) -> str:
    name = w.fresh("act")
    with w.body_of(f"def {name}(depth=2):"):
        with w.part("if depth:"):
            w.line(f"{name}(depth - 1)")
            body(w)
        with w.part("else:"):
            body(w)
    return name


def _remembering(w: Pen, body: Body) -> str:
    """What it does hangs on how often it was called."""
    name, kind = w.fresh("act"), w.pick(("default", "attribute"))
    with w.body_of(f"def {name}({'seen=[]' if kind == 'default' else ''}):"):
        if kind == "default":
            w.line("seen.append(1)")
        else:
            w.line(f"{name}.seen = [*getattr({name}, 'seen', []), 1]")
        with w.part("if len(seen) > 1:" if kind == "default" else f"if len({name}.seen) > 1:"):
            body(w)
        with w.part("else:"):
            body(w)
    return name


def _made_in_a_loop(w: Pen, body: Body) -> str:
    name, place = w.fresh("acts"), w.place()
    with w.body_of(f"def put_{name}(given):"):
        w.put(place, "given")
    kind = w.pick(("late", "early"))
    given = "each" if kind == "late" else "given"
    early = "" if kind == "late" else " given=each"
    w.line(f"{name} = [lambda{early}: put_{name}({given}) for each in ({w.activation()}, {w.activation()})]")
    return f"{name}[{w.pick((0, 1))}]"


def _class(w: Pen, body: Body) -> str:
    """A class: making an instance runs the body, or making a class that derives from it."""
    name, kind = w.fresh("Acts"), w.pick(("__init__", "__new__", "__init_subclass__", "__post_init__"))
    if kind == "__post_init__":
        w.need("from dataclasses import dataclass")
        w.line("@dataclass")
    first = "self" if kind in ("__init__", "__post_init__") else "cls"
    with w.block(f"class {name}:"):
        w.line("size: int = 1")
        with w.body_of(f"def {kind}({first}):"):
            body(w)
            if kind == "__new__":
                w.line("return super().__new__(cls)")
    if kind != "__init_subclass__":
        return name
    with w.body_of(f"def derive_from_{name}():"):
        w.line(f"class Derived({name}): pass")
    return f"derive_from_{name}"


def _descriptor(w: Pen, body: Body) -> str:
    name, kind = w.fresh("Acts"), w.pick(("__get__", "__set__", "__setattr__", "__getattribute__", "__delattr__"))
    if kind in ("__get__", "__set__"):
        with w.block(f"class Descriptor{name}:"), w.body_of(f"def {kind}(self, owner, given=None):"):
            body(w)
        w.line(f"class {name}: value = Descriptor{name}()")
    else:
        more = {"__setattr__": ", name, value", "__getattribute__": ", name", "__delattr__": ", name"}[kind]
        with w.block(f"class {name}:"), w.body_of(f"def {kind}(self{more}):"):
            body(w)
    reads = kind in ("__get__", "__getattribute__")
    if kind == "__delattr__":
        return f"(lambda: delattr({name}(), 'value'))"
    return f"(lambda: {name}().value)" if reads else f"(lambda: setattr({name}(), 'value', 1))"


def _stepping(w: Pen, body: Body) -> str:
    """One more step of a generator."""
    name, one = w.fresh("steps"), w.fresh("step")
    with w.body_of(f"def {name}():"):
        body(w)
        w.line("yield 1")
        w.late += 1
        body(w)
        w.line("yield 2")
        body(w)
        w.late -= 1
    w.line(f"{one} = {name}()")
    # One that is mentioned in a function is begun where that is defined.
    w.line(f"next({one})")
    return f"(lambda: next({one}, None))"


def _entered(w: Pen, body: Body) -> str:
    """A function under a context manager that is entered at each call."""
    w.need("from contextlib import ContextDecorator")
    name, around = w.fresh("act"), w.fresh("Around")
    with w.block(f"class {around}(ContextDecorator):"):
        with w.body_of("def __enter__(self):"):
            body(w)
        with w.body_of("def __exit__(self, *error):"):
            body(w)
    w.line(f"@{around}()")
    with w.body_of(f"def {name}():"):
        body(w)
    return name


_KINDS: dict[str, Callable[[Pen, Body], str]] = {
    "function": _function,
    "default": _with_default,
    "variadic": _variadic,
    "nested": _nested,
    "closure": _closure,
    "method": _method,
    "static": _static,
    "instance": _instance,
    "overridden": _overridden,
    "decorated": _decorated,
    "decorator that runs": _decorator_that_runs,
    "once": _once,
    "lambda": _lambda,
    "early return": _early_return,
    "recursive": _recursive,
    "remembering": _remembering,
    "made in a loop": _made_in_a_loop,
    "class": _class,
    "descriptor": _descriptor,
    "stepping": _stepping,
    "entered": _entered,
}
