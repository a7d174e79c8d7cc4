"""Models of Flax, Equinox and Haiku are built and measured: true findings are confirmed, false claims are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.frontends.command import main
from flake8_logits.source.documents import documents_of
from flake8_logits.verify import verifier as door
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS

HEAD = (
    "import equinox as eqx\nimport flax.linen as nn\nimport haiku as hk\nimport jax\nimport jax.numpy as jnp\n"
    "import optax\nfrom flax import nnx\nfrom flax.training import train_state\n"
    "from elsewhere import loader, settings\n"
)
CHAIN = "model = nn.Sequential([nn.Dense(16), nn.relu, {}])\n"
LOSS = (
    "def loss(params, x, y):\n    return optax.{}(model.apply(params, x), y).mean()\n"
    "def step(params, x, y):\n    return jax.grad(loss)(params, x, y)\n"
)
COMPACT = (
    "class Net(nn.Module):\n    classes: int = 10\n    @nn.compact\n    def __call__(self, x, training: bool):\n"
    "        x = nn.Conv(8, (3, 3), kernel_init=nn.initializers.lecun_normal())(x)\n"
    "        x = nn.BatchNorm(use_running_average=not training)(x)\n"
    "        x = nn.avg_pool(nn.relu(x), (2, 2), (2, 2)).reshape((x.shape[0], -1))\n"
    "        x = nn.Dropout(0.5, deterministic=not training)(nn.Dense(self.classes)(x))\n        return nn.softmax(x)\n"
)
STATE = (
    "class State(train_state.TrainState):\n    batch_stats: object = None\n"
    "def create(rng, rate):\n    net = Net()\n    held = net.init(rng, jnp.ones([1, 28, 28, 1]), training=False)\n"
    "    return State.create(apply_fn=net.apply, params=held['params'], batch_stats=held['batch_stats'], "
    "tx=optax.adam(rate))\n"
    "@jax.jit\ndef step(state, images, labels):\n    def loss_fn(params):\n"
    "        logits, held = state.apply_fn({'params': params, 'batch_stats': state.batch_stats}, images, "
    "training=True, mutable=['batch_stats'], rngs={'dropout': jax.random.PRNGKey(1)})\n"
    "        loss = optax.softmax_cross_entropy(logits=logits, labels=jax.nn.one_hot(labels, 10)).mean()\n"
    "        return loss, (logits, held)\n"
    "    (loss, _), grads = jax.value_and_grad(loss_fn, has_aux=True)(state.params)\n"
    "    return state.apply_gradients(grads=grads)\n"
    "def main():\n    state = create(jax.random.key(0), settings.rate)\n    for images, labels in loader:\n"
    "        state = step(state, images, labels)\n"
)
NNX = (
    "class Net(nnx.Module):\n    def __init__(self, rngs: nnx.Rngs):\n"
    "        self.first = nnx.Linear(784, 32, rngs=rngs)\n        self.last = nnx.Linear(32, 10, rngs=rngs)\n"
    "    def __call__(self, x):\n        x = nnx.relu(self.first(x.reshape(x.shape[0], -1)))\n"
    "        return nnx.softmax(self.last(x))\n"
    "def loss(model, x, y):\n    given = model(x)\n"
    "    return optax.softmax_cross_entropy_with_integer_labels(logits=given, labels=y).mean(), given\n"
    "@nnx.jit\ndef train(model, optimizer, x, y):\n"
    "    (value, given), grads = nnx.value_and_grad(loss, has_aux=True)(model, x, y)\n    optimizer.update(grads)\n"
    "net = Net(nnx.Rngs(0))\nfor x, y in loader:\n    train(net, None, x, y)\n"
)
EQUINOX = (
    "class Net(eqx.Module):\n    layers: list\n    def __init__(self, key):\n        one, two = jax.random.split(key)\n"
    "        self.layers = [eqx.nn.Conv2d(1, 3, kernel_size=4, key=one), eqx.nn.MaxPool2d(2), jax.nn.relu, jnp.ravel, "
    "eqx.nn.Linear(1728, 10, key=two), jax.nn.softmax]\n"
    "    def __call__(self, x):\n        for layer in self.layers:\n            x = layer(x)\n        return x\n"
    "@eqx.filter_value_and_grad\ndef loss(model, x, y):\n"
    "    return optax.softmax_cross_entropy_with_integer_labels(jax.vmap(model)(x), y).mean()\n"
    "net = Net(jax.random.PRNGKey(0))\nfor x, y in loader:\n    loss(net, x, y)\n"
)
HAIKU = (
    "def forward(x):\n    x = x.astype(jnp.float32) / 255\n"
    "    return hk.Sequential([hk.Flatten(), hk.Linear(30), jax.nn.relu, hk.Linear(10), jax.nn.softmax])(x)\n"
    "model = hk.without_apply_rng(hk.transform(forward))\n"
)

HEIR = (
    "class Base(nn.Module):\n    classes: int = 3\n    def last(self, x):\n        return x\n    @nn.compact\n"
    "    def __call__(self, x):\n        return self.last(nn.Dense(self.classes)(x))\n"
    "class Net(Base):\n    def last(self, x):\n        return nn.softmax(x)\nmodel = Net()\n"
)

TRUE = {
    "LGT103 an heir of a module": HEIR + LOSS.format("softmax_cross_entropy"),
    "LGT103 a stack": CHAIN.format("nn.Dense(3), nn.softmax") + LOSS.format("softmax_cross_entropy"),
    "LGT103 a sigmoid": CHAIN.format("nn.Dense(1), nn.sigmoid") + LOSS.format("sigmoid_binary_cross_entropy"),
    "LGT103 a module in a training state": COMPACT + STATE,
    "LGT103 nnx": NNX,
    "LGT103 Equinox": EQUINOX,
    "LGT103 Haiku": HAIKU + LOSS.format("softmax_cross_entropy"),
    "LGT104 probabilities": CHAIN.format("nn.Dense(3), nn.softmax") + LOSS.format("kl_divergence"),
    "LGT104 logits": CHAIN.format("nn.Dense(3)") + LOSS.format("convex_kl_divergence"),
}
"""Programs with one mistake, by the rule that names it."""
OPERATIONS = {"softmax": "softmax", "sigmoid": "sigmoid", "logits": "linear"}


@pytest.fixture(scope="module")
def on_jax(jax: Any) -> Iterator[Verifier]:
    """A verifier for all tests of this file."""
    with Verifier(LIMITS) as made:
        yield made


def settled(by: Verifier, text: str, **instead: Any) -> list[tuple[str, Claim, Verification]]:
    """What came of each finding in a program, its claim changed as told."""
    document = documents_of("program.py", (HEAD + text).encode())[0]
    found = [(one.code, one.claim) for one in analyse(document).diagnostics if one.claim is not None]
    return [
        (code, claim, by.verify(document.units, "program.py", replace(claim, **instead), False))
        for code, claim in found
    ]


@pytest.mark.parametrize("name", TRUE)
def test_true_finding_is_confirmed(on_jax: Verifier, name: str) -> None:
    ((code, claim, told),) = settled(on_jax, TRUE[name])
    assert code == name.partition(" ")[0]
    assert told.answer is Answer.CONFIRMED, told.reason
    assert told.backend == "jax" and {"jax", "optax"} <= dict(told.versions).keys()
    assert told.measured is not None and told.measured.operation == OPERATIONS[claim.scales[0]]
    assert told.loss is not None and told.loss.computed != pytest.approx(told.loss.right)
    assert len(told.loss.ratios) > 1 and told.loss.ratio > 0


@pytest.mark.parametrize("name", TRUE)
def test_false_claim_is_not_confirmed(on_jax: Verifier, name: str) -> None:
    ((_, claim, _),) = settled(on_jax, TRUE[name])
    other = "softmax" if claim.scales == ("logits",) else "logits"
    ((_, _, told),) = settled(on_jax, TRUE[name], scales=(other,))
    assert told.answer in (Answer.DISPUTED, Answer.INCONCLUSIVE), told.reason


def test_without_data_a_false_claim_is_disputed(on_jax: Verifier) -> None:
    text = TRUE["LGT103 a stack"].partition("def loss")[0] + (
        "x = jax.random.normal(jax.random.PRNGKey(1), (8, 4))\nparams = model.init(jax.random.PRNGKey(0), x)\n"
        "value = optax.softmax_cross_entropy(model.apply(params, x), jax.nn.one_hot(jnp.zeros(8), 3))\n"
    )
    ((_, _, told),) = settled(on_jax, text, scales=("logits",))
    assert told.answer is Answer.DISPUTED, told.reason


def test_two_runs_say_the_same(on_jax: Verifier) -> None:
    first, second = (settled(on_jax, TRUE["LGT103 nnx"])[0][2] for _ in range(2))
    assert first.reason == second.reason and first.measured == second.measured


def test_overlap_is_told_the_other_way(on_jax: Verifier) -> None:
    text = TRUE["LGT103 a stack"].replace("softmax_cross_entropy(", "losses.dice_loss(")
    ((_, _, told),) = settled(on_jax, text)
    assert told.answer is Answer.CONFIRMED and "apply_softmax=False" in told.reason, told.reason


@pytest.mark.parametrize("last", ["elsewhere.last", "lambda x: elsewhere.last(x) + 1"])
def test_what_comes_last_from_elsewhere_decides_nothing(on_jax: Verifier, last: str) -> None:
    text = (
        "import elsewhere\n" + CHAIN.format(f"nn.Dense(3), nn.softmax, {last}") + LOSS.format("softmax_cross_entropy")
    )
    document = documents_of("program.py", (HEAD + text).encode())[0]
    ((_, claim, _),) = settled(on_jax, TRUE["LGT103 a stack"])
    line = next(number for number, one in enumerate((HEAD + text).splitlines(), 1) if "return optax" in one)
    there = replace(claim, span=replace(claim.span, line=line, end_line=line))
    told = on_jax.verify(document.units, "program.py", there, False)
    assert told.answer is Answer.INCONCLUSIVE and "elsewhere.last" in told.reason, told.reason


def test_command_line_says_what_was_measured(
    jax: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(HEAD + TRUE["LGT103 Equinox"], encoding="utf-8")
    assert main(["check", "--verify", "--output-format", "json", "train.py"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["verification"]["verdict"] == "confirmed" and finding["verification"]["backend"] == "jax"
    main(["verify", "train.py"])
    assert f"measured with JAX {jax.__version__}" in capsys.readouterr().out


def test_without_jax_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "find_spec", lambda name: None)
    with Verifier() as made:
        ((_, _, told),) = settled(made, TRUE["LGT104 logits"])
    assert told.answer is Answer.INCONCLUSIVE and "JAX is not installed" in told.reason


def test_graph_is_told_by_primitives_and_not_by_names(jax: Any) -> None:
    from flake8_logits.verify.child.frameworks.jax.graphs import Graph

    numbers = jax.numpy.ones((2, 3))

    def softmax(x: Any) -> Any:
        return x @ jax.numpy.ones((3, 4))

    def word(function: Any) -> str:
        return Graph(jax.make_jaxpr(function)(numbers)).deciding_operation()

    twice = jax.jit(jax.nn.softmax)
    assert word(jax.jit(softmax)) == "linear"
    assert word(lambda x: jax.numpy.reshape(twice(x + twice(x)), -1)) == "softmax"
    assert word(lambda x: jax.numpy.stack([jax.nn.sigmoid(one) for one in x])) == "sigmoid"
    assert word(lambda x: jax.nn.softmax(x) * 2) == "" == word(lambda x: x)
    assert [word(jax.nn.log_softmax), word(jax.nn.relu), word(jax.numpy.tanh)] == ["log_softmax", "relu", "tanh"]
    assert word(lambda x: jax.numpy.stack([jax.nn.softmax(x), x])) == ""


def test_softmax_over_one_unit_is_made_right_by_no_loss(on_jax: Verifier) -> None:
    ((code, _, told),) = settled(on_jax, CHAIN.format("nn.Dense(1), nn.softmax") + LOSS.format("softmax_cross_entropy"))
    assert code == "LGT201" and told.answer is Answer.CONFIRMED, told.reason


OPTIMIZED = {
    "an optimizer": "tx = optax.adamw(optax.cosine_decay_schedule(1e-3, 100))\n",
    "a chain": "tx = optax.chain(optax.clip_by_global_norm(1.0), optax.inject_hyperparams(optax.sgd)(0.1))\n",
    "several steps": "tx = optax.MultiSteps(optax.adam(optax.linear_schedule(1.0, 0.0, 9)(3)), 4)\n",
}
"""Optimizers that stand before the loss, whose state is asked for and whose updates are applied."""


@pytest.mark.parametrize("name", OPTIMIZED)
def test_optimizers_say_nothing_of_a_loss(on_jax: Verifier, name: str) -> None:
    text = CHAIN.format("nn.Dense(3), nn.softmax") + OPTIMIZED[name]
    text += (
        "x = jnp.ones((8, 4))\nparams = model.init(jax.random.PRNGKey(0), x)\nstate = tx.init(params)\n"
        "updates, state = tx.update(params, state, params)\nparams = optax.apply_updates(params, updates)\n"
        "loss = optax.softmax_cross_entropy(model.apply(params, x), jnp.ones((8, 3)) / 3).mean()\n"
    )
    ((code, _, told),) = settled(on_jax, text)
    assert code == "LGT103" and told.answer is Answer.CONFIRMED, told.reason


@pytest.mark.parametrize("name", ["Optimizer", "ModelAndOptimizer"])
def test_optimizer_of_nnx_is_handed_its_model_and_leaves_it(on_jax: Verifier, name: str) -> None:
    handed = f"optimizer = nnx.{name}(net, optax.adam(1e-3), wrt=nnx.Param)\noptimizer.update(net, loader)\n"
    text = NNX.replace("for x, y", f"{handed}for x, y").replace("train(net, None", "train(net, optimizer")
    ((code, _, told),) = settled(on_jax, text)
    assert code == "LGT103" and told.answer is Answer.CONFIRMED, told.reason


HANDED_ON = {
    "at once": "value, slope = jax.value_and_grad(loss)(w, x, y)\n",
    "by a name": "step = jax.jit(jax.value_and_grad(loss))\nfor _ in range(2):\n    value, slope = step(w, x, y)\n",
    "in a function": "def fit(w):\n    step = jax.grad(loss)\n    return step(w, x, y)\nfit(w)\n",
    "for each row": "value = jax.vmap(loss, (None, 0, 0))(w, x, y)\n",
}
"""How a program calls a loss through what JAX makes of it."""
PLAIN = (
    "w, x, y = jnp.ones((4, 3)) / 3, jnp.arange(8.0).reshape(2, 4), jnp.zeros((2,), 'int32')\n"
    "{}optax.softmax_cross_entropy_with_integer_labels(jax.nn.softmax(x @ w), y).mean()\n"
)


@pytest.mark.parametrize("name", HANDED_ON)
@pytest.mark.parametrize("written", ["def loss(w, x, y):\n    return ", "loss = lambda w, x, y: "])
def test_function_that_is_handed_on_is_called_as_the_program_does(on_jax: Verifier, written: str, name: str) -> None:
    ((code, _, told),) = settled(on_jax, PLAIN.format(written) + HANDED_ON[name])
    assert code == "LGT103" and not told.made_up and "depends" not in told.reason, told.reason


FIELDS = {
    "Flax": "class Net(nn.Module):\n    classes: int\n    sizes: tuple\n    @nn.compact\n    def __call__(self, x):\n"
    "        for size in self.sizes:\n            x = nn.relu(nn.Dense(size)(x))\n"
    "        return nn.softmax(nn.Dense(self.classes)(x))\nnet = Net(CLASSES, (8, 16))\n"
    "p = net.apply(net.init(jax.random.key(0), x), x)\n",
    "Equinox": "class Net(eqx.Module):\n    first: eqx.nn.Linear\n    last: eqx.nn.Linear\n    def __call__(self, x):\n"
    "        return jax.nn.softmax(self.last(jax.nn.relu(self.first(x))))\n"
    "one, other = jax.random.split(jax.random.key(0))\nnet = Net(eqx.nn.Linear(4, 8, key=one), "
    "eqx.nn.Linear(8, CLASSES, key=other))\np = jax.vmap(net)(x)\n",
    "a field above": "class Base(nn.Module):\n    classes: int\nclass Net(Base):\n    @nn.compact\n"
    "    def __call__(self, x):\n        return nn.softmax(nn.Dense(self.classes)(x))\n"
    "net = Net(classes=CLASSES)\np = net.apply(net.init(jax.random.key(0), x), x)\n",
}
"""A module is told its size, or its layers, as a field that has no default."""


@pytest.mark.parametrize("classes", [1, 5])
@pytest.mark.parametrize("name", FIELDS)
def test_fields_without_defaults_are_what_the_program_gives(on_jax: Verifier, name: str, classes: int) -> None:
    text = f"{HEAD}x = jnp.zeros((2, 4))\n{FIELDS[name].replace('CLASSES', str(classes))}"
    ((_, _, told),) = settled(on_jax, f"{text}optax.softmax_cross_entropy(p, jnp.zeros((2, {classes})))\n")
    assert told.answer is Answer.CONFIRMED, told.reason
    assert told.measured is not None and told.measured.units == classes and told.made_up == ()
