"""Comprehensions and generator expressions."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Const, Gap, Mapping, Value
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.containers import make_dict, make_sequence, rows_of
from flake8_logits.interpret.engine.interpreter import Interpreter, evaluates
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.source import syntax as ir


def _any_turn(interp: Interpreter, clause: ir.Node, sources: list[Value | Gap] | None) -> Value:
    """What the target of a clause is in any of its turns."""
    only = sources[0] if sources is not None and len(sources) == 1 else None
    same = only.each if isinstance(only, Gap) else None
    return interp.unknown(Reason.LOOP, clause) if same is None else same


@evaluates(ir.Comprehension)
def _comprehension(interp: Interpreter, node: ir.Comprehension, scope: Scope) -> Value:
    inner = Scope(ScopeKind.COMPREHENSION, scope)
    inner.captured = scope.captured
    items: list[Value | Gap] = []
    mapping = Mapping(())
    clause = node.clauses[0] if node.clauses else None
    sources = None
    if clause is not None:
        iterable = interp.evaluate(clause.iterable, scope)
        sources = rows_of(interp, iterable, clause)
    simple = len(node.clauses) == 1 and sources is not None and len(sources) <= 32
    if clause is None or not simple or sources is None or any(isinstance(item, Gap) for item in sources):
        # The element is run once for the models it may build and the losses it may meet.
        for part in node.clauses:
            if part is not clause:
                interp.evaluate(part.iterable, inner)
            assign(interp, part.target, _any_turn(interp, part, sources if part is clause else None), inner)
        lost = interp.unknown(Reason.LOOP, node).lost
        interp.evaluate(node.element, inner)
        if node.kind == "dict":
            return make_dict(interp, node, Mapping((), lost))
        return make_sequence(interp, node, node.kind, [Gap(lost)])
    for source in sources:
        assert not isinstance(source, Gap)
        interp.spend()
        if interp.budget.spent:
            lost = interp.unknown(Reason.STATEMENTS, node).lost
            items.append(Gap(lost))
            mapping = Mapping(mapping.items, lost)
            break
        assign(interp, clause.target, source, inner)
        answers = [truths(interp, interp.evaluate(condition, inner)) for condition in clause.conditions]
        if any(answer == [(False, ())] for answer in answers):
            continue
        element = interp.evaluate(node.element, inner)
        if any(len(answer) > 1 for answer in answers):
            items.append(Gap(interp.unknown(Reason.LOOP, node).lost))
            mapping = Mapping(mapping.items, interp.unknown(Reason.LOOP, node).lost)
        elif node.key is not None:
            key = interp.evaluate(node.key, inner)
            lost_key = interp.unknown(Reason.EXPRESSION, node.key).lost
            mapping = mapping.put(key.value, element) if isinstance(key, Const) else Mapping(mapping.items, lost_key)
        else:
            items.append(element)
    return make_dict(interp, node, mapping) if node.kind == "dict" else make_sequence(interp, node, node.kind, items)
