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

BUILTINS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("all", "any", "dict", "enumerate", "filter", "frozenset", "iter", "list", "map", "max", "min", "set", "sorted",
         "sum", "tuple", "zip"),
        ITERATING,
    ),
    "abs": ("__abs__",),
    "bool": TESTED,
    "dir": ("__dir__",),
    "divmod": ("__divmod__",),
    "float": ("__float__", "__index__"),
    "format": TEXT,
    "hash": HASHED,
    "int": ("__int__", "__index__"),
    "len": ("__len__",),
    "next": ITERATOR,
    "print": TEXT[1:],
    "repr": TEXT[2:],
    "reversed": ("__reversed__", "__len__"),
    "round": ("__round__",),
    "str": TEXT[1:],
}  # fmt: skip
"""By name of a builtin: of these methods, the first that an argument has is called."""


def asked_by(name: str) -> tuple[str, ...]:
    """The special methods that a builtin, by its canonical name, calls of what it is given."""
    root, _, function = name.partition(".")
    return BUILTINS.get(function, ()) if root == "builtins" else ()
