"""``flake8-logits check``: what it says of which files, and how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.analysis import Examined, examine
from flake8_logits.domain.links import rule_url
from flake8_logits.frontends.command import main
from flake8_logits.service import checking
from flake8_logits.source.documents import Document
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, UNDECIDED, notebook

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _json(captured: Captured) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(captured.readouterr().out)
    return found


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(("source", "status"), [(QUIET, 0), (CLASHING, 1), (BROKEN, 2), (UNDECIDED, 0)])
def test_exit_status(source: str, status: int) -> None:
    _write(train=source)
    assert main(["check", "train.py"]) == status


@pytest.mark.parametrize("form", ["text", "concise", "json"])
@pytest.mark.parametrize("paths", [[], ["empty"]])
def test_nothing_to_check_is_trouble(form: str, paths: list[str], capsys: Captured) -> None:
    Path("empty").mkdir()
    Path("empty", "notes.txt").write_text("import keras\n", encoding="utf-8")
    assert main(["check", "--output-format", form, *paths]) == 2
    assert capsys.readouterr().err == f"flake8-logits: no Python files or notebooks to check in {(paths or ['.'])[0]}\n"
    assert main(["check", "--output-format", form, "--allow-empty", *paths]) == 0
    assert capsys.readouterr().err == ""


def test_nothing_to_check_is_a_whole_report_too(capsys: Captured) -> None:
    assert main(["check", "--output-format", "text"]) == 2
    assert capsys.readouterr().out == "no files checked\n"
    for form in ("json", "sarif", "gitlab"):
        assert main(["check", "--output-format", form]) == 2
        assert json.loads(capsys.readouterr().out) is not None


def test_without_a_path_the_current_folder_is_checked(capsys: Captured) -> None:
    _write(train=CLASHING)
    assert main(["check", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("train.py:4:38: LGT101")


@pytest.mark.parametrize("name", ["train.csv", "README.md", "train.txt"])
def test_file_of_another_kind_is_not_checked(name: str, capsys: Captured) -> None:
    Path(name).write_text(CLASHING, encoding="utf-8")
    assert main(["check", "--output-format", "concise", name]) == 2
    assert capsys.readouterr() == ("", f"{name}: is not a Python file or notebook\n")


@pytest.mark.parametrize("name", ["train", "train.pyw", "train.wsgi"])
def test_script_is_checked_whatever_its_suffix(name: str) -> None:
    Path(name).write_text("#!/usr/bin/env python3\n" + CLASHING, encoding="utf-8")
    assert main(["check", name]) == 1


@pytest.mark.parametrize("text", ["print 'python 2'\n", "def f(:\n", "x = '\n", "\0"])
def test_syntax_error_is_trouble_whatever_the_file_is_about(text: str, capsys: Captured) -> None:
    _write(broken=text, train=QUIET)
    assert main(["check", "."]) == 2
    err = capsys.readouterr().err
    assert err.startswith(("broken.py:1:", "broken.py: "))
    assert len(err.splitlines()) == 1


def test_magics_in_what_is_not_analysed_are_no_syntax_error() -> None:
    Path("n.ipynb").write_text(notebook("%matplotlib inline\n!ls\nx = 1"), encoding="utf-8")
    _write(exported="get_ipython()\n%time x = 1\n")
    assert main(["check", "."]) == 0


def test_rule_can_be_selected_by_its_name(capsys: Captured) -> None:
    _write(train=CLASHING + CONTRADICTING)
    assert main(["check", "--select", "logits-as-probabilities", "--output-format", "concise", "."]) == 1
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["LGT101"]
    assert main(["check", "--ignore", "logits-as-probabilities,Probabilities_As_Logits", "."]) == 0


def test_log_is_quiet_until_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    _write(train=CLASHING)
    command = [sys.executable, "-m", "flake8_logits", "check", "--no-cache", "train.py"]
    subprocess.run(command, check=False)
    assert capfd.readouterr().err == ""
    subprocess.run([*command, "--log-level", "debug"], check=False)
    assert "DEBUG flake8_logits.service.checking: checking train.py" in capfd.readouterr().err
    subprocess.run(command, check=False, env={**os.environ, "FLAKE8_LOGITS_LOG_LEVEL": "debug"})
    assert "checking train.py" in capfd.readouterr().err


def test_concise_line(capsys: Captured) -> None:
    _write(train=CLASHING)
    assert main(["check", "--output-format", "concise", "train.py"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("train.py:4:38: LGT101 [*] logits of 'model' (Dense, line 3) reach ")
    assert (len(out.splitlines()), err) == (1, "")


def test_text_shows_both_places_and_counts(capsys: Captured) -> None:
    _write(train=CLASHING, quiet=QUIET)
    assert main(["check", "train.py", "quiet.py"]) == 1
    out = capsys.readouterr().out
    assert " 3 | model = keras.Sequential([keras.layers.Dense(10)])\n" in out
    assert "---------------------- Dense without an activation\n" in out
    assert "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ logits-as-probabilities\n" in out
    assert out.endswith("1 finding in 1 file, 1 fixable with --fix [*], 2 files checked\n")


def test_json_has_the_keys_that_programs_read(capsys: Captured) -> None:
    _write(train=CONTRADICTING)
    assert main(["check", "--output-format", "json", "train.py"]) == 1
    report = _json(capsys)
    (finding,) = report["findings"]
    assert report["problems"] == []
    message = finding.pop("message")
    assert message.startswith("softmax of 'model' (Dense, line 3) reaches a loss told from_logits=True; ")
    assert finding.pop("consequence").startswith("Keras on TensorFlow usually undoes the softmax; ")
    assert finding == {
        "path": "train.py",
        "cell": None,
        "line": 7,
        "column": 9,
        "end_line": 7,
        "end_column": 25,
        "code": "LGT102",
        "rule": "probabilities-as-logits",
        "url": rule_url("probabilities-as-logits"),
        "related": [
            {
                "path": "train.py",
                "cell": None,
                "line": 3,
                "column": 27,
                "end_line": 3,
                "end_column": 71,
                "message": "Dense with activation softmax",
            }
        ],
        "fix": {
            "applicability": "safe",
            "message": "tell SparseCategoricalCrossentropy from_logits=False",
            "edits": [
                {
                    "path": "train.py",
                    "cell": None,
                    "line": 7,
                    "column": 21,
                    "end_line": 7,
                    "end_column": 25,
                    "text": "False",
                }
            ],
        },
        "fix_declined": None,
    }


def test_what_cannot_be_read_is_named_and_the_rest_checked(capsys: Captured) -> None:
    _write(broken=BROKEN, train=CLASHING)
    Path("bytes.py").write_bytes(b"import keras # \xff\n")
    assert main(["check", "--output-format", "json", "gone.py", "broken.py", "bytes.py", "train.py"]) == 2
    out, err = capsys.readouterr()
    assert [line.split(": ")[0].split(":")[0] for line in err.splitlines()] == ["gone.py", "broken.py", "bytes.py"]
    report = json.loads(out)
    assert [finding["path"] for finding in report["findings"]] == ["train.py"]
    assert [problem["path"] for problem in report["problems"]] == ["gone.py", "broken.py", "bytes.py"]


def test_problem_names_line_and_column(capsys: Captured) -> None:
    _write(broken="import keras\nmodel.compile(loss=)\n")
    assert main(["check", "broken.py"]) == 2
    assert capsys.readouterr().err.startswith("broken.py:2:")


def test_folders_are_searched_and_ignored_files_left_out(capsys: Captured) -> None:
    _write(src__train=CLASHING, src__skipped=CLASHING, src__old__train=CLASHING)
    Path(".git").mkdir()
    Path(".gitignore").write_text("skipped.py\n", encoding="utf-8")
    assert main(["check", "--output-format", "json", "--exclude", "old", "src"]) == 1
    paths = [Path(finding["path"]).as_posix() for finding in _json(capsys)["findings"]]
    assert paths == ["src/train.py"]


def test_notebook_is_one_program(capsys: Captured) -> None:
    build, train = CLASHING.splitlines()[:3], CLASHING.splitlines()[3]
    Path("n.ipynb").write_text(notebook("%matplotlib inline\n!pip list", "\n".join(build), train), encoding="utf-8")
    assert main(["check", "n.ipynb", "--output-format", "json"]) == 1
    (finding,) = _json(capsys)["findings"]
    assert (finding["path"], finding["cell"], finding["line"], finding["column"]) == ("n.ipynb", 2, 1, 38)
    assert (finding["related"][0]["cell"], finding["related"][0]["line"]) == (1, 3)
    assert main(["check", "n.ipynb", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("n.ipynb:cell2:1:38: LGT101")
    assert main(["check", "n.ipynb"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("n.ipynb:cell 2:1:38: LGT101")
    assert "  ::: cell 1:3:27\n" in out


def test_file_written_by_a_notebook_is_a_program_of_its_own(capsys: Captured) -> None:
    Path("n.ipynb").write_text(notebook("%%writefile train.py\n" + CLASHING, CONTRADICTING), encoding="utf-8")
    assert main(["check", "n.ipynb", "--output-format", "concise"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["n.ipynb:cell0:5:38:", "n.ipynb:cell1:7:9:"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    _stdin(monkeypatch, CLASHING.encode())
    assert main(["check", "-", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("-:4:38: LGT101")


@pytest.mark.parametrize("arguments", [["-"], ["-", "--stdin-filename", "n.ipynb"]])
def test_notebook_on_standard_input(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    _stdin(monkeypatch, notebook(CLASHING).encode())
    assert main(["check", *arguments, "--output-format", "json"]) == 1
    (finding,) = _json(capsys)["findings"]
    assert (finding["path"], finding["cell"]) == (arguments[-1], 0)


def test_standard_input_among_files(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    _write(train=CLASHING)
    _stdin(monkeypatch, CLASHING.encode())
    assert main(["check", "train.py", "-", "--stdin-filename", "buffer.py", "--output-format", "json"]) == 1
    assert [finding["path"] for finding in _json(capsys)["findings"]] == ["buffer.py", "train.py"]


@pytest.mark.parametrize(
    ("comment", "status"),
    [("# noqa", 0), ("# noqa: LGT101", 0), ("# noqa:E501,LGT1", 0), ("# noqa: LGT102", 1), ("# fine", 1)],
)
def test_noqa(comment: str, status: int) -> None:
    _write(train=CLASHING.rstrip("\n") + f"  {comment}\n")
    assert main(["check", "train.py"]) == status
    for flag in ("--no-noqa", "--disable-noqa"):
        assert main(["check", "train.py", flag]) == 1


@pytest.mark.parametrize(
    ("comment", "status"), [("# flake8: noqa", 0), ("# flake8: noqa: LGT101", 0), ("# flake8: noqa: LGT102", 1)]
)
def test_noqa_for_a_file(comment: str, status: int) -> None:
    _write(train=f"{comment}\n{CLASHING}")
    assert main(["check", "train.py"]) == status
    assert main(["check", "train.py", "--no-noqa"]) == 1


def test_noqa_in_a_cell_is_read_from_the_cell_as_written() -> None:
    cell = "  " + CLASHING.replace("\n", "\n  ").rstrip() + "  # noqa: LGT101\n"
    Path("n.ipynb").write_text(notebook(cell), encoding="utf-8")
    assert main(["check", "n.ipynb"]) == 0
    assert main(["check", "n.ipynb", "--no-noqa"]) == 1


def test_select_and_ignore(capsys: Captured) -> None:
    _write(a=CLASHING, b=CONTRADICTING)
    assert main(["check", ".", "--select", "LGT102", "--output-format", "json"]) == 1
    assert [finding["code"] for finding in _json(capsys)["findings"]] == ["LGT102"]
    assert main(["check", ".", "--ignore", "LGT101,LGT102"]) == 0


def test_show_unknown(capsys: Captured) -> None:
    _write(train=UNDECIDED)
    assert main(["check", "train.py", "--show-unknown", "--output-format", "json"]) == 0
    (site,) = _json(capsys)["unknown"]
    assert (site["loss"], site["line"]) == ("sparse_categorical_crossentropy", 4)
    assert site["lost_at"]["line"] == 3
    for form in ("text", "concise"):
        assert main(["check", "train.py", "--show-unknown", "--output-format", form]) == 0
        out = capsys.readouterr().out
        assert out.startswith("train.py:4:38: undecided sparse_categorical_crossentropy: ")
        assert "1 loss undecided:\n     1  " in out
    assert main(["check", "train.py"]) == 0
    assert "1 loss undecided (--show-unknown lists them)" in capsys.readouterr().out


def test_loss_in_one_file_and_layer_in_another(capsys: Captured) -> None:
    _write(setup="", models="import keras\n\n\ndef build():\n    return keras.Sequential([keras.layers.Dense(10)])\n")
    _write(train='from models import build\n\nbuild().compile("adam", "categorical_crossentropy")  # keras\n')
    assert main(["check", "train.py", "--output-format", "json"]) == 1
    (finding,) = _json(capsys)["findings"]
    assert [place["path"] for place in (finding, *finding["related"])] == ["train.py", "models.py"]
    assert main(["check", "train.py"]) == 1
    out = capsys.readouterr().out
    assert "  ::: models.py:5:30\n" in out
    assert " 5 |     return keras.Sequential([keras.layers.Dense(10)])\n" in out


def test_crash_is_a_problem_of_one_file(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def fail(document: Document, *settings: object) -> Examined:
        if document.path == "odd.py":
            raise KeyError("lost")
        return real(document)

    real = examine
    monkeypatch.setattr(checking, "examine", fail)
    _write(odd=CLASHING, train=CLASHING)
    assert main(["check", "odd.py", "train.py", "--output-format", "json"]) == 2
    out, err = capsys.readouterr()
    assert err.startswith("odd.py: could not be analysed: internal error (KeyError at test_check.py:")
    assert err.endswith(": 'lost'); please report it\n") and len(err.splitlines()) == 1
    assert [finding["path"] for finding in json.loads(out)["findings"]] == ["train.py"]
    monkeypatch.setenv("FLAKE8_LOGITS_DEBUG", "1")
    with pytest.raises(KeyError, match="lost"):
        main(["check", "--no-cache", "odd.py"])


@pytest.mark.parametrize(
    "arguments", [["--select", "E501"], ["--output-format", "xml"], ["--nonsense"], ["--color", "sometimes"]]
)
def test_bad_usage(arguments: list[str], capsys: Captured) -> None:
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Error: " in err


def test_color_when_asked_for(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(train=CLASHING)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    outputs = {}
    for choice in ("auto", "never", "always"):
        main(["check", "train.py", "--color", choice])
        outputs[choice] = capsys.readouterr().out
    assert outputs["auto"] == outputs["never"]
    assert "\x1b" not in outputs["never"]
    assert "\x1b[" in outputs["always"]
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "train.py"])
    assert capsys.readouterr().out == outputs["always"]
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "train.py"])
    assert capsys.readouterr().out == outputs["never"]


def test_model_that_is_chosen_by_name_is_called_by_its_package(capsys: Captured) -> None:
    chosen = "import keras\nmodel = getattr(keras.applications, input())(weights=None)\n"
    _write(train=chosen + "model.compile('adam', keras.losses.CategoricalCrossentropy(from_logits=True))\n")
    assert main(["check", "--output-format", "concise", "train.py"]) == 1
    assert "softmax of 'model' (model of keras.applications, line 2) reaches" in capsys.readouterr().out
