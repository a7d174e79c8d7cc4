"""What is known of the classes of Keras, held against the library."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from flake8_logits.knowledge.kinds import WITHOUT_SUBCLASSES
from flake8_logits.knowledge.traits import NEVER_FALSE


@pytest.mark.parametrize("name", sorted(WITHOUT_SUBCLASSES))
def test_no_other_layer_is_a_kind_of_it(name: str, keras: Any) -> None:
    cls = getattr(keras.layers, name.rpartition(".")[2])
    others = {other for _, other in inspect.getmembers(keras.layers, inspect.isclass) if issubclass(other, cls)}
    assert others == {cls}


@pytest.mark.parametrize("module", NEVER_FALSE)
def test_what_its_classes_make_counts_as_true(module: str, keras: Any) -> None:
    classes = [cls for _, cls in inspect.getmembers(getattr(keras, module.split(".")[1]), inspect.isclass)]
    assert not [cls.__name__ for cls in classes if hasattr(cls, "__len__") or hasattr(cls, "__bool__")]
