"""What the interpreter believes where a fixture says ``reveal(x)  # output: ...``, spelt as fixtures spell it."""

from __future__ import annotations

import re
from pathlib import Path

from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import Const, Gap, Mapping, Object, Sequence, Tensor, Unknown, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.program import run
from flake8_logits.source.documents import Document, read_document
from flake8_logits.source.project import Project
from flake8_logits.source.tree import Tree

EXPECTED = re.compile(r"# output: (?P<said>.+?)\s*$")


def spell(interp: Interpreter, value: Value) -> str:
    """``softmax``, ``logits | sigmoid``, ``unknown(PARAMETER)``, ``(logits, softmax)`` or ``{a: logits}``."""
    spelt = sorted({_one(interp, option) for option, _ in options_of(value)})
    return " | ".join(spelt)


def _one(interp: Interpreter, value: Value) -> str:
    if isinstance(value, Tensor):
        belief = value.belief
        return f"unknown({belief.reason.name})" if isinstance(belief, Lost) else belief.scale.value
    if isinstance(value, Unknown):
        return f"unknown({value.lost.reason.name})"
    if isinstance(value, Const):
        return repr(value.value)
    content = content_of(interp, value)
    if content is not None and isinstance(value, Object):
        return spell(interp, content)
    if isinstance(content, Sequence):
        parts = ["..." if isinstance(item, Gap) else spell(interp, item) for item in content.items]
        return f"({', '.join(parts)})"
    if isinstance(content, Mapping):
        return "{" + ", ".join(f"{key}: {spell(interp, item)}" for key, item in content.items) + "}"
    return type(value).__name__


def revealed(document: Document) -> dict[int, str]:
    """For each line with a ``reveal``, what was believed there; several turns of one place are joined by `` | ``."""
    trees = [Tree(unit) for unit in document.units]
    assert not any(tree.problem for tree in trees), [tree.problem for tree in trees]
    lines = document.text.count("\n") + 1
    interp = run([tree.body for tree in trees], Budget(lines), document.path, Project(document.path))
    found: dict[int, set[str]] = {}
    for node, value in interp.observations.revealed:
        found.setdefault(node.span.line, set()).update(spell(interp, value).split(" | "))
    return {line: " | ".join(sorted(parts)) for line, parts in found.items()}


def expected(path: Path) -> dict[int, str]:
    """For each line with an expectation, what it says."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = EXPECTED.search(line)
        if match is not None:
            found[number] = match["said"]
    return found


def believed(path: Path) -> dict[int, str]:
    """For each line with a ``reveal`` in a file, what the interpreter believes."""
    (document,) = read_document(str(path))
    return revealed(document)
