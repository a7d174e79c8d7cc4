"""Functions that nobody calls in sight: run with unknown arguments, methods on an instance.

In which order they are called, if at all, is not known: what one of them changes may or may not have been changed when
another runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from functools import partial
from itertools import islice

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.scopes import ScopeKind
from flake8_logits.interpret.abstract.slots import MODE
from flake8_logits.interpret.abstract.state import Key, Writes
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, FunctionKind, Object, Value
from flake8_logits.interpret.abstract.widening import differing
from flake8_logits.interpret.engine.classes import initialise
from flake8_logits.interpret.engine.interpreter import FRAMEWORKS, Interpreter
from flake8_logits.interpret.engine.known_instances import MOST_INSTANCES
from flake8_logits.interpret.engine.mentions import holds_any
from flake8_logits.interpret.engine.waiting import Waiting, name_of
from flake8_logits.source import syntax as ir

MOST_REPEATS = 3
"""So often functions are run again that may find changed what others change."""


def run_uncalled(interp: Interpreter, paths: Container[str] | None = None) -> None:
    """Run what was not entered yet, of the files at these paths alone where any are given.

    Functions that no other of them mentions come first: what they call is then run with the arguments it is given.
    """
    interp.unordered = True
    interp.budget.begin_uncalled()
    waiting = Waiting(interp, paths)
    ran: list[Function] = []
    changed: dict[Key, None] = {}
    instantiated = 0
    while True:
        for cls in list(interp.classes.values())[instantiated:]:
            instantiated += 1
            if paths is None or cls.node.home.path in paths:
                _instance(interp, cls)
        uncalled = waiting.next()
        if not uncalled:
            break
        for function in uncalled:
            if function.node not in interp.entered:
                ran.append(function)
                changed.update(dict.fromkeys(_call_unordered(interp, function)))
    if interp.may_meet:
        _run_again(interp, ran, changed)
    if paths is None:
        _settle_doubts(interp)


def _settle_doubts(interp: Interpreter) -> None:
    """Run by themselves the functions with a loss of which not every call was followed.

    What is met there whatever the arguments are is met at every call.
    """
    for node, function in interp.functions.items():
        doubt = interp.observations.taken_doubt(node) if _stands_alone(interp, function) else None
        if doubt is not None:
            _call_unordered(interp, function)
            interp.observations.settle(node, doubt)


def run_by_themselves(interp: Interpreter, places: Container[ir.Node]) -> None:
    """Run by themselves the functions of the document that hold some places, on whatever instances were made."""
    for node, function in list(interp.functions.items()):
        if interp.observations.here(node) and holds_any(node, places) and _stands_alone(interp, function):
            _call_unordered(interp, function)


def _stands_alone(interp: Interpreter, function: Function) -> bool:
    """Whether nothing but its arguments tells one call of a function from another: no closure, no unseen instance."""
    owner = function.owner
    if owner is not None and len(interp.instances.of(owner.node)) >= MOST_INSTANCES:
        return False
    scope = function.scope if owner is None else function.scope.parent
    return scope is not None and scope.kind is ScopeKind.MODULE


def _run_again(interp: Interpreter, ran: list[Function], changed: dict[Key, None]) -> None:
    """Run once more what may find changed what others change, as far as as much again as all the rest allows."""
    with interp.budget.again():
        for _ in range(MOST_REPEATS):
            again = _concerned(interp, ran, changed)
            changed = {}
            for function in again:
                changed.update(dict.fromkeys(_call_unordered(interp, function)))


def _concerned(interp: Interpreter, ran: list[Function], changed: Iterable[Key]) -> list[Function]:
    """Those of some functions that mention what has changed, or mention a function that does."""
    names: set[object] = {name for _, name in changed if name is not MODE}
    if not names:
        return []
    if not all(isinstance(name, str) for name in names):
        # The content of something: by which names it is known cannot be told.
        return ran
    mentioning: defaultdict[object, list[ir.Node]] = defaultdict(list)
    for node in interp.functions:
        for name in interp.mentions.names_in(node):
            mentioning[name].append(node)
    concerned: set[ir.Node] = set()
    todo = list(names)
    while todo:
        for node in mentioning[todo.pop()]:
            concerned.add(node)
            name = name_of(interp.functions[node])
            if name and name not in names:
                names.add(name)
                todo.append(name)
    return [function for function in ran if function.node in concerned]


def _instance(interp: Interpreter, cls: Class) -> None:
    if interp.instances.of(cls.node):
        return
    interp.step(("instance", cls.node), partial(_make_instance, interp, cls), cls)


def _make_instance(interp: Interpreter, cls: Class) -> None:
    instance = Object(InstanceRef(cls.node, cls))
    interp.instances.note(cls.node, instance)
    node = cls.node
    unknown = Arguments((), (), Lost(Reason.PARAMETER, node, cls.name))
    guarded(interp, lambda: initialise(interp, instance, unknown, _here(node)))


def _selves(interp: Interpreter, owner: Class) -> list[Object]:
    """The instances a method may be run on: those of its class and of the classes derived from it."""
    derived = interp.derived.of(owner, interp.classes.values())
    found = [instance for cls in derived for instance in interp.instances.of(cls.node)]
    own = interp.instances.of(owner.node)
    if found and _is_abstract(owner):
        # It has no instances of its own but those made here, for its methods.
        own = [instance for instance in own if instance.ref.node is not owner.node]
    every = [*own, *found]
    return [instance for instance in every if not _is_unfinished(interp, instance)] or every


def _is_unfinished(interp: Interpreter, instance: Object) -> bool:
    """Whether an instance was made here for the methods of its class, and is not of a class that has any."""
    assert isinstance(instance.ref, InstanceRef)
    made_here = instance.ref.node is instance.ref.cls.node
    return made_here and any(framework.unfinished(interp, instance) for framework in FRAMEWORKS)


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
    instances: list[Object] = []
    if function.owner is not None and function.kind not in (FunctionKind.STATIC, FunctionKind.CLASS):
        instances = _selves(interp, function.owner)
    with interp.budget.share(interp.mentions.size_of(node)):
        act = partial(_call_alone, interp, function, instances)
        return interp.step(("function", node), act, function, *instances)


def _call_alone(interp: Interpreter, function: Function, instances: list[Object]) -> list[Key]:
    """Call a function with nothing known of its arguments, a method on one of some instances."""
    node = function.node
    args: list[tuple[Value, ir.Node | None]] = []
    if instances:
        args.append((choice([(instance, ()) for instance in instances]), None))
    unknown = Arguments(tuple(args), (), Lost(Reason.PARAMETER, node))
    entered = len(interp.entered)
    bottom = interp.state
    interp.state = bottom.fork()
    guarded(interp, lambda: interp.call(function, unknown, _here(node)))
    writes = interp.state.flatten(bottom)
    interp.state = bottom
    changed = differing(bottom, writes)
    symbol = fresh_symbol()
    bottom.join([(writes, {symbol: True}), (Writes(), {symbol: False})])
    if interp.budget.calls_are_spent:
        interp.spoil()
        for body in islice(reversed(interp.entered), len(interp.entered) - entered):
            if body is not node:
                interp.observations.doubt(body, Lost(Reason.STATEMENTS, body))
    return changed


def guarded(interp: Interpreter, act: Callable[[], object]) -> None:
    """Run something without letting an exhausted stack end the whole program."""
    state, depth = interp.state, len(interp.frames)
    try:
        act()
    except (RecursionError, ArithmeticError, MemoryError, ValueError):
        interp.state = state
        del interp.frames[depth:]
        interp.spoil()
    state.ended = False


def _here(node: ir.Node) -> ir.Expression:
    """An expression that stands where a definition stands."""
    return ir.standing_at(ir.Opaque(), node)
