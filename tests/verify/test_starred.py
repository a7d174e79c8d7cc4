"""What a star import of a library binds is in a slice, and what one of another library binds is not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.domain.verification import Answer
from tests.verify.conftest import Settle
from tests.verify.programs import cut_project, source

MODEL = "from keras import Input, Sequential\nm = Sequential([Input((4,)), Dense(3)])\n"
LOSS = "m.compile('adam', 'categorical_crossentropy')\n"
TORCH = "m = Sequential(Linear(4, 3), Softmax(1))\nF.cross_entropy(m(zeros(2, 4)), zeros(2).long())\n"


@pytest.mark.parametrize("spelt", ["keras.layers", "tensorflow.keras.layers"])
def test_layer_of_a_star_is_the_librarys(spelt: str) -> None:
    lines = source(f"from {spelt} import *\n{MODEL}{LOSS}").splitlines()
    assert f"Dense = __library__('keras.layers.Dense', '{spelt}.Dense')" in lines
    assert [line for line in lines if "Softmax" in line or line.startswith("Input =")] == [
        "Input = __library__('keras.Input', 'keras.Input')"
    ]


def test_last_star_that_has_a_name_binds_it() -> None:
    text = "import torch.nn.functional as F\nfrom torch.nn import *\nfrom numpy import *\nfrom torch import *\n" + TORCH
    assert "zeros = __library__('torch.zeros', 'torch.zeros')" in source(text).splitlines()
    assert "numpy" not in source(text)


def test_star_that_may_not_be_come_to_hides_no_other() -> None:
    text = (
        "try:\n    from tensorflow.keras.layers import *\nexcept ImportError:\n    from keras.layers import *\n"
        f"{MODEL}{LOSS}"
    )
    assert source(text).count("    Dense = __library__('keras.layers.Dense'") == 2


def test_name_that_the_module_binds_is_its_own() -> None:
    text = f"from keras.layers import *\nimport keras\ndef Dense(n):\n    return keras.layers.Dense(n)\n{MODEL}{LOSS}"
    assert "Dense = __library__" not in source(text)


def test_types_of_python_come_from_no_star() -> None:
    text = f"from numpy import *\nfrom keras.layers import *\n{MODEL.replace('(3)', '(int(max([3.0])))')}{LOSS}"
    lines = source(text).splitlines()
    assert "max = __library__('numpy.max', 'numpy.max')" in lines and not any(one.startswith("int") for one in lines)


def test_star_of_a_module_of_the_project_hands_a_librarys_on(tmp_path: Path) -> None:
    files = {"own.py": "from keras.layers import *\n", "main.py": f"from own import *\n{MODEL}{LOSS}"}
    main, own = cut_project(tmp_path, files, "main.py")
    assert "Dense = __project__(1, 'Dense', '')" in main.splitlines()
    assert own == "Dense = __library__('keras.layers.Dense', 'keras.layers.Dense')"


def test_model_of_stars_is_measured(settle: Settle) -> None:
    ((_, told),) = settle(f"from keras.layers import *\n{MODEL}{LOSS}")
    assert told.answer is Answer.CONFIRMED, told.reason


def test_name_of_a_star_that_is_not_run_is_named(settle: Settle) -> None:
    model = MODEL.replace("(3)", "(3, kernel_initializer=start)")
    ((_, told),) = settle(f"from unheard_of import *\nfrom keras.layers import *\n{model}{LOSS}")
    assert told.reason == "it depends on what is not run: start"
