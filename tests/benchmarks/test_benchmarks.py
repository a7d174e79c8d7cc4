"""The benchmarks measure what they say.  How long anything takes is no test's business."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import edits, pages, peers, repositories, scripts, stages, wheels
from benchmarks.chart import chart
from benchmarks.measuring import ROOT, cost_of, percentile, ratio_of
from flake8_logits.api import analyse_file
from tests.frontends.programs import CLASHING

GROWTH = [
    {"shape": shape, "lines": lines, "cpu_per_line": cost, "found": True}
    for shape, costs in {"level": (2e-5, 2e-5, 2e-5), "steep <&>": (1e-5, 1e-4, 1e-3), "one": (3e-5,)}.items()
    for lines, cost in zip((100, 1000, 100_000), costs, strict=False)
]


def test_cost_is_that_of_the_command_and_its_children(tmp_path: Path) -> None:
    spend = "import time; a = bytearray(60_000_000)\nwhile time.process_time() < 0.3: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}])"
    cost = cost_of([sys.executable, "-c", nested], tmp_path)
    assert cost.seconds >= 0.3 and cost.memory > 50
    with pytest.raises(subprocess.CalledProcessError):
        cost_of([sys.executable, "-c", "import sys; sys.exit(3)"], tmp_path)


def test_ratio_is_ours_over_theirs() -> None:
    more, less = (
        [sys.executable, "-c", f"import time\nwhile time.process_time() < {seconds}: pass"] for seconds in (0.6, 0.2)
    )
    found = ratio_of(more, less, 2)
    assert found.least <= found.time <= found.most
    assert found.time > 1 and found.ours.seconds > found.theirs.seconds
    assert (percentile([3, 1, 2], 0.5), percentile([3, 1, 2], 0.95), percentile([1], 0.5)) == (2, 3, 1)


def test_with_and_without_differ_in_the_plugin_alone(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(CLASHING, encoding="utf-8")
    said = {}
    for plugin in ("with", "without"):
        arguments = [one for one in wheels.flake8(plugin) if one not in ("--quiet", "--exit-zero")]
        run = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.stderr == ""
        said[plugin] = set(run.stdout.splitlines())
    assert {line.split()[1] for line in said["with"] - said["without"]} == {"LGT101"}
    assert said["without"] <= said["with"]


def test_trees_have_the_files_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "PINS", ())
    assert [len(list(folder.glob("*.py"))) for folder in wheels.trees(tmp_path).values()] == [1, 120]


def test_stages_are_told_by_where_the_code_stands(tmp_path: Path) -> None:
    root = os.path.join("somewhere", "flake8_logits")
    for path, stage in {
        os.path.join(root, "source", "prefilter.py"): "prefilter",
        os.path.join(root, "source", "tree.py"): "reading: parsing, lowering",
        os.path.join(root, "interpret", "engine", "calls.py"): "interpreting",
        os.path.join(root, "service", "checking.py"): "other parts of the plugin",
        os.path.join("site-packages", "libcst", "_parser.py"): "libcst: parsing, positions",
        "pycodestyle.py": stages.FLAKE8,
    }.items():
        frame: list[object] = []
        exec(compile("frame.append(__import__('sys')._getframe())", path, "exec"), {"frame": frame})
        assert stages.stage_of(frame[0]) == stage  # type: ignore[arg-type]
    (tmp_path / "x.py").write_text(CLASHING * 20, encoding="utf-8")
    run = [sys.executable, "-m", "benchmarks.stages", str(tmp_path)]
    shares = json.loads(subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["interpreting"] > 0 and shares[stages.FLAKE8] > 0
    # A part of the path that is not there any more would count for nothing.
    for names, _ in stages.STAGES:
        place = ROOT.joinpath(*names)
        assert names[0] != "flake8_logits" or place.is_dir() or place.with_suffix(".py").is_file()


def test_scripts_are_right_programs_that_are_analysed(tmp_path: Path) -> None:
    made = list(scripts.write_project(tmp_path))
    assert len(made) == 9 and len({kind for kind, _ in made}) == 3
    for _, path in (made[0], made[2], made[6]):
        assert 140 <= path.read_text(encoding="utf-8").count("\n") <= 720
        report = analyse_file(path)
        assert (report.diagnostics, report.problems) == ((), ())


@pytest.mark.parametrize("source", [scripts.script(stretch, 140) for _, stretch, _ in scripts.KINDS[:7:3]])
def test_edits_are_programs_that_differ(source: str) -> None:
    edited = list(edits.edits(source))
    assert len(edited) == edits.EDITS == len(set(edited))
    for text in edited:
        ast.parse(text)
        assert text.count("\n") == source.count("\n") + 1


def test_edits_are_measured_in_a_process_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "KINDS", scripts.KINDS[:1])
    monkeypatch.setattr(repositories, "KINDS", scripts.KINDS[:1])
    (tmp_path / "other.py").write_text(CLASHING + "\n# padding\n" * 140, encoding="utf-8")
    rows = repositories.edited(tmp_path, repositories.training_scripts([tmp_path]))
    assert [row[0] for row in rows][1:] == [
        "without a function, made up",
        "`other.py`",
        "**all that are made up**",
        "**all from repositories**",
    ]
    assert all(len(row) == 6 for row in rows)


def test_memory_is_told_on_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "train.py"
    script.write_text(CLASHING, encoding="utf-8")
    edits.main([str(script), "--memory", "30"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["edits"] for one in told] == list(range(3, 31, 3))
    assert {one["path"] for one in told} == {str(script)}


def test_repository_that_cannot_be_had_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repositories, "ADDRESSES", {"gnn": str(tmp_path / "nowhere")})
    with pytest.raises(repositories.MissingError, match="gnn cannot be fetched"):
        repositories.checkouts(None, tmp_path)
    (tmp_path / "gnn").mkdir()
    (tmp_path / "gnn" / "x.py").write_text(CLASHING, encoding="utf-8")
    folders = repositories.checkouts(tmp_path, tmp_path)
    (_, row) = repositories.whole(folders, ROOT, 1)
    assert (row[0], row[2]) == ("gnn", "1") and "times as much" in row[5]


def test_what_a_tool_opens_and_parses_is_counted(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("a.py", "b.py"):
        (tree / name).write_text(CLASHING, encoding="utf-8")
    (tree / "c.py").write_text("import os\n", encoding="utf-8")
    told = ["flake8_logits", "check", "--no-cache", "--isolated", "--jobs", "1", "."]
    opened, parsed = peers._counts([sys.executable, "-m", *told], tree, tmp_path / "log.txt")
    assert opened == "3" and 2 <= int(parsed) < 3 * 10


def test_chart_has_a_curve_for_each_shape() -> None:
    svg = ET.fromstring(chart(GROWTH))
    curves = [node for node in svg.iter() if node.tag.endswith("polyline")]
    assert len(curves) == 3
    heights = [[float(place.split(",")[1]) for place in curve.attrib["points"].split()] for curve in curves]
    assert len(set(heights[0])) == 1
    assert heights[1][0] > heights[1][1] > heights[1][2]
    words = ["".join(node.itertext()) for node in svg.iter() if node.tag.endswith("text")]
    assert {"level", "steep <&>", "one", "lines", "100,000"} <= set(words)
    places = [float(node.attrib["y"]) for node in svg.iter() if "fill" in node.attrib and node.tag.endswith("text")]
    assert all(abs(one - other) >= 16 for one in places for other in places if one != other) and len(places) == 3
    assert ET.fromstring(chart([])) is not None


def test_page_has_a_place_for_each_part_and_none_for_others() -> None:
    text = pages.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"<!-- figures: (\w+) -->", text) == list(command.PARTS)
    figures = pages.table([["a", "b"], ["1|2", "3"]])
    assert figures == "| a | b |\n| --- | --- |\n| 1/2 | 3 |\n"
    changed = pages.replaced(text, "edits", figures)
    assert figures in changed and pages.replaced(changed, "edits", "other") == pages.replaced(text, "edits", "other")
    with pytest.raises(ValueError, match="no figures: other"):
        pages.replaced(text, "other", figures)


def test_command_writes_a_part_and_names_one_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- figures: edits -->\nold\n<!-- /figures -->\n", encoding="utf-8")

    def missing(options: object) -> str:
        raise repositories.MissingError("it is not here")

    monkeypatch.setattr(pages, "PAGE", page)
    monkeypatch.setattr(pages.write, "__defaults__", (page,))
    monkeypatch.setattr(command, "PARTS", {"edits": lambda options: "new", "gone": missing})
    assert command.main(["--write", "--cache", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "new" in page.read_text(encoding="utf-8") and "old" not in page.read_text(encoding="utf-8")
    assert "gone was not measured: it is not here" in said.err
    with pytest.raises(SystemExit):
        command.main(["nothing"])


def test_growth_is_measured_for_the_table() -> None:
    measure = [sys.executable, "-m", "benchmarks.growth", "--lines", "40", "80", "--shapes", "branches", "methods"]
    run = subprocess.run(measure, cwd=ROOT, check=True, capture_output=True, text=True)
    head, *rows = command._by_shape([json.loads(line) for line in run.stdout.splitlines()])
    assert head == ["shape", "40 lines", "80 lines"] and [row[0] for row in rows] == ["branches", "methods"]
    assert all(re.fullmatch(r"\d+ us", cell) for row in rows for cell in row[1:])


def test_growth_is_shown_by_shape_and_length() -> None:
    rows = command._by_shape(GROWTH)
    assert rows[0] == ["shape", "100 lines", "1,000 lines", "100,000 lines"]
    assert rows[1] == ["level", "20 us", "20 us", "20 us"]
    assert rows[3] == ["one", "30 us", "", ""]
