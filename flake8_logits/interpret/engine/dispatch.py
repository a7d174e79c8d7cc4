"""Tables of transfer functions: what is done with a kind of node or value is registered by the module that owns it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Handler = TypeVar("Handler")


class Table(Generic[Handler]):
    """Handlers by type; a type without one has that of its nearest ancestor that has."""

    def __init__(self) -> None:
        self._handlers: dict[type, Handler] = {}
        self._found: dict[type, Handler | None] = {}

    def __call__(self, *kinds: type) -> Callable[[Handler], Handler]:
        """A decorator that registers a function for these types; raises ValueError where one has another already."""

        def register(handler: Handler) -> Handler:
            for kind in kinds:
                if kind in self._handlers:
                    raise ValueError(f"two handlers for {kind.__name__}")
                self._handlers[kind] = handler
            self._found.clear()
            return handler

        return register

    def find(self, kind: type) -> Handler | None:
        """The handler of a type, or None."""
        try:
            return self._found[kind]
        except KeyError:
            found = next((self._handlers[base] for base in kind.__mro__ if base in self._handlers), None)
            self._found[kind] = found
            return found

    def get(self, kind: type) -> Handler:
        """The handler of a type that must have one; raises LookupError."""
        handler = self.find(kind)
        if handler is None:
            raise LookupError(kind.__name__)
        return handler


class Names(Generic[Handler]):
    """Handlers by name; each name is registered once."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def __call__(self, *names: str) -> Callable[[Handler], Handler]:
        """A decorator that registers a function for these names."""

        def register(handler: Handler) -> Handler:
            for name in names:
                self.add(name, handler)
            return handler

        return register

    def add(self, name: str, handler: Handler) -> None:
        """Register a handler; raises ValueError where the name has another already."""
        if name in self._handlers:
            raise ValueError(f"two handlers for {name}")
        self._handlers[name] = handler

    def find(self, name: str) -> Handler | None:
        """The handler of a name, or None."""
        return self._handlers.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._handlers)

    def __contains__(self, name: object) -> bool:
        return name in self._handlers
