"""What each kind of expression stands for."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import (
    NONE,
    SLICE,
    Arguments,
    Const,
    Function,
    Gap,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.asking import answers_to
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.classes import super_here
from flake8_logits.interpret.engine.containers import make_dict, make_sequence, turns
from flake8_logits.interpret.engine.functions import defaults_of
from flake8_logits.interpret.engine.interpreter import Interpreter, evaluates
from flake8_logits.interpret.engine.names import lookup_name
from flake8_logits.interpret.engine.operators import arithmetic, compare, unary
from flake8_logits.interpret.engine.special_methods import ask, iterated
from flake8_logits.interpret.engine.truth import negate, truths
from flake8_logits.knowledge.catalogue import names_a_reader
from flake8_logits.knowledge.special_methods import HASHED, TESTED, TEXT
from flake8_logits.source import syntax as ir


@evaluates(ir.Name)
def _name(interp: Interpreter, node: ir.Name, scope: Scope) -> Value:
    return lookup_name(interp, node.id, scope, node)


@evaluates(ir.Constant)
def _constant(interp: Interpreter, node: ir.Constant, scope: Scope) -> Value:
    if not interp.decides_here and isinstance(node.value, str) and names_a_reader(node.value):
        interp.decide()
    return Const(node.value, node)


@evaluates(ir.Attribute)
def _attribute(interp: Interpreter, node: ir.Attribute, scope: Scope) -> Value:
    return interp.get_attribute(interp.evaluate(node.value, scope), node.attr, node)


def arguments(interp: Interpreter, args: list[ir.Argument], scope: Scope) -> Arguments:
    """Evaluate the arguments of a call, stars unfolded where their content is known."""
    positional: list[tuple[Value, ir.Node | None]] = []
    keywords: list[tuple[str, Value, ir.Node | None]] = []
    lost = None
    for arg in args:
        value = interp.evaluate(arg.value, scope)
        if arg.star == "*":
            items = turns(interp, iterated(interp, value, arg.value))
            if items is None or any(isinstance(item, Gap) for item in items):
                lost = interp.unknown(Reason.EXPRESSION, arg).lost
                continue
            positional.extend((item, None) for item in items if not isinstance(item, Gap))
        elif arg.star == "**":
            content = interp.state.get(value.ref, ITEMS) if isinstance(value, Object) else value
            if not isinstance(content, Mapping):
                lost = interp.unknown(Reason.EXPRESSION, arg).lost
                continue
            keywords.extend((key, item, None) for key, item in content.items if isinstance(key, str))
            lost = lost or content.partial
        elif arg.keyword is not None:
            keywords.append((arg.keyword, value, arg))
        else:
            positional.append((value, arg))
    return Arguments(tuple(positional), tuple(keywords), lost)


@evaluates(ir.Call)
def _call(interp: Interpreter, node: ir.Call, scope: Scope) -> Value:
    if isinstance(node.func, ir.Name) and node.func.id == "super" and not node.args:
        return super_here(interp, node)
    callee = interp.evaluate(node.func, scope)
    return interp.call(callee, arguments(interp, list(node.args), scope), node)


@evaluates(ir.Collection)
def _collection(interp: Interpreter, node: ir.Collection, scope: Scope) -> Value:
    items: list[Value | Gap] = []
    for part in node.items:
        if isinstance(part, ir.Starred):
            inner = turns(interp, iterated(interp, interp.evaluate(part.value, scope), part))
            items.extend([Gap(interp.unknown(Reason.EXPRESSION, part).lost)] if inner is None else inner)
        else:
            item = interp.evaluate(part, scope)
            if node.kind == "set":
                ask(interp, item, HASHED, part)
            items.append(item)
    return make_sequence(interp, node, node.kind, items)


@evaluates(ir.DictDisplay)
def _dict(interp: Interpreter, node: ir.DictDisplay, scope: Scope) -> Value:
    items: list[tuple[object, Value]] = []
    partial: Lost | None = None
    for key_node, value_node in node.items:
        value = interp.evaluate(value_node, scope)
        if key_node is None:
            inner = interp.state.get(value.ref, ITEMS) if isinstance(value, Object) else value
            if isinstance(inner, Mapping):
                items.extend(inner.items)
                partial = partial or inner.partial
            else:
                partial = interp.unknown(Reason.EXPRESSION, value_node).lost
            continue
        key_value = interp.evaluate(key_node, scope)
        if isinstance(key_value, Const):
            items.append((key_value.value, value))
        else:
            ask(interp, key_value, HASHED, key_node)
            partial = interp.unknown(Reason.EXPRESSION, key_node).lost
    content = Mapping((), partial).put_all(items)
    return make_dict(interp, node, content)


@evaluates(ir.Binary)
def _binary(interp: Interpreter, node: ir.Binary, scope: Scope) -> Value:
    # A long sum leans to the left as deep as it is long: walk down instead of recursing.
    chain: list[ir.Binary] = [node]
    while isinstance(chain[-1].left, ir.Binary):
        chain.append(chain[-1].left)
    value = interp.evaluate(chain[-1].left, scope)
    for link in reversed(chain):
        value = arithmetic(interp, link.op, value, interp.evaluate(link.right, scope), link)
    return value


@evaluates(ir.Boolean)
def _boolean(interp: Interpreter, node: ir.Boolean, scope: Scope) -> Value:
    left = interp.evaluate(node.left, scope)
    stops = node.op == "or"

    def either(answer: bool) -> Value:
        if answer is not stops:
            return interp.evaluate(node.right, scope)
        narrowed = interp.state.narrow(left)
        if isinstance(narrowed, Unknown) and not stops:
            return Const(False)
        return left if narrowed is None else narrowed

    ask(interp, left, TESTED, node)
    answers = truths(interp, left)
    if len(answers) == 1:
        return either(answers[0][0])
    return interp.branches([(guards, _late(either, answer)) for answer, guards in answers])


def _late(act: Callable[[bool], Value], answer: bool) -> Callable[[], Value]:
    return lambda: act(answer)


@evaluates(ir.Unary)
def _unary(interp: Interpreter, node: ir.Unary, scope: Scope) -> Value:
    value = interp.evaluate(node.operand, scope)
    if node.op == "not":
        ask(interp, value, TESTED, node)
    return negate(interp, value) if node.op == "not" else unary(interp, node.op, value, node)


@evaluates(ir.Compare)
def _compare(interp: Interpreter, node: ir.Compare, scope: Scope) -> Value:
    left = interp.evaluate(node.left, scope)
    result: Value = Const(True)
    for op, right_node in zip(node.ops, node.rights, strict=True):
        right = interp.evaluate(right_node, scope)
        result = compare(interp, op, left, right, node)
        if len(node.ops) > 1 and result != Const(True):
            return result if result == Const(False) else interp.unknown(Reason.EXPRESSION, node)
        left = right
    return result


@evaluates(ir.Conditional)
def _conditional(interp: Interpreter, node: ir.Conditional, scope: Scope) -> Value:
    answers = answers_to(interp, node.test, scope)
    if len(answers) == 1:
        return interp.evaluate(node.body if answers[0][0] else node.orelse, scope)

    def either(answer: bool) -> Value:
        return interp.evaluate(node.body if answer else node.orelse, scope)

    return interp.branches([(guards, _late(either, answer)) for answer, guards in answers])


@evaluates(ir.Subscript)
def _subscript(interp: Interpreter, node: ir.Subscript, scope: Scope) -> Value:
    owner = interp.evaluate(node.value, scope)
    index = node.index
    if isinstance(index, ir.Slice):
        bounds = [
            None if part is None else interp.evaluate(part, scope) for part in (index.lower, index.upper, index.step)
        ]
        return interp.get_item(owner, None, node, bounds)
    return interp.get_item(owner, interp.evaluate(index, scope), node, None)


@evaluates(ir.Slice)
def _slice(interp: Interpreter, node: ir.Slice, scope: Scope) -> Value:
    """One of several slices, as in ``p[..., 4:]``."""
    bounds = (node.lower, node.upper, node.step)
    return Sequence(tuple(NONE if part is None else interp.evaluate(part, scope) for part in bounds), SLICE)


@evaluates(ir.Joined)
def _joined(interp: Interpreter, node: ir.Joined, scope: Scope) -> Value:
    parts = [interp.evaluate(part, scope) for part in node.parts]
    for part in parts:
        ask(interp, part, TEXT, node)
    if all(isinstance(part, Const) for part in parts):
        return Const("".join(str(part.value) for part in parts if isinstance(part, Const)))
    return interp.unknown(Reason.EXPRESSION, node)


@evaluates(ir.Formatted)
def _formatted(interp: Interpreter, node: ir.Formatted, scope: Scope) -> Value:
    """What stands there is evaluated for what it does."""
    ask(interp, interp.evaluate(node.value, scope), TEXT, node)
    return interp.unknown(Reason.EXPRESSION, node)


@evaluates(ir.Walrus)
def _walrus(interp: Interpreter, node: ir.Walrus, scope: Scope) -> Value:
    value = interp.evaluate(node.value, scope)
    # In a comprehension it binds the name outside of it.
    while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    assign(interp, node.target, value, scope)
    return value


@evaluates(ir.Lambda)
def _lambda(interp: Interpreter, node: ir.Lambda, scope: Scope) -> Value:
    function = Function(node, scope, defaults=defaults_of(interp, node.parameters, scope))
    scope.captured = True
    if interp.runs_whole(node):
        interp.functions.setdefault(node, function)
    return function


@evaluates(ir.Passing)
def _passing(interp: Interpreter, node: ir.Passing, scope: Scope) -> Value:
    value = None if node.value is None else interp.evaluate(node.value, scope)
    if value is not None and node.keyword == "yield from":
        value = iterated(interp, value, node)
        interp.go_on(value, node)
    if node.keyword != "await":
        interp.frame.pauses(interp.state)
        if value is not None:
            interp.observations.lifecycle.let_models_go((value,))
        return interp.unknown(Reason.EXPRESSION, node)
    return interp.unknown(Reason.EXPRESSION, node) if value is None else value
