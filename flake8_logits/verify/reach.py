"""How a place is reached: the node that stands there, and the way that leads to it from the top of the module."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeGuard

from flake8_logits.domain.places import Span
from flake8_logits.knowledge.compiling import COMPILE, LOSS
from flake8_logits.knowledge.hooks import BEFORE_GRAPH, MAKES_GRAPH, OUT_OF_GRAPH, RUN_WHAT_THEY_ARE_GIVEN
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source.magics import mask_magics
from flake8_logits.source.units import Unit
from flake8_logits.verify.bindings import COMPREHENSIONS, bound_here
from flake8_logits.verify.patience import tick
from flake8_logits.verify.steps import steps_in_graph

FITTED = "__fitted__"
"""Calls a loss with what a model gives, as training does once the model is compiled with it."""
ALONE = "__alone__"
"""Calls a function or a method that nobody calls, with what is made up."""
MAY_RETURN = "__meet_activation__"
_CALL = "call"
_CALLS = (_CALL, "__call__")
_DEEPEST = 8
"""How many functions within functions are gone through."""
_IMPLIED = {"__init__": "", "call": "", "build": "", "__call__": ""}


@dataclass
class Text:
    """The statements of a document, of all its cells; ``cells`` gives the cell of each."""

    body: list[ast.stmt]
    cells: list[int | None]
    units: dict[int | None, Unit]

    def parents(self) -> dict[int, ast.AST]:
        """The parent of every node, by the node's id."""
        return {id(child): node for top in self.body for node in ast.walk(top) for child in ast.iter_child_nodes(node)}


def text_of(units: Sequence[Unit]) -> Text:
    """The statements of some units, without cells that Python cannot parse.  Raises SyntaxError if nothing is left."""
    body: list[ast.stmt] = []
    cells: list[int | None] = []
    error: SyntaxError | None = None
    for unit in units:
        try:
            parsed = _parse(unit.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
            error = fault if isinstance(fault, SyntaxError) else SyntaxError(str(fault))
            continue
        ast.increment_lineno(parsed, unit.line_offset)
        body.extend(parsed.body)
        cells.extend([unit.cell] * len(parsed.body))
    if not body and error is not None:
        raise error
    return Text(body, cells, {unit.cell: unit for unit in units})


def _parse(text: str) -> ast.Module:
    """The tree of a text.  Raises SyntaxError, and ValueError where a number in it could not be written again."""
    try:
        parsed = ast.parse(text)
    except SyntaxError:
        parsed = ast.parse(mask_magics(text))
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            str(node.value)  # Python reads more digits in other bases than it writes
    return parsed


def node_at(text: Text, span: Span) -> ast.expr | None:
    """The expression that covers a span; None where there is none."""
    unit = text.units.get(span.cell)
    lines = unit.text.split("\n") if unit is not None else []
    offset = unit.line_offset if unit is not None else 0

    def column(line: int, offset_in_bytes: int) -> int:
        index = line - offset - 1
        if not 0 <= index < len(lines):
            return offset_in_bytes
        return len(lines[index].encode()[:offset_in_bytes].decode(errors="replace"))

    best: ast.expr | None = None
    for top, cell in zip(text.body, text.cells, strict=True):
        if cell != span.cell or not (top.lineno <= span.line <= (top.end_lineno or top.lineno) or _decorated(top)):
            continue
        for node in ast.walk(top):
            if not isinstance(node, ast.expr) or node.end_lineno is None or node.end_col_offset is None:
                continue
            if (node.end_lineno, column(node.end_lineno, node.end_col_offset)) != (span.end_line, span.end_column):
                continue
            if (node.lineno, column(node.lineno, node.col_offset)) == (span.line, span.column):
                # Of several the outermost: walk goes from outside to the inside.
                return node
            if node.lineno == span.line and best is None:
                best = node
    return best


def _decorated(top: ast.stmt) -> bool:
    return isinstance(top, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and bool(top.decorator_list)


@dataclass
class Way:
    """A way to a place: a copy of the module's statements, in which the nodes that lead there are marked ``on_path``.

    Of the statements on the way only the expression that leads on is left, unless ``whole`` is asked for.  ``guessed``
    is set where the program calls the place in another way that is not this one, ``apart`` where a method is called
    that the program calls in a way that is not seen, on an object that may have been changed by then.  ``in_graph`` is
    whether what leads there would make a graph of it where we call it instead, None where that cannot be told.
    """

    body: list[ast.stmt]
    whole: list[ast.stmt]
    guessed: bool = False
    apart: bool = False
    in_graph: bool | None = False


def _way(text: Text, nodes: set[int], instead: dict[int, ast.Expr], more: Sequence[ast.stmt] = ()) -> Way:
    """A way of its own: what is done to its statements is not done to the text."""
    return Way(_copied(text, nodes, instead, more), _copied(text, nodes, {}, more))


def _copied(text: Text, nodes: set[int], instead: dict[int, ast.Expr], more: Sequence[ast.stmt]) -> list[ast.stmt]:
    body: list[ast.stmt] = []
    for top in [*text.body, *more]:
        for node in ast.walk(top):
            node.on_path = id(node) in nodes  # type: ignore[attr-defined]
    for one in [*text.body, *more]:
        memo: dict[int, object] = {}
        for statement in ast.walk(one):
            if id(statement) in instead:
                expression = copy.deepcopy(instead[id(statement)])
                expression.on_path = True  # type: ignore[attr-defined]
                memo[id(statement)] = expression
        body.append(copy.deepcopy(one, memo))
    return body


def ways(text: Text, place: ast.expr) -> Iterator[Way]:
    """Yield ways to a place, the likeliest first.

    First by the calls that the program itself makes, where nobody makes the first of them by calling that function
    alone; then by calling the innermost function alone.
    """
    parents = text.parents()
    chain = _chain(text, parents, place)
    if chain is not None:
        way = _way(text, _nodes_on(parents, chain), _instead(parents, chain))
        compiled = any(_given_as_loss(parents, node) for node in chain)
        yield replace(way, in_graph=None if compiled else _leads_through_graph(text, chain))
    else:
        yield from (way for called in _uncalled(text, parents, place) for way in _alone(text, parents, called))
    yield from (replace(way, guessed=chain is not None) for way in _alone(text, parents, [place]))
    plain = _chain(text, parents, place, transformed=False)
    if chain is not None and plain is not None and plain != chain:
        yield replace(_way(text, _nodes_on(parents, plain), _instead(parents, plain)), guessed=True)


def name_lambda(text: Text, place: ast.expr) -> None:
    """Make a function of a lambda in which a place stands, if it has a name: where that is called can be looked up."""
    parents = text.parents()
    current = parents.get(id(place))
    while current is not None and not isinstance(current, (ast.Lambda, ast.stmt)):
        current = parents.get(id(current))
    bound = parents.get(id(current))
    if not isinstance(current, ast.Lambda) or not isinstance(bound, ast.Assign) or len(bound.targets) != 1:
        return
    target = bound.targets[0]
    if isinstance(target, ast.Name):
        body = ast.copy_location(ast.Return(current.body), current.body)
        made = ast.FunctionDef(target.id, current.args, [body], [], lineno=bound.lineno)
        _put(text, parents.get(id(bound)), bound, ast.copy_location(made, bound))


def _put(text: Text, above: ast.AST | None, old: ast.stmt, new: ast.stmt) -> None:
    """Put a statement in the place of another."""
    blocks = [text.body] if above is None else [one for _, one in ast.iter_fields(above) if isinstance(one, list)]
    for block in blocks:
        block[:] = [new if one is old else one for one in block]


def is_asynchronous(text: Text, node: ast.expr) -> bool:
    """Whether a node stands in an asynchronous function."""
    return any(isinstance(one, ast.AsyncFunctionDef) for one in _functions_around(text.parents(), node))


def _instead(parents: dict[int, ast.AST], chain: list[ast.expr]) -> dict[int, ast.Expr]:
    given, handed = _given_instead(parents, chain)
    found: dict[int, ast.Expr] = dict(given)
    for index, node in enumerate(chain):
        if 0 < index <= handed:
            continue  # the program's own calls lead there from the loss
        if _is_lifted(parents.get(id(node)), node):
            continue  # called by us it would stay in the graph around it
        run: ast.expr = node
        if index:
            above = parents.get(id(node))
            if isinstance(above, ast.Attribute) and above.attr in BEFORE_GRAPH:
                run = _made_call(ALONE, above)
            else:
                run = _called_here(parents, node, chain[index - 1])
        statement = _statement_of(parents, node)
        if statement is not None and not (index == 0 and _returns(node)):
            found[id(statement)] = ast.fix_missing_locations(ast.copy_location(ast.Expr(run), node))
    return found


def _given_instead(parents: dict[int, ast.AST], chain: list[ast.expr]) -> tuple[dict[int, ast.Expr], int]:
    """What is run where ``compile`` is given the loss in which the place stands, and what of the chain stands there."""
    for index, node in enumerate(chain):
        given = _given_as_loss(parents, node)
        statement = None if given is None else _statement_of(parents, given[1])
        if given is not None and statement is not None:
            run = ast.copy_location(ast.Expr(_made_call(FITTED, *given)), given[1])
            return {id(statement): ast.fix_missing_locations(run)}, index
    return {}, 0


def _given_as_loss(parents: dict[int, ast.AST], node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """The loss of a call of ``compile`` in which a node stands, and the model; None where it stands in none.

    Of several losses it is not told which output each is for.
    """
    loss = below = node
    above = parents.get(id(node))
    while isinstance(above, ast.expr) and not _is_compile(above) and not isinstance(above, ast.Dict):
        below = above
        if not isinstance(above, (ast.List, ast.Tuple)):
            loss = above
        elif len(above.elts) > 1:
            return None
        above = parents.get(id(above))
    if isinstance(above, ast.keyword) and above.arg == LOSS.name:
        above = parents.get(id(above))
    elif not isinstance(above, ast.Call) or not _stands_at(below, above, LOSS):
        return None
    if not isinstance(above, ast.Call) or not _is_compile(above) or not isinstance(above.func, ast.Attribute):
        return None
    return loss, above.func.value


def _stands_at(node: ast.AST, call: ast.Call, parameter: Parameter) -> bool:
    """Whether a node is what a call gives a parameter by its place."""
    place = parameter.index
    return place is not None and place < len(call.args) and call.args[place] is node


def _is_compile(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == COMPILE


def _called_here(parents: dict[int, ast.AST], node: ast.expr, leads_to: ast.expr) -> ast.expr:
    """The call of what a node names, or ours where the program only hands it on.

    Where that is an object whose method is wanted, the object is called.
    """
    above = parents.get(id(node))
    if not isinstance(above, ast.Call) or above.func is not node:
        return _made_call(ALONE, node)
    function = _functions_around(parents, leads_to)[0]
    outer = parents.get(id(above))
    if getattr(function, "name", "") in _CALLS and isinstance(outer, ast.Call) and outer.func is above:
        return outer
    return above


def _is_lifted(above: ast.AST | None, node: ast.expr) -> bool:
    """Whether a function is handed to what calls it outside of any graph."""
    lifts = isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute) and above.func.attr in OUT_OF_GRAPH
    return lifts and isinstance(above, ast.Call) and above.func is not node


def _returns(place: ast.expr) -> bool:
    """Whether our call at the place may return, so that the rest of its statement is wanted too."""
    return isinstance(place, ast.Call) and isinstance(place.func, ast.Name) and place.func.id == MAY_RETURN


def _statement_of(parents: dict[int, ast.AST], node: ast.AST) -> ast.stmt | None:
    """The statement that an expression is part of; None where it has names of its own around it."""
    current: ast.AST | None = node
    while current is not None and not isinstance(current, ast.stmt):
        if isinstance(current, (ast.Lambda, ast.IfExp, ast.BoolOp, ast.NamedExpr, *COMPREHENSIONS)):
            return None  # has names of its own around it, or may not be evaluated at all
        current = parents.get(id(current))
    if isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return None
    return current


def _functions_around(parents: dict[int, ast.AST], node: ast.AST) -> list[ast.AST]:
    """The functions and classes that a node stands in, innermost first."""
    found: list[ast.AST] = []
    current = parents.get(id(node))
    while current is not None:
        if isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(current)
        current = parents.get(id(current))
    return found


def _leads_through_graph(text: Text, chain: list[ast.expr]) -> bool | None:
    """Whether a graph is made where a way is ours and not the program's; None where that cannot be told.

    What the program calls itself tells it when it is run.  But a layer is called again when its model trains, and what
    a lambda calls is called by whatever that is given to.
    """
    parents = text.parents()
    handed = [before for before, node in pairwise(chain) if not _called(parents, node)]
    again = [None if _is_called_again(parents, node) else False for node in chain]
    return _either(*again, *(in_graph(text, before) for before in handed))


def _either(*told: bool | None) -> bool | None:
    """Whether any is true; None where none is and one cannot be told."""
    return True if True in told else None if None in told else False


def _is_called_again(parents: dict[int, ast.AST], node: ast.AST) -> bool:
    """Whether a node stands in a lambda, or in what a layer or model does when it is called."""
    current = parents.get(id(node))
    while current is not None:
        if isinstance(current, ast.Lambda):
            return True
        method = isinstance(current, ast.FunctionDef) and isinstance(parents.get(id(current)), ast.ClassDef)
        if method and getattr(current, "name", "") == _CALL:
            return True
        current = parents.get(id(current))
    return False


def in_graph(text: Text, place: ast.expr) -> bool | None:
    """Whether a function around a place that nobody is seen to call is made a graph: by whatever it is given to.

    None where that cannot be told, as where nothing is seen to call it, or another module may make a graph of it.
    """
    parents = text.parents()
    around = _functions_around(parents, place)
    for function, outside in zip(around, [*around[1:], None], strict=True):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        if any(_is_function(one) for one in function.decorator_list):
            return True
        if isinstance(outside, ast.ClassDef):
            return steps_in_graph(text.body, outside, function.name)
        calls = [parents.get(id(node)) for node in _mentions(text, parents, function)]
        if calls:
            return True if all(isinstance(one, ast.Call) and _is_function(one) for one in calls) else None
    return None


def _is_function(node: ast.expr) -> bool:
    """Whether something is ``tf.function``, with options or without."""
    made = node.func if isinstance(node, ast.Call) else node
    return isinstance(made, ast.Attribute) and made.attr == MAKES_GRAPH


def _chain(text: Text, parents: dict[int, ast.AST], place: ast.expr, transformed: bool = True) -> list[ast.expr] | None:
    """The place and the calls that lead to it, the last of them outside of all functions; None if there is no such.

    What a function is called through that is made of it counts if it may be ``transformed``.
    """
    todo: list[list[ast.expr]] = [[place]]
    seen: set[int] = set()
    while todo:
        way = todo.pop(0)
        around = _functions_around(parents, way[-1])
        function = next((one for one in around if not isinstance(one, ast.ClassDef)), None)
        if function is None:
            return way
        if id(function) in seen:
            continue
        seen.add(id(function))
        todo.extend([*way, mention] for mention in _mentions(text, parents, function, transformed))
    return None


def _uncalled(text: Text, parents: dict[int, ast.AST], place: ast.expr) -> Iterator[list[ast.expr]]:
    """The place and the calls that lead to it, from a function that nobody calls; nothing if that is the innermost."""
    todo: list[list[ast.expr]] = [[place]]
    seen: set[int] = set()
    while todo:
        way = todo.pop(0)
        function = next((one for one in _functions_around(parents, way[-1]) if not isinstance(one, ast.ClassDef)), None)
        if function is None or id(function) in seen:
            continue
        seen.add(id(function))
        mentions = _mentions(text, parents, function)
        if not mentions and len(way) > 1:
            yield way
            return
        todo.extend([*way, mention] for mention in mentions)


def _mentions(text: Text, parents: dict[int, ast.AST], function: ast.AST, transformed: bool = True) -> list[ast.expr]:
    """Where a function is named outside of itself, in the order of the text; those outside of functions first."""
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    owner = parents.get(id(function))
    method = isinstance(owner, ast.ClassDef)
    name = owner.name if isinstance(owner, ast.ClassDef) and function.name in _IMPLIED else function.name
    by_attribute = method and function.name not in _IMPLIED
    found: list[ast.expr] = []
    inside = {id(node) for node in ast.walk(function)}
    for top in text.body:
        for node in ast.walk(top):
            tick()
            if id(node) in inside:
                continue
            if isinstance(node, ast.Attribute) and node.attr == name and by_attribute:
                found.append(node)
            elif isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and not by_attribute:
                found.append(node)
    if transformed:
        found = [used for node in found for used in _uses(text, parents, node)]
    called = [node for node in found if _called(parents, node)]
    return sorted(called or found, key=lambda node: bool(_functions_around(parents, node)))


def _uses(text: Text, parents: dict[int, ast.AST], node: ast.expr) -> list[ast.expr]:
    """Where a function that is named is called through a transformation of it; else where it is named."""
    outer = node
    while (above := _transformation(parents, outer)) is not None:
        outer = above
    if outer is node or _called(parents, outer):
        return [outer]
    bound = parents.get(id(outer))
    if not (isinstance(bound, ast.Assign) and len(bound.targets) == 1 and isinstance(bound.targets[0], ast.Name)):
        return [node]
    around = next((one for one in _functions_around(parents, outer) if not isinstance(one, ast.ClassDef)), None)
    name = bound.targets[0].id
    walked = (one for top in ([around] if around is not None else text.body) for one in ast.walk(top))
    uses = [one for one in walked if isinstance(one, ast.Name) and one.id == name and one is not bound.targets[0]]
    return [*uses] if uses and all(_called(parents, one) for one in uses) else [node]


def _transformation(parents: dict[int, ast.AST], node: ast.expr) -> ast.Call | None:
    """The transformation that a function is given to, whose result runs it."""
    above = parents.get(id(node))
    if not isinstance(above, ast.Call) or not above.args or above.args[0] is not node:
        return None
    name = above.func.attr if isinstance(above.func, ast.Attribute) else getattr(above.func, "id", "")
    return above if name in RUN_WHAT_THEY_ARE_GIVEN else None


def _called(parents: dict[int, ast.AST], node: ast.AST) -> bool:
    above = parents.get(id(node))
    return isinstance(above, ast.Call) and above.func is node


def _nodes_on(parents: dict[int, ast.AST], chain: list[ast.expr]) -> set[int]:
    found: set[int] = set()
    for node in chain:
        current: ast.AST | None = node
        while current is not None:
            found.add(id(current))
            current = parents.get(id(current))
    return found


def _alone(text: Text, parents: dict[int, ast.AST], chain: list[ast.expr]) -> Iterator[Way]:
    """The way by which a function that nobody calls is called after everything else at the module's top.

    A function within another is run where that names it.
    """
    around = _functions_around(parents, chain[-1])
    function = next((one for one in around if not isinstance(one, ast.ClassDef)), None)
    if function is None:
        return
    outermost = around[-1]
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    owner = parents.get(id(function))
    call: ast.expr
    if function is outermost:
        call = _made_call(ALONE, ast.Name(function.name, ast.Load()))
    elif owner is outermost and isinstance(owner, ast.ClassDef):
        instance = _instance(text, owner)
        call = _made_call(ALONE, instance, ast.Constant(function.name))
    else:
        inside = {id(node) for node in ast.walk(outermost)}
        mention = next((one for one in _mentions(text, parents, function) if id(one) in inside), None)
        if mention is not None and len(chain) < _DEEPEST:
            yield from _alone(text, parents, [*chain, mention])
        return
    statement = ast.fix_missing_locations(ast.Expr(call))
    way = _way(text, {*_nodes_on(parents, chain), id(statement)}, _instead(parents, chain), [statement])
    graph = _either(in_graph(text, chain[-1]), _leads_through_graph(text, chain))
    yield replace(way, apart=function is not outermost, in_graph=graph)


def _instance(text: Text, cls: ast.ClassDef) -> ast.expr:
    """The program's instance, or how it makes one, outside of its functions; else the class, to be made up from."""
    top_names = bound_here(text.body)
    held = [top for top in text.body if isinstance(top, ast.Assign) and _makes(top.value, cls)]
    if len(held) == 1 and isinstance(held[0].targets[0], ast.Name) and _bound_once(text, held[0].targets[0].id):
        return ast.Name(held[0].targets[0].id, ast.Load())
    for top in text.body:
        if isinstance(top, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for node in ast.walk(top):
            if _makes(node, cls):
                return copy.deepcopy(node)
    assert cls.name in top_names
    return ast.Name(cls.name, ast.Load())


def _makes(node: ast.AST, cls: ast.ClassDef) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == cls.name


def _bound_once(text: Text, name: str) -> bool:
    nodes = [node for top in text.body for node in ast.walk(top) if isinstance(node, ast.Name) and node.id == name]
    return sum(not isinstance(node.ctx, ast.Load) for node in nodes) == 1


def _made_call(name: str, *args: ast.expr) -> ast.expr:
    call = ast.Call(ast.Name(name, ast.Load()), list(args), [])
    mark(call)
    return call


def mark(node: ast.expr) -> None:
    """Mark a node, and the names of ours in it, as put in by us: nothing that a program spells passes for it."""
    node.ours = True  # type: ignore[attr-defined]
    if isinstance(node, ast.Call):
        node.func.ours = True  # type: ignore[attr-defined]
