"""Wrappers of other packages that train a PyTorch model with a loss that they are given."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Trainer

_SKORCH = (Parameter("module", 0), Parameter("criterion", 1))

ROWS: tuple[Trainer, ...] = (
    Trainer("fastai.Learner", Parameter("model", 1), Parameter("loss_func", 2)),
    Trainer("ignite.engine.create_supervised_trainer", Parameter("model", 0), Parameter("loss_fn", 2)),
    Trainer("openfl.federated.FederatedModel", Parameter("build_model", 0), Parameter("loss_fn", 2)),
    Trainer("skorch.NeuralNet", *_SKORCH),
    Trainer("skorch.NeuralNetClassifier", *_SKORCH, but=("torch.nn.NLLLoss",)),  # it takes the logarithm first
    Trainer("skorch.NeuralNetBinaryClassifier", *_SKORCH),
)
