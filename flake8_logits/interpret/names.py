"""What a bare name stands for."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.imports import resolved
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.values import Library, Value
from flake8_logits.knowledge.catalogue import canonical, lookup
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_BUILTINS = frozenset(dir(builtins))


def lookup_name(interp: Interpreter, name: str, scope: Scope, node: ir.Node) -> Value:
    """The value of a name read in a scope: local, enclosing, module, built in, star-imported, or Unknown."""
    visible = scope.visible()
    for place in visible:
        value = interp.state.get(place, name)
        if value is None:
            continue
        if interp.alone and place.kind == "module":
            # Nobody calls this function in sight: it may run while the name stands for any of its values.
            history = interp.histories.get((place, name), [])
            if len(history) > 1:
                return resolved(interp, choice([(old, ()) for old in history]), node)
        found = resolved(interp, value, node)
        if found is not value:
            interp.state.set(place, name, found)
        return found
    module = visible[-1]
    for star in reversed(module.stars):
        if known(dotted := canonical(f"{star}.{name}")):
            return Library(dotted)
    if name in _BUILTINS:
        return Library(f"builtins.{name}")
    if module.stars:
        return interp.unknown(Reason.STAR_IMPORT, node, name, symbol=("name", module, name))
    return interp.unknown(Reason.UNDEFINED_NAME, node, name, symbol=("name", module, name))


def known(dotted: str) -> bool:
    """Whether a library has this name as far as our knowledge goes."""
    from flake8_logits.interpret.library import IDIOMS

    return lookup(dotted) is not None or dotted in IDIOMS
