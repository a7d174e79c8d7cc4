"""``new-rule`` and ``docs``, run on a copy of this tree."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.dev.scaffold import CannotLayOut, lay_out, registered

ROOT = Path(__file__).resolve().parents[2]
NAME, CODE = "head-without-a-hat", "LGT299"
HOUSE = (
    "test_rule_has_a_page_with_all_sections",
    "test_rule_has_fixtures_that_fire_and_that_are_quiet",
    "test_fixtures_belong_to_rules",
    "test_codes_and_names_are_unique_and_sorted",
    "test_imports_point_down",
    "test_a_rules_code_and_name_stand_once",
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with a new rule laid out in it."""
    copy = tmp_path_factory.mktemp("copy") / "tree"
    copy.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".*cache", "differential", "truths")
    for name in ("flake8_logits", "fixtures", "docs", "fuzz", "primer", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    run = _python(copy, "-m", "flake8_logits.dev", "new-rule", NAME, "--code", CODE, "--summary", "A head has no hat")
    assert run.returncode == 0, run.stderr
    return copy


def _python(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_new_rule_keeps_the_house_in_order(tree: Path) -> None:
    pages = "tests/frontends/test_pages.py::test_pages_are_current"
    run = _python(
        tree,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-n",
        "0",
        "-vv",
        pages,
        *(f"tests/test_house.py::{test}" for test in HOUSE),
    )
    assert run.returncode == 0, run.stdout
    assert run.stdout.count(f"[{CODE}] PASSED") == 2
    assert "[rules.head_without_a_hat] PASSED" in run.stdout


def test_new_rule_is_formatted_and_typed(tree: Path) -> None:
    for command in (("ruff", "check", "."), ("ruff", "format", "--check", "flake8_logits", "tests")):
        run = _python(tree, "-m", *command)
        assert run.returncode == 0, run.stdout
    run = _python(tree, "-m", "mypy", "flake8_logits/rules/head_without_a_hat.py", "--follow-imports", "silent")
    assert run.returncode == 0, run.stdout


def test_new_rule_is_explained_and_fires_once_it_is_written(tree: Path) -> None:
    assert _python(tree, "-m", "flake8_logits", "explain", CODE).stdout.startswith(
        f"# {NAME} ({CODE})\n\nA head has no hat.\n"
    )
    fixture = f"fixtures/rules/{NAME}/firing.py"
    assert CODE not in _python(tree, "-m", "flake8_logits", "check", "--no-cache", fixture).stdout
    rule = tree / "flake8_logits" / "rules" / "head_without_a_hat.py"
    laid_out = rule.read_text(encoding="utf-8")
    rule.write_text(
        laid_out.replace("    return False", '    return loss.name == "categorical_crossentropy"'), encoding="utf-8"
    )
    try:
        assert f":6:38: {CODE} " in _python(tree, "-m", "flake8_logits", "check", "--no-cache", fixture).stdout
    finally:
        rule.write_text(laid_out, encoding="utf-8")


def test_what_is_taken_is_refused_and_nothing_is_written(tree: Path) -> None:
    before = sorted(tree.rglob("*.py"))
    for name, code, why in (
        (NAME, "LGT298", "there is a rule head-without-a-hat already"),
        ("another-head", CODE, "LGT299 is taken"),
        ("a-head-" * 8 + "long", "LGT298", "more than 38 characters"),
    ):
        with pytest.raises(CannotLayOut, match=why):
            lay_out(tree, name, code)
    assert sorted(tree.rglob("*.py")) == before


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [("Head", "LGT299", "lower-case words"), ("head", "LGT29", "three digits"), ("head", "E501", "three digits")],
)
def test_what_is_misspelt_is_refused(tree: Path, name: str, code: str, why: str) -> None:
    run = _python(tree, "-m", "flake8_logits.dev", "new-rule", name, "--code", code)
    assert run.returncode == 2
    assert why in run.stderr


def test_registry_stays_sorted_at_both_ends() -> None:
    registry = (ROOT / "flake8_logits" / "rules" / "registry.py").read_text(encoding="utf-8")
    for module, code in (("aaa", "LGT100"), ("zzz", "LGT999")):
        tree = ast.parse(registered(registry, module, code, advice=code > "LGT9"))
        imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
        (names,) = ([alias.name for alias in node.names] for node in imports if node.module == "flake8_logits.rules")
        assert names == sorted(names) and module in names
        rules = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "rule"]
        codes = [ast.literal_eval(call.args[1]) for call in rules]
        assert codes == sorted(codes) and code in codes
        advice = {codes[index] for index, call in enumerate(rules) if "Severity.ADVICE" in ast.unparse(call)}
        assert advice == {other for other in codes if other > "LGT9"}


def test_docs_writes_what_was_lost(tree: Path) -> None:
    page = tree / "docs" / "rules" / f"{NAME}.md"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    assert _python(tree, "-m", "flake8_logits.dev", "docs").returncode == 0
    assert page.read_text(encoding="utf-8") == text


def test_command_does_not_import_it() -> None:
    script = "import sys, flake8_logits.frontends.command; sys.exit('flake8_logits.dev' in sys.modules)"
    assert _python(ROOT, "-c", script).returncode == 0
