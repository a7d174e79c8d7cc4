"""What of JAX, Flax, Equinox, Haiku and optax may be run for a stranger: what computes and reads no file."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Kind, Module, kind, module

_ACTIVATIONS = (
    "celu elu gelu glu hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu log_sigmoid log_softmax logsumexp "
    "one_hot relu relu6 selu sigmoid silu soft_sign softmax softplus standardize swish tanh"
)
_LOSSES = (
    "binary_dice_loss convex_kl_divergence cosine_distance cosine_similarity ctc_loss ctc_loss_with_forward_probs "
    "dice_loss generalized_kl_divergence hinge_loss huber_loss kl_divergence kl_divergence_with_log_targets l2_loss "
    "log_cosh multiclass_generalized_dice_loss multiclass_hinge_loss multiclass_perceptron_loss "
    "multiclass_sparsemax_loss perceptron_loss poly_loss_cross_entropy ranking_softmax_loss "
    "safe_softmax_cross_entropy sigmoid_binary_cross_entropy sigmoid_focal_loss smooth_labels softmax_cross_entropy "
    "softmax_cross_entropy_with_integer_labels sparsemax_loss squared_error"
)
_LAYERS = (
    "BatchNorm Bidirectional Conv ConvTranspose Dropout Einsum Embed GRUCell GroupNorm InstanceNorm LSTMCell LayerNorm "
    "Module MultiHeadAttention OptimizedLSTMCell PReLU RMSNorm RNN Sequential SimpleCell SpectralNorm WeightNorm"
)
"""The layers that Flax has in both of its forms."""
_INITIALIZERS = (
    "constant glorot_normal glorot_uniform he_normal he_uniform kaiming_normal kaiming_uniform lecun_normal "
    "lecun_uniform normal ones orthogonal truncated_normal uniform variance_scaling xavier_normal xavier_uniform zeros"
)
_SIZED = " ".join(
    f"{name}{size}d" for name in ("Conv", "ConvTranspose", "AvgPool", "MaxPool", "AdaptiveAvgPool", "AdaptiveMaxPool")
    for size in "123"
)  # fmt: skip
_SIZED_OF_HAIKU = " ".join(f"{name}{size}D{end}" for name in ("Conv",) for size in "123" for end in ("", "Transpose"))

OPTIMIZERS = (
    "adabelief adadelta adafactor adagrad adam adamax adamaxw adamw adan adaptive_grad_clip add_decayed_weights "
    "add_noise amsgrad apply_every apply_if_finite centralize chain clip clip_by_block_rms clip_by_global_norm ema "
    "fromage identity keep_params_nonnegative lamb lars lion masked multi_transform nadam nadamw noisy_sgd "
    "normalize_by_update_norm novograd optimistic_gradient_descent partition polyak_sgd radam rmsprop rprop scale "
    "scale_by_adam scale_by_learning_rate scale_by_rms scale_by_schedule scale_by_trust_ratio set_to_zero sgd "
    "sign_sgd sm3 trace yogi zero_nans MultiSteps"
)
"""What gives an optimizer or a part of one, which says nothing of a loss; ``init`` and ``update`` are its methods."""
SCHEDULES = (
    "constant_schedule cosine_decay_schedule cosine_onecycle_schedule exponential_decay join_schedules "
    "linear_onecycle_schedule linear_schedule piecewise_constant_schedule polynomial_schedule sgdr_schedule "
    "warmup_constant_schedule warmup_cosine_decay_schedule warmup_exponential_decay_schedule"
)
"""What gives a rate of learning by the number of a step."""

MODULES: tuple[Module, ...] = (
    module("jax", "Array checkpoint device_get device_put grad jit named_call pmap remat value_and_grad vmap"),
    module("jax.nn", f"{_ACTIVATIONS} dot_product_attention identity log1mexp logmeanexp mish sparse_plus "
           "sparse_sigmoid squareplus"),
    module("jax.nn.initializers", _INITIALIZERS),
    module("jax.tree", "leaves map"),
    module("jax.tree_util", "tree_leaves tree_map"),
    module(
        "jax.random",
        "PRNGKey bernoulli beta categorical choice dirichlet exponential fold_in gamma gumbel key laplace logistic "
        "multivariate_normal normal permutation poisson randint rademacher split truncated_normal uniform",
    ),
    module(
        "jax.lax",
        "Precision abs add argmax argmin batch_matmul broadcast clamp collapse concatenate conv "
        "conv_dimension_numbers conv_general_dilated cumsum div dot dot_general exp expand_dims index_in_dim log "
        "log1p logistic max min mul neg pad pow reciprocal reshape rsqrt select sign slice sqrt square squeeze "
        "stop_gradient sub tanh top_k transpose",
    ),
    module("jax.scipy.special", "entr erf expit kl_div log_ndtr log_softmax logit logsumexp ndtr rel_entr softmax "
           "xlog1py xlogy"),
    module("jax.numpy.linalg", "det inv norm solve"),
    module(
        "jax.numpy",
        "abs absolute add all allclose amax amin any append arange arccos arcsin arctan arctan2 argmax argmin "
        "argsort array array_equal array_split asarray astype atleast_1d atleast_2d atleast_3d average bfloat16 "
        "bincount bool_ broadcast_arrays broadcast_to ceil clip column_stack concatenate conj copy cos cosh "
        "count_nonzero cov cross cumprod cumsum diag diagonal diff divide dot dtype e einsum empty empty_like equal "
        "exp expand_dims expm1 eye finfo flip float16 float32 float64 floor floor_divide full full_like greater "
        "greater_equal heaviside hstack identity iinfo inf inner int16 int32 int64 int8 integer isfinite isinf isnan "
        "kron less less_equal linspace log log10 log1p log2 logaddexp logical_and logical_not logical_or logspace "
        "matmul max maximum mean median meshgrid min minimum mod moveaxis multiply nan nan_to_num nanmean ndarray "
        "negative newaxis nonzero not_equal ones ones_like outer pad percentile pi power prod ravel reciprocal "
        "repeat reshape roll rollaxis round searchsorted shape sign sin sinh size sort split sqrt square squeeze "
        "stack std subtract sum swapaxes take take_along_axis tan tanh tensordot tile trace transpose tril triu "
        "true_divide uint8 unique var vdot vstack where zeros zeros_like",
    ),
    module("optax", f"{_LOSSES} {OPTIMIZERS} {SCHEDULES} apply_updates inject_hyperparams"),
    module("optax.schedules", SCHEDULES),
    module("optax.losses", _LOSSES),
    module(
        "flax.linen",
        f"{_ACTIVATIONS} {_LAYERS} ConvLocal Dense DenseGeneral MultiHeadDotProductAttention SelfAttention avg_pool "
        "checkpoint combine_masks compact dot_product_attention initializers jit make_attention_mask "
        "make_causal_mask max_pool nowrap remat",
    ),
    module("flax.linen.initializers", _INITIALIZERS),
    module("flax.core", "FrozenDict freeze unfreeze"),
    module("flax.training.train_state", "TrainState"),
    module(
        "flax.nnx",
        f"{_ACTIVATIONS} {_LAYERS} Linear LinearGeneral ModelAndOptimizer Optimizer Param Rngs avg_pool "
        "combine_masks dot_product_attention grad initializers jit make_attention_mask make_causal_mask max_pool remat "
        "value_and_grad",
    ),
    module("flax.nnx.initializers", _INITIALIZERS),
    module(
        "equinox",
        "Module apply_updates combine field filter filter_checkpoint filter_grad filter_jit filter_value_and_grad "
        "filter_vmap is_array is_array_like is_inexact_array is_inexact_array_like partition static_field",
    ),
    module(
        "equinox.nn",
        f"{_SIZED} BatchNorm Conv ConvTranspose Dropout Embedding GRUCell GroupNorm Identity LSTMCell Lambda LayerNorm "
        "Linear MLP MultiheadAttention PReLU RMSNorm Sequential SpectralNorm WeightNorm inference_mode make_with_state",
    ),
    module(
        "haiku",
        f"{_SIZED_OF_HAIKU} AvgPool BatchNorm Bias Embed Flatten GRU GroupNorm InstanceNorm LSTM LayerNorm Linear "
        "MaxPool Module MultiHeadAttention RMSNorm Reshape Sequential VanillaRNN avg_pool dropout get_parameter "
        "max_pool next_rng_key remat transform transform_with_state without_apply_rng",
    ),
    module("haiku.initializers", "Constant Orthogonal RandomNormal RandomUniform TruncatedNormal UniformScaling "
           "VarianceScaling"),
    module("haiku.nets", "MLP MobileNetV1 ResNet18 ResNet34 ResNet50"),
)  # fmt: skip

_LINEN = (
    "apply init init_with_output bind clone copy param variable get_variable has_variable put_variable make_rng sow "
    "is_initializing is_mutable_collection variables features kernel_size num_embeddings attend name layers"
)
_ARRAY = (
    "T all any argmax argmin argsort astype at clip copy cumprod cumsum diagonal dot dtype flatten imag item "
    "itemsize max mean min nbytes ndim nonzero prod ravel real repeat reshape round searchsorted shape size sort "
    "squeeze std sum swapaxes take tolist trace transpose var view block_until_ready"
)

KINDS: tuple[Kind, ...] = (
    kind("jax.ArrayImpl jaxlib.ArrayImpl jax.Array jax.Tracer", _ARRAY),
    kind("jax._IndexUpdateHelper jax._IndexUpdateRef", "get set add multiply min max"),
    kind("flax.Module", _LINEN),
    kind("flax.Param flax.Variable", "value get_value set_value shape dtype ndim T"),
    kind("flax.Rngs", "params dropout default fork"),
    kind("flax.FrozenDict", "copy get items keys pop unfreeze values"),
    kind("equinox.Module", "weight bias in_features out_features in_channels out_channels layers num_embeddings"),
    kind("flake8_logits.Transformed", "init apply"),
    kind("flake8_logits.TrainState", "create apply_fn apply_gradients batch_stats opt_state params replace step tx"),
    kind("haiku.Module", "name module_name output_size output_channels"),
)
