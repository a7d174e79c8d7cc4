"""Activations in all their spellings, and the layers that a chain is made of."""

from __future__ import annotations

import math

from tests.differential.grammar.indirections import obscure
from tests.differential.grammar.writer import Shape, Writer

ACTIVATIONS = (
    "softmax",
    None,
    "softmax",
    None,
    "sigmoid",
    None,
    "softmax",
    "sigmoid",
    "relu",
    "tanh",
    "linear",
    "log_softmax",
    "softplus",
    "elu",
    "gelu",
    "silu",
    "leaky_relu",
    "hard_sigmoid",
    "selu",
    "softsign",
    "exponential",
    "log_sigmoid",
    "relu6",
    "mish",
    "swish",
    "celu",
    "hard_tanh",
    "sparse_plus",
    "hard_silu",
    "squareplus",
    "soft_shrink",
)
OF_TENSORFLOW = {
    **{name: name for name in ("softmax", "sigmoid", "relu", "tanh", "log_softmax", "softplus", "elu", "gelu", "silu")},
    "leaky_relu": "leaky_relu",
    "selu": "selu",
    "softsign": "softsign",
    "relu6": "relu6",
    "swish": "swish",
}
LAYERS = {"softmax": "Softmax", "relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU"}


def spelled_activation(w: Writer, name: str | None) -> str:
    """One spelling of an activation."""
    if name is None:
        return "None"
    forms = ["string", "function", "string", "function", "get", "lambda", "split"]
    forms += ["tensorflow"] * (name in OF_TENSORFLOW) + ["layer"] * (name in LAYERS) + ["defined"] * (not w.inline)
    form = w.pick(forms)
    own = "silu" if name == "swish" else name
    w.tag(f"activation: {form}")
    if form == "function":
        return w.keras(f"activations.{own}")
    if form == "tensorflow":
        return f"{w.tensorflow()}.nn.{OF_TENSORFLOW[name]}"
    if form == "layer":
        return f"{w.layer(LAYERS[name])}()"
    if form == "get":
        return f'{w.keras("activations.get")}("{name}")'
    if form == "lambda":
        return f"(lambda t: {w.keras(f'activations.{own}')}(t))"
    if form == "split":
        return w.pick(
            (
                f'"{name[:2]}" + "{name[2:]}"',
                f"f\"{name[:2]}{{'{name[2:]}'}}\"",
                f'"{name.upper()}".lower()',
                f'" {name} ".strip()',
                f'"{name[:3]}%s" % "{name[3:]}"',
                f'"{{}}{name[2:]}".format("{name[:2]}")',
                f'"".join(["{name[:2]}", "{name[2:]}"])',
                f'str("{name}")',
            )
        )
    if form == "defined":
        function = w.fresh("act")
        with w.function(f"def {function}(t):"):
            w.line(f"return {w.keras(f'activations.{own}')}(t)")
        return function
    return f'"{name}"'


def activation(w: Writer) -> str:
    """An expression that stands for an activation: maybe a parameter of the function being written."""
    if w.parameters and w.chance(60):
        w.tag("activation: parameter")
        return w.pick(w.parameters).spelled

    def make() -> str:
        return spelled_activation(w, w.pick(ACTIVATIONS))

    return obscure(w, make, make, 30, "activation")


def units(w: Writer, number: int) -> str:
    """An expression that stands for a number."""
    return obscure(w, lambda: str(number), lambda: "4", 5, "units")


def dense(w: Writer, number: int) -> str:
    """A Dense layer of so many units, with or without an activation."""
    kind = w.pick(("keyword", "none", "positional", "keyword", "keywords", "constant"))
    layer, size = w.layer("Dense"), units(w, number)
    if kind == "none":
        return f"{layer}({size})"
    if kind == "positional":
        return f"{layer}({size}, {activation(w)})"
    if kind == "keywords":
        return w.pick(
            ("{l}(**{{'units': {n}, 'activation': {a}}})", "{l}(*({n}, {a}))", "{l}(**dict(units={n}, activation={a}))")
        ).format(l=layer, n=size, a=activation(w))
    if kind == "constant":
        return f"{layer}({size}, use_bias={w.chance(50)}, activation={activation(w)})"
    return f"{layer}(units={size}, activation={activation(w)})"


def keeper(w: Writer, shape: Shape) -> str:
    """A layer that gives the shape it is given."""
    name = w.pick(
        (
            "Activation",
            "Activation",
            "Activation",
            "Dropout",
            "Softmax",
            "ReLU",
            "LeakyReLU",
            "Lambda",
            "BatchNormalization",
            "Identity",
            "Reshape",
            "GaussianNoise",
            "LayerNormalization",
            "ELU",
            "Rescaling",
            "PReLU",
            "UnitNormalization",
            "Nested",
            "ActivityRegularization",
        )
    )
    w.tag(f"layer: {name}")
    if name == "Activation":
        return f"{w.layer(name)}({w.pick(('', 'activation='))}{activation(w)})"
    if name == "Softmax":
        return f"{w.layer(name)}({w.pick(('', 'axis=-1', '-1', '', 'axis=1'))})"
    if name == "Reshape":
        return f"{w.layer(name)}({shape})"
    if name in ("Dropout", "GaussianNoise"):
        return f"{w.layer(name)}(0.3)"
    if name == "Rescaling":
        return f"{w.layer(name)}(2.0, offset=-1.0)"
    if name == "Lambda":
        from tests.differential.grammar.operations import inline_operation

        with w.expression_only():
            return f"{w.layer(name)}(lambda t: {inline_operation(w, 't')})"
    if name == "Nested":
        model = w.keras(w.pick(("Sequential", "models.Sequential")))
        inner = [keeper(w, shape) for _ in range(w.pick((1, 2)))]
        return f"{model}([{', '.join(inner)}])"
    return f"{w.layer(name)}()"


def hidden(w: Writer) -> str:
    """A hidden layer of four units."""
    inner = w.pick(("relu", "relu", "tanh", "softmax", "sigmoid"))
    return f'{w.layer("Dense")}(4, activation="{inner}")'


def one_layer(w: Writer, shape: Shape, last: int | None = None) -> tuple[str, Shape]:
    """A layer for inputs of a shape (without the batch), and the shape it gives; ``last`` asks for a Dense layer."""
    kind = "dense" if last else w.pick(("keep", "dense", "keep", "keep", "flatten", "move", "keep"))
    if kind == "dense":
        number = last or w.pick((3, 3, 3, 2, 1))

        def make_dense() -> str:
            return dense(w, number)

        return obscure(w, make_dense, make_dense, 12, "layer"), (*shape[:-1], number)
    if kind == "flatten":
        w.tag("layer: Flatten")
        return f"{w.layer('Flatten')}()", (math.prod(shape),)
    if kind == "move":
        return _mover(w, shape)

    def make() -> str:
        return keeper(w, shape)

    return obscure(w, make, make, 12, "layer"), shape


def _mover(w: Writer, shape: Shape) -> tuple[str, Shape]:
    size = shape[-1]
    if len(shape) == 1:
        name = w.pick(("RepeatVector", "Reshape"))
        w.tag(f"layer: {name}")
        if name == "RepeatVector":
            return f"{w.layer(name)}(2)", (2, size)
        target: Shape = (size // 2, 2) if size % 2 == 0 else (1, size)
        return f"{w.layer(name)}({target})", target
    if len(shape) > 2:
        return f"{w.layer('Flatten')}()", (math.prod(shape),)
    name = w.pick(
        (
            "GlobalAveragePooling1D",
            "GlobalMaxPooling1D",
            "TimeDistributed",
            "Conv1D",
            "Permute",
            "AveragePooling1D",
            "LSTM",
            "GRU",
            "SimpleRNN",
            "Bidirectional",
        )
    )
    w.tag(f"layer: {name}")
    if name.startswith("Global"):
        return f"{w.layer(name)}()", (size,)
    if name == "TimeDistributed":
        return f"{w.layer(name)}({dense(w, 3)})", (shape[0], 3)
    if name == "Conv1D":
        return f"{w.layer(name)}(3, 1, activation={activation(w)})", (shape[0], 3)
    if name in ("LSTM", "GRU", "SimpleRNN", "Bidirectional"):
        return _recurrent(w, name, shape)
    if name == "Permute":
        return f"{w.layer(name)}((2, 1))", (size, shape[0])
    return f"{w.layer(name)}(1)", shape


def chain(w: Writer, shape: Shape = (4,)) -> tuple[list[str], Shape]:
    """The layers of a small network: perhaps a hidden one, a head, perhaps a tail."""
    layers: list[str] = []
    for _ in range(w.pick((0, 1, 0, 2))):
        layers.append(hidden(w))
        shape = (*shape[:-1], 4)
    if len(shape) == 1 and shape[0] == 4 and w.chance(12):
        layers.append(f"{w.layer('Reshape')}((2, 2))")
        shape = (2, 2)
    if w.chance(8):
        return _special_head(w, layers, shape)
    head, shape = one_layer(w, shape, w.pick((3, 3, 3, 3, 2, 1)))
    layers.append(head)
    for _ in range(w.pick((0, 1, 0, 2, 1))):
        layer, shape = one_layer(w, shape)
        layers.append(layer)
    return layers, shape


def _special_head(w: Writer, layers: list[str], shape: Shape) -> tuple[list[str], Shape]:
    """A recurrent layer at the end, or a single unit, perhaps of a softmax, that is laid out otherwise."""
    if w.chance(50):
        if len(shape) == 1:
            layers.append(f"{w.layer('Reshape')}((2, 2))")
        w.tag("head: recurrent")
        head, shape = _recurrent(w, w.pick(("LSTM", "GRU", "SimpleRNN", "Bidirectional")), (2, 2))
        return [*layers, head], shape
    w.tag("head: one unit laid out")
    if len(shape) == 1:
        layers.append(f"{w.layer('RepeatVector')}(2)")
    layers.append(
        f"{w.layer('Dense')}(1, activation={w.pick(('None', repr('softmax'), repr('sigmoid'), repr('softmax')))})"
    )
    layers.append(w.pick((f"{w.layer('Flatten')}()", f"{w.layer('Reshape')}((2,))", f"{w.layer('Reshape')}((-1,))")))
    return layers, (2,)


def _recurrent(w: Writer, name: str, shape: Shape) -> tuple[str, Shape]:
    given = w.pick(
        ("", "", ", activation='relu'", ", activation='sigmoid'", ", activation=None", ", activation='softmax'")
    )
    whole = w.chance(50)
    steps = ", return_sequences=True" if whole else ""
    layer = w.layer("GRU" if name == "Bidirectional" else name)
    text = f"{layer}(3{given}{steps})"
    size = 3
    if name == "Bidirectional":
        mode = w.pick(("", ", merge_mode='sum'", ", merge_mode='ave'", ", merge_mode='mul'"))
        text, size = f"{w.layer(name)}({text}{mode})", 3 if mode else 6
    return text, (shape[0], size) if whole else (size,)
