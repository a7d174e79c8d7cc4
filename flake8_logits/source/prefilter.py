"""Two words that every program worth parsing contains; parsing costs a thousand times as much as looking for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FRAMEWORKS = ("keras", "tensorflow", "torch", "segmentation_models", "tf_slim", "tflearn", "jax", "flax", "optax")
_MODEL_OF_TRANSFORMERS = re.compile(r"\btf[a-z0-9]+for[a-z]+\b")
_LOSSES = (
    "from_logits", "_with_logits", "crossentropy", "cross_entropy", "bernoulli", "multinomial",
    "log_loss", "focal", "tversky", "hinge", "poisson", "sparsemax", "kullback",
    "kl_div", "kldiv", "nllloss", "nll_loss", "softmarginloss", "soft_margin_loss",
    "asymmetricloss", "binomial", "gradienttape", "jaccardloss", "jaccard_loss", "iouloss", "iou_loss",
)  # fmt: skip
_WHOLE_WORDS = {
    "compile": re.compile(r"(?<!\bre)(?<!\btorch)\.\s*compile\s*\("),  # with any loss; these compile something else
    "categorical": re.compile(r"(?<!to_)(?<!is_)(?<!suggest_)categorical(?:\b|_?accuracy|_?ce(?:\b|loss)|straight)"),
    "dice": re.compile(r"(?<!in)dice|indice(?!s)"),
    "bce": re.compile("bce"),
    "ctc": re.compile("ctc"),
    "geometric": re.compile(r"\bgeometric\b"),
    "losses": re.compile(r"\blosses\b"),
    "metrics": re.compile(r"\bmetrics\b"),
    "kld": re.compile(r"\bkld"),
}
"""What counts in some places only: the word, and those places; the word alone is much faster to find."""
_LOGARITHM = ".log("
_OF_TENSORS = re.compile(r"\b(?:torch|th|np|numpy|tf|tf\.math|jnp|k|ops|backend|lax)\.log\(|[\w\])]\.log\(\)")
_WRITTEN_OUT = ("loss", "entropy", "likelihood", "nll")
"""What stands somewhere in a file that takes a logarithm for a loss that it writes out itself."""
_IN_STRINGS = re.compile(r"(?<!in)dice|indice(?!s)|\b(?:bce|ctc|kld)|categorical_accuracy")
"""Which of these count in a string, which may as well be a way of counting classes, or the letters of some axes."""
_SURELY_A_LOSS = ("from_logits", "_with_logits", "crossentropy")
_ACTIVATIONS = ("softmax", "sigmoid")
_FINISHED = "applications"
"""The module with classifiers that end in an activation."""
_PRESET = "from_preset"
"""How keras_hub makes a model that has its loss, too."""
_OF_PRESETS = re.compile(r"classifier|segmenter|lm\b")
"""What the names of those of its models end in that give logits or probabilities."""
_PICKED = ("gather", "log")
"""What is done with probabilities in a loss of a policy: that of each action is picked, and its logarithm taken."""


def worth_parsing(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether a document names a framework, or imports one, and a possible loss or an activation twice.

    A finished classifier stands for the first of the two activations, a loss that is written out for the second.
    ``words`` are names, in lower case, that the user declared: any of them will do.
    """
    lowered = text.lower()  # plain search in lower case is twenty times as fast as ignoring case
    if _holds_any(lowered, words):
        return True
    if _holds_any(lowered, _FRAMEWORKS):
        return _holds_a_loss(lowered) or _activates_enough(lowered, lowered)
    if "transformers" in lowered and _MODEL_OF_TRANSFORMERS.search(lowered):
        return _holds_a_loss(lowered)
    # The model may come from another file, and the framework with it.
    return "import" in lowered and _holds_any(lowered, _SURELY_A_LOSS)


def names_a_framework(text: str) -> bool:
    """Return whether a document names a framework."""
    lowered = text.lower()
    return any(word in lowered for word in _FRAMEWORKS)


def names_a_loss(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether a document may hold a loss or a metric, or one of the ``words`` that the user declared."""
    lowered = text.lower()
    return _holds_a_loss(lowered) or _holds_any(lowered, words)


def tells_numbers(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether a document names what makes probabilities, or what certainly reads them or logits."""
    lowered = text.lower()
    return _holds_any(lowered, (*_SURELY_A_LOSS, *_ACTIVATIONS, *words))


def can_meet(names: str, strings: str, used: str, words: Sequence[str] = ()) -> bool:
    """Return whether the names of a program and its strings, in lower case, hold a possible loss or two activations.

    ``used`` are those of the names that are read: an import or a definition alone applies nothing.
    """
    both = f"{names}\n{strings}"
    if _holds_any(both, words) or _holds_any(both, _LOSSES) or _stands_in(names) or _IN_STRINGS.search(strings):
        return True
    if _writes_one_out(both) or _is_made_of_a_preset(f"{used}\n{strings}", both):
        return True
    return _activates_enough(f"{used}\n{strings}", both)


def named_activations(name: str) -> set[str]:
    """Return the activations that a name holds."""
    lowered = name.lower()
    return {word for word in _ACTIVATIONS if word in lowered}


def _holds_any(lowered: str, words: Sequence[str]) -> bool:
    return any(word in lowered for word in words)


def _holds_a_loss(lowered: str) -> bool:
    if _holds_any(lowered, _LOSSES) or _stands_in(lowered) or _writes_one_out(lowered):
        return True
    return _is_made_of_a_preset(lowered, lowered)


def _writes_one_out(lowered: str) -> bool:
    """Whether a text takes the logarithm of a tensor, and speaks of what that may be for."""
    if _LOGARITHM not in lowered or not _holds_any(lowered, _WRITTEN_OUT):
        return False
    return _OF_TENSORS.search(lowered) is not None


def _is_made_of_a_preset(used: str, whole: str) -> bool:
    return _PRESET in used and _OF_PRESETS.search(whole) is not None


def _stands_in(lowered: str) -> bool:
    return any(word in lowered and standing.search(lowered) is not None for word, standing in _WHOLE_WORDS.items())


def _activates_enough(applied: str, whole: str) -> bool:
    """Whether a text names an activation twice, or once beside a finished classifier or a loss that is written out."""
    activations = max(applied.count(word) for word in _ACTIVATIONS)
    return activations > 1 or (activations == 1 and (_FINISHED in whole or all(word in whole for word in _PICKED)))
