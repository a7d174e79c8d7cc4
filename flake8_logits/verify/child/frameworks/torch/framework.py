"""PyTorch as a framework: the program is run for each draw, as its graph is made anew whenever it runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from flake8_logits.verify.child.draws import SPREADS
from flake8_logits.verify.child.early import look_early
from flake8_logits.verify.child.evidence import Drawn, draws_for
from flake8_logits.verify.child.frameworks.base import Again, Request, Right, Unfit
from flake8_logits.verify.child.frameworks.conversions import conversion
from flake8_logits.verify.child.frameworks.torch.confining import confine
from flake8_logits.verify.child.frameworks.torch.graphs import deciding_operation, weights_behind
from flake8_logits.verify.child.frameworks.torch.inputs import PROFILES
from flake8_logits.verify.child.frameworks.torch.losses import (
    LossCall,
    converting,
    labels_for,
    labels_of,
    loss_of_call,
    prediction_of,
    row_of,
)
from flake8_logits.verify.child.frameworks.torch.moving import check
from flake8_logits.verify.child.frameworks.torch.watching import Watch
from flake8_logits.verify.child.gradients import Pair
from flake8_logits.verify.child.libraries import hand_out
from flake8_logits.verify.child.made import Depends, Made, let_through
from flake8_logits.verify.child.noise import let_functions_be_quiet
from flake8_logits.verify.child.numbers import Numbers, is_tame
from flake8_logits.verify.child.running import Met

_FIRST = 100
"""Where the seeds of the draws for a loss begin."""
_SMALLEST = 1e-3
_NOISY = ("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout")
_READING = {"call": prediction_of, "swapped": labels_of}
"""For a loss that is called, whether its prediction is asked for, or what stands in the place of its labels."""


@dataclass
class Subject:
    """The output of a program: ``numbers`` of its first run, the ``operation`` that decides them, and ``weights``.

    These are how many weights are behind it; ``again`` runs the program once more.
    """

    numbers: Any
    operation: str
    weights: int
    loss: LossCall | None
    again: Again

    def outputs(self, random: np.random.Generator) -> list[Any]:
        """The output for weights drawn anew several times."""
        found = [self.numbers]
        for number, spread in enumerate(SPREADS[: draws_for(self.weights)]):
            found.append(turned(self.tensor_of(number, spread), self.loss))
        return found

    def tensor_of(self, number: int, spread: float, sizes: tuple[float, ...] | None = None) -> Any:
        """The output of one more run, whatever is random in it begun with a number."""
        FRAMEWORK.seed(number)
        random = np.random.default_rng(number)
        return read_tensor(self.again(Watch(random, spread, sizes) if sizes else Watch(random, spread)))


class Torch:
    """PyTorch."""

    profiles = PROFILES

    def prepare(self) -> None:
        """Have PyTorch, which is imported with this module, and take out of it what leads elsewhere."""
        look_early()
        _look_early()
        confine()
        let_functions_be_quiet(torch.nn.functional, *_NOISY)
        let_functions_be_quiet(torch, *_NOISY)
        hand_out("torch")
        let_through(lambda made, given: Made(made.source))  # the module behind it says what it takes
        torch.set_num_threads(max(torch.get_num_threads(), 1))

    def backend(self) -> str:
        """PyTorch computes by itself."""
        return "torch"

    def versions(self) -> dict[str, str]:
        """The version of PyTorch."""
        return {"torch": str(torch.__version__)}

    def seed(self, number: int) -> None:
        """Have PyTorch, numpy and Python draw anew."""
        torch.manual_seed(number)
        np.random.seed(number)

    def watch(self, random: np.random.Generator, spread: float) -> Watch:
        """A watch over modules."""
        return Watch(random, spread)

    def subject(self, met: Met, watch: Watch, request: Request, again: Again) -> Subject:
        """The output and the loss that reads it."""
        row = row_of(met.subject) if met.kind == "call" else None
        loss = loss_of_call(row, met.subject, met.args, met.named) if row is not None and request["is_loss"] else None
        tensor = read_tensor(met)
        weights = sum(one.numel() for one in weights_behind(tensor))
        return Subject(turned(tensor, loss), deciding_operation(tensor), weights, loss, again)

    def output(self, met: Met) -> Any:
        """The numbers of the tensor at the place."""
        return to_numpy(read_tensor(met))

    def operation(self, subject: Subject) -> str:
        """The last of autograd's nodes that decides a scale."""
        return subject.operation

    def right(self, loss: LossCall, request: Request, numbers: Numbers) -> Right | None:
        """The same loss of the numbers that it expects."""
        found = conversion(request["scales"][0], loss.row.contract) if request["clash"] else None
        return None if found is None else (found[0], converting(found[1]))

    def drawn(
        self, subject: Subject, right: Any, request: Request, random: np.random.Generator, eagerly: bool
    ) -> list[Drawn]:
        """The losses and their gradients, for several draws of weights, inputs and labels."""
        loss = subject.loss
        assert loss is not None
        found: list[Drawn] = []
        spread = 1.0
        for number in range(_FIRST, _FIRST + draws_for(subject.weights)):
            output, spread = _tame(subject, number, spread)
            labels = labels_for(loss, output, random)
            converted = right(output, loss.axis(output.ndim))
            pairs = {
                "computed": _measured(loss.compute(labels, output), output),
                "right": _measured(loss.compute(labels, converted), output),
            }
            found.append(Drawn(pairs, pairs, float(loss.compute(labels, output.detach()).mean())))
        return found

    def undoing(self, met: Met, request: Request, numbers: Numbers) -> None:
        """No loss undoes anything."""

    def arriving(self, met: Met, loss: Any, right: Any, request: Request, random: np.random.Generator) -> None:
        """It is not asked for."""

    def may_undo(self, request: Request) -> bool:
        """Nothing is undone here."""
        return False

    def refuses(self, loss: LossCall) -> bool:
        """Whether PyTorch fails on what the loss cannot be meant for."""
        return loss.row.refuses

    def rescued(self, eagerly_too: bool) -> str:
        """Nothing is undone here, but some numbers are the same either way."""
        return f"PyTorch {torch.__version__} computes the right loss all the same"


def _look_early() -> None:
    """Have PyTorch look for what its C++ takes out of modules when it first needs it, as numpy does."""
    numbers = torch.tensor([1.0, 2.0])
    numbers.clamp(0).masked_fill(numbers > 1, 0.0)[[0, 1]].numpy()


def _tame(subject: Subject, number: int, spread: float) -> tuple[Any, float]:
    """An output that is far from the ends where losses are clipped, and the spread of weights that gave it."""
    while True:
        tensor = subject.tensor_of(number, spread, (1.0,))
        if is_tame(to_numpy(tensor)) or spread < _SMALLEST:
            return tensor, spread
        del tensor  # and the model behind it, before there is another
        spread *= 0.3


def _measured(value: Any, output: Any) -> Pair:
    """A loss and the norm of its gradient over the weights behind the output; nan where there is none."""
    mean, weights = value.mean(), weights_behind(output)
    if not weights:
        return float(mean), math.nan
    gradients = torch.autograd.grad(mean, weights, retain_graph=True, allow_unused=True)
    return float(mean), math.sqrt(sum(float((one**2).sum()) for one in gradients if one is not None))


def read_tensor(met: Met) -> Any:
    """The tensor that is read at the place.  Raises Unfit or Depends where there is none."""
    check()
    if met.kind in _READING:
        tensor = _READING[met.kind](row_of(met.subject), met.args, met.named)
    else:
        every = (*met.args, *met.named.values())
        tensor = next((one for one in every if isinstance(one, torch.Tensor)), None)
        if tensor is None:
            tensor = next(iter(every), None)
    if isinstance(tensor, Made):
        raise Depends(tensor.source)
    if not isinstance(tensor, torch.Tensor):
        raise Unfit("no tensor arrives at the place")
    return tensor


def turned(tensor: Any, loss: LossCall | None) -> Any:
    """The numbers of an output, the classes along the last axis."""
    axis = -1 if loss is None else loss.axis(tensor.ndim)
    return to_numpy(tensor.movedim(axis, -1) if tensor.ndim else tensor)


def to_numpy(tensor: Any) -> Any:
    """A copy of a tensor's numbers."""
    return tensor.detach().to(torch.float64).numpy().copy()


FRAMEWORK = Torch()
