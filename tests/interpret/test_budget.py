"""What a file may cost follows from its own length: neither what it imports nor how often it calls it changes that."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.interpret.budget import LEAST_STATEMENTS, MOST_PER_IMPORTED_LINE, Budget
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


def _cost(folder: Path, text: str, asks: bool = True) -> int:
    """Statements that were run for a program."""
    path = folder / "checked.py"
    document = python_document(str(path), text.encode())
    budget = Budget(text.count("\n") + 1, asks)
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


def test_a_file_without_a_loss_may_cost_less(tmp_path: Path) -> None:
    asking, silent = Budget(10), Budget(10, asks=False)
    assert silent.whole < asking.whole
    (tmp_path / "long.py").write_text("value = 1\n" * 9_000)
    text = "import long\nprint(long.value)\n"
    assert _cost(tmp_path, text, asks=False) <= _cost(tmp_path, text)
