"""All rows by name, and the one place that folds spellings of a module into its canonical name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import chain

from flake8_logits.knowledge import (
    activations,
    applications,
    hugging_face,
    jax_functions,
    jax_layers,
    jax_losses,
    keras_layers,
    keras_layers_passing,
    losses,
    losses_lower,
    merging,
    metrics,
    operations,
    operations_graph,
    operations_passing,
    samplers,
    third_party,
    third_party_models,
    torch_functions,
    torch_graphs,
    torch_layers,
    torch_losses,
    torch_networks,
    torch_third_party,
    trainers,
    versions,
)
from flake8_logits.knowledge.namespaces import canonical
from flake8_logits.knowledge.rows import (
    Activation,
    Application,
    Backbone,
    Keeps,
    Layer,
    Loses,
    Loss,
    Merges,
    Metric,
    Operation,
    Sampler,
    Trainer,
)
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.knowledge.spellings import IN_PLACE

Row = Activation | Application | Backbone | Layer | Loss | Metric | Operation | Sampler | Trainer

__all__ = [
    "Row",
    "activation_of_string",
    "canonical",
    "declared",
    "declared_in",
    "keras_version",
    "lookup",
    "loss_of_string",
    "metric_of_string",
    "owns",
    "rows",
    "under",
]

# Asked in the depths of every analysis; each runs to its end under the settings it was begun with.
_SETTINGS: ContextVar[Settings] = ContextVar("settings", default=PLAIN)

_ROWS: tuple[tuple[Row, ...], ...] = (
    activations.ROWS,
    keras_layers.ROWS,
    keras_layers_passing.ROWS,
    merging.ROWS,
    operations.ROWS,
    operations_passing.ROWS,
    operations_graph.ROWS,
    losses.ROWS,
    losses_lower.ROWS,
    metrics.ROWS,
    samplers.ROWS,
    applications.ROWS,
    hugging_face.ROWS,
    third_party.ROWS,
    third_party_models.ROWS,
    torch_losses.ROWS,
    torch_graphs.ROWS,
    torch_layers.ROWS,
    torch_functions.ROWS,
    torch_third_party.ROWS,
    torch_networks.ROWS,
    trainers.ROWS,
    jax_losses.ROWS,
    jax_layers.ROWS,
    jax_functions.ROWS,
)


def rows() -> Iterable[Row]:
    """Every row of every library, in the order of the files."""
    return chain.from_iterable(_ROWS)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Row]:
    found = {row.name: row for row in rows()}
    return found | {name: found[other] for name, other in IN_PLACE.items() if other in found}


@lru_cache(maxsize=1)
def _loss_strings() -> dict[str, Loss]:
    return {string: row for row in rows() if isinstance(row, Loss) for string in row.strings}


@lru_cache(maxsize=1)
def _metric_strings() -> dict[str, Metric]:
    return {string: row for row in rows() if isinstance(row, Metric) for string in row.strings}


@lru_cache(maxsize=1)
def _activation_strings() -> dict[str, Activation]:
    return {string: row for row in rows() if isinstance(row, Activation) for string in row.strings}


@lru_cache(maxsize=1)
def _roots() -> frozenset[str]:
    return frozenset(row.name.partition(".")[0] for row in rows()) | {"builtins", "flake8_logits", "torch"}


_WHOLE = frozenset({"builtins", "flake8_logits", "flax", "jax", "keras", "numpy", "scipy", "tensorflow", "torch"})
"""Libraries of which all modules are meant by their names, in whatever project."""


@lru_cache(maxsize=1)
def _modules() -> frozenset[str]:
    """Every name that leads to a row, its last part left out."""
    parts = [row.name.split(".") for row in rows()]
    return frozenset(".".join(part[:length]) for part in parts for length in range(1, len(part)))


def owns(dotted: str) -> bool:
    """Whether a module belongs to a library that the rows speak of, so that no file of a project is meant by it.

    Of a package that may well be the project itself, these are the modules in which the rows stand.
    """
    name = canonical(dotted)
    root = name.partition(".")[0]
    return root in _WHOLE or (root in _roots() and (name != dotted or name in _modules()))


@contextmanager
def under(settings: Settings) -> Iterator[None]:
    """Within this, the user's rows stand before ours, and strings are those that their version of Keras takes."""
    token = _SETTINGS.set(settings)
    try:
        yield
    finally:
        _SETTINGS.reset(token)


def declared(name: str) -> bool:
    """Whether the user declared a row of this canonical name."""
    return name in _SETTINGS.get().by_name


def declared_in(path: str, name: str) -> str | None:
    """The canonical name under which the user declared what a file defines as ``name``; None if they did not.

    A file stands for every module that its path could be: ``src/acme/losses.py`` for ``losses``, ``acme.losses``...
    """
    rows = _SETTINGS.get().by_name
    if not rows or not path:
        return None
    parts = path.replace("\\", "/").rpartition(".")[0].removesuffix("/__init__").split("/")
    for length in range(1, len(parts) + 1):
        dotted = canonical(".".join((*parts[-length:], name)))
        if dotted in rows:
            return dotted
    return None


def lookup(name: str) -> Row | None:
    """The row of a canonical dotted name, or None."""
    return _SETTINGS.get().by_name.get(name) or _by_name().get(name)


def decides(name: str) -> bool:
    """Whether a library's name stands for what makes or reads logits or probabilities: more than passes them on."""
    row = lookup(name)
    passes = isinstance(row, (Layer, Operation)) and isinstance(row.effect, (Keeps, Merges, Loses))
    return row is not None and not passes


def names_a_reader(string: str) -> bool:
    """Whether a string may stand for a loss or a metric, in some version of Keras."""
    return string in _loss_strings() or string in _metric_strings()


def loss_of_string(name: str) -> Loss | None:
    """The loss that ``compile(loss=name)`` stands for in any version (or in the user's), or None."""
    return _loss_strings().get(name) if versions.takes(versions.LOSSES, name, keras_version()) else None


def metric_of_string(name: str) -> Metric | None:
    """The metric that ``compile(metrics=[name])`` stands for in any version (or in the user's), or None."""
    return _metric_strings().get(name) if versions.takes(versions.METRICS, name, keras_version()) else None


def activation_of_string(name: str) -> Activation | None:
    """The activation that ``Dense(n, activation=name)`` stands for in any version (or in the user's), or None."""
    return _activation_strings().get(name) if versions.takes(versions.ACTIVATIONS, name, keras_version()) else None


def keras_version() -> int | None:
    """The major version of Keras that the program runs on, as far as its author says so."""
    return _SETTINGS.get().target.keras
