"""Losses and layers of packages beside Keras and TensorFlow."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, EACH_NUMBER, RESCALED
from flake8_logits.knowledge.rows import Activates, Form, Keeps, Layer, Loses, Loss, Parameter, Weighted, Wraps

_TARGET = Parameter("y_true", 0)
_PREDICTION = Parameter("y_pred", 1)


def _switched(
    name: str, form: Form, family: Family, index: int | None, support: Support = Support.NONE, source: str = ""
) -> Loss:
    switch = Parameter("from_logits", index, False)
    contract = Contract(Expects.SWITCHED, family)
    return Loss(name, form, contract, _PREDICTION, _TARGET, switch, support, source=source)


_ADDONS_LOSSES = (
    _switched("tensorflow_addons.losses.SigmoidFocalCrossEntropy", Form.CLASS, Family.BINARY, 0),
    _switched("tensorflow_addons.losses.sigmoid_focal_crossentropy", Form.FUNCTION, Family.BINARY, 4),
    # It has the switch, on by default, and refuses any other position.
    Loss(
        "tensorflow_addons.losses.SparsemaxLoss",
        Form.CLASS,
        Contract(Expects.LOGITS, Family.CATEGORICAL),
        prediction=_PREDICTION,
        target=_TARGET,
    ),
    Loss(
        "tensorflow_addons.losses.sparsemax_loss_from_logits",
        Form.FUNCTION,
        Contract(Expects.LOGITS, Family.CATEGORICAL),
        prediction=Parameter("logits_pred", 1),
        target=_TARGET,
    ),
    Loss(
        "tensorflow_addons.losses.sparsemax_loss",
        Form.FUNCTION,
        Contract(Expects.LOGITS, Family.CATEGORICAL),
        prediction=Parameter("logits", 0),
        target=Parameter("labels", 2),
    ),
)

_FOCAL_LOSSES = (
    _switched("keras_cv.losses.FocalLoss", Form.CLASS, Family.BINARY, 2),
    _switched("keras_cv.losses.BinaryPenaltyReducedFocalCrossEntropy", Form.CLASS, Family.BINARY, 2),
    _switched("focal_loss.BinaryFocalLoss", Form.CLASS, Family.BINARY, None),
    _switched("focal_loss.binary_focal_loss", Form.FUNCTION, Family.BINARY, None),
    # Second in early releases, third since it has class weights: read by keyword only.
    _switched("focal_loss.SparseCategoricalFocalLoss", Form.CLASS, Family.CATEGORICAL, None),
    _switched("focal_loss.sparse_categorical_focal_loss", Form.FUNCTION, Family.CATEGORICAL, None),
)

_OFFICIAL_LOSSES = tuple(
    Loss(
        f"official.nlp.modeling.losses.{name}",
        Form.FUNCTION,
        Contract(Expects.SWITCHED, Family.CATEGORICAL),
        Parameter("predictions", 1),
        Parameter("labels", 0),
        Parameter("from_logits", 3, False),
        Support.FULL,
        source="tf-models-official 2.20",
    )
    for name in ("weighted_sparse_categorical_crossentropy_loss", "weighted_sparse_categorical_crossentropy.loss")
)


def _segmentation(name: str, form: Form, family: Family = Family.ANY) -> Loss:
    contract = Contract(Expects.PROBABILITIES, family)
    name = f"segmentation_models.losses.{name}"
    return Loss(name, form, contract, Parameter("pr", 1), Parameter("gt", 0), source="segmentation-models 1.0.1")


# The lower-case names are instances of the classes, or sums of two of them.
_SEGMENTATION_LOSSES = (
    _segmentation("JaccardLoss", Form.CLASS),
    _segmentation("DiceLoss", Form.CLASS),
    _segmentation("BinaryCELoss", Form.CLASS, Family.BINARY),
    _segmentation("CategoricalCELoss", Form.CLASS, Family.CATEGORICAL),
    _segmentation("BinaryFocalLoss", Form.CLASS, Family.BINARY),
    _segmentation("CategoricalFocalLoss", Form.CLASS, Family.CATEGORICAL),
    _segmentation("jaccard_loss", Form.FUNCTION),
    _segmentation("dice_loss", Form.FUNCTION),
    *(
        _segmentation(name, Form.FUNCTION, Family.BINARY)
        for name in (
            "binary_crossentropy",
            "binary_focal_loss",
            "bce_dice_loss",
            "bce_jaccard_loss",
            "binary_focal_dice_loss",
            "binary_focal_jaccard_loss",
        )
    ),
    *(
        _segmentation(name, Form.FUNCTION, Family.CATEGORICAL)
        for name in (
            "categorical_crossentropy",
            "categorical_focal_loss",
            "cce_dice_loss",
            "cce_jaccard_loss",
            "categorical_focal_dice_loss",
            "categorical_focal_jaccard_loss",
        )
    ),
)

_UNITS = Parameter("units", 0)
_FILTERS = Parameter("filters", 0)


def _addons(name: str, effect: Weighted | Activates | Keeps | Wraps | Loses, kind: StepKind = StepKind.OTHER) -> Layer:
    return Layer(f"tensorflow_addons.layers.{name}", effect, kind=kind)


_ADDONS_LAYERS = (
    _addons("WeightNormalization", Wraps(Parameter("layer", 0))),
    _addons("SpectralNormalization", Wraps(Parameter("layer", 0))),
    _addons("NoisyDense", Weighted(Parameter("activation", 3), _UNITS)),
    _addons("GELU", Activates("keras.activations.gelu")),
    _addons("Maxout", Keeps(EACH_NUMBER)),
    _addons("GroupNormalization", Keeps(RESCALED), StepKind.NORMALISATION),
    _addons("InstanceNormalization", Keeps(RESCALED), StepKind.NORMALISATION),
    _addons("Sparsemax", Activates("keras.activations.sparsemax", axis=Parameter("axis", 0, -1))),
    _addons("MultiHeadAttention", Loses("attention mixes its inputs")),
    *(_addons(f"AdaptiveAveragePooling{n}D", Keeps(AVERAGED)) for n in "123"),
    *(_addons(f"AdaptiveMaxPooling{n}D", Keeps(EACH_NUMBER)) for n in "123"),
)

_PROBABILITY_LAYERS = (
    Layer("tensorflow_probability.layers.DenseVariational", Weighted(Parameter("activation", 5), _UNITS)),
    *(
        Layer(f"tensorflow_probability.layers.Dense{kind}", Weighted(Parameter("activation", 1), _UNITS))
        for kind in ("Flipout", "Reparameterization", "LocalReparameterization")
    ),
    *(
        Layer(f"tensorflow_probability.layers.Convolution{n}D{kind}", Weighted(Parameter("activation", 6), _FILTERS))
        for n in "123"
        for kind in ("Flipout", "Reparameterization")
    ),
)

ROWS: tuple[Loss | Layer, ...] = (
    *_ADDONS_LOSSES,
    *_FOCAL_LOSSES,
    *_OFFICIAL_LOSSES,
    *_SEGMENTATION_LOSSES,
    *_ADDONS_LAYERS,
    *_PROBABILITY_LAYERS,
)
