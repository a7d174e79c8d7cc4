"""What a file may cost follows from its own length: neither what it imports nor how often it calls it changes that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import flake8_logits.whole_program  # noqa: F401  (here, or it would be imported while Budget is another one)
from flake8_logits.analysis import analyse, examine, worth_analysing
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.budget import (
    DEEPEST_CALL,
    LEAST_FOR_MODULES,
    LEAST_STATEMENTS,
    MOST_CALLS_OF_ONE,
    MOST_IN_OTHER_FILES,
    MOST_IN_OTHER_FILES_UNCALLED,
    MOST_PER_IMPORTED_LINE,
    THRIFTY_IN_A_CALL,
    THRIFTY_IN_OTHER_FILES,
    Budget,
)
from flake8_logits.interpret.engine.stack import room_on_the_stack
from flake8_logits.interpret.program import run_program
from flake8_logits.source.documents import python_document
from flake8_logits.source.prefilter import tells_numbers
from flake8_logits.source.project import Project
from flake8_logits.source.tree import Tree

BLOCKS = """
def block(x, width):
    for step in (1, 2, 3, 4):
        if unknown_switch:
            x = layers.Conv2D(width, 3)(x)
        else:
            x = layers.Conv2D(width, 1)(x)
    return x


def network(x, widths, head):
    for width in widths:
        x = block(x, width)
    return layers.Dense(3, activation=head)(x)
"""
WIDTHS = tuple(range(8, 20))


def _cost(folder: Path, text: str, thrifty: bool = False) -> int:
    """Statements that were run for a program."""
    path = folder / "checked.py"
    document = python_document(str(path), text.encode())
    budget = Budget(text.count("\n") + 1, thrifty=thrifty)
    run_program([Tree(unit).body for unit in document.units], budget, str(path), Project(str(path)))
    return budget.used


def _zoo(variants: int) -> str:
    head = f"from tensorflow.keras import layers\n{BLOCKS}\n"
    return head + "".join(f"\ndef make_{n}(x):\n    return network(x, {WIDTHS}, 'softmax')\n" for n in range(variants))


def test_a_zoo_of_variants_costs_less_than_each_of_them_alone(tmp_path: Path) -> None:
    one, many = _cost(tmp_path, _zoo(1)), _cost(tmp_path, _zoo(40))
    assert one > 100
    assert many < 40 * one
    assert many <= 2 * LEAST_STATEMENTS


@pytest.mark.parametrize("lines", [100, 5_000])
def test_a_long_module_allows_little_more_to_the_file_that_imports_it(tmp_path: Path, lines: int) -> None:
    (tmp_path / "long.py").write_text("value = 1\n" * lines + "name = 'softmax'\n")
    cost = _cost(tmp_path, "from long import name\nprint(name)\n")
    assert lines < cost < LEAST_FOR_MODULES + MOST_PER_IMPORTED_LINE * (lines + 2)


def test_a_file_without_a_loss_may_cost_less() -> None:
    asking, silent = Budget(10), Budget(10, asks=False)
    assert silent.whole < asking.whole
    allowed = [budget.allowed for budget in (silent, asking)]
    assert allowed[0] < allowed[1]
    for budget in (silent, asking):
        budget.grow(1_000)
    assert 0 < silent.allowed - allowed[0] < asking.allowed - allowed[1]


@pytest.mark.parametrize(("text", "asks"), [("x = layers.Softmax()(x)\n", False), ("m.compile(loss=f)\n", True)])
def test_the_analysis_asks_whether_a_file_names_a_loss(text: str, asks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bool] = []

    class Watched(Budget):
        def __init__(self, lines: int, asks: bool = True, thrifty: bool = False, hands_over: bool = False) -> None:
            given.append(asks)
            super().__init__(lines, asks, thrifty, hands_over=hands_over)

    monkeypatch.setattr("flake8_logits.interpret.abstract.budget.Budget", Watched)
    softmaxes = "from tensorflow.keras import layers\nx = layers.Dense(3, activation='softmax')(x)\n"
    analyse(python_document("checked.py", (softmaxes + text).encode()))
    assert given == [asks]


def test_what_a_run_that_was_cut_short_gave_is_not_taken_for_all_there_is() -> None:
    long = "".join(f"    total = total + {n}\n" for n in range(900))
    calls = "".join(f"                count(one, two, {n})\n" for n in range(4))
    program = f"""from tensorflow import keras
from tensorflow.keras import layers
x = keras.Input((4,))

def build(wanted):
    if wanted:
        return layers.Dense(3, activation="softmax")(x)
    for one in unknown_things:
        for two in unknown_things:
            for three in unknown_things:
{calls}    return layers.Dense(3)(x)

def count(one, two, three):
    total = 0
{long}    return total

def train():
    return keras.losses.CategoricalCrossentropy(from_logits=True)(labels, build(unknown_flag))

def train_once_more():
    return keras.losses.CategoricalCrossentropy(from_logits=True)(labels, build(unknown_flag))
"""
    report = analyse(python_document("checked.py", program.encode()))
    assert not report.diagnostics
    assert [site.reason for site in report.unknowns] == [Reason.STATEMENTS, Reason.CALL_COUNT]


HELD: dict[str, tuple[int, list[Reason]]] = {
    "[x, x]": (20, []),
    "[x, keras.layers.Activation('relu'), x]": (20, []),
    "[x, x, x]": (200, [Reason.CALL_DEPTH]),
    "[x]": (200, [Reason.CALL_DEPTH]),
}


@pytest.mark.parametrize("held", HELD)
def test_a_model_that_holds_another_often_asks_it_once(held: str) -> None:
    times, reasons = HELD[held]
    text = (
        "import keras\nx = keras.layers.Dense(3)\n"
        + f"x = keras.Sequential({held})\n" * times
        + "x.compile(loss=keras.losses.CategoricalCrossentropy())\nx.fit()\n"
    )
    report = analyse(python_document("train.py", text.encode()))
    assert [site.reason for site in report.unknowns] == reasons
    assert [found.code for found in report.diagnostics] == ([] if reasons else ["LGT101"])


FORMATS = {
    "'{:>2999999999}'.format(1)": False,
    "'{0:{1}}'.format(1, 2999999999)": False,
    "'{:.99999f}'.format(1.0)": False,
    "'{0.__class__}'.format(1)": False,
    "'{0[0]}'.format('ab')": False,
    "'{'.format(1)": False,
    "'{:>4}{}'.format('sof', 'tmax').strip()": True,
    "'soft{}'.format('max')": True,
    "'{kind}max'.format(kind='soft')": True,
}


@pytest.mark.parametrize("text", FORMATS)
def test_formats_are_bounded_before_they_are_made(text: str) -> None:
    program = (
        f"import keras\nmodel = keras.Sequential([keras.layers.Dense(3, activation={text})])\n"
        "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))\nmodel.fit()\n"
    )
    report = analyse(python_document("train.py", program.encode()))
    assert bool(report.diagnostics) is FORMATS[text]
    assert bool(report.unknowns) is not FORMATS[text]


DEAR = """from tensorflow import keras

def prepare(images):
    for one in range(16):
        for two in range(16):
            for three in range(16):
                for four in range(16):
                    images = images + 1
    return images

def build():
    return keras.Sequential([keras.layers.Dense(10)])
"""
"""A function that costs more than all calls of one file may, and a cheap one."""

WRONG = "{}.compile(loss=keras.losses.SparseCategoricalCrossentropy())\n"


def _project(folder: Path, text: str) -> Report:
    (folder / "dear.py").write_text(DEAR)
    return analyse(python_document(str(folder / "train.py"), f"import keras\nfrom dear import *\n{text}".encode()))


def test_what_other_files_cost_takes_nothing_from_the_file_itself(tmp_path: Path) -> None:
    own = "model = keras.Sequential([keras.layers.Dense(10)])\n"
    report = _project(tmp_path, "images = prepare(images)\n" * 50 + own + WRONG.format("model"))
    assert [found.span.line for found in report.diagnostics] == [54]
    assert [(site.reason, site.detail, site.span.line) for site in report.unknowns] == [
        (Reason.OTHER_FILES, "prepare", 3)
    ]


ROOMY = """
import keras
def count(things):
    total = 0
{work}
    return total
def build():
    return keras.Sequential([keras.layers.Dense(10)])
"""


def _roomy(folder: Path, statements: int) -> None:
    """A module with a function that costs so many statements."""
    (folder / "roomy.py").write_text(ROOMY.format(work="    total = total + 1\n" * statements))


def test_a_file_with_no_part_in_it_spends_little_in_other_files(tmp_path: Path) -> None:
    _roomy(tmp_path, 2 * THRIFTY_IN_OTHER_FILES)
    for text, allowed in (("things = keep(things)\n", 0), ("count(things)\n", THRIFTY_IN_OTHER_FILES)):
        cost = _cost(tmp_path, f"from roomy import count\nkeep = list\n{text}", thrifty=True)
        assert allowed <= cost < allowed + 100


def test_a_file_that_has_a_part_in_it_may_spend_as_much_as_any(tmp_path: Path) -> None:
    _roomy(tmp_path, 2 * THRIFTY_IN_OTHER_FILES)
    text = "import keras\nfrom roomy import count, build\ndef train():\n    {}build().compile(loss='bce')\n"
    (tmp_path / "costly.py").write_text("def prepare():\n" + "    x = 1\n" * 2 * THRIFTY_IN_OTHER_FILES)
    own = "import costly\nrows = [costly.prepare()]\n"
    assert not tells_numbers(text)
    report = analyse(python_document(str(tmp_path / "train.py"), f"{own}{text.format('')}".encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]


TRAINER = "import keras\ndef train(model):\n    model.compile(loss='binary_crossentropy')\n"


@pytest.mark.parametrize("start", ["main()\nprint(keras.losses.mse)\n", "if __name__ == '__main__':\n    main()\n"])
def test_a_program_that_is_started_may_spend_as_much_as_any(start: str, tmp_path: Path) -> None:
    _roomy(tmp_path, 2 * THRIFTY_IN_OTHER_FILES)
    (tmp_path / "trainer.py").write_text(TRAINER)
    text = "import keras\nfrom roomy import count, build\nfrom trainer import train\n"
    text += f"def main():\n    count(things)\n    train(build())\n{start}"
    (tmp_path / "main.py").write_text(text)
    report = analyse(python_document(str(tmp_path / "main.py"), text.encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]


def test_a_program_that_is_started_and_meets_nothing_spends_little_in_other_files(tmp_path: Path) -> None:
    _roomy(tmp_path, 2 * THRIFTY_IN_OTHER_FILES)
    (tmp_path / "trainer.py").write_text(TRAINER)
    text = "import keras\nfrom roomy import count\nfrom trainer import train\nkeep = list\n"
    text += "if __name__ == '__main__':\n    keep(count(things), count(others))\n"
    (tmp_path / "main.py").write_text(text)
    document = python_document(str(tmp_path / "main.py"), text.encode())
    assert worth_analysing(document) and not tells_numbers(text)
    assert 2 * THRIFTY_IN_A_CALL <= examine(document).steps < THRIFTY_IN_OTHER_FILES


def test_a_function_that_nobody_calls_leaves_something_to_the_others(tmp_path: Path) -> None:
    _roomy(tmp_path, 2 * MOST_IN_OTHER_FILES_UNCALLED)
    calls = "".join(f"def step_{n}(things):\n    count(things, {n})\n" for n in range(3))
    cost = _cost(tmp_path, f"from roomy import count\n{calls}")
    assert 3 * MOST_IN_OTHER_FILES_UNCALLED <= cost < 3 * MOST_IN_OTHER_FILES_UNCALLED + 200


def test_what_was_not_followed_into_another_file_is_said(tmp_path: Path) -> None:
    report = _project(tmp_path, "images = prepare(images)\n" + WRONG.format("build()"))
    assert not report.diagnostics
    assert [(site.reason, site.detail, site.span.line) for site in report.unknowns] == [
        (Reason.OTHER_FILES, "build", 4),
        (Reason.OTHER_FILES, "prepare", 3),
    ]


CLASHES = """
import keras
from roomy import build, count
def step(things):
    count(things)
    build().compile(loss="binary_crossentropy")
{start}"""


@pytest.mark.parametrize(
    ("start", "cost"), [("", 2 * MOST_IN_OTHER_FILES_UNCALLED), ("step(read())\n", 2 * MOST_IN_OTHER_FILES)]
)
def test_who_waits_for_the_whole_answer_is_told_what_other_files_cost_more_to_tell(
    start: str, cost: int, tmp_path: Path
) -> None:
    _roomy(tmp_path, cost)
    document = python_document(str(tmp_path / "train.py"), CLASHES.format(start=start).encode())
    first = examine(document)
    assert not first.report.diagnostics
    whole = examine(document, callers=True)
    assert whole.steps >= first.steps + cost
    report = whole.report
    assert [(found.code, found.span.line) for found in report.diagnostics] == [("LGT101", 6)]
    assert not report.unknowns


@pytest.mark.parametrize("reader", ["keras.layers.Softmax()(build()(things))", "keep(build())"])
def test_no_more_is_spent_in_other_files_where_no_loss_hangs_on_it(reader: str, tmp_path: Path) -> None:
    cost = 2 * MOST_IN_OTHER_FILES_UNCALLED
    _roomy(tmp_path, cost)
    text = "import keras\nfrom roomy import build, count\nkeep = list\nnamed = keras.losses.mse\n"
    text += f"def step(things):\n    count(things)\n    return {reader}\n"
    (tmp_path / "net.py").write_text(text)
    (tmp_path / "train.py").write_text("from net import step\nstep(read())\n")
    document = python_document(str(tmp_path / "net.py"), text.encode())
    first, whole = examine(document), examine(document, callers=True)
    assert first.report.unknowns == whole.report.unknowns != ()
    assert MOST_IN_OTHER_FILES_UNCALLED <= whole.steps < first.steps + cost


def test_a_model_that_is_given_to_what_was_not_followed_may_have_been_changed(tmp_path: Path) -> None:
    (tmp_path / "more.py").write_text("import keras\ndef finish(model):\n    model.add(keras.layers.Softmax())\n")
    own = "model = keras.Sequential([keras.layers.Dense(10)])\n"
    text = "from more import finish\n" + own + "{}finish(model)\n" + WRONG.format("model")
    for before in ("", "prepare(images)\n"):
        report = _project(tmp_path, text.format(before))
        assert [found.code for found in report.diagnostics] == ([] if before else ["LGT901"])
        reasons = [site.reason for site in report.unknowns]
        assert reasons == ([Reason.ESCAPED, Reason.OTHER_FILES] if before else [])


def test_a_module_that_is_too_dear_is_taken_as_not_read(tmp_path: Path) -> None:
    loops = "".join("    " * depth + f"for i{depth} in range(16):\n" for depth in range(6))
    (tmp_path / "dear.py").write_text("kind = 'softmax'\n" + loops + "    " * 6 + "kind = kind + ''\n")
    text = "import keras\nfrom dear import kind\nmodel = keras.Sequential([keras.layers.Dense(10, activation=kind)])\n"
    text += WRONG.format("model").replace("()", "(from_logits=True)")
    report = analyse(python_document(str(tmp_path / "train.py"), text.encode()))
    assert not report.diagnostics
    assert [(site.reason, site.detail) for site in report.unknowns] == [(Reason.OTHER_FILES, "kind")]


def test_the_end_of_a_long_file_is_reached() -> None:
    tangled = "def tangled(x):\n" + "".join("    " * d + f"for i{d} in range(16):\n" for d in range(1, 6))
    tangled += "    " * 6 + "x = x + 1\n"
    own = "import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\n"
    text = tangled + "".join(f"tangled({n})\n" for n in range(10)) + own + WRONG.format("model")
    report = analyse(python_document("train.py", text.encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]


def test_each_function_has_a_share_that_those_before_it_cannot_spend() -> None:
    names = [f"step_{n}" for n in range(120)]
    calls = "".join(f"    {name}(x)\n" for name in names)
    text = "import keras\n" + "".join(f"def {name}(x):\n{calls}\n" for name in names)
    text += "def train():\n" + calls + "    model = keras.Sequential([keras.layers.Dense(10)])\n"
    text += "    " + WRONG.format("model")
    report = analyse(python_document("train.py", text.encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]


CHAINS = {
    "and": " and ".join(f"a{n}" for n in range(1000)),
    "or": " or ".join(f"a{n} == {n}" for n in range(1000)),
    "sum": " + ".join(f"a{n}.b(1)" for n in range(1000)),
    "comparison": " < ".join(f"a{n}" for n in range(1000)),
    "method calls": "a" + ".b(1)" * 1000,
    "conditional": "".join(f"{n} if a{n} else " for n in range(1000)) + "0",
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_long_flat_chain_hides_nothing(name: str) -> None:
    text = f"import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\nx = {CHAINS[name]}\n"
    report = analyse(python_document("train.py", (text + WRONG.format("model")).encode()))
    assert ([found.code for found in report.diagnostics], report.problems) == (["LGT101"], ())


def test_a_chain_of_branches_hides_nothing() -> None:
    branches = "if a: x = 1\n" + "".join(f"elif a{n}: x = {n}\n" for n in range(1000))
    text = f"import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\n{branches}"
    report = analyse(python_document("train.py", (text + WRONG.format("model")).encode()))
    assert ([found.code for found in report.diagnostics], report.problems) == (["LGT101"], ())


@pytest.mark.parametrize("length", [15, DEEPEST_CALL - 1])
def test_a_chain_of_calls_is_followed(length: int) -> None:
    text = "import keras\ndef build_0():\n    return keras.Sequential([keras.layers.Dense(10)])\n"
    text += "".join(f"def build_{n + 1}():\n    return build_{n}()\n" for n in range(length - 1))
    report = analyse(python_document("train.py", (text + WRONG.format(f"build_{length - 1}()")).encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]


@pytest.mark.parametrize(("kind", "codes"), [("keras.layers.Dense(10)", ["LGT101"]), ("head", [])])
def test_what_is_met_whatever_the_arguments_are_is_met_at_every_call(kind: str, codes: list[str]) -> None:
    text = f"import keras\ndef train(head, number):\n    model = keras.Sequential([{kind}])\n    "
    text += WRONG.format("model") + "".join(
        f"train(keras.layers.Dense(10), {n})\n" for n in range(MOST_CALLS_OF_ONE + 2)
    )
    report = analyse(python_document("train.py", text.encode()))
    assert [found.code for found in report.diagnostics] == codes
    assert [site.reason for site in report.unknowns] == ([] if codes else [Reason.CALL_COUNT])


def test_the_limit_of_pythons_stack_is_put_back() -> None:
    before = sys.getrecursionlimit()
    with room_on_the_stack():
        with room_on_the_stack():
            pass
        assert sys.getrecursionlimit() > before
    assert sys.getrecursionlimit() == before


def test_what_is_too_dear_to_follow_is_answered_without(tmp_path: Path) -> None:
    package = tmp_path / "tensorflow_model_optimization"
    (package / "clustering").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "clustering" / "__init__.py").write_text("")
    dear = DEAR.replace("def prepare(images)", "def cluster_weights(images)")
    (package / "clustering" / "keras.py").write_text(dear)
    text = "import keras\nimport tensorflow_model_optimization as tfmot\n"
    text += "model = keras.Sequential([keras.layers.Dense(10)])\n"
    text += "clustered = tfmot.clustering.keras.cluster_weights(model)\n" + WRONG.format("clustered")
    report = analyse(python_document(str(tmp_path / "train.py"), text.encode()))
    assert [found.code for found in report.diagnostics] == ["LGT101"]
    assert [site.reason for site in report.unknowns] == [Reason.OTHER_FILES]
