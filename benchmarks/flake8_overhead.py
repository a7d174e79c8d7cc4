"""What the plugin adds to a run of flake8, and what the command spends its time on.

    python benchmarks/flake8_overhead.py [--rounds 7] [--files 120]

Prints ratios.  With and without the plugin are run in turns, so that a busy machine slows both; each figure is the
median over the rounds of the ratio within a round.  No figure is a threshold of any test.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import libcst

from flake8_logits.analysis import analyse
from flake8_logits.source.documents import python_document

FLAKE8 = """
import importlib.metadata, sys
if sys.argv.pop(1) == "without":
    real = importlib.metadata.distributions
    others = lambda **options: (found for found in real(**options) if found.metadata["Name"] != "flake8-logits")
    importlib.metadata.distributions = others
from flake8.main.cli import main
main()
"""

ORDINARY = '''
class Ledger{n}:
    """Keeps entries by account."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: dict[str, list[int]] = {{}}

    def add(self, account: str, amount: int) -> None:
        if amount < 0 and account not in self.entries:
            raise ValueError(f"{{account}} has nothing to take from")
        self.entries.setdefault(account, []).append(amount)

    def balance(self, account: str) -> int:
        return sum(entry for entry in self.entries.get(account, []) if entry)
'''

KERAS = '''
def build_{n}(classes: int = 10):
    """A small classifier."""
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    for width in (64, 128):
        x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
        x = layers.Dropout(0.2)(layers.BatchNormalization()(x))
    outputs = layers.Dense(classes)(layers.Flatten()(x))
    return keras.Model(inputs, outputs)


model_{n} = build_{n}()
model_{n}.compile(optimizer="adam", loss={loss}, metrics=["accuracy"])
'''

RIGHT = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
WRONG = '"sparse_categorical_crossentropy"'


def main() -> None:
    """Generate the trees, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--files", type=int, default=120)
    options = parser.parse_args()
    ordinary = "import os\n\n" + "\n".join(ORDINARY.format(n=n) for n in range(15))
    quiet, wrong = (
        "import keras\nfrom keras import layers\n\n" + "\n".join(KERAS.format(n=n, loss=loss) for n in range(10))
        for loss in (RIGHT, WRONG)
    )
    print(f"flake8 with the plugin / without, {options.rounds} rounds:")
    with tempfile.TemporaryDirectory() as folder:
        for title, text, files in (
            ("one empty file (start-up)", "", 1),
            (f"{options.files} files without Keras", ordinary, options.files),
            (f"{options.files // 4} files of Keras, nothing found", quiet, options.files // 4),
            (f"{options.files // 4} files of Keras, 10 findings each", wrong, options.files // 4),
        ):
            tree = Path(folder, title.replace(" ", "-"))
            tree.mkdir()
            for number in range(files):
                # Each its own text: what was parsed once may be remembered.
                (tree / f"module_{number}.py").write_text(f"{text}\n\nNUMBER = {number}\n", encoding="utf-8")
            row(title, partial(flake8, "with", tree), partial(flake8, "without", tree), options.rounds)
    print("\nanalysis of a whole file, parsing it included / parsing it alone (libcst):")
    for title, text in (("Keras, nothing found", quiet), ("Keras, 10 findings", wrong), ("no Keras", ordinary)):
        document = python_document("x.py", text.encode())
        row(title, partial(analyse, document), partial(libcst.parse_module, text), options.rounds * 3)


def row(title: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> None:
    """Print the median ratio of what the two take, each round one after the other."""
    seconds(ours), seconds(theirs)
    ratios = sorted(seconds(ours) / seconds(theirs) for _ in range(rounds))
    print(f"  {title:44} {statistics.median(ratios):.3f}  ({ratios[0]:.3f} to {ratios[-1]:.3f})")


def seconds(act: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def flake8(plugin: str, tree: Path) -> None:
    """Run flake8 in one process; its findings are of no interest here."""
    command = [sys.executable, "-c", FLAKE8, plugin, "--isolated", "--jobs", "1", "--exit-zero", "--quiet", str(tree)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
