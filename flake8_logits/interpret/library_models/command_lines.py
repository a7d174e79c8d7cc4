"""Libraries that run a program's main function: ``absl.app.run(main)``, ``fire.Fire(train)``."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Class, Function, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.options import RUNS_WITH_OPTIONS
from flake8_logits.source import syntax as ir


@models_library("absl.app.run", "tensorflow.app.run")
def _run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Run a function with what the command line says, which is not known."""
    main = args.value(0, "main")
    if isinstance(main, Function):
        interp.call(main, Arguments((), (), Lost(Reason.PARAMETER, main.node)), node)
    return NONE


def _run_with_options(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What a function gives, or an instance of a class, whose parameters are options of the command line."""
    main = args.value(0, "main")
    if not isinstance(main, (Function, Class)):
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    interp.observations.take_options()
    if interp.without_options:
        return interp.call(main, Arguments(), node)
    if isinstance(main, Class):
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return interp.call(main, Arguments((), (), Lost(Reason.PARAMETER, main.node)), node)


for _name in RUNS_WITH_OPTIONS:
    models_library.add(_name, _run_with_options)
