"""What a child says is data: whatever it is, it becomes a verification, and it can be written down."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.domain.verification import Answer, LossMeasured, Measured, Verification
from flake8_logits.outputs.verifications import as_object, tag, verification_lines
from flake8_logits.verify.answers import refused_by, verification_of

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800\x1b[31m"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
KEYS = ("reason", "backend", "versions", "made_up", "seconds", "refused")


def _some(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, ANYTHING))


@given(
    _some(KEYS),
    st.sampled_from([*(answer.value for answer in Answer), "", 1, {}]),
    ANYTHING | _some(tuple(one.name for one in fields(Measured))),
    ANYTHING | _some(tuple(one.name for one in fields(LossMeasured))),
)
def test_any_answer_can_be_written_down(told: dict[str, Any], answer: object, measured: Any, loss: Any) -> None:
    found = verification_of({"reason": "so", **told, "answer": answer, "measured": measured, "loss": loss})
    assert isinstance(found, Verification)
    refused_by(told).encode()
    for text in (tag(found), *verification_lines(found)):
        text.encode()
    json.dumps(as_object(found), allow_nan=False)


def test_what_is_no_answer_is_inconclusive() -> None:
    for answer in ({}, {"answer": "confirmed"}, {"answer": "confirmed", "reason": 1}, {"answer": "x", "reason": "y"}):
        assert verification_of(answer).answer is Answer.INCONCLUSIVE


def test_honest_answer_is_taken_as_it_is() -> None:
    facts = {"looks_like": "logits", "low": -1.5, "high": 2, "sum_low": 0, "sum_high": 1, "units": 3, "draws": 5}
    found = verification_of({"answer": "confirmed", "reason": "so", "measured": facts, "versions": {"keras": "3"}})
    assert found.measured == Measured("logits", -1.5, 2.0, 0.0, 1.0, 3, "", 5)
    assert found.answer is Answer.CONFIRMED and found.versions == (("keras", "3"),)
