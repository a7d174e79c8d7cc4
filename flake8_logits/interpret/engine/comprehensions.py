"""Comprehensions and generator expressions."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Const, Gap, Mapping, Value
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.containers import make_dict, make_sequence, rows_of
from flake8_logits.interpret.engine.interpreter import Interpreter, evaluates
from flake8_logits.interpret.engine.special_methods import iterated
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.source import syntax as ir

MOST_SOURCES = 32
"""Over more items than these, the element is run once for all of them."""


def _any_turn(interp: Interpreter, clause: ir.Node, sources: list[Value | Gap] | None) -> Value:
    """What the target of a clause is in any of its turns."""
    only = sources[0] if sources is not None and len(sources) == 1 else None
    same = only.each if isinstance(only, Gap) else None
    return interp.unknown(Reason.LOOP, clause) if same is None else same


@evaluates(ir.Comprehension)
def _comprehension(interp: Interpreter, node: ir.Comprehension, scope: Scope) -> Value:
    inner = Scope(ScopeKind.COMPREHENSION, scope)
    inner.captured = scope.captured
    clause = node.clauses[0] if node.clauses else None
    sources = None
    if clause is not None:
        iterable = iterated(interp, interp.evaluate(clause.iterable, scope), clause.iterable)
        sources = rows_of(interp, iterable, clause)
        if len(node.clauses) == 1 and sources is not None and len(sources) <= MOST_SOURCES:
            known = [source for source in sources if not isinstance(source, Gap)]
            if len(known) == len(sources):
                return _turn_by_turn(interp, node, clause, known, inner)
    return _once(interp, node, sources, inner)


def _once(interp: Interpreter, node: ir.Comprehension, sources: list[Value | Gap] | None, scope: Scope) -> Value:
    """Run the element once, for the models it may build and the losses it may meet."""
    for index, clause in enumerate(node.clauses):
        if index:
            interp.evaluate(clause.iterable, scope)
        assign(interp, clause.target, _any_turn(interp, clause, None if index else sources), scope)
    lost = interp.unknown(Reason.LOOP, node).lost
    interp.evaluate(node.element, scope)
    if node.kind == "dict":
        return make_dict(interp, node, Mapping((), lost))
    return make_sequence(interp, node, node.kind, [Gap(lost)])


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
        answers = [truths(interp, interp.evaluate(condition, scope)) for condition in clause.conditions]
        if any(answer == [(False, ())] for answer in answers):
            continue
        element = interp.evaluate(node.element, scope)
        if any(len(answer) > 1 for answer in answers):
            lost = interp.unknown(Reason.LOOP, node).lost
            items.append(Gap(lost))
            content = Mapping(content.items, lost)
        elif node.key is not None:
            content = _with_key(interp, content, interp.evaluate(node.key, scope), element, node.key)
        else:
            items.append(element)
    if node.kind == "dict":
        return make_dict(interp, node, content)
    return make_sequence(interp, node, node.kind, items)


def _with_key(interp: Interpreter, content: Mapping, key: Value, element: Value, node: ir.Node) -> Mapping:
    if isinstance(key, Const):
        return content.put(key.value, element)
    return Mapping(content.items, interp.unknown(Reason.EXPRESSION, node).lost)
