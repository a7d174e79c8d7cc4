"""The report's options: formats, files, statistics, exit codes; and the picture in the README."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flake8_logits.frontends import picture
from flake8_logits.frontends.command import main
from flake8_logits.frontends.options import FORMATS
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, UNDECIDED

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"a": CLASHING, "b": CLASHING, "c": CONTRADICTING, "quiet": QUIET}.items():
        Path(f"{name}.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("source", [CLASHING, QUIET, BROKEN, UNDECIDED, ""])
def test_every_format_can_be_read_back(form: str, source: str, capsys: Captured) -> None:
    Path("train.py").write_text(source, encoding="utf-8")
    status = {CLASHING: 1, BROKEN: 2}.get(source, 0)
    assert main(["check", "--output-format", form, "--show-unknown", "train.py"]) == status
    out, err = capsys.readouterr()
    assert bool(err) is (source == BROKEN)
    if form in ("json", "sarif", "gitlab"):
        json.loads(out)
    elif form == "jsonl":
        assert all(json.loads(line) for line in out.splitlines())
    elif form == "junit":
        ElementTree.fromstring(out)
    assert "LGT101" in out or source != CLASHING


@pytest.mark.parametrize("form", FORMATS)
def test_report_goes_to_a_file_as_it_would_to_a_pipe(form: str, capsys: Captured) -> None:
    assert main(["check", "--output-format", form, "."]) == 1
    printed = capsys.readouterr().out
    assert main(["check", "--output-format", form, "--output-file", "report.out", "."]) == 1
    assert capsys.readouterr().out == ""
    assert Path("report.out").read_text(encoding="utf-8") == printed


def test_file_that_cannot_be_written_is_named_first(capsys: Captured) -> None:
    assert main(["check", "--output-file", "gone/report.out", "."]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "gone/report.out" in err and len(err.splitlines()) == 1


def test_statistics(capsys: Captured) -> None:
    assert main(["check", "--statistics", "--output-format", "concise", "."]) == 1
    assert capsys.readouterr().out.splitlines()[3:] == [
        "2  LGT101  logits-as-probabilities",
        "1  LGT102  probabilities-as-logits",
    ]
    assert main(["check", "--statistics", "."]) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "2  LGT101  logits-as-probabilities",
        "1  LGT102  probabilities-as-logits",
        "3 findings in 3 files, 3 fixable with --fix [*], 4 files checked",
    ]
    assert main(["check", "--statistics", "--output-format", "sarif", "."]) == 2


def test_exit_zero_is_about_findings_alone() -> None:
    assert main(["check", "--exit-zero", "."]) == 0
    Path("broken.py").write_text(BROKEN, encoding="utf-8")
    assert main(["check", "--exit-zero", "."]) == 2


def test_sarif_of_a_run_names_files_as_the_project_does(capsys: Captured, tmp_path: Path) -> None:
    main(["check", "--output-format", "sarif", str(tmp_path)])
    absolute = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    main(["check", "--output-format", "sarif", "."])
    relative = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [it["locations"] for it in absolute] == [it["locations"] for it in relative]
    assert [it["partialFingerprints"] for it in absolute] == [it["partialFingerprints"] for it in relative]


_TEXT = re.compile(r'<text class="check-r\d+" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"[^>]*>(?P<text>[^<]*)</text>')


def _seen(svg: str) -> list[str]:
    """The lines that a picture shows, whatever release of rich drew it."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for match in _TEXT.finditer(svg):
        rows.setdefault(float(match["y"]), []).append((float(match["x"]), html.unescape(match["text"])))
    texts = ("".join(text for _, text in sorted(row)) for _, row in sorted(rows.items()))
    return [" ".join(text.split()) for text in texts]


def test_picture_in_the_readme_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = (ROOT / picture.FILE).read_text(encoding="utf-8")
    assert _seen(shown) == _seen(picture.draw())
    assert any("LGT101" in line for line in _seen(shown))
    assert "@font-face" not in shown
    assert f"]({picture.FILE})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_picture_is_drawn_by_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    picture.main(str(tmp_path / "images" / "new.svg"))
    assert (tmp_path / "images" / "new.svg").read_text(encoding="utf-8") == picture.draw()
