"""The page on logits and probabilities: its code runs, prints what the page says, and its figures are right."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Loss

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "logits-and-probabilities.md"
FAQ = DOCS / "faq.md"
TEXT = PAGE.read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())

_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<file>[\w./-]*)(?:#(?P<anchor>[\w-]+))?\)")
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of code of the page, and what the page says it prints."""

    line: int
    code: str
    output: str | None


BLOCKS = [
    Block(TEXT.count("\n", 0, match.start()) + 2, match["code"], match["output"]) for match in _BLOCK.finditer(TEXT)
]


@pytest.fixture(scope="module")
def keras(keras: Any) -> Any:
    """Keras 3 on TensorFlow, of which the page speaks."""
    if not hasattr(keras, "ops"):
        pytest.skip("the page speaks of Keras 3")
    return keras


@pytest.fixture(scope="module")
def printed(keras: Any) -> dict[int, str | Exception]:
    """What each block printed, by its line: all run once, from top to bottom, in one namespace."""
    keras.utils.set_random_seed(1)
    namespace: dict[str, Any] = {"__name__": "page"}
    found: dict[int, str | Exception] = {}
    for block in BLOCKS:
        captured = io.StringIO()
        # Empty lines before it give the code the line numbers of the page.
        code = compile("\n" * (block.line - 1) + block.code, str(PAGE), "exec")
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(captured):
                warnings.simplefilter("ignore")
                exec(code, namespace)
        except Exception as error:
            found[block.line] = error
        else:
            found[block.line] = captured.getvalue()
    return found


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"line-{block.line}")
def test_code_prints_what_the_page_says(block: Block, printed: dict[int, str | Exception]) -> None:
    result = printed[block.line]
    if isinstance(result, Exception):
        raise result
    assert result == (block.output or "")


def test_every_python_block_is_run() -> None:
    assert len(BLOCKS) == TEXT.count("```python") > 5


def _rows(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = section[section.index("\n|") + 1 :].split("\n\n")[0].splitlines()
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in (lines[0], *lines[2:])]


HEADS = _rows("Which value for which head")[1:]
SCORES = np.array([[2.0, -1.0, 0.5], [-3.0, 0.3, 1.2]], dtype="float32")
TRUTHS = {
    "class numbers": np.array([0, 1]),
    "one-hot rows": np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], dtype="float32"),
    "rows of 0 and 1": np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]], dtype="float32"),
    "0 or 1": np.array([[1.0], [0.0]], dtype="float32"),
}


def _expected(labels: str, scores: Any) -> float:
    """The cross-entropy by its definition."""
    truth = TRUTHS[labels]
    wide = scores.astype("float64")
    if labels in ("class numbers", "one-hot rows"):
        chosen = truth if truth.ndim == 1 else truth.argmax(-1)
        shares = np.exp(wide) / np.exp(wide).sum(-1, keepdims=True)
        return float(-np.log(shares[np.arange(len(chosen)), chosen]).mean())
    yes = 1 / (1 + np.exp(-wide))
    return float(-(truth * np.log(yes) + (1 - truth) * np.log(1 - yes)).mean())


@pytest.mark.parametrize("row", HEADS, ids=lambda row: f"{row[2]}-{row[3]}")
def test_every_row_of_the_table_of_heads_is_right(row: list[str], keras: Any) -> None:
    _, labels, layer, loss, returns = row
    names = {"Dense": keras.layers.Dense, "n": 3} | {name: getattr(keras.losses, name) for name in dir(keras.losses)}
    dense = eval(layer, dict(names))
    scores = SCORES[:, : dense.units]
    # Plain numbers reach the loss, so nothing can be rescued.
    output = np.asarray(dense.activation(scores))
    assert float(eval(loss, dict(names))(TRUTHS[labels], output)) == pytest.approx(_expected(labels, scores), rel=1e-4)
    within = bool((output >= 0).all() and (output <= 1).all())
    assert within == returns.endswith(("a probability", "probabilities")) or returns == "log-probabilities"
    if returns == "log-probabilities":
        assert np.exp(output).sum(-1) == pytest.approx(1, rel=1e-5)


def test_lowest_losses(keras: Any) -> None:
    names, figures = _rows("Probabilities where logits are expected")
    for name, figure in zip(names[1:], figures[1:], strict=True):
        if name.isdigit():
            perfect = np.eye(int(name), dtype="float32")[:1]
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(np.array([0]), perfect)
        else:
            answer = np.array([[1.0 if "yes" in name else 0.0]])
            loss = keras.losses.BinaryCrossentropy(from_logits=True)(answer, answer)
        assert float(loss) == pytest.approx(float(figure), abs=5e-4)


def test_ceiling_of_the_binary_loss(keras: Any) -> None:
    assert "16.118" in TEXT
    for logit in (-0.1, -100.0):
        loss = keras.losses.BinaryCrossentropy()(np.array([[1.0]]), np.array([[logit]]))
        assert float(loss) == pytest.approx(16.118, abs=5e-4)


def test_a_row_of_zeros_is_nan(keras: Any) -> None:
    loss = keras.losses.CategoricalCrossentropy()(TRUTHS["one-hot rows"], np.zeros((2, 3), "float32"))
    assert np.isnan(float(loss))


def test_what_keras_3_casts_or_filters_is_not_rescued(keras: Any) -> None:
    assert "when the loss casts what it is given: under mixed precision, unless the last activation is float32" in FLAT
    assert "for a loss with `ignore_class`" in FLAT
    assert "Keras 3 looks through `Identity` and `Dropout(0)`" in FLAT
    labels = TRUTHS["class numbers"]
    plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    ignoring = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=7)
    right = float(plain(labels, SCORES))
    float32 = keras.layers.Activation("softmax")
    for head, loss, rescued in (
        (keras.Sequential([float32]), plain, True),
        (keras.Sequential([float32, keras.layers.Identity()]), plain, True),
        (keras.Sequential([float32, keras.layers.Dropout(0)]), plain, True),
        (keras.Sequential([float32]), ignoring, False),
        (keras.layers.Activation("softmax", dtype="mixed_float16"), plain, False),
        (keras.Sequential([keras.layers.Activation("linear", dtype="mixed_float16"), float32]), plain, True),
        (keras.layers.Activation("softmax", dtype="float64"), plain, False),
    ):
        assert (float(loss(labels, head(SCORES))) == pytest.approx(right, rel=1e-3)) is rescued


def test_a_rescue_also_helps_a_right_softmax(keras: Any) -> None:
    scores = np.array([[-30.0, 0.0]], dtype="float32")
    head = keras.layers.Activation("softmax")
    loss = keras.losses.SparseCategoricalCrossentropy()
    assert float(loss(np.array([0]), head(scores))) == pytest.approx(30.0)
    assert float(loss(np.array([0]), np.asarray(head(scores)))) == pytest.approx(16.118, abs=5e-4)


def test_half_on_a_logit_is_this_probability() -> None:
    assert "0.622" in TEXT
    assert round(1 / (1 + np.exp(-0.5)), 3) == 0.622


@pytest.mark.parametrize(
    ("name", "for_logits"),
    [
        ("BinaryAccuracy", {"threshold": 0.0}),
        ("Precision", {"thresholds": 0.0}),
        ("Recall", {"thresholds": 0.0}),
        ("TruePositives", {"thresholds": 0.0}),
        ("AUC", {"from_logits": True}),
        ("BinaryCrossentropy", {"from_logits": True}),
    ],
)
def test_metrics_told_of_logits_say_what_they_say_of_probabilities(
    name: str, for_logits: dict[str, Any], keras: Any
) -> None:
    metric = getattr(keras.metrics, name)
    truth = (np.arange(200) % 3 > 0).astype("float32")[:, None]
    logits = np.random.default_rng(3).normal(0.2, 1.5, size=(200, 1)).astype("float32") + 0.8 * (truth - 0.5)
    probabilities = np.asarray(keras.ops.sigmoid(logits))
    expected = float(metric()(truth, probabilities))
    assert float(metric(**for_logits)(truth, logits)) == pytest.approx(expected, abs=5e-3)
    assert float(metric()(truth, logits)) != pytest.approx(expected, abs=5e-3)


_OF_TORCH = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([a-z-]+) \|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("loss", "function", "takes"), _OF_TORCH, ids=[loss for loss, _, _ in _OF_TORCH])
def test_losses_of_pytorch_take_what_the_page_says(loss: str, function: str, takes: str) -> None:
    for name in (f"torch.nn.{loss}", f"torch.nn.functional.{function}"):
        row = lookup(name)
        assert isinstance(row, Loss)
        assert row.contract.expects.value == takes


def _anchors(path: Path) -> set[str]:
    titles = [match["title"].lower() for match in _HEADING.finditer(path.read_text(encoding="utf-8"))]
    return {re.sub(r"[^\w -]", "", title).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", [PAGE, FAQ], ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    links = [match for match in _LINK.finditer(path.read_text(encoding="utf-8")) if match["file"] or match["anchor"]]
    assert links
    for link in links:
        target = path.parent / link["file"] if link["file"] else path
        assert target.is_file(), link[0]
        assert link["anchor"] is None or link["anchor"] in _anchors(target), link[0]
