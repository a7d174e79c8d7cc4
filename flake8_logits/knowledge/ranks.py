"""How many axes the tensor has that a Keras layer gives, where that is not the number it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flake8_logits.knowledge.rows import Layer, Parameter, Rank

_SEQUENCES = Parameter("return_sequences", None, False)

_RANKS = {
    "Flatten": Rank(2),
    "RepeatVector": Rank(3),
    "Reshape": Rank(shape=Parameter("target_shape", 0)),
    **{
        f"{name}{size}D": Rank(size + 2)
        for name in ("Conv", "SeparableConv", "DepthwiseConv", "LocallyConnected", "MaxPooling", "AveragePooling")
        for size in (1, 2, 3)
    },
    **{f"Conv{size}DTranspose": Rank(size + 2) for size in (1, 2, 3)},
    **{f"UpSampling{size}D": Rank(size + 2) for size in (1, 2, 3)},
    **{f"Global{name}Pooling{size}D": Rank(2) for name in ("Average", "Max") for size in (1, 2, 3)},
    # These give the last step alone unless told to give all of them.
    "Embedding": Rank(more=1),
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN", "CuDNNLSTM", "CuDNNGRU"), Rank(2, sequences=_SEQUENCES)),
}


def ranked(rows: Iterable[Layer]) -> tuple[Layer, ...]:
    """The rows of Keras layers with what is known of the number of axes they give."""
    return tuple(replace(row, rank=_RANKS.get(row.name.rpartition(".")[2])) for row in rows)
