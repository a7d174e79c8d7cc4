"""The instances of each class of a program, the first few: methods that nobody calls are run on them."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.interpret.abstract.values import Object
from flake8_logits.source import syntax as ir

MOST_INSTANCES = 4
"""So many instances of a class are kept."""


class KnownInstances:
    """Instances by the definition of their class."""

    def __init__(self) -> None:
        self._found: dict[ir.Node, list[Object]] = {}
        self.tell: Callable[..., None] | None = None
        """Is told of all that are noted."""

    def of(self, node: ir.Node) -> list[Object]:
        """The instances of a class, in the order in which they were made."""
        return self._found.get(node, [])

    def note(self, node: ir.Node, instance: Object) -> None:
        """An instance was made; where enough are known, it is not kept."""
        if self.tell is not None:
            self.tell("note", node, instance)
        known = self._found.setdefault(node, [])
        if len(known) < MOST_INSTANCES:
            known.append(instance)

    def copy(self) -> KnownInstances:
        """The same, to be changed apart."""
        copied = KnownInstances()
        copied._found = {node: list(known) for node, known in self._found.items()}
        return copied
