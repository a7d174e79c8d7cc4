"""Lists what makes objects of a configuration, a state, a text or bytes, of all classes that a program is handed.

Run as ``python -m tests.verify.rebuilding``, with ``torch`` or ``jax`` for those; on standard output stand, in JSON,
the methods that neither a closed library nor one that is known to be harmless has, and the number of methods seen.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from flake8_logits.knowledge.runnable import MODULES
from flake8_logits.verify.allowed import Access, access
from flake8_logits.verify.child.closing import close_libraries
from flake8_logits.verify.child.deserialising import ROOTS
from flake8_logits.verify.child.frameworks.registered import framework
from flake8_logits.verify.child.guard import Guard
from flake8_logits.verify.child.libraries import Missing, library

_BY_KERAS = frozenset({"from_config", "get_config", "build_from_config", "compile_from_config", "_deserialize"})
"""What Keras asks of a class that a program has registered, whatever the guard lets the program itself ask."""
_CLOSED = ("deserialize_keras_object", "func_dump", "func_load", "_parse_config_to_function")
_BY_COPIES = frozenset({"__copy__", "__deepcopy__", "__getstate__", "__reduce__", "__reduce_ex__", "__setstate__"})
_BY_PROGRAMS = re.compile(r"(de)?serialize|(from|to|load|save)_\w+")
HARMLESS = {
    **dict.fromkeys(
        ("builtins", "collections", "datetime", "decimal", "enum", "fractions", "functools", "itertools", "operator",
         "re", "statistics", "typing"), "Python's own copies, and numbers of numbers, bytes and texts",
    ),
    "flax.core.frozen_dict": "a dictionary of itself",
    "flax.nnx.pytreelib": "what the object itself has",
    "flax.nnx.variablelib": "what the object itself has",
    "jax": "an array of itself",
    "numpy": "what the object itself has; states are not handed out",
    "tensorflow.python.framework": "kinds and shapes of tensors, of the same; an operation of a description",
    "tensorflow.python.data.ops.optional_ops": "a kind of tensors, of the same",
    "tensorflow.python.ops.init_ops": "calls the class with what is in the dictionary",
    "tensorflow.python.ops.init_ops_v2": "calls the class with what is in the dictionary",
    "tensorflow.python.ops.linalg": "a tensor of itself",
    "tensorflow.python.ops.ragged": "tensors of tensors",
    "tensorflow.python.ops.tensor_array_ops": "a kind of tensors, of the same",
    "torch": "what the object itself has; states are not handed out",
}  # fmt: skip
"""Where such methods stand that lead to nothing else, and what they make."""


def _classes() -> Iterator[tuple[str, type]]:
    for module, names in MODULES.items():
        for name in sorted(names):
            dotted = f"{module}.{name}"
            if access(dotted) is Access.ALLOWED:
                try:
                    found = library(dotted, dotted)
                except (Missing, AttributeError, ImportError):
                    continue
                if isinstance(found, type):
                    yield dotted, found


def _methods(guard: Guard, cls: type) -> Iterator[tuple[type, str]]:
    for name in {name for one in cls.__mro__ if one is not object for name in vars(one)}:
        asked = name in _BY_KERAS or name in _BY_COPIES
        if asked or (_BY_PROGRAMS.fullmatch(name) and guard.may_read(cls, name)):
            yield next(one for one in cls.__mro__ if name in vars(one)), name


def _under(module: str, roots: Any) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def _is_open(module: Any) -> bool:
    """Whether a module of a library that is closed has something that was forgotten."""
    held = vars(module) if hasattr(module, "__dict__") else {}
    return any(callable(held.get(name)) and not hasattr(held[name], "checks") for name in _CLOSED)


def rebuilt(name: str = "") -> tuple[list[str], int]:
    """The methods that nobody answers for, with the open modules, and the number of methods that were seen."""
    if name:
        framework(name).prepare()
    guard = Guard()
    close_libraries()
    seen: dict[tuple[type, str], str] = {}
    for dotted, cls in _classes():
        for provider, method in _methods(guard, cls):
            seen.setdefault((provider, method), dotted)
    known = (*ROOTS, *HARMLESS)
    left = [
        f"{cls.__module__}.{cls.__name__}.{method}, of {dotted}"
        for (cls, method), dotted in seen.items()
        if not _under(cls.__module__, known)
    ]
    left += [f"{name} is open" for name, one in list(sys.modules.items()) if _under(name, ROOTS) and _is_open(one)]
    return left, len(seen)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answers.write(json.dumps(rebuilt(*sys.argv[1:])))
    answers.close()
