"""What is said of numpy's functions and methods that write in place and give views, held against numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.knowledge import arrays

UFUNCS = {
    name: function
    for name, function in vars(np).items()
    if isinstance(function, np.ufunc)
    and function.nout == 1
    and function.signature is None
    and any(kind.startswith("d" * function.nin + "->") for kind in function.types)
}
"""The functions that work on each number of an array of floats."""

MORE_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "swapaxes": (0, 1),
    "expand_dims": (0,),
    "moveaxis": (0, 1),
    "rollaxis": (1,),
    "reshape": (-1,),
    "broadcast_to": ((2, 4, 4),),
    "split": (2,),
    "array_split": (2,),
    "hsplit": (2,),
    "vsplit": (2,),
    "require": (None, "C"),
    "astype": ("float64", "K", "unsafe", True, False),
}

WRITING_METHODS: dict[str, Callable[[Any], object]] = {
    "sort": lambda array: array.sort(),
    "fill": lambda array: array.fill(0),
    "put": lambda array: array.put([0], 99),
    "partition": lambda array: array.partition(1),
    "resize": lambda array: array.resize((2, 2), refcheck=False),
    "setfield": lambda array: array.setfield(0, "float64"),
    "__setitem__": lambda array: array.__setitem__(0, 99),
}

WRITING_FUNCTIONS: dict[str, Callable[[Any], object]] = {
    "copyto": lambda array: np.copyto(array, 0),
    "put": lambda array: np.put(array, [0], 99),
    "place": lambda array: np.place(array, array > 0, [99]),
    "putmask": lambda array: np.putmask(array, array > 0, 99),
    "put_along_axis": lambda array: np.put_along_axis(array, np.zeros((1, 4), int), 99, 0),
    "fill_diagonal": lambda array: np.fill_diagonal(array, 99),
    "add.at": lambda array: np.add.at(array, 0, 99),
}


def _array() -> Any:
    return np.arange(16.0)[::-1].reshape(4, 4).copy()


@pytest.mark.parametrize("name", sorted(UFUNCS))
def test_the_result_can_be_told_where_to_go_by_place(name: str) -> None:
    assert arrays.place_of_out(f"numpy.{name}") == UFUNCS[name].nin


@pytest.mark.parametrize(
    ("name", "inputs"),
    [("clip", (0, 1)), ("dot", (np.eye(4),)), ("round", (0,)), ("around", (0,)), ("take", ([0, 1, 2, 3], 0))],
)
def test_other_functions_take_it_there_too(name: str, inputs: tuple[Any, ...]) -> None:
    out = np.full((4, 4), 99.0)
    assert arrays.place_of_out(f"numpy.{name}") == len(inputs) + 1
    assert getattr(np, name)(_array(), *inputs, out) is out


@pytest.mark.parametrize("name", sorted(arrays.VIEWS))
def test_a_function_may_give_a_view(name: str) -> None:
    array, short = _array(), name.removeprefix("numpy.")
    result = getattr(np, short)(array, *MORE_ARGUMENTS.get(short, ()))
    parts = result.operands if isinstance(result, np.nditer) else result if isinstance(result, list) else [result]
    assert all(np.shares_memory(array, part) for part in parts)


@pytest.mark.parametrize("name", sorted(arrays.VIEWING_METHODS))
def test_a_method_may_give_a_view(name: str) -> None:
    array = _array()
    assert np.shares_memory(array, getattr(array, name)(*MORE_ARGUMENTS.get(name, ())))


@pytest.mark.parametrize("name", ["copy", "flatten", "astype", "round", "mean", "repeat", "take"])
def test_other_methods_give_arrays_of_their_own(name: str) -> None:
    array = _array()
    arguments: dict[str, tuple[Any, ...]] = {"astype": ("float32",), "repeat": (2,), "take": ([0, 1],)}
    assert not np.shares_memory(array, getattr(array, name)(*arguments.get(name, ())))


@pytest.mark.parametrize("name", sorted(WRITING_METHODS))
def test_a_method_writes(name: str) -> None:
    array = _array()
    before = array.copy()
    WRITING_METHODS[name](array)
    assert arrays.writes_receiver(name)
    assert not np.array_equal(array, before)


@pytest.mark.parametrize("name", sorted(WRITING_FUNCTIONS))
def test_a_function_writes_its_first_argument(name: str) -> None:
    array = _array()
    before = array.copy()
    WRITING_FUNCTIONS[name](array)
    assert arrays.writes_first(f"numpy.{name}")
    assert arrays.copies_into(f"numpy.{name}") is (name == "copyto")
    assert not np.array_equal(array, before)


def test_what_leaves_an_array_alone_is_not_among_them() -> None:
    assert not arrays.writes_first("numpy.exp")
    assert not arrays.writes_receiver("mean")
    assert not arrays.writes_receiver("__add__")
    assert not arrays.gives_arrays("tensorflow.exp")
