"""Cutting takes no longer than a model may, whatever hangs together in a program."""

from __future__ import annotations

import ast
import time

import pytest

from flake8_logits.domain.verification import Answer, Verification
from flake8_logits.source.documents import documents_of
from flake8_logits.verify import verifier as door
from flake8_logits.verify.patience import TooLong, patient, tick
from flake8_logits.verify.reach import text_of, ways
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Limits
from tests.verify.programs import first_claim

TANGLED = "\n".join(
    f"class C{number}({f'C{number - 1}' if number else 'object'}):\n    def m{number}(self, x):\n"
    f"        self.a{number} = x\n        return self.m{max(number - 1, 0)}(x)"
    for number in range(200)
)
MODEL = (
    "\nc = C199()\nc.m5([])\nmodel = keras.Sequential([keras.layers.Dense(len(c.name), activation='softmax')])\n"
    "model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
)


def test_program_that_hangs_together_is_given_up() -> None:
    document = documents_of("program.py", f"import keras\n{TANGLED}{MODEL}".encode())[0]
    claim = first_claim(document)
    with Verifier(Limits(seconds=1)) as verifier:
        found = verifier.verify(document.units, "program.py", claim, False)
    assert found.answer is Answer.INCONCLUSIVE
    assert "not cut in 1 second" in found.reason


def test_way_through_many_functions_is_given_up() -> None:
    calls = "\n".join(f"def f{number}(x):\n    return f{number - 1}(x)" for number in range(1, 50))
    text = text_of(documents_of("program.py", f"def f0(x):\n    return x\n{calls}\n".encode())[0].units)
    first = text.body[0]
    assert isinstance(first, ast.FunctionDef) and isinstance(first.body[0], ast.Return)
    place = first.body[0].value
    assert place is not None and len(list(ways(text, place))) > 1
    with patient(0), pytest.raises(TooLong):
        list(ways(text, place))


class _Slow(Verifier):
    def verify(self, *_: object, **__: object) -> Verification:
        time.sleep(0.6)
        return Verification(Answer.CONFIRMED, "so it is")


def test_findings_of_one_file_have_a_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MODELS", 1)
    document = documents_of("program.py", f"import keras\n{TANGLED}{MODEL}".encode())[0]
    claim = first_claim(document)
    with _Slow(Limits(seconds=1)) as verifier:
        for _ in range(2):
            one = door.Together(verifier)
            found = [one.verify(document.units, "program.py", claim, False) for _ in range(4)]
            assert [told.answer for told in found] == [Answer.CONFIRMED] * 2 + [Answer.INCONCLUSIVE] * 2
            assert found[-1].reason == "other findings of this file took more than 1 second"


def test_time_is_over_within_alone() -> None:
    with patient(0), pytest.raises(TooLong):
        for _ in range(5000):
            tick()
    for _ in range(5000):
        tick()
