"""Models and layers as classes of the program: made in ``__init__``, used in ``call``, and all that Python adds."""

from __future__ import annotations

from tests.differential.grammar.conditions import known
from tests.differential.grammar.models import Made, class_of, functional, plain, tensors
from tests.differential.grammar.parts import activation, chain, keeper, one_layer
from tests.differential.grammar.writer import Parameter, Shape, Writer


def subclassed(w: Writer) -> Made:
    """An instance of the program's own Model class."""
    kind = w.pick(
        (
            "attributes",
            "attributes",
            "list",
            "inherits",
            "super call",
            "property",
            "build method",
            "own layer",
            "training branch",
            "functional init",
            "sequential class",
            "sequential attribute",
            "hook",
            "set later",
        )
    )
    w.tag(f"subclass: {kind}")
    if kind == "functional init":
        return _functional_init(w)
    if kind == "sequential class":
        return _sequential_class(w)
    if kind in ("inherits", "super call", "hook"):
        return _inherited(w, kind)
    return _with_call(w, kind)


def _with_call(w: Writer, kind: str) -> Made:
    name = w.fresh("Net")
    base = w.layer("Layer") if kind == "own layer" else class_of(w, "Model")
    parameter = [Parameter("act", "required")] if kind != "build method" and w.chance(40) else []
    layers: list[str] = []
    shape: Shape = ()
    with w.block(f"class {name}({base}):"):
        if kind == "property":
            w.tag("property")
        with w.function(f"def __init__(self{', act' if parameter else ''}, **kwargs):", parameter):
            w.line(w.pick(("super().__init__(**kwargs)", f"super({name}, self).__init__(**kwargs)")))
            if kind != "build method":
                layers, shape = chain(w)
                _store(w, layers, kind)
        if kind == "build method":
            with w.function("def build(self, input_shape):"):
                layers, shape = chain(w)
                _store(w, layers, kind)
                w.line("self.built = True")
        if kind == "property":
            w.line("@property")
            with w.block("def head(self):"):
                w.line(f"return self.layer_{len(layers) - 1}")
        _call(w, layers, shape, kind)
    argument = f"act={activation(w)}" if parameter else ""
    result = w.fresh("net")
    w.line(f"{result} = {name}({argument})")
    if kind == "set later":
        w.line(
            f"{result}.layer_{len(layers) - 1} = {one_layer(w, (4,), 3)[0] if len(layers) == 1 else keeper(w, (3,))}"
        )
    if kind == "own layer":
        outer = w.fresh("net")
        w.line(f"{outer} = {class_of(w, 'Sequential')}([{result}])")
        return Made(outer, "subclassed")
    return Made(result, "subclassed")


def _store(w: Writer, layers: list[str], kind: str) -> None:
    if kind == "list":
        w.line(f"self.stack = [{', '.join(layers)}]")
    elif kind == "sequential attribute":
        w.line(f"self.body = {class_of(w, 'Sequential')}([{', '.join(layers)}])")
    else:
        for index, layer in enumerate(layers):
            w.line(f"self.layer_{index} = {layer}")
    if kind == "training branch":
        w.line(f"self.last = {w.layer('Softmax')}()")


def _call(w: Writer, layers: list[str], shape: Shape, kind: str) -> None:
    signature = w.pick(("self, inputs", "self, inputs, training=None", "self, inputs, training=False, mask=None"))
    if kind == "training branch":
        signature = "self, inputs, training=False"
    helper = kind == "attributes" and w.chance(30)
    if helper:
        with w.block("def _features(self, x):"):
            w.line("return self.layer_0(x)")
    with w.function(f"def call({signature}):"):
        w.line("x = inputs")
        if kind == "list":
            with w.block("for layer in self.stack:"):
                w.line("x = layer(x)")
        elif kind == "sequential attribute":
            w.line("x = self.body(x)")
        else:
            for index in range(len(layers)):
                last = index == len(layers) - 1
                through = "self.head" if kind == "property" and last else f"self.layer_{index}"
                w.line(f"x = {'self._features' if helper and index == 0 else through}(x)")
        if kind == "training branch":
            form = w.pick(("if training:", "if not training:"))
            with w.block(form):
                w.line(w.pick(("return x", "return self.last(x)", "x = self.last(x)")))
            w.line("return x")
            return
        out, _ = tensors(w, "x", shape, eager=True, most=2)
        w.line(f"return {out}")


def _inherited(w: Writer, kind: str) -> Made:
    base, child = w.fresh("Base"), w.fresh("Child")
    layers, shape = chain(w)
    final = activation(w)
    with w.block(f"class {base}({class_of(w, 'Model')}):"):
        w.line(f"final = {final}" if final.startswith(('"', "None")) else 'final = "relu"')
        with w.block("def __init__(self):"):
            w.line("super().__init__()")
            w.line(f"self.body = {class_of(w, 'Sequential')}([{', '.join(layers)}])")
            w.line(f"self.activate = {w.layer('Activation')}({'self.final' if kind == 'hook' else repr('linear')})")
        with w.block("def head(self, x):"):
            w.line(w.pick(("return self.activate(x)", "return x", f"return {w.keras('ops.softmax')}(x)")))
        with w.block("def call(self, inputs):"):
            w.line("x = self.body(inputs)")
            w.line("return self.head(x)")
    with w.block(f"class {child}({base}):"):
        if kind == "super call":
            with w.function("def call(self, inputs):"):
                w.line("x = super().call(inputs)")
                out, _ = tensors(w, "x", shape, eager=True, most=2)
                w.line(f"return {out}")
        elif kind == "hook":
            w.line(f"final = {w.pick(('None', repr('softmax'), repr('sigmoid'), repr('tanh')))}")
        else:
            with w.function("def head(self, x):"):
                out, _ = tensors(w, "x", shape, eager=True, most=2)
                w.line(f"return {w.pick((out, f'super().head({out})'))}")
    result = w.fresh("net")
    w.line(f"{result} = {w.pick((child, child, base))}()")
    return Made(result, "subclassed")


def _functional_init(w: Writer) -> Made:
    name = w.fresh("Net")
    with w.block(f"class {name}({class_of(w, 'Model')}):"), w.function("def __init__(self, **kwargs):"):
        made = functional(w)
        w.line(f"super().__init__(inputs={made.text}.inputs, outputs={made.text}.outputs[0])")
    result = w.fresh("net")
    w.line(f"{result} = {name}()")
    return Made(result, "subclassed")


def _sequential_class(w: Writer) -> Made:
    name = w.fresh("Net")
    layers, _ = chain(w)
    with w.block(f"class {name}({class_of(w, 'Sequential')}):"), w.block("def __init__(self):"):
        if w.chance(50):
            w.line(f"super().__init__([{', '.join(layers)}])")
        else:
            w.line("super().__init__()")
            for layer in layers:
                w.line(f"self.add({layer})")
    result = w.fresh("net")
    w.line(f"{result} = {name}()")
    return Made(result, "subclassed")


def wrapped(w: Writer) -> Made:
    """A plain object of the program that keeps a model, and hands it out."""
    w.tag("trainer object")
    name = w.fresh("Trainer")
    kind = w.pick(("attribute", "method", "property", "class method", "branch"))
    with w.block(f"class {name}:"):
        with w.block("def __init__(self):"):
            w.line("self.model = self._build()")
        with w.block("def _build(self):"):
            made = plain(w)
            if kind == "branch":
                with w.block(f"if {known(w, False)}:"):
                    w.line("return None")
            w.line(f"return {made.text}")
        if kind == "property":
            w.line("@property")
        if kind == "class method":
            w.line("@classmethod")
            with w.block("def make(cls):"):
                w.line("return cls()")
        elif kind in ("method", "property"):
            with w.block("def net(self):"):
                w.line("return self.model")
    result = w.fresh("net")
    read = {"method": "().net()", "property": "().net", "class method": ".make().model"}.get(kind, "().model")
    w.line(f"{result} = {name}{read}")
    return Made(result, "wrapped")
