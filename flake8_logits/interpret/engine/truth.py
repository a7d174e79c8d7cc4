"""Which way a condition can go, and under which assumptions."""

from __future__ import annotations

from flake8_logits.interpret.abstract.joins import combine, options_of
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import DictRef, ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.symbols import Symbol, fresh_symbol, is_made
from flake8_logits.interpret.abstract.values import (
    ActivationValue,
    Choice,
    Class,
    Const,
    Function,
    Gap,
    Guards,
    Library,
    LossValue,
    Mapping,
    MetricValue,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.traits import never_false


def truths(interp: Interpreter, value: Value) -> list[tuple[bool, Guards]]:
    """Every answer that a condition can give here, with its guards; a single one where it is known."""
    found: list[tuple[bool, Guards]] = []
    for option, guards in options_of(value):
        for answer, inner in _answers(interp, option):
            both = combine(guards, inner)
            if both is not None and interp.state.allows(both):
                found.append((answer, both))
    if not found:
        symbol = fresh_symbol()
        return [(True, ((symbol, True),)), (False, ((symbol, False),))]
    if len({answer for answer, _ in found}) == 1:
        return [(found[0][0], ())]
    return found


def negate(interp: Interpreter, value: Value) -> Value:
    """``not value``."""
    answers = truths(interp, value)
    if len(answers) == 1:
        return Const(not answers[0][0])
    return Choice(tuple((Const(not answer), guards) for answer, guards in answers))


def _answers(interp: Interpreter, value: Value) -> list[tuple[bool, Guards]]:
    known = _known(interp, value)
    if known is not None:
        return [(known, ())]
    symbol: Symbol = (
        value.symbol
        if isinstance(value, Unknown)
        else ("library", value.name)
        if isinstance(value, Library)
        else fresh_symbol()
    )
    yes: Guards = ((symbol, True),)
    if isinstance(symbol, tuple) and symbol[0] == "==":
        # Being equal to one constant is being unequal to every other.
        yes = (*yes, (("equal", symbol[1]), symbol[2]))
    return [(True, yes), (False, ((symbol, False),))]


def _is_true(interp: Interpreter, cls: Class) -> bool:
    """Whether instances of a class count as true: nothing it has or may have says otherwise."""
    if any(isinstance(base, Unknown) for base in mro(cls)):
        return False
    return not any(class_attribute(interp, cls, name) for name in ("__bool__", "__len__"))


def _known(interp: Interpreter, value: Value) -> bool | None:
    if isinstance(value, Const):
        return bool(value.value)
    if isinstance(value, Object):
        if isinstance(value.ref, (ListRef, DictRef)):
            content = interp.state.get(value.ref, ITEMS)
            return _known(interp, content) if content is not None else None
        return True if not isinstance(value.ref, InstanceRef) or _is_true(interp, value.ref.cls) else None
    if isinstance(value, Sequence):
        if any(not isinstance(item, Gap) for item in value.items):
            return True
        return None if value.items else False
    if isinstance(value, Mapping):
        return True if value.items else None if value.partial else False
    if isinstance(value, (Function, Class, LossValue, MetricValue, ActivationValue)):
        return True
    if isinstance(value, Unknown) and is_made(value.symbol):
        return True if never_false(value.lost.library) else None
    if isinstance(value, Library):
        return True if never_false(value.name) or lookup(value.name) is not None else None
    return None
