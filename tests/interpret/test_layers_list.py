"""The list that ``model.layers`` gives."""

from __future__ import annotations

from flake8_logits.analysis import analyse
from flake8_logits.domain.targets import Target
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source.documents import python_document


def test_the_list_of_layers_is_a_copy_where_the_version_is_told() -> None:
    """In the Keras of 2017 ``model.layers.pop()`` took the layer away; in every later one nothing happens."""
    text = (
        "import keras\n"
        "from keras import layers\n"
        "model = keras.Sequential([layers.Dense(3), layers.Softmax()])\n"
        "model.layers.pop()\n"
        "model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
    )
    document = python_document("layers.py", text.encode())
    assert analyse(document).diagnostics == ()
    for version in (2, 3):
        report = analyse(document, settings=Settings(Target(version)))
        assert [diagnostic.code for diagnostic in report.diagnostics] == ["LGT102"]
