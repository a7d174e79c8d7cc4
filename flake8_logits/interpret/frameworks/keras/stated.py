"""What the user says: comments at values, and definitions that a configuration declares."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue
from flake8_logits.interpret.abstract.objects import InstanceRef, StatedRef
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.slots import OUTPUTS
from flake8_logits.interpret.abstract.values import Object, Tensor, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter, evaluates
from flake8_logits.interpret.frameworks.keras.models import is_model
from flake8_logits.source import syntax as ir


@evaluates(ir.Stated)
def stated(interp: Interpreter, node: ir.Stated, scope: Scope) -> Value:
    """A value that holds, or a model that gives, what a comment says; anything that can do neither stays as it is."""
    output = Output(node.scale, (Step(node, "stated in a comment"),), Rescue.UNKNOWN)

    def act(option: Value) -> Value:
        if isinstance(option, Tensor):
            return Tensor(output)
        outside = isinstance(option, Unknown) or (isinstance(option, Object) and isinstance(option.ref, InstanceRef))
        if not outside and not is_model(interp, option):
            return option
        # A model or a tensor: which of them, only its use can tell.
        made = Object(StatedRef(node, output))
        interp.state.set(made.ref, OUTPUTS, Tensor(output))
        return made

    return interp.each(interp.evaluate(node.value, scope), act)
