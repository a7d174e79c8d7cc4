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


def execute(machine: Interpreter, block: Iterable[ir.Statement], frame: Frame) -> None:
    """Run statements until control leaves the block or the budget is spent."""
    for statement in block:
        if machine.state.ended or machine.budget.spent:
            return
        machine.budget.statement()
        run = _STATEMENTS.get(type(statement))
        if run is None:
            continue
        state, depth = machine.state, len(machine.frames)
        try:
            run(machine, statement, frame)
        except (RecursionError, ArithmeticError, MemoryError, ValueError):
            # The program's nesting plus our caller's, or a number that no index can be: what this statement did is
            # lost, the rest goes on.
            machine.state = state
            del machine.frames[depth:]


def _evaluate(machine: Interpreter, node: ir.Evaluate, frame: Frame) -> None:
    machine.evaluate(node.value, frame.scope)


def _assign(machine: Interpreter, node: ir.Assign, frame: Frame) -> None:
    if node.op:
        target = node.targets[0]
        left = machine.evaluate(target, frame.scope)
        right = machine.evaluate(node.value, frame.scope)
        assign(machine, target, arithmetic(machine, node.op, left, right, node.value, in_place=True), frame.scope)
        return
    value = machine.evaluate(node.value, frame.scope)
    for target in node.targets:
        assign(machine, target, value, frame.scope)


def _delete(machine: Interpreter, node: ir.Delete, frame: Frame) -> None:
    for target in node.targets:
        delete(machine, target, frame.scope)


def _if(machine: Interpreter, node: ir.If, frame: Frame) -> None:
    fork(
        machine,
        truths(machine, machine.evaluate(node.test, frame.scope)),
        lambda answer: machine.execute(node.body if answer else node.orelse, frame),
    )


def _match(machine: Interpreter, node: ir.Match, frame: Frame) -> None:
    subject = machine.evaluate(node.subject, frame.scope)
    _cases(machine, subject, list(node.cases), frame)


def _cases(machine: Interpreter, subject: Value, cases: list[ir.Case], frame: Frame) -> None:
    if not cases:
        return
    case, rest = cases[0], cases[1:]
    test: Value
    if case.values is None:
        test = Const(True) if case.wildcard else machine.unknown(Reason.EXPRESSION, case)
    else:
        test = choice(
            [(compare(machine, "==", subject, machine.evaluate(value, frame.scope), case), ()) for value in case.values]
        )

    def run(answer: bool) -> None:
        if not answer:
            _cases(machine, subject, rest, frame)
            return
        for name in case.names:
            machine.state.set(
                frame.scope.target(name), name, subject if case.wildcard else machine.unknown(Reason.EXPRESSION, case)
            )
        if case.guard is None:
            machine.execute(case.body, frame)
        else:
            fork(
                machine,
                truths(machine, machine.evaluate(case.guard, frame.scope)),
                lambda met: machine.execute(case.body, frame) if met else _cases(machine, subject, rest, frame),
            )

    fork(machine, truths(machine, test), run)


def _leave(machine: Interpreter, node: ir.Leave, frame: Frame) -> None:
    state = machine.state
    if node.keyword == "return":
        value = NONE if node.value is None else machine.evaluate(node.value, frame.scope)
        frame.returns.append((value, frame.base.new_guards(state.guards)))
        frame.exits.append((state.flatten(frame.base), state.guards))
    elif node.keyword in ("break", "continue") and frame.loops:
        loop = frame.loops[-1]
        if node.keyword == "break":
            loop.breaks.append((state.flatten(loop.start), state.guards))
        else:
            loop.exits.append((state.flatten(loop.base), state.guards))
    machine.state.ended = node.keyword


def _declare(machine: Interpreter, node: ir.Declare, frame: Frame) -> None:
    for name in node.names:
        scopes = frame.scope.visible()
        if node.keyword == "global":
            frame.scope.declared[name] = scopes[-1]
            continue
        enclosing = [scope for scope in scopes[1:] if scope.kind == "function"]
        holding = [scope for scope in enclosing if machine.state.get(scope, name) is not None]
        frame.scope.declared[name] = next(iter([*holding, *enclosing]), frame.scope)


def _function(machine: Interpreter, node: ir.FunctionDef, frame: Frame) -> None:
    from flake8_logits.interpret.decorators import decorated

    owner = frame.owner if frame.scope.kind == "class" else None
    function = Function(node, frame.scope, None, owner, defaults=defaults_of(machine, node.parameters, frame.scope))
    frame.scope.captured = True
    if machine.recorder.here(node):
        machine.functions.setdefault(node, function)
    _define(machine, frame.scope, node.name, decorated(machine, function, frame.scope))


def _class(machine: Interpreter, node: ir.ClassDef, frame: Frame) -> None:
    from flake8_logits.interpret.classes import define

    _define(machine, frame.scope, node.name, define(machine, node, frame.scope))


def _define(machine: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind a definition, to the user's row of it if there is one."""
    target = scope.target(name)
    row = declared_in(target.path, name) if target.kind == "module" else None
    bind(machine, target, name, value if row is None else Library(row))


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
