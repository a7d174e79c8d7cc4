"""The rows among themselves, and the folding of names; needs no library."""

from __future__ import annotations

from collections import Counter

import pytest

from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.catalogue import Row, canonical, lookup, owns
from flake8_logits.knowledge.rows import Activates, Activation, Layer, Loss, Metric, Operation
from flake8_logits.knowledge.spellings import GROUPS, NAMES, ROOTS

ROWS = tuple(catalogue.rows())


def _id(row: Row) -> str:
    return row.name


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(row.name for row in ROWS).items() if count > 1] == []


@pytest.mark.parametrize("kind", [Loss, Metric, Activation])
def test_strings_are_unique(kind: type[Loss | Metric | Activation]) -> None:
    strings = Counter(string for row in ROWS if isinstance(row, kind) for string in row.strings)
    assert [string for string, count in strings.items() if count > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_rows_stand_under_their_canonical_name(row: Row) -> None:
    assert canonical(row.name) == row.name
    assert lookup(row.name) is row


def test_fixed_activations_have_rows() -> None:
    named = {
        row.effect.activation
        for row in ROWS
        if isinstance(row, (Layer, Operation)) and isinstance(row.effect, Activates) and row.effect.activation
    }
    assert all(isinstance(lookup(name), Activation) for name in named)


def test_strings_are_found() -> None:
    loss = catalogue.loss_of_string("bce")
    metric = catalogue.metric_of_string("auc")
    activation = catalogue.activation_of_string("swish")
    assert loss is not None and loss.name == "keras.losses.binary_crossentropy"
    assert metric is not None and metric.name == "keras.metrics.AUC"
    assert activation is not None and activation.name == "keras.activations.silu"
    # Rejected by every version of Keras.
    assert catalogue.loss_of_string("cce") is None
    assert catalogue.loss_of_string("scce") is None
    assert catalogue.activation_of_string("SOFTMAX") is None


SPELLINGS = {
    "tensorflow.keras.layers.Dense": "keras.layers.Dense",
    "tf_keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.python.keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.python.keras.layers.core.Dense": "keras.layers.Dense",
    "tensorflow_core.python.keras.layers.core.Dense": "keras.layers.Dense",
    "tensorflow.compat.v1.keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.compat.v2.keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.contrib.keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.contrib.keras.api.keras.layers.Dense": "keras.layers.Dense",
    "tensorflow.keras.api._v2.keras.layers.Dense": "keras.layers.Dense",
    "keras.api._v2.keras.layers.Dense": "keras.layers.Dense",
    "keras.api.layers.Dense": "keras.layers.Dense",
    "keras.src.layers.core.dense.Dense": "keras.layers.Dense",
    "keras._tf_keras.keras.layers.Dense": "keras.layers.Dense",
    "keras_core.layers.Dense": "keras.layers.Dense",
    "keras.layers.core.Dense": "keras.layers.Dense",
    "keras.layers.Dense.from_config": "keras.layers.Dense.from_config",
    "keras.layers.convolutional.Conv2D": "keras.layers.Conv2D",
    "keras.layers.Convolution2D": "keras.layers.Conv2D",
    "keras.layers.convolutional.Convolution2D": "keras.layers.Conv2D",
    "keras.layers.MaxPool2D": "keras.layers.MaxPooling2D",
    "keras.layers.GlobalAvgPool1D": "keras.layers.GlobalAveragePooling1D",
    "keras.layers.normalization.BatchNormalization": "keras.layers.BatchNormalization",
    "keras.layers.merge.concatenate": "keras.layers.concatenate",
    "tensorflow.keras.layers.experimental.preprocessing.Rescaling": "keras.layers.Rescaling",
    "tensorflow.layers.Dense": "keras.layers.Dense",
    "tensorflow.layers.dense": "tensorflow.compat.v1.layers.dense",
    "tensorflow.compat.v1.layers.dense": "tensorflow.compat.v1.layers.dense",
    "keras.models.Sequential": "keras.Sequential",
    "keras.engine.sequential.Sequential": "keras.Sequential",
    "keras.src.models.sequential.Sequential": "keras.Sequential",
    "tensorflow.keras.Sequential": "keras.Sequential",
    "keras.models.Model": "keras.Model",
    "keras.engine.Model": "keras.Model",
    "keras.engine.training.Model": "keras.Model",
    "tensorflow.python.keras.engine.training.Model": "keras.Model",
    "keras.layers.Input": "keras.Input",
    "keras.engine.Input": "keras.Input",
    "keras.engine.input_layer.Input": "keras.Input",
    "keras.engine.topology.Layer": "keras.layers.Layer",
    "keras.objectives.categorical_crossentropy": "keras.losses.categorical_crossentropy",
    "keras.src.losses.losses.BinaryCrossentropy": "keras.losses.BinaryCrossentropy",
    "tensorflow.losses.BinaryCrossentropy": "keras.losses.BinaryCrossentropy",
    "tensorflow.losses.binary_crossentropy": "keras.losses.binary_crossentropy",
    "tensorflow.losses.softmax_cross_entropy": "tensorflow.compat.v1.losses.softmax_cross_entropy",
    "tensorflow.compat.v1.losses.log_loss": "tensorflow.compat.v1.losses.log_loss",
    "tensorflow.losses": "tensorflow.losses",
    "keras.losses.kld": "keras.losses.kl_divergence",
    "tensorflow.keras.losses.KLD": "keras.losses.kl_divergence",
    "keras.losses.kullback_leibler_divergence": "keras.losses.kl_divergence",
    "keras.metrics.binary_crossentropy": "keras.losses.binary_crossentropy",
    "tensorflow.metrics.binary_crossentropy": "keras.losses.binary_crossentropy",
    "tensorflow.metrics.AUC": "keras.metrics.AUC",
    "tensorflow.metrics.auc": "tensorflow.compat.v1.metrics.auc",
    "keras.src.metrics.accuracy_metrics.BinaryAccuracy": "keras.metrics.BinaryAccuracy",
    "keras.activations.swish": "keras.activations.silu",
    "keras.ops.nn.softmax": "keras.ops.softmax",
    "keras.src.ops.nn.softmax": "keras.ops.softmax",
    "keras.ops.numpy.reshape": "keras.ops.reshape",
    "tensorflow.keras.backend.softmax": "keras.backend.softmax",
    "keras.backend.tensorflow_backend.softmax": "keras.backend.softmax",
    "keras.applications.resnet50.ResNet50": "keras.applications.ResNet50",
    "keras.applications.vgg16.VGG16": "keras.applications.VGG16",
    "tensorflow.keras.applications.resnet50.preprocess_input": "keras.applications.preprocess_input",
    "tensorflow.keras.utils.to_categorical": "keras.utils.to_categorical",
    "tensorflow.sigmoid": "tensorflow.nn.sigmoid",
    "tensorflow.math.sigmoid": "tensorflow.nn.sigmoid",
    "tensorflow.math.softmax": "tensorflow.nn.softmax",
    "tensorflow.math.log_softmax": "tensorflow.nn.log_softmax",
    "tensorflow.tanh": "tensorflow.nn.tanh",
    "tensorflow.log": "tensorflow.math.log",
    "tensorflow.compat.v1.log": "tensorflow.math.log",
    "tensorflow.math.reduce_mean": "tensorflow.reduce_mean",
    "tensorflow.linalg.matmul": "tensorflow.matmul",
    "tensorflow.compat.v1.nn.softmax": "tensorflow.nn.softmax",
    "tensorflow.compat.v1.nn.xw_plus_b": "tensorflow.nn.xw_plus_b",
    "tensorflow.compat.v2.nn.softmax": "tensorflow.nn.softmax",
    "tensorflow.python.ops.nn_ops.softmax": "tensorflow.nn.softmax",
    "tensorflow.compat.v1.reshape": "tensorflow.reshape",
    "tensorflow.compat.v1.train.AdamOptimizer": "tensorflow.compat.v1.train.AdamOptimizer",
    "tensorflow.compat.v1.multinomial": "tensorflow.random.multinomial",
    "tensorflow.distributions.Categorical": "tensorflow.compat.v1.distributions.Categorical",
    "tensorflow.contrib.slim.fully_connected": "tf_slim.fully_connected",
    "tensorflow.contrib.layers.fully_connected": "tf_slim.fully_connected",
    "tensorflow.contrib.layers.convolution2d": "tf_slim.conv2d",
    "tensorflow.contrib.slim.losses.softmax_cross_entropy": "tf_slim.losses.softmax_cross_entropy",
    "keras_nlp.models.BertClassifier": "keras_hub.models.BertClassifier",
    "keras_cv.models.classification.ImageClassifier": "keras_cv.models.ImageClassifier",
    "tensorflow_addons.losses.focal_loss.SigmoidFocalCrossEntropy": "tensorflow_addons.losses.SigmoidFocalCrossEntropy",
    "transformers.models.bert.modeling_tf_bert.TFBertForMaskedLM": "transformers.TFBertForMaskedLM",
    "transformers.TFBertForMaskedLM.from_pretrained": "transformers.TFBertForMaskedLM.from_pretrained",
    "numpy.reshape": "numpy.reshape",
    "my_module.layers.Dense": "my_module.layers.Dense",
    "keras": "keras",
}


@pytest.mark.parametrize(("spelt", "expected"), SPELLINGS.items(), ids=SPELLINGS)
def test_spellings_fold(spelt: str, expected: str) -> None:
    assert canonical(spelt) == expected


ENDS = ("", ".Dense", ".dense", ".x.Dense", ".losses.log_loss", ".keras.losses.kld", ".nn.swish", ".layers.core.Dense")


@pytest.mark.parametrize(
    "start", sorted({*ROOTS, *GROUPS, *NAMES, *SPELLINGS, "tensorflow.compat.v1", "", ".", "a..b", "tensorflow."})
)
def test_folding_twice_is_folding_once(start: str) -> None:
    for end in ENDS:
        once = canonical(start + end)
        assert canonical(once) == once


def test_tables_end_where_they_should() -> None:
    assert all(canonical(target) == target for target in NAMES.values())


@pytest.mark.parametrize("root", [root for root in ROOTS if "." in root])
def test_names_fold_the_same_wherever_an_import_parts_them(root: str) -> None:
    parts = root.split(".")
    for at in range(1, len(parts)):
        module, rest = ".".join(parts[:at]), ".".join(parts[at:])
        assert canonical(f"{canonical(module)}.{rest}.name") == canonical(f"{root}.name"), (module, rest)


def test_a_package_that_may_be_the_project_keeps_its_own_modules() -> None:
    assert all(map(owns, ("keras.whatever", "torch.utils.data", "numpy.linalg", "openfl.federated", "ignite.engine")))
    assert not any(map(owns, ("openfl.utilities.checks", "ignite.contrib", "ours.losses")))
