"""Keras' own losses, as classes and as functions of ``y_true`` and ``y_pred``."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.labels import LabelKind
from flake8_logits.knowledge.rows import Form, Loss, Parameter

_TARGET = Parameter("y_true", 0)
_PREDICTION = Parameter("y_pred", 1)

_CATEGORICAL = Contract(Expects.SWITCHED, Family.CATEGORICAL)
_BINARY = Contract(Expects.SWITCHED, Family.BINARY)


def _switched(
    name: str,
    form: Form,
    contract: Contract,
    index: int,
    strings: tuple[str, ...],
    support: Support = Support.FULL,
    spoils_rescue: Parameter | None = None,
    labels: LabelKind | None = None,
) -> Loss:
    switch = Parameter("from_logits", index, False)
    row = Loss(f"keras.losses.{name}", form, contract, _PREDICTION, _TARGET, switch, support, strings, spoils_rescue)
    return replace(row, labels=labels)


_CROSSENTROPY_CLASSES = (
    _switched("BinaryCrossentropy", Form.CLASS, _BINARY, 0, ("BinaryCrossentropy",)),
    _switched(
        "CategoricalCrossentropy",
        Form.CLASS,
        _CATEGORICAL,
        0,
        ("CategoricalCrossentropy",),
        labels=LabelKind.ONE_HOT,
    ),
    _switched(
        "SparseCategoricalCrossentropy",
        Form.CLASS,
        _CATEGORICAL,
        0,
        ("SparseCategoricalCrossentropy",),
        spoils_rescue=Parameter("ignore_class", 1),
        labels=LabelKind.NUMBERS,
    ),
    # Keras 2 looks for the numbers before a sigmoid only in one of the two factors of the binary focal loss.
    _switched("BinaryFocalCrossentropy", Form.CLASS, _BINARY, 3, ("BinaryFocalCrossentropy",), Support.KERAS_2),
    _switched(
        "CategoricalFocalCrossentropy",
        Form.CLASS,
        _CATEGORICAL,
        2,
        ("CategoricalFocalCrossentropy",),
        Support.KERAS_2,
        labels=LabelKind.ONE_HOT,
    ),
)

_CROSSENTROPY_FUNCTIONS = (
    _switched("binary_crossentropy", Form.FUNCTION, _BINARY, 2, ("binary_crossentropy", "bce", "BCE")),
    _switched(
        "categorical_crossentropy",
        Form.FUNCTION,
        _CATEGORICAL,
        2,
        ("categorical_crossentropy",),
        labels=LabelKind.ONE_HOT,
    ),
    _switched(
        "sparse_categorical_crossentropy",
        Form.FUNCTION,
        _CATEGORICAL,
        2,
        ("sparse_categorical_crossentropy",),
        spoils_rescue=Parameter("ignore_class", 3),
        labels=LabelKind.NUMBERS,
    ),
    _switched("binary_focal_crossentropy", Form.FUNCTION, _BINARY, 5, ("binary_focal_crossentropy",), Support.KERAS_2),
    _switched(
        "categorical_focal_crossentropy",
        Form.FUNCTION,
        _CATEGORICAL,
        4,
        ("categorical_focal_crossentropy",),
        Support.KERAS_2,
        labels=LabelKind.ONE_HOT,
    ),
)

# No function of this name: Keras 3 chooses one of the three cross-entropies by the shapes it meets, whatever the case
# of the string; the switch of all three is off.
_CHOSEN_BY_SHAPE = Loss(
    "keras.losses.crossentropy",
    Form.FUNCTION,
    Contract(Expects.PROBABILITIES),
    _PREDICTION,
    _TARGET,
    strings=("crossentropy", "Crossentropy", "CrossEntropy", "CROSSENTROPY", "ce", "CE"),
    source="Model.compile of Keras 3",
)


def _fixed(expects: Expects, name: str, strings: tuple[str, ...], family: Family = Family.ANY) -> Loss:
    form = Form.CLASS if name[0].isupper() else Form.FUNCTION
    return Loss(f"keras.losses.{name}", form, Contract(expects, family), _PREDICTION, _TARGET, strings=strings)


_PROBABILITY_LOSSES = (
    _fixed(Expects.PROBABILITIES, "KLDivergence", ("KLDivergence",)),
    _fixed(Expects.PROBABILITIES, "kl_divergence", ("kl_divergence", "kld", "KLD", "kullback_leibler_divergence")),
    _fixed(Expects.PROBABILITIES, "Dice", ("Dice",)),
    _fixed(Expects.PROBABILITIES, "dice", ("dice",)),
    _fixed(Expects.PROBABILITIES, "Tversky", ("Tversky",)),
    _fixed(Expects.PROBABILITIES, "tversky", ("tversky",)),
    # Keras takes neither as a string.
    _fixed(Expects.PROBABILITIES, "CategoricalGeneralizedCrossEntropy", (), Family.CATEGORICAL),
    _fixed(Expects.PROBABILITIES, "categorical_generalized_cross_entropy", (), Family.CATEGORICAL),
)

_OTHER_LOSSES = (
    _fixed(Expects.LOGITS, "CTC", ("CTC",), Family.CATEGORICAL),
    _fixed(Expects.LOGITS, "ctc", ("ctc",), Family.CATEGORICAL),
    _fixed(Expects.RATE, "Poisson", ("Poisson",)),
    _fixed(Expects.RATE, "poisson", ("poisson",)),
    _fixed(Expects.SCORES, "Hinge", ("Hinge",)),
    _fixed(Expects.SCORES, "hinge", ("hinge",)),
    _fixed(Expects.SCORES, "SquaredHinge", ("SquaredHinge",)),
    _fixed(Expects.SCORES, "squared_hinge", ("squared_hinge",)),
    _fixed(Expects.SCORES, "CategoricalHinge", ("CategoricalHinge",)),
    _fixed(Expects.SCORES, "categorical_hinge", ("categorical_hinge",)),
)

ROWS: tuple[Loss, ...] = (
    *_CROSSENTROPY_CLASSES,
    *_CROSSENTROPY_FUNCTIONS,
    _CHOSEN_BY_SHAPE,
    *_PROBABILITY_LOSSES,
    *_OTHER_LOSSES,
)
