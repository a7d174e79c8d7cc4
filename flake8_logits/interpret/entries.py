"""Libraries that run a program's main function: ``absl.app.run(main)``, ``fire.Fire(train)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.values import NONE, Arguments, Function, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def _run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Run a function with what the command line says, which is not known."""
    main = args.value(0, "main")
    if isinstance(main, Function):
        interp.call(main, Arguments((), (), Lost(Reason.PARAMETER, main.node)), node)
    return NONE


IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = dict.fromkeys(
    ("absl.app.run", "tensorflow.app.run", "fire.Fire", "typer.run"), _run
)
