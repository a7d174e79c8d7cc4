"""What of TensorFlow, 1 and 2, may be run for a stranger: what computes, reads no file and writes none."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_keras import METRICS
from flake8_logits.knowledge.runnable_rows import Module, module

MODULES: tuple[Module, ...] = (
    module(
        "tensorflow",
        "AUTO_REUSE AggregationMethod Assert COMPILER_VERSION CXX11_ABI_FLAG CXX_VERSION DType DeviceSpec "
        "Dimension FixedLenFeature FixedLenSequenceFeature GIT_VERSION GRAPH_DEF_VERSION "
        "GRAPH_DEF_VERSION_MIN_CONSUMER GRAPH_DEF_VERSION_MIN_PRODUCER GradientTape Graph GraphKeys IndexedSlices "
        "IndexedSlicesSpec MONOLITHIC_BUILD Module NoneTensorSpec OpError Operation OptionalSpec Print "
        "QUANTIZED_DTYPES RaggedTensor RaggedTensorSpec SparseFeature SparseTensor SparseTensorSpec "
        "SparseTensorValue Tensor TensorArray TensorArraySpec TensorShape TensorSpec UnconnectedGradients VERSION "
        "VarLenFeature Variable VariableAggregation VariableScope VariableSynchronization __version__ abs "
        "accumulate_n acos acosh add add_check_numerics_ops add_n add_to_collection add_to_collections "
        "all_variables angle approx_top_k arg_max arg_min argmax argmin argsort as_dtype as_string asin asinh "
        "assert_equal assert_greater assert_greater_equal assert_integer assert_less assert_less_equal "
        "assert_near assert_negative assert_non_negative assert_non_positive assert_none_equal assert_positive "
        "assert_proper_iterable assert_rank assert_rank_at_least assert_rank_in assert_same_float_dtype "
        "assert_scalar assert_type assert_variables_initialized assign assign_add assign_sub atan atan2 atanh "
        "batch_gather batch_matmul batch_scatter_update batch_to_space batch_to_space_nd betainc bfloat16 "
        "bincount bitcast bool boolean_mask broadcast_dynamic_shape broadcast_static_shape broadcast_to case cast "
        "ceil check_numerics check_pinned cholesky cholesky_solve clip_by_average_norm clip_by_global_norm "
        "clip_by_norm clip_by_value colocate_with complex complex128 complex64 complex_abs concat cond "
        "confusion_matrix conj constant constant_initializer control_dependencies control_flow_v2_enabled conv "
        "conv2d_backprop_filter_v2 conv2d_backprop_input_v2 convert_to_tensor convert_to_tensor_or_indexed_slices "
        "convert_to_tensor_or_sparse_tensor cos cosh count_nonzero count_up_to create_partitioned_variables cross "
        "cumprod cumsum custom_gradient depth_to_space dequantize device diag diag_part digamma "
        "dimension_at_index dimension_value disable_control_flow_v2 disable_eager_execution "
        "disable_resource_variables disable_tensor_equality disable_v2_behavior disable_v2_tensorshape div "
        "div_no_nan divide double dynamic_partition dynamic_stitch edit_distance eig eigvals einsum "
        "enable_control_flow_v2 enable_eager_execution enable_resource_variables enable_tensor_equality "
        "enable_v2_behavior enable_v2_tensorshape encode_base64 ensure_shape equal erf erfc executing_eagerly "
        "executing_eagerly_outside_functions exp expand_dims expm1 extract_image_patches extract_volume_patches "
        "eye fake_quant_with_min_max_args fake_quant_with_min_max_args_gradient fake_quant_with_min_max_vars "
        "fake_quant_with_min_max_vars_gradient fake_quant_with_min_max_vars_per_channel "
        "fake_quant_with_min_max_vars_per_channel_gradient fft fft2d fft3d fftnd fill fingerprint "
        "fixed_size_partitioner float16 float32 float64 floor floor_div floordiv floormod foldl foldr function "
        "gather gather_nd get_collection get_collection_ref get_current_name_scope get_default_graph "
        "get_local_variable get_seed get_static_value get_variable get_variable_scope global_norm "
        "global_variables global_variables_initializer glorot_normal_initializer glorot_uniform_initializer "
        "grad_pass_through gradients greater greater_equal group guarantee_const half hessians "
        "histogram_fixed_width histogram_fixed_width_bins identity identity_n ifft ifft2d ifft3d ifftnd igamma "
        "igammac imag init_scope initialize_all_variables initialize_local_variables initialize_variables "
        "inside_function int16 int32 int64 int8 invert_permutation irfftnd is_finite is_inf is_nan "
        "is_non_decreasing is_numeric_tensor is_strictly_increasing is_symbolic_tensor is_tensor "
        "is_variable_initialized lbeta less less_equal lgamma lin_space linspace local_variables "
        "local_variables_initializer log log1p log_sigmoid logical_and logical_not logical_or logical_xor "
        "make_template map_fn matmul matrix_band_part matrix_determinant matrix_diag matrix_diag_part "
        "matrix_inverse matrix_set_diag matrix_solve matrix_solve_ls matrix_square_root matrix_transpose "
        "matrix_triangular_solve maximum meshgrid min_max_variable_partitioner minimum mod model_variables "
        "moving_average_variables mul multinomial multiply name_scope neg negative newaxis no_op no_regularizer "
        "nondifferentiable_batch_function norm not_equal one_hot ones ones_initializer ones_like op_scope "
        "orthogonal_initializer pack pad parallel_stack placeholder placeholder_with_default polygamma pow qint16 "
        "qint32 qint8 qr quantize quantize_v2 quantized_concat quint16 quint8 ragged_fill_empty_rows "
        "ragged_fill_empty_rows_grad random_crop random_gamma random_index_shuffle random_normal "
        "random_normal_initializer random_poisson random_shuffle random_uniform random_uniform_initializer range "
        "rank real realdiv reciprocal recompute_grad reduce_all reduce_any reduce_join reduce_logsumexp "
        "reduce_max reduce_mean reduce_min reduce_prod reduce_sum regex_replace repeat "
        "report_uninitialized_variables required_space_to_batch_paddings reset_default_graph reshape "
        "resource_variables_enabled reverse reverse_sequence reverse_v2 rfftnd rint roll round rsqrt "
        "saturate_cast scalar_mul scan scatter_add scatter_div scatter_max scatter_min scatter_mul scatter_nd "
        "scatter_nd_add scatter_nd_sub scatter_nd_update scatter_sub scatter_update searchsorted segment_max "
        "segment_mean segment_min segment_prod segment_sum select self_adjoint_eig self_adjoint_eigvals "
        "sequence_mask set_random_seed setdiff1d shape shape_n sigmoid sign sin sinh size slice sort "
        "space_to_batch space_to_batch_nd space_to_depth sparse_add sparse_concat sparse_fill_empty_rows "
        "sparse_mask sparse_matmul sparse_maximum sparse_merge sparse_minimum sparse_placeholder "
        "sparse_reduce_max sparse_reduce_max_sparse sparse_reduce_sum sparse_reduce_sum_sparse sparse_reorder "
        "sparse_reset_shape sparse_reshape sparse_retain sparse_segment_mean sparse_segment_sqrt_n "
        "sparse_segment_sum sparse_slice sparse_softmax sparse_split sparse_tensor_dense_matmul "
        "sparse_tensor_to_dense sparse_to_dense sparse_to_indicator sparse_transpose split sqrt square "
        "squared_difference squeeze stack stop_gradient strided_slice string string_join string_split "
        "string_strip string_to_hash_bucket string_to_hash_bucket_fast string_to_hash_bucket_strong "
        "string_to_number sub substr subtract svd switch_case tan tanh tensor_scatter_add tensor_scatter_nd_add "
        "tensor_scatter_nd_max tensor_scatter_nd_min tensor_scatter_nd_sub tensor_scatter_nd_update "
        "tensor_scatter_sub tensor_scatter_update tensordot tile timestamp to_bfloat16 to_complex128 to_complex64 "
        "to_double to_float to_int32 to_int64 trace trainable_variables transpose truediv truncated_normal "
        "truncated_normal_initializer truncatediv truncatemod tuple uint16 uint32 uint64 uint8 "
        "uniform_unit_scaling_initializer unique unique_with_counts unpack unravel_index unsorted_segment_max "
        "unsorted_segment_mean unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n "
        "unsorted_segment_sum unstack variable_axis_size_partitioner variable_creator_scope variable_op_scope "
        "variable_scope variables_initializer variance_scaling_initializer vectorized_map "
        "verify_tensor_all_finite where where_v2 while_loop zeros zeros_initializer zeros_like zeta",
    ),
    module("tensorflow.autodiff", "ForwardAccumulator GradientTape"),
    module("tensorflow.bitwise", "bitwise_and bitwise_or bitwise_xor invert left_shift right_shift"),
    module("tensorflow.compat.v1.distributions", "Bernoulli Categorical Multinomial"),
    module(
        "tensorflow.compat.v1.layers",
        "AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization Conv1D Conv2D Conv2DTranspose "
        "Conv3D Conv3DTranspose Dense Dropout Flatten InputSpec Layer MaxPooling1D MaxPooling2D MaxPooling3D "
        "SeparableConv1D SeparableConv2D average_pooling1d average_pooling2d average_pooling3d "
        "batch_normalization conv1d conv2d conv2d_transpose conv3d conv3d_transpose dense dropout flatten "
        "max_pooling1d max_pooling2d max_pooling3d separable_conv1d separable_conv2d",
    ),
    module(
        "tensorflow.compat.v1.losses",
        "Reduction absolute_difference add_loss compute_weighted_loss cosine_distance get_losses "
        "get_regularization_loss get_regularization_losses get_total_loss hinge_loss huber_loss log_loss "
        "mean_pairwise_squared_error mean_squared_error sigmoid_cross_entropy softmax_cross_entropy "
        "sparse_softmax_cross_entropy",
    ),
    module(
        "tensorflow.compat.v1.metrics",
        "accuracy auc average_precision_at_k false_negatives false_negatives_at_thresholds false_positives "
        "false_positives_at_thresholds mean mean_absolute_error mean_cosine_distance mean_iou "
        "mean_per_class_accuracy mean_relative_error mean_squared_error mean_tensor percentage_below precision "
        "precision_at_k precision_at_thresholds precision_at_top_k recall recall_at_k recall_at_thresholds "
        "recall_at_top_k root_mean_squared_error sensitivity_at_specificity sparse_average_precision_at_k "
        "sparse_precision_at_k specificity_at_sensitivity true_negatives true_negatives_at_thresholds "
        "true_positives true_positives_at_thresholds",
    ),
    module("tensorflow.compat.v1.summary", "audio histogram image scalar text"),
    module(
        "tensorflow.compat.v1.train",
        "AdadeltaOptimizer AdagradDAOptimizer AdagradOptimizer AdamOptimizer ExponentialMovingAverage "
        "FtrlOptimizer GradientDescentOptimizer MomentumOptimizer Optimizer ProximalAdagradOptimizer "
        "ProximalGradientDescentOptimizer RMSPropOptimizer cosine_decay cosine_decay_restarts create_global_step "
        "exponential_decay get_global_step get_or_create_global_step inverse_time_decay linear_cosine_decay "
        "natural_exp_decay noisy_linear_cosine_decay piecewise_constant piecewise_constant_decay polynomial_decay",
    ),
    module("tensorflow.config", "experimental_run_functions_eagerly functions_run_eagerly run_functions_eagerly"),
    module(
        "tensorflow.debugging",
        "Assert assert_all_finite assert_equal assert_greater assert_greater_equal assert_integer assert_less "
        "assert_less_equal assert_near assert_negative assert_non_negative assert_non_positive assert_none_equal "
        "assert_positive assert_proper_iterable assert_rank assert_rank_at_least assert_rank_in "
        "assert_same_float_dtype assert_scalar assert_shapes assert_type check_numerics is_numeric_tensor",
    ),
    module(
        "tensorflow.dtypes",
        "DType QUANTIZED_DTYPES as_dtype bfloat16 bool cast complex complex128 complex64 double float16 float32 "
        "float64 half int16 int32 int64 int8 qint16 qint32 qint8 quint16 quint8 saturate_cast string uint16 "
        "uint32 uint64 uint8",
    ),
    module(
        "tensorflow.errors",
        "AbortedError AlreadyExistsError CancelledError DataLossError DeadlineExceededError "
        "FailedPreconditionError InternalError InvalidArgumentError NotFoundError OpError "
        "OperatorNotAllowedInGraphError OutOfRangeError PermissionDeniedError ResourceExhaustedError "
        "UnauthenticatedError UnavailableError UnimplementedError UnknownError",
    ),
    module(
        "tensorflow.feature_column",
        "bucketized_column categorical_column_with_hash_bucket categorical_column_with_identity "
        "categorical_column_with_vocabulary_list crossed_column embedding_column indicator_column numeric_column "
        "sequence_categorical_column_with_hash_bucket sequence_categorical_column_with_identity "
        "sequence_categorical_column_with_vocabulary_list sequence_numeric_column shared_embeddings "
        "weighted_categorical_column",
    ),
    module(
        "tensorflow.image",
        "ResizeMethod adjust_brightness adjust_contrast adjust_gamma adjust_hue adjust_jpeg_quality "
        "adjust_saturation central_crop combined_non_max_suppression convert_image_dtype crop_and_resize "
        "crop_to_bounding_box draw_bounding_boxes extract_glimpse extract_patches flip_left_right flip_up_down "
        "generate_bounding_box_proposals grayscale_to_rgb hsv_to_rgb image_gradients non_max_suppression "
        "non_max_suppression_overlaps non_max_suppression_padded non_max_suppression_with_scores "
        "pad_to_bounding_box per_image_standardization psnr random_brightness random_contrast random_crop "
        "random_flip_left_right random_flip_up_down random_hue random_jpeg_quality random_saturation resize "
        "resize_with_crop_or_pad resize_with_pad rgb_to_grayscale rgb_to_hsv rgb_to_yiq rgb_to_yuv rot90 "
        "sample_distorted_bounding_box sobel_edges ssim ssim_multiscale stateless_random_brightness "
        "stateless_random_contrast stateless_random_crop stateless_random_flip_left_right "
        "stateless_random_flip_up_down stateless_random_hue stateless_random_jpeg_quality "
        "stateless_random_saturation stateless_sample_distorted_bounding_box total_variation transpose yiq_to_rgb "
        "yuv_to_rgb",
    ),
    module(
        "tensorflow.initializers",
        "Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer Initializer "
        "LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT "
        "STFTInitializer TruncatedNormal VarianceScaling Zeros constant get global_variables glorot_normal "
        "glorot_uniform he_normal he_uniform identity lecun_normal lecun_uniform local_variables normal one ones "
        "orthogonal random_normal random_uniform stft truncated_normal uniform uniform_unit_scaling variables "
        "variance_scaling zero zeros",
    ),
    module(
        "tensorflow.linalg",
        "adjoint band_part "
        "banded_triangular_solve cholesky cholesky_solve cross det diag diag_part eig eigh eigh_tridiagonal "
        "eigvals eigvalsh einsum expm eye global_norm inv l2_normalize logdet logm lstsq lu lu_matrix_inverse "
        "lu_reconstruct lu_solve matmul matrix_rank matrix_transpose matvec norm normalize pinv qr set_diag "
        "slogdet solve sqrtm svd tensor_diag tensor_diag_part tensordot trace transpose triangular_solve "
        "tridiagonal_matmul tridiagonal_solve",
    ),
    module("tensorflow.linalg.experimental", "conjugate_gradient"),
    module(
        "tensorflow.losses",
        "BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy "
        "CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLD "
        "KLDivergence LogCosh Loss MAE MAPE MSE MSLE MeanAbsoluteError MeanAbsolutePercentageError "
        "MeanSquaredError MeanSquaredLogarithmicError Poisson Reduction SparseCategoricalCrossentropy "
        "SquaredHinge Tversky binary_crossentropy binary_focal_crossentropy categorical_crossentropy "
        "categorical_focal_crossentropy categorical_generalized_cross_entropy categorical_hinge circle cosine "
        "cosine_proximity cosine_similarity crossentropy ctc dice get hinge huber kl_divergence kld "
        "kullback_leibler_divergence log_cosh logcosh mae mape mean_absolute_error mean_absolute_percentage_error "
        "mean_squared_error mean_squared_logarithmic_error mse msle poisson sparse_categorical_crossentropy "
        "squared_hinge tversky",
    ),
    module(
        "tensorflow.math",
        "abs accumulate_n acos acosh add add_n angle approx_max_k approx_min_k argmax argmin asin asinh atan "
        "atan2 atanh bessel_i0 bessel_i0e bessel_i1 bessel_i1e betainc bincount ceil confusion_matrix conj cos "
        "cosh count_nonzero cumprod cumsum cumulative_logsumexp digamma divide divide_no_nan equal erf erfc "
        "erfcinv erfinv exp expm1 floor floordiv floormod greater greater_equal igamma igammac imag in_top_k "
        "invert_permutation is_finite is_inf is_nan is_non_decreasing is_strictly_increasing l2_normalize lbeta "
        "less less_equal lgamma log log1p log_sigmoid log_softmax logical_and logical_not logical_or logical_xor "
        "maximum minimum mod multiply multiply_no_nan ndtri negative nextafter not_equal polygamma polyval pow "
        "real reciprocal reciprocal_no_nan reduce_all reduce_any reduce_euclidean_norm reduce_logsumexp "
        "reduce_max reduce_mean reduce_min reduce_prod reduce_std reduce_sum reduce_variance rint round rsqrt "
        "scalar_mul segment_max segment_mean segment_min segment_prod segment_sum sigmoid sign sin sinh "
        "sobol_sample softmax softplus softsign sqrt square squared_difference subtract tan tanh top_k truediv "
        "unsorted_segment_max unsorted_segment_mean unsorted_segment_min unsorted_segment_prod "
        "unsorted_segment_sqrt_n unsorted_segment_sum xdivy xlog1py xlogy zero_fraction zeta",
    ),
    module("tensorflow.metrics", METRICS),
    module("tensorflow.nest", "assert_same_structure flatten is_nested map_structure pack_sequence_as"),
    module(
        "tensorflow.nn",
        "RNNCellDeviceWrapper RNNCellDropoutWrapper RNNCellResidualWrapper all_candidate_sampler approx_max_k "
        "approx_min_k atrous_conv2d atrous_conv2d_transpose avg_pool avg_pool1d avg_pool2d avg_pool3d avg_pool_v2 "
        "batch_norm_with_global_normalization batch_normalization bias_add bidirectional_dynamic_rnn "
        "collapse_repeated compute_accidental_hits compute_average_loss conv1d conv1d_transpose conv2d "
        "conv2d_backprop_filter conv2d_backprop_input conv2d_transpose conv3d conv3d_backprop_filter "
        "conv3d_backprop_filter_v2 conv3d_transpose conv_transpose convolution crelu ctc_beam_search_decoder "
        "ctc_beam_search_decoder_v2 ctc_greedy_decoder ctc_loss ctc_loss_v2 ctc_unique_labels depth_to_space "
        "depthwise_conv2d depthwise_conv2d_backprop_filter depthwise_conv2d_backprop_input "
        "depthwise_conv2d_native depthwise_conv2d_native_backprop_filter depthwise_conv2d_native_backprop_input "
        "dilation2d dropout dynamic_rnn elu embedding_lookup embedding_lookup_sparse erosion2d "
        "fractional_avg_pool fractional_max_pool fused_batch_norm gelu in_top_k "
        "isotonic_regression l2_loss l2_normalize leaky_relu learned_unigram_candidate_sampler "
        "local_response_normalization log_poisson_loss log_softmax log_uniform_candidate_sampler lrn max_pool "
        "max_pool1d max_pool2d max_pool3d max_pool_v2 max_pool_with_argmax moments nce_loss normalize_moments "
        "pool quantized_avg_pool quantized_conv2d quantized_max_pool quantized_relu_x raw_rnn relu relu6 "
        "relu_layer safe_embedding_lookup_sparse sampled_softmax_loss scale_regularization_loss selu "
        "separable_conv2d sigmoid sigmoid_cross_entropy_with_logits silu softmax "
        "softmax_cross_entropy_with_logits softmax_cross_entropy_with_logits_v2 softplus softsign space_to_batch "
        "space_to_depth sparse_softmax_cross_entropy_with_logits static_bidirectional_rnn static_rnn "
        "static_state_saving_rnn sufficient_statistics swish tanh top_k uniform_candidate_sampler "
        "weighted_cross_entropy_with_logits weighted_moments with_space_to_batch xw_plus_b zero_fraction",
    ),
    module("tensorflow.nn.experimental", "general_dropout stateless_dropout"),
    module(
        "tensorflow.nn.rnn_cell",
        "BasicLSTMCell BasicRNNCell DropoutWrapper GRUCell LSTMCell LSTMStateTuple MultiRNNCell RNNCell "
        "ResidualWrapper",
    ),
    module(
        "tensorflow.ragged",
        "boolean_mask constant cross cross_hashed map_flat_values range row_splits_to_segment_ids "
        "segment_ids_to_row_splits stack stack_dynamic_partitions",
    ),
    module(
        "tensorflow.random",
        "Algorithm Generator all_candidate_sampler categorical create_rng_state "
        "fold_in gamma get_global_generator get_seed learned_unigram_candidate_sampler "
        "log_uniform_candidate_sampler multinomial normal poisson set_global_generator set_random_seed set_seed "
        "shuffle split stateless_binomial stateless_categorical stateless_gamma stateless_multinomial "
        "stateless_normal stateless_parameterized_truncated_normal stateless_poisson stateless_truncated_normal "
        "stateless_uniform truncated_normal uniform uniform_candidate_sampler",
    ),
    module(
        "tensorflow.random.experimental",
        "Algorithm Generator create_rng_state get_global_generator index_shuffle set_global_generator "
        "stateless_fold_in stateless_shuffle stateless_split",
    ),
    module("tensorflow.sets", "difference intersection size union"),
    module(
        "tensorflow.signal",
        "dct fft fft2d fft3d fftnd fftshift frame hamming_window hann_window idct ifft ifft2d ifft3d ifftnd "
        "ifftshift inverse_mdct inverse_stft inverse_stft_window_fn irfft irfft2d irfft3d irfftnd "
        "kaiser_bessel_derived_window kaiser_window linear_to_mel_weight_matrix mdct "
        "mfccs_from_log_mel_spectrograms overlap_and_add rfft rfft2d rfft3d rfftnd stft vorbis_window",
    ),
    module(
        "tensorflow.sparse",
        "SparseTensor add bincount concat cross cross_hashed expand_dims eye fill_empty_rows from_dense "
        "map_values mask maximum minimum reduce_max reduce_sum reorder reset_shape reshape retain sampled_addmm "
        "segment_mean segment_sqrt_n segment_sum slice softmax sparse_dense_matmul split to_dense to_indicator "
        "transpose",
    ),
    module(
        "tensorflow.strings",
        "as_string bytes_split join length lower ngrams reduce_join regex_full_match regex_replace split strip "
        "substr to_hash_bucket to_hash_bucket_fast to_hash_bucket_strong to_number unicode_decode "
        "unicode_decode_with_offsets unicode_encode unicode_script unicode_split unicode_split_with_offsets "
        "unicode_transcode unsorted_segment_join upper",
    ),
    module("tensorflow.summary", "audio histogram image scalar text"),
    module(
        "tensorflow.train",
        "AdadeltaOptimizer AdagradDAOptimizer AdagradOptimizer AdamOptimizer ExponentialMovingAverage "
        "FtrlOptimizer GradientDescentOptimizer MomentumOptimizer Optimizer ProximalAdagradOptimizer "
        "ProximalGradientDescentOptimizer RMSPropOptimizer cosine_decay cosine_decay_restarts create_global_step "
        "exponential_decay get_global_step get_or_create_global_step inverse_time_decay linear_cosine_decay "
        "natural_exp_decay noisy_linear_cosine_decay piecewise_constant piecewise_constant_decay polynomial_decay",
    ),
    module("tensorflow.version", "VERSION"),
)
