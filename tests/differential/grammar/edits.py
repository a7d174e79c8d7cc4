"""Models that are changed after they were made, by one way or another."""

from __future__ import annotations

from tests.differential.grammar.conditions import known
from tests.differential.grammar.models import Made, class_of, functional, sequential
from tests.differential.grammar.parts import activation, one_layer
from tests.differential.grammar.writer import Writer


def edited(w: Writer) -> Made:
    """A model that is changed after it was made."""
    made = sequential(w) if w.chance(60) else functional(w)
    net = made.text
    w.line(f"{net}.build((None, 4))" if made.kind == "sequential" else f"{net}.trainable = True")
    kind = w.pick(
        (
            "activation",
            "clone",
            "cut",
            "last layer",
            "pop",
            "function",
            "alias",
            "harmless",
            "variable layer",
            "loop",
            "dead",
        )
    )
    if kind == "clone" and w.tags & {"activation: lambda", "activation: defined", "layer: Lambda"}:
        # Keras cannot copy what it cannot write down.
        kind = "harmless"
    w.tag(f"edited: {kind}")
    if kind == "activation":
        name = w.pick(("softmax", "linear", "sigmoid", "relu"))
        w.line(f"{net}.layers[-1].activation = {w.keras('activations.' + name)}")
    elif kind == "clone":
        copy = w.fresh("copy")
        w.line(f"{copy} = {w.keras('models.clone_model')}({net})")
        if made.kind == "sequential" and w.chance(50):
            w.line(f"{net}.add({one_layer(w, (3,), 3)[0]})")
        return Made(copy, "edited")
    elif kind == "last layer":
        model = w.fresh("top")
        out = w.pick((f"{net}.layers[-1].output", f"{net}.output", f"{net}.outputs[0]"))
        if w.chance(60):
            out = f"{w.layer('Activation')}({activation(w)})({out})"
        w.line(f"{model} = {class_of(w, 'Model')}({w.pick((net + '.input', net + '.inputs'))}, {out})")
        return Made(model, "edited")
    elif kind == "cut":
        # A part of a finished model, also with something else at its end.
        model = w.fresh("part")
        place = w.pick((-1, -2, -2, -3))
        out = w.pick((f"{net}.layers[{place}].output", f"{net}.get_layer(index={place}).output"))
        if w.chance(30):
            out = f"{w.layer('Activation')}({activation(w)})({out})"
        w.line(f"{model} = {class_of(w, 'Model')}({net}.input, {out})")
        return Made(model, "edited")
    elif kind in ("pop", "function", "alias", "loop", "dead") and made.kind == "sequential":
        _edited_sequential(w, net, kind)
    elif kind == "harmless":
        with w.block(f"for layer in {net}.layers:"):
            w.line("layer.trainable = False")
        w.line(f"probabilities = {w.keras('ops.softmax')}({net}(numpy.ones((1, 4), 'float32')))")
        w.need("import numpy")
    return made


def _edited_sequential(w: Writer, net: str, kind: str) -> None:
    layer = one_layer(w, (3,), 3)[0]
    if kind == "pop":
        w.line(f"{net}.pop()")
        w.line(f"{net}.add({layer})")
    elif kind == "alias":
        w.line(f"same = {net}")
        w.line(f"same.add({layer})")
    elif kind == "loop":
        with w.block(f"for layer in [{layer}]:"):
            w.line(f"{net}.add(layer)")
    elif kind == "dead":
        with w.block(f"if {known(w, False)}:"):
            w.line(f"{net}.add({layer})")
    else:
        with w.function("def finish(target, last):"):
            w.line("target.add(last)")
            w.line("return target")
        w.line(w.pick((f"finish({net}, {layer})", f"{net} = finish({net}, {layer})")))
