"""What a user adds to our knowledge: rows of their own, and what their program will run on."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_logits.domain.sizes import MOST_TOKENS
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.knowledge.rows import Application, Layer, Loss, Operation, Trainer
from flake8_logits.once import computed_once

Declared = Application | Layer | Loss | Operation | Trainer
"""What a user can declare."""


@dataclass(frozen=True)
class Settings:
    """What one file is analysed under.  The last of rows with one name counts; ``most_tokens`` limits its length."""

    target: Target = ANY
    rows: tuple[Declared, ...] = ()
    most_tokens: int = MOST_TOKENS

    @computed_once
    def by_name(self) -> dict[str, Declared]:
        """The declared rows by their names."""
        return {row.name: row for row in self.rows}

    @computed_once
    def words(self) -> tuple[str, ...]:
        """In lower case, the last parts of the names: a text that holds one of them may hold what was declared."""
        return tuple(sorted({row.name.rpartition(".")[2].lower() for row in self.rows}))


PLAIN = Settings()
"""Nothing was added."""
