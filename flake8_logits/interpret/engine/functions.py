"""Calls of functions of the program: parameters bound, the body run, and a summary kept of what it gave."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Sequence as Items
from dataclasses import replace
from functools import partial

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import DEEPEST_CALL, DEEPEST_RECURSION
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.slots import COMPILATION, Memo
from flake8_logits.interpret.abstract.state import State, Writes
from flake8_logits.interpret.abstract.symbols import Symbol
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Function,
    FunctionKind,
    Gap,
    Library,
    LossValue,
    Mapping,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.branches import any_times, may_happen
from flake8_logits.interpret.engine.containers import make_dict
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.frames import Frame, Generator
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.engine.lifecycle import models_in
from flake8_logits.interpret.engine.special_methods import ask
from flake8_logits.interruption import heed
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.effects import ENDING_EXCEPTIONS, NOT_WRITTEN
from flake8_logits.knowledge.rows import Loss
from flake8_logits.knowledge.special_methods import ENTERING, LEAVING
from flake8_logits.source import syntax as ir


def defaults_of(interp: Interpreter, parameters: Items[ir.Parameter], scope: Scope) -> tuple[tuple[str, Value], ...]:
    """The values of the default arguments, by parameter name."""
    return tuple(
        (parameter.name, interp.evaluate(parameter.default, scope))
        for parameter in parameters
        if parameter.default is not None
    )


def call_function(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Value:
    """Run a function of the program with these arguments; what it returns on every way out, joined."""
    signature = signature_of(function, args)
    refused = _refused(interp, function, signature, args, node)
    if refused is not None:
        interp.observations.lifecycle.let_models_go(args.values())
        return refused
    if _is_run_later(function.node) or interp.mentions.yields(function.node):
        return interp.put_off(node, lambda: _called(interp, function, args, signature, node))
    return _called(interp, function, args, signature, node)


def _called(
    interp: Interpreter, function: Function, args: Arguments, signature: Hashable, node: ir.Expression
) -> Value:
    if function.bound is not None:
        args = args.after(function.bound)
    frame = _run(interp, function, args, node)
    base, scope = interp.state, frame.scope
    if frame.cut_short is not None:
        base.join([(_lasting(writes, scope), guards) for writes, guards in frame.exits])
        return _not_followed(interp, function, args, node, frame.cut_short)
    if interp.mentions.yields(function.node):
        done = [*(writes for writes, _ in frame.exits), *frame.paused]
        lasting = [_lasting(writes, scope) for writes in done]
        may_happen(interp, lasting, node)
        generator = interp.unknown(Reason.EXPRESSION, node)
        changed = tuple(dict.fromkeys(key for writes in lasting for key, _ in writes.to_others()))
        if changed:
            interp.spoil()
            interp.generators[generator.symbol] = Generator(changed, interp.budget.used)
        return generator
    _pass_on(interp, frame)
    ways = frame.exits or frame.thrown
    if ways:
        base.join([(_lasting(writes, scope), guards) for writes, guards in ways])
    if not frame.exits and not _is_run_later(function.node):
        interp.frame.fails(base, stands_in=_stands_in(function))
    result = choice(frame.returns) if frame.returns else interp.unknown(Reason.NOT_RETURNED, node)
    # What is compiled by then may be trained by other modules that call this.
    compiled = {ref for ref in models_in((result,)) if interp.state.get(ref, COMPILATION) is not None}
    interp.observations.lifecycle.let_go |= compiled
    interp.summaries[signature] = summary_of(result, node)
    return result


def _pass_on(interp: Interpreter, frame: Frame) -> None:
    """The exceptions that leave a call may be caught by who called, or by who called that."""
    if not frame.exits or not any(outer.caught for outer in interp.frames):
        return
    for writes, guards in frame.thrown:
        state = State(interp.state, guards)
        state.writes.update(_lasting(writes, frame.scope))
        interp.frame.throw(state)


def _refused(
    interp: Interpreter, function: Function, signature: Hashable, args: Arguments, node: ir.Expression
) -> Value | None:
    """What a call gives that is not run, for its depth or for what it would cost; None where it is."""
    body, bodies = function.node, interp.bodies
    if body in bodies and not _counts_down(bodies.count(body), args):
        return interp.unknown(Reason.RECURSION, node)
    if len(bodies) >= DEEPEST_CALL:
        interp.observations.doubt(body, Lost(Reason.CALL_DEPTH, node))
        return interp.unknown(Reason.CALL_DEPTH, node)
    if interp.budget.called_enough(body):
        if signature not in interp.summaries:
            interp.observations.doubt(body, Lost(Reason.CALL_COUNT, node))
        return interp.summaries.get(signature) or interp.unknown(Reason.CALL_COUNT, node)
    elsewhere = not interp.runs_whole(body)
    if interp.budget.allows_call(elsewhere):
        return None
    reason = Reason.OTHER_FILES if elsewhere or interp.budget.is_of_other_files else Reason.STATEMENTS
    return interp.summaries.get(signature) or _not_followed(interp, function, args, node, reason)


def _not_followed(
    interp: Interpreter, function: Function, args: Arguments, node: ir.Expression, reason: Reason
) -> Value:
    """What a call gives that was not run, or not to its end: nothing is known of it, nor of what it did."""
    lost = Lost(reason, node, function.node.name if isinstance(function.node, ir.FunctionDef) else "")
    interp.observations.doubt(function.node, lost)
    if reason is Reason.OTHER_FILES and interp.budget.asks and interp.observations.here(node):
        interp.observations.leave_out(node, lost)
    hand_over(interp, args, node)
    escape(interp, args, node)
    return Unknown(lost)


def _run(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Frame:
    """Bind the parameters and run the body; the frame holds what came of it."""
    heed()
    body = function.node
    interp.entered[body] = None
    scope = Scope(ScopeKind.FUNCTION, function.scope)
    instance = args.positional[0][0] if args.positional else None
    call = interp.budget.enter(body, elsewhere=not interp.runs_whole(body))
    frame = Frame(scope, interp.state, function.owner, instance, node, body, call.began)
    try:
        with interp.running(frame, interp.state.fork()):
            bind_parameters(interp, function, args, scope, node)
            _run_body(interp, frame, body)
        if interp.budget.spent:
            frame.cut_short = interp.out_of_budget
    finally:
        interp.budget.leave(body, call)
    return frame


def _counts_down(depth: int, args: Arguments) -> bool:
    """Whether a function that calls itself may be followed: a number it is given may come to an end."""
    return depth < DEEPEST_RECURSION and any(
        isinstance(value, Const) and type(value.value) is int for value in args.values()
    )


def _is_run_later(body: ir.FunctionDef | ir.Lambda) -> bool:
    """Whether calling a function gives what is awaited."""
    return isinstance(body, ir.FunctionDef) and body.asynchronous


def _stands_in(function: Function) -> bool:
    """Whether a function does nothing but raise until somebody writes it, as derived classes do with methods."""
    if isinstance(function.node, ir.Lambda):
        return False
    done = [one for one in function.node.body if not _is_text(one)]
    if len(done) != 1 or not isinstance(done[0], ir.Leave) or done[0].keyword != "raise":
        return False
    raised = _name_of(done[0].value)
    return raised in NOT_WRITTEN or (function.owner is not None and raised not in ENDING_EXCEPTIONS)


def _name_of(exception: ir.Expression | None) -> str:
    made = exception.func if isinstance(exception, ir.Call) else exception
    return made.id if isinstance(made, ir.Name) else ""


def _is_text(statement: ir.Statement) -> bool:
    return isinstance(statement, ir.Evaluate) and isinstance(statement.value, ir.Constant)


def _lasting(writes: Writes, scope: Scope) -> Writes:
    """What a call leaves behind: its local names go, unless a function made in it still reads them."""
    return writes if scope.captured else writes.without(scope)


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
            value = _given_or_default(_unseen(args.open, parameter), defaults.get(name), ("parameter", scope, name))
        elif name in defaults:
            value = defaults[name]
        else:
            value = interp.unknown(Reason.PARAMETER, parameter, name, symbol=("parameter", scope, name))
        interp.state.set(scope, name, value)


def _given_or_default(lost: Lost, default: Value | None, symbol: Symbol) -> Value:
    """A parameter of which no call in sight tells; a loss that is its default is what it is where none is given."""
    if lost.reason is not Reason.PARAMETER or default is None or not _is_loss(default):
        return Unknown(lost, symbol)
    return choice([(default, ()), (Unknown(replace(lost, reason=Reason.DEFAULT), symbol), ())])


def _is_loss(value: Value) -> bool:
    row = lookup(value.name) if isinstance(value, Library) else None
    return isinstance(value, LossValue) or isinstance(row, Loss)


def _unseen(lost: Lost, parameter: ir.Parameter) -> Lost:
    """Why a parameter is not known: where nobody calls the function in sight, for being this parameter."""
    return Lost(Reason.PARAMETER, parameter, parameter.name) if lost.reason is Reason.PARAMETER else lost


def signature_of(function: Function, args: Arguments) -> Hashable:
    """What tells one call of a function from another; nothing tells two unknown arguments apart."""
    values = (None if isinstance(value, Unknown) else value for value in args.values())
    names = (name for name, _, _ in args.keywords)
    return (function.node, function.bound, function.scope, args.open is None, *values, *names)


def summary_of(result: Value, node: ir.Node) -> Value:
    """What a later call of the same kind is taken to give, should it not be run any more."""
    if _is_fixed(result):
        return choice([(option, ()) for option, _ in options_of(result)])
    return Unknown(Lost(Reason.CALL_COUNT, node))


def _is_fixed(value: Value) -> bool:
    """Whether a value is no thing of its own, which every call would make anew."""
    if isinstance(value, Sequence):
        return all(not isinstance(item, Gap) and _is_fixed(item) for item in value.items)
    return all(isinstance(option, (Tensor, Const, Unknown)) for option, _ in options_of(value))


def _run_body(interp: Interpreter, frame: Frame, body: ir.FunctionDef | ir.Lambda) -> None:
    """Run a body; its ways out are added to the frame."""
    if isinstance(body, ir.Lambda):
        value = interp.evaluate(body.body, frame.scope)
        if frame.goes_no_further(interp.state):
            frame.throw(interp.state)
        else:
            frame.leave(interp.state, value)
        return
    interp.execute(body.body, frame)
    if not interp.state.ended:
        frame.leave(interp.state, NONE)


class _Results(Ref):
    """What functions that cache their results have given."""

    __slots__ = ()


_RESULTS = _Results(None)


def forget_results(interp: Interpreter, function: ir.FunctionDef) -> None:
    """A function is defined anew: its results are computed again."""
    interp.state.set(_RESULTS, Memo(function), interp.unknown(Reason.EXPRESSION, function))


@calls(Function)
def _call(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Value:
    if function.within is not None:
        return _within(interp, function, args, node)
    if function.kind is not FunctionKind.CACHED:
        return call_function(interp, function, args, node)
    made = interp.state.get(_RESULTS, Memo(function.node))
    memo = Memo((made, function.scope, function.bound, *args.values()))
    known = interp.state.get(_RESULTS, memo)
    if known is None:
        known = call_function(interp, function, args, node)
        interp.state.set(_RESULTS, memo, known)
    else:
        # It may have been called in another branch alone.
        any_times(interp, partial(_call_again, interp, function, args, node), node)
    return known


def _within(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> Value:
    """Enter the context manager that decorates a function, call that, and leave it."""
    assert function.within is not None
    ask(interp, function.within, ENTERING, node)
    result = interp.call(replace(function, within=None), args, node)
    ask(interp, function.within, LEAVING, node, NONE, NONE, NONE)
    return result


def _call_again(interp: Interpreter, function: Function, args: Arguments, node: ir.Expression) -> None:
    call_function(interp, function, args, node)
