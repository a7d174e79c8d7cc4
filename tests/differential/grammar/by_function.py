"""Indirections by functions, closures and classes.

Each writes the first thing it is handed, so that a program gets hold of it in a roundabout way; the second writes
another thing of the same kind, as a decoy.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.grammar.conditions import condition
from tests.differential.grammar.writer import Writer

Make = Callable[[], str]


def _function(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("get")
    kind = w.pick(("plain", "default", "given", "second", "star", "keywords", "keyword only", "over default", "nested"))
    if kind == "plain":
        with w.function(f"def {name}():"):
            w.line(f"return {make()}")
        return f"{name}()"
    if kind == "default":
        with w.function(f"def {name}(a={make()}):"):
            w.line("return a")
        return f"{name}()"
    if kind == "over default":
        with w.function(f"def {name}(a={other()}):"):
            w.line("return a")
        return w.pick(("{f}({x})", "{f}(a={x})", "{f}(*[{x}])", '{f}(**{{"a": {x}}})')).format(f=name, x=make())
    if kind == "nested":
        with w.function(f"def {name}(a):"):
            with w.function("def inner():"):
                w.line("return a")
            w.line(w.pick(("return inner()", "return (lambda: inner())()")))
        return f"{name}({make()})"
    header, body, call = {
        "given": ("a", "a", "{x}"),
        "second": ("a, b=None", "b", "{y}, {x}"),
        "star": ("*args", "args[0]", "{x}, {y}"),
        "keywords": ("**kwargs", w.pick(('kwargs["k"]', 'kwargs.get("k")', 'kwargs.pop("k", None)')), "k={x}"),
        "keyword only": ("a, *, k", "k", "{y}, k={x}"),
    }[kind]
    with w.function(f"def {name}({header}):"):
        w.line(f"return {body}")
    return f"{name}({call.format(x=make(), y=other())})"


def _early_return(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("choose")
    test, answer = condition(w)
    with w.function(f"def {name}(question):"):
        with w.block("if question:" if answer is not False else "if not question:"):
            w.line(f"return {make()}")
        w.line(f"return {other()}")
    return f"{name}({test})"


def _closure(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("maker")
    with w.function(f"def {name}(a):"):
        with w.function("def inner():"):
            w.line("return a")
        w.line("return inner")
    return f"{name}({make()})()"


def _late_closure(w: Writer, make: Make, other: Make) -> str:
    name, read = w.fresh("late"), w.fresh("read")
    w.line(f"{name} = {other()}")
    w.line(f"{read} = lambda: {name}")
    w.line(f"{name} = {make()}")
    return f"{read}()"


def _early_default(w: Writer, make: Make, other: Make) -> str:
    name, read = w.fresh("early"), w.fresh("read")
    w.line(f"{name} = {make()}")
    w.line(f"{read} = lambda a={name}: a")
    w.line(f"{name} = {other()}")
    return f"{read}()"


def _global(w: Writer, make: Make, other: Make) -> str:
    if w.depth:
        return make()
    name, change = w.fresh("shared"), w.fresh("change")
    w.line(f"{name} = {other()}")
    with w.function(f"def {change}():"):
        w.line(f"global {name}")
        w.line(f"{name} = {make()}")
    w.line(f"{change}()")
    return name


def _nonlocal(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("outer")
    with w.function(f"def {name}():"):
        w.line(f"held = {other()}")
        with w.function("def change():"):
            w.line("nonlocal held")
            w.line(f"held = {make()}")
        w.line("change()")
        w.line("return held")
    return f"{name}()"


def _partial(w: Writer, make: Make, other: Make) -> str:
    w.need("import functools")
    name = w.fresh("part")
    with w.function(f"def {name}(a, b=None):"):
        w.line("return b")
    return w.pick(("functools.partial({f}, b={x})(1)", "functools.partial({f}, 1)({x})")).format(f=name, x=make())


def _generator(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("give")
    with w.function(f"def {name}():"):
        w.line(f"yield {make()}")
        w.line(f"yield {other()}")
    return w.pick((f"next({name}())", f"list({name}())[0]"))


def _recursion(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("down")
    with w.function(f"def {name}(n):"):
        with w.block("if n == 0:"):
            w.line(f"return {make()}")
        w.line(f"return {name}(n - 1)")
    return f"{name}(2)"


def _class_attribute(w: Writer, make: Make, other: Make) -> str:
    name = w.fresh("Config")
    kind = w.pick(
        ("class", "instance", "property", "inherited", "overridden", "set later", "method", "static", "super")
    )
    x, y = make(), other()
    with w.block(f"class {name}:"):
        if kind in ("class", "inherited"):
            w.line(f"held = {x}")
        elif kind in ("overridden", "set later"):
            w.line(f"held = {y}")
        else:
            with w.block("def __init__(self, a):"):
                w.line("self._held = a")
            if kind == "property":
                w.line("@property")
            if kind == "static":
                w.line("@staticmethod")
            with w.block(f"def held({'a' if kind == 'static' else 'self'}):"):
                w.line("return a" if kind == "static" else "return self._held")
    if kind == "class":
        return w.pick((f"{name}.held", f"{name}().held", f'getattr({name}, "held")'))
    if kind in ("inherited", "overridden"):
        child = w.fresh("Child")
        with w.block(f"class {child}({name}):"):
            w.line(f"held = {x}" if kind == "overridden" else "pass")
        return w.pick((f"{child}.held", f"{child}().held"))
    if kind == "set later":
        w.line(f"{name}.held = {x}")
        return f"{name}.held"
    if kind == "static":
        return f"{name}.held({x})"
    if kind == "super":
        child = w.fresh("Child")
        with w.block(f"class {child}({name}):"):
            with w.block("def __init__(self, a, b):"):
                w.line("super().__init__(b)")
            with w.block("def held(self):"):
                w.line("return super().held()")
        return f"{child}({y}, {x}).held()"
    return {"instance": f"{name}({x})._held", "property": f"{name}({x}).held", "method": f"{name}({x}).held()"}[kind]


FORMS = (
    _function,
    _early_return,
    _closure,
    _late_closure,
    _early_default,
    _global,
    _nonlocal,
    _partial,
    _generator,
    _recursion,
    _class_attribute,
)
