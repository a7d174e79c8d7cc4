"""PyTorch: networks by name, modules run on several devices or in parts, the largest numbers with their places."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Const, Gap, Sequence, Tensor, Unknown, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter, reads_attribute
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.effects import apply_operation
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.methods import PLACED, WITH_PLACES
from flake8_logits.knowledge.rows import Operation
from flake8_logits.knowledge.torch_networks import hub_network
from flake8_logits.knowledge.torch_wrappers import CALLED_WITH_WEIGHTS, CHECKPOINT_OPTIONS
from flake8_logits.source import syntax as ir


@models_library("torch.hub.load")
def _load(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """The network that a function of the repository gives, where the repository is a package that has rows."""
    repository, name = args.value(0, "repo_or_dir"), args.value(1, "model")
    if isinstance(repository, Const) and isinstance(name, Const):
        network = hub_network(repository.value, name.value)
        if network is not None:
            return interp.call(interp.library(network), Arguments((), args.keywords, args.open), node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library="torch.hub.load")


@models_library("torch.nn.parallel.data_parallel")
def _run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What the module gives."""
    module, inputs = args.value(0, "module"), args.value(1, "inputs")
    if module is None or inputs is None:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return interp.call(module, Arguments(((inputs, None),)), node)


def _call_with_weights(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What the module gives; the weights are of no concern."""
    module, given = args.value(0, "module"), args.value(2, "args")
    if module is None or args.open is not None or args.value(3, "kwargs") not in (None, NONE):
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    content = None if given is None else content_of(interp, given)
    if isinstance(content, Sequence):
        if any(isinstance(item, Gap) for item in content.items):
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        inputs = tuple((item, None) for item in content.items if not isinstance(item, Gap))
    else:  # what is no tuple is the only argument
        inputs = () if given in (None, NONE) else ((given, None),)
    return interp.call(module, Arguments(inputs), node)


for _name in CALLED_WITH_WEIGHTS:
    models_library.add(_name, _call_with_weights)


@models_library("torch.utils.checkpoint.checkpoint")
def _run_again(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What the function gives, which is run a second time where gradients are asked for."""
    if not args.positional:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    (function, _), *inputs = args.positional
    keywords = tuple(one for one in args.keywords if one[0] not in CHECKPOINT_OPTIONS)
    return interp.call(function, Arguments(tuple(inputs), keywords, args.open), node)


@models_library("torch.utils.checkpoint.checkpoint_sequential")
def _run_in_parts(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What the functions give one after the other."""
    functions, value = args.value(0, "functions"), args.value(2, "input", "inputs")
    content = None if functions is None else content_of(interp, functions)
    if functions is None or value is None:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    for function in content.items if isinstance(content, Sequence) else (functions,):
        if isinstance(function, Gap):
            return Unknown(function.lost)
        value = interp.call(function, Arguments(((value, None),)), node)
    return value


def _extremes(name: str, numbers: str) -> LibraryFunction:
    """The largest or smallest numbers: of all, or along an axis, with the places where they are."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        row, axis = lookup(numbers), args.value(1, "dim")
        assert isinstance(row, Operation)
        lost = Tensor(Lost(Reason.UNKNOWN_OPERATION, node, name, library=name))
        if args.open is not None or args.keyword("other") or not (axis is None or _is_axis(axis)):
            return lost
        found = apply_operation(interp, replace(row, name=name), args, node)
        return found if axis is None else Sequence((found, lost), _PLACED)

    return run


_PLACED = "values and indices"
"""The kind of a Sequence that is two tensors, each of which has a name."""


def _is_axis(value: Value) -> bool:
    return isinstance(value, Const) and type(value.value) is int


for _name, _numbers in WITH_PLACES.items():
    models_library.add(_name, _extremes(_name, _numbers))


@reads_attribute(Sequence)
def _named(interp: Interpreter, pair: Sequence, name: str, node: ir.Expression) -> Value:
    if pair.kind == _PLACED and name in PLACED:
        found = pair.items[PLACED.index(name)]
        assert not isinstance(found, Gap)
        return found
    return reads_attribute.get(object)(interp, pair, name, node)
