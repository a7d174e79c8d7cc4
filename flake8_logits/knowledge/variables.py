"""What makes variables, and what they begin with: random numbers that are trained, or data."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter, Variable

_VALUE = Parameter("initial_value", 0)

ROWS: tuple[Variable, ...] = (
    Variable("tensorflow.Variable", _VALUE, Parameter("trainable", 1)),
    Variable("tensorflow.get_variable", None, Parameter("trainable", 5), Parameter("shape", 1)),
    Variable("keras.backend.variable", Parameter("value", 0)),
    Variable("keras.Variable", Parameter("initializer", 0), Parameter("trainable", 3)),
    Variable("haiku.get_parameter"),
    Variable("torch.nn.Parameter", Parameter("data", 0), Parameter("requires_grad", 1)),
    *(Variable(f"torch.{name}", None, Parameter("requires_grad", None, False)) for name in ("ones", "rand", "randn")),
    *(
        Variable(f"torch.{name}", None, Parameter("requires_grad", None, False), blank=True)
        for name in ("empty", "empty_like", "zeros", "zeros_like")
    ),
)
BY_NAME = {row.name: row for row in ROWS}

TRAINABLE = "trainable"
"""The keyword of ``add_weight`` that keeps a weight from being trained."""

ASSIGN = "assign"
"""The method that replaces what a variable holds."""

_LIBRARIES = ("numpy.", "tensorflow.", "pandas.")
_INITIAL = ("random", "initializers", "normal", "uniform", "zeros", "ones", "empty", "full", "glorot", "xavier")


def gives_data(name: str) -> bool:
    """Whether a function of this name gives numbers that somebody wrote or read, and no weights to begin with."""
    return name.startswith(_LIBRARIES) and not any(word in name for word in _INITIAL)
