"""What README and pages claim: examples earn what they say, commands and links are right."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits import __version__
from flake8_logits.analysis import analyse
from flake8_logits.frontends.command import main
from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import python_document

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
TEST_COMMAND = "python -m pip install -e '.[test]' && python -m pytest"
JAX_COMMAND = "python -m pip install -e '.[test-fast,jax]' && python -m pytest -m jax"
TORCH_COMMAND = "python -m pip install -e '.[test-fast,torch]' && python -m pytest -m torch"
FAST_COMMAND = "python -m pip install -e '.[test-fast]' && python -m pytest -m \"not tensorflow\""

_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^]]*\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def _codes(text: str, rule: Rule) -> list[str]:
    """The codes that an example earns, of this rule and of those that are on by default."""
    on = {other.code for other in RULES if other.default} | {rule.code}
    report = analyse(python_document("example.py", text.encode()))
    return [diagnostic.code for diagnostic in report.diagnostics if diagnostic.code in on]


@each_rule
def test_examples_of_a_rule_raise_exactly_that_rule(rule: Rule) -> None:
    assert [_codes(example, rule) for example, _ in rule.pairs] == [[rule.code]] * len(rule.pairs)


@each_rule
def test_what_to_use_instead_is_quiet(rule: Rule) -> None:
    assert [_codes(instead, rule) for _, instead in rule.pairs] == [[]] * len(rule.pairs)


def test_the_rules_of_the_loss_have_an_example_for_each_framework() -> None:
    for rule in RULES:
        frameworks = {name for example, _ in rule.pairs for name in ("keras", "torch", "optax") if name in example}
        assert rule.code not in ("LGT101", "LGT103", "LGT205", "LGT207") or frameworks >= {"keras", "torch"}
        # None of optax' losses takes probabilities, unless it is told to.
        assert rule.code != "LGT103" or "optax" in frameworks


def test_readme_has_the_test_commands_that_ci_runs() -> None:
    commands = [line for line in README.splitlines() if "pytest" in line and "pip install" in line]
    assert commands == [TEST_COMMAND, FAST_COMMAND, TORCH_COMMAND, JAX_COMMAND]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    patterns = re.findall(r"^run_line \S+ '(?P<pattern>[^']*)'$", script, re.MULTILINE)
    assert [re.findall(pattern, README, re.MULTILINE) for pattern in patterns] == [
        [FAST_COMMAND],
        [TORCH_COMMAND],
        [JAX_COMMAND],
        [TEST_COMMAND],
    ]


def _sessions() -> list[tuple[str, str]]:
    """Each command of the README whose output stands below it, with that output."""
    found = []
    for block in _BLOCK.finditer(README):
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), _sessions(), ids=[command for command, _ in _sessions()])
def test_readme_shows_what_commands_print(command: str, output: str) -> None:
    program, *arguments = shlex.split(command)
    module = {"flake8": "flake8", "flake8-logits": "flake8_logits"}[program]
    # Whatever the configuration where the tests run, a reader's flake8 has none.
    isolated = ["--isolated"] if program == "flake8" else []
    run = subprocess.run(
        [sys.executable, "-m", module, *isolated, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout == output
    assert run.stderr == ""


def test_readme_shows_some_output() -> None:
    assert _sessions()


def test_readme_shows_what_a_fix_would_change(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = [block["text"] for block in _BLOCK.finditer(README) if block["kind"] == "diff"]
    monkeypatch.chdir(ROOT)
    assert main(["check", "--diff", "examples/"]) == 1
    assert capsys.readouterr().out == shown


def _commands() -> list[str]:
    texts = [block["text"] for block in _BLOCK.finditer(README) if block["kind"] == "console"]
    return [line for line in "\n".join(texts).splitlines() if line.startswith("flake8-logits ")]


@pytest.mark.parametrize("command", _commands())
def test_readme_names_options_that_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, subcommand, *arguments = shlex.split(command.partition("<")[0], comments=True)
    options = [argument for argument in arguments if argument.startswith("--")]
    main([subcommand, "--help"])
    assert set(options) <= set(re.findall(r"--[a-z-]+", capsys.readouterr().out))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    targets = [target for target in _LINK.findall(text) if not target.startswith(("http://", "https://"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_contributing_names_files_that_exist() -> None:
    shown = re.findall(r"`[^`\n]+`", CONTRIBUTING) + [block["text"] for block in _BLOCK.finditer(CONTRIBUTING)]
    # A name in capitals stands for another; where files are meant by a pattern, some must match it.
    named = {name for text in shown for name in re.findall(r"\b(?:tests|fixtures|benchmarks|docs)/[\w/*.-]*", text)}
    named |= {
        f"flake8_logits/{name}"
        for text in shown
        for name in re.findall(r"(?<![\w/])(?:knowledge|rules)/[\w*./]*", text)
    }
    named = {name.rstrip(".") for name in named if "NAME" not in name}
    assert len(named) > 20
    assert [name for name in sorted(named) if not any(ROOT.glob(name.rstrip("/")))] == []


def test_contributing_shows_commands_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^flake8-logits (debug \w+|check)", CONTRIBUTING, re.MULTILINE)
    assert set(commands) == {"debug tree", "debug reveal", "debug trace", "check"}
    for command in commands:
        assert main([*command.split(), "--help"]) == 0
        assert capsys.readouterr().out.startswith(f"Usage: flake8-logits {command} ")


def test_changelog_has_what_comes_next_and_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(?P<name>[^]]+)\](?: - \d{4}-\d{2}-\d{2})?$", text, re.MULTILINE)
    assert versions[:2] == ["Unreleased", __version__]
    assert re.findall(r"^\[([^]]+)\]: https://", text, re.MULTILINE) == versions
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds
