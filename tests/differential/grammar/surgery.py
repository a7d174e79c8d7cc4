"""Models put together from the parts of finished ones: layers by name and place, configurations, cut and patched."""

from __future__ import annotations

from tests.differential.grammar.models import Made, class_of, input_of
from tests.differential.grammar.parts import hidden
from tests.differential.grammar.writer import Writer

NAMES = ("None", '"softmax"', "None", '"sigmoid"', '"softmax"', '"relu"', '"tanh"', '"log_softmax"', '"linear"')
KINDS = (
    "layer by name",
    "layer by index",
    "layer by place",
    "layers cut",
    "layers replaced",
    "layers called again",
    "layer from config",
    "config changed",
    "model from config",
    "layer serialized",
    "clone function",
    "kept on a module",
    "wrapped layer",
)


def operated(w: Writer) -> Made:
    """A model that is made of parts of another."""
    kind = w.pick(KINDS)
    w.tag(f"surgery: {kind}")
    if kind == "wrapped layer":
        name = w.fresh("alone")
        inner = f"{w.layer('Dense')}(3, activation={w.pick(NAMES)})"
        w.line(f"{name} = {class_of(w, 'Sequential')}([{w.layer('SpectralNormalization')}({inner})])")
        return Made(name, "surgery")
    net, is_row = _finished(w)
    return Made(_operate(w, kind, net, is_row), "surgery")


def _finished(w: Writer) -> tuple[str, bool]:
    """A model whose last layers have names, and whether it is a Sequential."""
    net = w.fresh("trained")
    form = w.pick(("row", "graph", "row", "graph", "one of two graphs"))
    if form == "row":
        w.line(f"{net} = {class_of(w, 'Sequential')}([{input_of(w)}, {', '.join(_named_layers(w))}])")
        return net, True
    inputs, tensor = w.fresh("inputs"), w.fresh("x")
    w.line(f"{inputs} = {input_of(w)}")
    if form == "graph":
        _graph(w, inputs, tensor)
    else:
        w.tag("surgery: one of two graphs")
        with w.block(f"if {w.flag()}:"):
            _graph(w, inputs, tensor)
        with w.block("else:"):
            _graph(w, inputs, tensor)
    w.line(f"{net} = {class_of(w, 'Model')}({inputs}, {tensor})")
    return net, False


def _graph(w: Writer, inputs: str, tensor: str) -> None:
    before = inputs
    for layer in _named_layers(w):
        w.line(f"{tensor} = {layer}({before})")
        before = tensor


def _named_layers(w: Writer) -> list[str]:
    last = w.pick(("activation", "dense", "dropout"))
    return [
        *(hidden(w) for _ in range(w.pick((0, 1)))),
        f'{w.layer("Dense")}(3, activation={w.pick(NAMES)}, name="scores")',
        {
            "activation": f'{w.layer("Activation")}({w.pick(NAMES).replace("None", repr("linear"))}, name="chances")',
            "dense": f'{w.layer("Dense")}(3, activation={w.pick(NAMES)}, name="chances")',
            "dropout": f'{w.layer("Dropout")}(0.2, name="chances")',
        }[last],
    ]


def _operate(w: Writer, kind: str, net: str, is_row: bool) -> str:
    part = w.fresh("part")
    model, row = class_of(w, "Model"), class_of(w, "Sequential")
    dense = w.layer("Dense")
    if kind in ("layer by name", "layer by index", "layer by place"):
        name = w.pick(("scores", "chances"))
        out = {
            "layer by name": w.pick((f'{net}.get_layer("{name}").output', f'{net}.get_layer(name="{name}").output')),
            "layer by index": f"{net}.get_layer(index={w.pick((-1, -2))}).output",
            "layer by place": f"{net}.layers[{w.pick((-1, -2))}].output",
        }[kind]
        if w.chance(30):
            out = f"{w.layer('Activation')}({w.pick(NAMES).replace('None', repr('linear'))})({out})"
        w.line(f"{part} = {model}({w.pick((f'{net}.input', f'{net}.inputs'))}, {out})")
    elif kind == "layers cut":
        layers = f"{net}.layers[:-1]" if is_row else f"{net}.layers[1:-1]"
        w.line(f"{part} = {row}({w.pick((layers, f'list({layers})', f'[layer for layer in {layers}]'))})")
        if w.chance(40):
            w.line(f"{part}.add({dense}(3, activation={w.pick(NAMES)}))")
    elif kind == "layers replaced":
        layers = f"{net}.layers[:-1]" if is_row else f"{net}.layers[1:-1]"
        w.line(f"{part} = {row}([*{layers}, {dense}(3, activation={w.pick(NAMES)})])")
    elif kind == "layers called again":
        w.line(f"{part}_in = {input_of(w)}")
        w.line(f"{part}_out = {part}_in")
        with w.block(f"for layer in {net}.layers[{'' if is_row else '1'}:{w.pick(('', '-1'))}]:"):
            w.line(f"{part}_out = layer({part}_out)")
        w.line(f"{part} = {model}({part}_in, {part}_out)")
    elif kind in ("layer from config", "config changed"):
        w.line(f'config = {net}.get_layer("scores").get_config()')
        if kind == "config changed":
            w.line(
                w.pick((f'config["activation"] = {w.pick(NAMES)}', f'config = {{**config, "units": {w.pick((1, 5))}}}'))
            )
        owner = w.pick((dense, f'type({net}.get_layer("scores"))', f'{net}.get_layer("scores").__class__'))
        w.line(f"{part} = {row}([{owner}.from_config(config)])")
    elif kind == "layer serialized":
        w.line(f'described = {w.keras("layers.serialize")}({net}.get_layer("scores"))')
        if w.chance(40):
            w.line(f'described["config"]["activation"] = {w.pick(NAMES)}')
        w.line(f"{part} = {row}([{w.keras('layers.deserialize')}(described)])")
    elif kind == "model from config":
        owner = w.pick((f"{net}.__class__", row if is_row else model))
        w.line(f"{part} = {owner}.from_config({net}.get_config())")
    elif kind == "clone function":
        change = w.fresh("change")
        with w.function(f"def {change}(layer):"):
            with w.block(f"if isinstance(layer, {dense}):"):
                w.line(
                    w.pick((f"return {dense}(layer.units)", f"return {dense}(layer.units, activation={w.pick(NAMES)})"))
                )
            w.line("return layer.__class__.from_config(layer.get_config())")
        w.line(f"{part} = {w.keras('models.clone_model')}({net}, clone_function={change})")
    else:
        place = f"{w.tensorflow()}.kept"
        w.line(f"{place} = {net}")
        return place
    return part
