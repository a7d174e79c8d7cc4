"""Stand-ins for ``keras.datasets``: the right shapes and kinds, a few random rows, nothing downloaded."""

from __future__ import annotations

from typing import Any

import numpy as np

ROWS = 64
_IMAGES = {
    "mnist": ((28, 28), 10),
    "fashion_mnist": ((28, 28), 10),
    "cifar10": ((32, 32, 3), 10),
    "cifar100": ((32, 32, 3), 100),
}
_TEXTS = {"imdb": 2, "reuters": 46}
_TABLES = {"boston_housing": 13, "california_housing": 8}


class Dataset:
    """One of the data sets."""

    def __init__(self, name: str) -> None:
        self.name = name

    def load_data(self, *_: Any, **options: Any) -> Any:
        """Two pairs of inputs and labels."""
        random = np.random.default_rng(1)
        return self._part(random, options), self._part(random, options)

    def _part(self, random: np.random.Generator, options: dict[str, Any]) -> Any:
        if self.name in _IMAGES:
            shape, classes = _IMAGES[self.name]
            labels = random.integers(0, classes, ROWS).astype("uint8")
            labels[0] = classes - 1
            if self.name.startswith("cifar"):
                labels = labels[:, None]
            return random.integers(0, 256, (ROWS, *shape)).astype("uint8"), labels
        if self.name in _TEXTS:
            most = int(options.get("num_words") or 1000)
            rows = np.empty(ROWS, dtype=object)
            for index in range(ROWS):
                rows[index] = [int(word) for word in random.integers(1, most, 30)]
            labels = random.integers(0, _TEXTS[self.name], ROWS)
            labels[0] = _TEXTS[self.name] - 1
            return rows, labels
        columns = _TABLES.get(self.name, 8)
        return random.normal(size=(ROWS, columns)), random.normal(size=ROWS)

    def get_word_index(self, *_: Any, **__: Any) -> dict[str, int]:
        """A few words and their numbers."""
        return {f"word{number}": number for number in range(1, 100)}

    def get_label_names(self) -> tuple[str, ...]:
        """Names of classes."""
        return tuple(f"class{number}" for number in range(_TEXTS.get(self.name, 10)))
