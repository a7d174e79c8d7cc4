"""What of PyTorch may be run for a stranger: what computes, reads no file, loads nothing and compiles nothing."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Kind, Module, kind, module

_NN = (
    "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d "
    "AdaptiveMaxPool3d AlphaDropout AvgPool1d AvgPool2d AvgPool3d BCELoss BCEWithLogitsLoss BatchNorm1d "
    "BatchNorm2d BatchNorm3d Bilinear CELU CTCLoss ChannelShuffle CircularPad1d CircularPad2d CircularPad3d "
    "ConstantPad1d ConstantPad2d ConstantPad3d Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d "
    "ConvTranspose3d CosineEmbeddingLoss CosineSimilarity CrossEntropyLoss DataParallel Dropout Dropout1d "
    "Dropout2d Dropout3d ELU Embedding EmbeddingBag FeatureAlphaDropout Flatten Fold GELU GLU GRU GRUCell "
    "GaussianNLLLoss GroupNorm Hardshrink Hardsigmoid Hardswish Hardtanh HingeEmbeddingLoss HuberLoss "
    "Identity InstanceNorm1d InstanceNorm2d InstanceNorm3d KLDivLoss L1Loss LPPool1d LPPool2d LPPool3d LSTM "
    "LSTMCell LayerNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d "
    "LazyLinear LeakyReLU Linear LocalResponseNorm LogSigmoid LogSoftmax MSELoss MarginRankingLoss MaxPool1d "
    "MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d Mish Module ModuleDict ModuleList "
    "MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss MultiheadAttention NLLLoss PReLU "
    "PairwiseDistance Parameter ParameterList PixelShuffle PixelUnshuffle PoissonNLLLoss RMSNorm RNN RNNCell "
    "RReLU ReLU ReLU6 ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d "
    "ReplicationPad3d SELU Sequential SiLU Sigmoid SmoothL1Loss SoftMarginLoss Softmax Softmax2d Softmin "
    "Softplus Softshrink Softsign Tanh Tanhshrink Threshold Transformer TransformerDecoder "
    "TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer TripletMarginLoss "
    "TripletMarginWithDistanceLoss Unflatten Unfold Upsample UpsamplingBilinear2d UpsamplingNearest2d "
    "ZeroPad1d ZeroPad2d ZeroPad3d"
)
"""The layers, losses and containers of ``torch.nn``, which takes them from ``torch.nn.modules``."""

_TENSOR = (
    "H T abs abs_ absolute add add_ addbmm addcdiv addcmul addmm addmv addr all allclose amax amin aminmax any "
    "argmax argmin argsort argwhere backward baddbmm bernoulli bernoulli_ bfloat16 bincount bitwise_and "
    "bitwise_not bitwise_or bitwise_xor bmm bool broadcast_to byte ceil chunk clamp clamp_ clamp_max clamp_min "
    "clip clone conj contiguous copy_ cos cosh count_nonzero cpu cross cuda cummax cummin cumprod cumsum data det "
    "detach detach_ device diag diag_embed diagonal diff dim dist div div_ divide dot double dtype element_size "
    "eq equal erf exp exp_ expand expand_as expm1 fill_ flatten flip float floor floor_divide fmod frac gather ge "
    "grad greater greater_equal gt half histc imag index_add index_add_ index_copy index_copy_ index_fill "
    "index_fill_ index_select inner int inverse is_complex is_contiguous is_cuda is_floating_point is_leaf "
    "isclose isfinite isinf isnan item kthvalue le lerp less less_equal log log10 log1p log2 log_ log_softmax "
    "logaddexp logical_and logical_not logical_or logical_xor logit logsumexp long lt mH mT masked_fill "
    "masked_fill_ masked_scatter masked_select matmul max maximum mean median min minimum mm mode moveaxis "
    "movedim mul mul_ multinomial multiply mv nan_to_num nansum narrow nbytes ndim ndimension ne neg neg_ "
    "negative nelement new_empty new_full new_ones new_tensor new_zeros nonzero norm normal_ numel numpy outer "
    "permute pow pow_ prod quantile random_ ravel real reciprocal relu relu_ remainder renorm repeat "
    "repeat_interleave requires_grad requires_grad_ reshape reshape_as roll rot90 round rsqrt scatter scatter_ "
    "scatter_add scatter_add_ select shape short sigmoid sigmoid_ sign sin sinh size softmax sort split "
    "split_with_sizes sqrt sqrt_ square squeeze squeeze_ std stride sub sub_ subtract sum sum_to_size swapaxes "
    "swapdims t t_ take take_along_dim tan tanh tanh_ tensor_split tile to tolist topk trace transpose transpose_ "
    "tril triu true_divide trunc type type_as unbind unflatten unfold uniform_ unique unsqueeze unsqueeze_ var "
    "view view_as where zero_"
)
_MODULE = (
    "add_module affine append apply batch_first bias bias_hh bias_ih bidirectional buffers children cpu cuda dim "
    "double dropout embed_dim embedding_dim eps eval extend flatten_parameters float forward groups "
    "half hidden_size ignore_index in_channels in_features init_weights inplace input_size insert items "
    "kernel_size keys label_smoothing module modules momentum named_buffers named_children named_modules "
    "named_parameters normalized_shape num_embeddings num_features num_heads num_layers out_channels out_features "
    "p padding padding_idx parameters pop pos_weight reduction register_buffer register_parameter requires_grad_ "
    "reset_parameters running_mean running_var state_dict stride to train training type update values weight "
    "weight_hh weight_ih zero_grad"
)

MODULES: tuple[Module, ...] = (
    module(
        "torch",
        "Generator Size Tensor __version__ "
        "abs absolute acos acosh add addbmm addcdiv addcmul addmm addmv addr all allclose alpha_dropout amax amin "
        "aminmax angle any arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argsort "
        "argwhere as_tensor asin asinh atan atan2 atanh atleast_1d atleast_2d atleast_3d avg_pool1d baddbmm "
        "batch_norm bernoulli bfloat16 bilinear binary_cross_entropy_with_logits bincount bitwise_and bitwise_not "
        "bitwise_or bitwise_xor block_diag bmm bool broadcast_tensors broadcast_to bucketize cartesian_prod cat "
        "cdist ceil celu channels_last chunk clamp clamp_max clamp_min clip clone column_stack combinations "
        "complex complex128 complex64 concat concatenate conj contiguous_format conv1d conv2d conv3d "
        "conv_transpose1d conv_transpose2d conv_transpose3d corrcoef cos cosh cosine_similarity count_nonzero cov "
        "cross cummax cummin cumprod cumsum cumulative_trapezoid deg2rad det detach device diag diag_embed "
        "diagflat diagonal diff digamma dist div divide dot double dropout dsplit dstack dtype e einsum embedding "
        "empty empty_like enable_grad eq equal erf erfc erfinv exp exp2 expm1 eye finfo flatten flip fliplr "
        "flipud float float16 float32 float64 float_power floor floor_divide fmax fmin fmod frac from_numpy full "
        "full_like gather gcd ge get_default_dtype gradient greater greater_equal group_norm gt half heaviside "
        "histc hsplit hstack hypot i0 iinfo imag index_add index_copy index_fill index_select inf inference_mode "
        "inner instance_norm int int16 int32 int64 int8 inverse is_complex is_floating_point is_grad_enabled "
        "is_tensor isclose isfinite isin isinf isnan isreal kl_div kron kthvalue layer_norm lcm ldexp le lerp "
        "less less_equal lgamma linspace log log10 log1p log2 log_softmax logaddexp logaddexp2 logcumsumexp "
        "logdet logical_and logical_not logical_or logical_xor logit logspace logsumexp long lt manual_seed "
        "masked_fill masked_scatter masked_select matmul matrix_exp matrix_power max max_pool1d max_pool2d "
        "max_pool3d maximum mean median meshgrid min minimum mm mode moveaxis movedim msort mul multinomial "
        "multiply mv nan nan_to_num nanmean nanmedian nansum narrow ne neg negative newaxis no_grad nonzero norm "
        "normal not_equal numel ones ones_like outer pairwise_distance permute pi pinverse poisson polar positive "
        "pow prelu preserve_format prod quantile rad2deg rand rand_like randint randint_like randn randn_like "
        "randperm range ravel real reciprocal relu remainder renorm repeat_interleave reshape result_type roll "
        "rot90 round rsqrt scalar_tensor scatter scatter_add searchsorted select selu set_default_dtype sgn short "
        "sigmoid sign sin sinc sinh slogdet softmax sort split sqrt square squeeze stack std std_mean strided sub "
        "subtract sum svd swapaxes swapdims t take take_along_dim tan tanh tensor tensor_split tensordot "
        "threshold tile topk trace transpose trapezoid trapz tril tril_indices triu triu_indices true_divide "
        "trunc uint8 unbind unflatten unique unique_consecutive unsqueeze vander var var_mean vdot "
        "view_as_complex view_as_real vsplit vstack where xlogy zeros zeros_like",
    ),
    module("torch.nn", _NN),
    module(
        "torch.nn.functional",
        "adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d "
        "adaptive_max_pool1d_with_indices adaptive_max_pool2d adaptive_max_pool2d_with_indices "
        "adaptive_max_pool3d adaptive_max_pool3d_with_indices affine_grid alpha_dropout avg_pool1d avg_pool2d "
        "avg_pool3d batch_norm bilinear binary_cross_entropy binary_cross_entropy_with_logits celu celu_ "
        "channel_shuffle conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d "
        "cosine_embedding_loss cosine_similarity cross_entropy ctc_loss dropout dropout1d dropout2d dropout3d elu "
        "elu_ embedding embedding_bag feature_alpha_dropout fold gaussian_nll_loss gelu glu grid_sample "
        "group_norm gumbel_softmax hardshrink hardsigmoid hardswish hardtanh hardtanh_ hinge_embedding_loss "
        "huber_loss instance_norm interpolate kl_div l1_loss layer_norm leaky_relu leaky_relu_ linear "
        "local_response_norm log_softmax logsigmoid lp_pool1d lp_pool2d lp_pool3d margin_ranking_loss max_pool1d "
        "max_pool1d_with_indices max_pool2d max_pool2d_with_indices max_pool3d max_pool3d_with_indices "
        "max_unpool1d max_unpool2d max_unpool3d mish mse_loss multi_margin_loss multilabel_margin_loss "
        "multilabel_soft_margin_loss nll_loss normalize one_hot pad pairwise_distance pdist pixel_shuffle "
        "pixel_unshuffle poisson_nll_loss prelu relu relu6 relu_ rms_norm rrelu rrelu_ "
        "scaled_dot_product_attention selu selu_ sigmoid silu smooth_l1_loss soft_margin_loss softmax softmin "
        "softplus softshrink softsign tanh tanhshrink threshold threshold_ triplet_margin_loss "
        "triplet_margin_with_distance_loss unfold upsample upsample_bilinear upsample_nearest",
    ),
    module(
        "torch.nn.init",
        "calculate_gain constant constant_ dirac_ eye_ kaiming_normal kaiming_normal_ kaiming_uniform "
        "kaiming_uniform_ normal normal_ ones_ orthogonal orthogonal_ sparse_ trunc_normal_ uniform uniform_ "
        "xavier_normal xavier_normal_ xavier_uniform xavier_uniform_ zeros_",
    ),
    module(
        "torch.nn.parameter",
        "Parameter",
    ),
    module("torch.nn.modules", _NN),
    module(
        "torch.nn.utils",
        "clip_grad_norm_ clip_grad_value_ parameters_to_vector",
    ),
    module(
        "torch.nn.utils.rnn",
        "pack_padded_sequence pack_sequence pad_packed_sequence pad_sequence",
    ),
    module(
        "torch.autograd",
        "Variable enable_grad grad no_grad",
    ),
    module(
        "torch.cuda",
        "current_device device_count empty_cache is_available manual_seed manual_seed_all",
    ),
    module(
        "torch.backends.mps",
        "is_available is_built",
    ),
    module(
        "torch.special",
        "digamma entr erf erfc erfinv exp2 expit expm1 gammaln log1p log_ndtr log_softmax logit logsumexp ndtr "
        "ndtri round sinc softmax xlog1py xlogy",
    ),
    module(
        "torch.linalg",
        "cond cross det diagonal eigh eigvalsh inv matmul matrix_norm matrix_power matrix_rank multi_dot norm "
        "pinv qr slogdet solve svd svdvals vecdot vector_norm",
    ),
    module(
        "torch.distributions",
        "Bernoulli Beta Binomial Categorical Cauchy Dirichlet Distribution Exponential Gamma Geometric Gumbel "
        "Independent Laplace LogNormal Multinomial MultivariateNormal Normal OneHotCategorical "
        "OneHotCategoricalStraightThrough Poisson RelaxedBernoulli RelaxedOneHotCategorical StudentT Uniform "
        "kl_divergence",
    ),
    module(
        "torch.distributions.categorical",
        "Categorical",
    ),
    module(
        "torch.distributions.normal",
        "Normal",
    ),
    module(
        "torch.distributions.bernoulli",
        "Bernoulli",
    ),
)

KINDS: tuple[Kind, ...] = (
    kind("torch.Tensor torch.Parameter", _TENSOR, "requires_grad grad data"),
    kind("torch.Module", _MODULE, "training bias weight"),
    kind(
        "torch.Distribution",
        "batch_shape cdf entropy event_shape expand icdf log_prob logits mean mode param_shape perplexity probs "
        "rsample sample stddev support variance loc scale",
    ),
    kind(
        "torch.aminmax torch.cummax torch.cummin torch.kthvalue torch.max torch.median torch.min torch.mode "
        "torch.qr torch.slogdet torch.sort torch.svd torch.topk",
        "values indices min max Q R U S V sign logabsdet",
    ),
    kind("torch.Size", "count index numel"),
    kind(
        "torch.dtype torch.device torch.finfo torch.iinfo",
        "bits eps index is_complex is_floating_point itemsize max min tiny type",
    ),
    kind("torch.PackedSequence", "data batch_sizes"),
    kind("torch.Generator", "manual_seed initial_seed"),
)
