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


def new_tuner(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A tuner for the models that its first argument builds."""
    tuner = Object(TunerRef(node))
    machine.state.set(tuner.ref, "builder", args.value(0, "hypermodel") or NONE)
    return tuner


def call_tuner(machine: Interpreter, tuner: Object, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of a tuner: those that give models give what its builder builds."""
    if name == "get_best_models":
        models: list[Value | Gap] = [build(machine, tuner, node)]
        return make_sequence(machine, node, "list", [*models, Gap(machine.unknown(Reason.EXPRESSION, node).lost)])
    if name == "build":
        return build(machine, tuner, node)
    return machine.unknown(Reason.UNKNOWN_METHOD, node, name)


def build(machine: Interpreter, tuner: Object, node: ir.Expression) -> Value:
    """A model as the tuner's builder makes it, for hyperparameters that are not known."""
    builder = machine.state.get(tuner.ref, "builder") or NONE
    hyperparameters = Arguments(((machine.unknown(Reason.PARAMETER, node, "hp"), None),))
    if isinstance(builder, (Function, Partial)):
        return machine.call(builder, hyperparameters, node)
    if isinstance(builder, Object) and isinstance(builder.ref, InstanceRef):
        from flake8_logits.interpret.attributes import attribute

        return machine.call(attribute(machine, builder, "build", node), hyperparameters, node)
    return machine.unknown(Reason.LOADED, node)


class _Files(Ref):
    """The files that the program saves models to, by name."""

    __slots__ = ()


FILES = _Files(None)


def save(machine: Interpreter, model: Value, args: Arguments, node: ir.Expression) -> None:
    """Remember which model was saved where."""
    name = _name(args.value(0, "filepath"))
    if name is not None:
        machine.state.set(FILES, name, duplicate(machine, model, node, DEEPEST))


def saved(machine: Interpreter, args: Arguments) -> Value | None:
    """The model that this program saved under the name it is loaded from."""
    name = _name(args.value(0, "filepath", "path"))
    return None if name is None else machine.state.get(FILES, name)


def _name(path: Value | None) -> str | None:
    """A file by its name, or by the one unknown value that it is saved and loaded under."""
    if isinstance(path, Const) and isinstance(path.value, str):
        return path.value
    return f"unknown {path.symbol!r}" if isinstance(path, Unknown) else None
