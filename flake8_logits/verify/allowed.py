"""What may run: public names of listed modules, builtins, special methods.  Whatever is not here is never called.

Libraries are named as the rows name them (``keras.layers.Dense`` however it was imported).  Before a program runs these
tables say what a stand-in takes the place of; the child process asks the same ones again, of the objects themselves.
"""

from __future__ import annotations

from enum import Enum

from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.knowledge.runnable import ATTRIBUTES, MODULES


class Access(Enum):
    """What a dotted name is."""

    ALLOWED = "allowed"
    MODULE = "a module of which something is allowed"
    REFUSED = "refused"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


APPLICATIONS = "keras.applications"
DATASETS = "keras.datasets"

BUILTINS = _words(
    "abs all any bool bytes callable chr complex dict divmod enumerate filter float format frozenset hash hex id int "
    "isinstance issubclass iter len list map max min next object oct ord pow property range repr reversed round set "
    "slice sorted staticmethod classmethod str sum super tuple zip "
    "ArithmeticError AssertionError AttributeError BaseException Exception FileNotFoundError ImportError IndexError "
    "KeyError LookupError ModuleNotFoundError NameError NotImplemented NotImplementedError OSError OverflowError "
    "RuntimeError StopIteration TypeError UserWarning DeprecationWarning ValueError Warning ZeroDivisionError IOError "
    "Ellipsis True False None __name__ __debug__"
)
GUARDED = _words("getattr setattr hasattr delattr print type")
"""Builtins that are called through a guard of ours."""

OPERATORS = _words(
    "__abs__ __add__ __and__ __bool__ __ceil__ __contains__ __delitem__ __divmod__ __eq__ __float__ __floor__ "
    "__floordiv__ __ge__ __getitem__ __gt__ __hash__ __iadd__ __iand__ __ifloordiv__ __imatmul__ __imod__ __imul__ "
    "__index__ __int__ __invert__ __ior__ __ipow__ __isub__ __iter__ __itruediv__ __ixor__ __le__ __len__ __lshift__ "
    "__lt__ __matmul__ __missing__ __mod__ __mul__ __ne__ __neg__ __next__ __or__ __pos__ __pow__ __radd__ __rand__ "
    "__repr__ __reversed__ __rfloordiv__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rshift__ __rsub__ "
    "__rtruediv__ __rxor__ __setitem__ __str__ __sub__ __truediv__ __trunc__ __xor__ __format__"
)
"""Special methods that compute."""
BEGINNINGS = _words(
    "__call__ __init__ __new__ __post_init__ __enter__ __exit__ __init_subclass__ __set_name__ __class_getitem__"
)
"""Special methods by which an object, a class or a block begins or ends."""
OF_CLASSES = _words("__new__ __init_subclass__ __set_name__ __class_getitem__")
"""Those of them that act on a class, whichever object they are asked of."""
ACCESSES = _words("__getattr__ __getattribute__ __setattr__ __delattr__")
"""Special methods that are asked by name: each is handed out, and taken in, through a guard."""
DEFINABLE = OPERATORS | BEGINNINGS | ACCESSES | _words("__get__ __set__ __delete__ __del__")
"""Special methods that the program's classes may have."""
TEXTS = _words("__name__ __doc__ __version__ __qualname__")
"""Special attributes whose value is a text."""
NOTES = _words(
    "__doc__ __slots__ __all__ __author__ __version__ __date__ __license__ __copyright__ __email__ __credits__"
)
"""Special names that a program may bind to a value."""

IDLE = _words(
    "fit fit_generator train_on_batch evaluate evaluate_generator predict_generator test_on_batch save save_weights "
    "save_model load load_weights load_model export summary to_json to_yaml plot_model download"
)
"""Methods that train, show, save or load: not called although the program may have one of that name."""

PREPARING = ("setUp", "setup_method")
"""Methods of test cases that run before each of their tests."""


def known_as(spelt: str) -> str:
    """The canonical name of what a library has; of a function that writes in place its own, which no row knows."""
    known = canonical(spelt)
    if spelt.endswith("_") and not known.endswith("_"):
        return spelt
    if not _is_listed(known) and _is_listed(spelt):
        return spelt
    return known if known in MODULES or not known.startswith("keras.") else _public(known)


def _is_listed(dotted: str) -> bool:
    module, _, name = dotted.rpartition(".")
    return dotted in MODULES or name in MODULES.get(module, ())


def _public(dotted: str) -> str:
    """The name by which Keras itself hands out what it keeps in a module deeper inside."""
    module, _, name = dotted.rpartition(".")
    outer = module
    while outer.count(".") and name not in MODULES.get(outer, ()):
        outer = outer.rpartition(".")[0]
    return f"{outer}.{name}" if name in MODULES.get(outer, ()) and outer != module else dotted


def access(dotted: str) -> Access:
    """What a canonical dotted name of a library is."""
    if dotted in MODULES:
        return Access.MODULE
    module, _, name = dotted.rpartition(".")
    if not module or name.startswith("_"):
        return Access.ALLOWED if name == "__version__" and _known(module, name) else Access.REFUSED
    if module in MODULES:
        return Access.ALLOWED if _known(module, name) else Access.REFUSED
    # A method or attribute of what a module holds, as `keras.Model.from_config` or `tf.float32.max`.
    if access(module) is Access.ALLOWED and attribute_allowed(name):
        return Access.ALLOWED
    return Access.REFUSED


def _known(module: str, name: str) -> bool:
    return name in MODULES.get(module, ())


def leads_on(dotted: str) -> bool:
    """Whether a dotted name is the beginning of a module of which something is allowed."""
    return any(module == dotted or module.startswith(f"{dotted}.") for module in MODULES)


def attribute_allowed(name: str, own: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether some value may have an attribute asked; ``own`` are those that the program's own classes have.

    Which value may is seen when it runs: before, this alone is known.
    """
    if is_special(name):
        return name in DEFINABLE or name in TEXTS or name == "__class__"
    return name in ATTRIBUTES or name in own


def is_special(name: str) -> bool:
    """Whether a name is one that Python itself gives a meaning."""
    return name.startswith("__") and name.endswith("__")
