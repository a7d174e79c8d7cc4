"""The ways in which Python calls what it is given: plainly, in a loop, by a special method, later, or never."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.python.pen import Pen


def call(w: Pen, what: str) -> None:
    """Write something that calls an action, or seems to."""
    kind = w.pick(("plain", "plain", *_KINDS))
    w.tag(f"calls: {kind}")
    if kind == "plain":
        w.line(f"{what}()")
    else:
        _KINDS[kind](w, what)


def _if_flag(w: Pen, what: str) -> None:
    w.line(w.pick((f"{w.flag()} and {what}()", f"{w.flag()} or {what}()", f"{what}() if {w.flag()} else None")))


def _in_a_loop(w: Pen, what: str) -> None:
    with w.part(f"for _ in range({w.pick((1, 2, 0))}):"):
        w.line(f"{what}()")


def _comprehension(w: Pen, what: str) -> None:
    w.line(
        w.pick(
            (
                f"[{what}() for _ in range(2)]",
                f"any({what}() for _ in range(1))",
                f"list(map(lambda _: {what}(), (1,)))",
                f"{{key: {what}() for key in 'ab'}}",
            )
        )
    )


def _lazily(w: Pen, what: str) -> None:
    name = w.fresh("lazy")
    w.line(
        w.pick(
            (
                f"{name} = ({what}() for _ in range(2))",
                f"{name} = map(lambda _: {what}(), range(2))",
                f"{name} = filter(lambda _: {what}(), range(2))",
                f"{name} = iter([{what}()])",
            )
        )
    )
    if w.level == 0:
        w.iterables.append(name)


def _later(w: Pen, what: str) -> None:
    w.need("hooks = []")
    w.line(f"hooks.append({what})")


def _drain(w: Pen, what: str) -> None:
    w.need("hooks = []")
    with w.part(w.pick(("for hook in list(hooks):", "while hooks:"))):
        w.line(w.pick(("hooks.pop()()", "hooks.pop(0)()")))


def _by_table(w: Pen, what: str) -> None:
    w.line(w.pick((f"{{'run': {what}}}['run']()", f"[{what}][-1]()", f"getattr(SimpleNamespace(go={what}), 'go')()")))
    w.need("from types import SimpleNamespace")


def _by_special_method(w: Pen, what: str) -> None:
    name = w.fresh("Asked")
    method, asked = w.pick(
        (
            ("__bool__(self): {}; return True", "bool({})"),
            ("__len__(self): {}; return 1", "len({})"),
            ("__eq__(self, other): {}; return True", "{} == 1"),
            ("__contains__(self, other): {}; return True", "1 in {}"),
            ("__iter__(self): {}; return iter(())", "list({})"),
            ("__getitem__(self, index): {}; return 1", "{}[0]"),
            ("__add__(self, other): {}; return self", "{} + 1"),
            ("__str__(self): {}; return ''", "f'{{{}}}'"),
            ("__getattr__(self, name): {}; return 1", "{}.anything"),
            ("__enter__(self): {}", "{}"),
            ("__init__(self): {}", "{}"),
            ("__del__(self): pass", "{}"),
            ("__hash__(self): {}; return 1", "{{{}}}"),
            ("__lt__(self, other): {}; return True", "{} < 1"),
            ("__repr__(self): {}; return ''", "print(end=str([{}]))"),
            ("__call__(self): {}", "{}()"),
        )
    )
    with w.block(f"class {name}:"):
        w.line(f"def {method.format(f'{what}()')}")
    w.line(asked.format(f"{name}()"))


def _by_property(w: Pen, what: str) -> None:
    name = w.fresh("Asked")
    with w.block(f"class {name}:"):
        w.line(w.pick(("@property", "@cached_property")))
        w.need("from functools import cached_property")
        w.line(f"def value(self): return {what}()")
    w.line(w.pick((f"{name}().value", f"getattr({name}(), 'value')", f"hasattr({name}(), 'value')")))


def _in_a_try(w: Pen, what: str) -> None:
    with w.part("try:"):
        w.line(f"{what}()")
    with w.part(w.pick(("except ValueError:", "finally:"))):
        w.line(w.pick(("pass", f"{what}()")))


def _sorted(w: Pen, what: str) -> None:
    w.line(w.pick((f"sorted([2, 1], key=lambda n: {what}() or n)", f"max([1], key=lambda n: {what}() or n)")))


def _thread(w: Pen, what: str) -> None:
    w.need("import threading")
    name = w.fresh("thread")
    w.line(f"{name} = threading.Thread(target={what})")
    w.line(f"{name}.start()")
    w.line(f"{name}.join()")


def _awaited(w: Pen, what: str) -> None:
    w.need("import asyncio")
    name = w.fresh("task")
    w.line(f"async def {name}(): {what}()")
    w.line(f"asyncio.run({name}())")


def _named(w: Pen, what: str) -> None:
    name = w.fresh("named")
    w.line(f"{name} = {what}")
    w.line(f"{name}()")


def _never(w: Pen, what: str) -> None:
    w.line(w.pick((f"lambda: {what}()", f"False and {what}()", f"{what}", f"{what}() if False else None")))


_KINDS: dict[str, Callable[[Pen, str], None]] = {
    "if flag": _if_flag,
    "loop": _in_a_loop,
    "comprehension": _comprehension,
    "lazily": _lazily,
    "later": _later,
    "drain": _drain,
    "table": _by_table,
    "special method": _by_special_method,
    "property": _by_property,
    "try": _in_a_try,
    "sorted": _sorted,
    "thread": _thread,
    "awaited": _awaited,
    "named": _named,
    "never": _never,
}
