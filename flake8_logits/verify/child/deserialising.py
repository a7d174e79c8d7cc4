"""Keeps Keras from making of a dictionary what is not listed: it would import modules, and load functions as bytes."""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.knowledge.runnable import MODULES
from flake8_logits.verify.allowed import Access, access
from flake8_logits.verify.child.made import Depends

_ROOTS = ("keras", "tf_keras")
_PLAIN = frozenset({"__tensor__", "__numpy__", "__keras_tensor__", "__bytes__", "__ellipsis__", "__slice__"})
_KERAS = frozenset(name for module, names in MODULES.items() if module.partition(".")[0] == "keras" for name in names)


def refuse_what_is_not_listed() -> None:
    """From now on, in this process, Keras makes of dictionaries what is listed and what the program registered."""
    modules = [one for name, one in sys.modules.items() if name.partition(".")[0] in _ROOTS]
    for module in modules:
        held = vars(module) if isinstance(module, types.ModuleType) else {}
        for name, act in (("func_load", _refuse), ("deserialize_keras_object", _checked)):
            plain = held.get(name)
            if callable(plain) and not hasattr(plain, "checks"):
                held[name] = act(plain)


def _refuse(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def load(*_: Any, **__: Any) -> Any:
        raise Depends("a function that is given as bytes")

    load.checks = True  # type: ignore[attr-defined]
    return load


def _checked(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def deserialise(*args: Any, **named: Any) -> Any:
        for given in (*args[:1], *(value for key, value in named.items() if key in ("config", "identifier"))):
            for config in _dictionaries(given, 0):
                _check(config)
        return plain(*args, **named)

    deserialise.checks = True  # type: ignore[attr-defined]
    return deserialise


def _dictionaries(value: Any, depth: int) -> Iterator[dict[Any, Any]]:
    """Yield each dictionary in a configuration that names a class."""
    if depth > 50:
        raise Depends("a configuration that is nested too deeply")
    if isinstance(value, dict):
        if "class_name" in value or "spec_name" in value:
            yield value
        for one in value.values():
            yield from _dictionaries(one, depth + 1)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _dictionaries(one, depth + 1)


def _check(config: dict[Any, Any]) -> None:
    name, module = config.get("class_name"), config.get("module")
    inner = config.get("config")
    if name == "function" or (isinstance(inner, str) and name != "__bytes__"):
        name = inner
    if type(name) is not str or type(module) not in (str, type(None)):
        raise Depends("class_name")
    if name in _PLAIN or config.get("registered_name") in _registered() or name in _registered():
        return
    if module in (None, "builtins"):
        listed = name.rpartition(">")[2] in _KERAS
    else:
        listed = access(canonical(f"{module}.{name}")) is Access.ALLOWED
    if not listed or "spec_name" in config:
        raise Depends(f"{module}.{name}")


def _registered() -> frozenset[str]:
    import keras

    return frozenset(keras.utils.get_custom_objects())
