"""The methods that Keras' models call on themselves: a class that overrides one changes what Keras does."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """What a model does that an overridden method may change."""

    LOSS = "what the loss of ``compile`` is given"
    METRICS = "what the metrics of ``compile`` are given"
    PREDICTIONS = "what ``predict`` gives"
    OUTPUTS = "what calling the model gives"


PREDICT_STEP = "predict_step"
COMPUTE_LOSS, OUTPUT = "compute_loss", "y_pred"
"""The method by which a model computes its loss, and its parameter for what the model gives."""
OWN_LOSSES = ("train_step", COMPUTE_LOSS)
"""Hooks in which a program gives the loss what it reads itself."""

_TRAINING = frozenset({Part.LOSS, Part.METRICS})
_ALL = frozenset(Part)

HOOKS: dict[str, frozenset[Part]] = {
    "__call__": _ALL,
    "call": _ALL,
    "symbolic_call": _ALL,
    "quantized_call": _ALL,
    "rematerialized_call": _ALL,
    "stateless_call": _ALL,
    "make_train_function": _TRAINING,
    "train_step": _TRAINING,
    "train_function": _TRAINING,
    "compute_loss": frozenset({Part.LOSS}),
    "stateless_compute_loss": frozenset({Part.LOSS}),
    "compiled_loss": frozenset({Part.LOSS}),
    "make_test_function": frozenset({Part.METRICS}),
    "test_step": frozenset({Part.METRICS}),
    "test_function": frozenset({Part.METRICS}),
    "compute_metrics": frozenset({Part.METRICS}),
    "compiled_metrics": frozenset({Part.METRICS}),
    "make_predict_function": frozenset({Part.PREDICTIONS}),
    PREDICT_STEP: frozenset({Part.PREDICTIONS}),
    "predict_function": frozenset({Part.PREDICTIONS}),
}
"""By name of the method (or of the attribute that holds a function), in Keras 2 or 3: what overriding it may change."""

LEAVE_OUTPUTS_ALONE = frozenset(
    {
        "build",
        "build_from_config",
        "get_build_config",
        "compute_mask",
        "compute_output_shape",
        "compute_output_spec",
        "count_params",
        "summary",
        "add_loss",
        "add_metric",
        "add_weight",
        "add_variable",
        "compile",
        "compile_from_config",
        "get_compile_config",
        "get_metrics_result",
        "reset_metrics",
        "loss",
        "fit",
        "evaluate",
        "predict",
        "train_on_batch",
        "test_on_batch",
        "predict_on_batch",
        "get_config",
        "from_config",
        "get_layer",
        "get_weights",
        "set_weights",
        "load_weights",
        "save_weights",
        "load_own_variables",
        "save_own_variables",
        "get_state_tree",
        "set_state_tree",
        "save",
        "export",
        "to_json",
        "quantize",
        "quantized_build",
        "get_quantization_layer_structure",
    }
)
"""The other methods of Keras' models: they keep the numbers as they are, or a program calls them by name."""

FITTING_METHODS = frozenset({"fit", "fit_generator"})
"""Methods of a Keras model that call callbacks and ask for data before a first loss is computed."""
CALLBACKS = "callbacks"
CALLBACK_MODEL = "model"
"""The attribute of a callback that holds the model which is trained."""
BEGINS_TRAINING = "on_train_begin"
BEGINNING_HOOKS = ("on_epoch_begin", "on_train_batch_begin", "on_batch_begin")
"""Methods of a callback that are called before a first loss is computed: the one once, the others now and again."""
TOLD_FIRST = frozenset({BEGINS_TRAINING, *BEGINNING_HOOKS, "on_test_batch_begin", "on_test_begin", "set_model"})
"""These, and those that tell of an evaluation or of the model."""
SET_BY_CALLBACKS = frozenset({"optimizer", "stop_training"})
"""What callbacks set of their model that says nothing of what it gives."""

FOLLOWED = frozenset({"__call__", "call", PREDICT_STEP, "train_step", "compute_loss"})
"""Hooks of which the interpreter runs the program's own, and sees what they do."""

IN_GRAPH = ("train_step", "test_step", "compute_loss")
"""The methods of a model that Keras makes a graph of, with all that they call."""
RUN_OTHERWISE = ("compile", "fit", "evaluate", "make_train_function", "make_test_function", "run_eagerly")
"""What a class overrides that may have these run otherwise than Keras would."""

MAKES_GRAPH = "function"
"""The last name of what TensorFlow makes a graph of a function with."""
BEFORE_GRAPH = ("python_function", "__wrapped__")
"""What such a function is asked for that is the function before."""
RUN_WHAT_THEY_ARE_GIVEN = frozenset(
    {"grad", "value_and_grad", "filter_grad", "filter_value_and_grad", "vmap", "filter_vmap", "pmap", "jit"}
    | {"filter_jit", "checkpoint", "remat", "filter_checkpoint"}
)
"""The last names of JAX' transformations: what they give runs the function that they are given first."""
OUT_OF_GRAPH = ("py_function", "numpy_function")
"""The last names of what calls a function outside of the graph in which it is named itself."""
