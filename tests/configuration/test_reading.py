"""``[tool.flake8-logits]``: which file it is found in, what it may hold, and what is said of a mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.finding import configuration_of
from flake8_logits.configuration.model import Configuration
from flake8_logits.configuration.reading import KEYS, read_configuration, target_of
from flake8_logits.configuration.vocabulary import EXPECTS, GIVES, TABLES
from flake8_logits.domain.targets import Backend, Target

ROOT = Path(__file__).resolve().parents[2]
HEAD = "[tool.flake8-logits]\n"


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _read(folder: Path, text: str) -> Configuration:
    return read_configuration(str(_write(folder, HEAD + text)))


def test_nearest_file_with_our_table_counts(tmp_path: Path) -> None:
    outer = _write(tmp_path, HEAD)
    _write(tmp_path / "package", "[project]\nname = 'package'\ndependencies = ['flake8-logits']\n")
    inner = _write(tmp_path / "package" / "inner", HEAD + "ignore = ['LGT3']\n")
    assert configuration_of(str(tmp_path / "a.py")) == str(outer)
    assert configuration_of(str(tmp_path / "package" / "a.py")) == str(outer)
    assert configuration_of(str(tmp_path / "package" / "inner" / "deep" / "a.py")) == str(inner)
    assert read_configuration(str(inner)).ignore == ("LGT3",)


def test_file_without_any_has_the_defaults(tmp_path: Path) -> None:
    found = configuration_of(str(tmp_path / "a.py"))
    assert found is None or not Path(found).is_relative_to(tmp_path)
    assert configuration_of("a\0b.py") is None


def test_every_key_is_taken_over(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        """
select = ["LGT1", "LGT2,LGT3"]
extend-select = "LGT901"
ignore = []
per-file-ignores = { "tests/**" = ["LGT"], "old.py" = "LGT101 LGT102" }
exclude = ["build/"]
keras-version = "3.4"
backend = "torch"
no-imports = true
cache-dir = ".cache"
""",
    )
    assert found.select == ("LGT1", "LGT2", "LGT3")
    assert (found.extend_select, found.ignore, found.exclude) == (("LGT901",), (), ("build/",))
    assert found.settings.target == Target(3, Backend.TORCH)
    assert (found.follow_imports, found.cache_dir) == (False, ".cache")
    assert found.ignored_in(str(tmp_path / "tests" / "deep" / "test_a.py")) == ("LGT",)
    assert found.ignored_in(str(tmp_path / "sub" / "old.py")) == ("LGT101", "LGT102")
    assert found.ignored_in(str(tmp_path.parent / "old.py")) == ()


def test_exclusion_reaches_below_a_folder_and_not_outside(tmp_path: Path) -> None:
    found = _read(tmp_path, "exclude = ['build/', '/top.py', '*_old.py']")
    assert found.excludes(str(tmp_path / "build"), is_folder=True)
    assert found.excludes(str(tmp_path / "a" / "build" / "x.py"))
    assert found.excludes(str(tmp_path / "top.py")) and not found.excludes(str(tmp_path / "a" / "top.py"))
    assert found.excludes(str(tmp_path / "a" / "model_old.py"))
    assert not found.excludes(str(tmp_path / "build"))
    assert not found.excludes(str(tmp_path.parent / "x_old.py"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selekt = []", "key 'selekt' does not exist; did you mean 'select'?"),
        ("extend_select = []", "key 'extend_select' does not exist; did you mean 'extend-select'?"),
        ("zzz = 1", "key 'zzz' does not exist; expected one of backend, cache-dir,"),
        ("select = [1]", "'select' must be a list of strings"),
        ("exclude = 3", "'exclude' must be a list of strings"),
        ("no-imports = 'yes'", "'no-imports' must be true or false"),
        ("cache-dir = 1", "'cache-dir' must be a string"),
        ("per-file-ignores = []", "'per-file-ignores' must be a table of patterns"),
        ("per-file-ignores = { a = 1 }", "'per-file-ignores.a' must be a list of strings"),
        ("keras-version = 4", "'keras-version' must be 2 or 3, not 4"),
        ("keras-version = true", "'keras-version' must be 2 or 3, not True"),
        ("backend = 'tensorflw'", "backend 'tensorflw' does not exist; did you mean 'tensorflow'?"),
        ("keras-version = 2\nbackend = 'jax'", "backend 'jax' cannot be combined with keras-version 2"),
    ],
)
def test_mistake_is_one_line_that_names_the_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _read(tmp_path, text)
    message = str(raised.value)
    assert "pyproject.toml: [tool.flake8-logits]: " in message
    assert said in message and "\n" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[tool.flake8-logits", "not valid TOML: "),
        (b"[tool]\nflake8-logits = 1", "[tool.flake8-logits] must be a table"),
        (b"[tool.flake8-logits]\nselect = ['\xff']", "not valid TOML: "),
        (b"tool = 1 # flake8-logits\n[tool.flake8-logits]", "not valid TOML: "),
        (b"[tool.flake8-logits]\nkeras-version = 0x" + b"f" * 5000, "a whole number of more than 64 bits"),
        (b"[tool.flake8-logits.layers]\n'a.B' = { units = [[0o" + b"7" * 9000 + b"]] }", "of more than 64 bits"),
    ],
)
def test_file_that_cannot_be_used_is_named(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text)
    assert configuration_of(str(tmp_path / "a.py")) == str(path)
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: ") as raised:
        read_configuration(str(path))
    assert said in str(raised.value)


def test_mistake_of_another_tool_is_not_ours(tmp_path: Path) -> None:
    _write(tmp_path, "[tool.other\n")
    assert configuration_of(str(tmp_path / "a.py")) != str(tmp_path / "pyproject.toml")


def test_absent_file_is_an_error_when_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: no such file"):
        read_configuration(str(tmp_path / "gone.toml"))


@pytest.mark.parametrize("version", [2, "2", "2.15", 2.15, "2.15.1"])
def test_major_version_counts(version: object) -> None:
    assert target_of(version, None) == Target(2, None)


def test_page_explains_every_key() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = {*KEYS, *(key for _, keys in TABLES.values() for key in keys)}
    values = {*EXPECTS, *GIVES, *(backend.value for backend in Backend)}
    assert {key for key in keys if f"| `{key}` |" not in page} == set()
    assert {value for value in values if f"`{value}`" not in page and f'"{value}"' not in page} == set()
