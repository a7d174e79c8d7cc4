"""Functions on one tensor that move, pick, average or shift its numbers."""

from __future__ import annotations

from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.functions import EXP, LOG
from flake8_logits.knowledge.preserved import (
    AVERAGED,
    CLIPPED,
    DROPPED,
    EACH_NUMBER,
    EVERYTHING,
    PADDED,
    RESCALED,
    SUMMED,
)
from flake8_logits.knowledge.rows import Along, Effect, Gives, Keeps, LastAxis, Loses, Operation, Parameter


def _rows(module: str, effect: Effect, tensor: str, *names: str) -> tuple[Operation, ...]:
    return tuple(
        Operation(f"{module}.{name}", effect, Parameter(tensor, 0), kind=_KINDS.get(name, StepKind.OTHER))
        for name in names
    )


_KINDS = {
    **dict.fromkeys(("dropout",), StepKind.NOISE),
    **dict.fromkeys(("batch_normalization", "layer_normalization", "rms_normalization"), StepKind.NORMALISATION),
    **dict.fromkeys(("reshape", "batch_flatten", "flatten"), StepKind.RESHAPE),
    **dict.fromkeys(("reduce_mean", "mean", "average"), StepKind.STATISTIC),
    **dict.fromkeys(("reduce_sum", "sum"), StepKind.TOTAL),
    **dict.fromkeys(("argmax",), StepKind.LARGEST),
    **dict.fromkeys(("clip", "clip_by_value"), StepKind.CLIP),
    **dict.fromkeys(("reduce_max", "max", "amax", "reduce_min", "min", "amin"), StepKind.EXTREME),
}
"""What the functions of a name do in every module that has one."""

_LEADING: frozenset[object] = frozenset({0, 1})
_WHOLE = Keeps(EVERYTHING)
_MOVED = Keeps(EVERYTHING, last=LastAxis.MOVES)
_SQUEEZED = Keeps(EVERYTHING, last=LastAxis.SQUEEZED)
_SHAPE = Parameter("shape", 1, aliases=("newshape", "target_shape"))
_RESHAPED = Keeps(EVERYTHING, along=Along(_SHAPE, frozenset(), unknown=True), last=LastAxis.MOVES, shape=_SHAPE)
_WIDER = Keeps(EVERYTHING, along=Along(Parameter("axis", 1, -1, aliases=("dim",)), _LEADING))
_FLOATS = Keeps(
    EVERYTHING,
    along=Along(
        Parameter("dtype", 1, "float32"),
        frozenset({"float", "float16", "float32", "float64", "bfloat16", "half", "double"}),
        unknown=True,
        every=True,
    ),
)
_ORDER = Parameter("perm", 1, aliases=("axes", "pattern"))
_TRANSPOSED = Keeps(EVERYTHING, along=Along(_ORDER, frozenset(), last=-1))
_SINGLE = Keeps(EACH_NUMBER, last=LastAxis.MOVES)
_STRONGEST = Keeps(EACH_NUMBER)
_PADDED = Keeps(PADDED, last=LastAxis.MOVES)
_MEAN = Keeps(AVERAGED, along=Along(Parameter("axis", 1, aliases=("reduction_indices",)), _LEADING))
_POOLED = Keeps(AVERAGED)
_RESIZED = Keeps(
    AVERAGED, along=Along(Parameter("method", 2, "bilinear"), frozenset({"bilinear", "nearest", "area", "BILINEAR"}))
)
_CLIP = Keeps(
    CLIPPED,
    bounds=(
        Parameter("clip_value_min", 1, aliases=("x_min", "min_value", "a_min")),
        Parameter("clip_value_max", 2, aliases=("x_max", "max_value", "a_max")),
    ),
)
_SUM = Keeps(SUMMED, last=LastAxis.MOVES)
_SHIFT = Keeps(RESCALED)
_DROP = Keeps(DROPPED)
_WHERE = Loses("the number of a class")
_WEIGHTS = Gives(Scale.LOGITS)
_UNIT_LENGTH = Loses("vectors are scaled to unit length")


_OF_TENSORFLOW = (
    *_rows("tensorflow", _RESHAPED, "tensor", "reshape"),
    *_rows("tensorflow", _WHOLE, "tensor", "debugging.check_numerics", "reverse"),
    *_rows("tensorflow", _WIDER, "input", "expand_dims"),
    *_rows("tensorflow", _SQUEEZED, "input", "squeeze"),
    *_rows("tensorflow", _WHOLE, "input", "identity", "stop_gradient", "roll"),
    *_rows("tensorflow", _FLOATS, "x", "cast"),
    *_rows("tensorflow", _WHOLE, "x", "ensure_shape", "debugging.assert_all_finite", "to_float", "to_double"),
    *_rows("tensorflow", _WHOLE, "value", "convert_to_tensor", "saturate_cast"),
    *_rows("tensorflow", _WHOLE, "values", "sort"),
    *_rows("tensorflow", _WHOLE, "input_", "Print"),
    *_rows("tensorflow", _TRANSPOSED, "a", "transpose"),
    *_rows("tensorflow", _SINGLE, "params", "gather", "gather_nd"),
    *_rows("tensorflow", _SINGLE, "tensor", "boolean_mask"),
    *_rows("tensorflow", _SINGLE, "input_", "slice", "strided_slice"),
    *_rows("tensorflow", _SINGLE, "input", "tile", "repeat", "broadcast_to"),
    *_rows("tensorflow", _PADDED, "tensor", "pad"),
    *_rows("tensorflow", _MEAN, "input_tensor", "reduce_mean"),
    *_rows("tensorflow", _SINGLE, "input_tensor", "reduce_max", "reduce_min"),
    *_rows("tensorflow", _SUM, "input_tensor", "reduce_sum"),
    *_rows("tensorflow", _WHERE, "input", "argmax"),
    *_rows("tensorflow", _CLIP, "t", "clip_by_value"),
    *_rows("tensorflow", LOG, "x", "math.log"),
    *_rows("tensorflow", EXP, "x", "exp"),
    *_rows("tensorflow", _RESIZED, "images", "image.resize"),
)

_OF_TENSORFLOW_NN = (
    *_rows("tensorflow.nn", _DROP, "x", "dropout"),
    *_rows("tensorflow.nn", _POOLED, "input", "avg_pool", "avg_pool1d", "avg_pool2d", "avg_pool3d"),
    *_rows("tensorflow.nn", _STRONGEST, "input", "max_pool", "max_pool1d", "max_pool2d", "max_pool3d"),
    *_rows("tensorflow.nn", _SHIFT, "value", "bias_add"),
    *_rows("tensorflow.nn", _SHIFT, "x", "batch_normalization"),
    *_rows("tensorflow.nn", _UNIT_LENGTH, "x", "l2_normalize"),
    *_rows("tensorflow.nn", _WEIGHTS, "x", "xw_plus_b"),
    *_rows(
        "tensorflow.nn",
        _WEIGHTS,
        "input",
        "conv1d",
        "conv2d",
        "conv3d",
        "convolution",
        "conv1d_transpose",
        "conv2d_transpose",
        "conv3d_transpose",
        "depthwise_conv2d",
        "separable_conv2d",
    ),
)

_OF_KERAS_OPS = (
    *_rows("keras.ops", _RESHAPED, "x", "reshape"),
    *_rows("keras.ops", _WIDER, "x", "expand_dims"),
    *_rows("keras.ops", _FLOATS, "x", "cast", "saturate_cast"),
    *_rows("keras.ops", _SQUEEZED, "x", "squeeze"),
    *_rows("keras.ops", _WHOLE, "x", "copy", "flip"),
    *_rows("keras.ops", _WHOLE, "x", "convert_to_tensor", "convert_to_numpy", "array", "roll", "sort"),
    *_rows("keras.ops", _WHOLE, "variable", "stop_gradient"),
    *_rows("keras.ops", _TRANSPOSED, "x", "transpose"),
    *_rows("keras.ops", _SINGLE, "x", "swapaxes", "moveaxis", "take", "take_along_axis", "tile", "repeat"),
    *_rows("keras.ops", _SINGLE, "x", "max", "min", "broadcast_to", "ravel"),
    *_rows("keras.ops", _STRONGEST, "x", "nan_to_num"),
    *_rows("keras.ops", _SINGLE, "inputs", "slice"),
    *_rows("keras.ops", _STRONGEST, "inputs", "max_pool"),
    *_rows("keras.ops", _PADDED, "x", "pad"),
    *_rows("keras.ops", _MEAN, "x", "mean", "average"),
    *_rows("keras.ops", _POOLED, "inputs", "average_pool"),
    *_rows("keras.ops", _SUM, "x", "sum"),
    *_rows("keras.ops", _WHERE, "x", "argmax"),
    *_rows("keras.ops", _CLIP, "x", "clip"),
    *_rows("keras.ops", LOG, "x", "log"),
    *_rows("keras.ops", EXP, "x", "exp"),
    *_rows("keras.ops", _SHIFT, "x", "batch_normalization", "layer_normalization", "rms_normalization"),
    *_rows("keras.ops", _UNIT_LENGTH, "x", "normalize"),
    *_rows("keras.ops", _WEIGHTS, "inputs", "conv", "conv_transpose", "depthwise_conv", "separable_conv"),
    *_rows("keras.random", _DROP, "inputs", "dropout"),
)

_OF_KERAS_BACKEND = (
    *_rows("keras.backend", _RESHAPED, "x", "reshape"),
    *_rows("keras.backend", _WIDER, "x", "expand_dims"),
    *_rows("keras.backend", _FLOATS, "x", "cast"),
    *_rows("keras.backend", _SQUEEZED, "x", "squeeze"),
    *_rows("keras.backend", _MOVED, "x", "batch_flatten"),
    *_rows("keras.backend", _WHOLE, "x", "cast_to_floatx", "reverse", "identity", "repeat"),
    *_rows("keras.backend", _WHOLE, "variables", "stop_gradient"),
    *_rows("keras.backend", _TRANSPOSED, "x", "permute_dimensions"),
    *_rows("keras.backend", _SINGLE, "x", "transpose", "tile", "repeat_elements", "max", "min"),
    *_rows("keras.backend", _SINGLE, "x", "flatten"),
    *_rows("keras.backend", _SINGLE, "reference", "gather"),
    *_rows("keras.backend", _PADDED, "x", "temporal_padding", "spatial_2d_padding", "spatial_3d_padding"),
    *_rows("keras.backend", _MEAN, "x", "mean"),
    *_rows("keras.backend", _POOLED, "x", "resize_images", "resize_volumes"),
    *_rows("keras.backend", _SUM, "x", "sum"),
    *_rows("keras.backend", _WHERE, "x", "argmax"),
    *_rows("keras.backend", _CLIP, "x", "clip"),
    *_rows("keras.backend", LOG, "x", "log"),
    *_rows("keras.backend", EXP, "x", "exp"),
    *_rows("keras.backend", _DROP, "x", "dropout"),
    *_rows("keras.backend", _SHIFT, "x", "bias_add", "batch_normalization"),
    *_rows("keras.backend", _UNIT_LENGTH, "x", "l2_normalize"),
    *_rows("keras.backend", _WEIGHTS, "x", "conv1d", "conv2d", "conv3d", "conv2d_transpose", "depthwise_conv2d"),
    *_rows("keras.backend", _WEIGHTS, "x", "separable_conv2d"),
)

_OF_NUMPY = (
    *_rows("numpy", _RESHAPED, "a", "reshape"),
    *_rows("numpy", _WIDER, "a", "expand_dims"),
    *_rows("numpy", _SQUEEZED, "a", "squeeze"),
    *_rows("numpy", _WHOLE, "a", "asarray", "roll", "sort", "copy"),
    *_rows("numpy", _WHOLE, "a", "ascontiguousarray"),
    *_rows("numpy", _WHOLE, "object", "array"),
    *_rows("numpy", _WHOLE, "m", "flip"),
    *_rows("numpy", _TRANSPOSED, "a", "transpose"),
    *_rows("numpy", _SINGLE, "a", "swapaxes", "moveaxis", "take", "repeat", "max", "min", "amax", "amin"),
    *_rows("numpy", _SINGLE, "a", "ravel"),
    *_rows("numpy", _SINGLE, "A", "tile"),
    *_rows("numpy", _MEAN, "a", "mean", "average"),
    *_rows("numpy", _SUM, "a", "sum"),
    *_rows("numpy", _WHERE, "a", "argmax"),
    *_rows("numpy", _CLIP, "a", "clip"),
    *_rows("numpy", LOG, "x", "log"),
    *_rows("numpy", EXP, "x", "exp"),
)

ROWS: tuple[Operation, ...] = (*_OF_TENSORFLOW, *_OF_TENSORFLOW_NN, *_OF_KERAS_OPS, *_OF_KERAS_BACKEND, *_OF_NUMPY)
