"""What makes a module ready to be trained gives it back: it is followed as what it was."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Library, Sequence, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.preparing import PREPARED, PREPARERS, Prepared
from flake8_logits.source import syntax as ir


def _gives_back(name: str, prepared: Prepared) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        unknown = interp.unknown(Reason.UNKNOWN_CALL, node, library=name)
        if args.open is not None or (prepared.unless and args.keyword(prepared.unless) is not None):
            return unknown
        given = [unknown if one is None else args.value(one.index, one.name, *one.aliases) for one in prepared.given]
        if prepared.others:
            given += [value for value, _ in args.positional[len(prepared.given) :]]
        last = args.keyword(prepared.last) if prepared.last else None
        back = tuple(value for value in (*given, last and last[0]) if value is not None)
        if not back:
            return unknown
        return back[0] if len(back) == 1 and prepared.alone else Sequence(back)

    return run


def _itself(name: str) -> LibraryFunction:
    """An object of a class of which nothing but its methods matters stands for itself."""

    def make(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        return Library(name)

    return make


for _name, _prepared in PREPARED.items():
    models_library.add(_name, _gives_back(_name, _prepared))
for _name in PREPARERS:
    models_library.add(_name, _itself(_name))
