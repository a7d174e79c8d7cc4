"""Keeps libraries from making of a configuration what is not listed, and of bytes any function.

Keras would import modules, and so would the older Keras that TensorFlow has within itself.  Both write functions out as
bytes, with all that is in their closures.
"""

from __future__ import annotations

import functools
import marshal
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.knowledge.runnable import MODULES
from flake8_logits.verify.allowed import Access, access, is_special
from flake8_logits.verify.child.looking_up import keep_by_plain_names
from flake8_logits.verify.child.made import SLICE, Depends, is_programs
from flake8_logits.verify.child.replacing import is_replaced
from flake8_logits.verify.child.vocabularies import keep_from_files

_NEWER = ("keras", "tf_keras")
_OLDER = "tensorflow.python.keras"
"""Where TensorFlow has a Keras of its own, of which cells of recurrent networks are handed out."""
ROOTS = (*_NEWER, _OLDER)
"""The packages that are closed."""
_IMPORTING = ("<frozen importlib._bootstrap_external>", "<frozen zipimport>")
_PLAIN = frozenset({"__tensor__", "__numpy__", "__keras_tensor__", "__bytes__", "__ellipsis__", "__slice__"})
_KEYS = (str, int, float, bool, type(None))
_KERAS = frozenset(
    name
    for module, names in MODULES.items()
    if module.partition(".")[0] == "keras"
    for name in names
    if not is_replaced(f"{module}.{name}")
)


def refuse_what_is_not_listed() -> None:
    """From now on, in this process, Keras makes of dictionaries what is listed and what the program registered.

    Of bytes nothing is made but the modules that Python imports.
    """
    if not hasattr(marshal.loads, "checks"):
        marshal.loads = _for_imports(marshal.loads)
    modules = [one for name, one in sys.modules.items() if f"{name}.".startswith(tuple(f"{root}." for root in ROOTS))]
    for module in modules:
        held = vars(module) if isinstance(module, types.ModuleType) else {}
        for name, act in _ACTS.items():
            plain = held.get(name)
            if callable(plain) and not hasattr(plain, "checks"):
                held[name] = act(plain)
        for layer in ("IndexLookup", "StringLookup", "IntegerLookup", "TextVectorization"):
            if isinstance(held.get(layer), type):
                keep_from_files(held[layer])
        if isinstance(held.get("CallContext"), type) and hasattr(held["CallContext"], "set_value"):
            keep_by_plain_names(held["CallContext"])


def _for_imports(plain: Callable[..., Any]) -> Callable[..., Any]:
    def load(*args: Any, **named: Any) -> Any:
        if sys._getframe(1).f_code.co_filename not in _IMPORTING:
            raise Depends("code that is given as bytes")
        return plain(*args, **named)

    load.checks = True  # type: ignore[attr-defined]
    return load


def _refuse(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def load(*_: Any, **__: Any) -> Any:
        raise Depends("a function that is given as bytes")

    load.checks = True  # type: ignore[attr-defined]
    return load


def _of_the_program(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Keras' function that writes functions out, for those of the program: the closures of others stay closed."""

    @functools.wraps(plain)
    def dump(function: Any) -> Any:
        if type(function) is not types.FunctionType or not function.__code__.co_filename.startswith(SLICE):
            raise Depends("a function of a library as bytes")
        return plain(function)

    dump.checks = True  # type: ignore[attr-defined]
    return dump


def checked(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Keras' function that makes objects; it raises Depends for what is not listed.

    The Keras that TensorFlow has within itself knows nothing of what is registered with the other, and has its own
    under the same names.
    """
    older = plain.__module__.startswith(_OLDER)

    @functools.wraps(plain)
    def deserialise(*args: Any, **named: Any) -> Any:
        every = (*args[:1], *(value for key, value in named.items() if key in ("config", "identifier")))
        _plainly_named(named.get("custom_objects"))
        for given in every:
            for config in _dictionaries(given, 0):
                _check(config, {} if older else _registered())
        found = plain(*args, **named)
        for given in every:
            if isinstance(given, str):
                _check_named(found)
                if older and given not in _KERAS:
                    raise Depends(f"what TensorFlow has under {given!r:.60}")  # it may be any name in a module
        return found

    deserialise.checks = True  # type: ignore[attr-defined]
    return deserialise


def _dictionaries(value: Any, depth: int) -> Iterator[dict[Any, Any]]:
    """Yield each dictionary in a configuration that names a class."""
    if depth > 50:
        raise Depends("a configuration that is nested too deeply")
    if isinstance(value, (dict, list, tuple, str)) and is_programs(type(value)):
        raise Depends("a configuration that answers for itself")  # not twice the same, if it likes
    if isinstance(value, dict):
        if any(type(key) not in _KEYS for key in value):
            raise Depends("a configuration whose keys answer for themselves")
        if "class_name" in value or "spec_name" in value:
            yield value
        for one in value.values():
            yield from _dictionaries(one, depth + 1)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _dictionaries(one, depth + 1)


def _check(config: dict[Any, Any], registered: dict[str, Any]) -> None:
    """Raise Depends for a dictionary that does not lead to what is listed or registered, whichever name Keras takes."""
    name, module, inner = (config.get(one) for one in ("class_name", "module", "config"))
    if type(name) is not str or type(module) not in (str, type(None)) or "spec_name" in config:
        raise Depends("class_name")
    if name in _PLAIN:
        return
    # Keras asks for a function by its name, for a class by the name that it was registered under.
    asked = config.get("registered_name", name)
    if name == "function":
        name = asked = inner
    elif isinstance(inner, str):
        raise Depends(f"the text {inner!r:.60} as a configuration")
    if type(name) is not str or is_special(name):
        raise Depends(f"what Keras has under {name!r:.60}")
    if type(asked) is str and asked in registered:
        return
    if module in (None, "builtins"):
        listed = name.rpartition(">")[2] in _KERAS
    else:
        dotted = canonical(f"{module}.{name}")
        listed = access(dotted) is Access.ALLOWED and not is_replaced(dotted)
    if not listed:
        raise Depends(f"{module}.{name}")


def _check_named(found: Any) -> None:
    """Raise Depends where a text led to what is none of Keras' own: some look it up among all that a module has."""
    if isinstance(found, (str, bool, int, float, type(None))) or any(found is one for one in _registered().values()):
        return
    home = found if isinstance(found, (type, types.FunctionType)) else type(found)
    if home.__module__.partition(".")[0] not in (*_NEWER, "tensorflow") or isinstance(found, types.ModuleType):
        raise Depends(f"what Keras has as a {type(found).__name__}")


def _registered() -> dict[str, Any]:
    import keras

    registered: dict[str, Any] = keras.utils.get_custom_objects()
    _plainly_named(registered)
    return registered


def _plainly_named(objects: Any) -> None:
    """Raise Depends for custom objects that could be found now and not when Keras looks for them, or the reverse."""
    if objects is not None and (type(objects) is not dict or any(type(name) is not str for name in objects)):
        raise Depends("custom objects that answer for themselves")


_ACTS = {
    "func_load": _refuse,
    "func_dump": _of_the_program,
    "_parse_config_to_function": _refuse,
    "deserialize_keras_object": checked,
}
