"""Libraries that run a program's main function: ``absl.app.run(main)``, ``fire.Fire(train)``."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Function, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("absl.app.run", "tensorflow.app.run", "fire.Fire", "typer.run")
def _run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Run a function with what the command line says, which is not known."""
    main = args.value(0, "main")
    if isinstance(main, Function):
        interp.call(main, Arguments((), (), Lost(Reason.PARAMETER, main.node)), node)
    return NONE
