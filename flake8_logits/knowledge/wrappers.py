"""What gives a model of its own around another: pruning, quantisation, distillation, tuners, trained presets."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

_MODEL_OPTIMIZATION = Parameter("to_prune", 0, aliases=("to_quantize", "to_cluster", "model", "to_annotate"))
_OPTIMIZATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "sparsity.keras": {"prune": ("prune_low_magnitude", "strip_pruning")},
    "quantization.keras": {
        "quantize": ("quantize_model", "quantize_apply", "quantize_annotate_model", "quantize_annotate_layer")
    },
    "clustering.keras": {"cluster": ("cluster_weights", "strip_clustering")},
    "clustering.keras.experimental": {"cluster": ("cluster_weights",)},
}
_STUDENT = Parameter("student", 1)
_BASE_MODEL = Parameter("base_model", 0)

WRAPPERS: dict[str, Parameter] = {
    # Trained on the student's output, which the teacher only teaches.
    "keras.distillation.Distiller": _STUDENT,
    "keras.distillation.distiller.Distiller": _STUDENT,
    **{
        f"tensorflow_model_optimization.{path}.{name}": _MODEL_OPTIMIZATION
        for package, modules in _OPTIMIZATIONS.items()
        for module, names in modules.items()
        for name in names
        for path in (package, f"python.core.{package}.{module}", f"python.core.api.{package}")
    },
    "neural_structured_learning.keras.AdversarialRegularization": _BASE_MODEL,
    "neural_structured_learning.keras.GraphRegularization": _BASE_MODEL,
}
"""By canonical name: the parameter with the model (or layer) whose outputs the result has."""

TASKS: dict[str, Parameter] = {
    f"tensorflow_recommenders.tasks.{module}Ranking": Parameter("loss", 0, default="binary_crossentropy")
    for module in ("", "ranking.")
}
"""Classes that are called in the place of the loss that they are given, with labels and predictions."""

LABELS = Parameter("labels", 0)
PREDICTIONS = Parameter("predictions", 1)
"""What a task is called with."""

PRESETS = frozenset({"from_pretrained", "from_preset"})
"""Class methods that give a model of their class with trained weights."""

_TUNERS = frozenset({"RandomSearch", "Hyperband", "BayesianOptimization", "GridSearch", "Tuner"})
_TUNER_ROOTS = frozenset({"keras_tuner", "kerastuner"})


def is_tuner(name: str) -> bool:
    """Whether a canonical name is that of a tuner class."""
    parts = name.split(".")
    return parts[0] in _TUNER_ROOTS and parts[-1] in _TUNERS
