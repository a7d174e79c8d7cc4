"""What may be run on a stranger's behalf, all modules together; whatever is not here may not."""

from __future__ import annotations

from flake8_logits.knowledge import (
    runnable_attributes,
    runnable_keras,
    runnable_numpy,
    runnable_standard,
    runnable_tensorflow,
    runnable_torch,
)
from flake8_logits.knowledge.runnable_rows import Kind
from flake8_logits.knowledge.runnable_torch import SIZED

__all__ = ["ATTRIBUTES", "FRAMEWORKS", "KINDS", "MODULES", "SIZED", "Kind"]

MODULES: dict[str, frozenset[str]] = {
    row.name: row.names
    for rows in (runnable_keras, runnable_tensorflow, runnable_torch, runnable_numpy, runnable_standard)
    for row in rows.MODULES
}
"""For each module the names in it."""

KINDS: tuple[Kind, ...] = (*runnable_attributes.KINDS, *runnable_torch.KINDS)

ATTRIBUTES: frozenset[str] = frozenset().union(*(row.attributes | row.settable for row in KINDS))
"""Every attribute that objects of some kind may be asked for."""

FRAMEWORKS: dict[str, frozenset[str]] = {
    "keras": frozenset({"keras", "tensorflow", "tf_keras"}),
    "torch": frozenset({"torch"}),
}
"""By framework the libraries that its models are built with; of several the first counts."""
