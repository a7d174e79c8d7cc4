"""The pen: lines of a program as they are written, the names it has used, and every choice made on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
Shape = tuple[int, ...]

STYLES = (
    "tf.keras",
    "from tensorflow",
    "keras",
    "keras as k",
    "layers",
    "names",
    "aliases",
    "star",
    "tensorflow.keras as",
)
"""How a program reaches Keras; one program keeps to one way."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of the function being written: how its body spells it, and whether the call has to give it."""

    spelled: str
    kind: str


@dataclass
class Writer:
    """Writes one program.  Each choice takes one of the ``choices``; after the last of them, the first option."""

    choices: bytes
    style: str = "keras"
    lines: list[str] = field(default_factory=list)
    imports: dict[str, None] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    flags: list[str] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    depth: int = 0
    inline: int = 0
    beyond_words: bool = False
    doubles: dict[str, tuple[str, str]] = field(default_factory=dict)
    effort: int = 14
    _taken: int = 0
    _names: dict[str, int] = field(default_factory=dict)

    def pick(self, options: Sequence[T]) -> T:
        """One of these; the first is the simplest."""
        return options[self._next() % len(options)]

    def chance(self, percent: int) -> bool:
        """True about so often."""
        return self._next() >= 256 * (100 - percent) / 100

    def _next(self) -> int:
        self._taken += 1
        return self.choices[self._taken - 1] if self._taken <= len(self.choices) else 0

    def tag(self, name: str) -> None:
        """Remember that a construct was used, for the table at the end."""
        self.tags.add(name)

    def fresh(self, stem: str) -> str:
        """A name that stands for nothing yet."""
        number = self._names.get(stem, 0)
        self._names[stem] = number + 1
        return f"{stem}_{number}" if number else stem

    def line(self, text: str) -> None:
        """One statement at the present depth."""
        assert not self.inline, f"a statement within an expression: {text}"
        self.lines.append("    " * self.depth + text)

    def instead(self, text: str, runnable: str) -> str:
        """What stands for an expression of the program, in the place of which another is run."""
        token = f"DOUBLE_{len(self.doubles)}_"
        self.doubles[token] = (text, runnable)
        return token

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """What is written within stands under this header."""
        self.line(header)
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def function(self, header: str, parameters: Sequence[Parameter] = ()) -> Iterator[None]:
        """The body of a function, in which its own parameters and those around it can be used."""
        kept, self.parameters = self.parameters, [*self.parameters, *parameters]
        with self.block(header):
            yield
        self.parameters = kept

    @contextmanager
    def expression_only(self) -> Iterator[None]:
        """No statement may be written within, as in a lambda or a comprehension."""
        self.inline += 1
        yield
        self.inline -= 1

    def need(self, statement: str) -> None:
        """An import that the program has to start with."""
        self.imports.setdefault(statement)

    def keras(self, path: str) -> str:
        """How this program spells something of Keras, say ``layers.Dense``; imports what that takes."""
        module, _, name = path.rpartition(".")
        if self.style == "tf.keras":
            return f"{self.tensorflow()}.keras.{path}"
        if self.style == "from tensorflow":
            self.need("from tensorflow import keras")
            return f"keras.{path}"
        if self.style == "keras as k":
            self.need("import keras as K")
            return f"K.{path}"
        if self.style == "tensorflow.keras as":
            if module == "layers":
                self.need("import tensorflow.keras.layers as L")
                return f"L.{name}"
            self.need("import tensorflow.keras as tk")
            return f"tk.{path}"
        if self.style in ("keras", "star") and not (self.style == "star" and module in ("layers", "models")):
            self.need("import keras")
            return f"keras.{path}"
        return self._by_module(module, name)

    def _by_module(self, module: str, name: str) -> str:
        origin = "keras" if not module else f"keras.{module}"
        if self.style == "star":
            self.need(f"from {origin} import *")
            return name
        if self.style == "layers" and module:
            self.need(f"from keras import {module}")
            return f"{module}.{name}"
        if module not in ("layers", "models", ""):
            self.need(f"from keras import {module}")
            return f"{module}.{name}"
        if self.style == "aliases" and len(name) > 4:
            self.need(f"from tensorflow.{origin} import {name} as {name[:4]}{name[-2:]}_")
            return f"{name[:4]}{name[-2:]}_"
        self.need(f"from {origin} import {name}")
        return name

    def layer(self, name: str) -> str:
        """How this program spells a layer class."""
        return self.keras(f"layers.{name}")

    def tensorflow(self) -> str:
        """How this program spells TensorFlow."""
        self.need("import tensorflow as tf")
        return "tf"

    def flag(self) -> str:
        """A name that is True or False only when the program runs, defined at the top; a program has at most two."""
        if not self.flags or (len(self.flags) < 2 and self.chance(20)):
            self.flags.append(f"FLAG_{'AB'[len(self.flags)]}")
        self.tag("runtime flag")
        return self.pick(self.flags)

    def text(self) -> str:
        """The program so far."""
        top = list(self.imports)
        spellings = {
            "FLAG_A": 'FLAG_A = os.environ.get("FLAG_A") == "1"',
            "FLAG_B": 'FLAG_B = bool(int(os.environ.get("FLAG_B", "0")))',
        }
        if self.flags:
            top.insert(0, "import os")
        return "\n".join([*top, "", *(spellings[flag] for flag in self.flags), *self.lines, ""])
