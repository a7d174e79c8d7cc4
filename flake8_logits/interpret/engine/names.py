"""What a bare name stands for."""

from __future__ import annotations

import builtins

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Lazy, Library, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.engine.modules import is_settled, resolved
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.namespaces import canonical
from flake8_logits.knowledge.traits import OURS
from flake8_logits.source import syntax as ir

_BUILTINS = frozenset(dir(builtins))


def lookup_name(interp: Interpreter, name: str, scope: Scope, node: ir.Node) -> Value:
    """The value of a name read in a scope: local, enclosing, module, built in, star-imported, or Unknown."""
    visible = scope.visible()
    for place in visible if name in interp.state.spelled else ():
        value = interp.state.get(place, name)
        if value is None:
            continue
        if interp.unordered and place.kind is ScopeKind.MODULE:
            # Nobody calls this function in sight: it may run while the name stands for any of its values.
            history = interp.histories.get((place, name), ())
            if len(history) > 1:
                return resolved(interp, choice([(old, ()) for old in history]), node)
        found = resolved(interp, value, node)
        if found is not value:
            holder = interp.state.bottom if _holds_everywhere(interp, place, name, value, found) else interp.state
            holder.set(place, name, found)
        return found
    module = visible[-1]
    stars = interp.stars.get(module, ())
    for star in reversed(stars):
        if known(dotted := canonical(f"{star}.{name}")):
            return interp.library(dotted)
    if name in _BUILTINS or name in OURS:
        return Library(f"builtins.{name}" if name in _BUILTINS else f"flake8_logits.{name}")
    if stars:
        return interp.unknown(Reason.STAR_IMPORT, node, name, symbol=("name", module, name))
    return interp.unknown(Reason.UNDEFINED_NAME, node, name, symbol=("name", module, name))


def _holds_everywhere(interp: Interpreter, place: Scope, name: str, value: Value, found: Value) -> bool:
    """Whether an import, once it is followed, gives the same whatever branch it is followed in."""
    written = interp.state.bottom.writes
    return isinstance(value, Lazy) and written.get((place, name)) is value and is_settled(interp, value, found)


def known(dotted: str) -> bool:
    """Whether a library has this name as far as our knowledge goes."""
    return lookup(dotted) is not None or dotted in models_library
