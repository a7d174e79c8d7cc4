"""What the pages of the rules say of PyTorch, held against what it does."""

from __future__ import annotations

import warnings
from typing import Any

import pytest


def test_bceloss_stops_at_the_first_number_that_is_no_probability(torch: Any) -> None:
    loss, labels = torch.nn.BCELoss(), torch.tensor([1.0, 0.0])
    for outside in (-0.001, 1.001):
        with pytest.raises(RuntimeError, match="between 0 and 1"):
            loss(torch.tensor([0.5, outside]), labels)
    # Logits that lie between pass, as another loss than the one meant.
    logits = torch.tensor([0.2, 0.7])
    assert float(loss(logits, labels)) != pytest.approx(float(torch.nn.BCEWithLogitsLoss()(logits, labels)), rel=0.1)


def test_a_perfect_prediction_still_costs_and_nothing_is_said(torch: Any) -> None:
    sure = torch.tensor([[100.0, 0.0, 0.0]]).softmax(dim=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        of_three = float(torch.nn.CrossEntropyLoss()(sure, torch.tensor([0])))
        of_one = float(torch.nn.BCEWithLogitsLoss()(torch.tensor([100.0]).sigmoid(), torch.tensor([1.0])))
    assert of_three == pytest.approx(0.55, abs=0.01)
    assert of_one == pytest.approx(0.31, abs=0.01)


def test_a_log_softmax_in_front_of_cross_entropy_changes_nothing(torch: Any) -> None:
    logits, labels = torch.tensor([[4.0, -2.0, 1.0]]), torch.tensor([1])
    loss = torch.nn.CrossEntropyLoss()
    assert float(loss(logits.log_softmax(dim=1), labels)) == pytest.approx(float(loss(logits, labels)), rel=1e-6)


def test_a_second_softmax_makes_a_draw_more_even(torch: Any) -> None:
    chances = torch.tensor([0.94, 0.05, 0.01])
    again = torch.distributions.Categorical(logits=chances).probs
    assert again.max() < 0.6 < torch.distributions.Categorical(probs=chances).probs.max()
