"""Where names live: one scope per module, class body or call of a function."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from flake8_logits.interpret.abstract.references import Ref


class Scope(Ref):
    """A namespace; its names are its content in the state.

    ``parent`` is where names are looked up next.  ``kind`` tells what it belongs to.  ``path`` is the file it stands
    in.
    ``captured`` is set once something that outlives the call may read its names.
    """

    __slots__ = ("_visible", "captured", "declared", "kind", "parent", "path")
    path: str

    def __init__(self, kind: ScopeKind, parent: Scope | None = None, path: str = "") -> None:
        super().__init__(None)
        self.kind = kind
        self.parent = parent
        self.path = path or (parent.path if parent is not None else "")
        self.captured = False
        self.declared: dict[str, Scope] = {}
        self._visible: list[Scope] = []

    def visible(self) -> Sequence[Scope]:
        """The scopes in which a name read here is looked up; class bodies are skipped from within."""
        if not self._visible:
            found, scope = [self], self.parent
            while scope is not None:
                if scope.kind is not ScopeKind.CLASS:
                    found.append(scope)
                scope = scope.parent
            self._visible = found
        return self._visible

    def target(self, name: str) -> Scope:
        """The scope in which an assignment to a name made here lands (``global`` and ``nonlocal`` heeded)."""
        return self.declared.get(name, self)


class ScopeKind(Enum):
    """What a scope belongs to."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"
