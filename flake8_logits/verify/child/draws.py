"""Weights and inputs that show what an output is: drawn anew, small and large, because fresh weights lie."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from flake8_logits.verify.child.made import PROFILES, Made, Profile, profile
from flake8_logits.verify.child.vocabularies import WORDS

Array = np.ndarray[Any, Any]
SIZES = (1.0, 30.0, 1000.0)
"""Inputs come at three sizes at once."""
SPREADS = (1.0, 40.0, 3.0, 40.0, 200.0)
"""How much larger the last weights are, draw by draw."""
LAST = 2
"""The weights that are spread furthest: a kernel and its bias."""
ROWS = 4
_MANY = 50_000
_FEWEST_WORDS = 4
"""What a layer without a vocabulary counts: padding, and words that it does not know."""
_ANY_LENGTH = 64
"""What stands for a size that a model leaves open: enough for several convolutions and poolings."""
_EXPECTED = (
    ("Embedding", PROFILES[2]),
    ("3D", PROFILES[6]),
    ("2D", PROFILES[1]),
    ("1D", PROFILES[3]),
    ("LSTM", PROFILES[3]),
    ("GRU", PROFILES[3]),
    ("RNN", PROFILES[3]),
)
"""What a layer with such a name takes."""
MOST_DRAWN = 99991
"""A prime, so that no row of a large matrix is the same as the next."""


def seed_all(seed: int) -> None:
    """Have whatever draws at random begin anew: Python, numpy, Keras and its backend."""
    import keras

    keras.utils.set_random_seed(seed)


def draw_weights(variables: list[Any], random: np.random.Generator, spread: float) -> None:
    """Give float variables new values: as large as keeps the numbers alive, the last ones ``spread`` times that."""
    floats = [one for one in variables if "float" in str(one.dtype)]
    for index, variable in enumerate(floats):
        shape = tuple(int(size) for size in variable.shape)
        values = draw(str(getattr(variable, "path", variable.name)), shape, random)
        if index >= len(floats) - LAST:
            values = values * spread
        variable.assign(values.astype(str(variable.dtype).rpartition(".")[2].rpartition("'")[0] or "float32"))


def weights_of(model: Any) -> int:
    """How many weights a model has."""
    return sum(math.prod(one.shape) for one in model.variables)


def draw(name: str, shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """Values for one variable."""
    # Large weights repeat: their number is what costs.
    values: Array = np.resize(random.standard_normal(min(int(np.prod(shape)), MOST_DRAWN), "float32"), shape)
    if "variance" in name:
        return np.asarray(np.abs(values) + 0.5)
    if "gamma" in name:
        return 1 + 0.3 * values
    if len(shape) >= 2:
        return values * (1.5 / math.sqrt(max(math.prod(shape[:-1]), 1)))
    return values * 0.5


def inputs_of(model: Any, random: np.random.Generator, sizes: tuple[float, ...] = SIZES) -> Any:
    """Inputs for a model that is built, of the structure it takes: rows of each of the sizes one after the other."""
    tokens = _fewest_tokens(model)

    def one(spec: Any) -> Any:
        dims = [_ANY_LENGTH if size is None else int(size) for size in tuple(spec.shape)[1:]]
        return made_input(tuple(dims), str(spec.dtype), tokens, random, sizes)

    return _mapped(_structure(model), one)


def _structure(model: Any) -> Any:
    """The inputs as the model was given them: one, several, or by name."""
    for name in ("_inputs_struct", "_nested_inputs"):
        found = getattr(model, name, None)
        if found is not None:
            return found
    inputs = model.inputs
    return inputs[0] if len(inputs) == 1 else list(inputs)


def _mapped(structure: Any, act: Callable[[Any], Any]) -> Any:
    if isinstance(structure, dict):
        return {key: _mapped(one, act) for key, one in structure.items()}
    if isinstance(structure, (list, tuple)):
        return [_mapped(one, act) for one in structure]
    return act(structure)


def made_input(
    dims: tuple[int, ...], dtype: str, tokens: int | None, random: np.random.Generator, sizes: tuple[float, ...]
) -> Any:
    """One input: numbers of the sizes, whole numbers below the vocabulary's size, or words."""
    shape = (ROWS if np.prod(dims) < _MANY else 1, *dims)
    if "str" in dtype:
        words = np.array(["a good film", "bad", "the end of it", ""], dtype=object)
        import tensorflow

        return tensorflow.constant(words[random.integers(0, 4, (ROWS * len(sizes), *dims))].astype(str))
    if "int" in dtype or tokens is not None:
        kind = dtype if "int" in dtype or "float" in dtype else "int32"
        return random.integers(0, tokens or 2, (ROWS * len(sizes), *dims)).astype(kind)
    if "bool" in dtype:
        return random.integers(0, 2, (ROWS * len(sizes), *dims)).astype(bool)
    return np.concatenate([random.normal(size=shape) * size for size in sizes]).astype("float32")


def _fewest_tokens(model: Any) -> int | None:
    """The size of the smallest vocabulary in the model, None if it embeds nothing."""
    sizes = [int(layer.input_dim) for layer in layers_of(model) if type(layer).__name__ == "Embedding"]
    return min(sizes) if sizes else None


def layers_of(model: Any) -> list[Any]:
    """All layers in a model, those inside of others too."""
    flat = getattr(model, "_flatten_layers", None)
    return list(flat()) if flat is not None else []


_OF_WORDS = frozenset({"TextVectorization", "StringLookup"})


def _takes_words(model: Any) -> bool:
    """Whether the first layer of a model is given words."""
    first = next((one for one in layers_of(model) if one is not model and not layers_of(one)[1:]), None)
    return type(first).__name__ in _OF_WORDS


def teach_words(model: Any) -> None:
    """Give the layers of a model that look words up a few words, where they have none."""
    for layer in layers_of(model):
        if type(layer).__name__ in _OF_WORDS and int(layer.vocabulary_size()) < _FEWEST_WORDS:
            layer.set_vocabulary(WORDS)


def build(model: Any, random: np.random.Generator) -> Any:
    """An input that a model which is not built yet accepts, as its layers let expect; building it on the way."""
    teach_words(model)
    known = _known_within(model)
    given = guessed_input(model, expected(model), random) if known is None else inputs_of(known, random)
    model(given)
    return given


def _known_within(model: Any) -> Any:
    """The model in a model that says what it takes: the first of a stack, any of another; None if there is none."""
    layers = list(getattr(model, "layers", None) or ())
    asked = layers[:1] if type(model).__name__ == "Sequential" else layers
    return next((one for one in asked if getattr(one, "inputs", None) and getattr(one, "built", False)), None)


def expected(model: Any) -> Profile:
    """The guess that suits the first of a model's layers that says anything of its input; else the one made now."""
    for layer in layers_of(model):
        name = type(layer).__name__
        found = next((guess for ending, guess in _EXPECTED if ending in name), None)
        if found is not None and not getattr(layer, "built", False):
            return found if profile().shape[:-1] != found.shape[:-1] else profile()
    return profile()


def guessed_input(model: Any, guess: Profile, random: np.random.Generator, sizes: tuple[float, ...] = SIZES) -> Any:
    """An input as a profile guesses it."""
    if _takes_words(model):
        return made_input((1,), "string", None, random, sizes)
    tokens = _fewest_tokens(model)
    whole = guess.tokens or tokens is not None
    return made_input(
        guess.shape, "int32" if whole else "float32", (tokens or guess.size) if whole else None, random, sizes
    )


def replace_made(layer: Any, value: Any, random: np.random.Generator) -> Any:
    """A layer's input with what is made up in it replaced by numbers that the layer takes."""
    if isinstance(value, Made):
        shape = getattr(layer, "input_shape", None) if getattr(layer, "built", False) else None
        if getattr(layer, "inputs", None):
            return inputs_of(layer, random)
        if isinstance(shape, tuple) and shape and not isinstance(shape[0], tuple):
            dims = tuple(_ANY_LENGTH if size is None else int(size) for size in shape[1:])
            return made_input(dims, "float32", _fewest_tokens(layer), random, SIZES)
        return guessed_input(layer, profile(), random)
    if isinstance(value, (list, tuple)) and any(isinstance(one, Made) for one in value):
        return type(value)(replace_made(layer, one, random) for one in value)
    return value
