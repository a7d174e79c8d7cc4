"""Tensors that share their numbers: what is written into one of them in place is in the others, too.

Which of them share is not followed: a tensor may be another one under a second name, a view of it or its numpy array.
Wherever numbers come from where the written ones do, they may be either: as they were with what was written among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import DictRef, ListRef
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.state import Key, State
from flake8_logits.interpret.abstract.values import Choice, Gap, Library, Mapping, Sequence, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.arrays import is_mutable
from flake8_logits.source import syntax as ir

_OF_THE_SAME = frozenset(
    {StepKind.OTHER, StepKind.IDENTITY, StepKind.RESHAPE, StepKind.PART, StepKind.PICKED, StepKind.LARGEST}
)
"""Steps after which numbers may be the same ones."""
_MOVED = frozenset({StepKind.RESHAPE, StepKind.PART})
"""Steps that take a scale away and leave the numbers the same ones: those of a sum are others."""
_HOLDERS = (Scope, InstanceRef, ListRef, DictRef)
"""What may hold a tensor that is written: graphs of Keras hold none."""


After = Callable[[Tensor], Value]
"""What a tensor may be once something is written into its numbers."""


def write_sharing(interp: Interpreter, tensor: Tensor, after: After, name: ir.Node | None = None) -> None:
    """Let all names and containers hold what numbers may be that may be those of a tensor that is written.

    The name that a written item is taken from, as in ``name[0][1] = value``, is left out: what it is then is followed.
    """
    origin = _origin(tensor)
    if origin is None or tensor.variable:
        return
    interp.spoil()  # of what is looked through here no step keeps account
    spared = _spared(interp, name)
    for key, value in _held(interp.state).items():
        if key == spared:
            continue
        left = None if value is None else _written(value, origin, after)
        if left is not value:
            interp.state.set(*key, left)


def is_a_view(tensor: Tensor) -> bool:
    """Whether a tensor was cut out of another, or has its numbers in another form."""
    belief = tensor.belief
    if isinstance(belief, Lost):
        return _known(tensor) is not None
    return len(belief.trail) > 1 and belief.trail[-1].kind in _OF_THE_SAME


def can_be_written(interp: Interpreter) -> bool:
    """Whether the program uses a library whose tensors can be written in place: in others ``p += 1`` makes another."""
    held = _held(interp.state).values()
    return any(isinstance(value, Library) and is_mutable(value.name) for value in held)


def _spared(interp: Interpreter, name: ir.Node | None) -> Key | None:
    if not isinstance(name, ir.Subscript):
        return None
    while isinstance(name, ir.Subscript):
        name = name.value
    if not isinstance(name, ir.Name):
        return None
    places = (scope for scope in interp.frame.scope.visible() if interp.state.get(scope, name.id) is not None)
    scope = next(places, None)
    return None if scope is None else (scope, name.id)


def _origin(tensor: Tensor) -> Place | None:
    """Where what is known of a tensor was decided, or what was known before its numbers were moved about."""
    known = _known(tensor)
    return None if known is None or known.origin is None else known.origin.place


def _known(tensor: Tensor) -> Output | None:
    belief = tensor.belief
    if isinstance(belief, Output):
        return belief
    return belief.was if belief.kind in _MOVED else None


def _held(state: State | None) -> dict[Key, Value | None]:
    """All that names and containers hold in a state."""
    found: dict[Key, Value | None] = {}
    while state is not None:
        for key, value in state.writes.items():
            if isinstance(key[0], _HOLDERS):
                found.setdefault(key, value)
        state = state.parent
    return found


def _written(value: Value, place: Place, after: After) -> Value:
    """A value once the numbers from a place are written; the value itself where it has none of them."""
    if isinstance(value, Tensor):
        return value if _origin(value) is not place or value.variable else after(value)
    if isinstance(value, Choice):
        left = [(_written(option, place, after), guards) for option, guards in value.options]
        same = all(now is option for (now, _), (option, _) in zip(left, value.options, strict=True))
        return value if same else choice(left)
    if isinstance(value, Sequence):
        items = tuple(_item_written(item, place, after) for item in value.items)
        same = all(now is item for now, item in zip(items, value.items, strict=True))
        return value if same else Sequence(items, value.kind)
    if isinstance(value, Mapping):
        entries = tuple((key, _written(item, place, after)) for key, item in value.items)
        same = all(now is item for (_, now), (_, item) in zip(entries, value.items, strict=True))
        return value if same else replace(value, items=entries)
    return value


def _item_written(item: Value | Gap, place: Place, after: After) -> Value | Gap:
    if not isinstance(item, Gap):
        return _written(item, place, after)
    each = None if item.each is None else _written(item.each, place, after)
    return item if each is item.each else Gap(item.lost, each)
