"""The libraries that build models for JAX, watched where models are called: weights are drawn, data is made up."""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax

from flake8_logits.verify.allowed import attribute_allowed
from flake8_logits.verify.child.frameworks.jax.inputs import FLAGS, PASSING
from flake8_logits.verify.child.frameworks.jax.watching import current
from flake8_logits.verify.child.looking_up import is_public
from flake8_logits.verify.child.made import Depends, Made, is_programs
from flake8_logits.verify.child.methods import provider_in

SEED = 7
_KEYS = ("key", "rng", "rngs")
"""Parameters for what is drawn from."""


def watch_all() -> None:
    """From now on, in this process, the models of every library that is installed are watched."""
    for watch in (_linen, _nnx, _equinox):
        with contextlib.suppress(ImportError):
            watch()


def holds_made(tree: Any) -> bool:
    """Whether anything in a tree is made up."""
    return any(isinstance(one, Made) for one in jax.tree_util.tree_leaves(tree))


def filled(function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Arguments of a model with a batch, or a flag, in the place of whatever is made up."""
    names = [one for one in inspect.signature(function).parameters if one != "self"]
    given = tuple(_filled(names[index] if index < len(names) else "", one) for index, one in enumerate(args))
    return given, {name: _filled(name, one) for name, one in named.items()}


def _filled(name: str, value: Any) -> Any:
    if not isinstance(value, Made):
        return value
    if name in _KEYS:
        return jax.random.PRNGKey(SEED)
    return False if FLAGS.match(name) else current().batch()


def _linen() -> None:
    """Flax's linen: a module holds no weights, ``apply`` is given them."""
    import flax.linen as nn

    plain_init, plain_both, plain_apply = nn.Module.init, nn.Module.init_with_output, nn.Module.apply

    def method_of(module: Any, named: dict[str, Any]) -> Callable[..., Any]:
        """The method that is run.  Raises Depends for a name that the program could not ask for: Flax would call it."""
        method = named.get("method")
        if not isinstance(method, str):
            return method if callable(method) else type(module).__call__
        if not is_public(method) or _is_unlisted(type(module), method):
            raise Depends("a method by its name")
        found = getattr(type(module), method, None)
        return found if callable(found) else type(module).__call__

    @functools.wraps(plain_init)
    def init(module: Any, rngs: Any, *args: Any, **named: Any) -> Any:
        args, named = filled(method_of(module, named), args, named)
        return plain_init(module, _keys(rngs), *args, **named)

    @functools.wraps(plain_both)
    def init_with_output(module: Any, rngs: Any, *args: Any, **named: Any) -> Any:
        args, named = filled(method_of(module, named), args, named)
        return plain_both(module, _keys(rngs), *args, **named)

    @functools.wraps(plain_apply)
    def apply(module: Any, variables: Any, *args: Any, rngs: Any = None, mutable: Any = False, **named: Any) -> Any:
        args, named = filled(method_of(module, named), args, named)
        known = not holds_made(variables) and bool(variables)
        first = variables if known else plain_init(module, _keys(None), *args, **named)
        key = variables if known else module
        drawn = current().once(key, lambda: current().drawn(first))
        return plain_apply(module, drawn, *args, rngs=_keys(rngs), mutable=mutable, **named)

    nn.Module.init, nn.Module.init_with_output, nn.Module.apply = init, init_with_output, apply


def _is_unlisted(cls: type, name: str) -> bool:
    """Whether a class has a method of a library that is not listed."""
    provider = provider_in(cls.__mro__, name)
    return name in vars(provider) and not is_programs(provider) and not attribute_allowed(name)


def _keys(rngs: Any) -> Any:
    if rngs is not None and not holds_made(rngs) and not isinstance(rngs, dict):
        return rngs
    known = rngs if isinstance(rngs, dict) and not holds_made(rngs) else {}
    return {**{name: jax.random.PRNGKey(SEED) for name in ("params", "dropout")}, **known}


def _nnx() -> None:
    """Flax's nnx: a layer holds its weights in variables."""
    from flax import nnx

    def redraw(layer: Any) -> Any:
        held = [one for one in vars(layer).values() if isinstance(one, nnx.Param) and one.get_value() is not None]
        for one in held:
            one.set_value(current().fresh(one.get_value(), current().spread))
        return layer

    for name in dir(nnx):
        cls = getattr(nnx, name)
        if isinstance(cls, type) and issubclass(cls, nnx.Module) and cls.__module__.startswith("flax.nnx.nn"):
            _watch_layers(cls, redraw)


def _equinox() -> None:
    """Equinox: a layer is a tree of its weights, which never change."""
    import equinox as eqx

    def redraw(layer: Any) -> Any:
        new = copy.copy(layer)
        for name, one in vars(layer).items():
            if eqx.is_inexact_array(one):
                object.__setattr__(new, name, current().fresh(one, current().spread))
        return new

    for name in dir(eqx.nn):
        cls = getattr(eqx.nn, name)
        if isinstance(cls, type) and issubclass(cls, eqx.Module):
            _watch_layers(cls, redraw)


def _watch_layers(cls: type, redraw: Callable[[Any], Any]) -> None:
    """Have a class of layers draw weights when one is first called, and be given what it takes."""
    plain_init, plain_call = cls.__dict__.get("__init__"), cls.__dict__.get("__call__")
    if plain_init is not None:
        cls.__init__ = _with_keys(plain_init)  # type: ignore[misc]
    if plain_call is None:
        return

    @functools.wraps(plain_call)
    def call(layer: Any, *args: Any, **named: Any) -> Any:
        if args and isinstance(args[0], Made):
            if PASSING.search(type(layer).__name__):
                return Made(args[0].source)
            if _holds_weights(layer):
                args = (current().input_of(layer), *args[1:])
        return plain_call(current().once(layer, lambda: redraw(layer)), *args, **named)

    cls.__call__ = call  # type: ignore[method-assign]


def _holds_weights(layer: Any) -> bool:
    return any(hasattr(layer, name) for name in ("in_features", "in_channels", "num_embeddings", "input_size"))


def _with_keys(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A constructor that draws from a key of its own where that is made up."""

    @functools.wraps(plain)
    def init(self: Any, *args: Any, **named: Any) -> None:
        for name in _KEYS:
            if isinstance(named.get(name), Made):
                named[name] = _rngs() if name == "rngs" else jax.random.PRNGKey(SEED)
        plain(self, *args, **named)

    return init


def _rngs() -> Any:
    from flax import nnx

    return nnx.Rngs(SEED)
