"""Functions and classes of other packages that train a model with a loss: they are given both."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Pairs, Parameter

_SCIKERAS = "scikeras 0.13"
_FEDERATED = "tensorflow-federated 0.87"
_ART = "adversarial-robustness-toolbox 1.18"
_MODEL = Parameter("model", 0, aliases=("build_fn",))
_KERAS_MODEL = Parameter("keras_model", 0)
_LOSS = Parameter("loss", None)

ROWS: tuple[Pairs, ...] = (
    *(
        Pairs(f"scikeras.wrappers.{name}", _MODEL, _LOSS, _SCIKERAS, routes=True)
        for name in ("KerasClassifier", "KerasRegressor", "BaseWrapper")
    ),
    *(
        Pairs(f"tensorflow_federated.{module}.from_keras_model", _KERAS_MODEL, Parameter("loss", 1), _FEDERATED)
        for module in ("learning", "learning.models")
    ),
    *(
        Pairs(
            f"art.estimators.classification.{module}TensorFlowV2Classifier",
            Parameter("model", 0),
            Parameter("loss_object", 4),
            _ART,
        )
        for module in ("", "tensorflow.")
    ),
)
