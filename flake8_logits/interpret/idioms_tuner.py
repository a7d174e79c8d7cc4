"""Models that come out of something: a tuner that builds them, a file that the same program saved them to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.containers import make_sequence
from flake8_logits.interpret.copies import DEEPEST, duplicate
from flake8_logits.interpret.references import InstanceRef, Ref
from flake8_logits.interpret.values import NONE, Arguments, Const, Function, Gap, Object, Partial, Unknown, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

TUNERS = frozenset({"RandomSearch", "Hyperband", "BayesianOptimization", "GridSearch", "Tuner"})
ROOTS = ("keras_tuner", "kerastuner")


class TunerRef(Ref):
    """A keras-tuner tuner; content: what builds its models, under ``hypermodel``."""

    __slots__ = ()


def is_tuner(name: str) -> bool:
    """Whether a canonical name is that of a tuner class."""
    parts = name.split(".")
    return parts[0] in ROOTS and parts[-1] in TUNERS


def new_tuner(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A tuner for the models that its first argument builds."""
    tuner = Object(TunerRef(node))
    interp.state.set(tuner.ref, "builder", args.value(0, "hypermodel") or NONE)
    return tuner


def call_tuner(interp: Interpreter, tuner: Object, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of a tuner: those that give models give what its builder builds."""
    if name == "get_best_models":
        models: list[Value | Gap] = [build(interp, tuner, node)]
        return make_sequence(interp, node, "list", [*models, Gap(interp.unknown(Reason.EXPRESSION, node).lost)])
    if name == "build":
        return build(interp, tuner, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name)


def build(interp: Interpreter, tuner: Object, node: ir.Expression) -> Value:
    """A model as the tuner's builder makes it, for hyperparameters that are not known."""
    builder = interp.state.get(tuner.ref, "builder") or NONE
    hyperparameters = Arguments(((interp.unknown(Reason.PARAMETER, node, "hp"), None),))
    if isinstance(builder, (Function, Partial)):
        return interp.call(builder, hyperparameters, node)
    if isinstance(builder, Object) and isinstance(builder.ref, InstanceRef):
        from flake8_logits.interpret.attributes import attribute

        return interp.call(attribute(interp, builder, "build", node), hyperparameters, node)
    return interp.unknown(Reason.LOADED, node)


class _Files(Ref):
    """The files that the program saves models to, by name."""

    __slots__ = ()


FILES = _Files(None)


def save(interp: Interpreter, model: Value, args: Arguments, node: ir.Expression) -> None:
    """Remember which model was saved where."""
    name = _name(args.value(0, "filepath"))
    if name is not None:
        interp.state.set(FILES, name, duplicate(interp, model, node, DEEPEST))


def saved(interp: Interpreter, args: Arguments) -> Value | None:
    """The model that this program saved under the name it is loaded from."""
    name = _name(args.value(0, "filepath", "path"))
    return None if name is None else interp.state.get(FILES, name)


def _name(path: Value | None) -> str | None:
    """A file by its name, or by the one unknown value that it is saved and loaded under."""
    if isinstance(path, Const) and isinstance(path.value, str):
        return path.value
    return f"unknown {path.symbol!r}" if isinstance(path, Unknown) else None
