"""Files of a project that must not be read, that cannot be read, and what the reading depends on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse, diagnose
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.engine.module_table import MOST_MODULES
from flake8_logits.interpret.program import run_program
from flake8_logits.source.documents import read_document
from flake8_logits.source.project import LARGEST
from flake8_logits.source.tree import Tree
from flake8_logits.undecided import unknown_sites
from tests.interpret.projects import BUILD, COMPILE, NOT_OF_THE_PROJECT, Project

# -- what is not read -------------------------------------------------------------------------------------------------


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
    pairings = run_program([Tree(unit).body for unit in document.units], Budget(2), document.path)
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
