"""Keras, on whichever backend it computes."""

from __future__ import annotations

import contextlib
import math
import sys
from typing import Any

import numpy as np

from flake8_logits.verify.child import older
from flake8_logits.verify.child.draws import LAST, draw_weights, seed_all, weights_of
from flake8_logits.verify.child.eagerness import INSTEAD
from flake8_logits.verify.child.early import look_early
from flake8_logits.verify.child.evidence import LARGE, Drawn, draws_for
from flake8_logits.verify.child.frameworks.base import Again, Request, Unfit
from flake8_logits.verify.child.gradients import Pair, measuring
from flake8_logits.verify.child.graphs import deciding_layer, deciding_operation
from flake8_logits.verify.child.libraries import backend, versions
from flake8_logits.verify.child.losses import LossCall, Right, labels_for, loss_of_call, needs_more
from flake8_logits.verify.child.made import PROFILES, let_through
from flake8_logits.verify.child.noise import let_functions_be_quiet, let_layers_be_quiet, loudly
from flake8_logits.verify.child.numbers import Numbers, is_clipped, is_tame, to_numpy
from flake8_logits.verify.child.replacing import let_stand_in
from flake8_logits.verify.child.running import Met
from flake8_logits.verify.child.subjects import Subject, read_tensor, subject_of
from flake8_logits.verify.child.unknown import features_of, let_be_layers
from flake8_logits.verify.child.watching import Watch

_REPEATED = 4
"""How many times the usual rows a loss is computed on: its value is an average."""
_BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
_SMALLEST = 1e-4
_UNDONE = ("softmax", "sigmoid")
"""The activations that Keras may undo."""
_CROSS_ENTROPY = "crossentropy"
_ROWS = 2
"""How many axes an output has that is one row for each sample: labels with one less are given another axis."""
_NOISY = (
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout",
    "GaussianNoise",
)  # fmt: skip


class Keras:
    """Keras as a framework."""

    profiles = PROFILES

    def prepare(self) -> None:
        """Import Keras and its backend."""
        import keras

        if keras.__version__.startswith("2") or keras.backend.backend() == "tensorflow":
            import tensorflow
        else:
            with contextlib.suppress(ImportError):
                import tensorflow  # noqa: F401
        # Much of Keras is imported when it is first asked for: better once here than in every fork.
        older.let_callbacks_set_their_model()
        older.let_models_be_built_again()
        older.let_cells_be_told_their_numbers()
        look_early()
        let_through(features_of)
        let_be_layers()
        let_stand_in(INSTEAD)
        _let_noise_be_quiet()
        _ = (keras.layers, keras.losses, keras.applications, keras.utils)

    def backend(self) -> str:
        """The backend that Keras computes on."""
        return backend()

    def versions(self) -> dict[str, str]:
        """The versions of Keras and its backend."""
        return versions()

    def seed(self, number: int) -> None:
        """Have Python, numpy, Keras and its backend draw anew."""
        seed_all(number)

    def watch(self, random: np.random.Generator, spread: float) -> Watch:
        """A watch over layers."""
        return Watch(random, spread)

    def subject(self, met: Met, watch: Watch, request: Request, again: Again) -> Subject | None:
        """The model and the loss; None for an output that no model returns."""
        try:
            return subject_of(met, watch, request["head"], bool(request["is_loss"]))
        except Unfit:
            if met.kind in ("compile", "layer"):
                raise
            return None

    def output(self, met: Met) -> Any:
        """The numbers of the tensor at the place."""
        tensor = read_tensor(met)
        if hasattr(tensor, "graph") and not hasattr(tensor, "numpy"):
            raise Unfit("the output is a symbolic tensor")
        return to_numpy(tensor)

    def operation(self, subject: Subject) -> str:
        """The last operation of TensorFlow's graph that decides a scale, or the last layer's activation."""
        if backend() == "tensorflow":
            return deciding_operation(subject.forward, subject.inputs((1.0,)))
        return deciding_layer(subject.forward, subject.inputs((1.0,)))

    def right(self, loss: LossCall, request: Request, numbers: Numbers) -> tuple[str, Any] | None:
        """The same loss told the other way, or a cross-entropy written out."""
        scale = request["scales"][0]
        right = Right()
        if not request["clash"] or numbers.rows.shape[-1] == 1 and scale == "softmax":
            return None
        reads_logits = loss.told is True or (loss.told is None and "logits" in request["expects"])
        if scale == "softmax" and (loss.binary or (reads_logits and loss.flipped is None)):
            return "the cross-entropy of the softmax", right.softmax
        if scale == "sigmoid" and (not loss.binary or (reads_logits and loss.flipped is None)):
            return "the cross-entropy of each sigmoid", right.sigmoid
        if scale == "unit_interval" and loss.told and loss.flipped is not None:
            return "the same loss with from_logits=False", loss.flipped
        if scale in ("softmax", "sigmoid", "logits") and reads_logits == (scale != "logits"):
            if loss.flipped is not None:
                return f"the same loss with from_logits={not loss.told}", loss.flipped
            return "the cross-entropy of logits", right.binary_logits if loss.binary else right.categorical_logits
        return None

    def drawn(
        self, subject: Subject, right: Any, request: Request, random: np.random.Generator, eagerly: bool
    ) -> list[Drawn]:
        """In a graph and eagerly, for several draws of weights, inputs and labels."""
        loss = subject.loss
        assert loss is not None
        losses = {"computed": loss.compute, "right": lambda labels, output: right(labels, output * 1.0)}
        if loss.flipped is not None and right is loss.flipped:
            losses["flipped"] = loss.flipped
        weights = weights_of(subject.model)
        variables = list(subject.model.trainable_variables)
        if weights > LARGE:
            variables = variables[-LAST:]
        in_graph = measuring(backend(), subject.forward, variables, losses, eagerly=False)
        eager = measuring(backend(), subject.forward, variables, losses, eagerly=True)
        found: list[Drawn] = []
        for _ in range(draws_for(weights)):
            x = subject.inputs((1.0,) * _REPEATED)
            shape = self._tame(subject, x, random)
            y = labels_for(loss, request["scales"][0], shape, random)
            trained = in_graph(x, y)
            if backend() != "tensorflow":
                alone = trained
            elif eagerly or not found:
                alone = eager(x, y)  # once is enough where training does not do so
            narrow = in_graph(x, y[..., 0]) if _may_be_narrow(shape, loss) else None
            found.append(Drawn(trained, alone, self._on_copy(subject, loss, x, y), narrow))
        return found

    def undoing(self, met: Met, request: Request, numbers: Numbers) -> tuple[LossCall, tuple[str, Any]] | None:
        """TensorFlow's Keras looks for the numbers before an activation where a loss is told of logits."""
        called = met.kind == "call" and request["is_loss"] and not needs_more(met.subject)
        if backend() != "tensorflow" or not called or request["scales"][0] not in _UNDONE:
            return None
        loss = loss_of_call(met.subject, met.args, met.named)
        right = self.right(loss, request, numbers)
        return None if right is None or not loss.told or loss.flipped is None else (loss, right)

    def arriving(
        self, met: Met, loss: LossCall, right: Any, request: Request, random: np.random.Generator
    ) -> Drawn | None:
        """Both losses of the very tensor that came to the place, which may bear what its activation was given."""
        import keras

        tensor = read_tensor(met)
        values = np.asarray(to_numpy(tensor), "float64")
        if is_clipped(values):
            return None
        y = labels_for(loss, request["scales"][0], tuple(values.shape), random)
        convert = getattr(getattr(keras, "ops", None), "convert_to_tensor", None) or keras.backend.constant

        def both(labels: Any) -> dict[str, Pair]:
            told = {"computed": loss.compute(convert(labels), tensor), "right": right(convert(labels), tensor * 1.0)}
            return {name: (float(np.mean(to_numpy(value))), math.nan) for name, value in told.items()}

        found, narrow = both(y), both(y[..., 0]) if _may_be_narrow(tuple(values.shape), loss) else None
        copy = loss.compute(convert(y), convert(to_numpy(tensor)))
        return Drawn(found, found, float(np.mean(to_numpy(copy))), narrow)

    def _tame(self, subject: Subject, x: Any, random: np.random.Generator) -> tuple[int, ...]:
        """Draw weights with which the output is far from the ends where losses are clipped; its shape.

        Raises Unfit where none do, and what is undone would not be told from what is clipped.
        """
        spread = 1.0
        while True:
            draw_weights(list(subject.model.variables), random, spread)
            with loudly(False):
                values = np.asarray(to_numpy(subject.forward(x)), "float64")
            spread *= 0.3
            if is_tame(values):
                return tuple(values.shape)
            if spread < _SMALLEST:
                if backend() == "tensorflow" and is_clipped(values):
                    raise Unfit("whatever the weights, it lies where losses are clipped")
                return tuple(values.shape)

    def _on_copy(self, subject: Subject, loss: LossCall, x: Any, y: Any) -> float:
        import keras

        convert = getattr(getattr(keras, "ops", None), "convert_to_tensor", None) or keras.backend.constant
        value = to_numpy(loss.compute(convert(y), convert(to_numpy(subject.forward(x)))))
        return float(np.mean(value))

    def may_undo(self, request: Request) -> bool:
        """A cross-entropy among the metrics looks for the numbers before an activation, as the loss does."""
        return (
            request["is_metric"]
            and backend() == "tensorflow"
            and _CROSS_ENTROPY in request["reader"].lower().replace("_", "")
            and not set(_UNDONE).isdisjoint(request["scales"])
        )

    def refuses(self, loss: LossCall) -> bool:
        """No loss of Keras looks at the numbers."""
        return False

    def rescued(self, eagerly_too: bool) -> str:
        """Keras looks for the numbers before an activation."""
        keras = f"Keras {versions().get('keras', '?')} on {_BACKENDS.get(backend(), backend())}"
        breaks = "another backend, or an operation between the activation and the loss"
        if not eagerly_too:
            breaks = f"running eagerly, {breaks}"
        return f"{keras} undoes the activation and computes the right loss; {breaks} would break it"


def _may_be_narrow(shape: tuple[int, ...], loss: LossCall) -> bool:
    """Whether a loss takes labels without the last axis, too: an object takes that axis from the output then."""
    return len(shape) > _ROWS and shape[-1] == 1 and not loss.sparse and loss.told is not None and loss.is_object


def _let_noise_be_quiet() -> None:
    import keras

    let_layers_be_quiet(*(getattr(keras.layers, name) for name in _NOISY if hasattr(keras.layers, name)))
    for holder in (getattr(keras, "random", None), keras.backend):
        let_functions_be_quiet(holder, "dropout")
    if (tf := sys.modules.get("tensorflow")) is not None:
        let_functions_be_quiet(tf.nn, "dropout")
        let_functions_be_quiet(tf.compat.v1.nn, "dropout")


FRAMEWORK = Keras()
