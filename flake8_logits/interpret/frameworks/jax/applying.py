"""``apply`` of a linen module: a method of it is run with weights that are handed in."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.frameworks.naming import known_as, named, receiver
from flake8_logits.knowledge.jax_transforms import METHOD, MUTABLE, NOT_FOR_THE_CALL
from flake8_logits.source import syntax as ir


def applied(interp: Interpreter, module: Object, args: Arguments, node: ir.Expression) -> Value:
    """What ``apply`` of a module gives; with what was changed beside it, where something may change."""
    keywords = tuple(item for item in args.keywords if item[0] not in NOT_FOR_THE_CALL)
    variables = 0 if args.keyword("variables") is not None else 1
    outputs = _run(interp, module, args, Arguments(args.positional[variables:], keywords, args.open), node)
    outputs = named(outputs, _name(module, node))
    for keyword in MUTABLE:
        found = args.keyword(keyword)
        if found is not None:
            return interp.each(found[0], lambda mutable: _with_changes(interp, outputs, mutable, node))
    return outputs


def _run(interp: Interpreter, module: Object, args: Arguments, inner: Arguments, node: ir.Expression) -> Value:
    found = args.keyword(METHOD)
    method = NONE if found is None else found[0]
    if isinstance(method, Const) and isinstance(method.value, str):
        return interp.call(interp.get_attribute(module, method.value, node), inner, node)
    if isinstance(method, Function) and method.bound is None:
        if method.owner is None:
            return interp.call(method, inner.after(module), node)
        return interp.call(replace(method, bound=module), inner, node)
    return interp.call(module if method == NONE else method, inner, node)


def _name(module: Object, node: ir.Expression) -> str:
    """What the program calls the model: the name before ``.apply``, else that of its class."""
    name = receiver(node) if isinstance(node, ir.Call) and _is_apply(node.func) else ""
    if name:
        return known_as(name, module)
    return module.ref.cls.name if isinstance(module.ref, InstanceRef) else ""


def _is_apply(func: ir.Expression) -> bool:
    return isinstance(func, ir.Attribute) and func.attr == "apply"


def _with_changes(interp: Interpreter, outputs: Value, mutable: Value, node: ir.Expression) -> Value:
    if mutable in (Const(False), NONE):
        return outputs
    changes = interp.unknown(Reason.UNKNOWN_CALL, node)
    if isinstance(mutable, Unknown) or (isinstance(mutable, Object) and content_of(interp, mutable) is None):
        return changes
    return Sequence((outputs, changes))
