"""Losses in functions that only other files of the project call."""

from __future__ import annotations

import pytest

from flake8_logits.analysis import analyse, examine
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import Reason
from flake8_logits.source.documents import read_document
from flake8_logits.source.entry_scripts import leads_to_a_loss
from flake8_logits.source.importers import MOST_CALLERS, forget_files
from tests.interpret.projects import Files, Project, mismatches

LOSS_OF = """\
import keras


def loss_of(labels, outputs):
    loss = keras.losses.SparseCategoricalCrossentropy()
    return loss(labels, outputs)
"""
"""The loss stands on line 5."""
LOGITS = "import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\n"
SOFTMAX = LOGITS.replace("Dense(10)", "Dense(10, activation='softmax')")
CALL = "loss_of([1], model([[1.0]]))\n"
WRONG = f"from utils import loss_of\n{LOGITS}{CALL}"
RIGHT = f"from utils import loss_of\n{SOFTMAX}{CALL}"

QUIET: dict[str, Files] = {
    "nobody calls it": {},
    "the one caller is right": {"train.py": RIGHT},
    "one caller is right": {"train.py": WRONG, "evaluate.py": RIGHT},
    "one caller hands over what is not known": {
        "train.py": WRONG,
        "evaluate.py": "from utils import loss_of\nimport beyond\nloss_of([1], beyond.outputs)\n",
    },
    "a caller hands it on to code out of sight": {
        "train.py": WRONG,
        "evaluate.py": "from utils import loss_of\nimport beyond\nbeyond.run(lambda y, p: loss_of(y, p))\n",
    },
    "a function of that name from elsewhere is called": {
        "train.py": "from other import loss_of\n" + LOGITS + CALL,
        "other.py": "def loss_of(labels, outputs):\n    return outputs\n",
    },
    "one caller cannot be parsed": {"train.py": WRONG, "evaluate.py": "from utils import loss_of\nloss_of(\n"},
    "a caller has one of its own beside it": {
        "train.py": f"import utils\n{LOGITS}\n\ndef loss_of(labels, outputs):\n    return outputs\n\n\n{CALL}",
    },
    "too many callers": {f"train{number}.py": WRONG for number in range(MOST_CALLERS + 1)},
}

FOUND: dict[str, Files] = {
    "by its name": {"train.py": WRONG},
    "by the module": {"train.py": f"import utils\n{LOGITS}utils.{CALL}"},
    "by another name": {"train.py": f"from utils import loss_of as f\n{LOGITS}f([1], model([[1.0]]))\n"},
    "by a star": {"train.py": f"from utils import *\n{LOGITS}{CALL}"},
    "among others, in parentheses": {
        "train.py": f"from utils import (\n    keras,  # a comment, with a comma\n    loss_of,\n)\n{LOGITS}{CALL}"
    },
    "in a function": {
        "train.py": f"from utils import loss_of\n{LOGITS}\n\ndef main():\n    {CALL}\n\nif __name__ == '__main__':\n"
        "    main()\n"
    },
    "in a function that nobody calls": {"train.py": f"from utils import loss_of\n{LOGITS}\n\ndef main():\n    {CALL}"},
    "in a method": {
        "train.py": f"from utils import loss_of\n{LOGITS}\n\nclass Task:\n    def run(self):\n        {CALL}"
    },
    "with a model of a third file": {
        "train.py": f"from models import model\nfrom utils import loss_of\n{CALL}",
        "models.py": LOGITS,
    },
    "by way of a package": {
        "train.py": f"from app import loss_of\n{LOGITS}{CALL}",
        "app/__init__.py": "from utils import loss_of\n",
    },
    "by two files": {"train.py": WRONG, "evaluate.py": WRONG},
    "from a folder below": {"scripts/train.py": WRONG},
    "through a helper of the module": {
        "train.py": f"from helpers import step\n{LOGITS}step(model)\n",
        "helpers.py": "from utils import loss_of\n\n\ndef step(model):\n    return loss_of([1], model([[1.0]]))\n",
    },
    "as a callback": {
        "train.py": f"from utils import loss_of\n{LOGITS}\n\ndef step(f):\n    f([1], model([[1.0]]))\n\n\n"
        "step(loss_of)\n"
    },
}


def _report(project: Project, callers: bool = True) -> Report:
    forget_files()
    (document,) = read_document(project.path("utils.py"))
    return mismatches(examine(document, callers=callers).report)


@pytest.mark.parametrize("name", QUIET)
def test_quiet(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_OF, **QUIET[name]})
    assert _report(project).diagnostics == ()


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_OF, **FOUND[name]})
    assert [(found.code, found.span.line) for found in _report(project).diagnostics] == [("LGT101", 5)]
    (unknown,) = _report(project, callers=False).unknowns
    assert unknown.reason is Reason.PARAMETER


WHY = {
    "nobody calls it": Reason.PARAMETER,
    "one caller is right": Reason.DISAGREE,
    "one caller cannot be parsed": Reason.UNREAD_CALLER,
    "too many callers": Reason.MANY_CALLERS,
}


@pytest.mark.parametrize("name", WHY)
def test_it_says_why_nothing_is_known(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_OF, **QUIET[name]})
    (unknown,) = _report(project).unknowns
    assert unknown.reason is WHY[name]


def test_what_a_file_does_wrong_itself_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {"utils.py": f"{LOSS_OF}\n\n{LOGITS}{CALL}", "evaluate.py": RIGHT}
    project = Project(tmp_path_factory.mktemp("project")).write(files)
    assert [found.code for found in _report(project).diagnostics] == ["LGT101"]


def test_a_class_is_made_by_its_callers(tmp_path_factory: pytest.TempPathFactory) -> None:
    trainer = (
        "import keras\n\n\nclass Trainer:\n    def __init__(self, model):\n        self.model = model\n\n"
        "    def compile(self):\n        self.model.compile(loss='categorical_crossentropy')\n\n"
        "    def fit(self, x, y):\n        self.model.fit(x, y)\n"
    )
    made = f"from utils import Trainer\n{LOGITS}trainer = Trainer(model)\ntrainer.compile()\ntrainer.fit(1, 2)\n"
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": trainer, "train.py": made})
    assert [(found.code, found.span.line) for found in _report(project).diagnostics] == [("LGT101", 9)]


BASE = """\
from torch import nn
from torch.nn import functional as F


class Fits(nn.Module):
    def fit(self, x, y, weights=None, given=None):
        outputs = self(x)
        if given is not None:
            return F.cross_entropy(given, y)
        if weights is not None:
            return F.cross_entropy(outputs, y, weights)
        return F.cross_entropy(outputs, y)
"""
"""Of the losses on lines 9, 11 and 12, a call without options reaches the last alone."""
NET = """\
from torch import nn
from utils import Fits


class {name}(Fits):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential({layers})

    def forward(self, x):
        return self.layers(x)


{name}().fit(1, 2)
"""
WRONG_NET = NET.format(name="Net", layers="nn.Linear(4, 3), nn.Softmax(-1)")


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ({}, [11, 12]),
        ({"other.py": NET.format(name="Other", layers="nn.Linear(4, 3), nn.Softmax(-1)")}, [11, 12]),
        ({"other.py": NET.format(name="Other", layers="nn.Linear(4, 3)")}, []),
        ({"other.py": NET.format(name="Other", layers="nn.Linear(4, 3)").partition("\n\n\nOther()")[0]}, [12]),
        ({"other.py": "from beyond import net\nfrom utils import Fits\nFits.fit(net, 1, 2)\n"}, [11]),
        ({"other.py": "from utils import Fits\nFits(\n"}, []),
    ],
    ids=["one", "two", "one is right", "one is right and never fits", "one is not known", "one cannot be parsed"],
)
def test_where_no_caller_leads_what_they_make_is_met(
    more: Files, lines: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": BASE, "net.py": WRONG_NET, **more})
    assert [found.span.line for found in _report(project).diagnostics] == lines


LOSS_BY_DEFAULT = (
    "from torch.nn import functional as F\n\n\ndef loss_of(outputs, labels, loss=F.cross_entropy):\n"
    "    return loss(F.softmax(outputs, 1), labels)\n"
)
"""The loss is called on line 5."""


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("", [5]),
        ("loss_of(1, 2)", [5]),
        ("loss_of(1, 2, F.mse_loss)", []),
        ("loss_of(1, 2, loss=F.cross_entropy)", [5]),
    ],
)
def test_a_loss_that_is_a_default_is_what_callers_leave_it(
    call: str, lines: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    caller = f"from torch.nn import functional as F\nfrom utils import loss_of\n\n{call}\n"
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_BY_DEFAULT, "train.py": caller})
    assert [(found.code, found.span.line) for found in _report(project).diagnostics] == [
        ("LGT103", line) for line in lines
    ]


def test_a_notebook_calls(tmp_path_factory: pytest.TempPathFactory) -> None:
    notebook = (
        '{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": ["from utils '
        'import loss_of\\n", "import keras\\n", "model = keras.Sequential([keras.layers.Dense(10)])"]}, {"cell_type": '
        '"code", "metadata": {}, "outputs": [], "execution_count": 2, "source": "loss_of([1], model([[1.0]]))"}], '
        '"metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
    )
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_OF, "train.ipynb": notebook})
    (found,) = _report(project).diagnostics
    assert (found.code, found.span.line) == ("LGT101", 5) and "(Dense, train.ipynb:cell0:3)" in found.message


def test_a_script_that_names_no_loss_is_not_dropped(tmp_path_factory: pytest.TempPathFactory) -> None:
    script = f"import keras\nfrom utils import loss_of\n{LOGITS}\nif __name__ == '__main__':\n    {CALL}"
    files = {
        "utils.py": LOSS_OF.replace("def loss_of", "def given(f):\n    return f\n\n\ndef loss_of"),
        "main.py": script,
    }
    project = Project(tmp_path_factory.mktemp("project")).write(files)
    (document,) = read_document(project.path("main.py"))
    assert [found.code for found in mismatches(analyse(document)).diagnostics] == ["LGT101"]


def test_what_a_script_says_itself_does_not_count(tmp_path_factory: pytest.TempPathFactory) -> None:
    script = "import utils  # keras.losses\n\nif __name__ == '__main__':\n    utils.run()\n"
    project = Project(tmp_path_factory.mktemp("project")).write({"main.py": script, "utils.py": "def run(): pass\n"})
    (document,) = read_document(project.path("main.py"))
    assert not leads_to_a_loss(document)


@pytest.mark.parametrize("end", ["unittest.main()", "tf.test.main()"])
def test_a_file_of_tests_is_no_script(end: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = f"import keras\nfrom utils import loss_of\n{LOGITS}\nif __name__ == '__main__':\n    {end}\n"
    project = Project(tmp_path_factory.mktemp("project")).write({"utils.py": LOSS_OF, "main_test.py": script})
    (document,) = read_document(project.path("main_test.py"))
    assert not leads_to_a_loss(document)
    project.write({"main_test.py": script.replace(end, "main()")})
    (document,) = read_document(project.path("main_test.py"))
    assert leads_to_a_loss(document)
