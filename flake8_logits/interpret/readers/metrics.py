"""Metrics: which output each of them reads, given to ``compile``, updated or called."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import combine, options_of
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Choice,
    Const,
    Gap,
    Guards,
    Library,
    LossValue,
    Mapping,
    Method,
    MetricValue,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter, calls, calls_method
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.engine.observing import observe
from flake8_logits.interpret.readers.heads import dealt_out, heads
from flake8_logits.interpret.readers.losses import loss_of_value
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.knowledge.catalogue import lookup, metric_of_string
from flake8_logits.knowledge.compiling import METRICS
from flake8_logits.knowledge.rows import Metric, Parameter
from flake8_logits.source import syntax as ir

SILENT = Contract(Expects.SCORES)


def make_metric(row: Metric, args: Arguments, node: ir.Node) -> MetricValue:
    """A metric made with these arguments; one that ranks its predictions takes any scale and says so."""

    def value(parameter: Parameter | None) -> Value | None:
        if parameter is None:
            return None
        if args.open is not None and args.get(parameter.index, parameter.name) is None:
            return Unknown(args.open)
        return args.value(parameter.index, parameter.name, *parameter.aliases)

    ranked = value(row.ranked_by)
    threshold = value(row.threshold)
    if (ranked is not None and ranked != Const(None)) or (row.only_with_threshold and threshold in (None, Const(None))):
        row = replace(row, contract=SILENT)
    return MetricValue(row, value(row.switch), threshold, node)


def judge_metrics(interp: Interpreter, outputs: Value, args: Arguments, node: ir.Expression) -> None:
    """Write down which metric reads which output."""
    for parameter in METRICS:
        found = args.get(parameter.index, parameter.name)
        if found is None:
            continue
        value, argument = found
        place = argument.value if isinstance(argument, ir.Argument) else node
        content = content_of(interp, value)
        if isinstance(content, Mapping):
            parts = dict(heads(interp, outputs) or ())
            for key, item in content.items:
                output = parts.get(str(key))
                if output is None and len(parts) == 1 and len(content.items) == 1:
                    output = next(iter(parts.values()))
                if output is not None:
                    _list(interp, output, item, node, place, str(key) if len(parts) > 1 else "")
        elif isinstance(outputs, (Tensor, Choice)):
            _list(interp, outputs, value, node, place)
        else:
            _by_place(interp, dealt_out(interp, outputs) or [], content, node, place)


def _by_place(
    interp: Interpreter, parts: list[tuple[str, Value]], metrics: Value | None, node: ir.Expression, place: ir.Node
) -> None:
    """A list of metrics for each of several outputs."""
    lists = metrics.items if isinstance(metrics, Sequence) else ()
    nodes = place.items if isinstance(place, ir.Collection) else ()
    if len(lists) != len(parts) or not all(_is_list(interp, item) for item in lists):
        return
    for index, ((name, output), item) in enumerate(zip(parts, lists, strict=True)):
        assert not isinstance(item, Gap)
        _list(interp, output, item, node, nodes[index] if len(nodes) == len(parts) else place, name or str(index))


def _is_list(interp: Interpreter, value: Value | Gap) -> bool:
    return not isinstance(value, Gap) and isinstance(content_of(interp, value), Sequence)


def apply_metric(interp: Interpreter, metric: MetricValue, args: Arguments, node: ir.Expression) -> Value:
    """A metric that is called or updated with labels and predictions."""
    prediction = args.value(1, "y_pred")
    observations: list[Observation] = []
    for option, guards in options_of(interp.unknown(Reason.NO_OUTPUT, node) if prediction is None else prediction):
        if interp.state.allows(guards):
            observations.append(_observation(interp, option, metric, node, guards))
    # All that a metric is given counts: at the place where it is made.
    observe(interp, SiteKind.METRIC, metric.place, observations)
    return interp.unknown(Reason.UNKNOWN_CALL, node, metric.row.name)


def _list(
    interp: Interpreter, output: Value, metrics: Value, node: ir.Expression, place: ir.Node, head: str = ""
) -> None:
    content = content_of(interp, metrics)
    items = content.items if isinstance(content, Sequence) else (metrics,)
    nodes = place.items if isinstance(place, ir.Collection) else ()
    for index, item in enumerate(items):
        if isinstance(item, Gap):
            continue
        where = nodes[index] if index < len(nodes) and len(nodes) == len(items) else place
        observations: list[Observation] = []
        for metric, metric_guards in options_of(item):
            for option, guards in options_of(output):
                both = combine(metric_guards, guards)
                if both is not None and interp.state.allows(both):
                    observations.append(_observation(interp, option, metric, where, both))
        key = where if where is not place else item.place if isinstance(item, MetricValue) else place
        observe(interp, SiteKind.METRIC, key, observations, head, where)


def _observation(interp: Interpreter, output: Value, value: Value, place: ir.Node, guards: Guards) -> Observation:
    belief = as_tensor(output, place).belief
    metric = _metric_of(value, place)
    if metric is None and not isinstance(value, Const):
        # A loss among the metrics is shown as it stands.
        metric = _shown_loss(loss_of_value(interp, value, place))
    if metric is None:
        lost = value.lost if isinstance(value, Unknown) else Lost(Reason.UNKNOWN_LOSS, place)
        return Observation(belief, lost)
    contract = metric.row.contract
    units = belief.units if isinstance(belief, Output) else None
    if metric.row.only_units is not None and units != metric.row.only_units:
        contract = SILENT
    told: bool | None = None
    if metric.row.switch is not None:
        switch = metric.switch if metric.switch is not None else Const(metric.row.switch.default)
        if not isinstance(switch, Const):
            return Observation(belief, Lost(Reason.UNKNOWN_SWITCH, metric.place))
        told = bool(switch.value)
    threshold: float | None = None
    if metric.row.threshold is not None or metric.row.only_units is not None:
        cut = metric.threshold if metric.threshold is not None else Const(None)
        if not isinstance(cut, Const) or not isinstance(cut.value, (int, float, type(None))):
            return Observation(belief, Lost(Reason.UNKNOWN_SWITCH, metric.place))
        threshold = 0.5 if cut.value is None else float(cut.value)
    # A function in a list of metrics cannot be given a threshold any more than a string can.
    bare = isinstance(value, Const) or (isinstance(value, Library) and metric.row.prediction is not None)
    written_as = WrittenAs.STRING if bare else WrittenAs.CLASS
    name = value.value if isinstance(value, Const) and isinstance(value.value, str) else metric.row.short
    return Observation(belief, Loss(name, contract, told, metric.place, written_as=written_as, threshold=threshold))


def _shown_loss(loss: Value) -> MetricValue | None:
    if not isinstance(loss, LossValue) or isinstance(loss.switch, Choice):
        return None
    row = Metric(loss.row.name, loss.row.contract, loss.row.switch)
    return MetricValue(row, loss.switch, None, loss.place)


def _metric_of(value: Value, place: ir.Node) -> MetricValue | None:
    if isinstance(value, MetricValue):
        return value
    row: object = None
    if isinstance(value, Const) and isinstance(value.value, str):
        row = metric_of_string(value.value)
    elif isinstance(value, Library):
        row = lookup(value.name)
    return make_metric(row, Arguments(), place) if isinstance(row, Metric) else None


@calls(MetricValue)
def _call(interp: Interpreter, metric: MetricValue, args: Arguments, node: ir.Expression) -> Value:
    return apply_metric(interp, metric, args, node)


@calls_method(MetricValue)
def _method(interp: Interpreter, receiver: MetricValue, method: Method, args: Arguments, node: ir.Expression) -> Value:
    if method.name == "update_state":
        return apply_metric(interp, receiver, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)


@applies_row(Metric)
def _call_row(interp: Interpreter, row: Metric, args: Arguments, node: ir.Expression) -> Value:
    metric = make_metric(row, args, node)
    return metric if row.prediction is None else apply_metric(interp, metric, args, node)
