"""What a program reads back from a file: objects that it, or another run of it, has saved whole."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.traits import LOADS
from flake8_logits.source import syntax as ir


def _loads(name: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        return interp.unknown(Reason.LOADED, node, library=name)

    return run


for _name in sorted(LOADS):
    models_library.add(_name, _loads(_name))
