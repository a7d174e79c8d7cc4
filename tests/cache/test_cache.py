"""What was found is taken again exactly as long as nothing that it was made of has changed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.cache import store, version
from flake8_logits.cache.codec import MalformedError, decode, encode
from flake8_logits.cache.store import FOLDER, Cache
from flake8_logits.configuration.vocabulary import declared_rows
from flake8_logits.domain.diagnostics import Problem, ProblemKind, Report
from flake8_logits.domain.targets import Backend, Target
from flake8_logits.interpret.engine.module_table import Loader
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.service import caching
from flake8_logits.service.caching import check, is_quick
from flake8_logits.service.checking import check_bytes, check_file
from flake8_logits.service.requests import Options
from flake8_logits.service.results import Checked
from flake8_logits.service.sources import Sources
from flake8_logits.source.documents import python_document
from flake8_logits.source.importers import forget_files
from flake8_logits.source.project import Project
from tests.frontends.programs import CLASHING, notebook
from tests.outputs.reports import REPORTS

IMPORTING = """\
import keras
from models import build

build().compile("adam", "categorical_crossentropy")
"""
LOGITS = "import keras\n\n\ndef build():\n    return keras.Sequential([keras.layers.Dense(10)])\n"
SOFTMAX = LOGITS.replace("Dense(10)", "Dense(10, activation='softmax')")


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were really analysed."""
    paths: list[str] = []

    def count(path: str, data: bytes, options: Options) -> Checked:
        paths.append(path)
        return check_bytes(path, data, options)

    monkeypatch.setattr(caching, "check_bytes", count)
    return paths


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "setup.py").touch()
    (folder / "train.py").write_text(IMPORTING, encoding="utf-8")
    (folder / "models.py").write_text(LOGITS, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path / "cache"))


def _options(cache: Cache | None, follow: bool = True, settings: Settings = PLAIN) -> Options:
    codes = frozenset(code for code, rule in BY_CODE.items() if rule.default)
    return Options(codes, True, follow, follow, settings, cache=cache)


def _codes(
    cache: Cache | None, path: str = "train.py", follow: bool = True, settings: Settings = PLAIN
) -> Sequence[str]:
    return [found.code for found in check(path, _options(cache, follow, settings)).report.diagnostics]


def test_same_file_is_analysed_once_and_found_the_same(cache: Cache, analysed: list[str]) -> None:
    options = _options(cache)
    assert not is_quick("train.py", options)
    first = check("train.py", options)
    assert is_quick("train.py", options)
    second = check("train.py", options)
    assert second.report == first.report == check_file("train.py", options).report
    assert analysed == ["train.py"]
    (finding,) = second.report.diagnostics
    assert finding.code == "LGT101"
    assert second.sources.line(finding.span, finding.span.line) == IMPORTING.splitlines()[3]


def test_without_a_cache_nothing_is_kept(analysed: list[str], project: Path) -> None:
    assert _codes(None) == _codes(None) == ["LGT101"]
    assert len(analysed) == 2 and not (project / FOLDER).exists()


def test_changed_file_is_analysed_again(cache: Cache, project: Path) -> None:
    assert _codes(cache) == ["LGT101"]
    (project / "train.py").write_text(IMPORTING.replace("build()", "helper()"), encoding="utf-8")
    assert _codes(cache) == []
    (project / "train.py").write_text(IMPORTING, encoding="utf-8")
    assert _codes(cache) == ["LGT101"]


def test_changed_import_is_seen(cache: Cache, project: Path) -> None:
    assert _codes(cache) == ["LGT101"]
    (project / "models.py").write_text(SOFTMAX, encoding="utf-8")
    assert _codes(cache) == []
    (project / "models.py").unlink()
    assert _codes(cache) == []
    (project / "models.py").write_text(LOGITS, encoding="utf-8")
    assert _codes(cache) == ["LGT101"]


def test_changed_import_of_an_import_is_seen(cache: Cache, project: Path) -> None:
    (project / "models.py").write_text("from heads import build\n", encoding="utf-8")
    (project / "heads.py").write_text(LOGITS, encoding="utf-8")
    assert _codes(cache) == ["LGT101"]
    (project / "heads.py").write_text(SOFTMAX, encoding="utf-8")
    assert _codes(cache) == []


def test_module_that_was_absent_and_appears_is_seen(cache: Cache, project: Path) -> None:
    (project / "models.py").unlink()
    assert _codes(cache) == []
    (project / "src").mkdir()
    (project / "src" / "models.py").write_text(LOGITS, encoding="utf-8")
    assert _codes(cache) == ["LGT101"]


def test_module_that_comes_to_stand_nearer_is_seen(cache: Cache, project: Path) -> None:
    (project / "inner").mkdir()
    (project / "inner" / "train.py").write_text(IMPORTING, encoding="utf-8")
    path = str(Path("inner", "train.py"))
    assert _codes(cache, path) == ["LGT101"]
    (project / "inner" / "models.py").write_text(SOFTMAX, encoding="utf-8")
    assert _codes(cache, path) == []


def test_caller_that_appears_or_changes_is_seen(cache: Cache, project: Path) -> None:
    given = "import keras\n\n\ndef train(model):\n    model.compile('adam', 'categorical_crossentropy')\n"
    (project / "train.py").write_text(given, encoding="utf-8")
    assert _codes(cache) == []
    for models, codes in ((LOGITS, ["LGT101"]), (SOFTMAX, []), (LOGITS, ["LGT101"])):
        (project / "run.py").write_text(f"{models}\n\nfrom train import train\ntrain(build())\n", encoding="utf-8")
        forget_files()
        assert _codes(cache) == codes
    (project / "run.py").unlink()
    forget_files()
    assert _codes(cache) == []


def test_root_that_moves_is_seen(cache: Cache, project: Path) -> None:
    (project / "inner").mkdir()
    (project / "inner" / "train.py").write_text(IMPORTING, encoding="utf-8")
    path = str(Path("inner", "train.py"))
    assert _codes(cache, path) == ["LGT101"]
    from flake8_logits.source.project import root_of

    (project / "inner" / "pyproject.toml").touch()
    root_of.cache_clear()  # as in another run
    assert _codes(cache, path) == []


def test_settings_have_results_of_their_own(cache: Cache, analysed: list[str]) -> None:
    declared = Settings(rows=declared_rows("models", {"models.build": {"gives": "softmax"}}))
    jax = Settings(Target(3, Backend.JAX))
    assert _codes(cache) == ["LGT101"]
    assert _codes(cache, settings=declared) == []
    assert _codes(cache, settings=jax) == ["LGT101"]
    assert _codes(cache, follow=False) == []
    before = len(analysed)
    assert before == 4
    _codes(cache), _codes(cache, settings=declared), _codes(cache, settings=jax), _codes(cache, follow=False)
    assert len(analysed) == before


def test_same_file_under_another_name_is_reported_under_that_name(cache: Cache, project: Path) -> None:
    relative = check("train.py", _options(cache)).report
    absolute = check(str(project / "train.py"), _options(cache)).report
    assert [found.span.path for found in relative.diagnostics] == ["train.py"]
    assert [found.related[0].span.path for found in relative.diagnostics] == ["models.py"]
    assert [found.span.path for found in absolute.diagnostics] == [str(project / "train.py")]


def test_selection_is_part_of_what_is_kept(cache: Cache) -> None:
    assert _codes(cache) == ["LGT101"]
    assert check("train.py", replace(_options(cache), codes=frozenset())).report.diagnostics == ()


def test_fault_of_ours_is_not_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Report("train.py", problems=(Problem("train.py", "KeyError", kind=ProblemKind.INTERNAL),))
    with monkeypatch.context() as patched:
        patched.setattr(caching, "check_bytes", lambda path, data, options: Checked(broken, Sources(())))
        assert check("train.py", _options(cache)).report == broken
    assert _codes(cache) == ["LGT101"]


def test_another_version_of_the_program_takes_nothing(
    cache: Cache, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _codes(cache)
    monkeypatch.setattr(store, "version_tag", lambda: "another")
    _codes(cache)
    assert len(analysed) == 2


def test_version_is_that_of_the_installed_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    tags = []
    for text in ("x = 1\n", "x = 12\n"):
        (tmp_path / "module.py").write_text(text, encoding="utf-8")
        version.version_tag.cache_clear()
        tags.append(version.version_tag())
    version.version_tag.cache_clear()
    assert tags[0] != tags[1]


def test_every_program_of_a_notebook_is_kept(cache: Cache, analysed: list[str], project: Path) -> None:
    cells = ("%%writefile other.py\n" + CLASHING, CLASHING)
    (project / "n.ipynb").write_text(notebook(*cells), encoding="utf-8")
    assert _codes(cache, "n.ipynb") == ["LGT101", "LGT101"] == _codes(cache, "n.ipynb")
    assert len(analysed) == 1


def test_file_that_asks_for_no_analysis_is_not_kept(cache: Cache, project: Path) -> None:
    (project / "plain.py").write_text("import os\n", encoding="utf-8")
    assert is_quick("plain.py", _options(cache))
    assert _codes(cache, "plain.py") == []
    assert not Path(cache.folder).exists()


def _entries(cache: Cache) -> list[Path]:
    return sorted(Path(cache.folder).rglob("*.json"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"LGT101", b"LGT102"),
        lambda data: b"\0" * len(data),
        lambda data: data + b" ",
        lambda data: data.partition(b"\n")[2],
    ],
    ids=["empty", "half", "another word", "zeros", "longer", "no checksum"],
)
def test_damaged_entry_is_as_if_it_were_not_there(cache: Cache, analysed: list[str], damage: Any) -> None:
    assert _codes(cache) == ["LGT101"]
    (entry,) = _entries(cache)
    entry.write_bytes(damage(entry.read_bytes()))
    assert _codes(cache) == ["LGT101"]
    assert len(analysed) == 2
    assert _codes(cache) == ["LGT101"]
    assert len(analysed) == 2


def test_entry_of_another_shape_is_as_if_it_were_not_there(cache: Cache, analysed: list[str]) -> None:
    assert _codes(cache) == ["LGT101"]
    (entry,) = _entries(cache)
    other = b'{"is":"Entry","content":1,"witnessed":[],"report":[]}'
    for body in (b"[]", b"null", b'{"is":"Entry"}', other, b"[" * 9999):
        entry.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        assert _codes(cache) == ["LGT101"]


def _forged(entry: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(entry.read_bytes().partition(b"\n")[2])
    change(data)
    body = json.dumps(data).encode()
    entry.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("answers", lambda root: [[f"{root}/train.py", "nothing", 10**7, None]]),
        ("answers", lambda root: [[f"{root}/" + "d/" * 5_000, "nothing", 0, None]]),
        ("answers", lambda root: [[f"{root}/train.py", "no." * 5_000, 0, None]]),
        ("answers", lambda root: [[f"{root}/train.py", f"no{number}", 0, None] for number in range(20_000)]),
        ("contents", lambda root: [["/dev/zero", None]]),
        ("contents", lambda root: [[f"{root}/nothing", None]] * 2),
        ("contents", lambda root: [[f"{root}/{number}", None] for number in range(20_000)]),
        ("callers", lambda root: [[f"{root}/nothing.py", ["name"], []]] * 200),
        ("callers", lambda root: [[f"{root}/nothing.py", [f"n{number}" for number in range(20_000)], []]]),
    ],
    ids=["level", "path", "dotted", "answers", "elsewhere", "twice", "contents", "callers", "names"],
)
def test_entry_that_asks_for_too_much_is_as_if_it_were_not_there(
    cache: Cache, analysed: list[str], project: Path, key: str, asked: Callable[[Path], object]
) -> None:
    assert _codes(cache) == ["LGT101"]
    (entry,) = _entries(cache)
    _forged(entry, lambda data: data["witnessed"][0].update({key: asked(project)}))
    assert _codes(cache) == ["LGT101"]
    assert len(analysed) == 2


@pytest.mark.parametrize(("key", "value"), [("code", "LGT777"), ("code", "LGT102"), ("rule", "\n::error::")])
def test_entry_of_no_rule_is_as_if_it_were_not_there(cache: Cache, analysed: list[str], key: str, value: str) -> None:
    assert _codes(cache) == ["LGT101"]
    (entry,) = _entries(cache)
    _forged(entry, lambda data: data["report"]["diagnostics"][0].update({key: value}))
    assert _codes(cache) == ["LGT101"]
    assert len(analysed) == 2


def test_folder_that_cannot_be_made_is_no_cache(tmp_path: Path, analysed: list[str]) -> None:
    (tmp_path / "file").touch()
    cache = Cache(str(tmp_path / "file" / "cache"))
    assert _codes(cache) == _codes(cache) == ["LGT101"]
    assert len(analysed) == 2


def test_entry_that_cannot_be_put_in_place_leaves_nothing_behind(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str, target: str) -> None:
        raise OSError("no")

    _codes(cache)
    monkeypatch.setattr(os, "replace", fail)
    assert _codes(cache, follow=False) == []
    assert len([path for path in Path(cache.folder).rglob("*") if path.is_file()]) == 3


def test_folder_keeps_out_of_git_and_of_backups(cache: Cache) -> None:
    _codes(cache)
    assert "*\n" in (Path(cache.folder) / ".gitignore").read_text(encoding="utf-8")
    assert (Path(cache.folder) / "CACHEDIR.TAG").read_text(encoding="utf-8").startswith("Signature: 8a477f597d28d172")


def _often(folder: str, number: int) -> list[bool]:
    """Whether each turn found nothing, or what was kept for its own content; all write to the same entry."""
    cache, right = Cache(folder), []
    for turn in range(150):
        content = f"x = {(turn + number) % 3}\n"
        documents = [python_document("shared.py", content.encode())]
        report = Report("shared.py", problems=(Problem("shared.py", content * 500),))
        right.append(cache.load(documents, "asked") in (None, report))
        cache.save(documents, "asked", [], report)
    return right


def test_runs_at_the_same_time_do_not_disturb_each_other(cache: Cache) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        results = pool.starmap(_often, [(cache.folder, number) for number in range(3)])
    assert all(right for result in results for right in result)
    assert len(_entries(cache)) == 1 and len([path for path in Path(cache.folder).rglob("*") if path.is_file()]) == 3


def test_analysis_can_ask_a_project_only_what_is_remembered() -> None:
    asked = {name for name in vars(Loader) if not name.startswith("_")}
    assert asked == {"find", "read"}
    assert asked <= {name for name in vars(Project) if not name.startswith("_")}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.path)
def test_reports_come_back_as_they_were(report: Report) -> None:
    assert decode(Report, json.loads(json.dumps(encode(report)))) == report


@dataclass(frozen=True)
class Everything:
    text: str
    number: int
    part: float
    flag: bool
    maybe: int | None
    several: tuple[str, ...]
    pair: tuple[int, str]
    backend: Backend
    inner: Target | None


EVERYTHING = st.builds(
    Everything,
    st.text(),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none() | st.integers(),
    st.lists(st.text()).map(tuple),
    st.tuples(st.integers(), st.text()),
    st.sampled_from(Backend),
    st.none() | st.builds(Target, st.none() | st.integers(), st.none() | st.sampled_from(Backend)),
)


@given(EVERYTHING)
def test_values_come_back_as_they_were(value: Everything) -> None:
    assert decode(Everything, json.loads(json.dumps(encode(value)))) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["is", "text", "path", "x"]), inner),
)


@given(JSON)
def test_anything_else_is_malformed(data: object) -> None:
    with pytest.raises(MalformedError):
        decode(Report, data)


def test_order_of_sets_does_not_depend_on_the_run() -> None:
    assert encode(frozenset({"b", "a", "c"})) == ["a", "b", "c"]
    settings = replace(PLAIN, rows=declared_rows("layers", {"a.B": {"gives": "same"}}))
    assert json.dumps(encode(settings)) == json.dumps(encode(settings))
