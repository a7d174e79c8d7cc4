"""What may be run on a stranger's behalf, all modules together; whatever is not here may not."""

from __future__ import annotations

from flake8_logits.knowledge import runnable_keras, runnable_numpy, runnable_standard, runnable_tensorflow
from flake8_logits.knowledge.runnable_attributes import KINDS
from flake8_logits.knowledge.runnable_rows import Kind

__all__ = ["ATTRIBUTES", "KINDS", "MODULES", "Kind"]

MODULES: dict[str, frozenset[str]] = {
    row.name: row.names
    for rows in (runnable_keras, runnable_tensorflow, runnable_numpy, runnable_standard)
    for row in rows.MODULES
}
"""For each module the names in it."""

ATTRIBUTES: frozenset[str] = frozenset().union(*(row.attributes | row.settable for row in KINDS))
"""Every attribute that objects of some kind may be asked for."""
