"""Functions and methods that pick one of the items of a list: nobody knows which."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

PICKS: dict[str, Parameter] = {
    "random.choice": Parameter("seq", 0),
    "secrets.choice": Parameter("seq", 0),
}
"""By canonical name: the parameter with the list."""

PICKING_METHODS: dict[str, Parameter] = {
    "Choice": Parameter("values", 1),  # keras-tuner's HyperParameters
    "suggest_categorical": Parameter("choices", 1),  # Optuna's Trial
}
"""By name of a method that nothing else is called: the parameter with the list; what is picked has a name at 0."""
