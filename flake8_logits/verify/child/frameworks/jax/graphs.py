"""What a jaxpr shows of an output: the last primitives that decide its scale."""

from __future__ import annotations

import types
from typing import Any

_PASSING = frozenset(
    {"reshape", "broadcast_in_dim", "squeeze", "expand_dims", "transpose", "convert_element_type", "copy", "copy_p",
     "stop_gradient", "slice", "rev", "device_put", "reduce_precision", "optimization_barrier"}
)  # fmt: skip
_DECIDING = {
    "logistic": "sigmoid", "tanh": "tanh", "dot_general": "linear", "conv_general_dilated": "linear",
}  # fmt: skip
"""Primitives, and the words of Keras for them; ``linear`` leaves numbers without bounds."""
_JOINING = frozenset({"concatenate", "stack"})
"""Primitives that put results of one kind side by side."""
_INNER = ("jaxpr", "call_jaxpr", "fun_jaxpr")
"""Where a primitive that runs a program of its own keeps it."""
_STEPS = 60

Node = tuple[str, list[Any]]
"""A primitive and what it was given."""


class Graph:
    """A jaxpr with the programs in it written out: by each variable what computed it."""

    def __init__(self, closed: Any) -> None:
        self._nodes: dict[Any, Node] = {}
        self._names: dict[Any, Any] = {}
        self._add(closed.jaxpr)
        self.output = closed.jaxpr.outvars[0]

    def deciding_operation(self) -> str:
        """The word for what decides the scale of the output; empty if the graph does not show it."""
        return self._deciding(self.output)

    def _deciding(self, variable: Any) -> str:
        for _ in range(_STEPS):
            name, given = self._node(variable)
            if name in _JOINING:
                words = {self._deciding(one) for one in given}
                return words.pop() if len(words) == 1 else ""
            if name in _DECIDING:
                return _DECIDING[name]
            if name not in _PASSING or not given:
                return self._of_several(name, given)
            variable = given[0]
        return ""

    def _of_several(self, name: str, given: list[Any]) -> str:
        """The word for what several primitives make together."""
        names = [self._behind(one)[0] for one in given]
        if name == "div" and names == ["exp", "reduce_sum"] and self._sums(given[1], given[0]):
            return "softmax"
        if name == "sub" and names[-1] == "log" and self._is_of_sum(given[1]):
            return "log_softmax"
        if name == "max" and len(given) == 2 and any(_is_zero(one) for one in given):
            return "relu"
        if name == "add" and any(_DECIDING.get(one) == "linear" for one in names):
            return "linear"
        return ""

    def _sums(self, total: Any, numbers: Any) -> bool:
        """Whether one number is the sum of others."""
        _, given = self._behind(total)
        return bool(given) and self._name(given[0]) is self._name(numbers)

    def _is_of_sum(self, logarithm: Any) -> bool:
        """Whether a logarithm is that of a sum of exponentials."""
        _, given = self._behind(logarithm)
        name, summed = self._behind(given[0])
        return name == "reduce_sum" and self._behind(summed[0])[0] == "exp"

    def _behind(self, variable: Any) -> Node:
        """The primitive behind those that only give another form."""
        name, given = self._node(variable)
        for _ in range(_STEPS):
            if name not in _PASSING or not given:
                break
            name, given = self._node(given[0])
        return name, given

    def _node(self, variable: Any) -> Node:
        return self._nodes.get(self._name(variable), ("", []))

    def _name(self, variable: Any) -> Any:
        """The variable that one is another name for."""
        while not hasattr(variable, "val") and variable in self._names:
            variable = self._names[variable]
        return _Literal if hasattr(variable, "val") else variable

    def _add(self, jaxpr: Any) -> None:
        for equation in jaxpr.eqns:
            inner = next((equation.params[one] for one in _INNER if one in equation.params), None)
            inner = getattr(inner, "jaxpr", inner)
            if inner is None or len(inner.outvars) != len(equation.outvars):
                for one in equation.outvars:
                    self._nodes[one] = (str(equation.primitive), list(equation.invars))
                continue
            inner = _copied(inner)
            for one, outer in zip(inner.invars, equation.invars[-len(inner.invars) :], strict=False):
                self._names[one] = outer
            self._add(inner)
            for one, outer in zip(equation.outvars, inner.outvars, strict=True):
                self._names[one] = outer


class _Literal:
    """What stands for every number that is written out."""


class _Variable:
    """A variable, told from all others by being itself."""


def _is_zero(variable: Any) -> bool:
    value = getattr(variable, "val", None)
    return value is not None and getattr(value, "shape", ()) == () and float(value) == 0.0


def _copied(jaxpr: Any) -> Any:
    """A program with variables of its own: the same one may be run several times."""
    names: dict[Any, Any] = {}

    def renamed(variable: Any) -> Any:
        if hasattr(variable, "val"):
            return variable
        return names.setdefault(variable, _Variable())

    equations = [
        types.SimpleNamespace(
            primitive=one.primitive, params=one.params, invars=[renamed(each) for each in one.invars],
            outvars=[renamed(each) for each in one.outvars],
        )
        for one in jaxpr.eqns
    ]  # fmt: skip
    outputs = [renamed(one) for one in jaxpr.outvars]
    return types.SimpleNamespace(invars=[renamed(one) for one in jaxpr.invars], eqns=equations, outvars=outputs)
