"""The examples for JAX on the rules' pages are confirmed by building them, and what to use instead is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.verification import Answer, Claim
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS

PAIRS = [
    pytest.param(one.code, *pair, id=one.code)
    for one in RULES
    for pair in one.pairs
    if "import flax" in pair[0] or "import jax" in pair[0]
]


@pytest.fixture(scope="module")
def on_jax(jax: Any) -> Iterator[Verifier]:
    """A verifier for all tests of this file."""
    with Verifier(LIMITS) as made:
        yield made


@pytest.mark.parametrize(("code", "example", "instead"), PAIRS)
def test_example_is_confirmed(on_jax: Verifier, code: str, example: str, instead: str) -> None:
    document = documents_of("program.py", example.encode())[0]
    (claim,) = {one.claim for one in analyse(document).diagnostics if one.code == code and one.claim is not None}
    told = on_jax.verify(document.units, "program.py", claim, False)
    assert told.answer is Answer.CONFIRMED, told.reason


@pytest.mark.parametrize(("code", "example", "instead"), PAIRS)
def test_use_instead_is_right(on_jax: Verifier, code: str, example: str, instead: str) -> None:
    document = documents_of("program.py", instead.encode())[0]
    claims: list[Claim] = []
    analyse(document, claims=claims)
    for claim in claims:
        told = on_jax.verify(document.units, "program.py", replace(claim, clash=False), False)
        # What a layer in a stack is given is seen where the stack is called, which is not its place.
        expected = Answer.INCONCLUSIVE if claim.kind is SiteKind.LAYER else Answer.CONFIRMED
        assert told.answer is expected, told.reason
