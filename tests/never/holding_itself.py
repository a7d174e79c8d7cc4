"""Things that hold themselves, given to each kind of library function, to methods and to operators."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from flake8_logits.interpret import registered
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.catalogue import rows

assert registered.REGISTERED, "importing it fills the table of library functions"

THINGS = {
    "list": "x = []\nx.append(x)\n",
    "list among numbers": "x = [0.5]\nx.append([x])\nx[0] = x[1]\n",
    "tuple": "y = []\nx = (y,)\ny.append(x)\n",
    "dict": "x = {}\nx['a'] = x[0] = x['loss'] = x['params'] = x\n",
    "iterator": "y = []\nx = (z for z in y)\ny.append(x)\nx = iter([x])\ny[0] = x\n",
    "partial": "import functools\nx = []\nx.append(functools.partial(print, x))\nx = functools.partial(x[0], x)\n",
    "function": "def x(*given):\n    return x\nx.a = x\n",
    "object": "class Thing:\n    pass\nx = Thing()\nx.a = x.model = x\nx.layers = [x]\n",
    "Keras model": "x = keras.Sequential()\nx.add(x)\n",
    "torch module": (
        "class Net(torch.nn.Module):\n    def forward(self, z):\n        return self.a(z)\nx = Net()\nx.a = x\n"
    ),
    "Keras model of a list": "y = []\ny.append(y)\nx = keras.Model(keras.Input((3,)), y)\n",
    "list often": "x = []\n" + "x.append(x)\n" * 30,
    "dict often": "x = {}\n" + "".join(f"x[{i}] = x\n" for i in range(30)),
    "torch chain": "x = torch.nn.Sequential()\nx.append(x)\n",
    "torch list": "x = torch.nn.ModuleList()\nx.append(x)\n",
}
METHODS = (
    "add",
    "append",
    "apply",
    "argmax",
    "backward",
    "batch",
    "build",
    "call",
    "children",
    "clear",
    "compile",
    "copy",
    "count",
    "detach",
    "eval",
    "evaluate",
    "extend",
    "fit",
    "forward",
    "from_config",
    "get",
    "get_config",
    "get_layer",
    "index",
    "init",
    "insert",
    "items",
    "keys",
    "load_state_dict",
    "log",
    "map",
    "mean",
    "modules",
    "named_modules",
    "numpy",
    "parameters",
    "permute",
    "pop",
    "predict",
    "remove",
    "reshape",
    "reverse",
    "save",
    "setdefault",
    "sigmoid",
    "softmax",
    "sort",
    "state_dict",
    "sum",
    "summary",
    "to",
    "tolist",
    "train",
    "train_on_batch",
    "update",
    "values",
    "view",
)
OTHERS = (
    "x(x)", "x + x", "x @ x", "x * 3", "x[x]", "x[:]", "x == x", "x < x", "x in x", "not x", "-x", "x if x else x",
    "[*x, x]", "{**x}", "print(*x, **x)", "f'{x}'", "'%s' % x", "[z for y in x for z in y]", "{y: x for y in x}",
    "[a, *b] = x", "x += x", "x[0] = x", "del x[0]", "for y in x:\n    y(x)", "with x as y:\n    y(x)", "assert x",
    "x.layers[0]", "x.layers[-1].output", "keras.Model(x, x)", "keras.Model(x.input, x.layers[-2].output)",
    "match x:\n    case [y, *z]: pass\n    case {'a': y}: pass", "while x:\n    x = x[0]", "raise x from x",
)  # fmt: skip


def _names() -> list[str]:
    """Names of library functions: one of each function of ours that answers for them, and one of each kind of row."""
    kinds: dict[object, str] = {}
    for name in models_library:
        function = models_library.find(name)
        kinds.setdefault(getattr(function, "__code__", function), name)
    for row in rows():
        kinds.setdefault((type(row), type(getattr(row, "effect", None))), row.name)
    return sorted(name for name in kinds.values() if _can_be_written(name))


def _can_be_written(name: str) -> bool:
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split("."))


def _calls(name: str) -> str:
    home, _, last = name.rpartition(".")
    imported = f"import {home}\n" if home and home != "builtins" else ""
    called = last if home == "builtins" else name
    given = ("x", "x, x", "x, x, x", "[x], axis=x, dim=x", "logits=x, labels=x, y_true=x, y_pred=x, inputs=x")
    return imported + "".join(_tried(f"{called}({one})(x)") for one in given)


def _tried(statement: str) -> str:
    body = statement.replace("\n", "\n    ")
    return f"try:\n    {body}\nexcept Exception:\n    pass\n"


def programs() -> Iterator[tuple[str, str]]:
    """Programs, each with its name, to be put behind others."""
    methods = [_tried(f"x.{name}({given})") for name in METHODS for given in ("", "x", "x, x", "loss=x, optimizer=x")]
    uses = [*map(_calls, _names()), "".join(methods), *map(_tried, OTHERS)]
    for name, made in THINGS.items():
        for first in range(0, len(uses), 20):
            yield f"{name} {first}", "import torch\n" + made + "".join(uses[first : first + 20])
