"""The rows of what may be run of a library: the names of a module, the attributes of a kind of object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Module:
    """A module by its canonical name, and the names in it that may be run."""

    name: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """Classes of libraries, each as package and name, and the attributes that may be asked of their objects.

    ``settable`` are those of the class's own that may also be set.
    """

    classes: frozenset[str]
    attributes: frozenset[str]
    settable: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def module(name: str, names: str) -> Module:
    """A module, with its names in one string."""
    return Module(name, words(names))


def kind(classes: str, attributes: str, settable: str = "") -> Kind:
    """A kind, with each list in one string."""
    return Kind(words(classes), words(attributes), words(settable))
