"""The prefilter may keep too much; it must never drop a program that could be wrong."""

from __future__ import annotations

import time

import pytest

from flake8_logits.source.prefilter import worth_parsing

_HEAD = "import tensorflow as tf\n"


@pytest.mark.parametrize(
    "line",
    [
        "model.compile(loss='mse')",
        "model . compile (\n    loss=x)",
        "super().compile(loss)",
        "core.compile(x)",
        "tf.keras.losses.CategoricalCrossentropy()",
        "keras.losses.sparse_categorical_crossentropy(y, p)",
        "K.binary_crossentropy(y, p)",
        "softmax_cross_entropy(y, p)",
        "SigmoidFocalCrossEntropy()",
        "tf.nn.weighted_cross_entropy_with_logits(y, p)",
        "x(from_logits=True)",
        "KLDivergence()",
        "kl_divergence(a, b)",
        "tf.keras.losses.KLD(a, b)",
        "kullback_leibler_divergence(a, b)",
        "losses.get('bce')",
        "BCE = 'bce'",
        "Poisson()",
        "Dice()",
        "Tversky()",
        "FocalLoss()",
        "ctc_batch_cost(a, b, c, d)",
        "CTC()",
        "CategoricalHinge()",
        "tf.random.categorical(x, 1)",
        "tf.compat.v1.multinomial(x, 1)",
        "tfd.Bernoulli(x)",
        "log_loss(y, p)",
        "SparsemaxLoss()",
        "loss = -(y * tf.math.log(p)).sum()",
        "def nll(p): return -p.log().sum()",
        "JaccardLoss()",
        "metrics.AUC()",
        "classifier = Classifier.from_preset('x', activation='softmax')",
        "softmax = tf.nn.softmax(Dense(3, activation='softmax')(x))",
        "tf.sigmoid(Dense(1, activation='sigmoid')(x))",
        "tf.nn.softmax(tf.keras.applications.ResNet50()(x))",
        "pattern = re.compile('x'); model\\\n  .compile(loss)",
        "tf.KLD_something",
        "my.losses",
        "x(metrics=[])",
        "FROM_LOGITS = True",
    ],
)
def test_kept(line: str) -> None:
    assert worth_parsing(_HEAD + line)
    assert worth_parsing("from KERAS import x\n" + line)


@pytest.mark.parametrize("loss", ["nn.CrossEntropyLoss()", "nn.NLLLoss()", "F.nll_loss(x, y)", "nn.BCELoss()"])
def test_kept_of_torch(loss: str) -> None:
    assert worth_parsing(f"from torch import nn\nimport torch.nn.functional as F\nloss = {loss}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import torch\nmodel = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Softmax(dim=1))",
        _HEAD + "x = 1",
        _HEAD + "pattern = re.compile('x')",
        _HEAD + "x = tf.keras.layers.Dense(3, activation='softmax')",
        _HEAD + "compile(source, 'x', 'exec')",
        _HEAD + "pattern = re.compile('x') or re.compile ('y')",
        _HEAD + "all_losses = my_metrics = metrics_1 = backlds",
    ],
)
def test_dropped(text: str) -> None:
    assert not worth_parsing(text)


@pytest.mark.parametrize("nasty", ["." * 200_000, ". " * 200_000, ".compile" * 50_000, "." + " " * 400_000])
def test_no_hang(nasty: str) -> None:
    start = time.perf_counter()
    assert not worth_parsing(_HEAD + nasty)
    assert time.perf_counter() - start < 10
