"""What the rows for JAX and the interpreter say of its libraries, held against what these do."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.domain.scales import Scale
from flake8_logits.knowledge import catalogue, jax_functions
from flake8_logits.knowledge.rows import Activates, Activation, Keeps, Loss, Maps, Operation
from tests.knowledge.conftest import Meaning

Resolve = Callable[[str], Any]

ACTIVATING = [row for row in jax_functions.ROWS if isinstance(row.effect, Activates)]
OF_ONE_ARRAY = {
    "jax.numpy.asarray": (),
    "jax.numpy.array": (),
    "jax.numpy.copy": (),
    "jax.numpy.roll": (1, 0),
    "jax.numpy.flip": (),
    "jax.numpy.sort": (),
    "jax.numpy.squeeze": (),
    "jax.numpy.expand_dims": (0,),
    "jax.numpy.mean": (0,),
    "jax.numpy.average": (0,),
    "jax.numpy.clip": (1e-7, 1.0),
    "jax.numpy.max": (0,),
    "jax.numpy.min": (0,),
    "jax.numpy.ravel": (),
    "jax.numpy.repeat": (2,),
    "jax.numpy.tile": (2,),
    "jax.numpy.transpose": (),
    "jax.numpy.swapaxes": (0, 1),
    "jax.numpy.moveaxis": (0, 1),
    "jax.numpy.take": (0,),
    "jax.numpy.nan_to_num": (),
    "jax.numpy.pad": (1,),
    "jax.numpy.reshape": ((2, 4, 6),),
}
KEEPING = [row for row in jax_functions.ROWS if isinstance(row.effect, Keeps) and row.name in OF_ONE_ARRAY]
MAPPING = [row for row in jax_functions.ROWS if isinstance(row.effect, Maps)]
LOSSES = [row for row in catalogue.rows() if isinstance(row, Loss) and row.name.startswith("optax.")]
OF_CLASSES = [row for row in LOSSES if row.contract.family is Family.CATEGORICAL and "ctc" not in row.name]
TOLD = [row for row in OF_CLASSES if row.contract.expects is Expects.SWITCHED]
CATEGORICAL = [row for row in OF_CLASSES if row not in TOLD]


def _id(row: Any) -> str:
    return str(row.name)


@pytest.fixture(scope="session")
def libraries(jax: Any) -> SimpleNamespace:
    """The libraries by the names that programs give them."""
    names = {
        "eqx": "equinox",
        "hk": "haiku",
        "jnp": "jax.numpy",
        "nn": "flax.linen",
        "nnx": "flax.nnx",
        "optax": "optax",
    }
    states = importlib.import_module("flax.training.train_state")
    return SimpleNamespace(
        jax=jax, states=states, **{short: importlib.import_module(name) for short, name in names.items()}
    )


@pytest.mark.parametrize("row", ACTIVATING, ids=_id)
def test_an_activation_gives_its_scale(row: Operation, jax_thing: Resolve, meaning: Meaning) -> None:
    assert isinstance(row.effect, Activates) and row.effect.activation is not None
    inner = catalogue.lookup(row.effect.activation)
    assert isinstance(inner, Activation) and inner.scale is not None
    keywords = {"axis": -1} if row.name.startswith("jax.scipy") else {}
    assert meaning.holds(inner.scale, jax_thing(row.name)(meaning.logits(64, 10), **keywords))


@pytest.mark.parametrize("row", KEEPING, ids=_id)
def test_what_keeps_a_scale_keeps_it(row: Operation, jax_thing: Resolve, meaning: Meaning) -> None:
    assert isinstance(row.effect, Keeps)
    for scale in (Scale.SOFTMAX, Scale.SIGMOID):
        if scale in row.effect.scales:
            given = jax_thing(row.name)(meaning.sample(scale, 8, 6), *OF_ONE_ARRAY[row.name])
            assert meaning.holds(scale, given)


def test_every_function_with_plain_arguments_is_run(jax: Any) -> None:
    assert {row.name for row in KEEPING} == set(OF_ONE_ARRAY)


@pytest.mark.parametrize("row", MAPPING, ids=_id)
def test_what_maps_a_scale_gives_the_other(row: Operation, jax_thing: Resolve, meaning: Meaning) -> None:
    assert isinstance(row.effect, Maps)
    for before, after in row.effect.pairs:
        assert meaning.holds(after, jax_thing(row.name)(np.clip(meaning.sample(before, 8, 6), -80, 1 - 1e-6)))


@pytest.mark.parametrize("row", CATEGORICAL, ids=_id)
def test_a_loss_on_logits_normalises_them(row: Loss, jax_thing: Resolve, meaning: Meaning) -> None:
    logits, labels = meaning.logits(8, 5), np.eye(5, dtype="float32")[np.arange(8) % 5]
    given = np.arange(8) % 5 if "integer" in row.name else labels
    of = jax_thing(row.name)
    logarithms, probabilities = meaning.sample(Scale.LOG_SOFTMAX, 8, 5), meaning.sample(Scale.SOFTMAX, 8, 5)
    assert np.allclose(of(logits, given), of(logarithms, given), atol=1e-4)
    assert not np.allclose(of(logits, given), of(probabilities, given), atol=1e-2)


@pytest.mark.parametrize("row", TOLD, ids=_id)
def test_a_switch_applies_the_activation(row: Loss, jax_thing: Resolve, meaning: Meaning) -> None:
    assert row.switch is not None and row.switch.default is True
    logits, labels = meaning.logits(8, 5), np.eye(5, dtype="float32")[np.arange(8) % 5]
    of, probabilities = jax_thing(row.name), meaning.sample(Scale.SOFTMAX, 8, 5)
    assert np.allclose(of(logits, labels), of(probabilities, labels, **{row.switch.name: False}), atol=1e-5)
    assert row.refuses
    with pytest.raises(ValueError, match="probability"):
        of(logits, labels, **{row.switch.name: False})


def test_a_divergence_reads_logarithms(libraries: SimpleNamespace, meaning: Meaning) -> None:
    of, targets = libraries.optax.kl_divergence, meaning.sample(Scale.SOFTMAX, 8, 5)
    assert np.allclose(of(meaning.sample(Scale.LOG_SOFTMAX, 8, 5), targets), 0, atol=1e-4)
    assert not np.allclose(of(targets, targets), 0, atol=1e-1)


def test_a_draw_reads_logits_and_chances(libraries: SimpleNamespace) -> None:
    jax, key = libraries.jax, libraries.jax.random.PRNGKey(0)
    chances = np.array([0.05, 0.95], "float32")
    drawn = np.asarray(jax.random.categorical(key, np.log(chances), shape=(2000,)))
    wrong = np.asarray(jax.random.categorical(key, chances, shape=(2000,)))
    assert drawn.mean() > 0.9 > 0.8 > wrong.mean()
    assert np.asarray(jax.random.bernoulli(key, 0.95, (2000,))).mean() > 0.9
    assert np.asarray(jax.random.choice(key, 2, (2000,), True, chances)).mean() > 0.9


def test_linen_sets_a_module_up_and_applies_the_method_it_is_told(libraries: SimpleNamespace) -> None:
    nn, key, x = libraries.nn, libraries.jax.random.PRNGKey(0), np.ones((2, 4), "float32")

    class Net(nn.Module):  # type: ignore[misc, name-defined]
        classes: int = 3

        def setup(self) -> None:
            self.last = nn.Dense(self.classes)

        def __call__(self, x: Any) -> Any:
            return self.last(x)

        def chances(self, x: Any) -> Any:
            return nn.softmax(self(x))

    net = Net(5)
    weights = net.init(key, x)
    assert net.apply(weights, x).shape == (2, 5)
    assert np.allclose(net.apply(weights, x, method="chances").sum(-1), 1)
    assert np.allclose(
        net.apply(weights, x, method=Net.chances), net.apply(weights, x, method=lambda m, x: m.chances(x))
    )
    outputs, _ = net.apply(weights, x, mutable=["batch_stats"])
    assert outputs.shape == (2, 5) and not isinstance(net.apply(weights, x, mutable=False), tuple)
    assert isinstance(net.apply(weights, x, mutable=[]), tuple)
    assert isinstance(net.apply(weights, x, capture_intermediates=True), tuple)
    state = libraries.states.TrainState.create(apply_fn=net.apply, params=weights, tx=libraries.optax.sgd(0.1))
    assert state.apply_gradients(grads=weights).apply_fn == state.replace(params=None).apply_fn == net.apply


def test_gradients_stand_beside_what_the_function_gives(libraries: SimpleNamespace) -> None:
    def loss(x: Any) -> Any:
        return x**2, "aux"

    for module in (libraries.jax, libraries.nnx):
        (value, aux), gradient = module.value_and_grad(loss, has_aux=True)(3.0)
        assert (value, aux, gradient) == (9.0, "aux", 6.0)
        assert module.grad(loss, has_aux=True)(3.0) == (6.0, "aux")
    assert libraries.eqx.filter_value_and_grad(loss, has_aux=True)(libraries.jnp.array(3.0))[0][1] == "aux"
    assert libraries.eqx.filter_value_and_grad(has_aux=True)(loss)(libraries.jnp.array(3.0))[1] == 6.0


def test_haiku_hands_weights_state_and_key_first(libraries: SimpleNamespace) -> None:
    hk, key, x = libraries.hk, libraries.jax.random.PRNGKey(0), np.ones((2, 4), "float32")
    plain = hk.transform(lambda x: hk.Linear(3)(x))
    weights = plain.init(key, x)
    assert plain.apply(weights, key, x).shape == hk.without_apply_rng(plain).apply(weights, x).shape == (2, 3)
    init, apply = hk.transform_with_state(lambda x: hk.Linear(3)(x))
    weights, state = init(key, x)
    outputs, state = apply(weights, state, key, x)
    assert outputs.shape == (2, 3)
    without = hk.without_apply_rng(hk.transform_with_state(lambda x: hk.Linear(3)(x)))
    assert without.apply(weights, state, x)[0].shape == (2, 3)


def test_parts_of_a_model_make_it_again(libraries: SimpleNamespace) -> None:
    eqx, nnx, key, x = libraries.eqx, libraries.nnx, libraries.jax.random.PRNGKey(0), np.ones(4, "float32")
    model = eqx.nn.MLP(4, 3, 8, 2, final_activation=libraries.jax.nn.sigmoid, key=key)
    again = eqx.combine(*eqx.partition(model, eqx.is_array))
    assert np.allclose(again(x), model(x)) and 0 < again(x).min() < again(x).max() < 1
    layer = nnx.Linear(4, 3, rngs=nnx.Rngs(0))
    assert len(nnx.split(layer)) == 2 and len(nnx.split(layer, nnx.Param, ...)) == 3
    assert np.allclose(nnx.merge(*nnx.split(layer))(x), layer(x))
    model, _ = eqx.nn.make_with_state(eqx.nn.MLP)(4, 3, 8, 2, key=key)
    assert model(x).shape == (3,)
