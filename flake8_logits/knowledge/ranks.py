"""How many axes the tensor has that a Keras layer gives, the batch included."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Activates, Keeps, Layer, Parameter, Weighted

_FIXED = {
    "Flatten": 2,
    "RepeatVector": 3,
    **{
        f"{name}{size}D": size + 2
        for name in ("Conv", "SeparableConv", "DepthwiseConv", "LocallyConnected", "MaxPooling", "AveragePooling")
        for size in (1, 2, 3)
    },
    **{f"Conv{size}DTranspose": size + 2 for size in (1, 2, 3)},
    **{f"UpSampling{size}D": size + 2 for size in (1, 2, 3)},
    **{f"Global{name}Pooling{size}D": 2 for name in ("Average", "Max") for size in (1, 2, 3)},
}
RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN", "CuDNNLSTM", "CuDNNGRU"})
"""These give the last step alone, two axes, unless ``return_sequences`` is set."""
RETURN_SEQUENCES = Parameter("return_sequences", None, False)
RESHAPED = {"Reshape": Parameter("target_shape", 0)}
"""These have as many axes as this shape says, and one for the batch."""


def fixed_rank(row: Layer) -> int | None:
    """The number of axes of whatever the layer gives; None where it depends."""
    return _FIXED.get(row.name.rpartition(".")[2])


def keeps_rank(row: Layer) -> bool:
    """Whether a layer gives as many axes as it is given, if it has no number of its own."""
    name = row.name.rpartition(".")[2]
    return isinstance(row.effect, (Weighted, Activates, Keeps)) and name not in RESHAPED
