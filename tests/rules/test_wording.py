"""Messages stay short, name files and strings as they are written, and say where the flag is."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.registry import RULES
from flake8_logits.source.documents import python_document, read_document
from tests.fixes.mended import declined

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted(
    path
    for folder in ("fixtures", "examples")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".ipynb") and path.is_file()
)
LONGEST = 200
USUAL = 120
LONG = "the_model_that_was_trained_on_everything_we_had_" * 5


def _found(text: str) -> list[Diagnostic]:
    return list(analyse(python_document("train.py", text.encode())).diagnostics)


@pytest.fixture(scope="module")
def everything() -> set[tuple[str, str, str]]:
    """Code, message and consequence of everything that is found in the fixtures and examples."""
    documents = (document for path in PROGRAMS for document in read_document(str(path)))
    found = (diagnostic for document in documents for diagnostic in analyse(document).diagnostics)
    return {(one.code, one.message, one.consequence) for one in found}


def test_every_rule_is_heard(everything: set[tuple[str, str, str]]) -> None:
    assert {code for code, _, _ in everything} == {rule.code for rule in RULES}


def test_messages_are_short(everything: set[tuple[str, str, str]]) -> None:
    lengths = [len(f"{code} {message}") for code, message, _ in everything]
    assert max(lengths) <= LONGEST
    assert statistics.median(len(message) for _, message, _ in everything) < USUAL


def test_messages_are_one_sentence_with_an_edit(everything: set[tuple[str, str, str]]) -> None:
    for _, message, _ in everything:
        assert not message.endswith(".") and "\n" not in message and "  " not in message
        assert message.count("; ") == 1, message


@pytest.mark.parametrize("scale", [scale for scale in Scale if scale.words != scale.value and "_" in scale.value])
def test_messages_name_no_kind_of_numbers_by_our_own_word(scale: Scale, everything: set[tuple[str, str, str]]) -> None:
    assert not [message for _, *texts in everything for message in texts if scale.value in message]


def test_consequences_are_a_sentence_or_two(everything: set[tuple[str, str, str]]) -> None:
    for _, _, consequence in everything:
        assert consequence.endswith(".") and 1 <= consequence.count(". ") + 1 <= 2, consequence
        assert consequence[0] == consequence[0].upper()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_long_names_are_cut(rule: object, everything: set[tuple[str, str, str]]) -> None:
    example = next(one.example for one in RULES if one is rule).replace("model", LONG)
    found = [one for one in _found(example) if one.code == getattr(rule, "code", "")]
    assert found
    for one in found:
        assert len(f"{one.code} [*] {one.message}") <= LONGEST, one.message


def test_names_with_spaces_are_cut(tmp_path: Path) -> None:
    head = "what is to be read from the picture " * 12
    (found,) = _found(
        "import keras\n"
        "x = keras.Input((4,))\n"
        f"model = keras.Model(x, {{{head!r}: keras.layers.Dense(3)(x)}})\n"
        f"model.compile(loss={{{head!r}: 'categorical_crossentropy'}})\n"
    )
    assert len(found.message) <= LONGEST
    assert found.message.endswith("; use CategoricalCrossentropy(from_logits=True)")


def test_a_short_message_keeps_its_names() -> None:
    (found,) = _found("import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss='bce')\n")
    assert found.message == (
        "logits of 'model' (Dense, line 2) reach 'bce', which expects probabilities; "
        "use BinaryCrossentropy(from_logits=True)"
    )


MODEL = """\
import keras


def build():
    return keras.Sequential([keras.layers.Dense(3, activation="softmax")])
"""


def test_files_are_named_from_the_root_of_the_project(tmp_path: Path) -> None:
    for name, text in {
        "pyproject.toml": "",
        "shop/__init__.py": "",
        "shop/nets/__init__.py": "",
        "shop/nets/heads.py": MODEL,
        "shop/losses.py": "import keras\n\nLOSS = keras.losses.CategoricalCrossentropy(from_logits=True)\n",
        "train.py": (
            "import keras\nfrom shop.losses import LOSS\nfrom shop.nets.heads import build\n\n"
            "model = build()\nmodel.compile(loss=LOSS)\n"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (document,) = read_document(str(tmp_path / "train.py"))
    (found,) = analyse(document).diagnostics
    assert found.message == (
        "softmax of 'model' (Dense, shop/nets/heads.py:5) reaches a loss told from_logits=True at shop/losses.py:3; "
        "drop from_logits=True, or the softmax"
    )


FLAGS = {
    "a default": "def loss(flag=True):\n    return CategoricalCrossentropy(from_logits=flag)\n\n\nLOSS = loss()\n",
    "an argument": "def loss(flag):\n    return CategoricalCrossentropy(from_logits=flag)\n\n\nLOSS = loss(True)\n",
    "a constant": "FLAG = True\nLOSS = CategoricalCrossentropy(from_logits=FLAG)\n",
    "a field": (
        "@dataclass\nclass Settings:\n    flag: bool = True\n\n\n"
        "LOSS = CategoricalCrossentropy(from_logits=Settings().flag)\n"
    ),
    "a dictionary": 'FLAGS = {"flag": True}\nLOSS = CategoricalCrossentropy(from_logits=FLAGS["flag"])\n',
    "the loss itself": "LOSS = CategoricalCrossentropy(from_logits=True)\n",
}
GIVEN = {"a default": 5, "an argument": 9, "a constant": 5, "a field": 7, "a dictionary": 5}


@pytest.mark.parametrize("name", FLAGS)
def test_flag_is_traced_to_where_it_is_given(name: str) -> None:
    text = (
        "from dataclasses import dataclass\nimport keras\nfrom keras.losses import CategoricalCrossentropy\n\n"
        + FLAGS[name]
        + 'model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])\nmodel.compile(loss=LOSS)\n'
    )
    (found,) = _found(text)
    place = f" at line {GIVEN[name]}" if name in GIVEN else ""
    assert f" reaches a loss told from_logits=True{place}; drop" in found.message


def test_flag_that_is_given_as_false_is_traced_too() -> None:
    text = (
        "import keras\n\nFLAG = False\nmodel = keras.Sequential([keras.layers.Dense(3)])\n"
        "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=FLAG))\n"
    )
    (found,) = _found(text)
    assert " reach CategoricalCrossentropy told from_logits=False at line 3; pass " in found.message


def test_fix_that_would_change_another_file_names_it_from_the_root(tmp_path: Path) -> None:
    for name, text in {
        "pyproject.toml": "",
        "shop/losses.py": "import keras\n\nLOSS = keras.losses.CategoricalCrossentropy(from_logits=True)\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = MODEL + "\n\nfrom shop.losses import LOSS\nbuild().compile(loss=LOSS)\n"
    (why,) = declined(str(tmp_path / "train.py"), text.encode()).values()
    where, otherwise = "stands in shop/losses.py, line 3", "--unsafe-fixes would remove the activation from Dense"
    assert why == f"CategoricalCrossentropy {where}; {otherwise}"


@pytest.mark.parametrize("argument", ["scores", "tf.nn.softmax(scores, axis=-1)"])
def test_tensor_before_the_activation_is_named(argument: str) -> None:
    text = f"""\
import tensorflow as tf


def cost(x, labels):
    scores = tf.keras.layers.Dense(3)(x)
    guesses = {argument}
    return tf.nn.softmax_cross_entropy_with_logits(labels, guesses)
"""
    found = [one.message.rpartition("; ")[2] for one in _found(text)]
    assert found == ([] if argument == "scores" else ["give it scores"])


@pytest.mark.parametrize(
    ("result", "given", "advice"),
    [
        ("marks", "labels, marks", "drop the sigmoid"),
        ("marks", "labels=labels, logits=marks[:, 0]", "drop the sigmoid"),
        ("rates", "labels, rates", "give it marks"),
        ("rates", "tf.zeros_like(marks), rates", "give it marks"),
    ],
)
def test_a_name_that_stands_for_the_activation_by_then_is_not_named(result: str, given: str, advice: str) -> None:
    text = f"""\
import tensorflow as tf


def cost(marks, labels):
    {result} = tf.sigmoid(marks)
    return tf.nn.sigmoid_cross_entropy_with_logits({given})
"""
    assert [one.message.rpartition("; ")[2] for one in _found(text)] == [advice]


def test_the_only_output_has_no_number() -> None:
    text = """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss=[keras.losses.SparseCategoricalCrossentropy(from_logits=True)])
"""
    (found,) = _found(text)
    assert found.message.startswith("softmax of 'model' (Dense, line 3)")


def test_first_softmax_is_named_where_a_loss_takes_logits() -> None:
    text = """\
import tensorflow as tf


def model(x, labels):
    logits = tf.keras.layers.Dense(3, activation="softmax")(x)
    answers = {"classes": tf.argmax(logits, -1), "probabilities": tf.nn.softmax(logits)}
    return answers, tf.nn.softmax_cross_entropy_with_logits(labels, logits)
"""
    assert [(one.code, one.message) for one in _found(text)] == [
        ("LGT206", "a second softmax is applied to the softmax (Dense, line 5); drop the first"),
        (
            "LGT103",
            "softmax (Dense, line 5) reaches softmax_cross_entropy_with_logits, which takes logits; drop the softmax",
        ),
    ]


def test_no_dropout_disturbs_nothing() -> None:
    text = 'import keras\nmodel = keras.Sequential([keras.layers.Dense(3, "softmax"), keras.layers.Dropout({})])\n'
    text += 'model.compile(loss="categorical_crossentropy")\n'
    for rate, codes in (("0", []), ("0.0", []), ("rate=.0", []), ("0.05", ["LGT208"]), ("rate", ["LGT208"])):
        assert [one.code for one in _found(text.format(rate)) if one.code != "LGT901"] == codes
