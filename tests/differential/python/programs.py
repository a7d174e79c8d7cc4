"""Whole programs: a few places that keep activations, what happens to them, and the losses between."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.python.blocks import block
from tests.differential.python.callables import action
from tests.differential.python.calling import call
from tests.differential.python.keeping import keep
from tests.differential.python.pen import ACTIVATIONS, DEEPEST, Pen

MOST_STATEMENTS = 70
KEPT = {
    "part": "part = {}",
    "box.last": "box = Box({})",
    "items[0]": "items = [{}]",
    "table['last']": "table = {{'last': {}}}",
    "net[1]": "net = nn.Sequential(head, {})",
    "Shared.last": "Shared.last = {}",
    "model.last": "model = Net({})",
}
_WHOLE = {"net[1]": "net(x)", "model.last": "model(x)"}
CLASSES = """\
class Box:
    def __init__(self, last):
        self.last = last
class Shared:
    last = None
class Net(nn.Module):
    def __init__(self, last):
        super().__init__()
        self.last = last
    def forward(self, x):
        return self.last(head(x))
"""


@dataclass(frozen=True)
class PythonProgram:
    """A program, and the environment variables that it reads."""

    text: str
    flags: tuple[str, ...]
    tags: frozenset[str]


def write(choices: bytes) -> PythonProgram:
    """The program that these choices lead to."""
    w = Pen(choices)
    w.need("import torch")
    w.need("from torch import nn")
    for line in CLASSES.splitlines():
        w.line(line)
    w.line("x, y = torch.ones(2, 4), torch.ones(2)")
    w.line("head = nn.Linear(4, 3)")
    w.line("criterion = nn.CrossEntropyLoss()")
    for _ in range(w.pick((1, 2, 3))):
        place = w.pick(tuple(KEPT))
        if place not in w.places:
            w.places.append(place)
            w.line(KEPT[place].format(w.pick(ACTIVATIONS)))
    for _ in range(w.pick((2, 3, 4, 5, 6))):
        statement(w)
    observe(w)
    return PythonProgram(w.text(), tuple(w.flags), frozenset(w.tags))


def statement(w: Pen) -> None:
    """One statement of any kind."""
    if w.level >= DEEPEST or len(w.lines) > MOST_STATEMENTS:
        simple(w)
        return
    kind = w.pick(("simple", "simple", "action", "call", "block", "action", "observe", "block"))
    if kind == "action":
        made = action(w, body)
        if w.level == 0:
            w.actions.append(made)
        if w.chance(60):
            call(w, made)
    elif kind == "call" and w.actions:
        call(w, w.pick(w.actions))
    elif kind == "block":
        block(w, body)
    elif kind == "observe":
        observe(w)
    else:
        simple(w)


def body(w: Pen) -> None:
    """One or two statements."""
    statement(w)
    if w.chance(35):
        statement(w)


def simple(w: Pen) -> None:
    """A statement without a body: an activation is kept, in one of the ways to say so."""
    place = w.place()
    kind = w.pick(("put", "keep", "keep", "observe", "choice", "swap", "read first"))
    if kind == "observe":
        observe(w)
    elif kind == "keep":
        keep(w, place, w.activation())
    elif kind == "choice":
        w.put(place, f"{w.activation()} if {w.flag()} else {w.activation()}")
    elif kind == "swap" and len(w.places) > 1:
        other = w.place()
        w.sets(place)
        w.sets(other)
        w.line(f"{place}, {other} = {other}, {place}")
    elif kind == "read first" and w.level == 0:
        name = w.fresh("early")
        w.line(f"{name} = {place}")
        w.places.append(name)
    else:
        w.put(place, w.activation())


def observe(w: Pen) -> None:
    """A loss reads what an activation gives."""
    if w.late:
        w.line("pass")
        return
    place = w.place()
    w.line(f"criterion({_WHOLE.get(place, f'{place}(head(x))')}, y)")
