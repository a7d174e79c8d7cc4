"""Watches the modules of a run: draws the weights of each that is called first, and makes up its input."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from flake8_logits.verify.child.draws import LAST, MOST_DRAWN, SIZES
from flake8_logits.verify.child.frameworks.torch.inputs import given, is_librarys, passes_on
from flake8_logits.verify.child.frameworks.torch.moving import begin
from flake8_logits.verify.child.made import Made


class Watch:
    """One run: its weights are drawn, the last ones ``spread`` times as large; inputs have these sizes."""

    def __init__(self, random: np.random.Generator, spread: float, sizes: tuple[float, ...] = SIZES) -> None:
        self.random = random
        self.spread = spread
        self.sizes = sizes
        self._depth = 0
        self._drawn: dict[int, Any] = {}
        self._later: dict[int, tuple[Any, float]] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every module that is called."""
        plain = torch.nn.Module.__call__
        begin()

        def call(module: Any, *args: Any, **named: Any) -> Any:
            if args and is_librarys(module) and isinstance(args[0], Made):
                if passes_on(module):
                    return Made(args[0].source)
                args = given(module, args, self.random, self.sizes)
            if not self._depth:
                self._draw(module)
            self._depth += 1
            try:
                if self._later and is_librarys(module):
                    self._draw_late(module, lambda: plain(module, *args, **named))
                return plain(module, *args, **named)
            finally:
                self._depth -= 1

        torch.nn.Module.__call__ = call
        try:
            yield
        finally:
            torch.nn.Module.__call__ = plain

    def _draw(self, module: Any) -> None:
        """Draw the weights of a module, once in a run; those whose sizes are not known yet are left for later."""
        if id(module) in self._drawn:
            return
        self._drawn[id(module)] = module
        weights = [one for one in module.parameters() if one.dtype.is_floating_point]
        with torch.no_grad():
            for index, one in enumerate(weights):
                spread = self.spread if index >= len(weights) - LAST else 1.0
                if torch.nn.parameter.is_lazy(one):
                    self._later[id(one)] = one, spread
                else:
                    self._fill(one, spread)

    def _draw_late(self, module: Any, call: Callable[[], Any]) -> None:
        """Draw the weights of a module that learns their sizes where it is called: it is called once before."""
        own = [self._later.pop(id(one)) for one in module.parameters(recurse=False) if id(one) in self._later]
        if not own:
            return
        with torch.no_grad():
            call()
            for weight, spread in own:
                self._fill(weight, spread)

    def _fill(self, weight: Any, spread: float) -> None:
        """Numbers as large as keeps those behind them alive; large weights repeat, as their number is what costs."""
        count = weight.numel()
        values = self.random.standard_normal(min(count, MOST_DRAWN), "float32")
        weight.copy_(torch.from_numpy(np.resize(values, count)).view(weight.shape))
        kernel = weight.dim() > 1
        weight.mul_(spread * (1.5 / math.sqrt(max(math.prod(weight.shape[1:]), 1)) if kernel else 0.5))
