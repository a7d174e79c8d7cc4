"""What holds for everything that a library has: what its calls leave alone, which of its names make objects."""

from __future__ import annotations

from collections.abc import Iterable

_LEAVE_ARGUMENTS_ALONE = (
    "builtins.",
    "keras.",
    "tensorflow.",
    "torch.",
    "jax.",
    "flax.",
    "optax.",
    "equinox.",
    "haiku.",
    "distrax.",
    "numpy.",
    "os.",
    "sys.",
    "math.",
    "json.",
    "copy.",
    "time.",
    "functools.",
    "tensorflowjs.converters.",
    "tf2onnx.convert.",
)

_ONLY_LOOK = (
    "builtins.print",
    "builtins.type",
    "builtins.isinstance",
    "builtins.id",
    "builtins.len",
    "keras.utils.",
    "flake8_logits.",
)

_WALK_NOTHING = frozenset(
    f"builtins.{name}"
    for name in ("bool", "callable", "getattr", "hasattr", "hash", "id", "isinstance", "iter", "next", "print", "repr",
                 "str", "type")
)  # fmt: skip

ASK_FOR_FORM = frozenset(
    {"isinstance", "issubclass", "type", "len", "hasattr", "callable", "is_tensor", "is_keras_tensor", "ndim", "ndims",
     "dim", "shape", "int_shape", "get_shape", "static_shape", "size", "rank", "dtype", "device",
     "is_cuda", "requires_grad", "numel", "nelement", "is_sparse", "is_contiguous", "training"}
)  # fmt: skip
"""Functions, methods and attributes that tell what form a tensor has, and nothing of its numbers."""

OURS = frozenset({"reveal_output"})
"""Functions of this package that programs may call: known without an import, as in a comment there is none."""

_DECORATE_WITHOUT_CHANGE = (
    "builtins.",
    "functools.",
    "keras.",
    "tensorflow.",
    "abc.",
    "contextlib.",
    "typing.",
    "typing_extensions.",
    "dataclasses.",
    "pytest.",
    "unittest.",
    "numba.",
    "jax.",
    "flax.",
    "optax.",
    "equinox.",
    "haiku.",
    "chex.",
    "torch.",
    "atexit.",
    "flask.",
    "fastapi.",
    "streamlit.",
    "line_profiler.",
    "memory_profiler.",
    "overrides.",
    "six.",
    "tensorflow_federated.",
)

_CHOOSE_BY_TYPE = frozenset(
    {"functools.singledispatch", "functools.singledispatchmethod", "multipledispatch.dispatch", "plum.dispatch"}
)

_LEAVE_ATTRIBUTES = ("keras.", "builtins.object", "abc.", "tensorflow.", "torch.", "flax.", "equinox.", "haiku.")

_WORK_ON_TENSORS = ("tensorflow.", "torch.", "jax.", "numpy.", "keras.ops.", "keras.backend.")

NEVER_FALSE = tuple(f"keras.{part}." for part in ("losses", "metrics", "layers", "activations"))

_SWALLOW_EXCEPTIONS = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex"})

LOADS = frozenset({"cloudpickle.load", "dill.load", "joblib.load", "pickle.load", "torch.jit.load", "torch.load"})
"""Functions that read an object from a file, as it was saved there."""

_LOGARITHMS = frozenset({"reduce_logsumexp", "logsumexp", "log"})

EPSILON = 1e-7
"""What Keras adds to numbers before it takes a logarithm, unless it is set to something else."""

_EXPONENTIALS = frozenset({"exp"})

_MINUS_INFINITY = frozenset(
    {"numpy.inf", "numpy.NINF", "math.inf", "jax.numpy.inf", "tensorflow.float32.min", "tensorflow.float16.min"}
)


def leaves_arguments_alone(name: str) -> bool:
    """Whether calling this leaves a model or list handed to it (or to what it made) as it is."""
    return name.startswith(_LEAVE_ARGUMENTS_ALONE)


def only_looks(name: str) -> bool:
    """Whether calling this neither trains a model that is handed to it nor keeps it."""
    return name.startswith(_ONLY_LOOK)


def walks_nothing(name: str) -> bool:
    """Whether an iterator that is handed to this has the same left after it, or what it has left is known."""
    return name in _WALK_NOTHING


def chooses_by_type(name: str) -> bool:
    """Whether what this makes of functions that it decorates calls one of them, by what it is given."""
    return name in _CHOOSE_BY_TYPE


def decorates_without_change(name: str) -> bool:
    """Whether a function decorated with this takes the arguments that it is written with."""
    return name.startswith(_DECORATE_WITHOUT_CHANGE)


def leaves_attributes(name: str) -> bool:
    """Whether ``__init__`` of this class keeps none of its arguments as an attribute that programs read."""
    return name.startswith(_LEAVE_ATTRIBUTES)


def works_on_tensors(name: str) -> bool:
    """Whether a function of this name gives a tensor when it is given one."""
    return name.startswith(_WORK_ON_TENSORS)


def never_false(name: str) -> bool:
    """Whether this, and what calling it makes, counts as true; arrays and variables may not."""
    return name.startswith(NEVER_FALSE)


def swallows_exceptions(name: str) -> bool:
    """Whether a context manager of this name may end an exception; a dotted name counts by its last part."""
    return name.rpartition(".")[2] in _SWALLOW_EXCEPTIONS


def is_logarithm(name: str) -> bool:
    """Whether a function of this name gives a logarithm: taken from logits it leaves log-probabilities."""
    return name.rpartition(".")[2] in _LOGARITHMS


def is_exponential(name: str) -> bool:
    """Whether a function of this name gives the exponential of what it is given."""
    return name.rpartition(".")[2] in _EXPONENTIALS


def is_infinite(name: str) -> bool:
    """Whether this is a number so far from zero that it masks whatever it is added to."""
    return name in _MINUS_INFINITY


def makes_objects(name: str) -> bool:
    """Whether a name reads like a class: calling it makes an object, which keeps what it is given and leaves it be."""
    return name.rpartition(".")[2][:1].isupper()


SUMMED_ALONG = ("axis", "reduction_indices", "dim")
SUM_KEEPS_PLACE = ("keepdims", "keep_dims", "keepdim")
"""Under which keywords a sum is told its axis, and to leave one place of it."""


_OF_TORCH = frozenset({"dim", "keepdim"})


def along_classes(function: str, keywords: Iterable[str]) -> frozenset[int]:
    """The axes along which a function sums over classes, of a tensor of which the number of axes is not known.

    PyTorch's losses look for classes along axis 1, others along the last.  Of a method its keywords tell which it is.
    """
    of_torch = function.startswith("torch.") or not _OF_TORCH.isdisjoint(keywords)
    return frozenset({1, -1}) if of_torch else frozenset({-1})
