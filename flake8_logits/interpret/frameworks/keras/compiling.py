"""``compile``: which of a model's outputs meets which of its losses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.slots import COMPILED_LOSS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Class,
    Const,
    Function,
    Gap,
    Library,
    LossValue,
    Mapping,
    Object,
    Partial,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.asking import is_asked
from flake8_logits.interpret.engine.calls import calls_unknown_method
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import UNLISTED
from flake8_logits.interpret.frameworks.keras.models import is_model
from flake8_logits.interpret.frameworks.keras.overriding import overridden, override
from flake8_logits.interpret.frameworks.keras.training import Compilation, Judge, begin, replace_pending
from flake8_logits.interpret.readers.heads import dealt_out, heads
from flake8_logits.interpret.readers.losses import loss_of_value, observe_loss
from flake8_logits.interpret.readers.metrics import judge_metrics
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.compiling import COMPILE, LOSS
from flake8_logits.knowledge.hooks import OWN_LOSSES, Part
from flake8_logits.knowledge.rows import Form
from flake8_logits.knowledge.rows import Loss as LossRow
from flake8_logits.source import syntax as ir


def compile_model(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> None:
    """``model.compile(optimizer, loss, ...)``."""
    replaced = replace_pending(interp, model)
    own = override(interp, model, "compute_loss")
    if isinstance(own, Function) and override(interp, model, "train_step") is None:
        _keep_loss(interp, model, args)
        computed = partial(_compute_own, model, own, node)
        judge = _judge(interp, model, computed, args, node)
        begin(interp, Compilation(interp, model, node, judge, runs=True), replaced)
        return
    found = args.get(LOSS.index, LOSS.name)
    if found is None:
        if args.open is not None:
            observe_loss(interp, SiteKind.COMPILE, node, Tensor(args.open), Unknown(args.open))
        return
    value, argument = found
    place = argument.value if isinstance(argument, ir.Argument) else argument
    _keep_loss(interp, model, args)
    given = overridden(interp, model, Part.LOSS, node)
    trains_itself = _trains_itself(interp, model)
    met = node
    if place is None:
        met, place = _passed_on(interp, value) or (node, node)

    def judge_loss(interp: Interpreter, outputs: Value) -> None:
        if not trains_itself:
            match(interp, outputs if given is None else Tensor(given), value, met, place)

    judge = _judge(interp, model, judge_loss, args, node)
    runs = any(_is_programs(interp, given) for given in args.values())
    begin(interp, Compilation(interp, model, node, judge, runs), replaced)


def _is_programs(interp: Interpreter, given: Value | Gap) -> bool:
    """Whether a loss or metric, or one of several, is code of the program."""
    if isinstance(given, Gap):
        return False
    content = content_of(interp, given)
    held = content.items if isinstance(content, Sequence) else ()
    named = [value for _, value in content.items] if isinstance(content, Mapping) else ()
    if any(_is_programs(interp, part) for part in (*held, *named)):
        return True
    return any(
        isinstance(option, (Function, Partial)) or (isinstance(option, Object) and isinstance(option.ref, InstanceRef))
        for option, _ in options_of(given)
    )


def _keep_loss(interp: Interpreter, model: Object, args: Arguments) -> None:
    loss = args.value(LOSS.index, LOSS.name)
    if loss is not None:
        interp.state.set(model.ref, COMPILED_LOSS, loss)


def _judge(interp: Interpreter, model: Object, loss: Judge, args: Arguments, node: ir.Expression) -> Judge:
    """Writes down what the loss and the metrics of a compilation meet in outputs."""
    judged = overridden(interp, model, Part.METRICS, node)
    asked = is_asked(interp, model.ref)

    def judge(interp: Interpreter, outputs: Value) -> None:
        if asked:
            outputs = Tensor(Lost(Reason.ASKED, node))
        loss(interp, outputs)
        judge_metrics(interp, outputs if judged is None else Tensor(judged), args, node)

    return judge


def _compute_own(model: Object, own: Function, node: ir.Expression, interp: Interpreter, outputs: Value) -> None:
    """Run the program's own ``compute_loss`` as Keras does, with what the model gives."""
    inputs = (("x", interp.unknown(Reason.INPUT, node), None), ("y", interp.unknown(Reason.INPUT, node), None))
    others = (("sample_weight", NONE, None), ("training", Const(True), None))
    accepted = {parameter.name for parameter in own.node.parameters}
    more = tuple(pair for pair in others if pair[0] in accepted or any(p.kind == "**" for p in own.node.parameters))
    bound = replace(own, bound=model) if own.owner is not None else own
    interp.call(bound, Arguments((), (*inputs, ("y_pred", outputs, None), *more)), node)


def _passed_on(interp: Interpreter, loss: Value) -> tuple[ir.Call, ir.Node] | None:
    """The call that led here with a loss through its ``**kwargs``, and the string it wrote there."""
    for call in reversed(interp.sites):
        if not isinstance(call, ir.Call):
            continue
        for arg in call.args:
            written = arg.value
            if arg.keyword == LOSS.name and isinstance(written, ir.Constant) and loss == Const(written.value):
                return call, written
    return None


@calls_unknown_method(COMPILE)
def compile_unknown(interp: Interpreter, model: Unknown, args: Arguments, node: ir.Expression) -> None:
    """``compile`` of something that is not known: a loss of ours there is one whose output was lost sight of."""
    found = args.get(LOSS.index, LOSS.name)
    if found is None:
        return

    value, argument = found
    place = argument.value if isinstance(argument, ir.Argument) else node

    def one(option: Value, head: str, part: ir.Node) -> Value:
        loss = loss_of_value(interp, option, part)
        if isinstance(loss, LossValue):
            observe_loss(interp, SiteKind.COMPILE, node, model, loss, head, part)
        elif isinstance(loss, (Function, Partial)) or (isinstance(loss, Object) and isinstance(loss.ref, InstanceRef)):
            # What the program's own loss hands on is, where it is read, beside what comes from a known model.
            meet(interp, Tensor(model.lost), loss, node, part, head)
        return option

    def with_loss(option: Value) -> Value:
        for index, (head, item) in enumerate(_entries(interp, option)):
            part = _part(place, index, place)
            interp.each(item, partial(one, head=head, part=part))
        return option

    interp.each(value, with_loss)


def _hand_over(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """A model and a loss given to a function of a library that is not known: there they may meet."""
    found = args.keyword(LOSS.name)
    if found is None or not any(
        isinstance(value, (Function, Partial)) or is_model(interp, value) for value in args.values()
    ):
        return None
    value, argument = found
    place = argument.value if isinstance(argument, ir.Argument) else node
    loss = loss_of_value(interp, value, place)
    if isinstance(loss, LossValue):
        observe_loss(
            interp, SiteKind.COMPILE, node, interp.unknown(Reason.UNKNOWN_CALL, node, library=name), loss, "", place
        )
    return None


UNLISTED.append(_hand_over)


def _entries(interp: Interpreter, loss: Value) -> list[tuple[str, Value]]:
    """The losses of a list or dict with the names of their heads; one loss is the only one."""
    content = content_of(interp, loss)
    if isinstance(content, Mapping) and content.get("class_name") is None:
        return [(str(key), item) for key, item in content.items]
    if isinstance(content, Sequence):
        return [(str(index), item) for index, item in enumerate(content.items) if not isinstance(item, Gap)]
    return [("", loss)]


def _trains_itself(interp: Interpreter, model: Object) -> bool:
    """Whether the program's own code gives the loss what it reads, where that is followed."""
    return any(override(interp, model, name) is not None for name in OWN_LOSSES)


def match(interp: Interpreter, outputs: Value, loss: Value, node: ir.Expression, place: ir.Node) -> None:
    """Give each output its loss, in every combination of branches."""

    def with_loss(option: Value) -> Value:
        content = content_of(interp, option)
        if isinstance(content, Mapping) and content.get("class_name") is None:
            _by_name(interp, outputs, content, node, place)
        elif isinstance(content, Sequence):
            _by_place(interp, outputs, content, node, place)
        else:
            meet(interp, outputs, option, node, place, "")
        return option

    interp.each(loss, with_loss)


def _part(items: object, index: int, fallback: ir.Node) -> ir.Node:
    """The node of one entry of a list or dict display, so that a finding stands on its line."""
    if isinstance(items, ir.Collection) and index < len(items.items):
        return items.items[index]
    if isinstance(items, ir.DictDisplay) and index < len(items.items):
        return items.items[index][1]
    return fallback


def _by_place(interp: Interpreter, outputs: Value, losses: Sequence, node: ir.Expression, place: ir.Node) -> None:
    def act(option: Value) -> Value:
        parts = dealt_out(interp, option)
        alone = parts is not None and len(parts) == len(losses.items) == 1
        for index, item in enumerate(losses.items):
            if isinstance(item, Gap):
                return option
            output: Value = Tensor(Lost(Reason.NO_OUTPUT, node))
            if parts is not None and len(parts) == len(losses.items):
                output = parts[index][1]
            meet(interp, output, item, node, _part(place, index, place), "" if alone else str(index))
        return option

    interp.each(outputs, act)


def _by_name(interp: Interpreter, outputs: Value, losses: Mapping, node: ir.Expression, place: ir.Node) -> None:
    def act(option: Value) -> Value:
        parts = heads(interp, option)
        for index, (key, item) in enumerate(losses.items):
            output: Value = Tensor(Lost(Reason.NO_OUTPUT, node, str(key)))
            if parts is not None:
                found = [value for name, value in parts if name == key]
                if len(found) == 1:
                    output = found[0]
                elif len(parts) == 1 and len(losses.items) == 1 and not losses.partial:
                    output = parts[0][1]
            meet(interp, output, item, node, _part(place, index, place), str(key))
        return option

    interp.each(outputs, act)


def meet(interp: Interpreter, output: Value, loss: Value, node: ir.Expression, place: ir.Node, head: str) -> None:
    """One output and one loss: a library's is written down, the program's own is run on the output."""

    def with_loss(option: Value) -> Value:
        if option == Const(None):
            return option
        known = loss_of_value(interp, option, place)
        if isinstance(known, LossValue):
            _each_head(interp, output, known, node, head, place)
        elif isinstance(known, (Function, Partial)) or (
            isinstance(known, Object) and isinstance(known.ref, InstanceRef)
        ):
            _run_own(interp, output, known, node, head)
        elif isinstance(known, Class):
            observe_loss(interp, SiteKind.COMPILE, node, output, interp.unknown(Reason.UNKNOWN_LOSS, place), head)
        elif isinstance(known, Library) and _is_class(known.name):
            # The class itself instead of an instance: Keras fails on it or makes one, depending on the version.
            observe_loss(
                interp, SiteKind.COMPILE, node, output, interp.unknown(Reason.UNKNOWN_LOSS, place, known.name), head
            )
        else:
            observe_loss(interp, SiteKind.COMPILE, node, output, known, head)
        return option

    interp.each(loss, with_loss)


def _run_own(interp: Interpreter, output: Value, loss: Value, node: ir.Expression, head: str) -> None:
    """Run a loss of the program's own on an output; one in which no known loss reads anything is undecided."""
    before = interp.observations.made
    target = interp.unknown(Reason.INPUT, node)
    interp.call(loss, Arguments(((target, None), (output, None))), node)
    if interp.observations.made == before:
        undecided = interp.unknown(Reason.OWN_LOSS, _definition(loss) or node, _name_of(loss))
        observe_loss(interp, SiteKind.COMPILE, node, output, undecided, head)


def _definition(loss: Value) -> ir.Node | None:
    if isinstance(loss, Partial):
        return _definition(loss.callee)
    if isinstance(loss, Function):
        return loss.node
    return loss.ref.cls.node if isinstance(loss, Object) and isinstance(loss.ref, InstanceRef) else None


def _name_of(loss: Value) -> str:
    node = _definition(loss)
    return node.name if isinstance(node, (ir.FunctionDef, ir.ClassDef)) else ""


def _is_class(name: str) -> bool:
    row = lookup(name)
    return isinstance(row, LossRow) and row.form is Form.CLASS


def _each_head(
    interp: Interpreter, output: Value, loss: LossValue, node: ir.Expression, head: str, place: ir.Node
) -> None:
    """One loss for several outputs is a loss for each of them."""
    options = [(_by_head(interp, option), guards) for option, guards in options_of(output)]
    for name in dict.fromkeys(name for parts, _ in options for name in parts):
        # A model without this head gives the loss what it has instead.
        there = [
            (part, guards) for parts, guards in options for part in ([parts[name]] if name in parts else parts.values())
        ]
        observe_loss(interp, SiteKind.COMPILE, node, choice(there), loss, head or name, place)


def _by_head(interp: Interpreter, output: Value) -> dict[str, Value]:
    """What a model gives, by the names or numbers of its heads; of a single one by none."""
    parts = heads(interp, output)
    if parts is None or len(parts) < 2:
        return {"": parts[0][1] if parts else output}
    return {name or str(index): part for index, (name, part) in enumerate(parts)}
