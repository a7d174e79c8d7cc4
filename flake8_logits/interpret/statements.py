"""Runs statements: assignments, branches and definitions.  Loops are in ``loops``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret import cleanup, imports, loops
from flake8_logits.interpret.assign import assign, bind, delete
from flake8_logits.interpret.branching import fork
from flake8_logits.interpret.defaults import defaults_of
from flake8_logits.interpret.interpreter import Frame
from flake8_logits.interpret.operators import arithmetic, compare
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.truth import truths
from flake8_logits.interpret.values import NONE, Const, Function, Library, Value
from flake8_logits.knowledge.catalogue import declared_in
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def execute(interp: Interpreter, block: Iterable[ir.Statement], frame: Frame) -> None:
    """Run statements until control leaves the block or the budget is spent."""
    for statement in block:
        if interp.state.ended or interp.budget.spent:
            return
        interp.budget.statement()
        run = _STATEMENTS.get(type(statement))
        if run is None:
            continue
        state, depth = interp.state, len(interp.frames)
        try:
            run(interp, statement, frame)
        except (RecursionError, ArithmeticError, MemoryError, ValueError):
            # The program's nesting plus our caller's, or a number that no index can be: what this statement did is
            # lost, the rest goes on.
            interp.state = state
            del interp.frames[depth:]


def _evaluate(interp: Interpreter, node: ir.Evaluate, frame: Frame) -> None:
    interp.evaluate(node.value, frame.scope)


def _assign(interp: Interpreter, node: ir.Assign, frame: Frame) -> None:
    if node.op:
        target = node.targets[0]
        left = interp.evaluate(target, frame.scope)
        right = interp.evaluate(node.value, frame.scope)
        assign(interp, target, arithmetic(interp, node.op, left, right, node.value, in_place=True), frame.scope)
        return
    value = interp.evaluate(node.value, frame.scope)
    for target in node.targets:
        assign(interp, target, value, frame.scope)


def _delete(interp: Interpreter, node: ir.Delete, frame: Frame) -> None:
    for target in node.targets:
        delete(interp, target, frame.scope)


def _if(interp: Interpreter, node: ir.If, frame: Frame) -> None:
    fork(
        interp,
        truths(interp, interp.evaluate(node.test, frame.scope)),
        lambda answer: interp.execute(node.body if answer else node.orelse, frame),
    )


def _match(interp: Interpreter, node: ir.Match, frame: Frame) -> None:
    subject = interp.evaluate(node.subject, frame.scope)
    _cases(interp, subject, list(node.cases), frame)


def _cases(interp: Interpreter, subject: Value, cases: list[ir.Case], frame: Frame) -> None:
    if not cases:
        return
    case, rest = cases[0], cases[1:]
    test: Value
    if case.values is None:
        test = Const(True) if case.wildcard else interp.unknown(Reason.EXPRESSION, case)
    else:
        test = choice(
            [(compare(interp, "==", subject, interp.evaluate(value, frame.scope), case), ()) for value in case.values]
        )

    def run(answer: bool) -> None:
        if not answer:
            _cases(interp, subject, rest, frame)
            return
        for name in case.names:
            interp.state.set(
                frame.scope.target(name), name, subject if case.wildcard else interp.unknown(Reason.EXPRESSION, case)
            )
        if case.guard is None:
            interp.execute(case.body, frame)
        else:
            fork(
                interp,
                truths(interp, interp.evaluate(case.guard, frame.scope)),
                lambda met: interp.execute(case.body, frame) if met else _cases(interp, subject, rest, frame),
            )

    fork(interp, truths(interp, test), run)


def _leave(interp: Interpreter, node: ir.Leave, frame: Frame) -> None:
    state = interp.state
    if node.keyword == "return":
        value = NONE if node.value is None else interp.evaluate(node.value, frame.scope)
        frame.returns.append((value, frame.base.new_guards(state.guards)))
        frame.exits.append((state.flatten(frame.base), state.guards))
    elif node.keyword in ("break", "continue") and frame.loops:
        loop = frame.loops[-1]
        if node.keyword == "break":
            loop.breaks.append((state.flatten(loop.start), state.guards))
        else:
            loop.exits.append((state.flatten(loop.base), state.guards))
    interp.state.ended = node.keyword


def _declare(interp: Interpreter, node: ir.Declare, frame: Frame) -> None:
    for name in node.names:
        scopes = frame.scope.visible()
        if node.keyword == "global":
            frame.scope.declared[name] = scopes[-1]
            continue
        enclosing = [scope for scope in scopes[1:] if scope.kind == "function"]
        holding = [scope for scope in enclosing if interp.state.get(scope, name) is not None]
        frame.scope.declared[name] = next(iter([*holding, *enclosing]), frame.scope)


def _function(interp: Interpreter, node: ir.FunctionDef, frame: Frame) -> None:
    from flake8_logits.interpret.decorators import decorated

    owner = frame.owner if frame.scope.kind == "class" else None
    function = Function(node, frame.scope, None, owner, defaults=defaults_of(interp, node.parameters, frame.scope))
    frame.scope.captured = True
    if interp.recorder.here(node):
        interp.functions.setdefault(node, function)
    _define(interp, frame.scope, node.name, decorated(interp, function, frame.scope))


def _class(interp: Interpreter, node: ir.ClassDef, frame: Frame) -> None:
    from flake8_logits.interpret.classes import define

    _define(interp, frame.scope, node.name, define(interp, node, frame.scope))


def _define(interp: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind a definition, to the user's row of it if there is one."""
    target = scope.target(name)
    row = declared_in(target.path, name) if target.kind == "module" else None
    bind(interp, target, name, value if row is None else Library(row))


_STATEMENTS: dict[type[ir.Statement], Callable[[Any, Any, Frame], None]] = {
    ir.Evaluate: _evaluate,
    ir.Assign: _assign,
    ir.Delete: _delete,
    ir.If: _if,
    ir.For: loops.run_for,
    ir.While: loops.run_while,
    ir.With: cleanup.run_with,
    ir.Try: cleanup.run_try,
    ir.Match: _match,
    ir.Leave: _leave,
    ir.Declare: _declare,
    ir.FunctionDef: _function,
    ir.ClassDef: _class,
    ir.Import: imports.run_import,
    ir.ImportFrom: imports.run_import_from,
}
