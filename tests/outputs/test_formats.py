"""The formats, held against snapshots (``pytest --accept`` writes them anew), and what must be true of them."""

from __future__ import annotations

import json as standard_json
from dataclasses import replace

from rich.cells import cell_len

from flake8_logits.domain.diagnostics import Diagnostic, Related, Report
from flake8_logits.domain.places import Span
from flake8_logits.outputs import concise, json, text, unknowns
from tests.conftest import Snapshot
from tests.outputs.reports import (
    CELLS,
    CONSEQUENT,
    FINDINGS,
    LONG,
    ONE_LINE,
    OTHER_FILE,
    PLAIN,
    PROBLEMS,
    REPORTS,
    UNKNOWNS,
    line_of,
)


def _plain(found: Diagnostic, width: int = 120, wrap: bool = False) -> str:
    return "".join(f"{line.plain}\n" for line in text.finding(found, line_of, width, wrap))


def test_text_snapshot(snapshot: Snapshot) -> None:
    snapshot("findings.txt", "".join(_plain(found) for found in (*FINDINGS, CELLS)))


def test_text_on_a_narrow_terminal_snapshot(snapshot: Snapshot) -> None:
    snapshot("findings_narrow.txt", "".join(_plain(found, 64, wrap=True) for found in (*FINDINGS, CELLS)))


def test_json_snapshot(snapshot: Snapshot) -> None:
    snapshot("reports.json", json.render(REPORTS, unknown=True) + "\n")


def test_concise_snapshot(snapshot: Snapshot) -> None:
    lines = [line for report in REPORTS for line in concise.finding_lines(report)]
    lines += [concise.problem_line(problem) for problem in PROBLEMS]
    snapshot("concise.txt", "\n".join(lines) + "\n")


def test_unknowns_snapshot(snapshot: Snapshot) -> None:
    lines = [unknowns.unknown_line(site) for site in UNKNOWNS]
    lines += [unknowns.unknown_line(UNKNOWNS[2], spoken=True)]
    lines += unknowns.reason_lines(site.reason for site in UNKNOWNS)
    snapshot("unknowns.txt", "\n".join(lines) + "\n")


def test_both_places_are_marked_in_the_frame() -> None:
    for found, sign, marked in ((PLAIN, "^", "'categorical_crossentropy'"), (PLAIN, "-", "keras.layers.Dense(10)")):
        lines = _plain(found).splitlines()
        number = next(i for i, line in enumerate(lines) if "|" in line and sign * 3 in line)
        start = lines[number].index(sign)
        assert lines[number - 1][start : start + lines[number].count(sign)] == marked


def test_two_marks_on_one_line_show_the_line_once() -> None:
    assert _plain(ONE_LINE).count("    モデル =") == 1


def test_carets_stand_below_wide_characters() -> None:
    line, carets = (row for row in _plain(ONE_LINE).splitlines() if "compile" in row or "^" in row)
    before = carets[: carets.index("^")]
    assert cell_len(line[: line.index("'categorical")]) == len(before)


def test_code_is_clipped_to_the_width_and_the_loss_is_seen() -> None:
    rows = [row for row in _plain(LONG, 80).splitlines() if " | " in row]
    assert all(cell_len(row) <= 80 for row in rows)
    assert any("loss='categorical_crossentropy'" in row for row in rows)


def test_unwrapped_header_is_one_line_to_search() -> None:
    assert _plain(PLAIN).splitlines()[0] == f"train.py:5:20: LGT101 {PLAIN.message}"


def test_consequence_is_a_note_below_the_frame() -> None:
    assert _plain(CONSEQUENT).splitlines()[-3:] == ["   |", f"  = note: {CONSEQUENT.consequence}", ""]
    wrapped = _plain(CONSEQUENT, 40, wrap=True)
    assert all(len(line) <= 52 for line in wrapped.splitlines() if "|" not in line)
    (line,) = concise.finding_lines(Report("train.py", (CONSEQUENT,)))
    assert line.endswith(PLAIN.message)


def test_wrapped_header_says_the_same() -> None:
    header = _plain(PLAIN, 60, wrap=True).partition("\n   |")[0]
    assert " ".join(header.split()) == f"train.py:5:20: LGT101 {PLAIN.message}"
    assert all(len(line) <= 60 for line in header.splitlines())


def test_frame_leaves_out_what_is_not_at_hand() -> None:
    gone = Related(Span("gone.py", None, 3, 0, 3, 5), "Dense")
    shown = _plain(replace(PLAIN, related=(gone,)))
    assert "categorical_crossentropy" in shown and "gone.py" not in shown
    assert list(text.finding(PLAIN, lambda span, number: None, 80))[1].plain == ""


def test_place_in_another_file_is_named() -> None:
    assert "::: models.py:2:12" in _plain(OTHER_FILE)


def test_json_counts_from_one_and_keeps_the_path() -> None:
    first = standard_json.loads(json.render(REPORTS))["findings"][0]
    assert (first["path"], first["line"], first["column"], first["end_column"]) == ("train.py", 5, 20, 46)
    assert first["cell"] is None


def test_json_lists_unknowns_only_when_asked() -> None:
    assert "unknown" not in standard_json.loads(json.render(REPORTS))
    assert len(standard_json.loads(json.render(REPORTS, unknown=True))["unknown"]) == 3


def test_json_of_nothing() -> None:
    assert standard_json.loads(json.render([])) == {"findings": [], "problems": []}


def test_json_is_ascii_whatever_the_path() -> None:
    odd = replace(PLAIN, span=replace(PLAIN.span, path="ré\udcff.py"))
    rendered = json.render([Report("ré\udcff.py", (odd,))])
    assert rendered.isascii()
    assert standard_json.loads(rendered)["findings"][0]["path"] == "ré\udcff.py"


def test_one_line_formats_are_one_line() -> None:
    odd = replace(PLAIN, message="two\nlines\x1b[0m", span=replace(PLAIN.span, path="new\nline.py"))
    (line,) = concise.finding_lines(Report("x", (odd,)))
    assert len(line.splitlines()) == 1 and "\x1b" not in line


def test_summary_counts_in_words() -> None:
    assert text.summary(0, 0, 0, 0, 0) == "no files checked"
    assert text.summary(1, 1, 1, 1, 1) == (
        "1 finding in 1 file, 1 file checked, 1 loss undecided (--show-unknown lists them), 1 problem"
    )
    assert text.summary(3, 2, 9, 0, 0) == "3 findings in 2 files, 9 files checked"
