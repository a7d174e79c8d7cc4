"""What programs do to tensors: functions, methods, arithmetic, other axes."""

from __future__ import annotations

from tests.differential.grammar.conditions import condition
from tests.differential.pytorch.writer import TorchWriter

FUNCTIONS = (
    "{F}softmax({t}, dim=1)",
    "{F}log_softmax({t}, dim=1)",
    "torch.sigmoid({t})",
    "{F}softmax({t}, dim=-1)",
    "torch.softmax({t}, 1)",
    "torch.log_softmax({t}, dim=-1)",
    "{F}sigmoid({t})",
    "{F}logsigmoid({t})",
    "{F}relu({t})",
    "torch.tanh({t})",
    "torch.special.expit({t})",
    "torch.special.log_softmax({t}, 1)",
    "{F}softmax({t}, dim=0)",
    "{F}softplus({t})",
    "{F}dropout({t}, 0.0)",
    "{F}softmin({t}, dim=1)",
    "{F}normalize({t}, dim=1)",
    "torch.nan_to_num({t})",
    "torch.log({t} + 1e-7)",
    "torch.log({t})",
    "torch.exp({t})",
    "torch.clamp({t}, 1e-7, 1 - 1e-7)",
    "torch.clamp({t}, min=1e-7)",
    "torch.where({t} > 0, {t}, 0 * {t})",
    "torch.flatten({t}, 1)",
    "torch.cat([{t}, {t}], dim=1)",
    "torch.cat([1 - {t}, {t}], dim=1)",
    "torch.stack([{t}, {t}]).mean(0)",
    "torch.stack(({t}, {t}), dim=1)",
    "torch.squeeze({t})",
    "torch.unsqueeze({t}, 1)",
    "torch.max({t}, dim=1)[0]",
    "torch.logsumexp({t}, dim=1, keepdim=True)",
    "torch.einsum('n...i,n...i->n...', {t}, {t})",
    "torch.matmul({t}, {t}.transpose(-1, -2))",
)
METHODS = (
    "{t}.softmax(-1)",
    "{t}.softmax(dim=1)",
    "{t}.log_softmax(1)",
    "{t}.sigmoid()",
    "{t}.log()",
    "{t}.exp()",
    "{t}.softmax(dim=1).log()",
    "({t}.sigmoid() + 1e-7).log()",
    "{t}.log_softmax(-1).exp()",
    "{t}.view({t}.size(0), -1)",
    "{t}.reshape(-1, {t}.shape[-1])",
    "{t}.flatten(1)",
    "{t}.squeeze(-1)",
    "{t}.unsqueeze(-1)",
    "{t}.transpose(0, 1)",
    "{t}.transpose(-1, -2)",
    "{t}.t()",
    "{t}.permute(1, 0)",
    "{t}.permute(0, 2, 1)",
    "{t}.contiguous()",
    "{t}.detach()",
    "{t}.float()",
    "{t}.to('cpu')",
    "{t}.clone()",
    "{t}.clamp(min=1e-7, max=1 - 1e-7)",
    "{t}.relu()",
    "{t}.tanh()",
    "{t}.mean(dim=1)",
    "{t}.sum(dim=1)",
    "{t}.amax(1)",
    "{t}.masked_fill({t} < 0, 0.0)",
    "{t}.chunk(2, dim=1)[0]",
    "{t}.split(1, dim=1)[0]",
    "{t}.unbind(0)[0]",
    "{t}.type(torch.float32)",
    "{t}.sqrt()",
    "{t}.square()",
    "{t}.abs()",
    "{t}.neg()",
    "{t}.mul(2.0)",
    "{t}.div(0.7)",
    "{t}.cumsum(1)",
    "{t}.flip(1)",
    "{t}.repeat(1, 2)",
    "{t}.gather(1, torch.zeros(len({t}), 1, dtype=torch.long))",
)
ARITHMETIC = (
    "{t} / 2.0",
    "1 - {t}",
    "{t} * 0.5",
    "-{t}",
    "{t} + 1e-7",
    "{t} / {t}.sum(dim=1, keepdim=True)",
    "{t}.exp() / {t}.exp().sum(1, keepdim=True)",
    "1 / (1 + torch.exp(-{t}))",
    "{t} - {t}.logsumexp(dim=1, keepdim=True)",
    "({t} - {t}.amax(1, keepdim=True)).softmax(1)",
    "{t} ** 2",
    "{t} * {t}",
    "{t} + {t}",
    "({t} + 1) / 2",
    "{t} @ {t}.transpose(-1, -2)",
)
ITEMS = ("{t}[:, 0]", "{t}[:, :1]", "{t}[..., 0]", "{t}[0]", "{t}[1:]", "{t}[:, 1:]", "{t}[:, None]", "{t}[..., -1:]")
KINDS = {"function": FUNCTIONS, "method": METHODS, "arithmetic": ARITHMETIC, "item": ITEMS}
MOVING = ("transpose", "permute", ".t()", "reshape", "view")
"""What may bring a distribution back that was none on the way: whether it is one then is a matter of words."""
OF_VECTORS = frozenset({"{t}.t()", "{t}.permute(1, 0)"})
OF_SIGNALS = frozenset({"{t}.permute(0, 2, 1)"})
OF_ONE_SAMPLE = frozenset({"{t}[0]", "{t}.unbind(0)[0]"})
LIKELY = 8
"""The first of each kind stand for most of what programs do."""


def operation(w: TorchWriter, tensor: str) -> str:
    """An expression that makes something of a tensor."""
    kind = w.pick(("function", "method", "function", "method", "arithmetic", "item"))
    if w.sample:
        # Of one sample, the first axis may be the classes; how many axes there are is not followed.
        kind = w.pick(("function", "method"))
    forms = KINDS[kind]
    form = w.pick(forms[:LIKELY] if w.chance(40) or w.sample else forms)
    if form in (OF_SIGNALS if w.flat else OF_VECTORS):
        form = forms[0]
    w.sample |= form in OF_ONE_SAMPLE
    w.tag(f"torch {kind}: {form}")
    w.beyond_words |= any(word in form for word in MOVING)
    if "torch." in form:
        w.need("import torch")
    functional = ""
    if "{F}" in form:
        w.need("import torch.nn.functional as F" if w.style != "layers" else "from torch.nn import functional as F")
        functional = "F."
    return form.format(t=tensor, F=functional)


def tensors(w: TorchWriter, start: str, most: int) -> str:
    """Statements that lead from a tensor to another; the expression that stands for it."""
    name = start
    for _ in range(w.pick((0, 1, 0, 1, most))):
        text = operation(w, name if "[" not in name else f"({name})")
        target = w.pick((w.fresh("t"), name))
        if w.chance(12):
            w.tag("torch: in a branch")
            if target != name:
                w.line(f"{target} = {name}")
            with w.block(f"if {condition(w)[0]}:"):
                w.line(f"{target} = {text}")
        else:
            w.line(f"{target} = {text}")
        name = target
    return name
