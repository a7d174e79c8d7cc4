"""Which attributes may be asked of the objects of libraries, kind by kind: those that compute, and those that tell."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Kind, kind

_ARRAY = (
    "T all any argmax argmin argpartition argsort astype clip compress conj conjugate copy cumprod cumsum diagonal dot "
    "dtype fill flat flatten imag item itemsize max mean min nbytes ndim nonzero partition prod ptp ravel real repeat "
    "reshape round searchsorted shape size sort squeeze std sum swapaxes take tolist trace transpose var view"
)
_TENSOR = (
    f"{_ARRAY} name device numpy get_shape set_shape as_list rank dims eval value values indices dense_shape "
    "row_splits flat_values to_tensor to_list bounding_shape nrows ragged_rank from_row_splits from_row_lengths "
    "from_tensor merge_dims row_lengths assign assign_add assign_sub read_value initialized_value initializer "
    "scatter_nd_update trainable sparse ragged stack unstack read write concat gather scatter path"
)
_DRAWN = (
    "beta binomial chisquare choice dirichlet exponential gamma geometric integers laplace lognormal multinomial "
    "multivariate_normal normal permutation permuted poisson rand randint randn random random_sample shuffle "
    "standard_normal uniform truncated_normal seed"
)
_LAYER = (
    "activation activations axis bias build built call cell cells compute_dtype compute_mask compute_output_shape "
    "count_params data_format depth depth_multiplier dilation_rate dtype dtype_policy variable_dtype embeddings "
    "embeddings_initializer filters fn forward_layer backward_layer get_initial_state "
    "get_input_at get_input_shape_at get_output_at get_output_shape_at get_weights set_weights groups input input_dim "
    "input_length input_mask input_shape input_spec kernel kernel_size layer losses metrics name "
    "non_trainable_variables non_trainable_weights output output_dim output_mask output_shape output_size padding "
    "pool_size pooling rate recurrent_activation return_sequences return_state stateful state_size states "
    "reset_states reset_state strides supports_masking target_shape trainable trainable_variables trainable_weights "
    "units use_bias variables weights add_weight add_variable add_loss add_metric add_update updates depthwise_kernel "
    "pointwise_kernel gamma beta moving_mean moving_variance mean variance momentum epsilon alpha num_heads key_dim "
    "get_losses_for get_updates_for vocabulary_size vocab_size get_vocabulary adapt name_scope submodules "
    "recurrent_initializer kernel_initializer bias_initializer kernel_regularizer dropout stateless_call "
    "recurrent_dropout noise_shape arguments function input_names output_names inputs outputs layers get_layer add pop "
    "optimizer loss metrics_names run_eagerly history predict_step train_step test_step compute_loss compute_metrics "
    "reset_metrics operations"
)

KINDS: tuple[Kind, ...] = (
    kind("numpy.ndarray numpy.generic numpy.ma", _ARRAY, "shape"),
    kind("numpy.dtype", "itemsize kind name names ndim num shape str type"),
    kind("numpy.finfo numpy.iinfo", "bits eps max min tiny dtype"),
    kind("numpy.flatiter numpy.poly1d numpy.vectorize", "copy c coeffs deriv integ order roots"),
    kind("numpy.ufunc", "reduce accumulate outer at reduceat nin nout"),
    kind("numpy.Generator numpy.RandomState tensorflow.Generator keras.SeedGenerator", _DRAWN),
    kind("numpy.SVDResult numpy.EigResult numpy.QRResult", "U S Vh eigenvalues eigenvectors Q R"),
    kind(
        "tensorflow.Tensor tensorflow.EagerTensor tensorflow.SymbolicTensor tensorflow.Variable "
        "tensorflow.BaseResourceVariable tensorflow.RaggedTensor tensorflow.SparseTensor tensorflow.IndexedSlices "
        "tensorflow.TensorArray keras.KerasTensor tf_keras.KerasTensor keras.Variable jaxlib.ArrayImpl jax.Array "
        "jax.Tracer torch.Tensor",
        _TENSOR,
    ),
    kind(
        "tensorflow.TensorShape tensorflow.Dimension",
        "as_list rank ndims dims value num_elements is_fully_defined is_compatible_with concatenate with_rank "
        "with_rank_at_least merge_with assert_has_rank assert_is_fully_defined assert_is_compatible_with",
    ),
    kind(
        "tensorflow.DType",
        "as_numpy_dtype base_dtype is_bool is_compatible_with is_complex is_floating is_integer max min name "
        "real_dtype size limits",
    ),
    kind("tensorflow.TensorSpec keras.InputSpec tf_keras.InputSpec", "shape dtype name ndim axes min_ndim max_ndim"),
    kind("tensorflow.Operation keras.Operation tf_keras.Operation", "name type"),
    kind(
        "tensorflow.GradientTape tensorflow.ForwardAccumulator",
        "gradient jacobian batch_jacobian watch watched_variables stop_recording reset jvp",
    ),
    kind("tensorflow.Graph", "as_default"),
    kind("tensorflow.VariableScope", "name reuse reuse_variables initializer regularizer"),
    kind(
        "tensorflow.Module tensorflow.AutoTrackable",
        "name name_scope submodules trainable_variables non_trainable_variables variables with_name_scope",
    ),
    kind(
        "tensorflow.Optimizer keras.Optimizer keras.BaseOptimizer tf_keras.Optimizer tf_keras.OptimizerV2 "
        "keras.LossScaleOptimizer",
        "minimize compute_gradients apply_gradients apply get_config from_config learning_rate lr iterations weights "
        "variables name build get_scaled_loss get_unscaled_gradients scale_loss",
        "learning_rate lr",
    ),
    kind(
        "keras.Layer tf_keras.Layer tensorflow.Layer",
        _LAYER,
        "trainable name _name activation call dtype built input_spec supports_masking stateful rate",
    ),
    # The layers that TensorFlow has itself make functions of the bytes in a configuration.
    kind("keras.Layer tf_keras.Layer", "from_config get_config"),
    kind("keras.Distiller", "student teacher"),
    kind("keras.DistillationLoss", "compute_loss get_config from_config"),
    kind("keras.LearningRateSchedule tf_keras.LearningRateSchedule", "get_config from_config"),
    kind(
        "keras.Loss tf_keras.Loss",
        "call fn from_logits get_config from_config name reduction label_smoothing dtype gamma alpha axis",
    ),
    kind(
        "keras.Metric tf_keras.Metric",
        "add_variable add_weight dtype get_config from_config name reset_state "
        "reset_states result stateless_result update_state variables",
    ),
    kind(
        "keras.Initializer keras.RandomInitializer keras.Regularizer keras.Constraint tf_keras.Initializer "
        "tf_keras.Regularizer tf_keras.Constraint tensorflow.Initializer",
        "get_config from_config l1 l2 mean stddev minval maxval seed value gain scale mode distribution",
    ),
    kind("keras.Callback tf_keras.Callback", "model params set_model set_params"),
    kind("keras.History tf_keras.History", "epoch history"),
    kind(
        "flake8_logits.Tuner",
        "search get_best_models get_best_hyperparameters search_space_summary results_summary",
    ),
    kind("keras.DTypePolicy tf_keras.Policy", "compute_dtype name variable_dtype"),
    kind("tensorflow.Reduction keras.Reduction tf_keras.Reduction", "AUTO NONE SUM SUM_OVER_BATCH_SIZE MEAN"),
    kind("tensorflow.ResizeMethod", "AREA BICUBIC BILINEAR GAUSSIAN LANCZOS3 LANCZOS5 MITCHELLCUBIC NEAREST_NEIGHBOR"),
    kind("tensorflow.VariableAggregation tensorflow.VariableSynchronization", "NONE SUM MEAN AUTO ON_READ ON_WRITE"),
    kind("tensorflow.GraphKeys", "GLOBAL_VARIABLES LOSSES REGULARIZATION_LOSSES TRAINABLE_VARIABLES UPDATE_OPS"),
    kind("tensorflow.Distribution", "sample log_prob prob mean entropy mode variance stddev probs logits loc scale"),
    # Python's own
    kind(
        "builtins.int builtins.float builtins.complex builtins.bool",
        "real imag numerator denominator conjugate bit_length bit_count is_integer as_integer_ratio hex fromhex "
        "to_bytes from_bytes",
    ),
    kind(
        "builtins.str",
        "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha "
        "isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust "
        "lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
        "rstrip split splitlines startswith strip swapcase title translate upper zfill",
    ),
    kind("builtins.bytes", "count decode endswith find hex index join lower replace split startswith strip upper"),
    kind(
        "builtins.list collections.deque",
        "append appendleft clear copy count extend extendleft index insert maxlen pop popleft remove reverse rotate "
        "sort",
    ),
    kind("builtins.tuple builtins.range", "count index start step stop"),
    kind("builtins.slice", "start step stop indices"),
    kind(
        "builtins.dict collections.Counter collections.ChainMap",
        "clear copy elements fromkeys get items keys maps most_common move_to_end new_child pop popitem setdefault "
        "subtract total update values default_factory",
    ),
    kind(
        "builtins.set builtins.frozenset",
        "add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset "
        "issuperset pop remove symmetric_difference symmetric_difference_update union update",
    ),
    kind("builtins.property", "getter setter deleter"),
    kind("builtins.generator", "send close"),
    kind("builtins.BaseException", "args message"),
    kind("enum.Enum", "name value"),
    kind("functools.partial", "args func"),
    kind("itertools.chain", "from_iterable"),
    kind("collections.abc", "add append count index items keys pop update values"),
    kind(
        "datetime.date datetime.time datetime.timedelta datetime.timezone",
        "combine ctime date day days fromisoformat fromordinal fromtimestamp hour isocalendar isoformat isoweekday "
        "microsecond microseconds minute month now replace second seconds strftime strptime time timetuple timestamp "
        "today toordinal total_seconds utc utcnow weekday year",
    ),
    kind(
        "fractions.Fraction decimal.Decimal",
        "numerator denominator limit_denominator from_float from_decimal quantize sqrt exp ln log10 as_tuple",
    ),
    kind("statistics.NormalDist", "mean stdev variance pdf cdf inv_cdf samples"),
    kind(
        "re.Pattern re.Match",
        "match search fullmatch split findall finditer sub subn flags groups groupindex pattern group groupdict start "
        "end span expand lastindex lastgroup string pos endpos",
    ),
    kind("time.struct_time", "tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday"),
)
"""A class counts as of a package whose name its module begins with; its subclasses count as it."""
