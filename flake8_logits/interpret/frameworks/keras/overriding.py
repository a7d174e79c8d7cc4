"""Hooks of Keras that a program overrides, in a class or on one model."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.mro import library_bases
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.values import NONE, Object, Value
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.hooks import FOLLOWED, HOOKS, Part
from flake8_logits.source import syntax as ir


def override(interp: Interpreter, model: Object, hook: str) -> Value | None:
    """What a model has in the place of a method of Keras; None where it has Keras' own."""
    found = interp.state.get(model.ref, hook)
    if found is None and isinstance(model.ref, InstanceRef):
        found = class_attribute(interp, model.ref.cls, hook)
    return None if found == NONE else found


def overridden(interp: Interpreter, model: Object, part: Part, node: ir.Node) -> Lost | None:
    """Why it is not known what a model does, for a hook is overridden that is not followed; None where it is known.

    A class that derives from no class of Keras has no hooks.
    """
    if isinstance(model.ref, InstanceRef) and not library_bases(model.ref.cls):
        return None
    for hook, parts in HOOKS.items():
        if part in parts and override(interp, model, hook) is not None and not _is_followed(hook, part):
            return Lost(Reason.CUSTOM, node, hook)
    return None


def _is_followed(hook: str, part: Part) -> bool:
    return hook in FOLLOWED and not (hook == "train_step" and part is Part.METRICS)
