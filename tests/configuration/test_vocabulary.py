"""What a user declares is known like our own rows, under every import of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.reading import read_configuration
from flake8_logits.configuration.vocabulary import declared_rows
from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge.catalogue import declared_in, lookup, under
from flake8_logits.knowledge.rows import (
    Application,
    Form,
    Gives,
    Keeps,
    Layer,
    Loss,
    Operation,
    Parameter,
    Trainer,
    Weighted,
)
from flake8_logits.knowledge.settings import Declared, Settings
from flake8_logits.source.documents import python_document, read_document


def _row(table: str, **entry: object) -> Declared:
    (row,) = declared_rows(table, {"acme.x.Thing": entry})
    return row


def test_loss_row() -> None:
    row = _row("losses", expects="softmax", from_logits=1)
    assert isinstance(row, Loss)
    assert (row.name, row.form, row.short) == ("acme.x.Thing", Form.CLASS, "Thing")
    assert row.contract == Contract(Expects.SWITCHED, Family.CATEGORICAL)
    assert row.switch == Parameter("from_logits", 1, False)
    assert (row.prediction, row.target) == (Parameter("y_pred", 1), Parameter("y_true", 0))
    assert row.support is Support.UNKNOWN


def test_loss_row_in_full() -> None:
    row = _row(
        "losses",
        expects="sigmoid",
        from_logits=True,
        from_logits_default=True,
        kind="function",
        prediction=[0, "scores"],
        target="truth",
        uses_keras=True,
    )
    assert isinstance(row, Loss)
    assert (row.form, row.support) == (Form.FUNCTION, Support.FULL)
    assert row.switch == Parameter("from_logits", None, True)
    assert (row.prediction, row.target) == (Parameter("scores", 0), Parameter("truth", None))


def test_trainer_row() -> None:
    row = _row("trainers", model=0, loss=[2, "criterion"])
    assert row == Trainer(
        "acme.x.Thing", Parameter("model", 0), Parameter("criterion", 2), source="declared by the user"
    )
    with pytest.raises(ConfigurationError, match="'model' and 'loss'"):
        _row("trainers", model=0)


def test_a_trainer_pairs_its_model_and_its_loss() -> None:
    text = (
        b"import keras\nfrom acme.x import Thing\n"
        b"model = keras.Sequential([keras.layers.Dense(3)])\n"
        b"Thing(model, 5, keras.losses.CategoricalCrossentropy())\n"
    )
    settings = Settings(rows=(_row("trainers", model=0, loss=[2, "criterion"]),))
    report = analyse(python_document("x.py", text), settings=settings)
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["LGT101"]


def test_layer_function_and_model_rows() -> None:
    assert _row("layers", gives="same") == Layer("acme.x.Thing", Keeps(frozenset(Scale)), "declared by the user")
    softmax = _row("functions", gives="softmax", tensor=1)
    assert isinstance(softmax, Operation)
    assert (softmax.effect, softmax.tensor) == (Gives(Scale.SOFTMAX, Rescue.UNKNOWN), Parameter("x", 1))
    head = _row("layers", activation=1, activation_default="relu", units="classes")
    assert isinstance(head, Layer)
    assert head.effect == Weighted(Parameter("activation", 1, "relu"), Parameter("classes", None))
    model = _row("models", gives="logits", top=True, attribute="scores")
    assert isinstance(model, Application)
    assert (model.top, model.scale) == (Parameter("include_top", None, True), Scale.LOGITS)
    assert (model.activation, model.attribute) == (None, "scores")


@pytest.mark.parametrize(
    ("table", "entry", "said"),
    [
        ("losses", {}, "needs the key 'expects', one of softmax, sigmoid,"),
        ("losses", {"expects": "softmx"}, "expects = 'softmx' does not exist; did you mean 'softmax'?"),
        ("losses", {"expects": ["softmax"]}, "expects = '['softmax']' does not exist"),
        ("losses", {"expects": "softmax", "from_logit": 1}, "key 'from_logit' does not exist; did you mean 'from_lo"),
        ("losses", {"expects": "softmax", "from_logits": -1}, "'from_logits' must be a place counted from 0, or true"),
        ("losses", {"expects": "softmax", "from_logits": "flag"}, "'from_logits' must be a place counted from 0"),
        ("losses", {"expects": "softmax", "from_logits": False}, "'from_logits' must be a place counted from 0"),
        ("losses", {"expects": "logits", "from_logits": 0}, "'from_logits' goes with expects = 'softmax',"),
        ("losses", {"expects": "softmax", "from_logits_default": True}, "'from_logits_default' needs 'from_logits'"),
        ("losses", {"expects": "softmax", "prediction": [1, 2]}, "'prediction' must be a place counted from 0"),
        ("losses", {"expects": "softmax", "prediction": "a b"}, "'prediction' must be a place counted from 0"),
        ("losses", {"expects": "softmax", "uses_keras": 1}, "'uses_keras' must be true or false, not 1"),
        ("losses", {"expects": "softmax", "kind": "clas"}, "kind = 'clas' does not exist; did you mean 'class'?"),
        ("layers", {}, "needs the key 'gives'"),
        ("layers", {"gives": "softmax", "activation": 1}, "'activation' goes with gives = 'logits' alone"),
        ("layers", {"gives": "softmax", "units": 1}, "'units' goes with gives = 'logits' alone"),
        ("layers", {"gives": "logits", "activation_default": "relu"}, "'activation_default' needs 'activation'"),
        ("layers", {"activation": 1, "activation_default": 3}, "'activation_default' must be the name of"),
        ("layers", {"gives": "logits", "tensor": 0}, "key 'tensor' does not exist"),
        ("models", {"gives": "same"}, "gives = 'same' does not exist"),
        ("models", {"gives": "logits", "top_default": True}, "'top_default' needs 'top'"),
        ("models", {"gives": "logits", "attribute": 1}, "'attribute' must be a string"),
        ("models", {"gives": "softmax", "activation": 1}, "'activation' goes with gives = 'logits' alone"),
    ],
)
def test_mistake_names_entry_and_key(table: str, entry: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        declared_rows(table, {"acme.x.Thing": entry})
    message = str(raised.value)
    assert message.startswith(f"{table}.'acme.x.Thing': ") and said in message and "\n" not in message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "'losses' must be a table of dotted names"),
        ({"acme losses": {"expects": "softmax"}}, "the name must be dotted"),
        ({"acme.Loss": "softmax"}, "losses.'acme.Loss' must be a table of keys"),
        ({"acme": {"Loss": {"expects": "softmax"}}}, 'losses.acme.Loss: quote the dotted name, as in "acme.Loss"'),
    ],
)
def test_table_of_another_shape(value: object, said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        declared_rows("losses", value)
    assert said in str(raised.value)


def _settings(**tables: dict[str, dict[str, object]]) -> Settings:
    return Settings(rows=tuple(row for table, entries in tables.items() for row in declared_rows(table, entries)))


FOCAL = _settings(losses={"acme.losses.FocalLoss": {"expects": "softmax", "from_logits": 1}})


def _codes(source: str, settings: Settings, path: str = "train.py") -> list[tuple[int, str]]:
    report = analyse(python_document(path, source.encode()), settings=settings)
    assert report.problems == ()
    return [(found.span.line, found.code) for found in report.diagnostics if not found.code.startswith("LGT9")]


MODEL = """\
import keras
{imports}
m = keras.Sequential([keras.layers.Dense(3{activation})])
m.compile('adam', {loss})
"""


@pytest.mark.parametrize(
    ("imports", "name"),
    [
        ("from acme.losses import FocalLoss", "FocalLoss"),
        ("from acme.losses import FocalLoss as Loss", "Loss"),
        ("import acme.losses", "acme.losses.FocalLoss"),
        ("import acme", "acme.losses.FocalLoss"),
        ("from acme import losses", "losses.FocalLoss"),
        ("import acme.losses as al", "al.FocalLoss"),
        ("from acme.losses import *", "FocalLoss"),
    ],
)
def test_declared_loss_under_every_import(imports: str, name: str) -> None:
    told = MODEL.format(imports=imports, activation=", activation='softmax'", loss=f"{name}(2.0, True)")
    assert _codes(told, FOCAL) == [(4, "LGT102")]
    assert _codes(told, Settings()) == []
    untold = MODEL.format(imports=imports, activation="", loss=f"{name}(from_logits=False)")
    assert _codes(untold, FOCAL) == [(4, "LGT101")]
    assert _codes(MODEL.format(imports=imports, activation="", loss=f"{name}(2.0, True)"), FOCAL) == []
    assert _codes(MODEL.format(imports=imports, activation=", activation='softmax'", loss=f"{name}()"), FOCAL) == []


def test_message_leaves_open_what_nobody_said() -> None:
    source = MODEL.format(
        imports="from acme.losses import FocalLoss", activation=", activation='softmax'", loss="FocalLoss(2.0, True)"
    )
    report = analyse(python_document("train.py", source.encode()), settings=FOCAL)
    assert report.diagnostics[0].consequence.startswith("Where the softmax is not undone, the loss ")
    known = _settings(losses={"acme.losses.FocalLoss": {"expects": "softmax", "from_logits": 1, "uses_keras": True}})
    report = analyse(python_document("train.py", source.encode()), settings=known)
    assert report.diagnostics[0].consequence.startswith("Keras on TensorFlow usually undoes the softmax; ")


def test_switch_that_is_on_by_default_is_to_be_passed() -> None:
    entry = {"expects": "softmax", "from_logits": 1, "from_logits_default": True}
    source = MODEL.format(imports="import acme", activation=", activation='softmax'", loss="acme.losses.FocalLoss()")
    settings = _settings(losses={"acme.losses.FocalLoss": entry})
    (found,) = analyse(python_document("train.py", source.encode()), settings=settings).diagnostics
    assert found.message == (
        "softmax of 'm' (Dense, line 3) reaches FocalLoss, where from_logits is True by default; "
        "pass from_logits=False, or drop the softmax"
    )


def test_loss_that_takes_anything_is_never_reported() -> None:
    source = "import keras\nm = keras.Sequential([keras.layers.Dense(3)])\nm.compile('adam', keras.losses.Poisson())\n"
    source = source.replace("Poisson", "KLDivergence")
    assert _codes(source, Settings()) == [(3, "LGT101")]
    anything = _settings(losses={"keras.losses.KLDivergence": {"expects": "anything"}})
    assert _codes(source, anything) == []


LAYERS = _settings(
    layers={"acme.Head": {"gives": "softmax"}, "acme.Same": {"gives": "same"}, "acme.Odd": {"gives": "other"}},
    functions={"acme.tempered": {"gives": "softmax", "tensor": 1}, "acme.passed": {"gives": "same", "tensor": 1}},
    models={
        "acme.build": {"activation": "final", "activation_default": "softmax"},
        "acme.Net": {"gives": "logits", "top": 0},
        "acme.Wide": {"gives": "logits", "attribute": "scores"},
    },
)


@pytest.mark.parametrize(
    ("made", "scale"),
    [
        ("keras.Sequential([keras.layers.Dense(3), acme.Head()])", Scale.SOFTMAX),
        ("keras.Sequential([keras.layers.Dense(3), acme.Same()])", Scale.LOGITS),
        ("keras.Sequential([keras.layers.Dense(3, 'softmax'), acme.Same()])", Scale.SOFTMAX),
        ("keras.Sequential([keras.layers.Dense(3), acme.Odd()])", None),
        ("keras.Model(x, acme.tempered(0.5, keras.layers.Dense(3)(x)))", Scale.SOFTMAX),
        ("keras.Model(x, acme.passed(0.5, keras.layers.Dense(3)(x)))", Scale.LOGITS),
        ("acme.build(3)", Scale.SOFTMAX),
        ("acme.build(3, final=None)", Scale.LOGITS),
        ("acme.build(3, final=chosen)", None),
        ("acme.Net()", Scale.LOGITS),
        ("acme.Net(False)", None),
    ],
)
def test_declared_layers_functions_and_models(made: str, scale: Scale | None) -> None:
    losses = {"'categorical_crossentropy'": Scale.LOGITS, "keras.losses.CategoricalCrossentropy(True)": Scale.SOFTMAX}
    for loss, clashing in losses.items():
        source = f"import acme, keras\nx = keras.Input((3,))\nm = {made}\nm.compile('adam', {loss})\n"
        found = _codes(source, LAYERS)
        assert bool(found) is (scale is clashing), (loss, found)


def test_attribute_of_a_declared_output() -> None:
    loss = "keras.losses.categorical_crossentropy(y, acme.Wide()(x).scores)"
    assert _codes(f"import acme, keras\nloss = {loss}\n", LAYERS) == [(2, "LGT101")]


def test_softmax_of_unknown_origin_is_not_said_to_be_undone() -> None:
    source = "import acme, keras\nm = keras.Sequential([acme.Head()])\nm.compile('adam', 'binary_crossentropy')\n"
    assert _codes(source, LAYERS) == []


LOSSES = """\
import keras


class FocalLoss(keras.losses.Loss):
    def __init__(self, gamma=2.0, from_logits=False):
        super().__init__()
        self.gamma, self.from_logits = gamma, from_logits

    def call(self, y_true, y_pred):
        return odd_arithmetic(y_true, y_pred, self.gamma)
"""


def _project(folder: Path, train: str, **files: str) -> list[tuple[int, str]]:
    files = {"pyproject.toml": "", "acme/__init__.py": "", "acme/losses.py": LOSSES, **files}
    for name, text in {**files, "train.py": train}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (document,) = read_document(str(folder / "train.py"))
    report = analyse(document, settings=FOCAL)
    return [(found.span.line, found.code) for found in report.diagnostics]


@pytest.mark.parametrize(
    ("imports", "name", "init"),
    [
        ("from acme.losses import FocalLoss", "FocalLoss", ""),
        ("import acme.losses", "acme.losses.FocalLoss", ""),
        ("from acme import FocalLoss", "FocalLoss", "from .losses import FocalLoss\n"),
        ("from acme import FocalLoss", "FocalLoss", "from acme.losses import *\n"),
    ],
)
def test_definition_in_the_project_is_the_declared_one(tmp_path: Path, imports: str, name: str, init: str) -> None:
    train = MODEL.format(imports=imports, activation=", activation='softmax'", loss=f"{name}(2.0, True)")
    assert _project(tmp_path, train, **{"acme/__init__.py": init}) == [(4, "LGT102")]


def test_definition_in_the_file_itself(tmp_path: Path) -> None:
    source = LOSSES + "m = keras.Sequential([keras.layers.Dense(3)])\nm.compile('adam', FocalLoss())\n"
    path = tmp_path / "acme" / "losses.py"
    assert _codes(source, FOCAL, str(path)) == [(12, "LGT101")]
    assert _codes(source, FOCAL, str(tmp_path / "other" / "losses.py")) == []


def test_file_stands_for_every_module_that_it_could_be() -> None:
    with under(FOCAL):
        assert declared_in("/home/me/src/acme/losses.py", "FocalLoss") == "acme.losses.FocalLoss"
        assert declared_in("C:\\work\\acme\\losses\\__init__.py", "FocalLoss") == "acme.losses.FocalLoss"
        assert declared_in("/home/me/acme/losses.py", "Other") is None
        assert declared_in("/home/me/losses.py", "FocalLoss") is None
        assert isinstance(lookup("acme.losses.FocalLoss"), Loss)
    assert lookup("acme.losses.FocalLoss") is None


def test_file_that_speaks_of_nothing_else_is_read(tmp_path: Path) -> None:
    settings = _settings(
        losses={"acme.FocalLoss": {"expects": "softmax", "from_logits": 0}}, models={"acme.net": {"gives": "softmax"}}
    )
    source = "import acme\nacme.train(acme.net(), acme.FocalLoss(True))\n"
    assert _codes(source, settings) == []
    assert _codes("import acme\nm = acme.net()\nm.compile('adam', acme.FocalLoss(True))\n", settings) == [(3, "LGT102")]


def test_page_shows_what_is_accepted(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"
    blocks = [part.partition("```")[0] for part in page.read_text(encoding="utf-8").split("```toml\n")[1:]]
    assert len(blocks) > 1
    for number, block in enumerate(blocks):
        path = tmp_path / f"{number}.toml"
        path.write_text(block, encoding="utf-8")
        read_configuration(str(path))
