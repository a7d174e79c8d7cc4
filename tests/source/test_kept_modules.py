"""What is kept of the modules that a program imports."""

from __future__ import annotations

import ast
import gc
from pathlib import Path
from types import FunctionType, ModuleType

from flake8_logits.source.project import Project
from flake8_logits.source.trees import reading_quickly

MODULE = """
import keras

class Net:
    def build(self, head):
        def last(units):
            return keras.layers.Dense(units, activation=head)
        if head:
            class Within:
                layer = last(3)
        return Within

def never_called(x):
    for _ in range(3):
        x = x + 1
    return x
"""


def test_nothing_of_pythons_own_tree_is_kept_of_a_module(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(MODULE)
    with reading_quickly():
        module = Project(str(path)).read(str(path))
    assert module is not None
    assert len(module.body) == 3
    assert not [thing for thing in _reached_from(module.body) if isinstance(thing, ast.AST)]


def _reached_from(thing: object) -> list[object]:
    """All that things hold, directly or not, but for modules, classes, and what functions find in their modules."""
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, (ModuleType, type)):
            continue
        seen[id(thing)] = thing
        waiting += thing.__closure__ or () if isinstance(thing, FunctionType) else gc.get_referents(thing)
    return list(seen.values())
