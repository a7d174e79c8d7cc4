"""What the checked program will run on, as far as its author says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Backend(Enum):
    """What Keras computes with."""

    TENSORFLOW = "tensorflow"
    JAX = "jax"
    TORCH = "torch"


@dataclass(frozen=True, slots=True)
class Target:
    """The major version of Keras (2 or 3) and its backend; None where nothing was said, and then any of them counts."""

    keras: int | None = None
    backend: Backend | None = None

    @property
    def runs_on_tensorflow(self) -> bool:
        """Whether it is TensorFlow for certain: Keras 2 knows nothing else."""
        return self.backend is Backend.TENSORFLOW or (self.keras == 2 and self.backend is None)

    @property
    def undoes_nothing(self) -> bool:
        """Whether the backend is one on which Keras never looks for the numbers before an activation."""
        return self.backend in (Backend.JAX, Backend.TORCH)


ANY = Target()
"""Nothing was said."""
