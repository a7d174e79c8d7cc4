"""Of two tensors that may be one, what they were computed as is what is true of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.values import Difference, Form, OnePlus, Overlap, Tensor, Total

THREE = Output(Scale.LOGITS, units=3)
TWO = Output(Scale.LOGITS, rescue=Rescue.NEVER, units=2)
SOFTMAX = Output(Scale.SOFTMAX, units=3)
BELIEFS = (Output(Scale.LOGITS), Lost(Reason.UNKNOWN_OPERATION))


def _joined(first: Form, second: Form, belief: Output | Lost) -> Form | None:
    both = choice([(Tensor(belief, form=first), ()), (Tensor(belief, form=second), ())])
    assert isinstance(both, Tensor)
    return both.form


@pytest.mark.parametrize("belief", BELIEFS)
@pytest.mark.parametrize("form", [Overlap, Difference])
def test_an_overlap_with_either(form: type[Overlap | Difference], belief: Output | Lost) -> None:
    assert _joined(form(THREE), form(TWO), belief) == form(replace(THREE, rescue=Rescue.NEVER, units=None))
    assert _joined(form(THREE), form(THREE), belief) == form(THREE)
    assert _joined(form(THREE), form(SOFTMAX), belief) is None
    assert _joined(form(THREE), form(Lost(Reason.EXPRESSION)), belief) is None


@pytest.mark.parametrize("belief", BELIEFS)
def test_the_sum_of_either_is_the_sum_of_neither(belief: Output | Lost) -> None:
    graph = Tensor(THREE)
    one, other = Tensor(THREE, fed=graph), Tensor(THREE, fed=graph)
    assert _joined(Total(one), Total(one), belief) == Total(one)
    both = _joined(Total(one), Total(other), belief)
    assert isinstance(both, Total) and both.of.fed is None and both.of.belief == THREE
    assert _joined(Total(one), Total(Tensor(SOFTMAX)), belief) is None
    assert _joined(Total(one, kept=True), Total(one), belief) is None
    assert _joined(Total(one, kept=True), Total(other), belief) is None
    assert _joined(OnePlus(one), Total(one), belief) is None
