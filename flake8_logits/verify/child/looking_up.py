"""Keeps libraries from handing a program what they look up by a name that the program chose."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from flake8_logits.verify.allowed import is_special
from flake8_logits.verify.child.made import Depends


def looking_for(*kinds: type) -> Callable[..., Any]:
    """``getattr`` for a module of a library that looks for objects of these kinds.  It raises Depends for others."""

    def look_up(value: Any, name: Any, *default: Any) -> Any:
        found = builtins.getattr(value, name, *default) if is_plain(name) else None
        if not is_plain(name) or not (found is None or isinstance(found, kinds)):
            raise Depends(f"what is called {name!r:.60}")
        return found

    return look_up


def among_what_is_held(value: Any, name: Any, *default: Any) -> Any:
    """``getattr`` for a module of a library whose objects keep what they are given as attributes: those alone."""
    if not is_public(name) or (name not in vars(value) and not default):
        raise AttributeError(f"{name!r:.60}")
    return vars(value).get(name, *default)


def to_hold(value: Any, name: Any, new: Any) -> None:
    """``setattr`` for such a module."""
    if not is_public(name):
        raise AttributeError(f"{name!r:.60}")
    builtins.setattr(value, name, new)


def is_public(name: Any) -> bool:
    """Whether a name is a text, and neither one that Python gives a meaning nor one that a library keeps to itself."""
    return type(name) is str and not name.startswith("_")


def is_plain(name: Any) -> bool:
    """Whether a name is a text, and none that Python gives a meaning."""
    return type(name) is str and not is_special(name)


def keep_by_plain_names(context: Any) -> None:
    """From now on Keras' record of what the layers around a layer were called with has no special names."""
    context.get_value, context.set_value = _kept, _keep


def _kept(self: Any, name: Any, default: Any = None) -> Any:
    return vars(self).get(_checked(name), default)


def _keep(self: Any, name: Any, value: Any) -> None:
    vars(self)[_checked(name)] = value


def _checked(name: Any) -> str:
    if not is_plain(name):
        raise Depends(f"what is called {name!r:.60}")
    return str(name)
