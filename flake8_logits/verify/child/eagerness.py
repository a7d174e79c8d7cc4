"""Functions of TensorFlow run step by step until the place is reached, whatever the program asks for; that is noted."""

from __future__ import annotations

import sys
from typing import Any

_asked: list[bool] = []
"""What the program asked for in this run, the last time that it did."""


class Eagerly:
    """A block in which functions of TensorFlow run step by step, so that what arrives at the place can be looked at."""

    def __enter__(self) -> None:
        _asked.clear()
        self.tf = sys.modules.get("tensorflow")
        if self.tf is not None:
            self.before = self.tf.config.functions_run_eagerly()
            self.tf.config.run_functions_eagerly(True)

    def __exit__(self, *_: object) -> None:
        if self.tf is not None:
            self.tf.config.run_functions_eagerly(self.before)


def is_asked_for() -> bool:
    """Whether the program has its functions run step by step."""
    return bool(_asked and _asked[-1])


def _ask(run_eagerly: Any) -> None:
    _asked.append(bool(run_eagerly))


INSTEAD = {
    "tensorflow.config.run_functions_eagerly": _ask,
    "tensorflow.config.experimental_run_functions_eagerly": _ask,
    "tensorflow.config.functions_run_eagerly": is_asked_for,
}
"""By name what is handed out."""
