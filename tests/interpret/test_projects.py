"""Models, losses, constants and helpers that stand in other files of the project, and files that must not be read."""

from __future__ import annotations

import builtins
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.analysis import analyse, diagnose, unknown_sites
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.imports import MOST_MODULES
from flake8_logits.interpret.program import run_program
from flake8_logits.source.documents import read_document
from flake8_logits.source.project import LARGEST
from flake8_logits.source.tree import Tree

BUILD = """\
from tensorflow import keras


def build():
    return keras.Sequential([keras.layers.Dense(10)])


model = build()
"""
"""A module whose models give logits; the layer stands on line 5."""
LAYER = 5
LOSS = (
    "import keras\n\nLOSS = 'categorical_crossentropy'\nloss = keras.losses.CategoricalCrossentropy()\nFLAG = False\n"
)
COMPILE = 'build().compile(loss="categorical_crossentropy")  # keras\n'
"""What is wrong with each of those models, on the line where it is written."""

NOT_OF_THE_PROJECT = Reason.UNKNOWN_CALL
"""A name of a module that is not found here is taken for a library's, which our knowledge does not have."""

Files = dict[str, str]


def mismatches(report: Report) -> Report:
    """A report without what other rules say of the same programs."""
    kept = tuple(found for found in report.diagnostics if found.code in ("LGT101", "LGT102", "LGT103"))
    return replace(report, diagnostics=kept)


class Project:
    """A folder of files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write({"pyproject.toml": ""})

    def write(self, files: Files) -> Project:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def path(self, name: str) -> str:
        return str(self.root / name)

    def report(self, name: str = "train.py") -> Report:
        (document,) = read_document(self.path(name))
        report = analyse(document)
        assert report.problems == ()
        assert all(found.span.path == self.path(name) for found in report.diagnostics)
        return mismatches(report)

    def found(self, name: str = "train.py") -> list[tuple[str, int]]:
        return [(found.code, found.span.line) for found in self.report(name).diagnostics]

    def reasons(self, name: str = "train.py") -> list[Reason]:
        report = self.report(name)
        assert report.diagnostics == ()
        return [site.reason for site in report.unknowns]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


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
import keras  # and losses
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
            "keras.Sequential([keras.layers.Dense(3, ACTIVATION)]).compile(loss='mse')\n"
            "keras.Sequential([keras.layers.Dense(3, ACTIVATION)]).compile(loss=keras.losses.BinaryCrossentropy(True))\n"
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


# -- what is not read -------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths of all files that are opened, however."""
    paths: list[str] = []
    opening: dict[Any, Any] = {module: getattr(module, "open") for module in (builtins, io, os)}  # noqa: B009

    def watch(module: Any) -> Any:
        def watching(file: Any, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(file, int):
                paths.append(os.path.realpath(os.fsdecode(file)))
            return opening[module](file, *args, **kwargs)

        return watching

    for module in opening:
        monkeypatch.setattr(module, "open", watch(module))
    yield paths


OUTSIDE: dict[str, tuple[str, str]] = {
    "above the root": ("from models import build\n", "../models.py"),
    "above the root, relatively": ("from ...models import build\n", "../models.py"),
    "far above the root": ("from ......models import build\n", "../../models.py"),
    "in another project": ("from other.models import build\n", "../other/models.py"),
    "in site-packages": ("from models import build\n", "app/site-packages/models.py"),
    "in site-packages, by its folder": ("from site-packages.models import build\n", "site-packages/models.py"),
    "in site-packages of an environment": (
        "from venv.lib.site_packages.models import build\n",
        "venv/lib/site-packages/models.py",
    ),
    "another kind of file": ("from models import build\n", "app/models.pyx"),
    "the stub": ("from models import build\n", "app/models.pyi"),
    "the compiled file": ("from models import build\n", "app/__pycache__/models.cpython-311.pyc"),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_the_project_is_read(name: str, project: Project, opened: list[str]) -> None:
    text, other = OUTSIDE[name]
    if "site-packages." in text:
        text = "import importlib\nbuild = importlib.import_module('site-packages.models').build\n"
    project.write({"app/train.py": text + COMPILE, other: BUILD})
    opened.clear()
    report = project.report("app/train.py")
    assert project.path("app/train.py") in opened
    assert os.path.realpath(project.root / other) not in opened
    assert report.diagnostics == ()
    assert len(report.unknowns) == 1


def test_a_file_checked_in_site_packages_reads_none_of_its_neighbours(project: Project, opened: list[str]) -> None:
    where = "venv/lib/site-packages/package/"
    project.write({where + "train.py": f"from .models import build\n{COMPILE}", where + "models.py": BUILD})
    opened.clear()
    assert len(project.reasons(where + "train.py")) == 1
    assert os.path.realpath(project.root / where / "models.py") not in opened


def test_a_link_that_leads_outside_is_not_followed(project: Project, opened: list[str]) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "../outside/models.py": BUILD})
    (project.root / "models.py").symlink_to(project.root.parent / "outside" / "models.py")
    opened.clear()
    assert project.reasons() == [NOT_OF_THE_PROJECT]
    assert os.path.realpath(project.root.parent / "outside" / "models.py") not in opened


def test_a_folder_that_leads_outside_is_not_followed(project: Project, opened: list[str]) -> None:
    project.write({"train.py": f"from app.models import build\n{COMPILE}", "../outside/models.py": BUILD})
    (project.root / "app").symlink_to(project.root.parent / "outside", target_is_directory=True)
    opened.clear()
    assert project.reasons() == [NOT_OF_THE_PROJECT]
    assert os.path.realpath(project.root.parent / "outside" / "models.py") not in opened


def test_a_link_within_the_project_is_followed(project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "real/models_1.py": BUILD})
    (project.root / "models.py").symlink_to(project.root / "real" / "models_1.py")
    assert project.found() == [("LGT101", 2)]


def test_a_file_without_a_project_reads_its_own_folder_alone(tmp_path: Path, opened: list[str]) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "train.py").write_text(f"from models import build\nfrom upper import x\n{COMPILE}x()\n")
    (inner / "models.py").write_text(BUILD)
    (tmp_path / "a" / "upper.py").write_text(BUILD)
    opened.clear()
    (document,) = read_document(str(inner / "train.py"))
    assert [found.code for found in analyse(document).diagnostics] == ["LGT101"]
    assert os.path.realpath(inner / "models.py") in opened
    assert os.path.realpath(tmp_path / "a" / "upper.py") not in opened


def test_a_module_that_nobody_needs_is_not_read(project: Project, opened: list[str]) -> None:
    text = "import keras\nimport models\nfrom models import build\ntrue = False\n"
    text += "keras.Sequential([keras.layers.Dense(3)]).compile(loss='categorical_crossentropy')\n"
    project.write({"train.py": text, "models.py": BUILD})
    opened.clear()
    assert project.found() == [("LGT101", 5)]
    assert project.path("models.py") not in opened


def test_a_pipe_is_not_read(project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}"})
    if hasattr(os, "mkfifo"):
        os.mkfifo(project.root / "models.py")
    assert project.reasons() == [NOT_OF_THE_PROJECT]


# -- what cannot be read ----------------------------------------------------------------------------------------------

UNREADABLE: dict[str, bytes] = {
    "broken": BUILD.encode() + b"def (:\n",
    "python 2": BUILD.encode() + b"print 'x'\n",
    "null bytes": BUILD.encode() + b"\0",
    "another encoding": BUILD.encode() + b"# \xff\n",
    "utf-16": BUILD.encode("utf-16"),
    "too large": BUILD.encode() + b"#" * LARGEST,
    "nested too deeply": BUILD.encode() + b"x = " + b"[" * 1000 + b"]" * 1000 + b"\n",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_module_that_cannot_be_read_is_unknown(name: str, project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}"})
    (project.root / "models.py").write_bytes(UNREADABLE[name])
    report = project.report()
    assert (report.diagnostics, report.problems) == ((), ())
    (site,) = report.unknowns
    assert (site.reason, site.detail) == (Reason.IMPORTED, "build")
    assert site.span.line == 2


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_star_of_a_module_that_cannot_be_read_is_unknown(name: str, project: Project) -> None:
    project.write({"train.py": f"from models import *\n{COMPILE}"})
    (project.root / "models.py").write_bytes(UNREADABLE[name])
    report = project.report()
    assert (report.diagnostics, report.problems) == ((), ())
    assert [site.reason for site in report.unknowns] in ([Reason.STAR_IMPORT], [Reason.IMPORTED])


def test_a_missing_module_or_name_is_unknown(project: Project) -> None:
    project.write({"train.py": f"from missing import build\n{COMPILE}"})
    assert project.reasons() == [NOT_OF_THE_PROJECT]
    project.write({"train.py": f"from .missing import build\n{COMPILE}"})
    assert project.reasons() == [Reason.IMPORTED]
    project.write({"train.py": f"from models import build\n{COMPILE}", "models.py": "x = 1\n"})
    assert project.reasons() == [Reason.IMPORTED]


def test_more_modules_than_are_read_are_unknown(project: Project) -> None:
    count = MOST_MODULES + 5
    chain = {f"m{i}.py": f"from m{i + 1} import build\n" for i in range(count)}
    project.write({"train.py": f"from m0 import build\n{COMPILE}", **chain, f"m{count}.py": BUILD})
    assert project.reasons() == [Reason.IMPORTED]
    project.write({"train.py": f"from m40 import build\n{COMPILE}"})
    assert project.found() == [("LGT101", 2)]


# -- on, off, and changed ---------------------------------------------------------------------------------------------


def test_switched_off_the_other_files_are_unknown(project: Project, opened: list[str]) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "models.py": BUILD})
    (document,) = read_document(project.path("train.py"))
    opened.clear()
    pairings = run_program([Tree(unit).body for unit in document.units], 2, document.path)
    assert diagnose(pairings) == []
    assert len(unknown_sites(pairings)) == 1
    assert opened == []


def test_what_has_changed_is_seen(project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "models.py": BUILD})
    assert project.found() == [("LGT101", 2)]
    project.write({"models.py": BUILD.replace("Dense(10)", "Dense(10, 'softmax')")})
    assert project.found() == []
    project.write({"models.py": "broken ("})
    assert project.reasons() == [Reason.IMPORTED]
    project.write({"models.py": BUILD})
    assert project.found() == [("LGT101", 2)]
    (project.root / "models.py").unlink()
    assert project.reasons() == [NOT_OF_THE_PROJECT]


def test_the_same_content_in_two_places_keeps_its_places(project: Project) -> None:
    text = f"from .models import build\n{COMPILE}"
    project.write({"a/train.py": text, "a/models.py": BUILD, "b/train.py": text, "b/models.py": BUILD})
    for folder in ("a", "b"):
        (found,) = project.report(f"{folder}/train.py").diagnostics
        assert [related.span.path for related in found.related] == [project.path(f"{folder}/models.py")]


def test_the_order_in_which_files_are_checked_does_not_matter(project: Project) -> None:
    project.write({"train.py": f"from models import build\n{COMPILE}", "models.py": BUILD + COMPILE, "a.py": BUILD})
    first = [project.report(name) for name in ("train.py", "models.py", "a.py")]
    second = [project.report(name) for name in ("a.py", "models.py", "train.py")]
    assert first == second[::-1]


def test_a_relative_path_is_found_from_the_working_directory(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write({"app/train.py": f"from .models import build\n{COMPILE}", "app/models.py": BUILD})
    monkeypatch.chdir(project.root / "app")
    (document,) = read_document("train.py")
    (found,) = analyse(document).diagnostics
    assert (found.span.path, found.span.line) == ("train.py", 2)
    (related,) = found.related
    assert os.path.realpath(related.span.path) == os.path.realpath(project.path("app/models.py"))
