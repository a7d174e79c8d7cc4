"""What the rows say of activations and layers, held against the numbers that the installed Keras computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.rows import Activates, Activation, Keeps, LastAxis, Layer, Merges, Recurs, Weighted, Wraps

Resolve = Callable[[str], Any]

ROWS = tuple(row for row in catalogue.rows() if row.name.startswith("keras."))
ACTIVATIONS = tuple(row for row in ROWS if isinstance(row, Activation))
LAYERS = tuple(row for row in ROWS if isinstance(row, Layer))
CLASSES = 4

SHAPES = {"1D": (2, 6, CLASSES), "2D": (2, 6, 6, CLASSES), "3D": (2, 4, 4, 4, CLASSES)}
OTHER_SHAPES = {
    "Reshape": SHAPES["1D"],
    "Permute": SHAPES["1D"],
    "Resizing": SHAPES["2D"],
    "CenterCrop": SHAPES["2D"],
}
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "AlphaDropout": (0.5,),
    "CenterCrop": (4, 4),
    "Dropout": (0.5,),
    "GaussianDropout": (0.5,),
    "GaussianNoise": (1.0,),
    "GroupNormalization": (2,),
    "Normalization": (-1, 1.0, 4.0),
    "Dot": (1,),
    "Permute": ((1, 2),),
    "RepeatVector": (3,),
    "Rescaling": (-2.0,),
    "Reshape": ((2, 3, CLASSES),),
    "Resizing": (7, 5),
    **{f"SpatialDropout{n}D": (0.5,) for n in "123"},
    **{f"AveragePooling{n}D": (2,) for n in "123"},
    **{f"Adaptive{kind}Pooling{n}D": (2,) for n in "123" for kind in ("Average", "Max")},
    **{f"Cropping{n}D": (1,) for n in "123"},
    "Dense": (3,),
    "EinsumDense": ("ab,bc->ac", 3),
    **{f"DepthwiseConv{n}D": (2,) for n in "12"},
    **{f"{kind}Conv{n}D{way}": (3, 2) for kind in ("", "Separable") for n in "123" for way in ("", "Transpose")},
}


def _short(row: Layer) -> str:
    return row.name.rpartition(".")[2]


def _shape(name: str) -> tuple[int, ...]:
    return OTHER_SHAPES.get(name) or next((shape for size, shape in SHAPES.items() if size in name), (5, CLASSES))


def _with(*effects: type) -> list[Layer]:
    # An input layer is never called.
    return [row for row in LAYERS if isinstance(row.effect, effects) and row.name != "keras.layers.InputLayer"]


def _id(row: Layer | Activation) -> str:
    return row.name


def _build(row: Layer, resolve: Resolve) -> Any:
    build = resolve(row.name)
    if build is None:
        pytest.skip("not in the installed Keras")
    return build


@pytest.mark.parametrize("row", [row for row in ACTIVATIONS if row.scale], ids=_id)
def test_activation_gives_its_scale(row: Activation, meaning: Any, resolve: Resolve) -> None:
    assert meaning.is_just(row.scale, resolve(row.name)(meaning.logits(50, CLASSES)))


def test_sparsemax_still_does_not_sum_to_one(keras: Any, meaning: Any) -> None:
    assert not meaning.holds(Scale.SOFTMAX, keras.activations.sparsemax(meaning.logits(50, CLASSES)))


@pytest.mark.filterwarnings("ignore:.*from_logits:UserWarning")
@pytest.mark.parametrize("eagerly", [True, False])
@pytest.mark.parametrize("row", [row for row in ACTIVATIONS if row.scale and row.scale.is_probability], ids=_id)
def test_activation_leaves_its_mark(
    row: Activation, eagerly: bool, keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve
) -> None:
    softmax = row.scale is Scale.SOFTMAX
    loss = (keras.losses.CategoricalCrossentropy if softmax else keras.losses.BinaryCrossentropy)(from_logits=True)
    labels = tensorflow.one_hot([0, 1, 2, 3, 0], CLASSES)
    inputs = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))

    def compute(x: Any) -> Any:
        return loss(labels, resolve(row.name)(x))

    found = compute(inputs) if eagerly else tensorflow.function(compute)(inputs)
    assert np.allclose(found, loss(labels, inputs), atol=1e-5) is (row.rescue is Rescue.ALWAYS)


@pytest.mark.parametrize("row", _with(Keeps), ids=_id)
def test_layer_keeps_its_scales(row: Layer, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Keeps)
    layer = _build(row, resolve)(*ARGUMENTS.get(_short(row), ()))
    for scale in row.effect.scales:
        outputs = layer(meaning.sample(scale, *_shape(_short(row))))
        assert meaning.holds(scale, outputs), scale
        if row.effect.last is LastAxis.STAYS:
            assert outputs.shape[-1] == CLASSES


def test_shape_ends_in_the_number_of_units(keras: Any, tensorflow: Any, meaning: Any) -> None:
    steps = meaning.logits(*SHAPES["1D"])
    for reshaped in (keras.layers.Reshape((3, 8))(steps), tensorflow.reshape(steps, (-1, 8))):
        assert reshaped.shape[-1] == 8
    assert keras.layers.Flatten()(steps).shape[-1] == 24


@pytest.mark.parametrize("row", _with(Merges), ids=_id)
def test_merging_layer_keeps_its_scales(row: Layer, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Merges)
    for scale in row.effect.scales:
        both = meaning.sample(scale, 5, CLASSES), meaning.sample(scale, 6, CLASSES)[1:]
        assert meaning.holds(scale, resolve(row.name)(*ARGUMENTS.get(_short(row), ()))(both)), scale


@pytest.mark.parametrize("row", _with(Weighted), ids=_id)
def test_weighted_layer_ends_in_its_activation(row: Layer, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Weighted)
    build, given = _build(row, resolve), ARGUMENTS.get(_short(row), ())
    inputs = meaning.logits(*_shape(_short(row)), spread=20.0)
    assert meaning.is_just(Scale.LOGITS, build(*given)(inputs))
    activated = build(*given, activation="softmax")(inputs)
    assert meaning.holds(Scale.SOFTMAX, activated)
    if row.effect.units is not None:
        assert activated.shape[-1] == 3


RECURRENT = {
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN"), (5, (2, 6, CLASSES))),
    **{f"ConvLSTM{n}D": (5, (2, 3, *[4] * n, CLASSES)) for n in (1, 2, 3)},
}
FED_BACK = {None: Scale.LOGITS, "tanh": Scale.BOUNDED, "relu": Scale.NON_NEGATIVE, "sigmoid": Scale.UNIT_INTERVAL}


@pytest.mark.parametrize("activation", FED_BACK)
@pytest.mark.parametrize("row", _with(Recurs), ids=_id)
def test_recurrent_layer_feeds_its_activation_back(
    row: Layer, activation: str | None, meaning: Any, resolve: Resolve
) -> None:
    build, name = _build(row, resolve), _short(row)
    size, shape = RECURRENT[name]
    kernel = (2,) if name.startswith("Conv") else ()
    inputs = meaning.logits(*shape, spread=20.0)
    outputs = build(size, *kernel, activation=activation)(inputs)
    assert meaning.holds(FED_BACK[activation], outputs)
    assert outputs.shape[-1] == size


def test_a_table_holds_any_numbers(keras: Any, meaning: Any) -> None:
    table = keras.layers.Embedding(50, 6, embeddings_initializer="normal")
    assert meaning.is_just(Scale.LOGITS, table(np.arange(50)) * 20)


@pytest.mark.parametrize("row", _with(Activates), ids=_id)
def test_activating_layer_gives_its_scale(row: Layer, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Activates)
    activation = catalogue.lookup(row.effect.activation or "keras.activations.softmax")
    assert isinstance(activation, Activation)
    given: tuple[str, ...] = () if row.effect.activation else ("softmax",)
    if row.name == "keras.layers.PReLU":
        # Its slope is learned, from nought.
        given = ("ones",)
    assert meaning.is_just(activation.scale, resolve(row.name)(*given)(meaning.logits(50, CLASSES)))


@pytest.mark.parametrize("name", ["TimeDistributed", "SpectralNormalization"])
def test_wrapper_has_the_effect_of_its_layer(name: str, keras: Any, meaning: Any) -> None:
    assert f"keras.layers.{name}" in {row.name for row in _with(Wraps)}
    wrapped = getattr(keras.layers, name)(keras.layers.Dense(3, activation="softmax"))
    assert meaning.holds(Scale.SOFTMAX, wrapped(meaning.logits(2, 6, CLASSES)))


def test_a_recurrent_layer_does_not_end_in_its_activation(keras: Any, meaning: Any) -> None:
    for layer in (keras.layers.LSTM, keras.layers.GRU):
        assert not meaning.holds(Scale.SOFTMAX, layer(3, activation="softmax")(meaning.logits(2, 6, CLASSES)))


def test_an_application_ends_in_its_activation(keras: Any, meaning: Any) -> None:
    image = meaning.sample(Scale.SIGMOID, 2, 32, 32, 3)
    small = {"input_shape": (32, 32, 3), "alpha": 0.25, "weights": None, "classes": 5}
    assert meaning.holds(Scale.SOFTMAX, keras.applications.MobileNet(**small)(image))
    assert not meaning.holds(Scale.SOFTMAX, keras.applications.MobileNet(**small, classifier_activation=None)(image))
