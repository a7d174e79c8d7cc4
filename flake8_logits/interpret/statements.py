"""Runs statements: assignments, branches and definitions.  Loops are in ``loops``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret import imports, loops
from flake8_logits.interpret.assign import assign, delete
from flake8_logits.interpret.defaults import defaults_of
from flake8_logits.interpret.interpreter import Branch, Frame
from flake8_logits.interpret.operators import arithmetic, compare
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import State, choice
from flake8_logits.interpret.truth import truths
from flake8_logits.interpret.values import NONE, Const, Function, Guards, Library, Unknown, Value, fresh_symbol
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


def fork(machine: Interpreter, answers: list[tuple[Any, Guards]], run: Callable[[Any], None]) -> None:
    """Run one body per answer, each in a branch of its own, and go on from those that did not leave."""
    if len(answers) == 1:
        run(answers[0][0])
        return
    base = machine.state
    live: list[Branch] = []
    for answer, guards in answers:
        machine.state = base.fork(guards)
        run(answer)
        if not machine.state.ended:
            live.append((machine.state.flatten(base), machine.state.guards))
        machine.state = base
    rejoin(base, live)


def rejoin(base: State, live: list[Branch]) -> None:
    """Go on from the branches that are still running."""
    if not live:
        base.ended = "branch"
        return
    base.join(live)
    if len(live) == 1:
        base.guards = live[0][1]


def _with(machine: Interpreter, node: ir.With, frame: Frame) -> None:
    for item, target in node.items:
        value = machine.evaluate(item, frame.scope)
        if target is not None:
            assign(machine, target, _entered(machine, value, item), frame.scope)
    machine.execute(node.body, frame)


def _entered(machine: Interpreter, value: Value, node: ir.Expression) -> Value:
    """What ``with value as name`` binds; a class of the program says so itself."""
    return Unknown(value.lost) if isinstance(value, Unknown) else machine.unknown(Reason.EXPRESSION, node)


def _try(machine: Interpreter, node: ir.Try, frame: Frame) -> None:
    base = machine.state
    symbol = fresh_symbol()
    machine.state = base.fork(((symbol, False),))
    machine.execute(node.body, frame)
    after_body = machine.state.flatten(base)
    if not machine.state.ended:
        machine.execute(node.orelse, frame)
    live: list[Branch] = []
    if not machine.state.ended:
        live.append((machine.state.flatten(base), machine.state.guards))
    for number, (name, handler) in enumerate(node.handlers):
        guards: Guards = ((symbol, True), ((symbol, "handler"), number))
        machine.state = base.fork(guards)
        # The body may have run to its end or not at all before the exception: what it wrote may be there.
        machine.state.join([(after_body, {(symbol, "wrote"): True}), ({}, {(symbol, "wrote"): False})])
        if name is not None:
            machine.state.set(frame.scope, name, machine.unknown(Reason.EXPRESSION))
        machine.execute(handler, frame)
        if not machine.state.ended:
            live.append((machine.state.flatten(base), machine.state.guards))
    machine.state = base
    rejoin(base, live)
    if node.final:
        ended, base.ended = base.ended, ""
        machine.execute(node.final, frame)
        base.ended = base.ended or ended


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
        frame.scope.declared[name] = node.keyword


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
    machine.state.set(target, name, value if row is None else Library(row))


_STATEMENTS: dict[type[ir.Statement], Callable[[Any, Any, Frame], None]] = {
    ir.Evaluate: _evaluate,
    ir.Assign: _assign,
    ir.Delete: _delete,
    ir.If: _if,
    ir.For: loops.run_for,
    ir.While: loops.run_while,
    ir.With: _with,
    ir.Try: _try,
    ir.Match: _match,
    ir.Leave: _leave,
    ir.Declare: _declare,
    ir.FunctionDef: _function,
    ir.ClassDef: _class,
    ir.Import: imports.run_import,
    ir.ImportFrom: imports.run_import_from,
}
