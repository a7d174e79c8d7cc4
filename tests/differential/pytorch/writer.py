"""The pen for programs with PyTorch."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.grammar.writer import Writer


@dataclass
class TorchWriter(Writer):
    """Writes one program with PyTorch.

    ``flat`` says that samples have one axis, ``gives`` what ``forward`` gives beside a tensor ("tuple" or "dict"), and
    ``sample`` that the tensor at hand is one sample, of which it is not followed how many axes it has.
    """

    flat: bool = True
    gives: str = ""
    sample: bool = False
