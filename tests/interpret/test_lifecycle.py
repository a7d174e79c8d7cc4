"""A loss given to ``compile`` meets what the model gives when it first trains, wherever that is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_logits.domain.unknown import Reason
from tests.interpret.projects import Files, Project

NETS = """\
from tensorflow import keras
from tensorflow.keras import layers


def net():
    return keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(5)])
"""
HELPERS = {
    "finish": "def finish(model):\n    model.add(layers.Softmax())\n",
    "compiled": """\
def compiled():
    model = net()
    model.compile("adam", "categorical_crossentropy")
    return model
""",
    "print_layers": """\
def print_layers(model):
    model.compile("adam", "categorical_crossentropy")
    for layer in model.layers:
        print(layer.name)
""",
    "print_summary": """\
def print_summary():
    model = net()
    model.compile("adam", "categorical_crossentropy")
    model.summary()
""",
}
WRONG = "model = net()\nmodel.compile('adam', 'categorical_crossentropy')\n"
ANEW = "model.compile('adam', keras.losses.CategoricalCrossentropy(from_logits=True))\n"
TRAINS = "model.fit(images, kinds)\n"

QUIET = {
    "a head is put on by a helper": f"{WRONG}finish(model)\n{TRAINS}",
    "a head is put on by a line": f"model = compiled()\nmodel.add(layers.Softmax())\n{TRAINS}",
    "in each branch": f"{WRONG}if images:\n    finish(model)\nelse:\n    finish(model)\n{TRAINS}",
    "before a loop": f"{WRONG}finish(model)\nwhile images:\n    {TRAINS}",
    "compiled for its layers, then anew": f"model = net()\nprint_layers(model)\n{ANEW}{TRAINS}",
    "compiled by a helper, then anew": f"model = compiled()\n{ANEW}{TRAINS}",
    "another is compiled for its layers": f"print_layers(net())\nmodel = net()\n{ANEW}{TRAINS}",
    "another is compiled for a summary": f"print_summary()\nmodel = net()\n{ANEW}{TRAINS}",
    "several are compiled for a summary": f"for _ in range(3):\n    print_summary()\nmodel = net()\n{ANEW}{TRAINS}",
}
FOUND = {
    "it trains as it was compiled": f"{WRONG}{TRAINS}",
    "a head is put on too late": f"{WRONG}{TRAINS}finish(model)\n",
    "a head is put on in one branch": f"{WRONG}if images:\n    {TRAINS}else:\n    finish(model)\n",
    "it trains before it is compiled anew": f"{WRONG}{TRAINS}{ANEW}{TRAINS}",
    "it is evaluated": f"{WRONG}model.evaluate(images, kinds)\n",
}
Written = Callable[[str], Files]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def _helpers(program: str) -> dict[str, str]:
    return {name: text for name, text in HELPERS.items() if f"{name}(" in program}


def local(program: str) -> Files:
    """A program with its helpers in the same file."""
    return {"train.py": "\n\n".join([NETS, *_helpers(program).values(), program])}


def imported(program: str) -> Files:
    """A program with its helpers in another file."""
    imports = "from tensorflow import keras\nfrom tensorflow.keras import layers\nfrom nets import net\n"
    helpers = _helpers(program)
    lines = [imports, *(f"from tools import {name}\n" for name in helpers), program]
    return {"train.py": "".join(lines), "tools.py": "\n\n".join([imports, *helpers.values()]), "nets.py": NETS}


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET)
@pytest.mark.parametrize("written", [local, imported])
def test_a_loss_that_a_model_does_not_train_with_is_not_judged(
    written: Written, program: str, project: Project
) -> None:
    assert project.write(written(program)).found() == []


@pytest.mark.parametrize("program", FOUND.values(), ids=FOUND)
@pytest.mark.parametrize("written", [local, imported])
def test_a_loss_that_a_model_trains_with_is_judged(written: Written, program: str, project: Project) -> None:
    assert [code for code, _ in project.write(written(program)).found()] == ["LGT101"]


def test_a_loss_that_is_replaced_is_listed(project: Project) -> None:
    assert project.write(local(f"{WRONG}{ANEW}{TRAINS}")).reasons() == [Reason.REPLACED]


def test_a_loss_that_is_replaced_is_decided_if_it_agrees(project: Project) -> None:
    right = WRONG.replace("'categorical_crossentropy'", "keras.losses.CategoricalCrossentropy(from_logits=True)")
    assert right != WRONG
    assert project.write(local(f"{right}{ANEW}{TRAINS}")).reasons() == []


def test_one_that_code_out_of_sight_may_train_is_judged(project: Project) -> None:
    program = f"from out_of_sight import run\n{WRONG}run(model)\nmodel.predict(images)\n"
    assert [code for code, _ in project.write(local(program)).found()] == ["LGT101"]
