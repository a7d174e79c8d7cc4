"""What the expressions of a program are, by place: asked by a hover, an inlay hint, and ``flake8-logits reveal``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flake8_logits.debug.bindings import targets_of
from flake8_logits.debug.observed import observe
from flake8_logits.debug.revealing import with_comments
from flake8_logits.debug.sentences import (
    Where,
    expectation,
    given_lines,
    loss_words,
    lost_words,
    output_words,
    reader_lines,
    value_words,
)
from flake8_logits.debug.trying import gives
from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place, Span
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import LayerRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import (
    ActivationValue,
    Arguments,
    Const,
    Library,
    LossValue,
    MetricValue,
    Object,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.settings import Settings
from flake8_logits.once import computed_once
from flake8_logits.source import syntax as ir
from flake8_logits.source.documents import Document
from flake8_logits.source.outline import nodes_of

MOST_VALUES = 6
"""Of one expression, over all calls, branches and turns of loops: the first that there are."""
REVEAL = "flake8_logits.reveal_output"


@dataclass(frozen=True, slots=True)
class Said:
    """A place, and what is said of what stands there, line by line; ``source`` is that, in one line."""

    span: Span
    lines: tuple[str, ...]
    source: str = ""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return "; ".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One value of an expression: what it is in words, and, of a tensor, a layer or a model, what it holds or gives.

    ``loss`` is where a loss is made or named.
    """

    words: str
    kind: type
    outputs: tuple[Output | Lost, ...] = ()
    loss: ir.Node | None = None


class Explanation:
    """All that is to be said of one program's expressions."""

    def __init__(self, document: Document, settings: Settings, follow_imports: bool = True) -> None:
        """Interpret a document once more, which takes as long as an analysis of it."""
        self._document = document
        self._where: Where = self._line
        watcher = Watcher(document.path)
        self._trees, self._pairings = observe(with_comments(document), watcher, settings, follow_imports)
        self._seen = watcher.seen
        self._revealed = watcher.revealed
        self._models = watcher.models

    def at(self, cell: int | None, line: int, column: int) -> Said | None:
        """What is said of the expression at a place: the innermost of which there is something to say."""
        for node, place in self._around(cell, line, column):
            lines = self._lines(node)
            if lines:
                return _said(place, lines)
            if self._ends_here(node):
                return None
        return None

    def on(self, cell: int | None, line: int) -> Iterator[Said]:
        """Yield what is said of each expression that begins on a line, outer ones first."""
        for node, place in sorted(self._places, key=lambda pair: _size(pair[1].span), reverse=True):
            if (place.span.cell, place.span.line) == (cell, line):
                lines = self._lines(node)
                if lines:
                    yield _said(place, lines)

    def assigned(self) -> Iterator[Said]:
        """Yield what is said of each name that a tensor, layer, model or loss is assigned to."""
        for node, place in self._places:
            if node is not place:
                lines = self._lines(node)
                if lines:
                    yield _said(place, lines)

    def revealed(self) -> Iterator[Said]:
        """Yield what each ``reveal_output`` reveals, at its call."""
        for call, asked in self._revealed.items():
            yield replace(_said(asked, self._lines(asked, every=True)), span=call.span)

    def last_layers(self) -> Iterator[Said]:
        """Yield what each model gives, at the layer or call that its output comes out of."""
        found: dict[Span, dict[str, None]] = {}
        for outputs in self._models.values():
            for output in outputs:
                last = output.trail[-1].place if isinstance(output, Output) and output.trail else None
                if isinstance(output, Output) and isinstance(last, ir.Node) and self._here(last):
                    found.setdefault(self._called.get(last, last).span, {})[output.scale.words] = None
        for span, scales in found.items():
            yield Said(span, (" | ".join(scales),))

    @property
    def problems(self) -> list[Problem]:
        """What kept a part of the document from being parsed."""
        return [tree.problem for tree in self._trees if tree.problem is not None]

    # -- finding -------------------------------------------------------------------------------------------------

    @computed_once
    def _places(self) -> list[tuple[ir.Node, ir.Node]]:
        """Each expression of the document that was evaluated, with where it stands; once more where it is assigned."""
        found: list[tuple[ir.Node, ir.Node]] = []
        for tree in self._trees:
            for node in nodes_of(tree.body):
                if node in self._seen:
                    found.append((node, node))
                if isinstance(node, ir.Assign) and node.value in self._seen:
                    found.extend((node.value, target) for target in targets_of(node) if isinstance(target, ir.Name))
        return found

    @computed_once
    def _called(self) -> dict[ir.Node, ir.Node]:
        """The calls of what is made and called at once, by what is called: ``Dense(10)(x)``."""
        nodes = (node for tree in self._trees for node in nodes_of(tree.body))
        return {node.func: node for node in nodes if isinstance(node, ir.Call)}

    def _around(self, cell: int | None, line: int, column: int) -> list[tuple[ir.Node, ir.Node]]:
        here = Span(self._document.path, cell, line, column, line, column)
        around = [pair for pair in self._places if here.is_within(pair[1].span)]
        return sorted(around, key=lambda pair: _size(pair[1].span))

    def _ends_here(self, node: ir.Node) -> bool:
        """Whether what stands around an expression of which there is nothing to say would not be meant either."""
        kinds = {seen.kind for seen in self._seen.get(node, ())}
        numbers = isinstance(node, ir.Constant) and not isinstance(node.value, (str, bool, type(None)))
        return numbers or (Unknown in kinds and isinstance(node, ir.Name))

    # -- saying --------------------------------------------------------------------------------------------------

    def _lines(self, node: ir.Node, every: bool = False) -> list[str]:
        values = [seen for seen in self._seen.get(node, ()) if every or self._is_ours(seen)]
        lines = [self._of(seen) for seen in values]
        origins = {place for seen in values for output in seen.outputs if (place := _origin(output)) is not None}
        lines += reader_lines(self._reading(origins), self._where)
        made = {seen.loss for seen in values if seen.loss is not None} or {node}
        losses = [pairing for pairing in self._pairings if _is_read_by(pairing, made)]
        if losses and not values:
            lines += self._loss(losses, node)
        lines += given_lines(losses, self._where)
        return list(dict.fromkeys(lines))

    def _of(self, seen: _Seen) -> str:
        said = " | ".join(dict.fromkeys(output_words(output, self._where) for output in seen.outputs))
        return f"{seen.words} gives {said}" if seen.words and said else seen.words or said

    def _loss(self, pairings: Iterable[Pairing], node: ir.Node) -> Iterator[str]:
        for pairing in pairings:
            for observation in pairing.observations:
                loss = observation.loss
                if isinstance(loss, Loss) and (loss.place is node or loss.switch_place is node):
                    yield loss_words(loss, self._where) + expectation(loss)
                elif isinstance(loss, Lost) and loss.place is node:
                    yield lost_words(loss, self._where)

    def _is_ours(self, seen: _Seen) -> bool:
        """Whether a value is one to speak of: of what is unknown, that which a loss comes to miss."""
        if seen.kind is Unknown:
            return any(isinstance(output, Lost) and output.place in self._lost for output in seen.outputs)
        return bool(seen.outputs) or seen.kind in (LossValue, MetricValue, ActivationValue)

    @computed_once
    def _lost(self) -> set[Place | None]:
        """Where sight was lost of what meets a loss."""
        ends = (end for pairing in self._pairings for met in pairing.observations for end in (met.output, met.loss))
        return {end.place for end in ends if isinstance(end, Lost) and end.place is not None}

    def _reading(self, origins: set[Place]) -> Iterator[Pairing]:
        """Yield the pairings whose outputs come from one of these places, with these observations alone."""
        for pairing in self._pairings:
            kept = tuple(met for met in pairing.observations if _comes_from(met, origins))
            if kept:
                yield replace(pairing, observations=kept)

    def _here(self, place: Place) -> bool:
        return place.span.path == self._document.path

    def _line(self, span: Span) -> str:
        if span.path != self._document.path:
            return f"{span.path}:{span.line}"
        if not self._document.countable:
            return ""
        return f"line {span.line}" if span.cell is None else f"cell {span.cell}, line {span.line}"


class Watcher:
    """Keeps what each expression of one file was; an ``Observer``."""

    def __init__(self, path: str) -> None:
        self.seen: dict[ir.Node, dict[_Seen, None]] = {}
        self.revealed: dict[ir.Node, ir.Node] = {}
        self.models: dict[Ref, tuple[Output | Lost, ...]] = {}
        """What each model gave when it was last met: it may have got more layers than before."""
        self._path = path
        self._asking = False
        self._asked: Counter[ir.Node] = Counter()

    def on_value(self, interp: Interpreter, node: ir.Expression, value: Value) -> None:
        if self._asking or node.home.path != self._path:
            return
        known = self.seen.setdefault(node, {})
        for option, _ in options_of(value):
            self._asked[node] += 1
            if self._asked[node] <= MOST_VALUES:
                known[self._seen(interp, node, option)] = None

    def on_statement(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """Nothing of interest."""

    def on_executed(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """Nothing of interest."""

    def on_call(self, interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> None:
        """Nothing of interest."""

    def on_result(self, interp: Interpreter, callee: Value, result: Value, node: ir.Expression) -> None:
        asks = isinstance(callee, Library) and callee.name == REVEAL
        if asks and isinstance(node, ir.Call) and node.args and node.home.path == self._path:
            self.revealed[node] = node.args[0].value

    def on_observation(self, kind: SiteKind, place: ir.Node, head: str, observation: Observation) -> None:
        """Nothing of interest."""

    def _seen(self, interp: Interpreter, node: ir.Expression, value: Value) -> _Seen:
        if isinstance(value, Tensor):
            return _Seen("", Tensor, (value.belief,))
        if isinstance(value, Unknown):
            return _Seen("", Unknown, (value.lost,))
        if isinstance(value, Const):
            return _Seen("", Const)
        outputs = self._given(interp, node, value)
        if isinstance(value, Object) and not isinstance(value.ref, LayerRef):
            self.models[value.ref] = outputs
        loss = value.place if isinstance(value, LossValue) else None
        return _Seen(value_words(interp, value), type(value), outputs, loss)

    def _given(self, interp: Interpreter, node: ir.Expression, value: Value) -> tuple[Output | Lost, ...]:
        self._asking = True
        try:
            given = gives(interp, value, node)
        finally:
            self._asking = False
        options = () if given is None else options_of(given)
        beliefs = (option.belief for option, _ in options if isinstance(option, Tensor))
        return tuple(belief for belief in beliefs if not (isinstance(belief, Lost) and belief.place is node))


def _said(place: ir.Node, lines: list[str]) -> Said:
    return Said(place.span, tuple(lines), " ".join(place.text.split()))


def _origin(output: Output | Lost) -> Place | None:
    """Where the scale of an output was decided."""
    return output.origin.place if isinstance(output, Output) and output.origin is not None else None


def _comes_from(met: Observation, origins: set[Place]) -> bool:
    return _origin(met.output) in origins


def _is_read_by(pairing: Pairing, nodes: set[ir.Node]) -> bool:
    """Whether one of these expressions is a loss of a pairing, or the switch of one, or where it reads."""
    places: set[Place | None] = {pairing.place}
    for met in pairing.observations:
        if isinstance(met.loss, Loss):
            places |= {met.loss.place, met.loss.switch_place, met.loss.elsewhere}
        else:
            places.add(met.loss.place)
    return not places.isdisjoint(nodes)


def _size(span: Span) -> tuple[int, int]:
    lines = span.end_line - span.line
    return lines, span.end_column - (0 if lines else span.column)
