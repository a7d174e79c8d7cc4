"""Functions and classes of other packages that train a model with a loss: they are given both."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Trainer

_SCIKERAS = "scikeras 0.13"
_FEDERATED = "tensorflow-federated 0.87"
_ART = "adversarial-robustness-toolbox 1.18"
_MODEL = Parameter("model", 0, aliases=("build_fn",))
_KERAS_MODEL = Parameter("keras_model", 0)
_LOSS = Parameter("loss", None)

_OF_KERAS = (
    *(
        Trainer(f"scikeras.wrappers.{name}", _MODEL, _LOSS, source=_SCIKERAS, routes=True)
        for name in ("KerasClassifier", "KerasRegressor", "BaseWrapper")
    ),
    *(
        Trainer(
            f"tensorflow_federated.{module}.from_keras_model", _KERAS_MODEL, Parameter("loss", 1), source=_FEDERATED
        )
        for module in ("learning", "learning.models")
    ),
    Trainer(
        "tensorflow_federated.learning.models.functional_model_from_keras",
        _KERAS_MODEL,
        Parameter("loss_fn", 1),
        source=_FEDERATED,
    ),
    *(
        Trainer(
            f"art.{module}TensorFlowV2Classifier",
            Parameter("model", 0),
            Parameter("loss_object", 3),
            source=_ART,
        )
        for module in ("estimators.classification.", "estimators.classification.tensorflow.", "classifiers.")
    ),
)

_SKORCH = (Parameter("module", 0), Parameter("criterion", 1))

_OF_TORCH = (
    Trainer("fastai.Learner", Parameter("model", 1), Parameter("loss_func", 2)),
    Trainer("ignite.engine.create_supervised_trainer", Parameter("model", 0), Parameter("loss_fn", 2)),
    Trainer("openfl.federated.FederatedModel", Parameter("build_model", 0), Parameter("loss_fn", 2)),
    Trainer("skorch.NeuralNet", *_SKORCH),
    Trainer("skorch.NeuralNetClassifier", *_SKORCH, but=("torch.nn.NLLLoss",)),  # it takes the logarithm first
    Trainer("skorch.NeuralNetBinaryClassifier", *_SKORCH),
)

ROWS: tuple[Trainer, ...] = (*_OF_KERAS, *_OF_TORCH)
