"""The public interface: its names, what it is given and gives, and that it says what the command says."""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_logits import api
from flake8_logits.frontends.command import main
from flake8_logits.source import documents
from flake8_logits.source import project as projects
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, STABLE, UNDECIDED, notebook

PUBLIC = {
    "Diagnostic": "code rule message range related consequence fix fix_declined severity url",
    "Edit": "range text",
    "Fix": "applicability message edits",
    "Options": "select extend_select ignore noqa imports fixes keras_version backend max_tokens config isolated",
    "Problem": "path kind message cell line column",
    "Range": "path cell line column end_line end_column",
    "Related": "range message",
    "Report": "path diagnostics unknown_sites problems",
    "UnknownSite": "range loss end reason message detail lost_at",
}
"""What docs/api.md promises: a name may be added here, and none taken away without a new major version."""


def test_public_names_stay() -> None:
    classes = {name: getattr(api, name) for name in api.__all__ if is_dataclass(getattr(api, name))}
    assert {name: " ".join(field.name for field in fields(cls)) for name, cls in classes.items()} == PUBLIC
    assert set(api.__all__) - set(PUBLIC) == {"OptionsError", "analyse", "analyse_file"}
    assert list(inspect.signature(api.analyse).parameters) == ["source", "path", "options", "in_project"]
    assert list(inspect.signature(api.analyse_file).parameters) == ["path", "options"]
    assert all(inspect.getdoc(getattr(api, name)) for name in api.__all__)


def test_page_names_all_of_it() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    words = [*api.__all__, *(field for line in PUBLIC.values() for field in line.split())]
    assert [word for word in words if f"`{word}`" not in page and f"`{word}(" not in page] == []


@pytest.mark.parametrize("source", [CLASHING, CONTRADICTING, QUIET, STABLE, UNDECIDED, BROKEN, "import os\n", ""])
@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_says_what_the_command_says(
    source: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = notebook("import os", source) if suffix == ".ipynb" else source
    path = Path(f"program{suffix}")
    path.write_text(text, encoding="utf-8")
    main(["check", str(path), "--output-format", "json", "--show-unknown", "--no-cache"])
    said = json.loads(capsys.readouterr().out)
    report = api.analyse_file(path)
    assert [_as_json(one) for one in report.diagnostics] == said["findings"]
    assert [_as_json(one) for one in report.unknown_sites] == said["unknown"]
    shared = ("path", "cell", "line", "column", "message")
    assert [{key: asdict(one)[key] for key in shared} for one in report.problems] == said["problems"]
    assert api.analyse(text, path) == api.analyse(text.encode(), path) == report
    assert pickle.loads(pickle.dumps(report)) == report
    assert hash(report) == hash(api.analyse_file(path))


def _as_json(value: Any) -> Any:
    """A value of the interface in the words of the JSON report."""
    if isinstance(value, api.Range):
        return asdict(value)
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if not is_dataclass(value):
        return value
    names = [field.name for field in fields(value)]
    found = {name: _as_json(getattr(value, name)) for name in names if name not in ("range", "severity")}
    if isinstance(value, api.Diagnostic):
        found |= {name: found[name] or None for name in ("consequence", "fix_declined")}
    return {**found, **(asdict(value.range) if "range" in names else {})}  # type: ignore[union-attr]


def test_text_that_names_its_encoding_is_the_file_with_it() -> None:
    text = f"# -*- coding: ascii -*-\nname = 'e'\n{CLASHING}"
    assert api.analyse(text.replace("e'", "é'")).problems != ()
    text = f"# -*- coding: latin-1 -*-\nname = 'é'\n{CLASHING}"
    (found,) = api.analyse(text).diagnostics
    assert (found.code, found.range.line, found.range.column) == ("LGT101", 6, 38)
    assert api.analyse(text) == api.analyse(text.encode("latin-1"))


def test_text_is_all_that_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.flake8-logits]\nignore = ['LGT101']\n", encoding="utf-8")
    (tmp_path / "heads.py").write_text("import keras\nhead = keras.layers.Dense(10)\n", encoding="utf-8")
    text = CLASHING.replace("keras.layers.Dense(10)", "head").replace(
        "import keras", "import keras\nfrom heads import head"
    )
    path = tmp_path / "train.py"
    told = api.Options(extend_select=("LGT101",), isolated=True)
    assert api.analyse(CLASHING, path, in_project=True).diagnostics == ()
    assert len(api.analyse(text, path, told, in_project=True).diagnostics) == 1
    assert api.analyse(text, path, api.Options(imports=False, isolated=True), in_project=True).diagnostics == ()

    def refuse(*arguments: object) -> bytes:
        raise AssertionError("a file is read")

    for module in (documents, projects):
        monkeypatch.setattr(module, "read_bytes", refuse)
    monkeypatch.setattr("flake8_logits.configuration.finding.read_bytes", refuse)
    assert len(api.analyse(CLASHING, path).diagnostics) == 1
    (unknown,) = api.analyse(text, path).unknown_sites
    assert (unknown.reason, unknown.end, unknown.detail) == ("unknown-call", "output", "heads.head")


def test_options_are_those_of_the_command(tmp_path: Path) -> None:
    assert api.analyse(CLASHING, options=api.Options(ignore="LGT101")).diagnostics == ()
    assert [found.severity for found in api.analyse(STABLE, options=api.Options(select=["LGT901"])).diagnostics] == [
        "advice"
    ]
    silenced = CLASHING.rstrip() + "  # noqa\n"
    assert api.analyse(silenced).diagnostics == ()
    assert len(api.analyse(silenced, options=api.Options(noqa=False)).diagnostics) == 1
    (found,) = api.analyse(CLASHING, options=api.Options(fixes=False)).diagnostics
    assert found.fix is None and api.analyse(CLASHING).diagnostics[0].fix is not None
    (problem,) = api.analyse(CLASHING, options=api.Options(max_tokens=3)).problems
    assert problem.kind == "limit"
    notes = {
        api.analyse(CONTRADICTING, options=api.Options(backend=name)).diagnostics[0].consequence
        for name in ("jax", "tensorflow")
    }
    assert len(notes) == 2
    config = tmp_path / "own.toml"
    config.write_text("[tool.flake8-logits]\nselect = ['LGT2']\n", encoding="utf-8")
    assert api.analyse(CLASHING, options=api.Options(config=str(config))).diagnostics == ()


def test_configuration_that_cannot_be_used_is_a_problem(tmp_path: Path) -> None:
    named = api.Options(config=str(tmp_path / "none.toml"))
    report = api.analyse(CLASHING, options=named)
    assert len(report.diagnostics) == 1 and [problem.kind for problem in report.problems] == ["configuration"]
    (tmp_path / "pyproject.toml").write_text("[tool.flake8-logits]\nselect = 3\n", encoding="utf-8")
    report = api.analyse(CLASHING, tmp_path / "x.py", in_project=True)
    assert len(report.diagnostics) == 1 and [problem.kind for problem in report.problems] == ["configuration"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"select": "LGT777"},
        {"ignore": ("E501",)},
        {"keras_version": 1},
        {"keras_version": 2, "backend": "jax"},
        {"backend": "theano"},
        {"max_tokens": 0},
        {"config": "x.toml", "isolated": True},
    ],
)
def test_options_without_a_meaning_are_refused_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(api.OptionsError) as raised:
        api.Options(**wrong)
    assert len(str(raised.value).splitlines()) == 1
    assert pickle.loads(pickle.dumps(api.Options(select=["LGT1"]))) == api.Options(select=("LGT1",))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    source=st.one_of(
        st.text(), st.binary(), st.text().map(CLASHING.__add__), st.binary().map(CLASHING.encode().__add__)
    ),
    path=st.sampled_from(["<string>", "", "x.py", "x.ipynb", "a\0b", "/", "\ud800.py"]),
    in_project=st.booleans(),
)
def test_raises_nothing(source: str | bytes, path: str, in_project: bool) -> None:
    report = api.analyse(source, path, in_project=in_project)
    assert report.path == path and not [problem for problem in report.problems if problem.kind == "internal-error"]


@pytest.mark.parametrize("path", ["", ".", "none.py", "a\0b", "\ud800.py", "x" * 5000])
def test_file_that_cannot_be_read_is_a_problem(path: str) -> None:
    assert [problem.kind for problem in api.analyse_file(path).problems] == ["unreadable"]


def test_parser_is_imported_where_it_is_needed_and_no_framework_ever() -> None:
    script = (
        "import sys; from flake8_logits import api; api.analyse('import os\\n');"
        "print(*{'libcst', 'tensorflow', 'keras', 'jax', 'torch', 'click', 'rich', 'flake8'} & set(sys.modules));"
        f"print(len(api.analyse({CLASHING!r}).diagnostics), *{{'tensorflow', 'keras'}} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout == "\n1\n"
