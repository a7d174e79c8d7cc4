"""Losses as values, and what is written down when one meets an output."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, combine, options_of
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Const,
    Guards,
    Library,
    LossValue,
    Mapping,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.calls import observes_beside
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.engine.library_functions import applies_row, observes_row_beside
from flake8_logits.interpret.engine.observing import leave_open, observe
from flake8_logits.interpret.engine.operators import operates
from flake8_logits.interpret.readers.labels import read_labels, read_swapped
from flake8_logits.interpret.tensors.arguments import as_tensor, given, value_of
from flake8_logits.interpret.tensors.written_numbers import taken_as_tensor
from flake8_logits.knowledge.catalogue import lookup, loss_of_string
from flake8_logits.knowledge.kinds import ANY_LAYER, BASES_OF_LAYERS
from flake8_logits.knowledge.losses_lower import takes_logits_first, took_output_first
from flake8_logits.knowledge.rows import Form, Parameter
from flake8_logits.knowledge.rows import Loss as LossRow
from flake8_logits.knowledge.traits import never_false
from flake8_logits.source import syntax as ir

SILENT = Contract(Expects.SCORES)


def loss_of_class(name: str, args: Arguments, node: ir.Node) -> LossValue | None:
    """An instance of a library's loss class; None if the class is not one."""
    row = lookup(name)
    return make_loss(row, args, node) if isinstance(row, LossRow) and row.form is Form.CLASS else None


def make_loss(row: LossRow, args: Arguments, node: ir.Node, written_as: WrittenAs = WrittenAs.CLASS) -> LossValue:
    """A loss with the switch that these arguments set."""
    spoilt = row.spoils_rescue is not None and (given(args, row.spoils_rescue) is not None or args.open is not None)
    if row.switch is None:
        log_target = None if row.log_target is None else value_of(args, row.log_target, node)
        return LossValue(row, None, node, None, written_as, spoilt, log_target=log_target)
    parameter, found = _told_by(row.switch, row.other_switches, args)
    if found is not None:
        return LossValue(row, found[0], node, found[1], written_as, spoilt, True, parameter.name)
    switch = Const(parameter.default) if args.open is None else Unknown(args.open)
    return LossValue(row, switch, node, None, written_as, spoilt, told_by=parameter.name)


def _told_by(
    first: Parameter, others: tuple[Parameter, ...], args: Arguments
) -> tuple[Parameter, tuple[Value, ir.Node | None] | None]:
    """The switch that decides, and what it is given: one that is on or not known before one that is off."""
    told = [(parameter, given(args, parameter)) for parameter in (first, *others)]
    decided = (one for one in told if one[1] is not None and not _is_off(one[1][0]))
    return next(decided, next((one for one in told if one[1] is not None), told[0]))


def _is_off(value: Value) -> bool:
    return isinstance(value, Const) and not value.value


def loss_of_value(interp: Interpreter, value: Value, node: ir.Node) -> Value:
    """What ``compile(loss=value)`` or ``losses.get(value)`` stands for: a LossValue where it is one of ours.

    Strings, functions and configs become losses; anything else is given back as it is.
    """
    if isinstance(value, Const) and isinstance(value.value, str):
        row = loss_of_string(value.value) or loss_of_string(
            value.value.lower() if value.value.lower() in ("ce", "crossentropy") else ""
        )
        return value if row is None else make_loss(row, Arguments(), node, WrittenAs.STRING)
    if isinstance(value, Library):
        row_of_name = lookup(value.name)
        if isinstance(row_of_name, LossRow) and row_of_name.form is Form.FUNCTION:
            return make_loss(row_of_name, Arguments(), node, WrittenAs.FUNCTION)
        return value
    content = content_of(interp, value)
    if isinstance(content, Mapping):
        name = content.get("class_name")
        if isinstance(name, Const) and isinstance(name.value, str):
            row = loss_of_string(name.value)
            config = content.get("config")
            inner = content_of(interp, config) if config is not None else None
            if row is not None:
                keywords: tuple[tuple[str, Value, ir.Node | None], ...] = ()
                if isinstance(inner, Mapping):
                    keywords = tuple((key, item, None) for key, item in inner.items if isinstance(key, str))
                return make_loss(row, Arguments((), keywords), node, WrittenAs.CONFIG)
    return value


def apply_function(interp: Interpreter, row: LossRow, args: Arguments, node: ir.Expression) -> Value:
    """A loss function called with labels and predictions."""
    loss = make_loss(row, args, node, WrittenAs.FUNCTION)
    return _meet(interp, loss, given(args, row.prediction), args, node)


def apply_loss(interp: Interpreter, loss: LossValue, args: Arguments, node: ir.Expression) -> Value:
    """A loss object (or a function kept in a variable) called with labels and predictions."""
    if loss.row.name in interp.patched:
        return interp.unknown(Reason.CUSTOM, node, library=loss.row.name)
    return _meet(interp, loss, given(args, loss.row.prediction), args, node)


@observes_beside(LossValue)
def apply_other(interp: Interpreter, other: Value, loss: LossValue, args: Arguments, node: ir.Expression) -> None:
    """Something that may be called in the place of a known loss: what arrives there need not meet that one."""
    _apply_beside(interp, other, loss.row, args, node)


@observes_row_beside(LossRow)
def _apply_beside(interp: Interpreter, other: Value, row: LossRow, args: Arguments, node: ir.Expression) -> None:
    prediction = given(args, row.prediction)
    if prediction is not None and not isinstance(loss_of_value(interp, other, node), LossValue):
        observe_loss(interp, SiteKind.CALL, node, prediction[0], other)


def _meet(
    interp: Interpreter,
    loss: LossValue,
    prediction: tuple[Value, ir.Node | None] | None,
    args: Arguments,
    node: ir.Expression,
) -> Value:
    if prediction is None:
        lost = args.open or Lost(Reason.NO_OUTPUT, node)
        prediction = (Unknown(lost), None)
    value = prediction[0]
    target = given(args, loss.row.target)
    if (
        target is not None
        and _has_one_order(loss.row)
        and read_swapped(interp, loss_in(loss), target, prediction, node)
    ):
        return Tensor(Lost(Reason.LOST_SCALE, node, "a loss"))
    first = args.positional[0][0] if len(args.positional) > 1 else None
    reversed_order = _is_input(value) and takes_logits_first(loss.row.name)
    if first is not None and _is_output(first) and reversed_order:
        value = first
    if _is_lost(value) and any(_is_output(other) for other in args.values()):
        value = interp.unknown(Reason.SWAPPED, node)
    if not reversed_order:
        _observe_target(interp, loss, args, node)
    if target is not None:
        read_labels(interp, loss_in(loss), target[0], value, node)
    observe_loss(interp, SiteKind.CALL, node, value, loss)
    return Tensor(Lost(Reason.LOST_SCALE, node, "a loss"))


def _has_one_order(row: LossRow) -> bool:
    """Whether a cross-entropy had the labels before the prediction, or after it, in every version."""
    early = takes_logits_first(row.name) or took_output_first(row.name)
    return row.contract.family is not Family.ANY and not early


def _observe_target(interp: Interpreter, loss: LossValue, args: Arguments, node: ir.Expression) -> None:
    """Write down what a cross-entropy or a divergence is given as targets, if a model gives it."""
    target = given(args, loss.row.target)
    contract = _of_targets(loss)
    if target is None or contract is None or took_output_first(loss.row.name):
        return
    if takes_logits_first(loss.row.name) and target in args.positional:
        # Before version 1 that was the place of the logits.
        return
    options = [option for option, _ in options_of(target[0])]
    if not any(_is_output(option) for option in options):
        leave_open(interp, SiteKind.TARGET, node, Lost(Reason.EXPRESSION, node))
        return
    reader = Loss(loss.row.short, contract, None, node, elsewhere=None)
    observe(interp, SiteKind.TARGET, node, [Observation(as_tensor(option, node).belief, reader) for option in options])


def _of_targets(loss: LossValue) -> Contract | None:
    """What a loss expects of its targets; None where that is nothing of ours, or depends on what is not known."""
    if loss.row.log_target is not None:
        if not isinstance(loss.log_target, Const):
            return None
        return Contract(Expects.LOG_PROBABILITIES if loss.log_target.value else Expects.PROBABILITIES)
    family = loss.row.contract.family
    return None if family is Family.ANY else Contract(Expects.PROBABILITIES, family)


def _is_lost(value: Value) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Tensor) and isinstance(value.belief, Lost))


def _is_input(value: Value) -> bool:
    """Whether a value is a place for data: no model gives it."""
    return isinstance(value, Tensor) and isinstance(value.belief, Lost) and value.belief.reason is Reason.INPUT


def _is_output(value: Value) -> bool:
    """Whether a value is what a model gives, as far as is known."""
    return isinstance(value, Tensor) and isinstance(value.belief, Output)


def observe_loss(
    interp: Interpreter,
    kind: SiteKind,
    place: ir.Node,
    output: Value,
    loss: Value,
    head: str = "",
    anchor: ir.Node | None = None,
) -> None:
    """Write down every way in which these can meet; a loss without a contract that concerns us agrees with all.

    ``anchor`` is where a user would edit if the loss itself stands in another file.  What meets in another file is
    put down at the call in this one that led there.
    """
    ways = []
    for loss_option, loss_guards in options_of(loss):
        for output_option, output_guards in options_of(output):
            both = combine(loss_guards, output_guards)
            if both is not None and interp.state.allows(both):
                ways.extend(_observations(interp, output_option, loss_option, both, place))
    observe(interp, kind, place, ways, head, anchor)


def _observations(interp: Interpreter, output: Value, loss: Value, guards: Guards, place: ir.Node) -> list[Observation]:
    content = content_of(interp, output)
    if isinstance(content, Sequence) and len(content.items) == 1:
        only = content.items[0]
        output = only if not hasattr(only, "lost") else Unknown(only.lost)
    belief = _belief(interp, output, place)
    if not isinstance(loss, LossValue):
        lost = loss.lost if isinstance(loss, Unknown) else None
        if lost is not None:
            return [Observation(belief, lost)]
        assert isinstance(place, ir.Node)
        return [Observation(belief, Loss("", SILENT, None, place, None, Support.NONE, WrittenAs.OTHER))]
    if loss.switch is None:
        return [Observation(belief, loss_in(loss))]
    found: list[Observation] = []
    for option, inner in options_of(loss.switch):
        both = combine(guards, inner)
        if both is None or not interp.state.allows(both):
            continue
        for told in _told(interp, option, both):
            found.append(
                Observation(
                    belief,
                    Lost(Reason.UNKNOWN_SWITCH, loss.place)
                    if told is None
                    else loss_in(loss, told, _origin(loss, option)),
                )
            )
    return found


def _belief(interp: Interpreter, output: Value, place: ir.Node) -> Output | Lost:
    """What is known of an output, or of numbers that stand in its place."""
    if ANY_LAYER in interp.patched:
        base = next((base for base in sorted(BASES_OF_LAYERS) if base in interp.patched), "")
        return Lost(Reason.CUSTOM, place, base, library=base)
    if isinstance(output, Unknown) and output.numbers is not None:
        return replace(output.lost, reason=Reason.NO_MODEL, was=output.numbers)
    return taken_as_tensor(interp, output, place).belief


def _told(interp: Interpreter, switch: Value, guards: Guards) -> list[bool | None]:
    """What a switch can be: decided where an assumption that was already made decides it; None where nothing does."""
    if isinstance(switch, Const):
        return [bool(switch.value)]
    if isinstance(switch, Library) and never_false(switch.name):
        return [True]
    if isinstance(switch, Unknown):
        assumed = dict(guards).get(switch.symbol, interp.state.guards.get(switch.symbol))
        if isinstance(assumed, bool):
            return [assumed]
    return [None]


def _origin(loss: LossValue, switch: Value) -> ir.Node | None:
    """Where the value of a switch is written, unless it is written in its argument."""
    origin = switch.origin if isinstance(switch, Const) else None
    argument = loss.switch_place
    return None if isinstance(argument, ir.Argument) and argument.value is origin else origin


def loss_in(loss: LossValue, told: bool | None = None, origin: ir.Node | None = None) -> Loss:
    """A loss as rules see it, with what its switch is told."""
    support = Support.KERAS_2 if loss.spoilt and loss.row.support is Support.FULL else loss.row.support
    return Loss(
        loss.row.short,
        loss.row.contract,
        told,
        loss.place,
        loss.switch_place,
        support,
        loss.written_as,
        told_by_hand=loss.told_by_hand,
        switch_origin=origin,
        switch=loss.told_by,
        twins=loss.row.twins,
        refuses=loss.row.refuses,
        of_one_unit=loss.row.of_one_unit,
        labels=loss.row.labels,
    )


@calls(LossValue)
def _call(interp: Interpreter, loss: LossValue, args: Arguments, node: ir.Expression) -> Value:
    return apply_loss(interp, loss, args, node)


@applies_row(LossRow)
def _call_row(interp: Interpreter, row: LossRow, args: Arguments, node: ir.Expression) -> Value:
    return make_loss(row, args, node) if row.form is Form.CLASS else apply_function(interp, row, args, node)


@operates(LossValue)
def _operate(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value | None:
    """Some libraries add losses up and weigh them: whichever part is asked, it reads the same output."""
    losses = [value for value in (left, right) if isinstance(value, LossValue)]
    if op == "*" or (op == "+" and len(losses) == 2):
        return choice([(loss, ()) for loss in losses])
    return None
