"""Functions that build models, with parameters of every kind, and the ways of calling them."""

from __future__ import annotations

from tests.differential.grammar.indirections import obscure
from tests.differential.grammar.models import Made, nested, plain
from tests.differential.grammar.parts import ACTIVATIONS, spelled_activation
from tests.differential.grammar.writer import Parameter, Writer

KINDS = ("default", "required", "keyword only", "kwargs get", "kwargs item", "args item")


def _spelled(w: Writer) -> str:
    with w.expression_only():
        return spelled_activation(w, w.pick(ACTIVATIONS))


def _parameters(w: Writer) -> list[Parameter]:
    wanted = [w.pick(KINDS) for _ in range(w.pick((0, 1, 1, 2, 3)))]
    found: list[Parameter] = []
    star = any(kind == "args item" for kind in wanted)
    for kind in sorted(set(wanted), key=KINDS.index):
        if kind == "default" and star:
            continue
        w.tag(f"builder parameter: {kind}")
        if kind == "kwargs get":
            found.append(Parameter('kwargs.get("act_k", None)', kind))
        elif kind == "kwargs item":
            found.append(Parameter('kwargs["act_i"]', kind))
        elif kind == "args item":
            found.append(Parameter(w.pick(("args[0]", "args[-1]")), kind))
        else:
            found.append(Parameter(f"act_{kind[0]}", kind))
    return found


def _header(w: Writer, parameters: list[Parameter]) -> str:
    kinds = {parameter.kind for parameter in parameters}
    parts = ["act_r"] if "required" in kinds else []
    if "default" in kinds:
        parts.append(f"act_d={_spelled(w)}")
    if "args item" in kinds:
        parts.append("*args")
    if "keyword only" in kinds:
        parts += ([] if "args item" in kinds else ["*"]) + [f"act_k={_spelled(w)}" if w.chance(50) else "act_k"]
    if kinds & {"kwargs get", "kwargs item"}:
        parts.append("**kwargs")
    return ", ".join(parts)


def _arguments(w: Writer, parameters: list[Parameter]) -> str:
    kinds = {parameter.kind for parameter in parameters}
    positional: list[str] = []
    keywords: list[str] = []

    def value() -> str:
        return obscure(w, lambda: _spelled(w), lambda: _spelled(w), 20)

    if "required" in kinds:
        (positional if "args item" in kinds or w.chance(60) else keywords).append(value())
        if keywords:
            keywords[0] = f"act_r={keywords[0]}"
    if "default" in kinds and w.chance(60):
        keywords.append(f"act_d={value()}")
    if "args item" in kinds:
        positional += [value() for _ in range(w.pick((1, 2)))]
    if "keyword only" in kinds:
        keywords.append(f"act_k={value()}")
    elif "kwargs get" in kinds and w.chance(60):
        keywords.append(f"act_k={value()}")
    if "kwargs item" in kinds:
        keywords.append(f"act_i={value()}")
    if positional and w.chance(15):
        positional = [f"*[{', '.join(positional)}]"]
    if keywords and w.chance(15):
        pairs = ", ".join('"{}": {}'.format(*keyword.split("=", 1)) for keyword in keywords)
        keywords = [f"**{{{pairs}}}"]
    return ", ".join([*positional, *keywords])


def built(w: Writer) -> Made:
    """A model that a function returns."""
    w.tag("builder")
    name = w.fresh("build")
    parameters = _parameters(w)
    gives = w.pick(("model", "model", "tuple", "dict", "model", "inner function", "decorated"))
    w.tag(f"builder gives: {gives}")
    header = _header(w, parameters)
    if gives == "decorated":
        with w.function("def keep(function):"):
            with w.function("def wrapper(*args, **kwargs):"):
                w.line("return function(*args, **kwargs)")
            w.line("return wrapper")
        w.line("@keep")
    with w.function(f"def {name}({header}):", parameters):
        if gives == "inner function":
            with w.function("def inner():"):
                w.line(f"return {plain(w).text}")
            w.line("return inner()")
        else:
            made = nested(w) if w.chance(15) else plain(w)
            w.line(
                {"tuple": f"return {made.text}, 3", "dict": f'return {{"net": {made.text}}}'}.get(
                    gives, f"return {made.text}"
                )
            )
    arguments = _arguments(w, parameters)
    callee = name
    if not parameters or w.chance(30):
        callee = obscure(w, lambda: name, lambda: f"(lambda *a, **k: {name}(*a, **k))", 60, "builder")
    call = f"{callee}({arguments})"
    result = w.fresh("net")
    if w.chance(10):
        w.tag("builder: called before with other arguments")
        w.line(f"{name}({_arguments(w, parameters)})")
    if gives == "tuple":
        w.line(w.pick((f"{result}, _ = {call}", f"{result} = {call}[0]", f"({result}, number) = {call}")))
    elif gives == "dict":
        w.line(f'{result} = {call}["net"]')
    else:
        w.line(f"{result} = {call}")
    return Made(result, "built")


def table_of_builders(w: Writer) -> Made:
    """A dictionary of builders, one of which is called."""
    w.tag("dictionary of builders")
    names: list[str] = []
    for _ in range(2):
        name = w.fresh("make")
        with w.function(f"def {name}():"):
            w.line(f"return {plain(w).text}")
        names.append(name)
    table = w.fresh("BUILDERS")
    w.line(f'{table} = {{"small": {names[0]}, "large": {names[1]}}}')
    key = obscure(w, lambda: '"small"', lambda: '"large"', 60, "key")
    result = w.fresh("net")
    w.line(f"{result} = {table}{w.pick((f'[{key}]', f'.get({key})'))}()")
    return Made(result, "built")
