"""Models with several outputs, and the ways of giving each its loss."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.grammar.losses import loss_object
from tests.differential.grammar.models import class_of, input_of, tensors
from tests.differential.grammar.parts import activation, chain
from tests.differential.grammar.writer import Writer


@dataclass(frozen=True)
class Head:
    """One output: its place, and the name a loss finds it by."""

    index: int
    name: str


def several_heads(w: Writer) -> list[Head]:
    """A model with two outputs, compiled with losses for them; the outputs that have one."""
    form = w.pick(("list", "dict", "names", "one loss", "subclass list", "subclass dict", "short list"))
    w.tag(f"several outputs: {form}")
    names = ["first", "second"]
    if form.startswith("subclass"):
        _subclass(w, form, names)
    else:
        _functional(w, form, names)
    heads = [Head(index, name) for index, name in enumerate(names)]
    if form in ("list", "subclass list"):
        loss = f"[{loss_object(w)}, {loss_object(w)}]"
    elif form == "short list":
        loss = w.pick((f"[{loss_object(w)}, None]", f"(None, {loss_object(w)})"))
        heads = [heads[0] if loss.startswith("[") else heads[1]]
    elif form in ("dict", "names", "subclass dict"):
        order = w.pick(((0, 1), (1, 0)))
        loss = "{" + ", ".join(f'"{names[index]}": {loss_object(w)}' for index in order) + "}"
    else:
        loss = loss_object(w)
    w.line(f'model.compile(optimizer="sgd", loss={loss})')
    return heads


def _functional(w: Writer, form: str, names: list[str]) -> None:
    w.line(f"inputs = {input_of(w)}")
    found: list[str] = []
    for name in names:
        tensor = "inputs"
        layers, shape = chain(w)
        for layer in layers:
            tensor = f"{layer}({tensor})"
        w.line(f"{name} = {tensor}")
        out, _ = tensors(w, name, shape, most=1)
        if form == "names":
            # The name of an output is that of its last layer.
            w.line(f'{name}_out = {w.layer("Dense")}(3, name="{name}", activation={activation(w)})({out})')
            out = f"{name}_out"
        found.append(out)
    if form == "dict":
        outputs = "{" + ", ".join(f'"{name}": {out}' for name, out in zip(names, found, strict=True)) + "}"
    else:
        outputs = w.pick((f"[{', '.join(found)}]", f"({', '.join(found)})"))
    w.line(f"model = {class_of(w, 'Model')}(inputs, {outputs})")


def _subclass(w: Writer, form: str, names: list[str]) -> None:
    with w.block(f"class Heads({class_of(w, 'Model')}):"):
        with w.block("def __init__(self):"):
            w.line("super().__init__()")
            for name in names:
                layers, _ = chain(w)
                w.line(f"self.{name} = {class_of(w, 'Sequential')}([{', '.join(layers)}])")
        with w.block("def call(self, x):"):
            if form.endswith("list"):
                w.line(w.pick(("return [self.first(x), self.second(x)]", "return self.first(x), self.second(x)")))
            else:
                w.line('return {"first": self.first(x), "second": self.second(x)}')
    w.line("model = Heads()")
