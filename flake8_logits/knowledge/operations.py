"""Functions on tensors that are an activation and nothing else."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue
from flake8_logits.knowledge.rows import Activates, Operation, Parameter

_X = Parameter("x", 0)
_LOGITS = Parameter("logits", 0)
_FEATURES = Parameter("features", 0)


def _tensorflow(name: str, tensor: Parameter, activation: str, axis: Parameter | None = None) -> Operation:
    # A bare TensorFlow operation leaves no mark: Keras finds it only by looking one operation back in a graph.
    effect = Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.IN_GRAPHS)
    return Operation(f"tensorflow.{name}", effect, tensor)


def _keras(
    module: str, name: str, activation: str, axis: Parameter | None = None, rescue: Rescue = Rescue.ALWAYS
) -> Operation:
    return Operation(
        f"keras.{module}.{name}", Activates(f"keras.activations.{activation}", axis=axis, rescue=rescue), _X
    )


def _elsewhere(name: str, tensor: Parameter, activation: str, axis: Parameter | None = None) -> Operation:
    return Operation(name, Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.NEVER), tensor)


_V1_AXIS = Parameter("axis", 1, None, aliases=("dim",))

_OF_TENSORFLOW = (
    _tensorflow("nn.softmax", _LOGITS, "softmax", _V1_AXIS),
    _tensorflow("nn.log_softmax", _LOGITS, "log_softmax", _V1_AXIS),
    _tensorflow("nn.sigmoid", _X, "sigmoid"),
    _tensorflow("math.log_sigmoid", _X, "log_sigmoid"),
    _tensorflow("nn.tanh", _X, "tanh"),
    _tensorflow("nn.relu", _FEATURES, "relu"),
    _tensorflow("nn.relu6", _FEATURES, "relu6"),
    _tensorflow("nn.leaky_relu", _FEATURES, "leaky_relu"),
    _tensorflow("nn.elu", _FEATURES, "elu"),
    _tensorflow("nn.selu", _FEATURES, "selu"),
    _tensorflow("nn.gelu", _FEATURES, "gelu"),
    _tensorflow("nn.silu", _FEATURES, "silu"),
    _tensorflow("nn.softplus", _FEATURES, "softplus"),
    _tensorflow("nn.softsign", _FEATURES, "softsign"),
)

_LAST = Parameter("axis", 1, -1)

_OF_KERAS_OPS = (
    _keras("ops", "softmax", "softmax", _LAST),
    _keras("ops", "log_softmax", "log_softmax", _LAST),
    _keras("ops", "sigmoid", "sigmoid"),
    _keras("ops", "hard_sigmoid", "hard_sigmoid"),
    _keras("ops", "sparse_sigmoid", "sparse_sigmoid"),
    _keras("ops", "log_sigmoid", "log_sigmoid"),
    _keras("ops", "tanh", "tanh"),
    _keras("ops", "hard_tanh", "hard_tanh"),
    _keras("ops", "softsign", "softsign"),
    _keras("ops", "relu", "relu"),
    _keras("ops", "relu6", "relu6"),
    _keras("ops", "softplus", "softplus"),
    _keras("ops", "squareplus", "squareplus"),
    _keras("ops", "sparse_plus", "sparse_plus"),
    _keras("ops", "elu", "elu"),
    _keras("ops", "selu", "selu"),
    _keras("ops", "celu", "celu"),
    _keras("ops", "gelu", "gelu"),
    _keras("ops", "silu", "silu"),
    _keras("ops", "hard_silu", "hard_silu"),
    _keras("ops", "leaky_relu", "leaky_relu"),
    _keras("ops", "hard_shrink", "hard_shrink"),
    _keras("ops", "soft_shrink", "soft_shrink"),
    _keras("ops", "tanh_shrink", "tanh_shrink"),
    _keras("ops", "glu", "glu", _LAST),
    _keras("ops", "threshold", "threshold"),
    _keras("ops", "sparsemax", "sparsemax", _LAST),
)

# Late Keras 2 marks both of these, Keras 3 the softmax only, early Keras 2 neither.
_OF_KERAS_BACKEND = (
    _keras("backend", "softmax", "softmax", _LAST, Rescue.IN_GRAPHS),
    _keras("backend", "sigmoid", "sigmoid", rescue=Rescue.IN_GRAPHS),
    _keras("backend", "hard_sigmoid", "hard_sigmoid"),
    _keras("backend", "tanh", "tanh"),
    Operation("keras.backend.relu", Activates("keras.activations.relu", slope=Parameter("alpha", 1, 0.0)), _X),
    _keras("backend", "elu", "elu"),
    _keras("backend", "softplus", "softplus"),
    _keras("backend", "softsign", "softsign"),
)

_OF_OTHERS = (
    _elsewhere("scipy.special.softmax", _X, "softmax", Parameter("axis", 1)),
    _elsewhere("scipy.special.log_softmax", _X, "log_softmax", Parameter("axis", 1)),
    _elsewhere("scipy.special.expit", _X, "sigmoid"),
    _elsewhere("numpy.tanh", _X, "tanh"),
)

ROWS: tuple[Operation, ...] = (*_OF_TENSORFLOW, *_OF_KERAS_OPS, *_OF_KERAS_BACKEND, *_OF_OTHERS)
