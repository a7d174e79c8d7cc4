"""Models, losses, constants and helpers that stand in other files of the project."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from flake8_logits.domain.unknown import Reason
from tests.interpret.projects import BUILD, COMPILE, LAYER, LOSS, NOT_OF_THE_PROJECT, Files, Project

# -- ways to import ---------------------------------------------------------------------------------------------------

IMPORTED: dict[str, tuple[str, Files]] = {
    "absolutely": ("train.py", {"train.py": f"from models import build\n{COMPILE}", "models.py": BUILD}),
    "as another name": (
        "train.py",
        {"train.py": f"from models import build as b\n{COMPILE.replace('build', 'b')}", "models.py": BUILD},
    ),
    "by the module": ("train.py", {"train.py": f"import models\nmodels.{COMPILE}", "models.py": BUILD}),
    "by the module's alias": ("train.py", {"train.py": f"import models as m\nm.{COMPILE}", "models.py": BUILD}),
    "by a star": ("train.py", {"train.py": f"from models import *\n{COMPILE}", "models.py": BUILD}),
    "relatively": ("app/train.py", {"app/train.py": f"from .models import build\n{COMPILE}", "app/models.py": BUILD}),
    "relatively, the module": (
        "app/train.py",
        {"app/train.py": f"from . import models\nmodels.{COMPILE}", "app/models.py": BUILD},
    ),
    "from the package above": (
        "app/run/train.py",
        {"app/run/train.py": f"from ..models import build\n{COMPILE}", "app/models.py": BUILD},
    ),
    "from the folder above, put on the path": (
        "scripts/train.py",
        {
            "scripts/train.py": f"import sys\nsys.path.append('..')\nfrom models import build\n{COMPILE}",
            "models.py": BUILD,
            "setup.py": "",
        },
    ),
    "from a folder beside it, put on the path": (
        "scripts/train.py",
        {
            "scripts/train.py": (
                "import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))\n"
                f"from models import build\n{COMPILE}"
            ),
            "lib/models.py": BUILD,
            "setup.py": "",
        },
    ),
    "from a folder that the script puts on the path, by a module of its own": (
        "train.py",
        {
            "train.py": f"import sys\nsys.path.append('lib')\nfrom app.made import build\n{COMPILE}",
            "app/made.py": "from models import build\n",
            "lib/models.py": BUILD,
            "setup.py": "",
        },
    ),
    "relatively by a star": (
        "app/train.py",
        {"app/train.py": f"from .models import *\n{COMPILE}", "app/models.py": BUILD, "app/__init__.py": ""},
    ),
    "absolutely from a package": (
        "app/train.py",
        {"app/train.py": f"from app.models import build\n{COMPILE}", "app/models.py": BUILD, "app/__init__.py": ""},
    ),
    "by a dotted module": (
        "train.py",
        {"train.py": f"import app.models\napp.models.{COMPILE}", "app/models.py": BUILD, "app/__init__.py": ""},
    ),
    "by a dotted module's alias": (
        "train.py",
        {"train.py": f"import app.models as m\nm.{COMPILE}", "app/models.py": BUILD, "app/__init__.py": ""},
    ),
    "the module from a package": (
        "train.py",
        {"train.py": f"from app import models\nmodels.{COMPILE}", "app/models.py": BUILD, "app/__init__.py": ""},
    ),
    "from the package itself": (
        "train.py",
        {"train.py": f"from app import build\n{COMPILE}", "app/__init__.py": BUILD},
    ),
    "passed on by the package": (
        "train.py",
        {
            "train.py": f"from app import build\n{COMPILE}",
            "app/__init__.py": "from .models import build\n",
            "app/models.py": BUILD,
        },
    ),
    "passed on under another name": (
        "train.py",
        {
            "train.py": f"import app\napp.{COMPILE}",
            "app/__init__.py": "from app.models import made as build\n",
            "app/models.py": "from .inner.deep import build as made\n",
            "app/inner/__init__.py": "",
            "app/inner/deep.py": BUILD,
        },
    ),
    "passed on by a star": (
        "train.py",
        {
            "train.py": f"from app import *\n{COMPILE}",
            "app/__init__.py": "from .models import *\n__all__ = ['build']\n",
            "app/models.py": BUILD,
        },
    ),
    "from a folder without __init__": (
        "train.py",
        {"train.py": f"from app.inner.models import build\n{COMPILE}", "app/inner/models.py": BUILD},
    ),
    "a module of a folder without __init__": (
        "train.py",
        {"train.py": f"import app.inner.models\napp.inner.models.{COMPILE}", "app/inner/models.py": BUILD},
    ),
    "from src": (
        "scripts/train.py",
        {"scripts/train.py": f"from app.models import build\n{COMPILE}", "src/app/models.py": BUILD},
    ),
    "within src": (
        "src/app/train.py",
        {
            "src/app/train.py": f"from app.models import build\n{COMPILE}",
            "src/app/models.py": BUILD,
            "src/app/__init__.py": "",
        },
    ),
    "by a test": (
        "tests/unit/train.py",
        {"tests/unit/train.py": f"from app.models import build\n{COMPILE}", "app/models.py": BUILD},
    ),
    "within a function": (
        "train.py",
        {"train.py": f"def f():\n    from models import build\n    {COMPILE}", "models.py": BUILD},
    ),
    "within a function that is called": (
        "train.py",
        {"train.py": f"def f():\n    import models\n    models.{COMPILE}f()\n", "models.py": BUILD},
    ),
    "within a method": (
        "train.py",
        {"train.py": f"class C:\n  def f(self):\n    from models import build\n    {COMPILE}", "models.py": BUILD},
    ),
    "within try": (
        "train.py",
        {
            "train.py": f"try:\n    from models import build\nexcept ImportError:\n    raise\n{COMPILE}",
            "models.py": BUILD,
        },
    ),
    "in either place": (
        "train.py",
        {
            "train.py": (
                "try:\n    from .models import build\nexcept ImportError:\n    from models import build\n" + COMPILE
            ),
            "models.py": BUILD,
        },
    ),
    "in a cycle of two": (
        "train.py",
        {"train.py": f"from models import build\nX = 1\n{COMPILE}", "models.py": "import train\n" + BUILD},
    ),
    "in a cycle of three": (
        "train.py",
        {
            "train.py": f"from a import build\n{COMPILE}",
            "a.py": "from b import build\nimport train\n",
            "b.py": "import a\n" + BUILD,
        },
    ),
    "a file that is itself": ("train.py", {"train.py": BUILD + f"import train\ntrain.{COMPILE}"}),
    "a folder and a file of one name": (
        "train.py",
        {"train.py": f"from app import build\n{COMPILE}", "app/__init__.py": BUILD, "app/x.txt": ""},
    ),
    "behind a marker in a folder above": (
        "deep/er/train.py",
        {"deep/er/train.py": f"from models import build\n{COMPILE}", "models.py": BUILD},
    ),
}


@pytest.mark.parametrize("name", IMPORTED)
def test_a_model_is_found_however_it_is_imported(name: str, project: Project) -> None:
    checked, files = IMPORTED[name]
    project.write(files)
    line = next(n for n, text in enumerate(files[checked].splitlines(), 1) if ".compile(" in text)
    (found,) = project.report(checked).diagnostics
    (where,) = (file for file, text in files.items() if "Dense" in text)
    layer = next(n for n, text in enumerate(files[where].splitlines(), 1) if "Dense" in text)
    assert (found.code, found.span.line) == ("LGT101", line)
    assert [(related.span.path, related.span.line) for related in found.related] == [(project.path(where), layer)]


# -- what is imported -------------------------------------------------------------------------------------------------

HEAD = """\
import keras.losses
model = keras.Sequential([keras.layers.Dense(3)])
soft = keras.Sequential([keras.layers.Softmax()])
"""
"""Two models of the checked file; what is imported meets them on line 5."""

THINGS: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "a loss object": ("from other import loss\nmodel.compile(loss=loss)\n", [("LGT101", 5)]),
    "a loss object that is right": ("from other import loss\nsoft.compile(loss=loss)\n", []),
    "a loss object, called": ("from other import loss\nloss(labels, model(images))\n", [("LGT101", 5)]),
    "a string": ("from other import LOSS\nmodel.compile(loss=LOSS)\n", [("LGT101", 5)]),
    "a string by its module": ("import other\nmodel.compile(loss=other.LOSS)\n", [("LGT101", 5)]),
    "a switch": (
        "from other import FLAG\nmodel.compile(loss=keras.losses.BinaryCrossentropy(from_logits=FLAG))\n",
        [("LGT101", 5)],
    ),
    "a switch turned round": (
        "from other import FLAG\nmodel.compile(loss=keras.losses.BinaryCrossentropy(from_logits=not FLAG))\n",
        [],
    ),
    "a switch behind an attribute": (
        "from other import Settings\nmodel.compile(loss=keras.losses.BinaryCrossentropy(from_logits=Settings.flag))\n",
        [("LGT101", 5)],
    ),
    "a dictionary": ("from other import CONFIG\nmodel.compile(**CONFIG)\n", [("LGT101", 5)]),
    "an entry of a dictionary": ("from other import CONFIG\nmodel.compile(loss=CONFIG['loss'])\n", [("LGT101", 5)]),
    "a helper that makes a loss": ("from other import make\nmodel.compile(loss=make(False))\n", [("LGT101", 5)]),
    "a helper that makes another": ("from other import make\nmodel.compile(loss=make(True))\n", []),
    "a helper that compiles": ("from other import train\ntrain(model)\n", [("LGT101", 5)]),
    "a helper that compiles what is right": ("from other import train\ntrain(soft)\n", []),
    "a helper that calls the loss": ("from other import step\nstep(model(images))\n", [("LGT101", 5)]),
    "a helper of a helper": ("from other import outer\nouter(model)\n", [("LGT101", 5)]),
    "a loss function of the project's own": ("from other import own\nmodel.compile(loss=own)\n", [("LGT101", 5)]),
    "a class of model": ("from other import Net\nNet().compile(loss='categorical_crossentropy')\n", [("LGT101", 5)]),
    "a class to inherit from": (
        "from other import Net\nclass Mine(Net): pass\nMine().compile(loss='categorical_crossentropy')\n",
        [("LGT101", 6)],
    ),
    "an activation": (
        (
            "from other import ACTIVATION\n"
            "made = keras.Sequential([keras.layers.Dense(3, ACTIVATION)])\n"
            "made.compile(loss=keras.losses.BinaryCrossentropy(True))\n"
        ),
        [("LGT102", 6)],
    ),
    "a library under the project's name": (
        "from other import keras as k\nmodel.compile(loss=k.losses.BinaryCrossentropy())\n",
        [("LGT101", 5)],
    ),
    "a name that is changed later": ("import other\nmodel.compile(loss=other.later)\n", [("LGT101", 5)]),
    "a name set from here": (
        "import other\nother.LOSS = 'mse'\nmodel.compile(loss=other.LOSS)\n",
        [],
    ),
}
OTHER = f"""\
{LOSS}
CONFIG = {{"loss": "categorical_crossentropy", "optimizer": "adam"}}
ACTIVATION = "sigmoid"
later = "mse"
later = "categorical_crossentropy"


class Settings:
    flag = False


def make(flag):
    return keras.losses.CategoricalCrossentropy(from_logits=flag)


def train(model):
    model.compile(loss="categorical_crossentropy")


def outer(model):
    train(model)


def step(outputs):
    return keras.losses.categorical_crossentropy(labels, outputs)


def own(y_true, y_pred):
    return keras.losses.categorical_crossentropy(y_true, y_pred)


class Net(keras.Model):
    def __init__(self):
        self.head = keras.layers.Dense(3)

    def call(self, inputs):
        return self.head(inputs)


if __name__ == "__main__":
    train(Net())
"""


@pytest.mark.parametrize("name", THINGS)
def test_what_is_imported_is_known(name: str, project: Project) -> None:
    text, expected = THINGS[name]
    project.write({"train.py": HEAD + text, "other.py": OTHER})
    assert project.found() == expected


def test_a_loss_of_another_file_is_named_as_related_place(project: Project) -> None:
    project.write({"train.py": HEAD + "from other import loss\nmodel.compile(loss=loss)\n", "other.py": LOSS})
    (found,) = project.report().diagnostics
    assert (project.path("other.py"), 4) in [(related.span.path, related.span.line) for related in found.related]
    assert (project.path("train.py"), 2) in [(related.span.path, related.span.line) for related in found.related]


def test_what_meets_elsewhere_is_found_at_the_call_that_led_there(project: Project) -> None:
    project.write({"train.py": HEAD + "from other import outer\nouter(\n    model)\n", "other.py": OTHER})
    (found,) = project.report().diagnostics
    assert (found.span.line, found.span.column, found.span.end_line) == (5, 0, 6)
    assert project.path("other.py") in [related.span.path for related in found.related]


def test_each_call_is_judged_with_its_own_arguments(project: Project) -> None:
    text = HEAD + "from other import train\ntrain(soft)\ntrain(model)\ntrain(soft)\n"
    assert project.write({"train.py": text, "other.py": OTHER}).found() == [("LGT101", 6)]


def test_only_what_is_checked_is_reported(project: Project) -> None:
    wrong = BUILD + 'build().compile(loss="categorical_crossentropy")\n'
    project.write({"train.py": "from models import build  # keras\nbuild().compile(loss='mse')\n", "models.py": wrong})
    assert project.report().diagnostics == ()
    assert project.report().unknowns == ()
    assert project.found("models.py") == [("LGT101", 9)]


TAKEN = (
    "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nimport parts\nfrom parts import LAST\n"
    "head = nn.Linear(4, 3)\n{}\nF.cross_entropy({}(head(torch.ones(2, 4))), torch.ones(2))\n"
)
PARTS = "from torch import nn\nLAST = nn.{}\n\n\ndef change():\n    global LAST\n    LAST = nn.{}\n"


@pytest.mark.parametrize(
    "change", ["parts.change()", "parts.LAST = nn.Softmax(dim=1)", "setattr(parts, 'LAST', nn.Softmax(1))"]
)
def test_a_name_that_was_taken_from_a_module_stays_what_it_was(change: str, project: Project) -> None:
    project.write({"parts.py": PARTS.format("Identity()", "Softmax(dim=1)")})
    assert project.write({"train.py": TAKEN.format(change, "LAST")}).found() == []
    assert project.write({"train.py": TAKEN.format(change, "parts.LAST")}).found() == [("LGT103", 8)]


def test_a_name_of_a_module_that_nobody_changes_is_known(project: Project) -> None:
    project.write({"parts.py": PARTS.format("Softmax(dim=1)", "Identity()")})
    assert project.write({"train.py": TAKEN.format("", "LAST")}).found() == [("LGT103", 8)]


def test_names_are_bound_while_a_cycle_is_read(project: Project) -> None:
    """As in Python: at the time of the import the other module has the names that stand above it."""
    project.write(
        {
            "train.py": f"from models import build\n{COMPILE}",
            "models.py": "from tensorflow import keras\nHEAD = 'softmax'\nfrom parts import head\n"
            "def build():\n    return keras.Sequential([head()])\n",
            "parts.py": "from tensorflow import keras\nfrom models import HEAD\n"
            "def head():\n    return keras.layers.Dense(3, activation=HEAD)\n",
        }
    )
    assert project.found() == []
    project.write({"train.py": "from models import build\nbuild().compile(loss=keras.losses.KLDivergence())\n"})
    assert project.found() == []


def test_a_package_that_takes_a_name_from_itself_means_the_module_beneath(project: Project) -> None:
    project.write({"app/__init__.py": "from app import models\n", "app/models.py": BUILD})
    project.write({"train.py": f"from app import models\nmodels.{COMPILE}"})
    assert project.found() == [("LGT101", 2)]


def test_modules_that_have_a_name_from_each_other_define_it_nowhere(project: Project) -> None:
    project.write({"a.py": "from b import build\n", "b.py": "from a import build\n"})
    project.write({"train.py": f"from a import build\n{COMPILE}"})
    assert project.reasons() == [Reason.IMPORTED]


# -- where a switch is given ------------------------------------------------------------------------------------------

CROSSENTROPY = "keras.losses.BinaryCrossentropy"
MEET = "keras.Sequential([keras.layers.Dense(1, 'sigmoid')]).compile(loss=loss)\n"
GIVEN: dict[str, str] = {
    "by a constant": f"FLAG = True  # here\nloss = {CROSSENTROPY}(from_logits=FLAG)\n",
    "by a constant, by position": f"FLAG = True  # here\nloss = {CROSSENTROPY}(FLAG)\n",
    "by a default": f"def make(\n  flag=True,  # here\n): return {CROSSENTROPY}(from_logits=flag)\nloss = make()\n",
    "by an argument": f"def make(flag): return {CROSSENTROPY}(from_logits=flag)\nloss = make(True)  # here\n",
    "by a field": (
        "import dataclasses\n@dataclasses.dataclass\nclass Settings:\n  flag: bool = True  # here\n"
        f"loss = {CROSSENTROPY}(from_logits=Settings().flag)\n"
    ),
    "by an attribute": (
        "class Settings:\n  def __init__(self):\n    self.flag = True  # here\n"
        f"settings = Settings()\nloss = {CROSSENTROPY}(from_logits=settings.flag)\n"
    ),
    "by a dictionary": (
        f"CONFIG = {{\n  'flag': True,  # here\n}}\nloss = {CROSSENTROPY}(from_logits=CONFIG['flag'])\n"
    ),
    "by unfolded arguments": f"CONFIG = dict(\n  from_logits=True,  # here\n)\nloss = {CROSSENTROPY}(**CONFIG)\n",
    "by the other file": f"from other import FLAG\nloss = {CROSSENTROPY}(from_logits=FLAG)\n",
    "in the other file": "from other import loss\n",
    "in the other file, in its argument": "from other import told as loss\n",
    "to the other file": "from other import make\nloss = make(True)  # here\n",
    "in its own argument": f"loss = {CROSSENTROPY}(from_logits=True)\n",
    "nowhere": "loss = keras.losses.get('binary_crossentropy')\n",
}
FLAGS = (
    f"import keras\nFLAG = True  # here\ndef make(flag): return {CROSSENTROPY}(from_logits=flag)\nloss = make(FLAG)\n"
)
TOLD = f"import keras\ntold = {CROSSENTROPY}(from_logits=True)  # here\n"


@pytest.mark.parametrize("name", GIVEN)
def test_a_switch_is_traced_to_where_it_is_given(name: str, project: Project) -> None:
    files = {"train.py": f"import keras\n{GIVEN[name]}{MEET}", "other.py": TOLD if "told" in GIVEN[name] else FLAGS}
    places = [
        (related.span.path, related.span.line)
        for found in project.write(files).report().diagnostics
        for related in found.related
        if related.note == "from_logits=True is given here"
    ]
    file = "other.py" if "here" not in files["train.py"] and "other" in GIVEN[name] else "train.py"
    marked = [number for number, line in enumerate(files[file].splitlines(), 1) if line.endswith("# here")]
    assert places == [(project.path(file), number) for number in marked]


# -- whose fault it is ------------------------------------------------------------------------------------------------

WHOLE = """\
import keras


class Classifier:
    def __init__(self, classes):
        self.model = keras.Sequential([keras.layers.Dense(classes)])
        self.model.compile(loss="categorical_crossentropy")

    def fit(self, images, labels):
        loss = keras.losses.CategoricalCrossentropy()
        return loss(labels, self.model(images))


def build(activation, from_logits=True):
    model = keras.Sequential([keras.layers.Dense(3, activation=activation)])
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=from_logits))
    return model


def head():
    return keras.Sequential([keras.layers.Dense(3)])


def train(model):
    model.compile(loss="categorical_crossentropy")


def both(activation):
    train(head())
    return build(activation)


def hidden(images, labels):
    keras.losses.categorical_crossentropy(labels, secret(images))
"""
"""A module with faults of its own on the lines 7, 10 and 25."""
OWN_FAULTS = [("LGT101", 7), ("LGT101", 10), ("LGT101", 25)]

CALLERS: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "an instance": ("from other import Classifier\nClassifier(3)\n", []),
    "an instance and its methods": ("from other import Classifier\nClassifier(3).fit(images, labels)\n", []),
    "an instance within another": (
        (
            "from other import Classifier\nclass Agent:\n  def __init__(self, n):\n    self.inner = Classifier(n)\n"
            "  def fit(self, x, y):\n    return self.inner.fit(x, y)\n"
        ),
        [],
    ),
    "a class that inherits": ("from other import Classifier\nclass Mine(Classifier): pass\nMine(3)\n", []),
    "an argument that makes it so": ("from other import build\nbuild('softmax')\n", [("LGT102", 3)]),
    "an argument that does not": ("from other import build\nbuild(None)\nbuild('softmax', False)\n", []),
    "both ends handed over": ("from other import head, train\nmodel = head()\ntrain(model)\n", []),
    "an argument beside a fault": ("from other import both\nboth('softmax')\n", [("LGT102", 3)]),
    "a fault in a third file": ("from third import outer\nouter()\n", []),
    "an argument through a third file": ("from third import passing\npassing('softmax')\n", [("LGT102", 3)]),
    "a layer of its own": (
        "from other import train, keras\ntrain(keras.Sequential([keras.layers.Dense(4)]))\n",
        [("LGT101", 3)],
    ),
}
THIRD = "from other import Classifier, build\ndef outer(): return Classifier(2)\ndef passing(a): return build(a)\n"


@pytest.mark.parametrize("name", CALLERS)
def test_a_fault_of_another_file_is_not_repeated_at_its_callers(name: str, project: Project) -> None:
    text, expected = CALLERS[name]
    project.write({"train.py": "import keras.losses\n" + text, "other.py": WHOLE, "third.py": THIRD})
    assert project.found() == expected
    assert project.found("other.py") == OWN_FAULTS


def test_what_a_file_cannot_see_alone_is_found_at_its_callers(project: Project) -> None:
    """The model and the loss stand in one file, where nothing joins them."""
    other = WHOLE.replace("    train(head())\n", "")
    text = "import keras.losses\nfrom other import head, train\nmodel = head()\ntrain(model)\n"
    assert project.write({"train.py": text, "other.py": other}).found() == [("LGT101", 4)]
    assert project.found("other.py") == OWN_FAULTS[:2]


def test_what_is_undecided_in_another_file_is_not_listed_at_its_callers(project: Project) -> None:
    text = "import keras.losses\nfrom other import hidden\nhidden(images, labels)\n"
    project.write({"train.py": text, "other.py": WHOLE})
    assert project.report().unknowns == ()
    assert Reason.UNKNOWN_CALL in [site.reason for site in project.report("other.py").unknowns]


def test_what_is_undecided_for_an_argument_is_listed_at_the_call(project: Project) -> None:
    text = "import keras.losses\nfrom other import train\ntrain(secret)\n"
    project.write({"train.py": text, "other.py": WHOLE})
    assert [site.span.line for site in project.report().unknowns] == [3]


# -- notebooks --------------------------------------------------------------------------------------------------------


def notebook(cells: Sequence[str]) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4})


def test_a_notebook_imports_a_file(project: Project) -> None:
    project.write({"work/train.ipynb": notebook(["from models import build", "", COMPILE]), "models.py": BUILD})
    (found,) = project.report("work/train.ipynb").diagnostics
    assert (found.code, found.span.cell, found.span.line) == ("LGT101", 2, 1)
    (related,) = found.related
    assert (related.span.path, related.span.cell, related.span.line) == (project.path("models.py"), None, LAYER)


def test_a_file_does_not_import_a_notebook(project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "models.ipynb": notebook([BUILD])})
    assert project.reasons() == [NOT_OF_THE_PROJECT]


# -- libraries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["keras.py", "keras/__init__.py", "tensorflow.py", "tensorflow/keras/layers.py"])
def test_a_sibling_named_like_a_library_does_not_hide_it(name: str, project: Project) -> None:
    hiding = "class layers:\n    Dense = None\nclass keras:\n    layers = None\nSequential = None\nDense = None\n"
    text = "import keras\nfrom tensorflow.keras.layers import Dense\n"
    text += "keras.Sequential([Dense(3)]).compile(loss='categorical_crossentropy')\n"
    assert project.write({"train.py": text, name: hiding}).found() == [("LGT101", 3)]


def test_a_sibling_imported_relatively_is_the_project_s(project: Project) -> None:
    text = f"from .keras import build\n{COMPILE}"
    assert project.write({"app/train.py": text, "app/keras.py": BUILD}).found("app/train.py") == [("LGT101", 2)]
