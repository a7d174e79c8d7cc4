"""What the rows say of functions on tensors, held against the numbers that the installed libraries compute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.rows import Activates, Activation, Gives, Keeps, LastAxis, Maps, Merges, Operation

Resolve = Callable[[str], Any]

OPERATIONS = tuple(
    row
    for row in catalogue.rows()
    if isinstance(row, Operation) and row.name.startswith(("keras.", "tensorflow.", "numpy."))
)
CLASSES = 4
MATRIX = (5, CLASSES)
SERIES = (2, 6, CLASSES)
IMAGE = (2, 6, 6, CLASSES)
VOLUME = (2, 4, 4, 4, CLASSES)

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "Print": ([],),
    "assert_all_finite": ("message",),
    "keras.ops.average": (0,),
    "numpy.average": (0,),
    "average_pool": (2,),
    "boolean_mask": ([True, False, True, True, False],),
    "broadcast_to": ((3, *MATRIX),),
    "cast": ("float32",),
    "check_numerics": ("message",),
    "clip": (1e-7, 1 - 1e-7),
    "clip_by_value": (1e-7, 1 - 1e-7),
    "concat": (-1,),
    "dropout": (0.0,),
    "ensure_shape": (MATRIX,),
    "expand_dims": (0,),
    "gather": ([0, 1],),
    "gather_nd": ([[0], [1]],),
    "max_pool": (2,),
    "mean": (0,),
    "moveaxis": (0, 1),
    "pad": ([[1, 1], [1, 1]],),
    "dot": (1,),
    "permute_dimensions": ((0, 1),),
    "reduce_mean": (0,),
    "repeat": (2,),
    "repeat_elements": (2, 0),
    "reshape": ((-1, CLASSES),),
    "resize": ((3, 3),),
    "resize_images": (2, 2, "channels_last"),
    "resize_volumes": (2, 2, 2, "channels_last"),
    "reverse": ([0],),
    "roll": (1, 0),
    "saturate_cast": ("float32",),
    "slice": ([0, 0], [2, 2]),
    "squeeze": (1,),
    "strided_slice": ([0, 0], [2, 2]),
    "swapaxes": (0, 1),
    "take": ([0, 1], 0),
    "take_along_axis": (np.zeros((1, CLASSES), "int32"), 0),
    "tile": ((2, 2),),
    **dict.fromkeys(("tensorflow.transpose", "keras.ops.transpose", "numpy.transpose"), ((0, 1),)),
    **{f"tensorflow.nn.{kind}_pool{n}": (2, 2, "VALID") for kind in ("avg", "max") for n in ("", "1d", "2d", "3d")},
}
SHAPES = {
    "squeeze": (5, 1, CLASSES),
    "image.resize": IMAGE,
    "resize_images": IMAGE,
    "resize_volumes": VOLUME,
    "temporal_padding": SERIES,
    "spatial_2d_padding": IMAGE,
    "spatial_3d_padding": VOLUME,
    "pool1d": SERIES,
    "pool3d": VOLUME,
    "pool2d": IMAGE,
    "_pool": IMAGE,
}
SHIFTING = ("batch_normalization", "layer_normalization", "rms_normalization", "bias_add")
"""They scale and shift by what they are given: of any real number nothing is left to check."""


def _with(*effects: type) -> list[Operation]:
    return [row for row in OPERATIONS if isinstance(row.effect, effects)]


def _id(row: Operation) -> str:
    return row.name


def _short(row: Operation) -> str:
    return row.name.rpartition(".")[2]


def _activation(row: Operation) -> Activation:
    assert isinstance(row.effect, Activates)
    activation = catalogue.lookup(row.effect.activation or "")
    assert isinstance(activation, Activation)
    return activation


def _function(row: Operation, resolve: Resolve) -> Any:
    function = resolve(row.name)
    if function is None:
        pytest.skip("not in the installed libraries")
    return function


def _given(row: Operation) -> tuple[Any, ...]:
    return ARGUMENTS.get(row.name, ARGUMENTS.get(_short(row), ()))


@pytest.mark.parametrize("row", [row for row in _with(Activates) if _activation(row).scale], ids=_id)
def test_operation_gives_its_scale(row: Operation, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    inputs = tensorflow.constant(meaning.logits(50, CLASSES))
    assert meaning.is_just(_activation(row).scale, resolve(row.name)(inputs))


@pytest.mark.parametrize("row", [row for row in _with(Keeps, Maps) if _short(row) not in SHIFTING], ids=_id)
def test_operation_keeps_its_scales(row: Operation, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    function = _function(row, resolve)
    assert isinstance(row.effect, (Keeps, Maps))
    pairs = row.effect.pairs if isinstance(row.effect, Maps) else [(scale, scale) for scale in row.effect.scales]
    shape = next((found for end, found in SHAPES.items() if row.name.endswith(end)), MATRIX)
    for before, after in pairs:
        inputs = meaning.sample(before, *shape)
        tensor = inputs if row.name.startswith("numpy.") else tensorflow.constant(inputs)
        outputs = function(tensor, *_given(row))
        assert meaning.holds(after, outputs), (before, after)
        if isinstance(row.effect, Maps) or row.effect.last is not LastAxis.MOVES:
            assert outputs.shape[-1] == CLASSES


@pytest.mark.parametrize("row", _with(Merges), ids=_id)
def test_merging_keeps_its_scales(row: Operation, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Merges)
    for scale in row.effect.scales:
        both = meaning.sample(scale, *MATRIX), meaning.sample(scale, 6, CLASSES)[1:]
        tensors = both if row.name.startswith("numpy.") else [tensorflow.constant(one) for one in both]
        assert meaning.holds(scale, resolve(row.name)(tensors, *_given(row))), scale


def test_what_has_weights_gives_any_number() -> None:
    # Sums of products with learned numbers: nothing of their inputs is left to check.
    assert {row.effect.scale for row in OPERATIONS if isinstance(row.effect, Gives)} == {Scale.LOGITS}


MARKED = [row for row in _with(Activates) if (scale := _activation(row).scale) and scale.is_probability]


@pytest.mark.filterwarnings("ignore:.*from_logits:UserWarning")
@pytest.mark.parametrize("row", MARKED, ids=_id)
def test_operation_leaves_its_mark(row: Operation, keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    assert isinstance(row.effect, Activates)
    activation = _activation(row)
    rescue = row.effect.rescue.then(activation.rescue)
    softmax = activation.scale is Scale.SOFTMAX
    loss = (keras.losses.CategoricalCrossentropy if softmax else keras.losses.BinaryCrossentropy)(from_logits=True)
    labels = tensorflow.one_hot([0, 1, 2, 3, 0], CLASSES)
    inputs = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))

    def compute(x: Any) -> Any:
        return loss(labels, resolve(row.name)(x))

    wanted = loss(labels, inputs)
    assert np.allclose(tensorflow.function(compute)(inputs), wanted, atol=1e-5) is (rescue is not Rescue.NEVER)
    if rescue is Rescue.ALWAYS:
        assert np.allclose(compute(inputs), wanted, atol=1e-5)
