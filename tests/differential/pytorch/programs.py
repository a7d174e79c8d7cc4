"""Whole programs: a network, something that reads what it gives, and how the two meet."""

from __future__ import annotations

from flake8_logits.domain.facts import SiteKind
from tests.differential.grammar import LOSSES, Program
from tests.differential.grammar.conditions import condition
from tests.differential.grammar.indirections import obscure
from tests.differential.grammar.writer import STYLES
from tests.differential.pytorch.modules import MAKERS, nn
from tests.differential.pytorch.tensors import tensors
from tests.differential.pytorch.writer import TorchWriter

CLASSES = (
    "CrossEntropyLoss",
    "NLLLoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "KLDivLoss",
    "MultiLabelSoftMarginLoss",
    "MSELoss",
)
FUNCTIONS = (
    "cross_entropy",
    "nll_loss",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "kl_div",
    "multilabel_soft_margin_loss",
)
READERS: dict[SiteKind, tuple[str, ...]] = {
    SiteKind.CUT: (
        "{t} > 0.5",
        "{t}.round()",
        "torch.round({t})",
        "({t} >= 0.5).float()",
        "{t}.gt(0.5)",
        "torch.ge({t}, 0.5)",
    ),
    SiteKind.SAMPLE: (
        "torch.distributions.Categorical({t})",
        "torch.distributions.Categorical(logits={t})",
        "torch.distributions.Bernoulli(probs={t})",
        "torch.multinomial({t}, 1)",
    ),
    SiteKind.CHOICE: ("{t}.argmax(dim=1)", "torch.argmax({t}, 1)", "{t}.argmax(-1)", "torch.max({t}, 1)"),
    SiteKind.ACTIVATION: ("torch.softmax({t}, dim=1)", "torch.sigmoid({t})", "{t}.softmax(1)", "{t}.sigmoid()"),
    SiteKind.WRITTEN: (
        "-(y * torch.log({t} + 1e-7)).sum(1).mean()",
        "-(y * torch.log({t})).sum()",
        "-(y * {t}.log()).mean()",
        "-(y * torch.log({t}.clamp(1e-7, 1 - 1e-7))).mean()",
        "1 - 2 * (y * {t}).sum() / (y.sum() + {t}.sum())",
        "1 - (2 * torch.sum(y * {t}) + 1) / (torch.sum(y) + torch.sum({t}) + 1)",
    ),
}
WAYS = ("step", "loop", "reader", "step", "trainer", "own loss", "step", "table", "argument", "closure", "reader")


def write(choices: bytes) -> Program:
    """The program that these choices lead to."""
    w = TorchWriter(choices)
    w.style = w.pick(STYLES)
    w.flat = not w.chance(20)
    w.tag(f"torch: {'vectors' if w.flat else 'signals'}")
    asked = w.pick(WAYS)
    w.tag(f"torch asks by: {asked}")
    net = w.pick(MAKERS)(w)
    w.line(f"model = {net}")
    kind = _ask(w, asked)
    written = w.text()
    text = runnable = written
    for token, (shown, run) in w.doubles.items():
        text, runnable = text.replace(token, shown), runnable.replace(token, run)
    lines = {number for number, line in enumerate(written.splitlines(), 1) if any(token in line for token in w.doubles)}
    return Program(
        text,
        runnable,
        asked,
        tuple(w.flags),
        "torch module: training branch" in w.tags,
        (),
        frozenset(w.tags),
        LOSSES if kind is None else frozenset({kind}),
        frozenset(lines),
        w.beyond_words,
    )


def _output(w: TorchWriter, net: str) -> str:
    """What the network gives for ``x``, and a few steps on."""
    call = w.pick((f"{net}(x)", f"{net}(x)", f"{net}.forward(x)"))
    form = {
        "": (call,),
        "tuple": (f"{call}[0]", "unpacked"),
        "dict": (f'{call}["out"]', f'{call}.get("out")'),
    }[w.gives if "torch module" in " ".join(w.tags) else ""]
    chosen = w.pick(form)
    if chosen == "unpacked":
        w.line(f"out, _ = {call}")
    else:
        w.line(f"out = {chosen}")
    return tensors(w, "out", 2)


def _criterion(w: TorchWriter) -> str:
    """A loss module, also by a roundabout way."""

    def make() -> str:
        name = w.pick(CLASSES)
        w.tag(f"torch loss: {name}")
        given = w.pick(("", "", 'reduction="sum"'))
        return nn(w, f"{name}({given})")

    return obscure(w, make, make, 20, "criterion")


def _meets(w: TorchWriter, criterion: str, tensor: str) -> str:
    """A call of a loss; where the program runs, the tensor is measured instead."""
    form = w.pick(("{c}({t}, y)", "{c}({t}, y)", "{c}(input={t}, target=y)", "{c}({t}, target=y)"))
    return w.instead(form.format(c=criterion, t=tensor), f"_observation({criterion}, {tensor})")


def _function(w: TorchWriter) -> str:
    name = w.pick(FUNCTIONS)
    w.tag(f"torch loss: {name}")
    w.need("import torch.nn.functional as F")
    return f"F.{name}"


def _ask(w: TorchWriter, asked: str) -> SiteKind | None:
    if asked == "reader":
        return _ask_by_reading(w)
    if asked == "trainer":
        _ask_by_trainer(w)
    elif asked == "own loss":
        _ask_by_own_loss(w)
    elif asked == "loop":
        _ask_in_a_loop(w)
    else:
        _ask_in_a_step(w, asked)
    return None


def _called(w: TorchWriter) -> None:
    w.need("import torch")
    w.line(f"step(torch.ones({'2, 4' if w.flat else '2, 4, 5'}), torch.ones(2))")


def _ask_in_a_step(w: TorchWriter, asked: str) -> None:
    parameters = "x, y"
    criterion = _function(w) if asked == "step" and w.chance(50) else ""
    if asked == "table":
        w.line(f'losses = {{"a": {_criterion(w)}, "b": {_criterion(w)}}}')
        criterion = f"losses[{obscure(w, lambda: repr('a'), lambda: repr('b'), 50, 'key')}]"
    elif asked == "argument":
        w.line(f"criterion = {_criterion(w)}")
        parameters, criterion = "x, y, loss_fn=criterion", "loss_fn"
    elif not criterion:
        criterion = "criterion"
        if w.chance(25):
            with w.block(f"if {condition(w)[0]}:"):
                w.line(f"criterion = {_criterion(w)}")
            with w.block("else:"):
                w.line(f"criterion = {_criterion(w)}")
        else:
            w.line(f"criterion = {_criterion(w)}")
    if asked == "closure":
        with w.function("def make():"):
            with w.function("def inner(x, y):"):
                w.line(f"return {_meets(w, criterion, _output(w, 'model'))}")
            w.line("return inner")
        w.line("step = make()")
    else:
        with w.function(f"def step({parameters}):"):
            out = _output(w, "model")
            w.line(f"loss = {_meets(w, criterion, out)}")
            w.line("return loss")
    _called(w)


def _ask_in_a_loop(w: TorchWriter) -> None:
    w.need("import torch")
    w.line("optimizer = torch.optim.SGD(model.parameters(), lr=0.0)")
    w.line(f"criterion = {_criterion(w)}")
    with w.function("def step(x, y, epochs=1):"):
        with w.block("for epoch in range(epochs):"):
            w.line("optimizer.zero_grad()")
            if w.chance(40):
                with w.block(w.pick(("with torch.no_grad():", "with torch.enable_grad():"))):
                    out = _output(w, "model")
                    w.line(f"loss = {_meets(w, 'criterion', out)}")
            else:
                w.line('x, y = x.to("cpu"), y.to("cpu")')
                out = _output(w, "model")
                w.line(f"loss = {_meets(w, 'criterion', out)}")
        w.line("return loss")
    _called(w)


def _ask_by_trainer(w: TorchWriter) -> None:
    kind = w.pick(("plain", "module", "method"))
    w.tag(f"torch trainer: {kind}")
    base = f"({nn(w, 'Module')})" if kind == "module" else ""
    with w.block(f"class Trainer{base}:"):
        with w.block("def __init__(self, net):"):
            if base:
                w.line("super().__init__()")
            w.line("self.net = net")
            w.line(f"self.criterion = {_criterion(w)}")
        if kind == "method":
            with w.block("def measure(self, answer, y):"):
                w.line(f"return {_meets(w, 'self.criterion', 'answer')}")
        with w.function("def training_step(self, x, y):"):
            out = _output(w, "self.net")
            w.line(
                f"return self.measure({out}, y)" if kind == "method" else f"return {_meets(w, 'self.criterion', out)}"
            )
    w.line("trainer = Trainer(model)")
    with w.block("def step(x, y):"):
        w.line("return trainer.training_step(x, y)")
    _called(w)


def _ask_by_own_loss(w: TorchWriter) -> None:
    kind = w.pick(("module", "function", "stored"))
    w.tag(f"torch own loss: {kind}")
    if kind == "function":
        with w.function("def own(answer, y):"):
            w.line(f"return {_meets(w, _function(w), tensors(w, 'answer', 1))}")
        own = "own"
    else:
        with w.block(f"class Own({nn(w, 'Module')}):"):
            with w.block("def __init__(self):"):
                w.line("super().__init__()")
                w.line(f"self.inner = {_criterion(w)}")
            with w.function("def forward(self, answer, y):"):
                out = tensors(w, "answer", 1)
                w.line(f"return {_meets(w, 'self.inner' if kind == 'stored' else _function(w), out)}")
        own = "Own()"
    with w.function("def step(x, y):"):
        out = _output(w, "model")
        w.line(f"return {own}({out}, y)")
    _called(w)


def _ask_by_reading(w: TorchWriter) -> SiteKind:
    w.need("import torch")
    kind = w.pick(tuple(READERS))
    w.tag(f"torch reader: {kind.name.lower()}")
    with w.function("def step(x, y):"):
        out = _output(w, "model")
        form = w.pick(READERS[kind])
        w.line(f"return {w.instead(form.format(t=out), f'_observation(None, {out})')}")
    _called(w)
    return kind
