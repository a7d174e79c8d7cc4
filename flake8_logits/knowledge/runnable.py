"""What may be run on a stranger's behalf, all modules together; whatever is not here may not."""

from __future__ import annotations

from flake8_logits.knowledge import (
    runnable_attributes,
    runnable_jax,
    runnable_keras,
    runnable_numpy,
    runnable_standard,
    runnable_tensorflow,
    runnable_torch,
)
from flake8_logits.knowledge.runnable_rows import Kind, words

__all__ = ["ATTRIBUTES", "COUNTED", "FRAMEWORKS", "KINDS", "MODULES", "OPTIMIZERS", "SCHEDULES", "SIZED", "Kind"]

MODULES: dict[str, frozenset[str]] = {
    row.name: row.names
    for rows in (runnable_keras, runnable_tensorflow, runnable_torch, runnable_jax, runnable_numpy, runnable_standard)
    for row in rows.MODULES
}
"""For each module the names in it."""

KINDS: tuple[Kind, ...] = (*runnable_attributes.KINDS, *runnable_torch.KINDS, *runnable_jax.KINDS)

ATTRIBUTES: frozenset[str] = frozenset().union(*(row.attributes | row.settable for row in KINDS))
"""Every attribute that objects of some kind may be asked for."""

OPTIMIZERS: frozenset[str] = words(runnable_jax.OPTIMIZERS)
"""What of optax gives an optimizer or a part of one."""
SCHEDULES: frozenset[str] = words(runnable_jax.SCHEDULES)
"""What of optax gives a rate of learning by the number of a step."""

SIZED: frozenset[str] = words(
    "arange empty exponential eye fill full gamma get_variable glorot_uniform linspace logspace manual_seed "
    "manual_seed_all normal ones placeholder poisson rand randint randn random_gamma random_normal random_uniform "
    "randperm range set_default_dtype set_random_seed stateless_normal stateless_uniform tril_indices triu_indices "
    "truncated_normal uniform zeros"
)
"""Functions of TensorFlow and PyTorch whose first argument is a size or another plain number, or a name."""

COUNTED: frozenset[str] = words("one_hot")
"""Functions of TensorFlow and PyTorch whose second argument is a number of something."""

FRAMEWORKS: dict[str, frozenset[str]] = {
    "keras": frozenset({"keras", "tensorflow", "tf_keras"}),
    "torch": frozenset({"torch"}),
    "jax": frozenset({"jax", "flax", "optax", "equinox", "haiku"}),
}
"""By framework the libraries that its models are built with; of several the first counts."""
