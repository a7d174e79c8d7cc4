"""The shapes of ``benchmarks/growth.py``, at small size: the finding that is planted in each of them is found."""

from __future__ import annotations

import pytest

from benchmarks.growth import SHAPES, cost


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_that_stands_before_a_loss_hides_it(shape: str) -> None:
    _, found = cost(SHAPES[shape](1_000))
    assert found
