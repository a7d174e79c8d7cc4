"""Calls: which kind of thing is called, and how the program's own functions are run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.budget import DEEPEST_CALL, DEEPEST_RECURSION
from flake8_logits.interpret.containers import make_dict
from flake8_logits.interpret.interpreter import Frame
from flake8_logits.interpret.mentions import yields
from flake8_logits.interpret.references import InstanceRef, LayerRef, ListRef, ModelRef, Ref
from flake8_logits.interpret.repeats import for_the_next, kind_of
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import Writes, choice
from flake8_logits.interpret.symbols import made_symbol
from flake8_logits.interpret.values import (
    NONE,
    ActivationValue,
    Arguments,
    Choice,
    Class,
    Const,
    Function,
    Gap,
    Library,
    LossValue,
    Mapping,
    Method,
    MetricValue,
    Object,
    Partial,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.widening import widened
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


HARMLESS = (
    "builtins.",
    "keras.",
    "tensorflow.",
    "numpy.",
    "os.",
    "sys.",
    "math.",
    "json.",
    "copy.",
    "time.",
    "functools.",
)
"""Libraries that leave a model or list handed to them (or to what they made) as it is."""


def call(interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> Value:
    """What calling a value gives; each option of the callee is called in a branch of its own."""
    if not isinstance(callee, Choice):
        return _one(interp, callee, args, node)
    from flake8_logits.interpret.alternatives import call_each

    return call_each(interp, callee, args, node, lambda option: _one(interp, option, args, node))


def _one(interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> Value:
    if isinstance(callee, Function):
        run = _kept if callee.kind == "kept" else call_function
        return run(interp, callee, args, node)
    if isinstance(callee, Library):
        from flake8_logits.interpret.library import call_library

        return call_library(interp, callee.name, args, node)
    if isinstance(callee, Class):
        from flake8_logits.interpret.classes import instantiate

        return instantiate(interp, callee, args, node)
    if isinstance(callee, Object):
        return _object(interp, callee, args, node)
    if isinstance(callee, LossValue):
        from flake8_logits.interpret.losses import apply_loss

        return apply_loss(interp, callee, args, node)
    if isinstance(callee, MetricValue):
        from flake8_logits.interpret.metrics import apply_metric

        return apply_metric(interp, callee, args, node)
    if isinstance(callee, Method):
        from flake8_logits.interpret.methods import call_method

        return call_method(interp, callee, args, node)
    if isinstance(callee, Partial):
        given = callee.args
        merged = Arguments(
            (*given.positional, *args.positional),
            (*(item for item in given.keywords if args.keyword(item[0]) is None), *args.keywords),
            given.open or args.open,
        )
        return interp.call(callee.callee, merged, node)
    if isinstance(callee, ActivationValue):
        from flake8_logits.interpret.activations import apply_row
        from flake8_logits.interpret.arguments import as_tensor

        return interp.each(
            args.value(0, "x") or NONE, lambda option: apply_row(interp, callee.row, as_tensor(option, node), node, "")
        )
    from_library = isinstance(callee, Unknown) and callee.lost.detail.startswith(HARMLESS)
    if not from_library:
        hand_away(interp, args, node, kept=_constructs(node))
    if isinstance(callee, Unknown):
        if isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr == "compile":
            from flake8_logits.interpret.heads import compile_unknown

            compile_unknown(interp, callee, args, node)
        lost = callee.lost if callee.lost.reason is not Reason.UNDEFINED_NAME else _named(callee, node)
        return Unknown(lost, made_symbol()) if _constructs(node) else Unknown(lost)
    return interp.unknown(Reason.UNKNOWN_CALL, node)


def _named(callee: Unknown, node: ir.Expression) -> Lost:
    return Lost(Reason.UNKNOWN_CALL, node, callee.lost.detail)


def _constructs(node: ir.Expression) -> bool:
    """Whether a call reads like making an object: that keeps what it is given and leaves it as it is."""
    func = node.func if isinstance(node, ir.Call) else None
    name = func.attr if isinstance(func, ir.Attribute) else func.id if isinstance(func, ir.Name) else ""
    return name[:1].isupper()


def _object(interp: Interpreter, callee: Object, args: Arguments, node: ir.Expression) -> Value:
    ref = callee.ref
    if isinstance(ref, LayerRef):
        from flake8_logits.interpret.transfer import apply_layer

        inputs = args.value(0, "inputs", "input", "x")
        return apply_layer(interp, callee, interp.unknown(Reason.EXPRESSION, node) if inputs is None else inputs, node)
    if isinstance(ref, (ModelRef, InstanceRef)):
        from flake8_logits.interpret.answers import output_object
        from flake8_logits.interpret.models import call_model, is_model
        from flake8_logits.interpret.naming import dotted, known_as, named

        interp.recorder.used.add(ref)
        outputs = call_model(interp, callee, args, node)
        if isinstance(ref, ModelRef) and ref.kind == "sequential" and isinstance(outputs, Tensor):
            outputs = replace(outputs, made_by=callee, fed=args.value(0, "inputs", "x"))
        if not is_model(interp, callee):
            return outputs
        if isinstance(ref, ModelRef) and ref.row is not None and ref.row.attribute:
            outputs = output_object(interp, ref.row, outputs, args, node)
        name = dotted(node.func) if isinstance(node, ir.Call) else ""
        return named(outputs, known_as(name, callee))
    return interp.unknown(Reason.UNKNOWN_CALL, node)


def hand_away(interp: Interpreter, args: Arguments, node: ir.Node, kept: bool = False) -> None:
    """Forget what code out of sight may change: the layers of a Sequential model, the items of a list.

    What makes an object and is ``kept`` by it leaves things as they are, but may train a model later.
    """
    for value in args.values():
        if isinstance(value, Object):
            if isinstance(value.ref, (ModelRef, InstanceRef)):
                interp.recorder.trained.add(value.ref)
            if kept:
                continue
            lost = Lost(Reason.HANDED_AWAY, node)
            if isinstance(value.ref, ModelRef) and value.ref.kind == "sequential":
                interp.state.set(value.ref, "$layers", Sequence((Gap(lost),), "list"))
            elif isinstance(value.ref, ListRef):
                interp.state.set(value.ref, "items", Sequence((Gap(lost),), "list"))


class _Results(Ref):
    """What functions that keep their results have given."""

    __slots__ = ()


_KEPT = _Results(None)


def _kept(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Value:
    """A call of a function that gives the same object again for the same arguments."""
    name = f"{id(function.node)} {hash((function.bound, *args.values()))}"
    known = interp.state.get(_KEPT, name)
    if known is None:
        known = call_function(interp, function, args, node)
        interp.state.set(_KEPT, name, known)
    return known


def call_function(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Value:
    """Run a function of the program with these arguments; what it returns on every way out, joined."""
    body = function.node
    budget = interp.budget
    if body in budget.stack and not _counts_down(budget.stack.count(body), args):
        return interp.unknown(Reason.RECURSION, node)
    if len(budget.stack) >= DEEPEST_CALL:
        return interp.unknown(Reason.CALL_DEPTH, node)
    kind = kind_of(function, args)
    if budget.called_enough(body):
        if kind not in interp.given:
            interp.recorder.doubt(body, Lost(Reason.CALL_COUNT, node))
        return interp.given.get(kind) or interp.unknown(Reason.CALL_COUNT, node)
    if budget.spent:
        return interp.unknown(Reason.STATEMENTS, node)
    if function.bound is not None:
        args = args.after(function.bound)
    scope = Scope("function", function.scope)
    if body not in interp.generators:
        interp.generators[body] = yields(body)
    interp.entered.add(body)
    base = interp.state
    frame = Frame(scope, base, function.owner, args.positional[0][0] if args.positional else None)
    budget.enter(body)
    interp.calls.append(node)
    interp.frames.append(frame)
    interp.state = base.fork()
    depth = len(interp.frames)
    try:
        bind_parameters(interp, function, args, scope, node)
        if isinstance(body, ir.Lambda):
            result = interp.evaluate(body.body, scope)
            frame.returns.append((result, ()))
            frame.exits.append((interp.state.flatten(base), interp.state.guards))
        else:
            interp.execute(body.body, frame)
            if not interp.state.ended:
                frame.returns.append((NONE, base.new_guards(interp.state.guards)))
                frame.exits.append((interp.state.flatten(base), interp.state.guards))
    finally:
        interp.state = base
        del interp.frames[depth - 1 :]
        budget.leave()
        interp.calls.pop()
    if interp.generators[body]:
        _may_happen(interp, [_lasting(writes, scope) for writes, _ in frame.exits], node)
        return interp.unknown(Reason.EXPRESSION, node)
    if frame.exits:
        base.join([(_lasting(writes, scope), guards) for writes, guards in frame.exits])
    result = choice(frame.returns) if frame.returns else interp.unknown(Reason.NOT_RETURNED, node)
    if not budget.spent:  # a run that was cut short has not seen every way out
        interp.given[kind] = for_the_next(result, node)
    return result


def _counts_down(depth: int, args: Arguments) -> bool:
    """Whether a function that calls itself may be followed: a number it is given may come to an end."""
    return depth < DEEPEST_RECURSION and any(
        isinstance(value, Const) and type(value.value) is int for value in args.values()
    )


def _lasting(writes: Writes, scope: Scope) -> Writes:
    """What a call leaves behind: its local names go, unless a function made in it still reads them."""
    return writes if scope.captured else writes.without(scope)


def _may_happen(interp: Interpreter, ends: list[Writes], node: ir.Node) -> None:
    """The body of a generator runs when somebody asks for its items: what it changes is not known from here on."""
    lost = Lost(Reason.EXPRESSION, node)
    for ref, name in {key: None for writes in ends for key, _ in writes.to_others()}:
        before = interp.state.get(ref, name)
        if before is not None:
            interp.state.set(ref, name, widened(before, lost))


def bind_parameters(interp: Interpreter, function: Function, args: Arguments, scope: Scope, node: ir.Node) -> None:
    """Bind arguments to parameters; what is not given takes its default, what cannot be known is Unknown."""
    positional = [value for value, _ in args.positional]
    keywords = {name: value for name, value, _ in args.keywords}
    defaults = dict(function.defaults)
    for parameter in function.node.parameters:
        name = parameter.name
        value: Value
        if parameter.kind == "*":
            value = Sequence(tuple(positional), "tuple") if args.open is None else Unknown(args.open)
            positional = []
        elif parameter.kind == "**":
            content = Mapping(tuple((key, item) for key, item in keywords.items()), args.open)
            value = make_dict(interp, node, content)
        elif name in keywords:
            value = keywords.pop(name)
        elif parameter.kind == "positional" and positional:
            value = positional.pop(0)
        elif args.open is not None:
            value = Unknown(args.open, ("parameter", scope, name))
        elif name in defaults:
            value = defaults[name]
        else:
            value = interp.unknown(Reason.PARAMETER, parameter, name, symbol=("parameter", scope, name))
        interp.state.set(scope, name, value)
