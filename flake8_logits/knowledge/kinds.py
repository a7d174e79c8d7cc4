"""Of which classes of a library the objects are that its other classes make."""

from __future__ import annotations

from flake8_logits.knowledge.hooks import HOOKS

LAYER = "keras.layers.Layer"
MODEL = "keras.Model"
SEQUENTIAL = "keras.Sequential"

DESCRIBED_AS = {"Functional": MODEL, "Model": MODEL, "Sequential": SEQUENTIAL}
"""The classes of models by the names that they have where a model is serialized."""
FUNCTIONAL = "Functional"
SERIALIZED_LAYERS = "keras.layers"
"""Where a layer is whose class is named alone."""
SERIALIZED_CLASS = "class_name"
SERIALIZED_CONFIG = "config"
"""The keys of a serialized layer or model for the name of its class and its configuration."""
SERIALIZED_BESIDE = ("module", "registered_name", "build_config")
"""What such a dict has beside the name of the class and the configuration."""
FROM_CONFIG = "from_config"
"""The method of a class that makes a layer or model of a configuration."""
CLONE = "keras.models.clone_model"
SERIALIZERS = ("keras.layers.serialize", "keras.saving.serialize_keras_object", "keras.utils.serialize_keras_object")
DESERIALIZERS = (
    "keras.layers.deserialize",
    "keras.saving.deserialize_keras_object",
    "keras.utils.deserialize_keras_object",
)
"""Functions that make a dict of a layer or model, and those that make one of such a dict."""

MODULE = "torch.nn.Module"
CHAIN = "torch.nn.Sequential"
_MODULES = frozenset(
    {
        MODULE,
        "pytorch_lightning.LightningModule",
        "lightning.LightningModule",
        "lightning.pytorch.LightningModule",
        "fastai.Module",
        "torch_geometric.nn.MessagePassing",
    }
)
"""Base classes of which the instances, when they are called, call their ``forward``."""

_BASE = ".Module"
LINEN = "flax.linen."
NNX = "flax.nnx."
_FOR_JAX = (LINEN, NNX, "equinox.", "haiku.")
"""Libraries of which the classes of layers and models leave ``__call__`` to the program's."""

BASES_OF_LAYERS = frozenset({LAYER, MODEL, *_MODULES, *(base.removesuffix(".") + _BASE for base in _FOR_JAX)})
"""Classes of which all layers and models of a library are: what calling one does is written there."""
ANY_LAYER = "*"
"""What stands for all layers and models of all libraries among the names in whose place a program put something."""

WITHOUT_SUBCLASSES = frozenset({"keras.layers.Activation", "keras.layers.Dense", "keras.layers.Flatten"})


_TORCH = "torch.nn."
_DERIVED = {
    "ReLU6": "Hardtanh",
    **dict.fromkeys(("RNN", "LSTM", "GRU"), "RNNBase"),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), "RNNCellBase"),
    **dict.fromkeys(("UpsamplingNearest2d", "UpsamplingBilinear2d"), "Upsample"),
    **{f"ZeroPad{axes}d": f"ConstantPad{axes}d" for axes in (1, 2, 3)},
    **{f"LazyConv{axes}d": f"Conv{axes}d" for axes in (1, 2, 3)},
    **{f"LazyConvTranspose{axes}d": f"ConvTranspose{axes}d" for axes in (1, 2, 3)},
    "LazyLinear": "Linear",
    "NLLLoss2d": "NLLLoss",
}
"""Which of PyTorch's modules derive from another one than its base."""


def is_subclass(name: str, other: str) -> bool | None:
    """Whether a layer class of a library is (or derives from) another class of it; None where that is not known."""
    if other in (name, LAYER):
        return True
    if stands_alone(name) and stands_alone(other):
        return other in (MODULE, _TORCH + _DERIVED.get(name.removeprefix(_TORCH), ""))
    if is_for_jax(name) and is_for_jax(other) and not name.startswith(other) and not other.endswith(_BASE):
        return False
    return False if other in WITHOUT_SUBCLASSES or other in (MODEL, SEQUENTIAL) else None


_NO_TENSORS = frozenset(
    {
        MODULE,
        "torch.distributed.rpc.RRef",
        "torch.distributed.rpc.api.RRef",
        "torch.nn.utils.rnn.PackedSequence",
        "transformers.file_utils.ModelOutput",
        "transformers.modeling_outputs.ModelOutput",
        "transformers.utils.ModelOutput",
    }
)


def is_no_tensor(name: str) -> bool:
    """Whether this is a class of a library of which no tensor is an instance, though models may give such instances."""
    return name in _NO_TENSORS


def calls_forward(base: str) -> bool:
    """Whether calling an instance of a class that derives from this one of a library calls its ``forward``."""
    return base in _MODULES or base.startswith("torch.nn.")


def stands_alone(module: str) -> bool:
    """Whether a module of a library has no parts that a program would change: those of PyTorch itself."""
    return module.startswith(_TORCH) and "." not in module.removeprefix(_TORCH)


def is_for_jax(base: str) -> bool:
    """Whether this is a class of a library for JAX: calling an instance of a class derived from it is all Python's."""
    return base.startswith(_FOR_JAX)


def sets_up(base: str) -> bool:
    """Whether instances of a class that derives from this one of a library are given their parts by ``setup``."""
    return base.startswith(LINEN)


_CHAINS_FOR_JAX = {
    "flax.linen.Sequential": True,
    "equinox.nn.Sequential": True,
    "haiku.Sequential": True,
    "flax.nnx.Sequential": False,
}


def takes_a_list(base: str) -> bool | None:
    """Whether a chain of a library for JAX is given its parts in one list, or one by one; None for what is no chain."""
    return _CHAINS_FOR_JAX.get(base)


_KERAS = "keras."
_WITHOUT_FIELDS = ("flax.nnx.", "haiku.")
_DEFINED = frozenset({"__init__", "build", "compile", "fit"}) | frozenset(HOOKS)


def defines(base: str, attribute: object) -> bool:
    """Whether a library's class is known to have an attribute itself, so that no class after it is asked."""
    return base.startswith(_KERAS) and attribute in _DEFINED


def makes_its_own_instances(base: str) -> bool:
    """Whether a library's class has an ``__init__`` that takes no fields of the program's class."""
    return base.startswith((_KERAS, *_WITHOUT_FIELDS)) or calls_forward(base)
