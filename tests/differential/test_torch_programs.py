"""Random programs, built and measured with PyTorch: the interpreter says what is true of them, or that it is lost.

``DIFFERENTIAL_TORCH_PROGRAMS`` sets the number of programs; seeds and parts are set as for Keras.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.facts import Loss
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from tests.differential.answer import answer, compare
from tests.differential.evidence import Verdict, evidence_of
from tests.differential.grammar import Program
from tests.differential.pytorch.probe import EitherAxis, measure
from tests.differential.pytorch.programs import write
from tests.differential.rounds import PARTS, Language, never_contradicted

TORCH = Language(write, measure, int(os.environ.get("DIFFERENTIAL_TORCH_PROGRAMS", "500")))
TEXT = """\
import torch
from torch import nn
model = nn.Sequential(nn.Linear(4, 3), {})
criterion = nn.NLLLoss()
def step(x, y):
    return {}
step(torch.ones(2, 4), torch.ones(2))
"""
ACTIVATIONS = {
    "nn.Identity()": Scale.LOGITS,
    "nn.Softmax(dim=1)": Scale.SOFTMAX,
    "nn.LogSoftmax(dim=-1)": Scale.LOG_SOFTMAX,
    "nn.ReLU()": Scale.NON_NEGATIVE,
    "nn.Tanh()": Scale.BOUNDED,
}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("torch")
def test_the_interpreter_never_contradicts_torch(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    never_contradicted(TORCH, part, capsys)


def _program(activation: str) -> Program:
    return Program(
        TEXT.format(activation, "criterion(model(x), y)"),
        TEXT.format(activation, "_observation(criterion, model(x))"),
        "step",
        (),
        False,
        (),
        frozenset({"torch: vectors"}),
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_wrong_answer_is_noticed(activation: str, torch: Any) -> None:
    program, truth = _program(activation), ACTIVATIONS[activation]
    measured, (said,) = measure(program), answer(program.text)
    (observation,) = said.observations
    output, loss = observation.output, observation.loss
    assert isinstance(output, Output) and isinstance(loss, Loss)
    assert output.scale is truth
    assert not compare(program, [said], measured).contradictions
    probabilities = Scale.LOGITS if truth is not Scale.LOGITS else Scale.SOFTMAX
    for wrong in (
        replace(observation, output=replace(output, scale=probabilities)),
        replace(observation, output=replace(output, units=7)),
        replace(observation, loss=replace(loss, name="CrossEntropyLoss")),
    ):
        assert compare(program, [replace(said, observations=(wrong,))], measured).contradictions


def test_a_distribution_along_either_axis_is_one() -> None:
    part = np.linspace(0.1, 0.9, 8)
    shares = np.stack([np.stack([part, part / 2], -1), np.stack([1 - part, 1 - part / 2], -1)], axis=1)
    last, second = evidence_of([shares]), evidence_of([np.moveaxis(shares, 1, -1)])
    either = EitherAxis(last.values, last.moved, second=second)
    assert either.judge(Scale.SOFTMAX) is Verdict.HOLDS
    assert either.judge(Scale.LOGITS) is Verdict.REFUTED
    assert either.sizes == {2}
