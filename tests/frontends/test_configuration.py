"""The command and the plugin under a configuration."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.frontends.command import main
from tests.frontends.programs import CLASHING, CONTRADICTING

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("", "old", "skipped"):
        Path(name).mkdir(exist_ok=True)
        Path(name, "clashing.py").write_text(CLASHING, encoding="utf-8")
        Path(name, "contradicting.py").write_text(CONTRADICTING, encoding="utf-8")


def _configure(text: str, name: str = "pyproject.toml") -> None:
    Path(name).write_text(f"[tool.flake8-logits]\n{text}\n", encoding="utf-8")


def _found(captured: Captured, *arguments: str) -> list[tuple[str, str]]:
    main(["check", "--output-format", "json", *arguments])
    out, err = captured.readouterr()
    assert err == ""
    return [(Path(found["path"]).as_posix(), found["code"]) for found in json.loads(out)["findings"]]


def test_everything_is_narrowed_as_configured(capsys: Captured) -> None:
    _configure('ignore = ["LGT101"]\nexclude = ["skipped"]\nper-file-ignores = { "old/**" = ["LGT"] }')
    assert _found(capsys, ".") == [("contradicting.py", "LGT102")]


def test_file_that_is_named_is_checked_unless_told_otherwise(capsys: Captured) -> None:
    _configure('exclude = ["skipped"]')
    assert _found(capsys, "skipped/clashing.py") == [("skipped/clashing.py", "LGT101")]
    assert _found(capsys, "skipped") == [("skipped/clashing.py", "LGT101"), ("skipped/contradicting.py", "LGT102")]
    assert _found(capsys, "--force-exclude", "skipped/clashing.py", "clashing.py") == [("clashing.py", "LGT101")]


def test_command_line_goes_before_the_configuration(capsys: Captured) -> None:
    _configure('select = ["LGT102"]\nignore = ["LGT101"]')
    assert [code for _, code in _found(capsys, "clashing.py", "contradicting.py")] == ["LGT102"]
    assert _found(capsys, "--select", "LGT101", "--ignore", "LGT9", "clashing.py") == [("clashing.py", "LGT101")]
    assert _found(capsys, "--isolated", "clashing.py") == [("clashing.py", "LGT101")]
    _configure('ignore = ["LGT102"]', "other.toml")
    assert _found(capsys, "--config", "other.toml", "clashing.py") == [("clashing.py", "LGT101")]
    assert main(["check", "--isolated", "--config", "other.toml"]) == 2


def test_extend_select_adds_to_the_default(capsys: Captured) -> None:
    stable = CLASHING.replace("Dense(10)", 'Dense(10, activation="softmax")')
    Path("stable.py").write_text(stable, encoding="utf-8")
    assert _found(capsys, "stable.py", "clashing.py") == [("clashing.py", "LGT101")]
    expected = [("stable.py", "LGT901"), ("clashing.py", "LGT101")]
    assert _found(capsys, "--extend-select", "LGT901", "stable.py", "clashing.py") == expected
    _configure('extend-select = ["LGT901"]')
    assert _found(capsys, "stable.py", "clashing.py") == expected


@pytest.mark.parametrize(
    ("settings", "says", "does_not_say"),
    [
        ("", "JAX and PyTorch normalise twice.", "nothing undoes"),
        ('backend = "tensorflow"', "Keras on TensorFlow usually undoes the softmax; Keras 3 does not", "JAX"),
        ("keras-version = 2", "Keras on TensorFlow usually undoes the softmax.", "JAX"),
        ('backend = "jax"', "Nothing undoes the softmax here: ", "TensorFlow"),
        ('backend = "torch"', "Nothing undoes the softmax here: ", "TensorFlow"),
    ],
)
def test_backend_decides_what_is_undone(settings: str, says: str, does_not_say: str, capsys: Captured) -> None:
    _configure(settings)
    main(["check", "contradicting.py"])
    out = capsys.readouterr().out
    assert says in out and does_not_say not in out


FOCAL = CONTRADICTING.replace("SparseCategoricalCrossentropy", "CategoricalFocalCrossentropy")
BINARY_FOCAL = CONTRADICTING.replace("SparseCategoricalCrossentropy", "BinaryFocalCrossentropy").replace(
    "softmax", "sigmoid"
)


@pytest.mark.parametrize(
    ("version", "source", "says"),
    [
        ("3", FOCAL, "= note: The loss applies a softmax to probabilities"),
        ("2", FOCAL, "usually undoes the softmax."),
        ("3", BINARY_FOCAL, "= note: The loss applies a sigmoid to probabilities"),
        ("2", BINARY_FOCAL, "in one part of the loss only"),
    ],
)
def test_version_decides_for_focal_losses(version: str, source: str, says: str, capsys: Captured) -> None:
    Path("focal.py").write_text(source, encoding="utf-8")
    assert main(["check", "--keras-version", version, "focal.py"]) == 1
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    ("loss", "versions"),
    [
        ("kullback_leibler_divergence", {"2", ""}),
        ("crossentropy", {"3", ""}),
        ("categorical_crossentropy", {"2", "3", ""}),
    ],
)
def test_version_decides_which_strings_are_losses(loss: str, versions: set[str]) -> None:
    source = CLASHING.replace("sparse_categorical_crossentropy", loss)
    Path("string.py").write_text(source, encoding="utf-8")
    for version in ("", "2", "3"):
        option = ["--keras-version", version] if version else []
        assert main(["check", *option, "string.py"]) == int(version in versions)


def test_activation_string_of_another_version_is_not_known() -> None:
    source = CLASHING.replace("Dense(10)", 'Dense(10, activation="LeakyReLU")')
    Path("string.py").write_text(source, encoding="utf-8")
    assert main(["check", "string.py"]) == 1
    assert main(["check", "string.py", "--keras-version", "3"]) == 0


@pytest.mark.parametrize("text", ["selekt = 1", 'ignore = ["LGT777"]', 'keras-version = 2\nbackend = "jax"', "x ="])
def test_mistake_is_named_once_and_the_defaults_apply(text: str, capsys: Captured) -> None:
    _configure(text)
    for select in ([], ["--select", "LGT1"], ["--select", "LGT102"]):
        assert main(["check", ".", "--output-format", "concise", *select]) == 2
        out, err = capsys.readouterr()
        assert "contradicting.py:7:9: LGT102" in out
        assert len(err.splitlines()) == 1 and err.startswith("pyproject.toml: ")
        assert err.endswith("; the defaults are used instead\n")
    assert main(["check", ".", "--output-format", "json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["path"] == "pyproject.toml"


def test_mistake_in_a_file_that_was_named_ends_the_run(capsys: Captured) -> None:
    _configure("selekt = 1", "other.toml")
    assert main(["check", "--config", "other.toml", "."]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith("flake8-logits: other.toml: ")


def test_table_with_an_underscore_is_named(capsys: Captured) -> None:
    Path("pyproject.toml").write_text("[tool.flake8_logits]\nignore = ['LGT']\n", encoding="utf-8")
    assert main(["check", "clashing.py"]) == 2
    assert "[tool.flake8_logits] is not read; write [tool.flake8-logits]" in capsys.readouterr().err


def test_package_of_that_name_is_no_table(capsys: Captured) -> None:
    text = "[tool.hatch.build]\npackages = ['flake8_logits']\n"
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    assert main(["check", "clashing.py"]) == 1


def test_standard_input_is_configured_by_its_name(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    _configure('ignore = ["LGT1"]', "old/pyproject.toml")
    command = [sys.executable, "-m", "flake8_logits", "check", "-"]
    for name, status in (("old/x.py", 0), ("x.py", 1)):
        run = subprocess.run([*command, "--stdin-filename", name], input=CLASHING.encode(), check=False)
        assert run.returncode == status


def _flake8(*arguments: str) -> str:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "LGT", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return run.stdout


SOFTMAXES = CLASHING.replace("Dense(10)", 'Dense(10, activation="softmax")').replace("sparse_categorical", "binary")
RENAMED = CLASHING.replace("sparse_categorical_crossentropy", "kullback_leibler_divergence")


def test_flake8_takes_the_target_from_either(capsys: Captured) -> None:
    Path("softmaxes.py").write_text(SOFTMAXES, encoding="utf-8")
    Path("renamed.py").write_text(RENAMED, encoding="utf-8")
    # Where nothing is undone, the binary loss reads the softmax as it is.
    assert "LGT204" in _flake8("softmaxes.py")
    assert _flake8("--logits-backend", "jax", "softmaxes.py") == ""
    assert "LGT101" in _flake8("--logits-keras-version", "2", "renamed.py")
    assert _flake8("--logits-keras-version", "3", "renamed.py") == ""
    _configure('backend = "jax"\nignore = ["LGT"]')
    assert _flake8("softmaxes.py") == ""
    assert "LGT204" in _flake8("--logits-backend", "tensorflow", "softmaxes.py")


@pytest.mark.parametrize(
    "selection", [["--select", "LGT"], ["--select", "LGT1"], ["--extend-ignore", "LGT0,LGT2"], ["--select", "E"]]
)
def test_flake8_says_what_is_wrong_with_a_configuration(selection: list[str]) -> None:
    Path("other.py").write_text("x = 1\n", encoding="utf-8")
    _configure("selekt = 1")
    found = _flake8(*selection, "clashing.py", "other.py").splitlines()
    assert found[0] == (
        "clashing.py:1:1: LGT000 pyproject.toml: [tool.flake8-logits]: key 'selekt' does not exist; "
        "did you mean 'select'?; the defaults are used instead"
    )
    assert [line[:24] for line in found[1:]] == ["clashing.py:4:38: LGT101"] * (selection != ["--select", "E"])


VOCABULARY = """
[tool.flake8-logits.losses]
"acme.losses.Focal" = { expects = "softmax", from_logits = 1, uses_keras = true }
"acme.losses.dice" = { expects = "probabilities", prediction = 0, target = 1, kind = "function" }
[tool.flake8-logits.layers]
"acme.layers.Head" = { gives = "logits", units = 0, activation = 1 }
"acme.layers.Same" = { gives = "same" }
"acme.layers.Other" = { gives = "other" }
[tool.flake8-logits.functions]
"acme.ops.softmax" = { gives = "softmax", tensor = [0, "x"] }
[tool.flake8-logits.models]
"acme.zoo.build" = { gives = "logits", activation = "final", activation_default = "softmax", top = true }
[tool.flake8-logits.trainers]
"acme.training.fit" = { model = 0, loss = [2, "criterion"] }
"""


def test_everything_that_can_be_stated_goes_with_a_cache(capsys: Captured) -> None:
    _configure(VOCABULARY)
    for _ in range(2):
        assert _found(capsys, "clashing.py") == [("clashing.py", "LGT101")]
    assert list(Path(".flake8_logits_cache").rglob("*.json"))
    source = (
        "import keras\nfrom acme import Focal\n\nkeras.Sequential([keras.layers.Dense(10)]).compile(loss=Focal())\n"
    )
    Path("focal.py").write_text(source, encoding="utf-8")
    for expects, codes in (("logits", []), ("softmax", ["LGT101"]), ("logits", [])):
        _configure(f'[tool.flake8-logits.losses]\n"acme.Focal" = {{ expects = "{expects}" }}')
        assert [code for _, code in _found(capsys, "focal.py")] == codes
