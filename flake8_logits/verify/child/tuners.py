"""Stand-ins for Keras Tuner, installed or not: a model is built of made-up choices, nothing is searched or written."""

from __future__ import annotations

from typing import Any

from flake8_logits.verify.child.made import Made


class HyperModel:
    """What a program builds its model in."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass


class Tuner:
    """A tuner of any kind, for a function or an object that builds a model."""

    def __init__(self, hypermodel: Any = None, *_: Any, **__: Any) -> None:
        self._hypermodel = hypermodel

    def _built(self) -> Any:
        build = getattr(self._hypermodel, "build", self._hypermodel)
        return build(Made("the choices of a tuner"))

    def search(self, *_: Any, **__: Any) -> None:
        """Build one model, as a search would."""
        self._built()

    def get_best_models(self, num_models: int = 1) -> list[Any]:
        """A model, as often as it is asked for."""
        return [self._built() for _ in range(min(num_models, 2))]

    def get_best_hyperparameters(self, num_trials: int = 1) -> list[Any]:
        """Choices, as often as they are asked for."""
        return [Made("the choices of a tuner") for _ in range(min(num_trials, 2))]

    def search_space_summary(self, *_: Any, **__: Any) -> None:
        """Print nothing."""

    def results_summary(self, *_: Any, **__: Any) -> None:
        """Print nothing."""


TUNERS: dict[str, type] = {
    f"{package}.{name}": HyperModel if name == "HyperModel" else Tuner
    for package in ("keras_tuner", "keras_tuner.tuners", "kerastuner", "kerastuner.tuners")
    for name in ("BayesianOptimization", "GridSearch", "HyperModel", "Hyperband", "RandomSearch")
}
"""By name what is handed out."""
