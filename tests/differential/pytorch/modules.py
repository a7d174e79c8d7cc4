"""Modules as programs write them: layers, activations, containers, classes with ``forward``."""

from __future__ import annotations

from tests.differential.grammar.conditions import condition
from tests.differential.grammar.indirections import obscure
from tests.differential.pytorch.tensors import tensors
from tests.differential.pytorch.writer import TorchWriter

ACTIVATIONS = (
    "Softmax(dim=1)",
    "Identity()",
    "Sigmoid()",
    "LogSoftmax(dim=1)",
    "Softmax(dim=-1)",
    "Identity()",
    "LogSoftmax(dim=-1)",
    "LogSigmoid()",
    "ReLU()",
    "Tanh()",
    "Softmax(1)",
    "Softmax(dim=0)",
    "Softplus()",
    "GELU()",
    "ELU()",
    "LeakyReLU(0.3)",  # with its own slope of 0.01, two of them leave nothing below zero that numbers would show
    "Hardsigmoid()",
    "Softmin(dim=1)",
    "SiLU()",
    "SELU()",
    "Softsign()",
    "ReLU6()",
    "LogSoftmax(dim=0)",
    "Mish()",
    "Softmax(dim=-2)",
    "Hardtanh()",
)
KEEPERS = ("Dropout(0.2)", "Flatten()", "Identity()", "Unflatten(1, (1, -1))", "PReLU()")


def nn(w: TorchWriter, name: str) -> str:
    """How this program spells something of ``torch.nn``; programs keep to one way."""
    if w.style in ("keras", "tf.keras", "keras as k"):
        w.need("import torch")
        return f"torch.nn.{name}"
    if w.style in ("names", "aliases"):
        head = name.partition("(")[0]
        w.need(f"from torch.nn import {head}")
        return name
    w.need("from torch import nn" if w.style == "layers" else "import torch.nn as nn")
    return f"nn.{name}"


def activation(w: TorchWriter) -> str:
    """A module that activates, also by a roundabout way."""

    def make() -> str:
        w.tag("torch: activation module")
        return nn(w, w.pick(ACTIVATIONS))

    return obscure(w, make, make, 20, "activation")


def layers_of(w: TorchWriter) -> list[str]:
    """The modules of a small network: perhaps a hidden one, a head, perhaps a tail."""
    layers: list[str] = []
    size = 4
    if w.flat:
        for _ in range(w.pick((0, 1, 0, 2))):
            layers += [nn(w, f"Linear({size}, 5)"), nn(w, w.pick(("ReLU()", "Tanh()", "Softmax(dim=1)", "GELU()")))]
            size = 5
        layers.append(
            nn(w, w.pick((f"Linear({size}, 3)", f"Linear({size}, 3)", "LazyLinear(3)", f"Linear({size}, 1)")))
        )
    else:
        layers.append(nn(w, w.pick((f"Conv1d({size}, 3, 1)", f"Conv1d({size}, 3, kernel_size=1)", "Linear(5, 3)"))))
    for _ in range(w.pick((0, 1, 1, 0, 2))):
        if w.chance(70):
            layers.append(activation(w))
        else:
            keeper = w.pick(KEEPERS)
            w.tag(f"torch: {keeper.partition('(')[0]}")
            layers.append(nn(w, keeper))
    return layers


def sequential(w: TorchWriter) -> str:
    """An ``nn.Sequential``, made in one of its ways; the name of it."""
    kind = w.pick(("positional", "ordered", "append", "add_module", "star", "assigned", "branch", "functional item"))
    w.tag(f"torch sequential: {kind}")
    layers = layers_of(w)
    name = w.fresh("net")
    make = nn(w, "Sequential")
    if kind == "ordered":
        w.need("from collections import OrderedDict")
        items = ", ".join(f'("part{index}", {layer})' for index, layer in enumerate(layers))
        w.line(f"{name} = {make}(OrderedDict([{items}]))")
    elif kind in ("append", "add_module", "branch"):
        w.line(f"{name} = {make}()")
        for index, layer in enumerate(layers):
            last = index == len(layers) - 1
            if kind == "branch" and last and index:
                with w.block(f"if {condition(w)[0]}:"):
                    w.line(f"{name}.append({layer})")
                if w.chance(40):
                    with w.block("else:"):
                        w.line(f"{name}.append({activation(w)})")
            elif kind == "add_module":
                w.line(f'{name}.add_module("part{index}", {layer})')
            else:
                w.line(f"{name}.append({layer})")
    elif kind == "star":
        items = w.fresh("stack")
        w.line(f"{items} = [{', '.join(layers)}]")
        if w.chance(50):
            w.line(f"{items}.append({activation(w)})")
        w.line(f"{name} = {make}(*{items})")
    else:
        w.line(f"{name} = {make}({', '.join(layers)})")
        if kind == "assigned":
            w.line(f"{name}[{w.pick((len(layers) - 1, -1))}] = {activation(w) if len(layers) > 1 else layers[0]}")
        elif kind == "functional item" and len(layers) > 1:
            w.line(f"{name} = {name}[:-1]")
    return name


def module(w: TorchWriter) -> str:
    """An instance of a class with ``forward``; the name of it."""
    kind = w.pick(
        (
            "attributes",
            "attributes",
            "body",
            "module list",
            "module dict",
            "inherits",
            "super forward",
            "training branch",
            "option",
            "helper",
            "sequential class",
        )
    )
    w.tag(f"torch module: {kind}")
    if kind in ("inherits", "super forward"):
        return _inherited(w, kind)
    name, result = w.fresh("Net"), w.fresh("net")
    base = nn(w, "Sequential" if kind == "sequential class" else "Module")
    with w.block(f"class {name}({base}):"):
        with w.block(f"def __init__(self{', soft=True' if kind == 'option' else ''}):"):
            layers = layers_of(w)
            if kind == "sequential class":
                w.line(f"super().__init__({', '.join(layers)})")
            else:
                w.line(w.pick(("super().__init__()", f"super({name}, self).__init__()")))
                _keep(w, layers, kind)
        if kind != "sequential class":
            _forward(w, len(layers), kind)
    given = w.pick(("", "soft=False", "True")) if kind == "option" else ""
    w.line(f"{result} = {name}({given})")
    return result


def _keep(w: TorchWriter, layers: list[str], kind: str) -> None:
    if kind in ("module list", "module dict"):
        text = f"[{', '.join(layers)}]"
        if kind == "module dict":
            text = "{" + ", ".join(f'"part{index}": {layer}' for index, layer in enumerate(layers)) + "}"
        w.line(f"self.stack = {nn(w, 'ModuleList' if kind == 'module list' else 'ModuleDict')}({text})")
    elif kind == "body":
        w.line(f"self.body = {nn(w, 'Sequential')}({', '.join(layers)})")
    else:
        for index, layer in enumerate(layers):
            w.line(f"self.layer_{index} = {layer}")
    if kind in ("training branch", "option"):
        w.line(f"self.last = {nn(w, w.pick(('Softmax(dim=1)', 'Sigmoid()', 'LogSoftmax(dim=1)')))}")
    if kind == "option":
        w.line("self.soft = soft")


def _forward(w: TorchWriter, count: int, kind: str) -> None:
    if kind == "helper":
        with w.block("def features(self, x):"):
            w.line("return self.layer_0(x)")
    with w.function("def forward(self, x):"):
        if kind == "module list":
            with w.block(w.pick(("for layer in self.stack:", "for index, layer in enumerate(self.stack):"))):
                w.line("x = layer(x)")
        elif kind == "module dict":
            form = w.pick(("values", "keys"))
            if form == "values":
                with w.block("for layer in self.stack.values():"):
                    w.line("x = layer(x)")
            else:
                for index in range(count):
                    w.line(f'x = self.stack["part{index}"](x)')
        elif kind == "body":
            w.line(w.pick(("x = self.body(x)", "x = self.body.forward(x)")))
        else:
            for index in range(count):
                w.line(f"x = self.{'features' if kind == 'helper' and not index else f'layer_{index}'}(x)")
        if kind == "training branch":
            with w.block(w.pick(("if self.training:", "if not self.training:"))):
                w.line(w.pick(("return x", "return self.last(x)")))
        elif kind == "option":
            with w.block(w.pick(("if self.soft:", "if not self.soft:"))):
                w.line("x = self.last(x)")
        out = tensors(w, "x", 3)
        gives = w.pick(("", "", "", "tuple", "dict")) if kind != "training branch" else ""
        if gives:
            w.tag(f"torch: forward gives a {gives}")
            w.gives = gives
        w.line({"": f"return {out}", "tuple": f"return {out}, x", "dict": f'return {{"out": {out}, "x": x}}'}[gives])


def _inherited(w: TorchWriter, kind: str) -> str:
    base, child, result = w.fresh("Base"), w.fresh("Child"), w.fresh("net")
    with w.block(f"class {base}({nn(w, 'Module')}):"):
        with w.block("def __init__(self):"):
            w.line("super().__init__()")
            w.line(f"self.body = {nn(w, 'Sequential')}({', '.join(layers_of(w))})")
        with w.block("def head(self, x):"):
            w.line(f"return {tensors(w, 'x', 1)}")
        with w.block("def forward(self, x):"):
            w.line("return self.head(self.body(x))")
    with w.block(f"class {child}({base}):"), w.function(f"def {'head' if kind == 'inherits' else 'forward'}(self, x):"):
        if kind == "super forward":
            w.line("x = super().forward(x)")
        w.line(f"return {tensors(w, 'x', 2)}")
    w.line(f"{result} = {w.pick((child, child, base))}()")
    return result


def _built(w: TorchWriter) -> str:
    """What a function gives that builds a network."""
    name, result = w.fresh("build"), w.fresh("net")
    w.tag("torch: builder")
    kind = w.pick(("no parameter", "activation", "flag"))
    parameter = {"no parameter": "", "activation": "last", "flag": "soft=False"}[kind]
    with w.function(f"def {name}({parameter}):"):
        inner = sequential(w)
        if kind == "activation":
            w.line(f"{inner}.append(last)")
        elif kind == "flag":
            with w.block("if soft:"):
                w.line(f"{inner}.append({nn(w, 'Softmax(dim=1)')})")
        w.line(f"return {inner}")
    given = {"no parameter": "", "activation": activation(w), "flag": w.pick(("", "True", "soft=True"))}[kind]
    w.line(f"{result} = {name}({given})")
    return result


def _around(w: TorchWriter) -> str:
    """A network in another one, or what is wrapped around it."""
    inner, result = sequential(w), w.fresh("outer")
    w.tag("torch: network within a network")
    kind = w.pick(("sequential", "to", "parallel", "chain", "frozen"))
    text = {
        "sequential": f"{nn(w, 'Sequential')}({inner}, {activation(w)})",
        "to": f'{inner}.to("cpu")',
        "parallel": f"{nn(w, 'DataParallel')}({inner})",
        "chain": f"{inner}.train().float()",
        "frozen": f"{inner}.requires_grad_(True)",
    }[kind]
    w.line(f"{result} = {text}")
    return result


MAKERS = (sequential, module, module, sequential, _built, _around, module)
