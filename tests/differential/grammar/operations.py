"""What a program does to a tensor besides putting it through layers: functions, arithmetic, slices."""

from __future__ import annotations

from tests.differential.grammar.parts import OF_TENSORFLOW, activation, one_layer
from tests.differential.grammar.writer import Shape, Writer

ARITHMETIC = (
    "1 - {t}",
    "{t} * 0.5",
    "2 * {t}",
    "{t} + 1.0",
    "{t} / 2.0",
    "{t} - 0.5",
    "-{t}",
    "{t} ** 2",
    "abs({t})",
    "{t} + 1e-7",
    "1.0 - {t}",
    "{t} * {t}",
    "{t} + {t}",
    "{t} - {t} / 3",
    "{t} / 0.7",
    "{t} * -1.0",
    "0.5 - {t}",
    "{t} * 3 + 2",
    "(1 - 0.1) * {t} + 0.05",
    "1 / (1 + {t} * {t})",
    "-({t} * 1.0)",
)
OF_KERAS = (
    "log({t} + 1e-7)",
    "exp({t})",
    "clip({t}, 1e-7, 1 - 1e-7)",
    "log({t})",
    "stop_gradient({t})",
    "cast({t}, 'float32')",
    "maximum({t}, 0.0)",
    "minimum({t}, 1.0)",
    "square({t})",
    "absolute({t})",
    "clip({t}, -1.0, 1.0)",
    "negative({t})",
    "{t} / keras.ops.sum({t}, axis=-1, keepdims=True)",
    "exp({t}) / keras.ops.sum(keras.ops.exp({t}), axis=-1, keepdims=True)",
    "divide(keras.ops.exp({t}), keras.ops.sum(keras.ops.exp({t}), axis=-1, keepdims=True))",
    "divide(1.0, 1.0 + keras.ops.exp(-{t}))",
    "divide(keras.ops.exp({t}), 1.0 + keras.ops.exp({t}))",
    "sum({t} * keras.ops.flip({t}, axis=-1), axis=-1, keepdims=True)",
    "softmax({t} / 2.0)",
    "sqrt(keras.ops.abs({t}))",
    "flip({t}, axis=-1)",
    "multiply({t}, 0.5)",
    "add({t}, 1.0)",
    "subtract(1.0, {t})",
    "divide({t}, 2.0)",
    "softmax({t}, axis=0)",
    "clip({t}, 0.0, 1.0)",
    "max({t}, axis=-1, keepdims=True)",
    "normalize({t})",
    "reciprocal({t} * {t} + 1.0)",
    "log1p(keras.ops.relu({t}))",
    "roll({t}, 1, axis=-1)",
    "mean({t}, axis=-1, keepdims=True)",
    "cumsum({t}, axis=-1)",
    "sort({t})",
    "where({t} > 0, {t}, 0.0)",
    "concatenate([{t}, {t}], axis=-1)",
    "sum({t}, axis=-1, keepdims=True)",
    "expm1({t})",
    "sin({t})",
    "sign({t})",
    "logsumexp({t}, axis=-1, keepdims=True)",
    "multiply({t}, {t})",
    "stack([{t}, {t}], axis=-1)",
    "pad({t}, [[0, 0]] * {rank} + [[0, 1]])",
)
OF_TF = (
    "math.log({t} + 1e-7)",
    "exp({t})",
    "clip_by_value({t}, 1e-7, 1.0)",
    "identity({t})",
    "cast({t}, tf.float32)",
    "maximum({t}, 0.0)",
    "nn.l2_normalize({t}, axis=-1)",
    "math.sigmoid({t})",
    "reduce_mean({t}, axis=-1, keepdims=True)",
    "{t} / tf.reduce_sum({t}, axis=-1, keepdims=True)",
    "concat([{t}, {t}], axis=-1)",
    "matmul({t}, {t}, transpose_b=True)",
    "tensordot({t}, tf.reverse({t}, [0]), axes=[[-1], [-1]])",
    "einsum('...i,...j->...ij', {t}, {t} * 2.0)",
    "reduce_sum({t} * tf.nn.softmax({t}), axis=-1, keepdims=True)",
    "math.log_sigmoid({t})",
    "stop_gradient({t})",
    "nn.softmax({t} / 0.5)",
    "add({t}, 1.0)",
    "subtract(1.0, {t})",
    "multiply({t}, 3.0)",
    "sigmoid({t})",
    "nn.dropout({t}, 0.0)",
    "math.multiply({t}, {t})",
    "nn.softmax({t}, axis=0)",
    "gather({t}, [0], axis=-1)",
    "abs({t})",
    "one_hot(tf.argmax({t}, axis=-1), 3)",
    "where({t} > 0.0, {t}, 0.01 * {t})",
    "nn.crelu({t})",
    "math.tanh({t})",
)
PLAIN_OPS = (
    "softmax",
    "sigmoid",
    "relu",
    "tanh",
    "log_softmax",
    "softplus",
    "elu",
    "silu",
    "leaky_relu",
    "log_sigmoid",
    "selu",
)


def _of_keras(w: Writer, form: str, tensor: str, rank: int = 1) -> str:
    """A template whose leading name belongs to ``keras.ops``."""
    if "keras.ops" in form:
        w.need("import keras")
    text = form.format(t=tensor, rank=rank)
    return text if form.startswith("{") else f"{w.keras('ops.x')[:-1]}{text}"


def inline_operation(w: Writer, tensor: str) -> str:
    """An expression that gives a tensor of the same shape; usable anywhere, also in a Lambda layer."""
    kind = w.pick(("ops", "activations", "arithmetic", "ops"))
    w.tag(f"operation: {kind}")
    if kind == "ops":
        return f"{w.keras('ops.x')[:-1]}{w.pick(PLAIN_OPS)}({tensor})"
    if kind == "activations":
        return f"{w.keras('activations.x')[:-1]}{w.pick(('softmax', 'sigmoid', 'linear', 'relu', 'tanh'))}({tensor})"
    return f"({w.pick(ARITHMETIC).format(t=tensor)})"


def operation(w: Writer, tensor: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    """An expression that makes something of a tensor and the shape it gives, None if that is not followed.

    ``eager`` allows TensorFlow's own functions, which take no symbolic tensors, and makes no layers, whose weights
    would be new each time.
    """
    both = ["ops", "arithmetic", "ops", "slice", "template", "reshape", "side by side"]
    only_eager = ["tensorflow", "tensorflow", "tf template", "activation"]
    kind = w.pick([*both, *only_eager] if eager else ["layer", "layer", "layer", "merge", *both])
    if kind == "layer":
        layer, after = one_layer(w, shape)
        return f"{layer}({tensor})", after
    w.tag(f"operation: {kind}")
    if kind == "ops":
        return inline_operation(w, tensor), shape
    if kind == "activation":
        return f"{w.keras('activations.get')}({activation(w)})({tensor})", shape
    if kind == "arithmetic":
        return w.pick(ARITHMETIC).format(t=tensor), shape
    if kind == "tensorflow":
        return f"{w.tensorflow()}.nn.{w.pick(sorted(OF_TENSORFLOW))}({tensor})", shape
    if kind == "tf template":
        form = w.pick(OF_TF)
        tf = w.tensorflow()
        return (form if form.startswith("{") else f"{tf}.{form}").format(t=tensor), None
    if kind == "template":
        return _of_keras(w, w.pick(OF_KERAS), tensor, len(shape)), None
    if kind == "reshape":
        return _reshaped(w, tensor, shape, eager)
    if kind == "slice":
        return _sliced(w, tensor, shape)
    if kind == "side by side":
        return _side_by_side(w, tensor, shape, eager)
    return _merged(w, tensor, shape)


def _reshaped(w: Writer, tensor: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    module = f"{w.tensorflow()}." if eager and w.chance(50) else w.keras("ops.x")[:-1]
    form, after = w.pick(
        (
            ("reshape({t}, {s})", shape),
            ("expand_dims({t}, 1)", (1, *shape)),
            ("squeeze({m}expand_dims({t}, -1), -1)", shape),
            ("expand_dims({t}, -1)", (*shape, 1)),
        )
    )
    return module + form.format(t=tensor, s=(-1, *shape), m=module), after


def _sliced(w: Writer, tensor: str, shape: Shape) -> tuple[str, Shape | None]:
    size = shape[-1]
    # A symbolic tensor takes no lone ellipsis.
    form, after = w.pick(
        (
            ("[..., :2]", (*shape[:-1], min(2, size))),
            ("[:, :2]", None),
            ("[..., ::-1]", shape),
            ("[:, :]", shape),
            ("[..., :1]", (*shape[:-1], 1)),
            ("[0:100]", shape),
            ("[..., -1:]", (*shape[:-1], 1)),
            ("[:, None]", (1, *shape)),
            ("[:, 0:1]", None),
            ("[..., 0]", shape[:-1] or None),
            ("[:, -1]", shape[1:] or None),
        )
    )
    return f"{tensor}{form}", after


def _side_by_side(w: Writer, tensor: str, shape: Shape, eager: bool) -> tuple[str, Shape | None]:
    """Kinds of numbers laid side by side, and what is cut out of them again."""
    size = shape[-1]
    module = w.keras("ops.x")[:-1]
    beside = f"{module}{w.pick(PLAIN_OPS)}({tensor})"
    joined = f"{module}concatenate([{', '.join(w.pick(((tensor, beside), (beside, tensor))))}], axis=-1)"
    form, after = w.pick(
        (
            (f"[..., :{size}]", size),
            (f"[..., {size}:]", size),
            (f"[..., -{size}:]", size),
            (f"[..., :-{size}]", size),
            (f"[..., {size - 1}:]", size + 1),
            (f"[..., {size}:{size + 1}]", 1),
            (f"[..., {2 * size - 1}:]", 1),
            (f"[..., 1:][..., {size - 1}:]", size),
        )
    )
    cut = w.pick(("slice", "slice", "places", "parts" if eager else "slice"))
    if cut == "parts":
        return f"{w.tensorflow()}.split({joined}, [{size}, {size}], axis=-1)[{w.pick((0, 1, -1))}]", shape
    if cut == "places":
        return f"{module}split({joined}, [{size}], axis=-1)[{w.pick((0, 1))}]", shape
    return f"{joined}{form}", (*shape[:-1], after)


def _merged(w: Writer, tensor: str, shape: Shape) -> tuple[str, Shape]:
    names = ("Average", "Concatenate", "Add", "Multiply", "Maximum", "Minimum", "Subtract")
    name = w.pick((*names, "Dot") if len(shape) == 1 else names)
    w.tag(f"layer: {name}")
    kind = w.pick(("two heads", "twice", "function"))
    if kind == "twice":
        other = tensor
    else:
        other = f"{w.layer('Dense')}({shape[-1]}, activation={activation(w)})({tensor})"
    merged = [
        f"{w.layer('Dense')}({shape[-1]}, activation={activation(w)})({tensor})" if w.chance(50) else tensor,
        other,
    ]
    if name == "Dot":
        more = w.pick(("", ", normalize=True"))
        if kind == "function":
            return f"{w.layer('dot')}([{', '.join(merged)}], axes=1{more})", (1,)
        return f"{w.layer(name)}(axes=1{more})([{', '.join(merged)}])", (1,)
    after = (*shape[:-1], shape[-1] * 2) if name == "Concatenate" else shape
    if kind == "function":
        return f"{w.layer(name.lower())}([{', '.join(merged)}])", after
    return f"{w.layer(name)}()([{', '.join(merged)}])", after
