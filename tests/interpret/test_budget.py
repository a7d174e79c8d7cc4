"""What a file may cost follows from its own length: neither what it imports nor how often it calls it changes that."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.budget import LEAST_STATEMENTS, MOST_PER_IMPORTED_LINE, Budget
from flake8_logits.interpret.program import run_program
from flake8_logits.source.documents import python_document
from flake8_logits.source.project import Project
from flake8_logits.source.tree import Tree

BLOCKS = """
def block(x, width):
    for step in (1, 2, 3, 4):
        if unknown_switch:
            x = layers.Conv2D(width, 3)(x)
        else:
            x = layers.Conv2D(width, 1)(x)
    return x


def network(x, widths, head):
    for width in widths:
        x = block(x, width)
    return layers.Dense(3, activation=head)(x)
"""
WIDTHS = tuple(range(8, 20))


def _cost(folder: Path, text: str) -> int:
    """Statements that were run for a program."""
    path = folder / "checked.py"
    document = python_document(str(path), text.encode())
    budget = Budget(text.count("\n") + 1)
    allowed: list[int] = []
    grow = budget.grow

    def growing(lines: int) -> None:
        before = budget.left
        grow(lines)
        allowed.append(budget.left - before)

    budget.grow = growing  # type: ignore[method-assign]
    run_program([Tree(unit).body for unit in document.units], budget, str(path), Project(str(path)))
    return budget.whole + sum(allowed) - budget.left


def _zoo(variants: int) -> str:
    head = f"from tensorflow.keras import layers\n{BLOCKS}\n"
    return head + "".join(f"\ndef make_{n}(x):\n    return network(x, {WIDTHS}, 'softmax')\n" for n in range(variants))


def test_a_zoo_of_variants_costs_less_than_each_of_them_alone(tmp_path: Path) -> None:
    one, many = _cost(tmp_path, _zoo(1)), _cost(tmp_path, _zoo(40))
    assert one > 100
    assert many < 40 * one
    assert many <= 2 * LEAST_STATEMENTS


@pytest.mark.parametrize("lines", [100, 5_000])
def test_a_long_module_allows_little_more_to_the_file_that_imports_it(tmp_path: Path, lines: int) -> None:
    (tmp_path / "long.py").write_text("value = 1\n" * lines + "name = 'softmax'\n")
    cost = _cost(tmp_path, "from long import name\nprint(name)\n")
    assert lines < cost < LEAST_STATEMENTS + MOST_PER_IMPORTED_LINE * (lines + 2)


def test_a_file_without_a_loss_may_cost_less() -> None:
    asking, silent = Budget(10), Budget(10, asks=False)
    assert silent.whole < asking.whole
    for budget in (asking, silent):
        budget.grow(1_000)
    assert 0 < silent.left - silent.whole < asking.left - asking.whole


@pytest.mark.parametrize(("text", "asks"), [("x = layers.Softmax()(x)\n", False), ("m.compile(loss=f)\n", True)])
def test_the_analysis_asks_whether_a_file_names_a_loss(text: str, asks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bool] = []

    class Watched(Budget):
        def __init__(self, lines: int, asks: bool = True) -> None:
            given.append(asks)
            super().__init__(lines, asks)

    monkeypatch.setattr("flake8_logits.interpret.abstract.budget.Budget", Watched)
    softmaxes = "from tensorflow.keras import layers\nx = layers.Dense(3, activation='softmax')(x)\n"
    analyse(python_document("checked.py", (softmaxes + text).encode()))
    assert given == [asks]


def test_what_a_run_that_was_cut_short_gave_is_not_taken_for_all_there_is() -> None:
    long = "".join(f"    total = total + {n}\n" for n in range(900))
    calls = "".join(f"                count(one, two, {n})\n" for n in range(4))
    program = f"""from tensorflow import keras
from tensorflow.keras import layers
x = keras.Input((4,))

def build(wanted):
    if wanted:
        return layers.Dense(3, activation="softmax")(x)
    for one in unknown_things:
        for two in unknown_things:
            for three in unknown_things:
{calls}    return layers.Dense(3)(x)

def count(one, two, three):
    total = 0
{long}    return total

def train():
    return keras.losses.CategoricalCrossentropy(from_logits=True)(labels, build(unknown_flag))

def train_once_more():
    return keras.losses.CategoricalCrossentropy(from_logits=True)(labels, build(unknown_flag))
"""
    report = analyse(python_document("checked.py", program.encode()))
    assert not report.diagnostics
    assert [site.reason for site in report.unknowns] == [Reason.EXPRESSION, Reason.CALL_COUNT]


HELD = {
    "[x, x]": (20, Reason.STATEMENTS),
    "[x, x, x]": (200, Reason.STATEMENTS),
    "[x]": (200, Reason.CALL_DEPTH),
}


@pytest.mark.parametrize("held", HELD)
def test_models_within_models_are_paid_for(held: str) -> None:
    times, reason = HELD[held]
    text = (
        "import keras\nx = keras.layers.Dense(3)\n"
        + f"x = keras.Sequential({held})\n" * times
        + "x.compile(loss=keras.losses.CategoricalCrossentropy())\nx.fit()\n"
    )
    report = analyse(python_document("train.py", text.encode()))
    assert [site.reason for site in report.unknowns] == [reason]


FORMATS = {
    "'{:>2999999999}'.format(1)": False,
    "'{0:{1}}'.format(1, 2999999999)": False,
    "'{:.99999f}'.format(1.0)": False,
    "'{0.__class__}'.format(1)": False,
    "'{0[0]}'.format('ab')": False,
    "'{'.format(1)": False,
    "'{:>4}{}'.format('sof', 'tmax').strip()": True,
    "'soft{}'.format('max')": True,
    "'{kind}max'.format(kind='soft')": True,
}


@pytest.mark.parametrize("text", FORMATS)
def test_formats_are_bounded_before_they_are_made(text: str) -> None:
    program = (
        f"import keras\nmodel = keras.Sequential([keras.layers.Dense(3, activation={text})])\n"
        "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))\nmodel.fit()\n"
    )
    report = analyse(python_document("train.py", program.encode()))
    assert bool(report.diagnostics) is FORMATS[text]
    assert bool(report.unknowns) is not FORMATS[text]
