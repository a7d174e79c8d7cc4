"""Arrays that are written in place: items assigned, ``out=``, augmented assignments, functions and methods that write.

What an array holds after that is known where all of it is written, or where what is written is of its kind.
"""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract import memory
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.objects import LayerRef
from flake8_logits.interpret.abstract.values import NONE, Arguments, Blank, Const, Gap, Method, Sequence, Tensor, Value
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter, sets_attribute, sets_item
from flake8_logits.interpret.engine.library_functions import WRITES
from flake8_logits.interpret.engine.operators import updates
from flake8_logits.interpret.tensors.masks import masks
from flake8_logits.interpret.tensors.sharing import can_be_written, is_a_view, write_sharing
from flake8_logits.knowledge import arrays
from flake8_logits.knowledge.rows import Activates
from flake8_logits.source import syntax as ir


def write(
    interp: Interpreter, tensor: Tensor, value: Value, node: ir.Node, everything: bool, rows: bool = False
) -> bool:
    """Let an array hold a value from here on, in all places or in some; False where no such array is known.

    ``rows`` says that what is written has the whole of the last axis where it is written.
    """
    if tensor.memory is None:
        return False
    before = memory.current(interp.state, tensor)
    kinds = [
        _after(old, new, node, everything and tensor.memory.whole, tensor.memory.whole, rows)
        for old, _ in options_of(before)
        for new, _ in options_of(value)
    ]
    if all(kind is None for kind in kinds):
        return True
    if tensor.memory.of_tensor:
        _write_sharing(interp, tensor, value, node)
    interp.rewritten = True
    memory.write(interp.state, tensor.memory, choice([(kind or before, ()) for kind in kinds]))
    return True


def _after(old: Value, new: Value, node: ir.Node, everything: bool, whole: bool, rows: bool) -> Tensor | None:
    """What an array holds after a write; None where that is what it held before."""
    before = old.belief if isinstance(old, Tensor) else None
    if everything:
        belief = new.belief if isinstance(new, Tensor) else Lost(Reason.WRITTEN, node)
        return Tensor(replace(belief, rescue=Rescue.NEVER) if isinstance(belief, Output) else belief)
    if whole and isinstance(old, Tensor) and isinstance(old.form, Blank):
        return _filled(new, node, rows)
    if whole and rows and isinstance(before, Output) and before.scale in DISTRIBUTIONS and _scale(new) is before.scale:
        return _filled(new, node, rows)
    if isinstance(before, Lost) and whole:
        return None if before.was is None else Tensor(before.changed())
    if isinstance(before, Output) and before.scale not in DISTRIBUTIONS:
        if before.scale is Scale.LOGITS and masks(new):
            return None
        after = new.belief if isinstance(new, Tensor) else None
        if isinstance(after, Output) and after.scale is before.scale and (whole or not _is_moved(after)):
            return Tensor(replace(after, units=before.units, rescue=Rescue.NEVER)) if whole else None
    return _shares(before, new, node) or Tensor(Lost(Reason.WRITTEN, node))


def _filled(new: Value, node: ir.Node, rows: bool) -> Tensor:
    """What an array holds of which nothing was known, or the same kind, and into which a part is written."""
    belief = new.belief if isinstance(new, Tensor) else Lost(Reason.WRITTEN, node)
    if isinstance(belief, Lost):
        return Tensor(replace(belief, was=None, kind=StepKind.OTHER))
    scale = belief.scale
    if scale in DISTRIBUTIONS and not rows:
        if scale is not Scale.SOFTMAX:
            return Tensor(Lost(Reason.WRITTEN, node))
        scale = Scale.UNIT_INTERVAL
    trail = (*belief.trail, Step(node, "part of it is written"))
    return Tensor(replace(belief, scale=scale, trail=trail, rescue=Rescue.NEVER, units=None))


def _scale(value: Value) -> Scale | None:
    return value.belief.scale if isinstance(value, Tensor) and isinstance(value.belief, Output) else None


def _shares(before: Output | Lost | None, new: Value, node: ir.Node) -> Tensor | None:
    """Probabilities among probabilities: what they add up to is no longer known; None for any other numbers."""
    after = new.belief if isinstance(new, Tensor) else None
    if not isinstance(before, Output) or not isinstance(after, Output) or not {before.scale, after.scale} <= _UP_TO_ONE:
        return None
    trail = (*before.trail, Step(node, "part of it is written"))
    return Tensor(replace(before, scale=Scale.UNIT_INTERVAL, trail=trail, rescue=Rescue.NEVER))


_UP_TO_ONE = frozenset({Scale.SOFTMAX, Scale.SIGMOID, Scale.UNIT_INTERVAL})


_MOVED = frozenset({StepKind.SHIFT, StepKind.OPPOSITE, StepKind.NUDGE})


def _is_moved(output: Output) -> bool:
    return any(link.kind in _MOVED for link in output.trail)


@sets_item(Tensor)
def _set_item(interp: Interpreter, tensor: Tensor, index: Value, value: Value, node: ir.Expression) -> None:
    written = node.index if isinstance(node, ir.Subscript) else None
    everything = written is not None and _is_everything(written)
    rows = written is not None and _is_of_rows(tensor, index, written)
    name = _named(node)
    if not write(interp, tensor, value, node, everything, rows) and name is not None:
        _write_under(interp, name, tensor, value, node, everything)


def _write_sharing(
    interp: Interpreter, tensor: Tensor, value: Value, node: ir.Node, name: ir.Node | None = None
) -> None:
    """Let a value be in some places of whatever may share its numbers with a tensor."""

    def after(held: Tensor) -> Value:
        kinds = [
            _after(held, option, node, everything=False, whole=True, rows=False) for option, _ in options_of(value)
        ]
        if all(kind is None for kind in kinds):
            return held
        held = replace(held, made_by=None, fed=None, call=None, parts=())
        return choice([(held if kind is None else replace(held, belief=kind.belief), ()) for kind in kinds])

    write_sharing(interp, tensor, after, name)


def _is_a_copy(written: ir.Node | None) -> bool:
    """Whether what is written into is made for it: ``scores.clone()``."""
    function = written.func if isinstance(written, ir.Call) else None
    return isinstance(function, ir.Attribute) and function.attr in arrays.COPIES


def _named(node: ir.Expression) -> ir.Expression | None:
    """What is written to: ``p`` in ``p[0] = value`` and in ``operator.setitem(p, 0, value)``."""
    if isinstance(node, ir.Subscript):
        return node.value
    return node.args[0].value if isinstance(node, ir.Call) and node.args else None


def _write_under(
    interp: Interpreter, name: ir.Node | None, tensor: Tensor, value: Value, node: ir.Node, everything: bool
) -> None:
    """Write into what is not known to be an array: a tensor of PyTorch, under this name and whatever others it has."""
    after = [_after(tensor, option, node, everything, whole=True, rows=False) for option, _ in options_of(value)]
    if any(kind is not None for kind in after):
        name = name.value if isinstance(name, ir.Argument) else name
        if not _is_a_copy(name):
            _write_sharing(interp, tensor, value, node, name)
        if isinstance(name, (ir.Name, ir.Attribute, ir.Subscript)):
            assign(interp, name, choice([(kind or tensor, ()) for kind in after]), interp.frame.scope)


def _is_everything(index: ir.Expression) -> bool:
    """``[:]``, ``[...]``, ``[:, :]``."""
    if isinstance(index, ir.Collection):
        return all(map(_is_everything, index.items))
    if isinstance(index, ir.Slice):
        return index.lower is None and index.upper is None and index.step is None
    return _is_ellipsis(index)


def _is_of_rows(tensor: Tensor, index: Value, written: ir.Expression) -> bool:
    """Whether an index picks no places along the last axis: ``p[i]``, ``p[:, t]`` of three axes, ``p[i, :]``."""
    rank = tensor.form.rank if isinstance(tensor.form, Blank) else tensor.rank
    if not isinstance(written, ir.Collection):
        return rank != 1 and (isinstance(written, ir.Slice) or not isinstance(index, Sequence))
    last = written.items[-1] if written.items else written
    if _is_everything(last):
        return not isinstance(last, ir.Collection)
    return rank is not None and rank > len(written.items) and not any(map(_is_ellipsis, written.items))


def _is_ellipsis(index: ir.Expression) -> bool:
    return isinstance(index, ir.Constant) and index.value is Ellipsis


@sets_item(Method)
def _set_item_of_attribute(interp: Interpreter, owner: Method, index: Value, value: Value, node: ir.Expression) -> None:
    """``p.T[i] = value``, ``p.flat[i] = value``."""
    for receiver, _ in options_of(owner.receiver):
        if isinstance(receiver, Tensor):
            write(interp, receiver, value, node, everything=False)


@sets_attribute(Tensor)
def _set_attribute(interp: Interpreter, tensor: Tensor, name: str, value: Value, node: ir.Expression) -> None:
    """``p.data = value``: a tensor of PyTorch has other numbers from here on."""
    if name == arrays.DATA and not tensor.variable and isinstance(node, ir.Attribute):
        _write_under(interp, node.value, tensor, value, node, everything=True)


@updates(Tensor)
def _update(interp: Interpreter, tensor: Tensor, result: Value, node: ir.Node) -> Value:
    """``p += value``: an array stays the same one, a tensor makes room for another."""
    if not write(interp, tensor, result, node, everything=True):
        if is_a_view(tensor) and can_be_written(interp):
            _write_sharing(interp, tensor, result, node)
        return result
    return interp.each(result, lambda one: replace(one, memory=tensor.memory) if isinstance(one, Tensor) else one)


def write_out(interp: Interpreter, args: Arguments, place: int | None, result: Value, node: ir.Expression) -> Value:
    """The result of a call that may be told to write it into an array (``out=p``): that array, if it was."""
    found = args.get(place, arrays.OUT)
    if found is None:
        return result
    everything = args.keyword(arrays.WHERE) is None
    for target in found[0].items if isinstance(found[0], Sequence) else (found[0],):
        for option, _ in () if isinstance(target, Gap) else options_of(target):
            if isinstance(option, Tensor) and write(interp, option, result, node, everything):
                result = memory.current(interp.state, option)
            elif isinstance(option, Tensor):
                _write_under(interp, found[1], option, result, node, everything)
    return result


def _written_by_call(interp: Interpreter, name: str, args: Arguments, result: Value, node: ir.Expression) -> Value:
    found = args.get(0, *arrays.FIRST)
    first = None if found is None else found[0]
    for given in args.positional if arrays.writes_all(name) else ():
        _write_first(interp, given, None, node)
    if found is not None and arrays.writes_first(name):
        _write_first(interp, found, _written(name, args, result), node)
    elif found is not None and arrays.is_mutable(name) and _is_in_place(args):
        _write_given(interp, found, result)
    if name in arrays.VIEWS and isinstance(result, Tensor) and result.memory is None and first is not None:
        result = memory.as_view(result, first)
    return write_out(interp, args, arrays.place_of_out(name), result, node)


def write_by_layer(interp: Interpreter, ref: LayerRef, args: Arguments, result: Value, node: ir.Expression) -> None:
    """Let what a layer was called on be what it gives, where the layer was made so (``inplace=True``)."""
    found = args.get(0, *arrays.FIRST)
    by_place = isinstance(ref.row.effect, Activates) and any(value == _TRUE for value, _ in ref.args.positional)
    if found is not None and arrays.is_mutable(ref.row.name) and (by_place or _is_in_place(ref.args)):
        _write_given(interp, found, result)


def _write_given(interp: Interpreter, found: tuple[Value, ir.Node | None], result: Value) -> None:
    """Let a name that is given stand for what comes of it; other names of the tensor are left out.

    Deep networks do this after every convolution, and to look for those takes long.
    """
    given, place = found
    name = place.value if isinstance(place, ir.Argument) else place
    if isinstance(given, Tensor) and given.memory is None and isinstance(name, (ir.Name, ir.Attribute)):
        assign(interp, name, result, interp.frame.scope)


def _is_in_place(args: Arguments) -> bool:
    """Whether a function or layer is told by name to write into what it is given."""
    found = args.keyword(arrays.IN_PLACE)
    return found is not None and found[0] == _TRUE


_TRUE = Const(True)


def _written(name: str, args: Arguments, result: Value) -> Value | None:
    """What a function makes all of what it is given first; None where that is only a part, or not known."""
    if arrays.gives_what_it_writes(name):
        return result
    return args.value(1, "src") if arrays.copies_into(name) and args.keyword(arrays.WHERE) is None else None


def _write_first(
    interp: Interpreter, found: tuple[Value, ir.Node | None], value: Value | None, node: ir.Expression
) -> None:
    """Write into what a function is given first, or into all tensors that a list of them holds."""
    given, place = found
    new, everything = NONE if value is None else value, value is not None
    for option, _ in options_of(given):
        if isinstance(option, Tensor) and not option.variable and not write(interp, option, new, node, everything):
            _write_under(interp, place, option, new, node, everything)
        content = content_of(interp, option)
        for item in content.items if isinstance(content, Sequence) else ():
            if isinstance(item, Tensor):
                _write_sharing(interp, item, NONE, node)


WRITES.append(_written_by_call)


def written_by_method(
    interp: Interpreter, tensor: Tensor, name: str, args: Arguments, result: Value, node: ir.Expression
) -> Value:
    """The result of a method of an array, which may write into the array or into another one."""
    if arrays.writes_receiver(name) and not write(interp, tensor, NONE, node, everything=False):
        function = node.func if isinstance(node, ir.Call) else None
        if isinstance(function, ir.Attribute):
            _write_under(interp, function.value, tensor, NONE, node, everything=False)
    return write_out(interp, args, None, result, node)
