"""Random programs run whole and as a slice: the model that meets the loss is the same, and so is the loss.

The programs pass layers and settings through lists, dictionaries, objects, functions, globals, loops and handlers, and
change them on the way in the ways that Python has.  What they build are lists of names; a stand-in for Keras makes a
model of them, so that many can be tried.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import os
import random
import types
from collections.abc import Callable
from typing import Any

import pytest

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Claim
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.child.made import Passing
from flake8_logits.verify.slices import Slice, slices
from tests.verify.unseen import UNSEEN

PROGRAMS = int(os.environ.get("FLAKE8_LOGITS_SLICES", "80"))
"""How many are tried."""

HEAD = """import keras
class Box:
    made = []
    def __init__(self, items):
        self.items = items
    def drop(self):
        self.items.pop()
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
    def __bool__(self):
        return len(self.items) % 2 == 0
    def __eq__(self, other):
        return len(self.items) == 1
    def __contains__(self, one):
        return not self.items
    def __lt__(self, other):
        return len(self.items) > len(other.items)
    def __hash__(self):
        return 1
class Base:
    seen = []
    def __init_subclass__(cls):
        Base.seen.append('relu')
REGISTER = {}
LEVEL = 0
def register(name):
    def act(function):
        REGISTER[name] = function
        return function
    return act
def cut(items):
    items.pop()
    return items
def rise():
    global LEVEL
    LEVEL += 1
def call(function, *args):
    return function(*args)
def check(items):
    return items[5]
def add(items, one='tanh'):
    items.append(one)
a = ['linear', 'softmax']
b = ['relu']
d = {'a': a, 'b': b}
loss = {'from_logits': True}
box = Box(a)
"""

STEPS = (
    "{x}.append('{w}')", "{x} = {y}", "{x} = {y} + ['{w}']", "{x} = [*{y}, '{w}']", "d['{k}'] = {x}", "{x} = d['{k}']",
    "del {x}[-1:]", "del d['{k}'][:1]", "d['{k}'].append('{w}')", "box.items = {x}", "box = Box({x})", "box.drop()",
    "Box.drop(box)", "cut({x})", "{x} = cut({y})", "call(cut, {x})", "call(box.drop)", "rise()", "call(rise)",
    "add({x})", "add(one='{w}', items={x})", "{x} += ['{w}']", "list.append({x}, '{w}')", "setattr(box, 'items', {x})",
    "{x} = list(map(str, {y}))", "[{y}.append(one) for one in ['{w}']]", "{x}.reverse()", "{x}.extend({y})",
    "box.items[0:1] = ['{w}']", "Box.made.append('{w}')", "loss['from_logits'] = LEVEL % 2 == 0", "loss.clear()",
    "it = iter([['{w}'], {y}])\nnext(it)\n{x} = next(it)", "{x}, {y} = {y}, {x}", "{x} = {y}[:]",
    "(lambda: {x}.append('{w}'))()", "f = {x}.append\nf('{w}')", "unused = len({x}) + LEVEL",
    "@register('{k}')\ndef made_{n}(items):\n    items.append('{w}')\nREGISTER['{k}']({x})",
    "class Sub{n}(Base):\n    pass\n{x} = Base.seen", "print({x})", "assert len({x}) >= 0",
    "text = '{w}'.upper()\n{x} = {x} if text else {y}",
    "match {x}:\n    case [first, *rest]:\n        {y} = rest\n    case _:\n        {y} = b",
    "global_{n} = {x}\nglobal_{n}.append('{w}')",
    "copied = dict(d)\ncopied['{k}'].append('{w}')",
    "def walk_{n}():\n    {x}.append('{w}')\n    yield {y}\nsteps = walk_{n}()\n{y} = list(steps)[0]",
    "def walk_{n}(items):\n    yield 1\n    items.append('{w}')\nsteps = walk_{n}({x})\nnext(steps)\nunused = [*steps]",
    "def late_{n}():\n    return {x}\n{x} = ['{w}', *{y}]\n{y} = late_{n}()",
    "class More{n}(Box):\n    def __init__(self):\n        super().__init__({x})\n        self.drop()\nMore{n}()",
    "late = lambda: {x}.append('{w}')\n{x} = [*{x}, '{w}']\nlate()", "{x} = [one for one in {y} if one]",
    "parts = [items.append('{w}') for items in ({x}, {y})]", "{x} = max([{x}, {y}], key=len)",
    "for one in zip([{x}], [{y}]):\n    one[0].append('{w}')", "held = ({x}, {y})\nheld[1].append('{w}')",
    "{x} = sorted({y})", "{x} = (lambda one=b: one)()", "d.update({k}={x})", "{x} = d.pop('{k}', b)\nd['{k}'] = a",
)  # fmt: skip
CONDITIONS = ("len({x}) > 2", "box", "box == 3", "'{w}' in box", "LEVEL > 1", "'{w}' in {x}", "Box({x}) < Box({y})",
              "rise() is None", "cut({x}) and True", "(n := len({x})) > 1")  # fmt: skip
WORDS = ("softmax", "linear", "relu", "sigmoid")


class Writer:
    """Writes a program from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = 0

    def program(self) -> str:
        """The text, which ends by compiling a model."""
        steps = "".join(self.step(0) for _ in range(self.random.randint(4, 12)))
        built = self.random.choice(("a", "b", "d['a']", "box.items", "d['b']", "Box.made + a"))
        after = "".join(self.step(0) for _ in range(self.random.randint(0, 2)))
        return f"{HEAD}{steps}model = keras.Model({built})\nmodel.compile('adam', loss=keras.Loss(loss))\n{after}"

    def step(self, depth: int) -> str:
        """One statement, simple or with others in it."""
        choice = self.random.random()
        if depth > 2 or choice < 0.65:
            return self.filled(self.random.choice(STEPS)) + "\n"
        body = self.block(depth)
        if choice < 0.78:
            other = f"else:\n{self.block(depth)}" if self.random.random() < 0.4 else ""
            return f"if {self.filled(self.random.choice(CONDITIONS))}:\n{body}{other}"
        if choice < 0.86:
            end = self.random.choice(("", "    if LEVEL:\n        break\n", "    if len(a) > 3:\n        continue\n"))
            return f"for turn in range({self.random.randint(0, 3)}):\n{end}{body}"
        if choice < 0.93:
            raised = self.random.choice(("check(a)", "1 / LEVEL", "d['none']", "pass", "cut(b)", "b[0]"))
            kind = self.random.choice(("", " Exception", " (IndexError, KeyError, ZeroDivisionError)"))
            return f"try:\n{body}    {raised}\n{self.block(depth)}except{kind}:\n{self.block(depth)}"
        self.number += 1
        name = f"go_{self.number}"
        called = self.filled("{x} = NAME({x}, {y})").replace("NAME", name)
        return f"def {name}(a, b):\n    global LEVEL\n{body}    return a\n{called}\n"

    def block(self, depth: int) -> str:
        """One or two statements, indented."""
        lines = "".join(self.step(depth + 1) for _ in range(self.random.randint(1, 2))).splitlines()
        return "".join(f"    {line}\n" for line in lines)

    def filled(self, template: str) -> str:
        """A template with names and words."""
        self.number += 1
        x, y = self.random.sample(["a", "b"], 2)
        return (template.replace("{x}", x).replace("{y}", y).replace("{w}", self.random.choice(WORDS))
                .replace("{k}", self.random.choice("ab")).replace("{n}", str(self.number)))  # fmt: skip


class Model:
    """What stands for a model."""

    def __init__(self, items: Any) -> None:
        self.items = list(items)
        self.given = items

    def compile(self, _optimizer: str, loss: Any) -> None:
        """The place."""
        raise Met(self.items, loss)


class Met(Passing):
    """What met: the model's layers and the loss's options."""


def whole(text: str) -> object:
    """What meets at the end of a program, or the kind of error that ends it."""
    space = {"__name__": "__main__", "print": lambda *_: None}
    text = text.replace("except:", "except Exception:").replace("import keras\n", "")
    return _ran(text, {**space, "keras": _KERAS})


def sliced(found: Slice) -> object:
    """The same of a slice."""

    def compiled(model: Any, loss: Any = None) -> None:
        raise Met(model.items, loss)

    ours: dict[str, Callable[..., Any]] = {
        "__library__": _library,
        "__meet_compile__": compiled,
        "__guarded__": lambda name, *args: None if name == "print" else getattr(builtins, name)(*args),
        "__used__": lambda *_: None,
        "__left_out__": lambda name: lambda *_: 1 / 0,
        "__made__": _made,
    }
    space = {"__name__": "__main__", "__ours__": Passing, **ours}
    return _ran(found.sources[0], space)


def _ran(text: str, space: dict[str, Any]) -> object:
    try:
        exec(compile(text, "program", "exec"), space)
    except Met as met:
        return met.args
    except Inconclusive:
        return None
    except Exception as error:
        return type(error).__name__
    return "the end"


def _library(dotted: str, _spelt: str) -> object:
    module, _, name = dotted.rpartition(".")
    if dotted == "keras" or module == "keras":
        return getattr(_KERAS, name) if module else _KERAS
    if not module:
        return importlib.import_module(name)
    return getattr(importlib.import_module(module), name)


def _made(text: str, _line: int, unknown: bool = False, *handed: object) -> object:
    """What stands for a call that is not made: an end where that could have changed what meets."""
    if unknown or handed:
        raise Inconclusive(text)
    return types.SimpleNamespace()


class Inconclusive(Passing):
    """Nothing is said of a program."""


_KERAS = types.SimpleNamespace(Model=Model, Loss=dict)


def place(text: str) -> Span:
    """Where a program compiles."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    (node,) = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "compile"]
    assert node.end_lineno is not None and node.end_col_offset is not None
    return Span("a.py", None, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def disagreement(text: str) -> str:
    """What a program and its slice make differently, empty where nothing."""
    expected = whole(text)
    if isinstance(expected, str):
        return ""  # it does not come to its place
    document = documents_of("a.py", text.encode())[0]
    claim = Claim(place(text), SiteKind.COMPILE, "", ("logits",))
    found = next(slices(document.units, "a.py", claim, None))
    got = sliced(found)
    return "" if got == expected or got is None else f"{expected} != {got}\n{text}\n-----\n{found.sources[0]}"


@pytest.mark.parametrize("seed", range(4))
def test_program_and_its_slice_agree(seed: int) -> None:
    writer = Writer(seed)
    texts = [writer.program() for _ in range(PROGRAMS // 4)]
    assert next(filter(None, map(disagreement, texts)), "") == ""
    reaching = sum(not isinstance(whole(text), str) for text in texts)
    assert reaching > len(texts) / 3


ACTS = (
    "class Own:\n    kind = 'linear'\n    def {}(self, *_):\n        self.kind = 'softmax'\n        {}\nown = Own()\n"
)
"""A class whose method changes its own object."""
CONTEXT = (
    "class Own:\n    def __init__(self, items):\n        self.items = items\n"
    "    def __enter__(self):\n        return self\n    def __exit__(self, *_):\n        self.items.append('softmax')\n"
    "own = Own(a)\n"
)
ADDS = "def act(*_):\n    a.append('softmax')\n    return 1\n"
HELD = "a = [own.kind]\n"
ASKED = "class Own:\n    @property\n    def kind(self):\n        raise AttributeError\n"
BY_HAND = {
    **{
        f"a method of the program that is called {name}": f"{ACTS.format(name, 'return 1')}own.{name}()\n{HELD}"
        for name in ("fit", "evaluate", "summary", "save", "load_weights", "export", "to_json")
    },
    **{
        f"a method called {name} that changes something else": "class Own:\n"
        f"    def {name}(self):\n        a.append('softmax')\nOwn().{name}()\n"
        for name in ("load", "download", "save_model", "plot_model", "train_on_batch")
    },
    "an attribute that is computed": "class Own:\n    def __getattr__(self, name):\n        a.append('softmax')\n"
    "        return 1\nown = Own()\nunused = own.other\n",
    "a context alone": f"{CONTEXT}with own:\n    pass\n",
    "a context in a function": f"{CONTEXT}def go():\n    with own:\n        print(1)\ngo()\n",
    "a context that is begun": "class Own:\n    kind = 'linear'\n"
    "    def __enter__(self):\n        self.kind = 'softmax'\n"
    f"    def __exit__(self, *_):\n        return None\nown = Own()\nwith own:\n    print(1)\n{HELD}",
    "a condition alone": "class Own:\n    def __bool__(self):\n        a.append('softmax')\n        return True\n"
    "own = Own()\nif own:\n    pass\n",
    "a key alone": "class Own:\n    def __hash__(self):\n        a.append('softmax')\n        return 1\n"
    "own = Own()\nunused = {own: 1}\n",
    "an error alone": "class Own(Exception):\n    def __init__(self):\n        a.append('softmax')\n"
    "try:\n    raise Own\nexcept Own:\n    pass\n",
    **{
        f"what is walked in {how}": f"{ACTS.format('__iter__', 'return iter([1])')}{how}\n{HELD}"
        for how in (
            "for one in own: print(one)",
            "one, = own",
            "one = [*own]",
            "one = 1 in own",
            "one = sum(own)",
            "one = [each for each in own]",
            "print(*own)",
        )
    },
    "what is spread as keywords": f"{ACTS.format('keys', 'return []')}unused = dict(**own)\n{HELD}",
    "what is in what is walked once": "items = iter(['linear', 'softmax'])\n'linear' in items\na = list(items)\n",
    "what is walked later": f"{ADDS}later = map(act, [1])\nfor _ in later:\n    print(1)\n",
    "what a dictionary makes": f"from collections import defaultdict\n{ADDS}table = defaultdict(act)\ntable['x']\n",
    "what a field makes": "from dataclasses import dataclass, field\n"
    f"{ADDS}@dataclass\nclass Own:\n    one: int = field(default_factory=act)\nOwn()\n",
    "what a property gives": "class Own:\n    @property\n    def items(self):\n        return a\n"
    "Own().items.append('softmax')\n",
    "a method by its name": "class Own:\n    def go(self):\n        a.append('softmax')\ngetattr(Own(), 'go')()\n",
    "a method by a name that is computed": "class Own:\n    def go(self):\n        a.append('softmax')\n"
    "name = 'go'\ngetattr(Own(), name)()\n",
    "a method that is set by its name": f"{ADDS}class Own:\n    pass\nown = Own()\nsetattr(own, 'go', act)\nown.go()\n",
    "an object that a library calls": "from functools import reduce\n"
    f"{ACTS.format('__call__', 'return 1')}reduce(own, [1, 2])\n{HELD}",
    "an attribute that is not there": f"{ASKED}a = [getattr(Own(), 'kind', 'softmax')]\n",
    "an attribute that is asked after": f"{ASKED}if not hasattr(Own(), 'kind'):\n    a.append('softmax')\n",
    "the end of what is walked": "class Own:\n    turns = 0\n    def __iter__(self):\n        return self\n"
    "    def __next__(self):\n        self.turns += 1\n        if self.turns > 2:\n            raise StopIteration\n"
    "        return 1 // (self.turns < 9)\nfor one in Own():\n    a.append('softmax')\n",
}
"""Ways in which a statement changes what meets, though nothing in it is seen to be called."""
WAYS = BY_HAND | UNSEEN


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_seen_to_be_called_is_kept(way: str) -> None:
    text = (
        f"import keras\na = ['linear']\n{WAYS[way]}model = keras.Model(a)\n"
        "model.compile('adam', loss=keras.Loss(from_logits=True))\n"
    )
    expected = whole(text)
    assert isinstance(expected, tuple) and "softmax" in expected[0]
    assert disagreement(text) == ""
