"""What writes into a numpy array in place, and what gives a view of one: two arrays that share their numbers."""

from __future__ import annotations

_LIBRARIES = ("numpy.", "scipy.")

OUT = "out"
"""The keyword under which a function or method takes the array that it writes its result into."""

WHERE = "where"
"""The keyword that keeps a function from writing every number."""

_UNARY = frozenset(
    {
        "absolute",
        "abs",
        "fabs",
        "negative",
        "positive",
        "sign",
        "conjugate",
        "conj",
        "reciprocal",
        "exp",
        "exp2",
        "expm1",
        "log",
        "log2",
        "log10",
        "log1p",
        "sqrt",
        "cbrt",
        "square",
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "arcsinh",
        "arccosh",
        "arctanh",
        "asin",
        "acos",
        "atan",
        "asinh",
        "acosh",
        "atanh",
        "degrees",
        "radians",
        "deg2rad",
        "rad2deg",
        "floor",
        "ceil",
        "trunc",
        "rint",
        "logical_not",
        "isnan",
        "isinf",
        "isfinite",
        "signbit",
        "spacing",
        "invert",
        "bitwise_not",
    }
)
_BINARY = frozenset(
    {
        "add",
        "subtract",
        "multiply",
        "divide",
        "true_divide",
        "floor_divide",
        "power",
        "float_power",
        "mod",
        "remainder",
        "fmod",
        "maximum",
        "minimum",
        "fmax",
        "fmin",
        "logaddexp",
        "logaddexp2",
        "pow",
        "hypot",
        "arctan2",
        "atan2",
        "copysign",
        "nextafter",
        "heaviside",
        "matmul",
        "greater",
        "greater_equal",
        "less",
        "less_equal",
        "equal",
        "not_equal",
        "logical_and",
        "logical_or",
        "logical_xor",
        "bitwise_and",
        "bitwise_or",
        "bitwise_xor",
    }
)
_BY_PLACE = {
    **dict.fromkeys((f"numpy.{name}" for name in _UNARY), 1),
    **dict.fromkeys((f"numpy.{name}" for name in _BINARY), 2),
    "numpy.clip": 3,
    "numpy.dot": 2,
    "numpy.round": 2,
    "numpy.around": 2,
    "numpy.take": 3,
    "scipy.special.expit": 1,
    "scipy.special.logit": 1,
    "scipy.special.log_expit": 1,
}

_WRITES_FIRST = frozenset(
    {"numpy.copyto", "numpy.put", "numpy.place", "numpy.putmask", "numpy.put_along_axis", "numpy.fill_diagonal"}
)
_WRITES_ALL = frozenset({"torch.utils.swap_tensors"})
_COPIES_INTO = "numpy.copyto"
_AT = ".at"

_WRITING_METHODS = frozenset({"sort", "fill", "put", "itemset", "partition", "resize", "setfield", "__setitem__"})

VIEWS = frozenset(
    {
        "numpy.reshape",
        "numpy.ravel",
        "numpy.squeeze",
        "numpy.expand_dims",
        "numpy.transpose",
        "numpy.swapaxes",
        "numpy.moveaxis",
        "numpy.rollaxis",
        "numpy.flip",
        "numpy.fliplr",
        "numpy.flipud",
        "numpy.rot90",
        "numpy.asarray",
        "numpy.asanyarray",
        "numpy.ascontiguousarray",
        "numpy.require",
        "numpy.atleast_1d",
        "numpy.atleast_2d",
        "numpy.atleast_3d",
        "numpy.broadcast_to",
        "numpy.diagonal",
        "numpy.nditer",
        "numpy.split",
        "numpy.array_split",
        "numpy.hsplit",
        "numpy.vsplit",
        "numpy.real",
    }
)
"""Functions whose result may share its numbers with the array that they are given first."""

VIEWING_METHODS = frozenset({"reshape", "ravel", "squeeze", "transpose", "swapaxes", "view", "diagonal", "astype"})
"""Methods of an array whose result may share its numbers (``astype`` only with ``copy=False``)."""


ARRAY_OF_TENSOR = "numpy"
"""The method of a PyTorch tensor that gives its numbers as an array, which lie where they did."""
DATA = "data"
"""The attribute of a PyTorch tensor that is a tensor of the same numbers, and may be set to another."""

FIRST = ("a", "dst", "arr", "input", "tensor", "ndarray", "data")
"""What functions call the array or tensor that they are given first, and may write into."""
COPIES = frozenset({"clone", "copy"})
"""Methods of a tensor or array that give the numbers anew."""
IN_PLACE = "inplace"
"""The parameter by which a function or layer of PyTorch is told to write what it gives into what it is given."""
_TENSORS = "torch."
_WRITING = "_"


def gives_arrays(name: str) -> bool:
    """Whether a function of this name gives arrays, which can be written in place, and no tensors."""
    return name.startswith(_LIBRARIES)


def place_of_out(name: str) -> int | None:
    """Where a function takes by position the array that it writes into; None where it does not."""
    return _BY_PLACE.get(name)


def writes_first(name: str) -> bool:
    """Whether a function writes into its first argument.

    They are ``numpy.put``, ``at`` of an operation of numpy, and ``torch.sigmoid_``.
    """
    return gives_what_it_writes(name) or name in _WRITES_FIRST or (gives_arrays(name) and name.endswith(_AT))


def writes_all(name: str) -> bool:
    """Whether a function writes into whatever tensors it is given, as ``torch.utils.swap_tensors``."""
    return name in _WRITES_ALL


def gives_what_it_writes(name: str) -> bool:
    """Whether a function of PyTorch writes what it gives into the tensor that it is given first."""
    return name.startswith(_TENSORS) and name.endswith(_WRITING) and not name.endswith("__")


def is_mutable(name: str) -> bool:
    """Whether tensors of the library that a module or thing of this name belongs to can be written in place."""
    return f"{name}.".startswith(_TENSORS)


def copies_into(name: str) -> bool:
    """Whether a function makes its first argument what its second is."""
    return name == _COPIES_INTO


def writes_receiver(method: str) -> bool:
    """Whether a method of an array (or of a PyTorch tensor: ``sigmoid_``) writes into it."""
    return method in _WRITING_METHODS or (method.endswith("_") and not method.endswith("__"))
