"""Runs a whole document: its units in order, then what nobody called."""

from __future__ import annotations

import os.path
from collections.abc import Sequence as Items

from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.budget import MOST_ALONE, Budget
from flake8_logits.interpret.classes import initialise
from flake8_logits.interpret.imports import Loader, Modules
from flake8_logits.interpret.interpreter import Frame, Interpreter
from flake8_logits.interpret.mentions import names_in
from flake8_logits.interpret.recorder import Recorder
from flake8_logits.interpret.references import InstanceRef
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.values import Arguments, Class, Const, Function, Object, Value
from flake8_logits.source import syntax as ir


def run_program(bodies: Items[ir.Block], lines: int, path: str = "", loader: Loader | None = None) -> list[Pairing]:
    """The pairings of a program given as the statements of its units.

    ``path`` is the file it stands in and ``loader`` reads the other modules of its project; without one, what is
    imported from them stays unknown.
    """
    return run(bodies, lines, path, loader).recorder.pairings()


def run(bodies: Items[ir.Block], lines: int, path: str = "", loader: Loader | None = None) -> Interpreter:
    """The machine after a program was run, as ``run_program`` runs it; its recorder holds what was seen."""
    scope = Scope("module", path=os.path.abspath(path))
    modules = Modules(loader, {scope.path: scope}) if loader is not None else None
    machine = Interpreter(Budget(lines), Recorder(path), modules)
    machine.state.set(scope, "__name__", Const("__main__"))
    frame = Frame(scope, machine.state)
    machine.frames.append(frame)
    for body in bodies:
        machine.execute(body, frame)
        # A cell that raises does not keep the next one from being run.
        machine.state.ended = ""
    _run_the_rest(machine)
    if machine.budget.spent:
        lost = Lost(Reason.STATEMENTS)
        for node in machine.entered:
            machine.recorder.doubt(node, lost)
    return machine


def _run_the_rest(machine: Interpreter) -> None:
    """Functions that nobody called in sight, with unknown arguments; methods on an instance.

    Those that no other of them mentions come first: what they call is then run with the arguments it is given.
    """
    machine.alone = True
    done: set[ir.Node] = set()
    while not machine.budget.spent:
        for cls in [cls for node, cls in machine.classes.items() if node not in done]:
            done.add(cls.node)
            _instance(machine, cls)
        waiting = [f for node, f in machine.functions.items() if node not in done and node not in machine.entered]
        if not waiting:
            return
        for function in _uncalled(waiting):
            done.add(function.node)
            if function.node not in machine.entered:
                _call_alone(machine, function)


def _uncalled(waiting: list[Function]) -> list[Function]:
    """Those of the functions that the others do not mention; where all mention each other, the last defined."""
    mentioned: dict[str, set[ir.Node]] = {}
    for function in waiting:
        for name in names_in(function.node):
            mentioned.setdefault(name, set()).add(function.node)
    first = [function for function in waiting if not mentioned.get(_name_of(function), set()) - {function.node}]
    return first or waiting[-1:]


def _name_of(function: Function) -> str:
    return function.node.name if isinstance(function.node, ir.FunctionDef) else ""


def _instance(machine: Interpreter, cls: Class) -> None:
    if machine.instances.get(cls.node):
        return
    instance = Object(InstanceRef(cls.node, cls))
    machine.instances[cls.node] = [instance]
    node = cls.node
    unknown = Arguments((), (), Lost(Reason.PARAMETER, node, cls.name))
    _apart(machine, lambda: initialise(machine, instance, unknown, _here(node)))


def _call_alone(machine: Interpreter, function: Function) -> None:
    node = function.node
    args: list[tuple[Value, ir.Node | None]] = []
    if function.owner is not None and function.kind not in ("static", "class"):
        instances = machine.instances.get(function.owner.node, [])
        if instances:
            args.append((choice([(instance, ()) for instance in instances]), None))
    unknown = Arguments(tuple(args), (), Lost(Reason.PARAMETER, node))
    before = set(machine.entered)
    kept = machine.budget.allow(MOST_ALONE)
    _apart(machine, lambda: machine.call(function, unknown, _here(node)))
    if machine.budget.spent:
        for body in machine.entered - before:
            machine.recorder.doubt(body, Lost(Reason.STATEMENTS, body))
    machine.budget.restore(kept)


def _apart(machine: Interpreter, act: object) -> None:
    """Run something without letting an exhausted stack end the whole program."""
    state, depth = machine.state, len(machine.frames)
    try:
        assert callable(act)
        act()
    except (RecursionError, ArithmeticError, MemoryError, ValueError):
        machine.state = state
        del machine.frames[depth:]
    state.ended = ""


def _here(node: ir.Node) -> ir.Expression:
    """An expression that stands where a definition stands."""
    here = ir.Opaque()
    here.cst, here.home = node.cst, node.home
    return here
