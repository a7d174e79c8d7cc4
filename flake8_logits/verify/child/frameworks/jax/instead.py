"""What of JAX and the libraries around it is handed out in another form: transformations run what they are given."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from flake8_logits.knowledge.runnable import OPTIMIZERS, SCHEDULES
from flake8_logits.verify.child.frameworks.jax.watched import SEED, filled, holds_made
from flake8_logits.verify.child.frameworks.jax.watching import current
from flake8_logits.verify.child.looking_up import is_plain
from flake8_logits.verify.child.made import Depends, Made, profile


def _same(function: Any = None, *_: Any, **__: Any) -> Any:
    """A transformation after which a function does the same: nothing needs compiling here."""
    return _same if function is None else function


def _gradients(function: Any = None, *_: Any, has_aux: bool = False, **__: Any) -> Any:
    """What gives the gradients of a function: it is run, and they are made up."""
    if function is None:
        return lambda one: _gradients(one, has_aux=has_aux)

    def act(*args: Any, **named: Any) -> Any:
        found = function(*args, **named)
        return (Made("gradients"), found[1]) if has_aux else Made("gradients")

    return act


def _values_and_gradients(function: Any = None, *_: Any, **named_options: Any) -> Any:
    """What gives the value of a function, and its gradients beside it."""
    if function is None:
        return lambda one: _values_and_gradients(one)

    def act(*args: Any, **named: Any) -> Any:
        return function(*args, **named), Made("gradients")

    return act


def _mapped(function: Any = None, in_axes: Any = 0, out_axes: Any = 0, **options: Any) -> Any:
    """``vmap``: what is made up is so for each row."""
    if function is None:
        return lambda one: _mapped(one, in_axes, out_axes, **options)

    def act(*args: Any, **named: Any) -> Any:
        if not holds_made((args, named)):
            return jax.vmap(function, in_axes, out_axes)(*args, **named)
        if any(hasattr(one, "shape") for one in jax.tree_util.tree_leaves((args, named)) if not isinstance(one, Made)):
            raise Depends(_first_made((args, named)).source)
        rows = [function(*args, **named) for _ in range(profile().size)]
        if holds_made(rows):
            return rows[0]
        return jax.tree_util.tree_map(lambda *each: jnp.stack(each), *rows)

    return act


def _first_made(tree: Any) -> Made:
    return next(one for one in jax.tree_util.tree_leaves(tree) if isinstance(one, Made))


def _key(seed: Any = 0, *_: Any, **__: Any) -> Any:
    """A key to draw from."""
    return jax.random.PRNGKey(SEED if isinstance(seed, Made) else seed)


def _split(key: Any, num: Any = 2) -> Any:
    """Keys to draw from."""
    return jax.random.split(_key() if isinstance(key, Made) else key, num)


def _folded(key: Any, data: Any) -> Any:
    """A key to draw from."""
    return jax.random.fold_in(_key() if isinstance(key, Made) else key, SEED if isinstance(data, Made) else data)


class TrainState:
    """``flax.training.train_state.TrainState``: what a loop trains, and the function that applies its model."""

    @classmethod
    def create(cls, **held: Any) -> Any:
        """A state with everything that it is given.  Raises Depends for a name that Python gives a meaning."""
        if not all(is_plain(name) for name in held):
            raise Depends("flax.training.train_state.TrainState")
        state = types.SimpleNamespace(step=0, opt_state=Made("the state of an optimizer"), **held)
        state.apply_gradients = lambda **_: state
        state.replace = lambda **new: cls.create(**{**held, **new})
        return state


def _optimizer(*_: Any, **__: Any) -> Any:
    """An optimizer: its state and its updates are made up."""
    return types.SimpleNamespace(
        init=lambda *_, **__: Made("the state of an optimizer"),
        update=lambda *_, **__: (Made("updates"), Made("the state of an optimizer")),
    )


def _optimizer_of(model: Any, *_: Any, **__: Any) -> Any:
    """``flax.nnx.Optimizer``: what trains a model changes its weights alone."""
    return types.SimpleNamespace(model=model, step=0, opt_state=Made("the state of an optimizer"), update=_nothing)


def _nothing(*_: Any, **__: Any) -> None:
    pass


def _schedule(*_: Any, **__: Any) -> Any:
    """A rate of learning by the number of a step."""
    return lambda *_, **__: Made("a rate of learning")


def _updated(params: Any, *_: Any, **__: Any) -> Any:
    """Weights after a step: other numbers in the same places."""
    return params


def _transform(function: Any, **_: Any) -> Any:
    """``haiku.transform``: ``init`` and ``apply`` of a function."""
    return _transformed(function, with_state=False)


def _transform_with_state(function: Any, **_: Any) -> Any:
    """``haiku.transform_with_state``: likewise, with a state beside the weights."""
    return _transformed(function, with_state=True)


class Transformed(tuple):  # type: ignore[type-arg]
    """The pair of ``init`` and ``apply``."""

    @property
    def init(self) -> Any:
        """What gives first weights."""
        return self[0]

    @property
    def apply(self) -> Any:
        """What applies the function with weights."""
        return self[1]


def _transformed(function: Any, with_state: bool) -> Any:
    import haiku

    plain = haiku.transform_with_state(function)

    def init(rng: Any, *args: Any, **named: Any) -> Any:
        args, named = filled(function, args, named)
        found = plain.init(_key() if rng is None or isinstance(rng, Made) else rng, *args, **named)
        return found if with_state else found[0]

    def apply(params: Any, *rest: Any, **named: Any) -> Any:
        state, rest = (rest[0], rest[1:]) if with_state else (None, rest)
        rng, *args = rest
        given, named = filled(function, tuple(args), named)
        key = _key() if rng is None or isinstance(rng, Made) else rng
        known = not holds_made(params) and bool(params)
        made, states = plain.init(key, *given, **named)
        if state and not holds_made(state):
            states = state
        drawn = current().once(params if known else plain, lambda: current().drawn(params if known else made))
        found, after = plain.apply(drawn, states, key, *given, **named)
        return (found, after) if with_state else found

    return Transformed((init, apply))


def _without_key(pair: Any) -> Any:
    """``haiku.without_apply_rng``: an ``apply`` that takes no key."""
    if not isinstance(pair, Transformed):
        raise Depends("haiku.without_apply_rng")
    return Transformed((pair.init, lambda params, *args, **named: pair.apply(params, None, *args, **named)))


_SAME = (
    "jax.jit", "jax.checkpoint", "jax.remat", "jax.named_call", "flax.linen.jit", "flax.linen.remat",
    "flax.linen.checkpoint", "flax.nnx.jit", "flax.nnx.remat", "equinox.filter_jit", "equinox.filter_checkpoint",
    "haiku.remat", "jax.device_put", "jax.device_get", "equinox.nn.inference_mode",
)  # fmt: skip

INSTEAD: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(_SAME, _same),
    **dict.fromkeys(("jax.grad", "flax.nnx.grad", "equinox.filter_grad"), _gradients),
    **dict.fromkeys(
        ("jax.value_and_grad", "flax.nnx.value_and_grad", "equinox.filter_value_and_grad"), _values_and_gradients
    ),
    **dict.fromkeys(("jax.vmap", "jax.pmap", "equinox.filter_vmap"), _mapped),
    **{f"optax.{name}": _optimizer for name in OPTIMIZERS},
    **{f"{module}.{name}": _schedule for module in ("optax", "optax.schedules") for name in SCHEDULES},
    **dict.fromkeys(("optax.apply_updates", "equinox.apply_updates"), _updated),
    **dict.fromkeys(("flax.nnx.Optimizer", "flax.nnx.ModelAndOptimizer"), _optimizer_of),
    "optax.inject_hyperparams": lambda *_, **__: _optimizer,
    "jax.random.PRNGKey": _key,
    "jax.random.key": _key,
    "jax.random.split": _split,
    "jax.random.fold_in": _folded,
    "flax.training.train_state.TrainState": TrainState,
    "haiku.transform": _transform,
    "haiku.transform_with_state": _transform_with_state,
    "haiku.without_apply_rng": _without_key,
}
"""By name what is handed out."""
