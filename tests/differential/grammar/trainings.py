"""Hooks of Keras' training that a program overrides, and several models that meet losses in one place."""

from __future__ import annotations

from tests.differential.grammar.losses import MEETING, loss_object, switch
from tests.differential.grammar.models import class_of, input_of, tensors
from tests.differential.grammar.parts import activation
from tests.differential.grammar.writer import Writer

ACTS = ('"softmax"', "None", '"sigmoid"', "None", '"relu"', '"log_softmax"', '"tanh"')


def ask_by_compute_loss(w: Writer) -> None:
    """``compute_loss`` of a class around the model."""
    kind = w.pick(("own", "stored", "super"))
    w.tag(f"compute_loss: {kind}")
    told = switch(w)
    keras_loss = f"{w.keras('losses.CategoricalCrossentropy')}(from_logits={told})"
    with w.block(f"class Trained({class_of(w, 'Model')}):"):
        with w.block("def __init__(self, inner):"):
            w.line("super().__init__()")
            w.line("self.inner = inner")
            if kind == "stored":
                w.line(f"self.criterion = {keras_loss}")
        with w.block("def call(self, inputs):"):
            w.line("return self.inner(inputs)")
        with w.function("def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):"):
            out, _ = tensors(w, "y_pred", (3,), eager=True, most=1)
            seen = f"_observation(y, {out}, from_logits="
            if kind == "own":
                w.line(f"return {MEETING}(y, {out}, from_logits={told})")
            elif kind == "stored":
                w.line(f"return {w.instead(f'self.criterion(y, {out})', f'{seen}{told})')}")
            else:
                call = f"super().compute_loss(x, y, {out}, sample_weight)"
                w.line(f"return {w.instead(call, f'{seen}_told(self.loss))')}")
    w.line("model = Trained(model)")
    w.line(f'model.compile(optimizer="sgd"{f", loss={keras_loss}" if kind == "super" else ""})')


def ask_by_train_step(w: Writer) -> None:
    """``train_step`` of a class around the model, with the loss that ``compile`` was given or its own."""
    kind = w.pick(("self.loss", "compute_loss", "own", "compiled loss"))
    w.tag(f"train_step: {kind}")
    told = switch(w)
    loss = loss_object(w)
    with w.block(f"class Trained({class_of(w, 'Model')}):"):
        with w.block("def __init__(self, inner):"):
            w.line("super().__init__()")
            w.line("self.inner = inner")
        with w.block("def call(self, inputs):"):
            w.line("return self.inner(inputs)")
        with w.function("def train_step(self, data):"):
            w.line("x, y = data")
            w.line(f"y_pred = {w.pick(('self(x, training=True)', 'self(x)', 'self.inner(x)'))}")
            out, _ = tensors(w, "y_pred", (3,), eager=True, most=1)
            seen = f"_observation(y, {out}, from_logits="
            form = {
                "self.loss": f"self.loss(y, {out})",
                "compute_loss": w.pick((f"self.compute_loss(y=y, y_pred={out})", f"self.compute_loss(x, y, {out})")),
                "compiled loss": f"self.compiled_loss(y, {out})",
                "own": "",
            }[kind]
            if kind == "own":
                w.line(f"loss = {MEETING}(y, {out}, from_logits={told})")
            else:
                asked = "_called" if kind == "self.loss" else "_told"
                w.line(f"loss = {w.instead(form, f'{seen}{asked}(self.loss))')}")
            w.line('return {"loss": loss}')
    w.line("model = Trained(model)")
    w.line(f'model.compile(optimizer="sgd"{"" if kind == "own" else f", loss={loss}"})')


def several_models(w: Writer) -> None:
    """Models that meet a loss in one place, each with its own activation and switch."""
    kind = w.pick(("zip", "pairs", "objects", "inverted flag", "function", "shared loss", "dictionary"))
    w.tag(f"one place: {kind}")
    row, dense = class_of(w, "Sequential"), w.layer("Dense")
    loss = w.keras(f"losses.{w.pick(('CategoricalCrossentropy', 'BinaryCrossentropy'))}")
    acts = [w.pick(ACTS) for _ in range(2)]
    told = [str(w.chance(50)) for _ in range(2)]
    w.line("nets = []")

    def one(act: str, switch: str, loss_text: str = "") -> None:
        w.line(f"model = {row}([{input_of(w)}, {dense}(3, activation={act})])")
        w.line(f'model.compile(optimizer="sgd", loss={loss_text or f"{loss}(from_logits={switch})"})')
        w.line("nets.append(model)")

    if kind == "inverted flag":
        flag = w.flag()
        first, second = w.pick(((flag, f"not {flag}"), (flag, flag), (f"not {flag}", flag)))
        one(f"{acts[0]} if {first} else {acts[1]}", second)
    elif kind in ("zip", "pairs"):
        pairs = f"[({acts[0]}, {told[0]}), ({acts[1]}, {told[1]})]"
        if kind == "zip":
            pairs = f"zip([{', '.join(acts)}], [{', '.join(told)}])"
        with w.block(f"for act, told in {pairs}:"):
            one("act", "told")
    elif kind == "dictionary":
        w.line(f'table = {{"a": ({acts[0]}, {told[0]}), "b": ({acts[1]}, {told[1]})}}')
        with w.block(w.pick(("for act, told in table.values():", "for name, (act, told) in table.items():"))):
            one("act", "told")
    elif kind == "function":
        with w.function("def prepare(act, told):"):
            w.line(f"net = {row}([{input_of(w)}, {dense}(3, activation=act)])")
            w.line(f'net.compile(optimizer="sgd", loss={loss}(from_logits=told))')
            w.line("return net")
        for act, switch in zip(acts, told, strict=True):
            w.line(f"nets.append(prepare({act}, {switch}))")
        w.line("model = nets[0]")
    else:
        shared = f"{loss}(from_logits={told[0]})"
        if kind == "shared loss":
            made = shared
            shared = w.fresh("shared")
            w.line(f"{shared} = {made}")
        for name, act in zip(("first", "second"), acts, strict=True):
            w.line(f"{name} = {row}([{input_of(w)}, {dense}(3, activation={w.pick((act, activation(w)))})])")
        with w.block(w.pick(("for model in (first, second):", "for model in [second, first]:"))):
            w.line(f'model.compile(optimizer="sgd", loss={shared})')
            w.line("nets.append(model)")
