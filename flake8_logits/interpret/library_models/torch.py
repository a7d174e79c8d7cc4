"""PyTorch: networks by the name of a repository, and a module that is run on several devices."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.torch_networks import hub_network
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
