"""How the cost of a line grows with the length of a program, in shapes that programs take.

    python benchmarks/growth.py [--lines 1000 10000 100000] [--shapes NAME ...]

Prints, for each shape and length, an object of JSON on a line: the processor seconds that a line of the program takes,
and whether the finding that is planted in it is found.  No figure is a threshold of any test.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from flake8_logits.analysis import analyse
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source.documents import read_document

Files = dict[str, str]
"""Texts by the name of their file; ``main.py`` (or ``main.ipynb``) is the one that is checked."""

HEAD = "import keras\nfrom keras import layers\n"
PLANTED = """
def planted():
    model = keras.Sequential([layers.Dense(10)])
    model.compile("adam", loss=keras.losses.SparseCategoricalCrossentropy())
    return model
"""
"""Stands at the end of every program: its finding is found in all of them."""


def many_models(lines: int) -> Files:
    """One small model after the other."""
    model = """
model_{n} = keras.Sequential([
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model_{n}.compile("adam", loss="sparse_categorical_crossentropy")
model_{n}.fit(x, y)
"""
    return _program(model.format(n=n) for n in range(lines // 8))


def one_deep_model(lines: int) -> Files:
    """One model of as many layers as there are lines."""
    deep = (f'x = layers.Dense({n % 64 + 1}, activation="relu")(x)\n' for n in range(lines))
    return _program(["inputs = x = keras.Input((8,))\n", *deep, "deep = keras.Model(inputs, x)\n"])


def branches(lines: int) -> Files:
    """Values that depend on what is not known."""
    step = 'if flag_{n}:\n    act = "relu"\nelse:\n    act = "softmax"\nhead_{n} = layers.Dense(10, activation=act)\n'
    return _program(step.format(n=n) for n in range(lines // 5))


def correlated_flags(lines: int) -> Files:
    """The same few unknown flags asked again and again."""
    step = "if flag_{k}:\n    width_{k} = {n}\nelse:\n    width_{k} = width_{k} if flag_{j} else {n}\n"
    return _program(step.format(n=n, k=n % 7, j=n % 5) for n in range(lines // 4))


def call_chain(lines: int) -> Files:
    """Functions that call the one before them."""
    first = "def step_0(x):\n    return layers.Dense(10)(x)\n"
    step = "def step_{n}(x):\n    x = layers.Dense({n})(x)\n    return step_{m}(x)\n"
    return _program([first, *(step.format(n=n, m=n - 1) for n in range(1, lines // 3))])


def calls_of_all(lines: int) -> Files:
    """Functions that all call each other, in groups of thirty."""
    size = 30
    parts: list[str] = []
    for group in range(max(lines // (size * (size + 2)), 1)):
        calls = "".join(f"    step_{group}_{n}(x)\n" for n in range(size))
        parts.extend(f"def step_{group}_{n}(x):\n{calls}    return x\n" for n in range(size))
    return _program(parts)


def methods(lines: int) -> Files:
    """Classes whose methods use what others have set."""
    cls = """
class Trainer{n}:
    def __init__(self, width):
        self.width = width
        self.model = self.build()
    def build(self):
        return keras.Sequential([layers.Dense(self.width, activation="softmax")])
    def train(self):
        self.model.compile("adam", loss="sparse_categorical_crossentropy")
        self.model.fit(x, y)
"""
    return _program(cls.format(n=n) for n in range(lines // 11))


def builders_by_name(lines: int) -> Files:
    """A dictionary of functions that build models."""
    count = lines // 4
    parts = [f"def build_{n}():\n    return keras.Sequential([layers.Dense({n + 1})])\n\n" for n in range(count)]
    table = "".join(f'    "{n}": build_{n},\n' for n in range(count))
    return _program([*parts, f"BUILDERS = {{\n{table}}}\nbuilt = BUILDERS[name]()\n"])


def notebook(lines: int) -> Files:
    """A notebook of cells of ten lines."""
    cells = [HEAD]
    for n in range(lines // 10):
        steps = "".join(f"x_{k} = x_{k} + {n}\n" for k in range(8))
        cells.append(f'{steps}model = keras.Sequential([layers.Dense(10, activation="softmax")])\nmodel.summary()\n')
    cells.append(PLANTED)
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in cells]
    return {"main.ipynb": json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})}


def imports(lines: int) -> Files:
    """Sixty modules, each called for its part."""
    count = 60
    part = 'def block_{n}(x):\n    x = layers.Dense({n})(x)\n    return layers.Dense(8, activation="relu")(x)\n'
    files = {
        f"part_{m}.py": HEAD + "".join(part.format(n=n) for n in range(max(lines // (3 * count), 1)))
        for m in range(count)
    }
    names = "".join(f"from part_{m} import block_0 as part_{m}\n" for m in range(count))
    calls = "".join(f"x = part_{m}(x)\n" for m in range(count))
    return _program([names, "x = keras.Input((8,))\n", calls]) | files


def cyclic_imports(lines: int) -> Files:
    """Modules that import each other in a ring."""
    count = 30
    part = "def block_{m}_{n}(x):\n    x = other.block_{o}_{n}(x)\n    return layers.Dense(8)(x)\n"
    files = {
        f"ring_{m}.py": HEAD
        + f"import ring_{(m + 1) % count} as other\n"
        + "".join(part.format(m=m, o=(m + 1) % count, n=n) for n in range(max(lines // (3 * count), 1)))
        for m in range(count)
    }
    return _program(["import ring_0\n", "x = ring_0.block_0_0(keras.Input((8,)))\n"]) | files


def generated_literals(lines: int) -> Files:
    """A table of numbers that some program wrote."""
    rows = "".join(f"    ({n}, {n * 7 % 11}, 'name {n}', [{n}.5, {n}.25]),\n" for n in range(lines))
    return _program([f"TABLE = [\n{rows}]\n", "weights = [row[0] for row in TABLE]\n"])


LENGTHS = (100, 1_000, 10_000, 100_000)

SHAPES: dict[str, Callable[[int], Files]] = {
    "many models": many_models,
    "one deep model": one_deep_model,
    "branches": branches,
    "correlated flags": correlated_flags,
    "a chain of calls": call_chain,
    "all call each other": calls_of_all,
    "methods": methods,
    "builders by name": builders_by_name,
    "a notebook": notebook,
    "sixty imports": imports,
    "cyclic imports": cyclic_imports,
    "generated literals": generated_literals,
}


def _program(parts: Iterable[str]) -> Files:
    return {"main.py": HEAD + "".join(parts) + PLANTED}


def main() -> None:
    """Measure, and print an object of JSON a line: processor seconds, and whether the planted finding is found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=LENGTHS)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    options = parser.parse_args()
    cost(many_models(200))  # what is imported once is paid for here
    for name in options.shapes:
        for lines in options.lines:
            seconds, found = cost(SHAPES[name](lines))
            said = {"shape": name, "lines": lines, "cpu_per_line": seconds / lines, "found": found}
            print(json.dumps(said), flush=True)


def cost(files: Files) -> tuple[float, bool]:
    """Return the processor time that the check of a program takes, and whether the planted finding is found."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        (document,) = read_document(str(next(Path(folder).glob("main.*"))))
        started = time.process_time()
        report = analyse(document, settings=Settings(most_tokens=10_000_000))
        return time.process_time() - started, any(found.code == "LGT101" for found in report.diagnostics)


if __name__ == "__main__":
    main()
