"""The example of every rule is confirmed by building it, and what to use instead is as the interpreter believes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.verification import Answer, Claim
from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import read_document
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import Settle

UNMEASURED = {
    "LGT104": "its example is of PyTorch, which has tests of its own",
    "LGT209": "the loss is written out, not called",
    "LGT210": "what is measured is the prediction, not the target",
    "LGT212": "labels of a kind that a loss does not read are no matter of the output",
    "LGT404": "its example is of PyTorch, which has tests of its own",
    "LGT405": "the largest of one number says nothing of what the number is",
    "LGT406": "some of the numbers of a distribution are compared, which do not tell what they were in it",
    "LGT902": "what a layer reads within a model is not asked for",
    "LGT903": "a model is exported, and no tensor",
}
"""The rules whose examples the verifier does not settle, and why."""

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_rule
def test_example_is_settled(settle: Settle, rule: Rule) -> None:
    told = [told for diagnostic, told in settle(rule.example) if diagnostic.code == rule.code]
    if rule.code in UNMEASURED:
        assert all(found.answer is Answer.INCONCLUSIVE for found in told), "it is settled by now"
        return
    (found,) = told
    # Keras on TensorFlow undoes the one contradiction that it can see.
    assert found.answer is (Answer.RESCUED if rule.code == "LGT102" else Answer.CONFIRMED), found.reason


LABELS = """
import keras
import numpy as np
x = np.random.normal(size=(32, 20)).astype("float32")
labels = keras.utils.to_categorical(np.random.randint(0, 10, 32), 10)
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
criterion = keras.losses.CategoricalCrossentropy(from_logits=True)
"""


@pytest.mark.parametrize("call", ["criterion(model(x), labels)", "criterion(y_pred=labels, y_true=model(x))"])
def test_what_stands_for_the_labels_is_measured_wherever_they_are_written(settle: Settle, call: str) -> None:
    ((diagnostic, found),) = settle(f"{LABELS}{call}\n")
    assert (diagnostic.code, found.answer) == ("LGT211", Answer.CONFIRMED)


@pytest.mark.parametrize("read", ["model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(x, labels)"])
def test_what_else_a_call_is_given_disputes_nothing_that_is_said_of_labels(settle: Settle, read: str) -> None:
    found = settle(f"{LABELS}{read}\n".replace("Dense(10)", "Dense(10, activation='softmax')"))
    assert [one for one in found if one[1].answer is Answer.DISPUTED] == []


@each_rule
def test_use_instead_is_never_disputed(verifier: Verifier, tmp_path: Path, rule: Rule) -> None:
    path = tmp_path / "program.py"
    path.write_text(rule.use_instead, encoding="utf-8")
    document = read_document(str(path))[0]
    claims: list[Claim] = []
    analyse(document, claims=claims)
    answers = [verifier.verify(document.units, str(path), replace(claim, clash=False)) for claim in claims]
    assert all(found.answer is not Answer.DISPUTED for found in answers)
    losses = [found for claim, found in zip(claims, answers, strict=True) if claim.kind.is_loss]
    expected = Answer.INCONCLUSIVE if "torch" in rule.use_instead else Answer.CONFIRMED
    assert all(found.answer is expected for found in losses), losses
