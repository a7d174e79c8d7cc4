"""The functions that were not run yet, and which of them no other of them mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container

from flake8_logits.interpret.abstract.values import Function
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir


class Waiting:
    """Functions that nobody entered; asked again and again, so that each is looked at once or twice.

    ``paths`` are the files they stand in; None stands for all that are run whole.
    """

    def __init__(self, interp: Interpreter, paths: Container[str] | None = None) -> None:
        self._interp = interp
        self._paths = paths
        self._left: dict[ir.Node, Function] = {}
        self._mentioned: defaultdict[str, set[ir.Node]] = defaultdict(set)
        self._named: defaultdict[str, list[ir.Node]] = defaultdict(list)
        self._free: dict[ir.Node, None] = {}
        self._places: dict[ir.Node, int] = {}
        self._entered = 0

    def next(self) -> list[Function]:
        """Those that the others do not mention, in the order of their definition; none where none is left.

        Where all mention each other it is the last defined.
        """
        self._look_again()
        if not self._left:
            return []
        free = sorted((node for node in self._free if node in self._left), key=self._places.__getitem__)
        found = [self._left[node] for node in free] or [self._left[next(reversed(self._left))]]
        for function in found:
            self._drop(function.node)
        return found

    def _look_again(self) -> None:
        """Take in what was defined, and drop what was entered, since the last time."""
        entered = self._interp.entered
        functions = self._interp.functions
        for node in list(functions)[len(self._places) :]:
            self._places[node] = len(self._places)
            if node not in entered and (self._paths is None or node.home.path in self._paths):
                self._take(functions[node])
        for node in list(entered)[self._entered :]:
            self._drop(node)
        self._entered = len(entered)

    def _take(self, function: Function) -> None:
        node = function.node
        self._left[node] = function
        for name in self._interp.mentions.names_in(node):
            self._mentioned[name].add(node)
            for other in self._named.get(name, ()):
                if other is not node:
                    self._free.pop(other, None)
        self._named[name_of(function)].append(node)
        self._ask(node)

    def _drop(self, node: ir.Node) -> None:
        if self._left.pop(node, None) is None:
            return
        self._free.pop(node, None)
        for name in self._interp.mentions.names_in(node):
            mentioning = self._mentioned[name]
            mentioning.discard(node)
            if len(mentioning) < 2:
                for other in self._named.get(name, ()):
                    self._ask(other)

    def _ask(self, node: ir.Node) -> None:
        """Note whether a function that is left is mentioned by itself alone."""
        if node in self._left and self._mentioned[name_of(self._left[node])] <= {node}:
            self._free[node] = None


def name_of(function: Function) -> str:
    """The name that a function is defined under; none for a lambda."""
    return function.node.name if isinstance(function.node, ir.FunctionDef) else ""
