"""PyTorch's functions on tensors, under ``torch.nn.functional`` where they stand in several modules."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge.preserved import EVERYTHING
from flake8_logits.knowledge.rows import Activates, AxisParameter, Keeps, LastAxis, Maps, Operation, Parameter
from flake8_logits.knowledge.torch_layers import CLASS_AXES

_INPUT = Parameter("input", 0)
_DIM = AxisParameter("dim", 1, classes=CLASS_AXES)


def _activates(name: str, activation: str, axis: Parameter | None = None) -> Operation:
    effect = Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.NEVER)
    return Operation(f"torch.nn.functional.{name}", effect, _INPUT)


_LOG = Maps(((Scale.SOFTMAX, Scale.LOG_SOFTMAX), (Scale.SIGMOID, Scale.LOG_SIGMOID)))
_EXP = Maps(
    ((Scale.LOG_SOFTMAX, Scale.SOFTMAX), (Scale.LOG_SIGMOID, Scale.SIGMOID), (Scale.LOGITS, Scale.NON_NEGATIVE))
)

ROWS: tuple[Operation, ...] = (
    _activates("softmax", "softmax", _DIM),
    _activates("log_softmax", "log_softmax", _DIM),
    _activates("sigmoid", "sigmoid"),
    _activates("logsigmoid", "log_sigmoid"),
    _activates("relu", "relu"),
    _activates("tanh", "tanh"),
    Operation("torch.log", _LOG, _INPUT),
    Operation("torch.exp", _EXP, _INPUT),
    Operation("torch.squeeze", Keeps(EVERYTHING, last=LastAxis.SQUEEZED), _INPUT),
    Operation("torch.flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), _INPUT),
)
