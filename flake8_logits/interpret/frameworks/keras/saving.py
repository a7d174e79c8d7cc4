"""Files that the program saves models to, so that what it loads from them is known."""

from __future__ import annotations

from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import Item, Name
from flake8_logits.interpret.abstract.values import Arguments, Const, Unknown, Value
from flake8_logits.interpret.engine.copies import DEEPEST_COPY, duplicate
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir


class _Files(Ref):
    """The files that the program saves models to, by name."""

    __slots__ = ()


FILES = _Files(None)


def save(interp: Interpreter, model: Value, args: Arguments, node: ir.Expression) -> None:
    """Remember which model was saved where."""
    name = _name(args.value(0, "filepath"))
    if name is not None:
        interp.state.set(FILES, name, duplicate(interp, model, node, DEEPEST_COPY))


def saved(interp: Interpreter, args: Arguments) -> Value | None:
    """The model that this program saved under the name it is loaded from."""
    name = _name(args.value(0, "filepath", "path"))
    return None if name is None else interp.state.get(FILES, name)


def _name(path: Value | None) -> Name | None:
    """A file by its name, or by the one unknown value that it is saved and loaded under."""
    if isinstance(path, Const) and isinstance(path.value, str):
        return path.value
    return Item(path.symbol) if isinstance(path, Unknown) else None
