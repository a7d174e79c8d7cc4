"""``explain``, ``rules`` and the pages in docs/rules, which are all the same text."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from flake8_logits.frontends import pages
from flake8_logits.frontends.command import check, main
from flake8_logits.rules.base import SECTIONS, Rule
from flake8_logits.rules.registry import RULES

FOLDER = Path(__file__).resolve().parents[2] / pages.FOLDER

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_pages_are_current() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == pages.files(), "run python -m flake8_logits.frontends.pages"


@each_rule
def test_explain_prints_the_page(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (rule.code, rule.code.lower(), rule.name):
        assert main(["explain", name]) == 0
        out = capsys.readouterr().out
        assert (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8").endswith(out)
        assert out.startswith(f"# {rule.name} ({rule.code})\n")
    assert [line.removeprefix("## ") for line in out.splitlines() if line.startswith("## ")] == list(SECTIONS)


@each_rule
def test_explain_on_a_terminal_is_laid_out(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", rule.code, "--color", "always"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[" in out and "```" not in out


def test_explain_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LGT999"]) == 2
    assert "there is no rule LGT999" in capsys.readouterr().err


def test_rules_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in RULES]
    assert all(rule.summary in line for line, rule in zip(lines, RULES, strict=True))
    assert all(("off by default" in line) is not rule.default for line, rule in zip(lines, RULES, strict=True))


def test_writing_takes_stale_pages_away(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", encoding="utf-8")
    pages.main(str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == set(pages.files())


@pytest.mark.parametrize(
    ("incomplete", "offered"),
    [
        ("LGT2", ["LGT2", "LGT201"]),
        ("lgt4", ["LGT4", "LGT401"]),
        ("LGT101,LGT3", ["LGT101,LGT3", "LGT101,LGT301"]),
        ("logits-a", ["logits-as-probabilities"]),
        ("LGT9", ["LGT901", "LGT902", "LGT903"]),
        ("E", []),
    ],
)
def test_shell_is_offered_prefixes_codes_and_names(incomplete: str, offered: list[str]) -> None:
    (option,) = [option for option in check.params if option.name == "select"]
    items = option.shell_complete(click.Context(check), incomplete)
    assert [item.value for item in items][: len(offered)] == offered
