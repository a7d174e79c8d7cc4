"""Models made of layers in a row: Sequential in its forms, functional chains with branches, models within models."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.grammar.conditions import condition
from tests.differential.grammar.indirections import obscure
from tests.differential.grammar.operations import operation
from tests.differential.grammar.parts import activation, chain, dense, hidden, one_layer
from tests.differential.grammar.rearranged import rearranged
from tests.differential.grammar.writer import Shape, Writer


@dataclass(frozen=True)
class Made:
    """An expression that stands for a model, and how it was made."""

    text: str
    kind: str


def class_of(w: Writer, name: str) -> str:
    return w.keras(w.pick((name, f"models.{name}")))


def input_of(w: Writer, size: int = 4) -> str:
    """An input of so many numbers."""
    layer = w.pick(("Input", "layers.Input"))
    shape = w.pick((f"shape=({size},)", f"({size},)"))
    return f"{w.keras(layer)}({shape})"


def sequential(w: Writer) -> Made:
    """A Sequential, from a list or by ``add``."""
    form = w.pick(
        (
            "list",
            "add",
            "list",
            "variable list",
            "loop",
            "comprehension",
            "star",
            "pop",
            "conditional add",
            "many branches",
        )
    )
    w.tag(f"sequential: {form}")
    layers, _ = chain(w)
    first = [f"{input_of(w)}"] if w.chance(30) else []
    name = w.fresh("net")
    make = f"{class_of(w, 'Sequential')}"
    if form == "list":
        w.line(f"{name} = {make}([{', '.join([*first, *layers])}]{w.pick(('', ', name=' + repr('m' + name)))})")
        return Made(name, "sequential")
    if form in ("variable list", "star", "comprehension"):
        items = w.fresh("stack")
        w.line(f"{items} = [{', '.join([*first, *layers])}]")
        if form == "variable list" and w.chance(50):
            w.line(f"{items}.append({one_layer(w, (3,), 3)[0]})")
        elif form == "variable list" and w.chance(40):
            w.line(f"{items} += [{one_layer(w, (3,), 3)[0]}]")
        inside = items
        if form == "star":
            inside = f"[*{items}, {one_layer(w, (3,), 3)[0]}]"
        elif form == "comprehension":
            inside = w.pick((f"[layer for layer in {items}]", f"list({items})", f"{items}[:]", f"tuple({items})"))
        w.line(f"{name} = {make}({inside})")
        return Made(name, "sequential")
    if form == "loop":
        return _added_in_a_loop(w, name, make)
    if form == "many branches":
        w.line(f"{name} = {make}()")
        for _ in range(w.pick((3, 4, 5))):
            with w.block(f"if {condition(w)[0]}:"):
                w.line(f"{name}.add({one_layer(w, (3,), 3)[0]})")
            with w.block("else:"):
                w.line(f"{name}.add({one_layer(w, (3,), 3)[0]})")
        return Made(name, "sequential")
    w.line(f"{name} = {make}({w.pick(('', '[]')) if not first else '[' + first[0] + ']'})")
    for layer in layers:
        if form == "conditional add" and w.chance(40):
            test, _ = condition(w)
            with w.block(f"if {test}:"):
                w.line(f"{name}.add({layer})")
            if w.chance(50):
                with w.block("else:"):
                    w.line(f"{name}.add({one_layer(w, (3,), 3)[0]})")
        else:
            w.line(f"{name}.add({layer})")
    if form == "conditional add":
        w.line(f"{name}.add({one_layer(w, (3,), 3)[0] if w.chance(60) else w.layer('Dropout') + '(0.1)'})")
    if form == "pop":
        w.line(f"{name}.add({dense(w, 3)})")
        w.line(f"{name}.pop()")
    return Made(name, "sequential")


def _added_in_a_loop(w: Writer, name: str, make: str) -> Made:
    w.line(f"{name} = {make}()")
    kind = w.pick(("units", "activations", "layers", "last", "pairs", "while", "unknown length"))
    layer = w.layer("Dense")
    if kind == "units":
        with w.block("for size in (4, 5, 3):"):
            w.line(f"{name}.add({layer}(size, activation={activation(w)}))")
    elif kind == "activations":
        with w.block(f"for act in [{activation(w)}, {activation(w)}]:"):
            w.line(f"{name}.add({layer}(3, activation=act))")
    elif kind == "layers":
        with w.block(f"for layer in [{dense(w, 3)}, {one_layer(w, (3,))[0]}]:"):
            w.line(f"{name}.add(layer)")
    elif kind == "last":
        one, two = activation(w), activation(w)
        with w.block("for i in range(3):"):
            w.line(f"{name}.add({layer}(3, activation={one} if i == 2 else {two}))")
    elif kind == "pairs":
        with w.block(f"for size, act in [(4, {activation(w)}), (3, {activation(w)})]:"):
            w.line(f"{name}.add({layer}(size, act))")
    elif kind == "while":
        w.line("count = 0")
        one = activation(w)
        with w.block("while count < 2:"):
            w.line(f"{name}.add({layer}(3, activation={one}))")
            w.line("count += 1")
    else:
        with w.block(f"for _ in range(2 if {w.flag()} else 1):"):
            w.line(f"{name}.add({hidden(w)})")
    if w.chance(60) or kind == "unknown length":
        w.line(f"{name}.add({one_layer(w, (3,), 3)[0]})")
    return Made(name, "sequential")


def tensors(w: Writer, start: str, shape: Shape, eager: bool = False, most: int = 3) -> tuple[str, Shape | None]:
    """Statements that lead from a tensor to another; the expression that stands for it and its shape."""
    name: str = start
    after: Shape | None = shape
    for _ in range(w.pick((0, 1, 1, 2, most))):
        if after is None or (after and after[-1] == 0):
            break
        shape = after
        make = rearranged if w.chance(30) else operation
        text, after = make(w, name, shape, eager)
        target = w.pick((w.fresh("x"), name if name != start else w.fresh("x")))
        if w.chance(15):
            test, answer = condition(w)
            w.tag("tensor: in a branch")
            w.line(f"{target} = {name}" if target != name else "pass")
            with w.block(f"if {test}:"):
                w.line(f"{target} = {text}")
            if answer is not True and after != shape:
                after = None
        else:
            w.line(f"{target} = {text}")
        name = target
    return name, after


def functional(w: Writer) -> Made:
    """``Model(inputs, outputs)``."""
    w.tag("functional")
    inputs = w.fresh("inputs")
    w.line(f"{inputs} = {input_of(w)}")
    name = inputs
    shape: Shape = (4,)
    style = w.pick(("steps", "nested calls", "loop", "helper"))
    w.tag(f"functional: {style}")
    layers, shape = chain(w)
    if style == "nested calls":
        name = inputs
        for layer in layers:
            name = f"{layer}({name})"
        target = w.fresh("x")
        w.line(f"{target} = {name}")
        name = target
    elif style == "loop":
        target = w.fresh("x")
        w.line(f"{target} = {inputs}")
        with w.block(f"for layer in [{', '.join(layers)}]:"):
            w.line(f"{target} = layer({target})")
        name = target
    elif style == "helper" and not w.inline:
        name = tensor_helper(w, inputs, layers)
    else:
        target = w.fresh("x")
        for layer in layers:
            w.line(f"{target} = {layer}({name})")
            name = target
    out, _ = tensors(w, name, shape)
    model = w.fresh("net")
    form = w.pick(("{c}({i}, {o})", "{c}(inputs={i}, outputs={o})", "{c}([{i}], {o})", "{c}({i}, outputs={o})"))
    w.line(f"{model} = {form.format(c=class_of(w, 'Model'), i=inputs, o=out)}")
    return Made(model, "functional")


def tensor_helper(w: Writer, tensor: str, layers: list[str]) -> str:
    """A function that takes a tensor and gives one, or a tuple or dict of them."""
    name = w.fresh("network")
    gives = w.pick(("tensor", "tuple", "dict", "tensor", "list"))
    w.tag(f"helper gives a {gives}")
    with w.function(f"def {name}(t):"):
        for layer in layers:
            w.line(f"t = {layer}(t)")
        if gives == "tensor":
            w.line("return t")
        else:
            w.line(f"other = {w.keras('activations.x')[:-1]}{w.pick(('softmax', 'relu', 'sigmoid'))}(t)")
            w.line(
                {"tuple": "return t, other", "list": "return [other, t]", "dict": 'return {"a": t, "b": other}'}[gives]
            )
    call = f"{name}({tensor})"
    if gives == "tensor":
        return call
    target = w.fresh("x")
    if gives == "dict":
        w.line(f"{target} = {call}[{w.pick((repr('a'), repr('b')))}]")
    elif w.chance(50):
        w.line(w.pick((f"{target}, _ = {call}", f"_, {target} = {call}")))
    else:
        w.line(f"{target} = {call}[{w.pick((0, 1, -1))}]")
    return target


def nested(w: Writer) -> Made:
    """A model used as a layer of another."""
    w.tag("model within a model")
    inner = plain(w)
    model = w.fresh("outer")
    kind = w.pick(("sequential", "functional", "shared", "called with keyword"))
    if kind == "sequential":
        after = [one_layer(w, (3,), 3)[0]] if w.chance(30) else []
        w.line(f"{model} = {class_of(w, 'Sequential')}([{', '.join([input_of(w), inner.text, *after])}])")
    else:
        inputs = w.fresh("inputs")
        w.line(f"{inputs} = {input_of(w)}")
        call = f"{inner.text}({inputs})" if kind != "called with keyword" else f"{inner.text}({inputs}, training=False)"
        target = w.fresh("x")
        w.line(f"{target} = {call}")
        if kind == "shared":
            w.line(f"{target} = {w.layer('Average')}()([{target}, {inner.text}({inputs})])")
        elif w.chance(40):
            w.line(f"{target} = {w.layer('Activation')}({activation(w)})({target})")
        w.line(f"{model} = {class_of(w, 'Model')}({inputs}, {target})")
    return Made(model, "nested")


def plain(w: Writer) -> Made:
    """A Sequential or functional model."""
    return functional(w) if w.chance(45) else sequential(w)


def chosen(w: Writer) -> Made:
    """One of two finished models."""
    w.tag("model chosen of two")
    first, second = plain(w), plain(w)
    return Made(obscure(w, lambda: first.text, lambda: second.text, 95, "model"), "chosen")
