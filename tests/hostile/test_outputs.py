"""Names and lines that would move a cursor, forge a line or command a build server: in every output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flake8_logits.frontends.command import main
from flake8_logits.frontends.options import FORMATS
from flake8_logits.outputs.diff import diff_lines
from flake8_logits.outputs.visible import shown
from tests.frontends.programs import CLASHING

EVIL = "\x1b[31m\x1b]0;x\x07\u202e\u2028\x85\x9b2J"
FILE = f"a{EVIL}\r\n::error file=x::##[stop-commands]t.py"
SOURCE = f"{CLASHING[:-2]})  # {EVIL}##vso[task.setvariable]".replace("\u2028", "").replace("\x85", "") + "\n"
CONFIGURATION = '[tool.flake8-logits]\n"k\\u001b[31m\\n::error::\\u202e" = 1\n'
COMMANDS = re.compile(r"^\s*::\s*(?:error|stop)|#?##(?:\[|vso\[)", re.MULTILINE)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file can have such a name")


def _harmless(text: str, commands: bool = False) -> bool:
    """Whether nothing in a text is obeyed: by a terminal, or by a runner that reads logs."""
    printable = all(line.isprintable() for line in text.split("\n"))
    return printable and (commands or COMMANDS.search(text) is None)


@pytest.mark.parametrize("name", [FILE, "::error file=x,title=y::z.py"])
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_names_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name.replace("/", "")).write_text(SOURCE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    assert main(["check", "--output-format", form, "--show-unknown", "."]) == 2
    out, err = capsys.readouterr()
    assert "LGT101" in out and "does not exist" in err
    assert _harmless(out, commands=form == "github") and _harmless(err)
    if form in ("json", "sarif", "gitlab"):
        json.loads(out)
    if form == "junit":
        ElementTree.fromstring(out.partition("\n")[2])
    if form == "github":
        assert all(line.startswith(("::warning ", "::error ")) for line in out.splitlines())
        assert len(out.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments", [["explain", EVIL], ["check", "--select", EVIL], ["check", EVIL], ["debug", "tree", EVIL]]
)
def test_hostile_words_in_errors(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert err and _harmless(out) and _harmless(err)


def test_hostile_names_in_the_log(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SOURCE, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "flake8_logits", "check", "--log-level", "debug", "."],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "checking" in run.stderr and _harmless(run.stderr) and _harmless(run.stdout)


def test_colours_are_ours_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(SOURCE, encoding="utf-8")
    main(["check", "--color", "always", "a.py"])
    out = capsys.readouterr().out
    assert "\x1b[" in out and _harmless(re.sub(r"\x1b\[[0-9;]*m", "", out))
    assert "\x1b[31m\x1b]0" not in out


def test_a_patch_is_exact_and_its_header_quoted() -> None:
    lines = list(diff_lines('a"\n\x1b[31m.py', "x = 1  # \x1b[31m\n", "x = 2  # \x1b[31m\n"))
    assert lines[:2] == ['--- "a/a\\042\\012\\033[31m.py"\n', '+++ "b/a\\042\\012\\033[31m.py"\n']
    assert lines[-2:] == ["-x = 1  # \x1b[31m\n", "+x = 2  # \x1b[31m\n"]


def test_lines_stay_as_they_are_otherwise() -> None:
    for text in ("train.py:3:4: LGT101 x", "  ::: models.py:5:30", "größe = 'モデル'  # ## [x]", ""):
        assert shown(text) == text
    assert shown("::warning file=a::b", commands=True) == "::warning file=a::b"
