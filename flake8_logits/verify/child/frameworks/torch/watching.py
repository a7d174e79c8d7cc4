"""Watches the modules of a run: draws the weights of each that is called first, and makes up its input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from flake8_logits.verify.child.draws import LAST, SIZES, draw
from flake8_logits.verify.child.frameworks.torch.inputs import given, is_librarys, passes_on
from flake8_logits.verify.child.made import Made


class Watch:
    """One run: its weights are drawn, the last ones ``spread`` times as large; inputs have these sizes."""

    def __init__(self, random: np.random.Generator, spread: float, sizes: tuple[float, ...] = SIZES) -> None:
        self.random = random
        self.spread = spread
        self.sizes = sizes
        self._depth = 0
        self._drawn: dict[int, Any] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every module that is called."""
        plain = torch.nn.Module.__call__

        def call(module: Any, *args: Any, **named: Any) -> Any:
            if args and is_librarys(module) and isinstance(args[0], Made):
                if passes_on(module):
                    return Made(args[0].source)
                args = given(module, args, self.random, self.sizes)
            if not self._depth:
                self._draw(module)
            self._depth += 1
            try:
                return plain(module, *args, **named)
            finally:
                self._depth -= 1

        torch.nn.Module.__call__ = call
        try:
            yield
        finally:
            torch.nn.Module.__call__ = plain

    def _draw(self, module: Any) -> None:
        """Draw the weights of a module, once in a run."""
        if id(module) in self._drawn:
            return
        self._drawn[id(module)] = module
        weights = [(name, one) for name, one in module.named_parameters() if _is_drawn(one)]
        with torch.no_grad():
            for index, (name, one) in enumerate(weights):
                # The first axis of a weight is that of its units, in Keras the last.
                values = draw(name, tuple(reversed(one.shape)), self.random).T
                if index >= len(weights) - LAST:
                    values = values * self.spread
                one.copy_(torch.from_numpy(np.ascontiguousarray(values, "float32")))


def _is_drawn(weight: Any) -> bool:
    return not torch.nn.parameter.is_lazy(weight) and weight.is_floating_point()
