"""Hands a slice the libraries it asks for, after asking once more whether it may have them."""

from __future__ import annotations

import importlib
import io
import sys
import types
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from flake8_logits.knowledge.runnable import FRAMEWORKS, MODULES
from flake8_logits.verify.allowed import Access, access, known_as, leads_on
from flake8_logits.verify.child.closing import close_libraries
from flake8_logits.verify.child.made import Made
from flake8_logits.verify.child.methods import is_listed, of_class, provider_in
from flake8_logits.verify.child.replacing import replaced
from flake8_logits.verify.child.tuners import TUNERS

_SPELLED_AS = {"keras": ("keras", "tensorflow.keras"), "tensorflow": ("tensorflow", "tensorflow.compat.v1")}
_NOTHING = object()
_KERAS = "keras"
_prepared = {_KERAS}
"""The frameworks of which something is handed out, beside libraries that belong to none."""
handed: set[Any] = set()
"""The classes that were handed out."""


_NEVER = (
    types.ModuleType, types.FrameType, types.CodeType, types.TracebackType, types.CellType, types.GetSetDescriptorType,
    types.MemberDescriptorType, io.IOBase,
)  # fmt: skip
"""Kinds of objects that are never handed out."""


class Missing(Exception):
    """The library, or that part of it, is not installed."""


@dataclass(frozen=True)
class Namespace:
    """What a program has of a module: its name, to ask further.  The module itself is never a value."""

    dotted: str

    def ask(self, name: str) -> Any:
        """What the module has under a name, if it may be handed out.  Raises Missing, or AttributeError."""
        plain = f"{self.dotted}.{name}"
        dotted = plain if name in MODULES.get(self.dotted, ()) else known_as(plain)
        if access(dotted) is Access.REFUSED and not leads_on(dotted):
            return Made(dotted)
        return library(dotted, dotted)

    def has(self, name: str) -> Any:
        """Whether the module has a name that may be handed out; made up for any other."""
        try:
            found = self.ask(name)
        except Missing:
            return False
        return found if isinstance(found, Made) else True


def library(dotted: str, spelt: str) -> Any:
    """The object of a canonical name, or its namespace.  Raises Missing where the installed version has none."""
    if access(dotted) is not Access.ALLOWED and not leads_on(dotted):
        raise Missing(f"{spelt} is not allowed")
    if _framework_of(dotted) not in _prepared:
        raise Missing(f"{spelt} is of another framework than the model")
    if dotted in TUNERS:
        return _to_hand_out(dotted, spelt, TUNERS[dotted])
    root, _, rest = dotted.partition(".")
    for top in _SPELLED_AS.get(root, (root,)):
        before = len(sys.modules)
        found = _resolve(f"{top}.{rest}" if rest else top)
        if len(sys.modules) != before:
            close_libraries()
        if found is not _NOTHING:
            return _to_hand_out(dotted, spelt, found)
    # Of functions of one name the rows know but one; each stands in a module of its own.
    plain = spelt.removeprefix("tensorflow.")
    if plain != dotted and plain.startswith(f"{root}.") and access(plain) is Access.ALLOWED:
        return library(plain, plain)
    if any(one.startswith(f"{dotted}.") for one in TUNERS):
        return Namespace(dotted)  # which is not installed, and need not be
    if all(find_spec(top.partition(".")[0]) is None for top in _SPELLED_AS.get(root, (root,))):
        raise Missing(f"{root} is not installed")
    raise Missing(f"the installed {root} has no {spelt}")


def hand_out(framework: str) -> None:
    """From now on what belongs to a framework is handed out: it was made ready for that in this process."""
    _prepared.add(framework)


def _framework_of(dotted: str) -> str:
    root = dotted.partition(".")[0]
    return next((framework for framework, owned in FRAMEWORKS.items() if root in owned), _KERAS)


def _to_hand_out(dotted: str, spelt: str, found: Any) -> Any:
    if isinstance(found, types.ModuleType) or access(dotted) is not Access.ALLOWED:
        if not leads_on(dotted):
            raise Missing(f"{spelt} is not allowed")
        return Namespace(dotted)
    found = replaced(dotted, found)
    if never(found):
        raise Missing(f"{spelt} is not allowed")
    if isinstance(found, type):
        handed.add(found)
    return found


def never(value: Any) -> bool:
    """Whether a value is of a kind that is never handed out."""
    cls = type(value)
    if issubclass(cls, _NEVER) or (issubclass(cls, type) and issubclass(value, type)):
        return True
    return cls is dict and "__builtins__" in value


def _resolve(dotted: str) -> Any:
    """What stands under a dotted name; ``_NOTHING`` where nothing does, as ``tf.newaxis`` is None itself."""
    parts = dotted.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        try:
            for name in parts[split:]:
                found = _asked(found, name)
        except AttributeError:
            continue
        return found
    return _NOTHING


def _asked(holder: Any, name: str) -> Any:
    """What a module has, or an object or a class in it.  Raises AttributeError where none may be asked for that."""
    if isinstance(holder, types.ModuleType):
        return getattr(holder, name)
    if not is_listed(holder, name):
        raise AttributeError(name)
    found = getattr(holder, name)
    return of_class(provider_in(holder.__mro__, name), name, found) if isinstance(holder, type) else found


def versions() -> dict[str, str]:
    """The versions of the libraries that were used."""
    return {
        name: str(getattr(sys.modules[name], "__version__", "?"))
        for name in ("keras", "tf_keras", backend())
        if name in sys.modules
    }


def backend() -> str:
    """The backend that Keras computes on."""
    import keras

    ask = getattr(keras.backend, "backend", None) or keras.config.backend
    return str(ask())
