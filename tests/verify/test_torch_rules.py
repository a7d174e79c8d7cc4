"""The examples of PyTorch on the rules' pages are confirmed by building them, and what to use instead is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.verification import Answer, Claim
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS

UNMEASURED = {
    "LGT207": "a softmax over the batch is another number for each row",
    "LGT401": "the activation is a method of a tensor",
}
"""The rules whose examples of PyTorch the verifier does not settle, and why."""
SWAPPED = """
import torch
from torch import nn
import torch.nn.functional as F
model = nn.Linear(20, 10)
criterion = nn.CrossEntropyLoss()
labels = F.one_hot(torch.randint(0, 10, (8,)), 10).float()
criterion(labels, model(torch.randn(8, 20)))
"""
PAIRS = [
    pytest.param(one.code, *pair, id=one.code)
    for one in RULES
    for pair in one.pairs
    if "import torch" in pair[0] or "from torch" in pair[0]
]


@pytest.fixture(scope="module")
def on_torch(torch: Any) -> Iterator[Verifier]:
    """A verifier for all tests of this file."""
    with Verifier(LIMITS) as made:
        yield made


@pytest.mark.parametrize(("code", "example", "instead"), PAIRS)
def test_example_is_settled(on_torch: Verifier, code: str, example: str, instead: str) -> None:
    document = documents_of("program.py", example.encode())[0]
    (claim,) = {one.claim for one in analyse(document).diagnostics if one.code == code and one.claim is not None}
    told = on_torch.verify(document.units, "program.py", claim, False)
    assert told.answer is (Answer.INCONCLUSIVE if code in UNMEASURED else Answer.CONFIRMED), told.reason


def test_what_stands_for_the_labels_is_measured_though_labels_come_first(on_torch: Verifier) -> None:
    document = documents_of("program.py", SWAPPED.encode())[0]
    (diagnostic,) = analyse(document).diagnostics
    assert diagnostic.code == "LGT211" and diagnostic.claim is not None
    told = on_torch.verify(document.units, "program.py", diagnostic.claim, False)
    assert told.answer is Answer.CONFIRMED, told.reason


@pytest.mark.parametrize(("code", "example", "instead"), PAIRS)
def test_use_instead_is_right(on_torch: Verifier, code: str, example: str, instead: str) -> None:
    document = documents_of("program.py", instead.encode())[0]
    claims: list[Claim] = []
    analyse(document, claims=claims)
    for claim in claims:
        told = on_torch.verify(document.units, "program.py", replace(claim, clash=False), False)
        assert told.answer is Answer.CONFIRMED, told.reason
