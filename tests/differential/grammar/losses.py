"""The question at the end: a loss, told what it reads, meets the model's output."""

from __future__ import annotations

from tests.differential.grammar.indirections import obscure
from tests.differential.grammar.models import tensors
from tests.differential.grammar.writer import Writer

MEETING = "MEET_THE_LOSS"
"""Stands in for a loss function that is called with labels and predictions."""

FUNCTIONS = (
    "keras.losses.categorical_crossentropy",
    "keras.losses.binary_crossentropy",
    "keras.ops.categorical_crossentropy",
)


def switch(w: Writer) -> str:
    """A value for ``from_logits``."""

    def make() -> str:
        kind = w.pick(("True", "False", "True", "False", "True", "False", "not flag", "flag"))
        if kind in ("True", "False"):
            return kind
        w.tag("switch: flag")
        return w.flag() if kind == "flag" else f"not {w.flag()}"

    return obscure(w, make, make, 15, "switch")


def loss_object(w: Writer) -> str:
    """A loss for ``compile``."""

    def make() -> str:
        name = w.pick(("CategoricalCrossentropy", "BinaryCrossentropy", "CategoricalCrossentropy"))
        kind = w.pick(("keyword", "keyword", "positional", "string", "default", "function", "keywords"))
        if kind == "string":
            return '"categorical_crossentropy"'
        if kind == "function":
            return w.keras("losses.categorical_crossentropy")
        told = "" if kind == "default" else switch(w)
        form = {"keyword": "from_logits={}", "positional": "{}", "default": "", "keywords": '**{{"from_logits": {}}}'}[
            kind
        ]
        given = form.format(told)
        return f"{w.keras(f'losses.{name}')}({given})"

    return obscure(w, make, make, 15, "loss")


def ask_by_compiling(w: Writer) -> None:
    """``model.compile``, here or in a function."""
    loss = loss_object(w)
    form = w.pick(("keyword", "positional", "keyword", "function", "keywords"))
    w.tag(f"compile: {form}")
    if form == "function":
        with w.function("def prepare(net, loss):"):
            w.line('net.compile(optimizer="sgd", loss=loss)')
            w.line("return net")
        w.line(
            w.pick((f"prepare(model, {loss})", f"model = prepare(model, {loss})", f"prepare(loss={loss}, net=model)"))
        )
    else:
        text = {"positional": '"sgd", {}', "keywords": '**{{"optimizer": "sgd", "loss": {}}}'}.get(
            form, 'optimizer="sgd", loss={}'
        )
        w.line(f"model.compile({text.format(loss)})")


def ask_by_own_loss(w: Writer) -> None:
    """A loss of the program's own that passes on to a known one."""
    kind = w.pick(("function", "lambda", "class", "maker"))
    w.tag(f"own loss: {kind}")
    told = switch(w)
    if kind == "lambda":
        loss = f"lambda y_true, y_pred: {MEETING}(y_true, y_pred, from_logits={told})"
    elif kind == "function":
        with w.function("def own_loss(y_true, y_pred):"):
            out, _ = tensors(w, "y_pred", (3,), eager=True, most=1)
            w.line(f"return {MEETING}(y_true, {out}, from_logits={told})")
        loss = "own_loss"
    elif kind == "maker":
        with w.function(f"def make_loss(told={told}):"):
            with w.function("def own_loss(y_true, y_pred):"):
                w.line(f"return {MEETING}(y_true, y_pred, from_logits=told)")
            w.line("return own_loss")
        loss = w.pick(("make_loss()", f"make_loss({told})"))
    else:
        with w.block(f"class OwnLoss({w.keras('losses.Loss')}):"):
            with w.block(f"def __init__(self, from_logits={told}):"):
                w.line('super().__init__(name="own")')
                w.line("self.from_logits = from_logits")
            with w.function("def call(self, y_true, y_pred):"):
                out, _ = tensors(w, "y_pred", (3,), eager=True, most=1)
                w.line(f"return {MEETING}(y_true, {out}, from_logits=self.from_logits)")
        loss = w.pick(("OwnLoss()", f"OwnLoss({told})", f"OwnLoss(from_logits={told})"))
    w.line(f'model.compile(optimizer="sgd", loss={loss})')


def ask_in_a_step(w: Writer) -> None:
    """A training step of the program's own, called once."""
    w.need("import numpy")
    kind = w.pick(("plain", "tape", "tf.function", "method", "parameter"))
    w.tag(f"own step: {kind}")
    told = switch(w)
    net = "net" if kind == "parameter" else "model"
    if kind == "tf.function":
        w.line(f"@{w.tensorflow()}.function")
    with w.function("def step(x, net=model):" if kind == "parameter" else "def step(x):"):
        call = w.pick(
            (
                f"{net}(x)",
                f"{net}(x, training=False)",
                f"{net}(x)" if "subclass: build method" in w.tags else f"{net}.call(x)",
                f"{net}.stateless_call({net}.trainable_variables, {net}.non_trainable_variables, x)[0]",
            )
        )
        if kind == "tape":
            with w.block(f"with {w.tensorflow()}.GradientTape() as tape:"):
                w.line(f"pred = {call}")
                out, _ = tensors(w, "pred", (3,), eager=True, most=1)
                w.line(f"loss = {MEETING}({w.tensorflow()}.zeros_like({out}), {out}, from_logits={told})")
        else:
            w.line(f"pred = {call}")
            out, _ = tensors(w, "pred", (3,), eager=True, most=1)
            w.line(f"loss = {MEETING}({w.keras('ops.zeros_like')}({out}), {out}, from_logits={told})")
        w.line("return loss")
    if "stateless_call" in call:
        w.line("model(numpy.ones((2, 4), 'float32'))")
    w.line("step(numpy.ones((2, 4), 'float32'))")
