"""Comprehensions and generator expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import ITERATOR, Const, Gap, Mapping, Value
from flake8_logits.interpret.engine.asking import answers_to
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.branches import any_times, fork, later
from flake8_logits.interpret.engine.containers import make_dict, make_sequence, rows_of
from flake8_logits.interpret.engine.interpreter import Interpreter, evaluates
from flake8_logits.interpret.engine.special_methods import iterated
from flake8_logits.source import syntax as ir

MOST_SOURCES = 32
"""Over more items than these, the element is run once for all of them."""

_Sources = list[Value | Gap] | None


@evaluates(ir.Comprehension)
def _comprehension(interp: Interpreter, node: ir.Comprehension, scope: Scope) -> Value:
    inner = Scope(ScopeKind.COMPREHENSION, scope)
    inner.captured = scope.captured
    sources = _sources(interp, node.clauses[0], scope) if node.clauses else None
    if node.kind == "generator":
        return interp.put_off(node, lambda: later(interp, lambda: _run(interp, node, sources, inner), node))
    return _run(interp, node, sources, inner)


def _run(interp: Interpreter, node: ir.Comprehension, sources: _Sources, inner: Scope) -> Value:
    if len(node.clauses) == 1 and sources is not None and len(sources) <= MOST_SOURCES:
        known = [source for source in sources if not isinstance(source, Gap)]
        if len(known) == len(sources):
            return _turn_by_turn(interp, node, node.clauses[0], known, inner)
    _any_turns(interp, node, 0, sources, inner)
    lost = interp.unknown(Reason.LOOP, node).lost
    if node.kind == "dict":
        return make_dict(interp, node, Mapping((), lost))
    return make_sequence(interp, node, _kind(node), [Gap(lost)])


def _kind(node: ir.Comprehension) -> str:
    return ITERATOR if node.kind == "generator" else node.kind


def _sources(interp: Interpreter, clause: ir.Clause, scope: Scope) -> _Sources:
    """What a clause walks through, item by item; None where that is not known."""
    iterable = iterated(interp, interp.evaluate(clause.iterable, scope), clause.iterable)
    return rows_of(interp, iterable, clause)


def _any_turns(interp: Interpreter, node: ir.Comprehension, index: int, sources: _Sources, scope: Scope) -> None:
    """Run the element as often as it may be, for what it builds, changes and meets, from the clause at an index on."""
    if index == len(node.clauses):
        _run_element(interp, node, scope)
        return
    clause = node.clauses[index]

    def further() -> None:
        following = node.clauses[index + 1 : index + 2]
        _any_turns(interp, node, index + 1, _sources(interp, following[0], scope) if following else None, scope)

    def turn() -> None:
        assign(interp, clause.target, _any_item(interp, clause, sources), scope)
        _where(interp, clause.conditions, scope, further)

    begins = sources is not None and any(not isinstance(source, Gap) for source in sources)
    any_times(interp, turn, node, at_least_once=begins)


def _any_item(interp: Interpreter, clause: ir.Node, sources: _Sources) -> Value:
    """What the target of a clause is in any of its turns."""
    only = sources[0] if sources is not None and len(sources) == 1 else None
    same = only.each if isinstance(only, Gap) else None
    return interp.unknown(Reason.LOOP, clause) if same is None else same


def _where(interp: Interpreter, conditions: Sequence[ir.Expression], scope: Scope, run: Callable[[], None]) -> bool:
    """Run something where all conditions hold; whether it is certain that they do, or that they do not."""
    if not conditions:
        run()
        return True
    first, *others = conditions
    answers = answers_to(interp, first, scope)
    certain = [len(answers) == 1]

    def answered(holds: bool) -> None:
        if holds:
            certain.append(_where(interp, others, scope, run))

    fork(interp, answers, answered)
    return all(certain)


def _run_element(interp: Interpreter, node: ir.Comprehension, scope: Scope) -> tuple[Value | None, Value]:
    """The key, of a dict, and the element for what the targets are now."""
    key = None if node.key is None else interp.evaluate(node.key, scope)
    return key, interp.evaluate(node.element, scope)


def _elements(
    interp: Interpreter, node: ir.Comprehension, clause: ir.Clause, scope: Scope
) -> tuple[list[tuple[Value | None, Value]], bool]:
    """What one turn gives on each way that leads to an element, and whether all do, or none."""
    found: list[tuple[Value | None, Value]] = []
    certain = _where(interp, clause.conditions, scope, lambda: found.append(_run_element(interp, node, scope)))
    return found, certain


def _turn_by_turn(
    interp: Interpreter, node: ir.Comprehension, clause: ir.Clause, sources: list[Value], scope: Scope
) -> Value:
    """Run the element for each source."""
    items: list[Value | Gap] = []
    content = Mapping(())
    for source in sources:
        interp.spend()
        if interp.budget.spent:
            lost = interp.unknown(interp.out_of_budget, node).lost
            items.append(Gap(lost))
            content = Mapping(content.items, lost)
            break
        assign(interp, clause.target, source, scope)
        found, certain = _elements(interp, node, clause, scope)
        for key, element in found[:1]:
            if not certain:
                lost = interp.unknown(Reason.LOOP, node).lost
                items.append(Gap(lost))
                content = Mapping(content.items, lost)
            elif key is not None and node.key is not None:
                content = _with_key(interp, content, key, element, node.key)
            else:
                items.append(element)
    if node.kind == "dict":
        return make_dict(interp, node, content)
    return make_sequence(interp, node, _kind(node), items)


def _with_key(interp: Interpreter, content: Mapping, key: Value, element: Value, node: ir.Node) -> Mapping:
    if isinstance(key, Const):
        return content.put(key.value, element)
    return Mapping(content.items, interp.unknown(Reason.EXPRESSION, node).lost)
