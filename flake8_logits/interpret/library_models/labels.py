"""Functions that make labels: one-hot ones, and the class numbers of data sets."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.labels import LabelKind, Labels
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.symbols import made_symbol
from flake8_logits.interpret.abstract.values import Arguments, Const, Sequence, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.arguments import given, value_of
from flake8_logits.knowledge.labels import NUMBERED_DATASETS, ONE_HOT
from flake8_logits.knowledge.rows import OneHot
from flake8_logits.source import syntax as ir


def _maker(row: OneHot) -> LibraryFunction:
    """A function that makes one-hot labels, as its row says."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        if any(isinstance(value, Tensor) for value in args.values()):
            return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, row.name, library=row.name))
        made = interp.unknown(Reason.UNKNOWN_CALL, node, symbol=made_symbol(), library=row.name)
        plain = args.open is None and given(args, row.square) is None
        if not plain or (row.axis is not None and value_of(args, row.axis, node) != Const(-1)):
            return made
        width = value_of(args, row.width, node)
        size = width.value if isinstance(width, Const) and type(width.value) is int else None
        return replace(made, labels=Labels(LabelKind.ONE_HOT, size, row.name.rpartition(".")[2], node))

    return run


for one_hot in ONE_HOT:
    models_library(one_hot.name)(_maker(one_hot))


def _dataset(name: str) -> LibraryFunction:
    """``load_data`` of a data set: data with its class numbers, to train with and to test with."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        def part() -> Value:
            data, numbers = (
                interp.unknown(Reason.UNKNOWN_CALL, node, symbol=made_symbol(), library=f"keras.datasets.{name}")
                for _ in range(2)
            )
            return Sequence((data, replace(numbers, labels=Labels(LabelKind.NUMBERS, None, name, node))))

        return Sequence((part(), part()))

    return run


for dataset in NUMBERED_DATASETS:
    models_library(f"keras.datasets.{dataset}.load_data")(_dataset(dataset))
