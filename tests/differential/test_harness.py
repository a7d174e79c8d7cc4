"""The differential test notices what it is there to notice: right answers pass, planted wrong ones do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from tests.differential.answer import Comparison, answer, compare
from tests.differential.evidence import Evidence, Verdict, evidence_of
from tests.differential.grammar import Program
from tests.differential.probe import measure
from tests.differential.tally import Tally

needs_tensorflow = pytest.mark.usefixtures("tensorflow")

ACTIVATIONS = {
    "None": Scale.LOGITS,
    '"softmax"': Scale.SOFTMAX,
    '"sigmoid"': Scale.SIGMOID,
    '"log_softmax"': Scale.LOG_SOFTMAX,
    '"relu"': Scale.NON_NEGATIVE,
    '"tanh"': Scale.BOUNDED,
    '"elu"': Scale.LOWER_BOUNDED,
}
# These say the same of a loss, and the numbers of a single layer fit the wider word too.
ALIKE = {(Scale.NON_NEGATIVE, Scale.LOWER_BOUNDED), (Scale.BOUNDED, Scale.LOWER_BOUNDED)}
ALIKE |= {(Scale.LOG_SOFTMAX, Scale.LOG_SIGMOID), (Scale.SIGMOID, Scale.UNIT_INTERVAL)}


def _program(activation: str) -> Program:
    text = f"""import keras
model = keras.Sequential([keras.layers.Dense(3, activation={activation}), keras.layers.Activation("linear")])
model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
"""
    return Program(text, text, "compile", (), False, (), frozenset())


def _claiming(pairings: list[Pairing], scale: Scale) -> list[Pairing]:
    return [
        replace(
            pairing,
            observations=tuple(
                replace(observation, output=replace(observation.output, scale=scale))
                for observation in pairing.observations
                if isinstance(observation.output, Output)
            ),
        )
        for pairing in pairings
    ]


@needs_tensorflow
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_wrong_answer_is_noticed(activation: str) -> None:
    program, truth = _program(activation), ACTIVATIONS[activation]
    measured, said = measure(program), answer(program.text)
    assert said
    right = compare(program, said, measured)
    assert not (right.contradictions or right.lost or right.unclear or right.loose)
    for wrong in set(Scale) - {truth}:
        if (truth, wrong) not in ALIKE:
            assert compare(program, _claiming(said, wrong), measured).contradictions, wrong


@needs_tensorflow
def test_a_wrong_switch_is_noticed() -> None:
    program = _program("None")
    said = answer(program.text.replace("from_logits=True", "from_logits=False"))
    assert compare(program, said, measure(program)).contradictions


@needs_tensorflow
def test_a_wrong_number_of_units_is_noticed() -> None:
    program = _program('"softmax"')
    (said,) = answer(program.text)
    (observation,) = said.observations
    assert isinstance(observation.output, Output) and observation.output.units == 3
    wrong = replace(observation, output=replace(observation.output, units=1))
    assert compare(program, [replace(said, observations=(wrong,))], measure(program)).contradictions


def _reading(reader: str, kind: SiteKind) -> Program:
    text = """import keras
model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
def step(x, labels):
    pred = model(x)
    return {}
step(keras.ops.ones((2, 4)), keras.ops.ones((2, 3)))
"""
    runnable = text.format("_observation(None, pred)")
    return Program(
        text.format(reader), runnable, "reader", (), False, (), frozenset(), frozenset({kind}), frozenset({5})
    )


@needs_tensorflow
@pytest.mark.parametrize(
    ("reader", "kind"),
    [
        ("pred > 0.5", SiteKind.CUT),
        ("keras.ops.argmax(pred, axis=-1)", SiteKind.CHOICE),
        ("-keras.ops.mean(labels * keras.ops.log(pred))", SiteKind.WRITTEN),
        ("-keras.ops.mean(labels * keras.ops.log(keras.ops.clip(pred, 1e-7, 1)))", SiteKind.WRITTEN),
    ],
)
def test_a_wrong_answer_at_what_is_no_loss_is_noticed(reader: str, kind: SiteKind) -> None:
    program = _reading(reader, kind)
    measured, said = measure(program), answer(program.text, program.kinds, program.lines)
    right = compare(program, said, measured)
    assert said and not (right.contradictions or right.lost)
    assert compare(program, _claiming(said, Scale.LOGITS), measured).contradictions


@needs_tensorflow
def test_every_model_that_meets_a_loss_in_one_place_is_measured() -> None:
    text = """import keras
nets = []
for act, told in [(None, False), ("softmax", True)]:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation=act)])
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=told))
    nets.append(model)
"""
    program = Program(text, text, "several", (), False, (), frozenset())
    measured, said = measure(program), answer(program.text)
    assert [(one.evidence.label, one.told) for one in measured] == [("logits", False), ("softmax", True)]
    assert not compare(program, said, measured).contradictions
    assert compare(program, _claiming(said, Scale.LOGITS), measured).contradictions


def test_a_few_rows_that_overflowed_are_no_evidence() -> None:
    shares = np.full((100, 2), 0.5) + np.linspace(-0.4, 0.4, 100)[:, None] * np.array([1, -1])
    few, many = shares.copy(), shares.copy()
    few[0], many[::2] = 0, 0
    assert [evidence_of([rows]).label for rows in (few, many)] == ["softmax", "unit"]


def test_distributions_one_after_the_other_in_a_row_lie_elsewhere() -> None:
    part = np.linspace(0.1, 0.9, 8)
    in_turn = np.stack([part, 1 - part, part / 2, 1 - part / 2], -1)
    each_in_turn = in_turn[:, [0, 2, 1, 3]]
    for rows in (in_turn, each_in_turn):
        assert evidence_of([rows]).judge(Scale.SOFTMAX) is Verdict.UNCLEAR


def test_one_of_a_distribution_by_itself_is_what_it_was_in_it() -> None:
    part = np.linspace(0.1, 0.9, 8)
    single = evidence_of([np.stack([part, 1 - part], -1)]).one_by_one()
    assert single.judge(Scale.SOFTMAX) is Verdict.UNCLEAR
    assert single.judge(Scale.LOGITS) is Verdict.REFUTED
    assert single.sizes == frozenset()


def test_constructs_of_which_nothing_was_ever_said_are_told() -> None:
    tally = Tally()
    program = Program("", "", "compile", (), False, (), frozenset({"blind"}))
    tally.count(program, b"", Comparison(lost=["LOST_SCALE"]))
    tally.count(replace(program, tags=frozenset({"seen"})), b"", Comparison())
    assert tally.undecided(1) == ["blind"]
    assert tally.undecided(2) == []
    assert "never decided: blind" in tally.table()


def test_what_reads_an_output_and_is_no_loss_is_no_answer() -> None:
    # The operand of an activation is written down as well: it must not excuse a wrong claim at the loss.
    said = answer(
        "import keras\ni = keras.Input((4,))\n"
        "model = keras.Model(i, keras.ops.softmax(keras.layers.Dense(3)(i)))\n"
        "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))\n"
    )
    scales = [
        observation.output.scale
        for pairing in said
        for observation in pairing.observations
        if isinstance(observation.output, Output)
    ]
    assert scales == [Scale.SOFTMAX]


def test_numbers_that_cannot_tell_refute_nothing() -> None:
    dead = evidence_of([np.zeros((6, 3))])
    assert {dead.judge(scale) for scale in Scale} == {Verdict.UNCLEAR}
    one_unit = evidence_of([np.ones((6, 1))])
    assert one_unit.judge(Scale.SIGMOID) is Verdict.UNCLEAR
    assert one_unit.judge(Scale.LOGITS) is Verdict.REFUTED


def test_a_number_that_is_always_one_lies_in_the_unit_interval() -> None:
    ones = Evidence(np.ones((8, 1)), moved=False)
    assert [ones.judge(scale) for scale in (Scale.SOFTMAX, Scale.UNIT_INTERVAL, Scale.NON_NEGATIVE, Scale.LOGITS)] == [
        Verdict.HOLDS,
        Verdict.UNCLEAR,
        Verdict.UNCLEAR,
        Verdict.REFUTED,
    ]


def test_the_sigmoids_of_a_number_and_of_its_opposite_are_a_softmax_too() -> None:
    ones = np.linspace(0.1, 0.9, 8)
    both = Evidence(np.stack([ones, 1 - ones], axis=-1), moved=False)
    assert both.judge(Scale.SIGMOID) is Verdict.UNCLEAR
    assert replace(both, may_squash=False).judge(Scale.SIGMOID) is Verdict.REFUTED
    assert both.judge(Scale.SOFTMAX) is Verdict.HOLDS
    assert both.judge(Scale.LOGITS) is Verdict.REFUTED


def test_a_softmax_along_two_axes_at_once_refutes_no_unit_interval() -> None:
    part = np.linspace(0.1, 0.9, 8)
    pairs = np.stack([np.stack([part, 1 - part], -1), np.stack([1 - part, part], -1)], axis=1)
    both = evidence_of([pairs])
    assert [both.judge(scale) for scale in (Scale.SOFTMAX, Scale.UNIT_INTERVAL, Scale.LOGITS)] == [
        Verdict.HOLDS,
        Verdict.UNCLEAR,
        Verdict.REFUTED,
    ]
    assert replace(both, moved=False).judge(Scale.UNIT_INTERVAL) is Verdict.REFUTED
