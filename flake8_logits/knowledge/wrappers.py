"""What gives a model of its own around another: pruning, quantisation, distillation, tuners, trained presets."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

_MODEL_OPTIMIZATION = Parameter("to_prune", 0, aliases=("to_quantize", "to_cluster", "model", "to_annotate"))
_STUDENT = Parameter("student", 1)
_BASE_MODEL = Parameter("base_model", 0)

WRAPPERS: dict[str, Parameter] = {
    # Trained on the student's output, which the teacher only teaches.
    "keras.distillation.Distiller": _STUDENT,
    "keras.distillation.distiller.Distiller": _STUDENT,
    **{
        f"tensorflow_model_optimization.{name}": _MODEL_OPTIMIZATION
        for name in (
            "sparsity.keras.prune_low_magnitude",
            "sparsity.keras.strip_pruning",
            "quantization.keras.quantize_model",
            "quantization.keras.quantize_apply",
            "quantization.keras.quantize_annotate_model",
            "clustering.keras.cluster_weights",
            "clustering.keras.strip_clustering",
        )
    },
    "neural_structured_learning.keras.AdversarialRegularization": _BASE_MODEL,
    "neural_structured_learning.keras.GraphRegularization": _BASE_MODEL,
}
"""By canonical name: the parameter with the model (or layer) whose outputs the result has."""

PRESETS = frozenset({"from_pretrained", "from_preset"})
"""Class methods that give a model of their class with trained weights."""

_TUNERS = frozenset({"RandomSearch", "Hyperband", "BayesianOptimization", "GridSearch", "Tuner"})
_TUNER_ROOTS = frozenset({"keras_tuner", "kerastuner"})


def is_tuner(name: str) -> bool:
    """Whether a canonical name is that of a tuner class."""
    parts = name.split(".")
    return parts[0] in _TUNER_ROOTS and parts[-1] in _TUNERS
