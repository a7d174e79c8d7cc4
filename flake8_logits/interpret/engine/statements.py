"""Statements: assignments, branches and definitions."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.state import Branch
from flake8_logits.interpret.abstract.values import NONE, Const, Function, FunctionKind, Value
from flake8_logits.interpret.engine.asking import answers_to
from flake8_logits.interpret.engine.assignment import assign, delete
from flake8_logits.interpret.engine.binding import bind
from flake8_logits.interpret.engine.branches import fork, rejoin
from flake8_logits.interpret.engine.classes import define
from flake8_logits.interpret.engine.decorators import decorated
from flake8_logits.interpret.engine.frames import Frame, Naming, way_out
from flake8_logits.interpret.engine.functions import defaults_of, forget_results
from flake8_logits.interpret.engine.interpreter import Interpreter, executes
from flake8_logits.interpret.engine.operators import arithmetic, compare
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.knowledge.catalogue import declared_in
from flake8_logits.source import syntax as ir

_RUN_LATER = (ir.Call, ir.Comprehension)


@executes(ir.Evaluate)
def _evaluate(interp: Interpreter, node: ir.Evaluate, frame: Frame) -> None:
    interp.evaluate(node.value, frame.scope)


@executes(ir.Assign)
def _assign(interp: Interpreter, node: ir.Assign, frame: Frame) -> None:
    if node.op:
        target = node.targets[0]
        left = interp.evaluate(target, frame.scope)
        right = interp.evaluate(node.value, frame.scope)
        assign(interp, target, arithmetic(interp, node.op, left, right, node.value, in_place=True), frame.scope)
        return
    if isinstance(node.value, _RUN_LATER) and len(node.targets) == 1 and isinstance(node.targets[0], ir.Name):
        _name(interp, node.targets[0], node.value, frame)
        return
    value = interp.evaluate(node.value, frame.scope)
    for target in node.targets:
        assign(interp, target, value, frame.scope)


def _name(interp: Interpreter, target: ir.Name, node: ir.Expression, frame: Frame) -> None:
    """Give something one name; what is run when somebody asks for it may be put off until then."""
    frame.naming = Naming(node, target.id, interp.state, lambda value: assign(interp, target, value, frame.scope))
    try:
        value = interp.evaluate(node, frame.scope)
    finally:
        frame.naming = None
    late = frame.put_off.get(target.id)
    if late is None or late.stands_in is not value:
        assign(interp, target, value, frame.scope)
    else:
        # Not what the name stands for, so nobody remembers it as that.
        interp.state.set(frame.scope.target(target.id), target.id, value)


@executes(ir.Delete)
def _delete(interp: Interpreter, node: ir.Delete, frame: Frame) -> None:
    for target in node.targets:
        delete(interp, target, frame.scope)


@executes(ir.If)
def _if(interp: Interpreter, node: ir.If, frame: Frame) -> None:
    fork(
        interp,
        answers_to(interp, node.test, frame.scope),
        lambda answer: interp.execute(node.body if answer else node.orelse, frame),
    )


@executes(ir.Match)
def _match(interp: Interpreter, node: ir.Match, frame: Frame) -> None:
    """Case by case; one that is taken ends the statement for its branch, the others go on to the next case, once."""
    subject = interp.evaluate(node.subject, frame.scope)
    start = interp.state
    current = start.fork()
    taken: list[Branch] = []
    for case in node.cases:
        interp.state = current
        _case(interp, subject, case, frame, lambda: taken.append((interp.state.flatten(start), interp.state.guards)))
        if current.ended:
            break
    interp.state = start
    if not current.ended:
        taken.append((current.flatten(start), current.guards))
    rejoin(start, taken)


def _case(interp: Interpreter, subject: Value, case: ir.Case, frame: Frame, leave: Callable[[], None]) -> None:
    """One case; ``leave`` is called in each branch in which it is taken and its body comes to its end."""
    test: Value
    if case.values is None:
        test = Const(True) if case.wildcard else interp.unknown(Reason.EXPRESSION, case)
    else:
        test = choice([(_matches(interp, subject, value, frame.scope), ()) for value in case.values])

    def take(answer: bool) -> None:
        if not answer:
            return
        interp.execute(case.body, frame)
        if not interp.state.ended:
            leave()
            interp.state.ended = True

    def run(answer: bool) -> None:
        if not answer:
            return
        for name in case.names:
            interp.state.set(
                frame.scope.target(name), name, subject if case.wildcard else interp.unknown(Reason.EXPRESSION, case)
            )
        if case.guard is None:
            take(True)
        else:
            fork(interp, answers_to(interp, case.guard, frame.scope), take)

    fork(interp, truths(interp, test), run)


def _matches(interp: Interpreter, subject: Value, pattern: ir.Expression, scope: Scope) -> Value:
    """Whether a pattern is what a subject is equal to; True, False and None are asked for themselves."""
    same = isinstance(pattern, ir.Constant) and (pattern.value is None or isinstance(pattern.value, bool))
    return compare(interp, "is" if same else "==", subject, interp.evaluate(pattern, scope), pattern)


@executes(ir.Leave)
def _leave(interp: Interpreter, node: ir.Leave, frame: Frame) -> None:
    state = interp.state
    if node.keyword == "return":
        value = NONE if node.value is None else interp.evaluate(node.value, frame.scope)
        if frame.goes_no_further(state):
            frame.throw(state)
        else:
            frame.leave(state, value)
    elif node.keyword == "raise":
        frame.throw(state)
    elif node.keyword in ("break", "continue") and frame.loops:
        loop = frame.loops[-1]
        if node.keyword == "break":
            way_out(loop.breaks, state, loop.start)
        else:
            way_out(loop.exits, state, loop.base)
    interp.state.ended = True


@executes(ir.Declare)
def _declare(interp: Interpreter, node: ir.Declare, frame: Frame) -> None:
    for name in node.names:
        scopes = frame.scope.visible()
        if node.keyword == "global":
            frame.scope.declared[name] = scopes[-1]
            continue
        enclosing = [scope for scope in scopes[1:] if scope.kind is ScopeKind.FUNCTION]
        holding = [scope for scope in enclosing if interp.state.get(scope, name) is not None]
        frame.scope.declared[name] = next(iter([*holding, *enclosing]), frame.scope)


@executes(ir.FunctionDef)
def _function(interp: Interpreter, node: ir.FunctionDef, frame: Frame) -> None:
    owner = frame.owner if frame.scope.kind is ScopeKind.CLASS else None
    function = Function(node, frame.scope, None, owner, defaults=defaults_of(interp, node.parameters, frame.scope))
    frame.scope.captured = True
    if interp.runs_whole(node):
        interp.functions.setdefault(node, function)
    value = decorated(interp, function, frame.scope)
    if isinstance(value, Function) and value.kind is FunctionKind.CACHED:
        forget_results(interp, node)
    _define(interp, frame.scope, node.name, value)


@executes(ir.ClassDef)
def _class(interp: Interpreter, node: ir.ClassDef, frame: Frame) -> None:
    _define(interp, frame.scope, node.name, define(interp, node, frame.scope))


def _define(interp: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind a definition, to the user's row of it if there is one."""
    target = scope.target(name)
    row = declared_in(target.path, name) if target.kind is ScopeKind.MODULE else None
    bind(interp, target, name, value if row is None else interp.library(row))
