"""Functions that nobody calls in sight: run with unknown arguments, methods on an instance.

In which order they are called, if at all, is not known: what one of them changes may or may not have been changed when
another runs.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.state import Key, Writes
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, FunctionKind, Object, Value
from flake8_logits.interpret.abstract.widening import differing
from flake8_logits.interpret.engine.classes import initialise
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.mentions import names_in
from flake8_logits.source import syntax as ir

MOST_REPEATS = 3
"""So often functions are run again that may find changed what others change."""


def run_uncalled(interp: Interpreter, paths: Container[str] | None = None) -> None:
    """Run what was not entered yet, of the files at these paths alone where any are given.

    Functions that no other of them mentions come first: what they call is then run with the arguments it is given.
    """
    interp.unordered = True
    done: set[ir.Node] = set()
    ran: list[Function] = []
    changed: dict[Key, None] = {}
    while not interp.budget.spent:
        for cls in [cls for node, cls in interp.classes.items() if node not in done and _among(node, paths)]:
            done.add(cls.node)
            _instance(interp, cls)
        left = interp.functions.keys() - done - interp.entered
        waiting = [f for node, f in interp.functions.items() if node in left and _among(node, paths)]
        if not waiting:
            break
        for function in _uncalled(waiting):
            done.add(function.node)
            if function.node not in interp.entered:
                ran.append(function)
                changed.update(dict.fromkeys(_call_unordered(interp, function)))
    if not interp.budget.spent:
        _run_again(interp, ran, changed)


def _among(node: ir.Node, paths: Container[str] | None) -> bool:
    return paths is None or node.home.path in paths


def _run_again(interp: Interpreter, ran: list[Function], changed: dict[Key, None]) -> None:
    """Run once more what may find changed what others change, as far as as much again as all the rest allows."""
    kept, interp.budget.left = interp.budget.left, interp.budget.whole
    for _ in range(MOST_REPEATS):
        again = _concerned(interp, ran, changed)
        changed = {}
        for function in again:
            if interp.budget.spent:
                interp.observations.doubt(function.node, Lost(Reason.STATEMENTS, function.node))
            else:
                changed.update(dict.fromkeys(_call_unordered(interp, function)))
    interp.budget.left = kept


def _concerned(interp: Interpreter, ran: list[Function], changed: Iterable[Key]) -> list[Function]:
    """Those of some functions that mention what has changed, or mention a function that does."""
    names: set[object] = {name for _, name in changed}
    if not names:
        return []
    if not all(isinstance(name, str) for name in names):
        # The content of something: by which names it is known cannot be told.
        return ran
    mentions = {node: names_in(node) for node in interp.functions}
    while True:
        more = {_name_of(interp.functions[node]) for node, found in mentions.items() if found & names} - names - {""}
        if not more:
            return [function for function in ran if mentions[function.node] & names]
        names |= more


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


def _instance(interp: Interpreter, cls: Class) -> None:
    if interp.instances.get(cls.node):
        return
    instance = Object(InstanceRef(cls.node, cls))
    interp.instances[cls.node] = [instance]
    node = cls.node
    unknown = Arguments((), (), Lost(Reason.PARAMETER, node, cls.name))
    guarded(interp, lambda: initialise(interp, instance, unknown, _here(node)))


def _selves(interp: Interpreter, owner: Class) -> list[Object]:
    """The instances a method may be run on: those of its class and of the classes derived from it."""
    found: list[Object] = []
    for node, cls in interp.classes.items():
        if cls is not owner and owner in mro(cls):
            found.extend(interp.instances.get(node, ()))
    own = interp.instances.get(owner.node, [])
    if found and _is_abstract(owner):
        # It has no instances of its own but those made here, for its methods.
        own = [instance for instance in own if instance.ref.node is not owner.node]
    return [*own, *found]


def _is_abstract(cls: Class) -> bool:
    """Whether some method of a class does nothing but raise, or stands for those of derived classes."""
    for statement in cls.node.body:
        if isinstance(statement, ir.FunctionDef):
            first = next((part for part in statement.body if not isinstance(part, ir.Evaluate)), None)
            if isinstance(first, ir.Leave) and first.keyword == "raise":
                return True
            if any(isinstance(part, (ir.Name, ir.Attribute)) and _says_abstract(part) for part in statement.decorators):
                return True
    return False


def _says_abstract(node: ir.Name | ir.Attribute) -> bool:
    return (node.id if isinstance(node, ir.Name) else node.attr) == "abstractmethod"


def _call_unordered(interp: Interpreter, function: Function) -> list[Key]:
    """Run a function by itself; what it gave another value to, which others may or may not find so."""
    node = function.node
    args: list[tuple[Value, ir.Node | None]] = []
    if function.owner is not None and function.kind not in (FunctionKind.STATIC, FunctionKind.CLASS):
        instances = _selves(interp, function.owner)
        if instances:
            args.append((choice([(instance, ()) for instance in instances]), None))
    unknown = Arguments(tuple(args), (), Lost(Reason.PARAMETER, node))
    before = set(interp.entered)
    kept = interp.budget.allow_uncalled()
    bottom = interp.state
    interp.state = bottom.fork()
    guarded(interp, lambda: interp.call(function, unknown, _here(node)))
    writes = interp.state.flatten(bottom)
    interp.state = bottom
    changed = differing(bottom, writes)
    symbol = fresh_symbol()
    bottom.join([(writes, {symbol: True}), (Writes(), {symbol: False})])
    if interp.budget.spent:
        for body in (interp.entered - before) | {node}:
            interp.observations.doubt(body, Lost(Reason.STATEMENTS, body))
    interp.budget.restore(kept)
    return changed


def guarded(interp: Interpreter, act: Callable[[], object]) -> None:
    """Run something without letting an exhausted stack end the whole program."""
    state, depth = interp.state, len(interp.frames)
    try:
        act()
    except (RecursionError, ArithmeticError, MemoryError, ValueError):
        interp.state = state
        del interp.frames[depth:]
    state.ended = False


def _here(node: ir.Node) -> ir.Expression:
    """An expression that stands where a definition stands."""
    here = ir.Opaque()
    here.cst, here.home = node.cst, node.home
    return here
