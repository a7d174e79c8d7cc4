"""Under which names things keep what they hold: names of the program as strings, everything else typed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass


class Slot:
    """A place that the program itself has no name for."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True)
class Item:
    """One item, by its key, that is known beside (or instead of) the content of a container."""

    key: Hashable


@dataclass(frozen=True, slots=True)
class Setter:
    """The setter of the property of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Deleter:
    """The deleter of the property of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Memo:
    """The result of a function that keeps its results, by what it was called with."""

    call: Hashable


Name = str | Slot | Item | Setter | Deleter | Memo

ITEMS = Slot("items")
"""The content of a list, set or dict: a Sequence or a Mapping."""
LAYERS = Slot("layers")
"""The layers of a model that is a chain of them: a Sequence."""
OUTPUTS = Slot("outputs")
"""What a model gives that is no chain: tensors as they were when it was made."""
SHARED_WITH = Slot("shared with")
"""The shallow copies of a module and what they were copied from, which have their parts in common: a Sequence."""
COMPILED_LOSS = Slot("compiled loss")
COMPILATION = Slot("compilation")
"""The compilation that a model has not trained with yet; None once it has."""
NAME = Slot("name")
"""The name that a model is given, under which its output goes in another one."""
INHERITED_LOSS = Slot("inherited loss")
"""The library's loss that an instance derives from."""
INHERITED_LAYER = Slot("inherited layer")
"""The library's layer that an instance derives from."""
FOUND_IN = Slot("found in")
"""The model in which a layer was last looked for: what it gives is what it gives there."""
BUILT = Slot("built")
"""Set once ``build`` was run."""
BUILDER = Slot("builder")
"""What builds the models of a tuner."""
CONTENT = Slot("content")
"""What an array holds since it was written in place: a Tensor, or None while it is as it was made."""
ANY_ATTRIBUTE = Slot("any attribute")
"""Why any attribute of a thing may have been set."""
MODE = Slot("mode")
"""Whether a module was put into training mode.  No name of the program reads it, and what reads it knows of both."""
