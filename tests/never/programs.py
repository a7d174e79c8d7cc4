"""Programs about models with one thing in excess: ``PROGRAMS[name](n)`` has it about n times.  All of them parse."""

from __future__ import annotations

from tests.never.shapes import Shape

HEAD = "import keras\nfrom keras import layers\n"
COMPILE = "model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))\n"


def _lines(line: str, before: str = "", after: str = COMPILE) -> Shape:
    return lambda n: HEAD + before + "".join(line.format(i=i, j=i + 1) + "\n" for i in range(n)) + after


PROGRAMS: dict[str, Shape] = {
    "layers added": _lines("model.add(layers.Dense({i}, activation='sigmoid'))", "model = keras.Sequential()\n"),
    "layers called": _lines(
        "x = layers.Dense({i})(x)", "x = i = keras.Input((3,))\n", "model = keras.Model(i, x)\n" + COMPILE
    ),
    "layers inside one another": lambda n: (
        f"{HEAD}x = i = keras.Input((3,))\nx = {'layers.Dense(1)(' * n}x{')' * n}\nmodel = keras.Model(i, x)\n{COMPILE}"
    ),
    "layers in a list": lambda n: f"{HEAD}model = keras.Sequential([{'layers.Dense(10), ' * n}])\n{COMPILE}",
    "models inside one another": _lines("model = keras.Sequential([model])", "model = layers.Dense(1)\n"),
    "copies of a list": _lines("a = a + a", "a = [layers.Dense(1)]\n", "model = keras.Sequential(a)\n" + COMPILE),
    "tuple of itself twice": _lines("a = (a, a)", "a = layers.Dense(1)\n", "model = keras.Sequential(a)\n" + COMPILE),
    "list of itself twice": _lines("a = [a, a]", "a = layers.Dense(1)\n", "model = keras.Sequential(a)\n" + COMPILE),
    "dict of itself twice": _lines("a = {{1: a, 2: a}}", "a = layers.Dense(1)\n", "model = a[1][2][1]\n" + COMPILE),
    "tuple of itself, compared": _lines("a = (a, a) if a == (a, b) else (a, a, a)", "a = b = layers.Dense(1)\n"),
    "choices of tuples": _lines("if c{i}:\n    a = (a, a)", "a = (layers.Dense(1), 2)\n", "model = a[0]\n" + COMPILE),
    "tensors added to themselves": _lines("x = x + x", "x = i = keras.Input((3,))\n", "model = keras.Model(i, x)\n"),
    "long dict": lambda n: f"{HEAD}a = {{{', '.join(f'{i}: {i}' for i in range(n * 20))}}}\nmodel = a[7]\n{COMPILE}",
    "dict filled": _lines("a[{i}] = layers.Dense({i})", "a = {}\n", "model = a[7]\n" + COMPILE),
    "list filled": _lines("a.append(layers.Dense({i}))", "a = []\n", "model = keras.Sequential(a)\n" + COMPILE),
    "list in itself": _lines("a.append(a)", "a = []\n", "model = keras.Sequential(a)\n" + COMPILE),
    "model in itself": _lines("model.add(model)", "model = keras.Sequential()\n"),
    "branches one after the other": _lines(
        "if flag{i}:\n    x = layers.Dense({i}, activation=act{i})(x)",
        "x = i = keras.Input((3,))\n",
        "model = keras.Model(i, x)\n" + COMPILE,
    ),
    "choices of one name": _lines(
        "if mode == {i}:\n    act = 'softmax' if flag{i} else None",
        "act = None\n",
        "model = keras.Sequential([layers.Dense(1, activation=act)])\n" + COMPILE,
    ),
    "functions calling the next": _lines(
        "def f{i}(x):\n    return f{j}(layers.Dense(1)(x))", after="model = keras.Model(i, f0(i))\n" + COMPILE
    ),
    "functions calling the next twice": _lines(
        "def f{i}(x):\n    return f{j}(x) + f{j}(f{j}(x))", after="model = keras.Model(i, f0(i))\n" + COMPILE
    ),
    "function calling itself": _lines(
        "x = f(x)", "def f(x):\n    return f(layers.Dense(1)(f(x)))\n", "model = keras.Model(x, x)\n" + COMPILE
    ),
    "functions calling one another": lambda n: (
        HEAD
        + "".join(f"def f{i}(x):\n    return f{(i * 7 + 1) % n}(x) + f{(i * 5 + 3) % n}(x)\n" for i in range(n))
        + f"model = keras.Model(x, f0(x))\n{COMPILE}"
    ),
    "loops inside one another": lambda n: (
        HEAD
        + "model = keras.Sequential()\n"
        + "".join(" " * d + f"for i{d} in range(50):\n" for d in range(min(n, 90)))
        + " " * min(n, 90)
        + "model.add(layers.Dense(1))\n"
        + COMPILE
    ),
    "loops inside one another, of unknown length": lambda n: (
        HEAD
        + "model = keras.Sequential()\n"
        + "".join(" " * d + f"for i{d} in rows{d}:\n" for d in range(min(n, 90)))
        + " " * min(n, 90)
        + "model = keras.Sequential([model])\n"
        + COMPILE
    ),
    "while without end": _lines("while True:\n    model.add(layers.Dense(1))", "model = keras.Sequential()\n"),
    "classes inheriting": _lines(
        "class M{j}(M{i}):\n    def call(self, x):\n        return super().call(x)",
        "class M0(keras.Model):\n    def call(self, x):\n        return x\n",
        "model = M1()\n" + COMPILE,
    ),
    "class inheriting from itself": _lines(
        "class M(M):\n    def call(self, x):\n        return super().call(x)",
        "M = keras.Model\n",
        "model = M()\n" + COMPILE,
    ),
    "class of circular bases": _lines("class A(B):\n    pass\nclass B(A):\n    pass", after="model = A()\n" + COMPILE),
    "closures": lambda n: (
        HEAD
        + "".join(" " * d + f"def f{d}(x):\n" for d in range(min(n, 90)))
        + " " * min(n, 90)
        + "return layers.Dense(1)(x)\n"
        + f"model = keras.Model(x, f0(x))\n{COMPILE}"
    ),
    "heads": lambda n: (
        HEAD + f"model = keras.Model(x, [{'layers.Dense(1)(x), ' * n}])\n"
        f"model.compile(loss=[{'keras.losses.BinaryCrossentropy(from_logits=True), ' * n}])\n"
    ),
    "losses": _lines(COMPILE.strip(), "model = keras.Sequential([layers.Dense(1, activation='sigmoid')])\n"),
    "comprehension over a comprehension": lambda n: (
        f"{HEAD}a = {'[y for y in ' * min(n, 150)}range(9){']' * min(n, 150)}\n"
        f"model = keras.Sequential([layers.Dense(i) for i in a for j in a for k in a])\n{COMPILE}"
    ),
    "names unpacked": lambda n: (
        HEAD + ", ".join(f"a{i}" for i in range(n)) + f", *rest = range({n})\nmodel = keras.Sequential(rest)\n{COMPILE}"
    ),
    "text grown": _lines("a = a + a", "a = 'softmax'\n", "model = layers.Dense(1, activation=a)\n" + COMPILE),
    "number grown": _lines("a = a ** a", "a = 3\n", "model = layers.Dense(a)\n" + COMPILE),
    "attributes set": _lines("model.a{i} = model", "model = keras.Sequential([layers.Dense(1)])\n"),
    "copies of a module": _lines(
        "b{i} = copy.copy(b)\n" * 5,
        "import copy, torch\nclass Net(torch.nn.Module):\n"
        "    def __init__(self):\n        self.head = torch.nn.Linear(1, 1)\nb = Net()\n",
        "b.head = torch.nn.Linear(2, 2)\n" + COMPILE,
    ),
    "names patched": lambda n: f"{HEAD}import unittest.mock as mock\nmock.patch('{'a.' * n * 60}a')\n{COMPILE}",
    "list of numbers in itself": lambda n: (
        f"{HEAD}a = [0.5]\n" + "a.append(a)\n" * n + "keras.losses.BinaryCrossentropy()(a, a)\n" * n
    ),
    "modules that are not there": _lines("from .m{i} import f{i}", after="model = f1()\n" + COMPILE),
    "tries": lambda n: (
        HEAD
        + "".join(" " * d + "try:\n" for d in range(min(n, 90)))
        + " " * min(n, 90)
        + "model = keras.Sequential([layers.Dense(1)])\n"
        + "".join(" " * d + f"except E{d}:\n" + " " * d + " model = None\n" for d in reversed(range(min(n, 90))))
        + COMPILE
    ),
}
