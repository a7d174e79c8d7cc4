"""JAX as a framework: the program is run for each draw, and once more as a function of its weights for its graph."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from flake8_logits.verify.child.draws import SPREADS
from flake8_logits.verify.child.early import look_early
from flake8_logits.verify.child.evidence import Drawn, draws_for
from flake8_logits.verify.child.frameworks.base import Again, Request, Right, Unfit
from flake8_logits.verify.child.frameworks.conversions import conversion
from flake8_logits.verify.child.frameworks.jax.confining import confine
from flake8_logits.verify.child.frameworks.jax.graphs import Graph
from flake8_logits.verify.child.frameworks.jax.inputs import PROFILES
from flake8_logits.verify.child.frameworks.jax.instead import INSTEAD
from flake8_logits.verify.child.frameworks.jax.losses import (
    CONVERSIONS,
    LossCall,
    is_numbers,
    labels_for,
    loss_of_call,
    prediction_of,
    row_of,
)
from flake8_logits.verify.child.frameworks.jax.watched import watch_all
from flake8_logits.verify.child.frameworks.jax.watching import Watch
from flake8_logits.verify.child.gradients import Pair
from flake8_logits.verify.child.libraries import hand_out
from flake8_logits.verify.child.made import Depends, Made
from flake8_logits.verify.child.numbers import Numbers, is_tame
from flake8_logits.verify.child.replacing import let_stand_in
from flake8_logits.verify.child.running import Met

_FIRST = 100
"""Where the seeds of the draws for a loss begin."""
_SMALLEST = 1e-3
_ROW = "BatchTracer"
"""What JAX calls a row within ``vmap``, which holds all of them."""
_LIBRARIES = ("jax", "flax", "optax", "equinox", "haiku")


@dataclass
class Subject:
    """The output of a program: the ``numbers`` of its first run, the ``weights`` behind it, the loss that reads it.

    ``again`` runs the program once more.
    """

    numbers: Any
    weights: list[Any]
    loss: LossCall | None
    again: Again

    def outputs(self, random: np.random.Generator) -> list[Any]:
        """The output for weights drawn anew several times."""
        found = [self.numbers]
        count = sum(math.prod(one.shape) for one in self.weights)
        for number, spread in enumerate(SPREADS[: draws_for(count)]):
            found.append(to_numpy(self.run(number, spread)[0]))
        return found

    def run(self, number: int, spread: float, sizes: tuple[float, ...] | None = None) -> tuple[Any, list[Any]]:
        """The output of one more run, begun with a number, and the weights that were drawn in it."""
        watch = self._watch(number, spread, sizes, None)
        return read_array(self.again(watch)), watch.weights

    def function(self, number: int, spread: float, sizes: tuple[float, ...] | None = None) -> Callable[[Any], Any]:
        """The same run as a function of its weights."""
        return lambda weights: read_array(self.again(self._watch(number, spread, sizes, weights)))

    @staticmethod
    def _watch(number: int, spread: float, sizes: tuple[float, ...] | None, given: list[Any] | None) -> Watch:
        FRAMEWORK.seed(number)
        random = np.random.default_rng(number)
        return Watch(random, spread, sizes, given) if sizes else Watch(random, spread, given=given)


class Jax:
    """JAX."""

    profiles = PROFILES

    def prepare(self) -> None:
        """Have JAX, which is imported with this module, and the libraries that build models with it."""
        look_early()
        confine()
        watch_all()
        let_stand_in(INSTEAD)
        hand_out("jax")

    def backend(self) -> str:
        """JAX computes by itself."""
        return "jax"

    def versions(self) -> dict[str, str]:
        """The versions of JAX and of the libraries around it."""
        import sys

        return {name: str(getattr(sys.modules[name], "__version__", "?")) for name in _LIBRARIES if name in sys.modules}

    def seed(self, number: int) -> None:
        """Have numpy draw anew; JAX draws from keys."""
        np.random.seed(number)

    def watch(self, random: np.random.Generator, spread: float) -> Watch:
        """A watch over models."""
        return Watch(random, spread)

    def subject(self, met: Met, watch: Watch, request: Request, again: Again) -> Subject:
        """The output and the loss that reads it."""
        row = row_of(met.subject) if met.kind == "call" else None
        loss = loss_of_call(row, met.subject, met.args, met.named) if row is not None and request["is_loss"] else None
        return Subject(to_numpy(read_array(met)), watch.weights, loss, again)

    def output(self, met: Met) -> Any:
        """The numbers of the array at the place."""
        return to_numpy(read_array(met))

    def operation(self, subject: Subject) -> str:
        """The last primitives of the output's jaxpr, as a function of the weights, that decide a scale."""
        try:
            _, weights = subject.run(0, 1.0)
            closed = jax.make_jaxpr(subject.function(0, 1.0))(weights)
        except Exception:
            return ""
        return Graph(closed).deciding_operation()

    def right(self, loss: LossCall, request: Request, numbers: Numbers) -> Right | None:
        """The same loss of the numbers that it expects, or told the other way."""
        if not request["clash"]:
            return None
        other = loss.flipped()
        if other is not None and loss.row.switch is not None:
            return f"the same loss with {loss.row.switch.name}={other.options[loss.row.switch.name]}", other.compute
        found = conversion(request["scales"][0], loss.row.contract)
        if found is None:
            return None
        convert = CONVERSIONS[found[1]]
        return found[0], lambda labels, output: loss.compute(labels, convert(output))

    def drawn(
        self, subject: Subject, right: Any, request: Request, random: np.random.Generator, eagerly: bool
    ) -> list[Drawn]:
        """The losses and their gradients, for several draws of weights, inputs and labels."""
        loss = subject.loss
        assert loss is not None
        found: list[Drawn] = []
        spread = 1.0
        for number in range(_FIRST, _FIRST + draws_for(sum(math.prod(one.shape) for one in subject.weights))):
            output, weights, spread = _tame(subject, number, spread)
            labels = labels_for(loss, output, random)
            function = subject.function(number, spread, (1.0,))
            pairs = {
                "computed": _measured(loss.compute, labels, function, weights),
                "right": _measured(right, labels, function, weights),
            }
            found.append(Drawn(pairs, pairs, float(jnp.mean(loss.compute(labels, output)))))
        return found

    def undoing(self, met: Met, request: Request, numbers: Numbers) -> None:
        """No loss undoes anything."""

    def arriving(self, met: Met, loss: Any, right: Any, request: Request, random: np.random.Generator) -> None:
        """It is not asked for."""

    def may_undo(self, request: Request) -> bool:
        """Nothing is undone here."""
        return False

    def refuses(self, loss: LossCall) -> bool:
        """No loss of optax looks at the numbers."""
        return False

    def rescued(self, eagerly_too: bool) -> str:
        """Nothing is undone here, but some numbers are the same either way."""
        return f"JAX {jax.__version__} computes the right loss all the same"


def _tame(subject: Subject, number: int, spread: float) -> tuple[Any, list[Any], float]:
    """An output that is far from the ends where losses are clipped, its weights, and the spread that gave it."""
    while True:
        output, weights = subject.run(number, spread, (1.0,))
        if is_tame(to_numpy(output)) or spread < _SMALLEST:
            return output, weights, spread
        spread *= 0.3


def _measured(loss: Callable[[Any, Any], Any], labels: Any, function: Callable[[Any], Any], weights: list[Any]) -> Pair:
    """A loss and the norm of its gradient over the weights; nan where there is none."""
    if not weights:
        return float(jnp.mean(loss(labels, function(weights)))), math.nan
    value, gradients = jax.value_and_grad(lambda held: jnp.mean(loss(labels, function(held))))(weights)
    return float(value), math.sqrt(sum(float((one**2).sum()) for one in gradients))


def read_array(met: Met) -> Any:
    """The array that is read at the place.  Raises Unfit or Depends where there is none."""
    found = prediction_of(row_of(met.subject) if met.kind == "call" else None, met.args, met.named)
    if isinstance(found, Made):
        raise Depends(found.source)
    if not is_numbers(found):
        raise Unfit("no array arrives at the place")
    return _of_all_rows(found)


def _of_all_rows(found: Any) -> Any:
    """What arrives for one row within ``vmap``, for all of them."""
    while type(found).__name__ == _ROW:
        found = found.val if found.batch_dim is None else jnp.moveaxis(found.val, found.batch_dim, 0)
    return found


def to_numpy(array: Any) -> Any:
    """A copy of an array's numbers."""
    return np.array(array, "float64")


FRAMEWORK = Jax()
