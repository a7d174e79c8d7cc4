"""Strings that only one major version of Keras takes; all others are taken by both.

Measured on Keras 3.15 and 3.0, and on tf.keras 2.15, 2.10 and 2.4: a string is listed under a version if some release
of that version takes it and none of the other does.
"""

from __future__ import annotations

LOSSES: dict[int, frozenset[str]] = {
    2: frozenset({"kullback_leibler_divergence"}),
    3: frozenset(
        {
            "crossentropy",
            "Crossentropy",
            "CrossEntropy",
            "CROSSENTROPY",
            "ce",
            "CE",
            "Dice",
            "dice",
            "Tversky",
            "tversky",
            "CTC",
            "ctc",
        }
    ),
}
"""For ``compile(loss=...)``."""

ACTIVATIONS: dict[int, frozenset[str]] = {
    2: frozenset({"Softmax", "ReLU", "LeakyReLU", "PReLU"}),
    3: frozenset(
        {
            "celu",
            "glu",
            "hard_shrink",
            "hard_silu",
            "hard_swish",
            "hard_tanh",
            "log_sigmoid",
            "soft_shrink",
            "sparse_plus",
            "sparse_sigmoid",
            "sparsemax",
            "squareplus",
            "tanh_shrink",
            "threshold",
        }
    ),
}
"""For the ``activation`` of a layer."""

METRICS: dict[int, frozenset[str]] = {
    2: frozenset(),
    3: frozenset(
        {
            "auc",
            "precision",
            "recall",
            "binary_io_u",
            "f1_score",
            "f_beta_score",
            "true_positives",
            "true_negatives",
            "false_positives",
            "false_negatives",
        }
    ),
}
"""For ``compile(metrics=[...])``: Keras 2 takes the exact names of classes and functions."""


def takes(table: dict[int, frozenset[str]], string: str, keras: int | None) -> bool:
    """Whether a release of this major version (None: of any) may take the string."""
    return keras is None or not any(string in only for version, only in table.items() if version != keras)


def copies_layers(keras: int | None) -> bool:
    """Whether ``model.layers`` is a copy: to change it changes nothing, as it did in the Keras of 2017."""
    return keras is not None
