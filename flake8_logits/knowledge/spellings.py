"""Under which names one and the same thing can be imported; ``namespaces`` applies these tables."""

from __future__ import annotations

ROOTS: dict[str, str] = {
    "tf_keras": "keras",
    "keras_core": "keras",
    "keras.api": "keras",
    "keras.api._v1.keras": "keras",
    "keras.api._v2.keras": "keras",
    # What is left of longer names where their last module is imported by name.
    "keras._v1.keras": "keras",
    "keras._v2.keras": "keras",
    "keras.keras": "keras",
    "keras.python.keras": "keras",
    "tensorflow.v2": "tensorflow",
    "tf_slim.python.layers": "tf_slim",
    "tflearn.layers.core": "tflearn",
    "keras.src": "keras",
    "keras._tf_keras.keras": "keras",
    "keras._legacy": "keras",
    "keras.legacy": "keras",
    "keras.objectives": "keras.losses",
    "keras.ops.nn": "keras.ops",
    "keras.ops.numpy": "keras.ops",
    "keras.backend.tensorflow_backend": "keras.backend",
    "keras.__internal__.legacy.layers": "tensorflow.compat.v1.layers",
    "keras_applications": "keras.applications",
    "keras_nlp": "keras_hub",
    "tensorflow.keras": "keras",
    "tensorflow.keras.api._v2.keras": "keras",
    "tensorflow.python.keras": "keras",
    "tensorflow.python.keras.api._v2.keras": "keras",
    "tensorflow.contrib.keras": "keras",
    "tensorflow.contrib.keras.api.keras": "keras",
    "tensorflow.contrib.keras.python.keras": "keras",
    "tensorflow.compat.v2": "tensorflow",
    "tensorflow._api.v2": "tensorflow",
    "tensorflow._api.v2.v2": "tensorflow",
    "tensorflow._api.v1": "tensorflow",
    "tensorflow_core": "tensorflow",
    "tensorflow.python.ops.nn": "tensorflow.nn",
    "tensorflow.python.ops.nn_ops": "tensorflow.nn",
    "tensorflow.python.ops.nn_impl": "tensorflow.nn",
    "tensorflow.python.ops.math_ops": "tensorflow",
    "tensorflow.python.ops.array_ops": "tensorflow",
    "tensorflow.python.layers.layers": "tensorflow.compat.v1.layers",
    "tensorflow.layers": "tensorflow.compat.v1.layers",
    "tensorflow.distributions": "tensorflow.compat.v1.distributions",
    "tensorflow.contrib.distributions": "tensorflow.compat.v1.distributions",
    "tensorflow.contrib.slim": "tf_slim",
    "tensorflow.contrib.layers": "tf_slim",
    "tensorflow.contrib.layers.python.layers": "tf_slim",
    "tensorflow.contrib.losses": "tf_slim.losses",
    "tf_slim.layers": "tf_slim",
    "tensorflow_probability.python": "tensorflow_probability",
    # Packages that pass on the Keras they were told to use.
    "torch.functional.F": "torch.nn.functional",
    "torch.nn.F": "torch.nn.functional",
    "torch.nn.modules": "torch.nn",
    **{
        f"torch.nn.{module}": "torch.nn"
        for module in [
            "activation",
            "adaptive",
            "batchnorm",
            "container",
            "conv",
            "dropout",
            "flatten",
            "linear",
            "loss",
            "module",
            "normalization",
            "pooling",
            "rnn",
            "sparse",
            "transformer",
            "upsampling",
        ]
    },
    "flax.experimental.nnx": "flax.nnx",
    "jax.experimental.nn": "jax.nn",
    "jax.api": "jax",
    "bert4keras.backend.keras": "keras",
    "bert4keras.backend.K": "keras.backend",
    "keras_bert.backend.keras": "keras",
}
"""Prefixes, each with the prefix that stands for the same module."""

V1_MODULES = frozenset({"distributions", "estimator", "layers", "losses", "metrics", "summary", "train"})
"""Modules of ``tensorflow.compat.v1`` that are not those of ``tensorflow``; all else there is the same or lives on."""

V1_LOSSES = frozenset(
    {
        "absolute_difference",
        "add_loss",
        "compute_weighted_loss",
        "cosine_distance",
        "get_losses",
        "get_regularization_loss",
        "get_regularization_losses",
        "get_total_loss",
        "hinge_loss",
        "huber_loss",
        "log_loss",
        "mean_pairwise_squared_error",
        "sigmoid_cross_entropy",
        "softmax_cross_entropy",
        "sparse_softmax_cross_entropy",
    }
)
"""Names of ``tensorflow.losses`` in TensorFlow 1 only; the rest of that module is ``keras.losses``."""

FLAT = frozenset({"fastai", "skorch", "transformers"})
"""Packages whose classes have names of their own, in whichever module they stand."""

GROUPS = frozenset(
    {
        "dgl.nn",
        "equinox.nn",
        "flax.linen",
        "flax.nnx",
        "keras.activations",
        "keras.applications",
        "keras.engine",
        "keras.layers",
        "keras.losses",
        "keras.metrics",
        "keras.models",
        "keras.saving",
        "keras_cv.losses",
        "keras_cv.models",
        "keras_hub.models",
        "kornia.losses",
        "monai.losses",
        "monai.networks.nets",
        "segmentation_models_pytorch.losses",
        "timm.loss",
        "timm.models",
        "torch_geometric.nn",
        "torchvision.models",
        "torchvision.ops",
        "tensorflow_addons.activations",
        "tensorflow_addons.layers",
        "tensorflow_addons.losses",
        "tensorflow_probability.distributions",
        "tensorflow_probability.layers",
        "tf_slim.losses",
        "torch.distributions",
    }
)
"""Modules whose submodules (of lower-case names) hold nothing of their own."""

KERAS_TWINS = (
    "binary_crossentropy",
    "binary_focal_crossentropy",
    "categorical_crossentropy",
    "categorical_focal_crossentropy",
    "categorical_hinge",
    "cosine_similarity",
    "hinge",
    "huber",
    "kl_divergence",
    "log_cosh",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "mean_squared_logarithmic_error",
    "poisson",
    "sparse_categorical_crossentropy",
    "squared_hinge",
)
"""Functions that live in ``keras.losses`` and in ``keras.metrics``."""

KERAS_SHORT = {
    "KLD": "kl_divergence",
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
    "MAE": "mean_absolute_error",
    "mae": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "mape": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "mse": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "msle": "mean_squared_logarithmic_error",
}
"""Short names of those functions."""

V2_METRIC_FUNCTIONS = frozenset(
    {
        *KERAS_TWINS,
        *KERAS_SHORT,
        "binary_accuracy",
        "categorical_accuracy",
        "deserialize",
        "get",
        "serialize",
        "sparse_categorical_accuracy",
        "sparse_top_k_categorical_accuracy",
        "top_k_categorical_accuracy",
    }
)
"""Functions of ``keras.metrics``; other functions of ``tensorflow.metrics`` are those of TensorFlow 1."""

_OF_NN = ("log_softmax", "sigmoid", "softmax", "softplus", "softsign", "tanh", "l2_normalize")

_OF_TOP = (
    "abs",
    "add",
    "add_n",
    "argmax",
    "argmin",
    "divide",
    "exp",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "pow",
    "reduce_logsumexp",
    "reduce_max",
    "reduce_mean",
    "reduce_min",
    "reduce_prod",
    "reduce_sum",
    "round",
    "scalar_mul",
    "sign",
    "sqrt",
    "square",
    "subtract",
    "truediv",
)

_KERAS_CLASSES = {
    **{
        f"keras.layers.{short}Pool{n}D": f"keras.layers.{long}Pooling{n}D"
        for n in "123"
        for short, long in (
            ("Max", "Max"),
            ("Avg", "Average"),
            ("GlobalMax", "GlobalMax"),
            ("GlobalAvg", "GlobalAverage"),
        )
    },
    **{f"keras.layers.Convolution{n}D": f"keras.layers.Conv{n}D" for n in "123"},
    **{f"keras.layers.Convolution{n}DTranspose": f"keras.layers.Conv{n}DTranspose" for n in "123"},
    **{f"keras.layers.SeparableConvolution{n}D": f"keras.layers.SeparableConv{n}D" for n in "12"},
    "keras.layers.Deconvolution2D": "keras.layers.Conv2DTranspose",
    "keras.layers.BatchNormalizationV1": "keras.layers.BatchNormalization",
    "keras.layers.BatchNormalizationV2": "keras.layers.BatchNormalization",
    "keras.Layer": "keras.layers.Layer",
    "keras.Loss": "keras.losses.Loss",
    "keras.Metric": "keras.metrics.Metric",
    "keras.InputSpec": "keras.layers.InputSpec",
    "keras.engine.Layer": "keras.layers.Layer",
    "keras.engine.InputLayer": "keras.layers.InputLayer",
    "keras.engine.InputSpec": "keras.layers.InputSpec",
    "keras.engine.Input": "keras.Input",
    "keras.layers.Input": "keras.Input",
    "keras.models.Input": "keras.Input",
    "keras.engine.Sequential": "keras.Sequential",
    "keras.models.Sequential": "keras.Sequential",
    "keras.saving.load_model": "keras.models.load_model",
    **{
        f"{module}.{name}": "keras.Model"
        for module in ("keras.engine", "keras.models")
        for name in ("Model", "Functional", "Network", "Container")
    },
}

_KERAS_FUNCTIONS = {
    **{f"keras.metrics.{name}": f"keras.losses.{name}" for name in KERAS_TWINS},
    **{
        f"keras.{m}.{short}": f"keras.losses.{long}"
        for m in ("losses", "metrics")
        for short, long in KERAS_SHORT.items()
    },
    **{f"keras.{m}.swish": f"keras.{m}.silu" for m in ("activations", "ops")},
    **{f"keras.{m}.hard_swish": f"keras.{m}.hard_silu" for m in ("activations", "ops")},
    "keras.ops.amax": "keras.ops.max",
    "keras.ops.amin": "keras.ops.min",
}

_TENSORFLOW = {
    **{f"tensorflow.{name}": f"tensorflow.nn.{name}" for name in ("sigmoid", "tanh")},
    **{f"tensorflow.math.{name}": f"tensorflow.nn.{name}" for name in _OF_NN},
    **{f"tensorflow.math.{name}": f"tensorflow.{name}" for name in _OF_TOP},
    "tensorflow.nn.log_sigmoid": "tensorflow.math.log_sigmoid",
    "tensorflow.log_sigmoid": "tensorflow.math.log_sigmoid",
    "tensorflow.log": "tensorflow.math.log",
    "tensorflow.nn.swish": "tensorflow.nn.silu",
    "tensorflow.mul": "tensorflow.multiply",
    "tensorflow.sub": "tensorflow.subtract",
    "tensorflow.neg": "tensorflow.negative",
    "tensorflow.div": "tensorflow.divide",
    "tensorflow.realdiv": "tensorflow.divide",
    "tensorflow.linalg.matmul": "tensorflow.matmul",
    "tensorflow.linalg.l2_normalize": "tensorflow.nn.l2_normalize",
    "tensorflow.dtypes.cast": "tensorflow.cast",
    "tensorflow.dtypes.saturate_cast": "tensorflow.saturate_cast",
    "tensorflow.manip.reshape": "tensorflow.reshape",
    "tensorflow.check_numerics": "tensorflow.debugging.check_numerics",
    "tensorflow.verify_tensor_all_finite": "tensorflow.debugging.assert_all_finite",
    "tensorflow.multinomial": "tensorflow.random.multinomial",
    "tensorflow.image.resize_images": "tensorflow.image.resize",
    "tensorflow.optimizers": "keras.optimizers",
}

_SLIM = {
    "tf_slim.convolution1d": "tf_slim.conv1d",
    "tf_slim.convolution2d": "tf_slim.conv2d",
    "tf_slim.convolution3d": "tf_slim.conv3d",
    "tf_slim.convolution2d_transpose": "tf_slim.conv2d_transpose",
    "tf_slim.convolution3d_transpose": "tf_slim.conv3d_transpose",
    "tf_slim.separable_convolution2d": "tf_slim.separable_conv2d",
}

_OF_FUNCTIONAL = (
    "adaptive_avg_pool1d",
    "alpha_dropout",
    "avg_pool1d",
    "batch_norm",
    "bilinear",
    "celu",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "dropout",
    "embedding",
    "feature_alpha_dropout",
    "group_norm",
    "hardshrink",
    "instance_norm",
    "kl_div",
    "layer_norm",
    "log_softmax",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "pixel_shuffle",
    "pixel_unshuffle",
    "prelu",
    "relu",
    "rms_norm",
    "rrelu",
    "selu",
    "sigmoid",
    "softmax",
    "tanh",
    "threshold",
)
"""Functions that stand in ``torch`` as well as in ``torch.nn.functional``."""

IN_PLACE = {
    **{
        f"torch.nn.functional.{name}_": f"torch.nn.functional.{name}"
        for name in ("celu", "elu", "hardtanh", "leaky_relu", "relu", "rrelu", "selu", "threshold")
    },
    "torch.sigmoid_": "torch.nn.functional.sigmoid",
    "torch.tanh_": "torch.nn.functional.tanh",
}
"""Functions that write what they give into the tensor that they are given, each with the one that does not."""

_TORCH = {
    **{f"torch.{name}": f"torch.nn.functional.{name}" for name in _OF_FUNCTIONAL},
    **{f"torch.special.{name}": f"torch.nn.functional.{name}" for name in ("log_softmax", "softmax")},
    **{f"torch.{name}_": f"torch.nn.functional.{name}_" for name in ("celu", "relu", "rrelu", "selu", "threshold")},
    "torch.special.expit": "torch.nn.functional.sigmoid",
    "torch.special.logit": "torch.logit",
    "torch.binary_cross_entropy_with_logits": "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.ctc_loss": "torch.nn.functional.ctc_loss",
    "torch.poisson_nll_loss": "torch.nn.functional.poisson_nll_loss",
    "torch.hinge_embedding_loss": "torch.nn.functional.hinge_embedding_loss",
    "torch.nn.NLLLoss2d": "torch.nn.NLLLoss",
    "torch.nn.functional.upsample": "torch.nn.functional.interpolate",
    "torch.nn.functional.upsample_bilinear": "torch.nn.functional.interpolate",
    "torch.nn.functional.upsample_nearest": "torch.nn.functional.interpolate",
    "torch.clip": "torch.clamp",
    "torch.concat": "torch.cat",
    "torch.concatenate": "torch.cat",
    "torch.moveaxis": "torch.movedim",
    "torch.ravel": "torch.flatten",
    "torch.row_stack": "torch.vstack",
    "torch.swapdims": "torch.swapaxes",
}

_OF_OPTAX = (
    "convex_kl_divergence",
    "cosine_distance",
    "cosine_similarity",
    "ctc_loss",
    "ctc_loss_with_forward_probs",
    "generalized_kl_divergence",
    "hinge_loss",
    "huber_loss",
    "kl_divergence",
    "l2_loss",
    "log_cosh",
    "safe_softmax_cross_entropy",
    "sigmoid_binary_cross_entropy",
    "sigmoid_focal_loss",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_integer_labels",
    "squared_error",
)

_OF_JAX = (
    "celu",
    "elu",
    "gelu",
    "glu",
    "hard_sigmoid",
    "hard_silu",
    "hard_tanh",
    "leaky_relu",
    "log_sigmoid",
    "log_softmax",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "soft_sign",
    "softmax",
    "softplus",
    "standardize",
    "tanh",
)

_JAX = {
    **{f"optax.{name}": f"optax.losses.{name}" for name in _OF_OPTAX},
    **{f"{module}.{name}": f"jax.nn.{name}" for module in ("flax.linen", "flax.nnx") for name in _OF_JAX},
    "flax.nnx.identity": "jax.nn.identity",
    **{f"flax.nnx.{name}": f"flax.linen.{name}" for name in ("avg_pool", "max_pool")},
    **{f"{module}.swish": "jax.nn.silu" for module in ("jax.nn", "flax.linen", "flax.nnx")},
    **{f"{module}.hard_swish": "jax.nn.hard_silu" for module in ("jax.nn", "flax.linen", "flax.nnx")},
    "jax.scipy.special.expit": "jax.nn.sigmoid",
    "jax.lax.logistic": "jax.nn.sigmoid",
    **{f"jax.{module}.tanh": "jax.nn.tanh" for module in ("lax", "numpy")},
    **{f"jax.lax.{name}": f"jax.numpy.{name}" for name in ("exp", "log")},
    "jax.numpy.amax": "jax.numpy.max",
    "jax.numpy.amin": "jax.numpy.min",
    "jax.numpy.concat": "jax.numpy.concatenate",
    "jax.numpy.permute_dims": "jax.numpy.transpose",
}

NAMES: dict[str, str] = {**_KERAS_CLASSES, **_KERAS_FUNCTIONS, **_TENSORFLOW, **_SLIM, **_TORCH, **_JAX}
"""Whole names, each with the name of the same thing that the rows use."""
