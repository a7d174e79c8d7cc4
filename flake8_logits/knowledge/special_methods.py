"""The special methods that Python calls by itself, by what calls them.  Source: the language reference, 3.3."""

from __future__ import annotations

ITERATING = ("__iter__",)
ITERATOR = ("__next__",)
ITEM_BY_ITEM = ("__getitem__",)
"""What is asked for each item where there is no ``__iter__``."""
TESTED = ("__bool__", "__len__")
TEXT = ("__format__", "__str__", "__repr__")
DELETING = ("__delitem__",)
CONTAINS = ("__contains__",)
ENTERING = ("__enter__", "__aenter__")
LEAVING = ("__exit__", "__aexit__")
"""What a block begins and ends with: ``with`` and ``async with``."""
CALLED = ("__call__",)
DELETED = "__delattr__"
INDEX = ("__index__",)
HASHED = ("__hash__",)

OPERATORS: dict[str, tuple[str, str]] = {
    op: (f"__{name}__", f"__r{name}__")
    for op, name in {
        "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
        "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
    }.items()
}  # fmt: skip
"""By operator: the method of the left operand, and that of the right one where the left has none."""
SIGNS: dict[str, str] = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
COMPARISONS: dict[str, tuple[str, str]] = {
    "==": ("__eq__", "__eq__"),
    "!=": ("__ne__", "__ne__"),
    "<": ("__lt__", "__gt__"),
    "<=": ("__le__", "__ge__"),
    ">": ("__gt__", "__lt__"),
    ">=": ("__ge__", "__le__"),
}
"""By comparison: the method of the left operand, and that of the right one where the left has none."""

_ORDER = ("__lt__", "__gt__")

BUILTINS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("all", "any", "dict", "enumerate", "filter", "frozenset", "iter", "list", "map", "set", "sorted", "sum",
         "tuple", "zip"),
        ITERATING,
    ),
    **dict.fromkeys(("max", "min"), (*ITERATING, *_ORDER)),
    "abs": ("__abs__",),
    "bool": TESTED,
    "bytes": ("__bytes__", *INDEX, *ITERATING),
    "complex": ("__complex__", "__float__", *INDEX),
    "dir": ("__dir__",),
    "divmod": ("__divmod__",),
    "float": ("__float__", "__index__"),
    "format": TEXT,
    "hasattr": ("__getattr__",),
    "hash": HASHED,
    "int": ("__int__", "__index__"),
    "len": ("__len__",),
    "next": ITERATOR,
    "pow": ("__pow__",),
    "print": TEXT[1:],
    "range": INDEX,
    "repr": TEXT[2:],
    "reversed": ("__reversed__", "__len__"),
    "round": ("__round__",),
    "str": TEXT[1:],
}  # fmt: skip
"""By name of a builtin: of these methods, the first that an argument has is called."""

OF_PARTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("all", "any", "filter"), TESTED),
    **dict.fromkeys(("dict", "frozenset", "set"), HASHED),
    **dict.fromkeys(("max", "min", "sorted"), _ORDER),
    **dict.fromkeys(("print", "repr", "str"), TEXT[2:]),
    "sum": ("__radd__", "__add__"),
}
"""Likewise, of the items of a container that they are given."""
EQUALITY = ("__eq__",)
OF_CONTAINERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("count", "index", "remove"), EQUALITY),
    **dict.fromkeys(("add", "discard", "get", "pop", "setdefault"), HASHED),
    "sort": _ORDER,
}
"""By name of a method of a container: what it asks of its items, and of what it is given."""
PROTOCOLS = (
    *ITERATING, *ITERATOR, *ITEM_BY_ITEM, *TESTED, *TEXT, *CONTAINS, *HASHED, *INDEX, *_ORDER, "__le__", "__ge__",
    "__eq__", "__ne__", "__float__", "__int__", "__bytes__", "__fspath__", "__reversed__", "__setitem__",
    "__delitem__", "__copy__", "__deepcopy__", "__getstate__", "__reduce__", "__add__", "__radd__", "__iadd__",
    "__sub__", "__mul__", "__rmul__", "__or__", "__and__", "__array__",
)  # fmt: skip
"""What code out of sight may ask of an object that it is given."""


def asked_by(name: str) -> tuple[str, ...]:
    """The special methods that a builtin, by its canonical name, calls of what it is given."""
    return BUILTINS.get(_builtin(name), ())


def asked_of_parts_by(name: str) -> tuple[str, ...]:
    """The special methods that a builtin, by its canonical name, calls of the items of what it is given."""
    return OF_PARTS.get(_builtin(name), ())


def is_builtin(name: str) -> bool:
    """Whether a canonical name is that of a builtin: what it asks is known."""
    return bool(_builtin(name))


def _builtin(name: str) -> str:
    root, _, function = name.partition(".")
    return function if root == "builtins" else ""


def in_place(method: str) -> str:
    """The method that ``op=`` asks for before that of ``op``; empty for none."""
    return method.replace("__", "__i", 1)


def _function(method: str) -> str:
    word = method.strip("_")
    return f"operator.{word}_" if word in ("and", "or") else f"operator.{word}"


OPERATOR_FUNCTIONS: dict[str, tuple[str, bool]] = {
    **{_function(left): (op, False) for op, (left, _) in OPERATORS.items()},
    **{f"operator.{in_place(left).strip('_')}": (op, True) for op, (left, _) in OPERATORS.items()},
    "operator.concat": ("+", False),
    "operator.iconcat": ("+", True),
}
"""By name of a function that stands for an operator: its symbol, and whether it may change what stands on the left."""
COMPARING_FUNCTIONS: dict[str, str] = {
    **{_function(left): op for op, (left, _) in COMPARISONS.items()},
    "operator.is_": "is",
    "operator.is_not": "is not",
}
SIGN_FUNCTIONS: dict[str, str] = {_function(method): op for op, method in SIGNS.items()}

CHANGING = {
    "__setattr__": "builtins.object.__setattr__",
    "__delattr__": "builtins.object.__delattr__",
    "__setitem__": "operator.setitem",
    "__delitem__": "operator.delitem",
}
"""Special methods that change what they are called on, and the functions that do the same."""
