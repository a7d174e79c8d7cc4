"""``debug``: the lowered tree, the steps of the interpretation, and what expressions are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.frontends.command import main
from flake8_logits.source.documents import read_document

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "fixtures" / "outputs").glob("*.py")) + sorted((ROOT / "fixtures" / "quiet").glob("*.py"))
FOLDER = ROOT / "fixtures" / "rules" / "logits-as-probabilities"
FIRING = [path for path in sorted(FOLDER.glob("*.py")) if "# expect: LGT101" in path.read_text(encoding="utf-8")][:12]

PROGRAM = """\
import keras


class Net(keras.Model):
    def __init__(self, units=10):
        super().__init__()
        self.head = keras.layers.Dense(units)

    def call(self, x):
        for _ in range(2):
            x = keras.layers.Dense(3)(x)
        return self.head(x)


def loss(name):
    return "mse" if name else "categorical_crossentropy"


net = Net(units=5)
net.compile(loss="categorical_crossentropy")
scores, (one, *others) = keras.ops.softmax(net(keras.Input((4,)))[..., ::2]), (1, 2, 3)
which = loss("")
text = "a | b"
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text(PROGRAM, encoding="utf-8")
    return "net.py"


def _shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["debug", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out.splitlines()


def test_tree_shows_every_node_with_its_position(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _shown(capsys, "tree", program)
    assert lines[0] == "Import 1:1 names=[('keras', None)]"
    start = lines.index("  body:") + 1
    assert lines[start : start + 4] == [
        "    FunctionDef 5:5 name='__init__' asynchronous=False",
        "      parameters:",
        "        Parameter 5:18 name='self' kind='positional'",
        "        Parameter 5:24 name='units' kind='positional'",
    ]
    assert "                    step: Constant 21:74 value=2" in lines


def test_tree_of_a_line_is_the_innermost_statement(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _shown(capsys, "tree", f"{program}:7") == [
        "Assign 7:9",
        "  targets:",
        "    Attribute 7:9 attr='head'",
        "      value: Name 7:9 id='self'",
        "  value: Call 7:21",
        "    func: Attribute 7:21 attr='Dense'",
        "      value: Attribute 7:21 attr='layers'",
        "        value: Name 7:21 id='keras'",
        "    args:",
        "      Argument 7:40",
        "        value: Name 7:40 id='units'",
    ]
    assert _shown(capsys, "tree", f"{program}:3") == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_tree_knows_statements_and_called_names_of_any_program(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _shown(capsys, "tree", str(path))
    names = {word.removeprefix("id=") for line in lines for word in line.split() if word.startswith("id=")}
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    # What is raised means nothing to the interpreter, so it is not in the tree.
    assert names >= {repr(name) for name in called if not name.endswith("Error")}
    statements = [node for node in nodes if isinstance(node, (ast.If, ast.For, ast.FunctionDef, ast.Return))]
    for node in statements:
        assert any(f" {node.lineno}:{node.col_offset + 1}" in line for line in lines), ast.unparse(node)


def test_trace_shows_statements_bindings_calls_and_observations(
    program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = _shown(capsys, "trace", program)
    start = next(number for number, line in enumerate(lines) if line.startswith("19:1  "))
    assert lines[start : start + 8] == [
        "19:1  net = Net(units=5)",
        "  call class Net with (units=5)",
        "    call bound method __init__ with (units=5)",
        "      6:9  super().__init__()",
        "      7:9  self.head = keras.layers.Dense(units)",
        "        self.head = layer keras.layers.Dense",
        "    bound method __init__ gives None",
        "  class Net gives instance of Net",
    ]
    (observed,) = (line for line in lines if "observed a loss" in line)
    assert observed.strip() == (
        "observed a loss given to compile, 20:1: logits, 5 units (Dense without an activation, line 7); "
        "read by categorical_crossentropy(from_logits=False)"
    )
    assert "  one = 1" in lines and "  others = [2, 3]" in lines
    assert (
        "  which = 'mse' | 'categorical_crossentropy'" not in lines and "  which = 'categorical_crossentropy'" in lines
    )


def test_trace_of_a_line_shows_its_steps_alone(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.strip() for line in _shown(capsys, "trace", f"{program}:11")]
    assert set(lines) == {
        "11:13  x = keras.layers.Dense(3)(x)",
        "x = tensor of logits, 3 units (Dense without an activation, line 11)",
        "observed a layer with weights, 11:17: logits, 3 units (Dense without an activation, line 11); read by Dense",
    }
    # Three calls of the model, two turns each: at compile, where it is called, and when all was run.
    assert len([line for line in lines if not line.startswith("observed")]) == 12
    (header, *_) = (line.strip() for line in _shown(capsys, "trace", f"{program}:10"))
    assert header == "10:9  for _ in range(2): ..."


@pytest.mark.parametrize("path", FIRING, ids=lambda path: path.stem)
def test_what_is_reported_was_observed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (document,) = read_document(str(path))
    reported = {found.claim.span for found in analyse(document).diagnostics if found.claim is not None}
    observed = [line.strip() for line in _shown(capsys, "trace", str(path)) if "observed " in line]
    for span in reported:
        assert any(f", {span.line}:{span.column + 1}" in line for line in observed), span
    assert reported


def test_reveal_says_what_each_expression_on_a_line_is(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _shown(capsys, "reveal", f"{program}:12") == [
        "12:16  self.head(x)  # tensor of logits, 5 units (Dense without an activation, line 7)",
        "12:16  self.head  # layer keras.layers.Dense",
        "12:16  self  # instance of Net",
        "12:26  x  # tensor of logits, 3 units (Dense without an activation, line 11)",
    ]
    assert "16:12  name  # ''" not in _shown(capsys, "reveal", f"{program}:16")[0]


def test_reveal_of_a_file_says_what_is_assigned(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _shown(capsys, "reveal", program)
    assert [line.partition("  ")[0] for line in lines] == ["7:21", "11:17", "19:7", "21:26", "22:9", "23:8"]
    assert lines[-1] == "23:8  \"a | b\"  # 'a | b'"
    assert lines[-2] == "22:9  loss(\"\")  # 'categorical_crossentropy'"


def test_what_is_never_reached_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.py").write_text("if False:\n    x = 1 + y\n", encoding="utf-8")
    assert _shown(capsys, "reveal", str(tmp_path / "x.py")) == ["2:9  1 + y  # never evaluated"]


def test_cells_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(ROOT / "fixtures" / "notebooks" / "softmax_in_another_cell.ipynb")
    lines = _shown(capsys, "tree", path)
    cells = [line for line in lines if line.startswith("cell ")]
    assert cells == ["cell 1:", "cell 2:", "cell 4:"]
    assert _shown(capsys, "tree", f"{path}:cell1") == ["cell 1:", "Import 1:1 names=[('tensorflow', 'tf')]"]
    (bound, told) = _shown(capsys, "trace", f"{path}:cell1:1")
    assert (bound, told) == ("cell1:1:1  import tensorflow as tf", "  tf = tensorflow")


@pytest.mark.parametrize("command", ["tree", "trace", "reveal"])
def test_what_cannot_be_read_is_named(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.py").write_text("x = (\n", encoding="utf-8")
    deep = "x = " + "-" * 30_000 + "1\n"
    (tmp_path / "deep.py").write_text(deep, encoding="utf-8")
    for path, words in (("gone.py", "cannot be read"), ("broken.py", "syntax error"), ("deep.py", "nested too deeply")):
        assert main(["debug", command, path]) == 2
        assert f"{path}" in (err := capsys.readouterr().err) and words in err


def test_colons_and_digits_may_be_part_of_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a:1").write_text("x = 1\ny = 2\n", encoding="utf-8")
    assert len(_shown(capsys, "reveal", "a:1")) == 2
    assert len(_shown(capsys, "tree", "a:1:2")) == 4


def test_models_are_shown_with_what_they_hold(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _shown(capsys, "reveal", str(ROOT / "examples" / "mnist_logits.py"))
    said = {line.partition("  ")[0]: line.partition("  # ")[2] for line in lines}
    held = "layer keras.layers.Flatten, layer keras.layers.Dense, layer keras.layers.Dense"
    assert said["9:13"].startswith("sequential model of [") and said["9:13"].endswith(f"{held}]")
    assert said["32:13"] == ("functional model of tensor of softmax, 10 units (Dense with activation softmax, line 31)")


def test_profile_counts_the_statements_of_each_function(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    assert main(["debug", "profile", str(path)]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["statements", "seconds", "function"]
    counted = {row.split()[2]: int(row.split()[0]) for row in rows}
    assert set(counted) == {"(modules", "__init__", "call", "loss"}
    assert counted["call"] > counted["loss"] == 1
    assert [int(row.split()[0]) for row in rows] == sorted(counted.values(), reverse=True)
