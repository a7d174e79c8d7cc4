"""Every row of Keras, TensorFlow and numpy against the installed library: its name, its parameters, its strings."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from typing import Any

import pytest

from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.catalogue import Row
from flake8_logits.knowledge.rows import Activation, Loss, Metric
from tests.knowledge.signatures import parameters, signature_of

Resolve = Callable[[str], Any]

INSTALLED = ("keras", "tensorflow", "numpy")
BESIDE = (
    "fastai",
    "art",
    "dgl",
    "einops",
    "focal_loss",
    "ignite",
    "keras_cv",
    "keras_hub",
    "kornia",
    "monai",
    "official",
    "openfl",
    "scikeras",
    "scipy",
    "segmentation_models",
    "segmentation_models_pytorch",
    "skorch",
    "tensorflow_addons",
    "tensorflow_federated",
    "tensorflow_probability",
    "tf_slim",
    "tflearn",
    "timm",
    "torch_geometric",
    "torchvision",
    "transformers",
)
"""Packages that need not be installed: their rows are held against the sources named in the rows' modules."""

IN_LANES = ("distrax", "equinox", "flax", "haiku", "jax", "optax", "torch")
"""Packages whose rows are held against them in lanes of their own."""

KERAS_2 = "Keras 2 only"
CHOSEN = "no such thing: the string makes Model.compile choose"
NEEDS_KERAS_2 = "TensorFlow builds its old layers from Keras 2"

ELSEWHERE = {
    r"keras\.layers\.(LocallyConnected\dD|SyncBatchNormalization|CuDNN(LSTM|GRU))": KERAS_2,
    r"keras\.backend\.identity": "Keras 1 and standalone Keras 2",
    r"keras\.applications\.(RegNet|ResNetRS)\w+": KERAS_2,
    r"keras\.experimental\.\w+": KERAS_2,
    r"keras\.losses\.crossentropy": CHOSEN,
    r"keras\.metrics\.accuracy": CHOSEN,
    r"tensorflow\.compat\.v1\.layers\.\w+": NEEDS_KERAS_2,
}
"""Names that the installed libraries do not have, as patterns, with the reason."""

STRINGS_ELSEWHERE = {
    ("losses", "kullback_leibler_divergence"): KERAS_2,
    ("metrics", "kld"): KERAS_2,
    ("metrics", "KLD"): KERAS_2,
    ("activations", "Softmax"): KERAS_2,
    ("activations", "ReLU"): KERAS_2,
    ("activations", "LeakyReLU"): KERAS_2,
    ("activations", "PReLU"): KERAS_2,
}
"""Strings that the installed Keras rejects, with the reason."""

NO_SIGNATURE = re.compile(r"numpy\.")
"""Compiled functions, some of which do not tell their parameters."""

ROWS = tuple(catalogue.rows())
HERE = tuple(row for row in ROWS if row.name.partition(".")[0] in INSTALLED)


def _id(row: Row) -> str:
    return row.name


def _why_elsewhere(name: str) -> str | None:
    return next((why for pattern, why in ELSEWHERE.items() if re.fullmatch(pattern, name)), None)


@pytest.mark.parametrize("row", HERE, ids=_id)
def test_name_exists(row: Row, resolve: Resolve) -> None:
    why = _why_elsewhere(row.name)
    if why is None:
        assert callable(resolve(row.name))
    else:
        assert resolve(row.name) is None


def test_every_exception_is_needed() -> None:
    names = [row.name for row in HERE]
    assert [p for p in ELSEWHERE if not any(re.fullmatch(p, name) for name in names)] == []


def test_all_packages_are_known() -> None:
    assert {row.name.partition(".")[0] for row in ROWS} == {*INSTALLED, *BESIDE, *IN_LANES}


@pytest.mark.parametrize("package", BESIDE)
def test_names_of_other_packages(package: str, resolve: Resolve) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    rows = [row for row in ROWS if row.name.startswith(f"{package}.")]
    assert [row.name for row in rows if resolve(row.name) is None] == []


@pytest.mark.parametrize("row", [row for row in HERE if any(parameters(row))], ids=_id)
def test_parameters_stand_where_the_row_says(row: Row, resolve: Resolve) -> None:
    thing = resolve(row.name)
    if thing is None:
        assert _why_elsewhere(row.name) is not None
        return
    for method, parameter in parameters(row):
        try:
            signature = signature_of(thing, method)
        except ValueError:
            assert NO_SIGNATURE.match(row.name)
            return
        assert parameter.index is not None
        found = signature[parameter.index]
        assert found.name in (parameter.name, *parameter.aliases)
        assert found.kind in (found.POSITIONAL_OR_KEYWORD, found.POSITIONAL_ONLY)
        default = None if found.default is found.empty else found.default
        assert default == parameter.default
        assert type(default) is type(parameter.default)


def _strings(kind: type[Loss | Metric | Activation]) -> list[tuple[str, str]]:
    return [
        (string, row.name)
        for row in ROWS
        if isinstance(row, kind) and _why_elsewhere(row.name) != CHOSEN
        for string in row.strings
    ]


@pytest.mark.parametrize(
    ("module", "string", "name"),
    [
        *(("losses", *pair) for pair in _strings(Loss)),
        *(("metrics", *pair) for pair in _strings(Metric)),
        *(("activations", *pair) for pair in _strings(Activation)),
    ],
)
def test_string_means_the_row(module: str, string: str, name: str, keras: Any, resolve: Resolve) -> None:
    get = getattr(keras, module).get
    if (module, string) in STRINGS_ELSEWHERE:
        with pytest.raises(ValueError, match=string):
            get(string)
        return
    found = get(string)
    wanted = resolve(name)
    assert found is wanted or type(found) is wanted


@pytest.mark.parametrize("string", ["cce", "scce", "CCE", "Categorical_Crossentropy"])
def test_no_such_loss(string: str, keras: Any) -> None:
    assert catalogue.loss_of_string(string) is None
    with pytest.raises(ValueError, match=string):
        keras.losses.get(string)


CHOOSING = catalogue.lookup("keras.losses.crossentropy")
ACCURACY = catalogue.lookup("keras.metrics.accuracy")


@pytest.mark.parametrize("string", CHOOSING.strings if isinstance(CHOOSING, Loss) else ())
def test_compile_chooses_a_crossentropy(string: str, keras: Any) -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Activation("linear")])
    labels, outputs = keras.ops.array([[1.0], [0.0]]), keras.ops.array([[0.75], [0.5]])
    model.compile(loss=string)
    chosen = model.evaluate(outputs, labels, verbose=0)
    assert chosen == pytest.approx(float(keras.losses.BinaryCrossentropy()(labels, outputs)), rel=1e-5)


@pytest.mark.parametrize("string", ACCURACY.strings if isinstance(ACCURACY, Metric) else ())
def test_compile_cuts_the_accuracy_of_one_unit_at_one_half(string: str, keras: Any) -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Activation("linear")])
    model.compile(loss="mse", metrics=[string])
    # As logits both are positives, as probabilities the first is not.
    _, accuracy = model.evaluate(keras.ops.array([[0.25], [0.75]]), keras.ops.array([[1.0], [1.0]]), verbose=0)
    assert accuracy == pytest.approx(0.5)
