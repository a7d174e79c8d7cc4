"""What of Keras may be run for a stranger, in all its versions: what computes, reads no file and writes none."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Module, module

METRICS = (
    "AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy "
    "CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives "
    "FalsePositives Hinge IoU KLD KLDivergence LogCoshError MAE MAPE MSE MSLE Mean MeanAbsoluteError "
    "MeanAbsolutePercentageError MeanIoU MeanMetricWrapper MeanRelativeError MeanSquaredError "
    "MeanSquaredLogarithmicError MeanTensor Metric OneHotIoU OneHotMeanIoU PearsonCorrelation Poisson "
    "Precision PrecisionAtRecall R2Score Recall RecallAtPrecision RootMeanSquaredError "
    "SensitivityAtSpecificity SparseCategoricalAccuracy SparseCategoricalCrossentropy "
    "SparseTopKCategoricalAccuracy SpecificityAtSensitivity SquaredHinge Sum SumOverBatchSize "
    "TopKCategoricalAccuracy TrueNegatives TruePositives accuracy binary_accuracy binary_crossentropy "
    "binary_focal_crossentropy categorical_accuracy categorical_crossentropy categorical_focal_crossentropy "
    "categorical_hinge concordance_correlation get hinge huber kl_divergence kld log_cosh logcosh mae mape "
    "mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error mse "
    "msle pearson_correlation poisson sparse_categorical_accuracy sparse_categorical_crossentropy "
    "sparse_top_k_categorical_accuracy squared_hinge top_k_categorical_accuracy"
)
"""What the module of metrics has; TensorFlow has the same under its own name."""

_TUNERS = "BayesianOptimization GridSearch HyperModel Hyperband RandomSearch"
"""What stands in for Keras Tuner: it builds a model, and neither searches nor writes."""

MODULES: tuple[Module, ...] = (
    module("keras_tuner", _TUNERS),
    module("keras_tuner.tuners", _TUNERS),
    module("kerastuner", _TUNERS),
    module("kerastuner.tuners", _TUNERS),
    module(
        "keras",
        "DTypePolicy FloatDTypePolicy Initializer Input InputSpec KerasTensor Layer Loss Metric Model Operation "
        "Optimizer Regularizer Sequential Variable __version__ device name_scope",
    ),
    module(
        "keras.activations",
        "celu elu exponential gelu get glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu "
        "linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign "
        "sparse_plus sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold",
    ),
    module(
        "keras.applications",
        "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169 DenseNet201 "
        "EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 "
        "EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L "
        "EfficientNetV2M EfficientNetV2S InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 MobileNetV3 "
        "MobileNetV3Large MobileNetV3Small NASNetLarge NASNetMobile RegNetX002 RegNetX004 RegNetX006 RegNetX008 "
        "RegNetX016 RegNetX032 RegNetX040 RegNetX064 RegNetX080 RegNetX120 RegNetX160 RegNetX320 RegNetY002 "
        "RegNetY004 RegNetY006 RegNetY008 RegNetY016 RegNetY032 RegNetY040 RegNetY064 RegNetY080 RegNetY120 "
        "RegNetY160 RegNetY320 ResNeXt101 ResNeXt50 ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 "
        "ResNet50V2 ResNetRS101 ResNetRS152 ResNetRS200 ResNetRS270 ResNetRS350 ResNetRS420 ResNetRS50 VGG16 "
        "VGG19 Xception preprocess_input",
    ),
    module(
        "keras.applications.convnext",
        "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge preprocess_input",
    ),
    module("keras.applications.densenet", "DenseNet121 DenseNet169 DenseNet201 preprocess_input"),
    module(
        "keras.applications.efficientnet",
        "EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 "
        "EfficientNetB7 preprocess_input",
    ),
    module(
        "keras.applications.efficientnet_v2",
        "EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M "
        "EfficientNetV2S preprocess_input",
    ),
    module("keras.applications.imagenet_utils", "preprocess_input"),
    module("keras.applications.inception_resnet_v2", "InceptionResNetV2 preprocess_input"),
    module("keras.applications.inception_v3", "InceptionV3 preprocess_input"),
    module("keras.applications.mobilenet", "MobileNet preprocess_input"),
    module("keras.applications.mobilenet_v2", "MobileNetV2 preprocess_input"),
    module("keras.applications.mobilenet_v3", "preprocess_input"),
    module("keras.applications.nasnet", "NASNetLarge NASNetMobile preprocess_input"),
    module("keras.applications.resnet", "ResNet101 ResNet152 ResNet50 preprocess_input"),
    module("keras.applications.resnet50", "ResNet50 preprocess_input"),
    module("keras.applications.resnet_v2", "ResNet101V2 ResNet152V2 ResNet50V2 preprocess_input"),
    module("keras.applications.vgg16", "VGG16 preprocess_input"),
    module("keras.applications.vgg19", "VGG19 preprocess_input"),
    module("keras.applications.xception", "Xception preprocess_input"),
    module(
        "keras.backend",
        "abs all any arange argmax argmin backend batch_dot batch_flatten batch_normalization batch_set_value "
        "bias_add binary_crossentropy binary_focal_crossentropy cast cast_to_floatx categorical_crossentropy "
        "categorical_focal_crossentropy clear_session clip concatenate constant conv1d conv2d conv2d_transpose "
        "conv3d cos count_params ctc_batch_cost ctc_decode ctc_label_dense_to_sparse cumprod cumsum "
        "depthwise_conv2d dot dropout dtype elu epsilon equal exp expand_dims eye flatten floatx foldl foldr "
        "gather get_uid get_value get_variable_shape gradients greater greater_equal hard_sigmoid identity "
        "image_data_format in_test_phase in_top_k in_train_phase int_shape is_float_dtype is_int_dtype "
        "is_keras_tensor is_sparse is_tensor l2_normalize learning_phase learning_phase_scope less less_equal "
        "local_conv1d local_conv2d log logsumexp map_fn max maximum mean min minimum moving_average_update "
        "name_scope ndim normalize_batch_in_training not_equal one_hot ones ones_like permute_dimensions "
        "placeholder pool2d pool3d pow prod random_bernoulli random_binomial random_normal random_normal_variable "
        "random_uniform random_uniform_variable relu repeat repeat_elements reset_uids reshape resize_images "
        "resize_volumes result_type reverse rnn round separable_conv2d set_epsilon set_floatx "
        "set_image_data_format set_learning_phase set_value shape sigmoid sign sin softmax softplus softsign "
        "sparse_categorical_crossentropy spatial_2d_padding spatial_3d_padding sqrt square squeeze stack "
        "standardize_dtype std stop_gradient sum switch tanh temporal_padding tile to_dense transpose "
        "truncated_normal update update_add update_sub var variable zeros zeros_like",
    ),
    module(
        "keras.callbacks",
        "Callback EarlyStopping History LearningRateScheduler ReduceLROnPlateau TerminateOnNaN",
    ),
    module(
        "keras.config",
        "backend dtype_policy epsilon floatx image_data_format set_dtype_policy set_epsilon set_floatx "
        "set_image_data_format",
    ),
    module(
        "keras.constraints",
        "Constraint MaxNorm MinMaxNorm NonNeg UnitNorm get max_norm maxnorm min_max_norm non_neg nonneg unit_norm "
        "unitnorm",
    ),
    module("keras.dtype_policies", "DTypePolicy FloatDTypePolicy get"),
    module("keras.distillation", "DistillationLoss Distiller FeatureDistillation LogitsDistillation"),
    module(
        "keras.experimental",
        "CosineDecay CosineDecayRestarts LinearCosineDecay LinearModel NoisyLinearCosineDecay PeepholeLSTMCell "
        "SequenceFeatures WideDeepModel",
    ),
    module(
        "keras.initializers",
        "Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer Initializer "
        "LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT "
        "STFTInitializer TruncatedNormal VarianceScaling Zeros constant get glorot_normal glorot_uniform "
        "he_normal he_uniform identity lecun_normal lecun_uniform normal one ones orthogonal random_normal "
        "random_uniform stft truncated_normal uniform variance_scaling zero zeros",
    ),
    module(
        "keras.layers",
        "AbstractRNNCell Activation ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D "
        "AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add "
        "AdditiveAttention AlphaDropout Attention AugMix AutoContrast Average AveragePooling1D AveragePooling2D "
        "AveragePooling3D AvgPool1D AvgPool2D AvgPool3D BatchNormalization Bidirectional CategoryEncoding "
        "CenterCrop Concatenate ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D "
        "Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D "
        "Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose Convolution3D "
        "Convolution3DTranspose Cropping1D Cropping2D Cropping3D CuDNNGRU CuDNNLSTM CutMix Dense DenseFeatures "
        "DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding Equalization "
        "Flatten GRU GRUCell GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D "
        "GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D "
        "GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization "
        "GroupQueryAttention HashedCrossing Hashing Highway Identity Input InputLayer InputSpec IntegerLookup "
        "LSTM LSTMCell Lambda Layer LayerNormalization LeakyReLU LocallyConnected1D LocallyConnected2D Masking "
        "MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D MaxPooling2D MaxPooling3D Maximum "
        "MaxoutDense MelSpectrogram Merge Minimum MixUp MultiHeadAttention Multiply Normalization PReLU Permute "
        "RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter "
        "RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur "
        "RandomGrayscale RandomHeight RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation "
        "RandomSaturation RandomSharpness RandomShear RandomTranslation RandomWidth RandomZoom ReLU RepeatVector "
        "Rescaling Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D SeparableConv2D "
        "SeparableConvolution1D SeparableConvolution2D SimpleRNN SimpleRNNCell Softmax Solarization "
        "SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells StringLookup "
        "Subtract SyncBatchNormalization TextVectorization ThresholdedReLU TimeDistributed TimeDistributedDense "
        "UnitNormalization UpSampling1D UpSampling2D UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D "
        "ZeroPadding3D add average concatenate dot maximum merge minimum multiply subtract",
    ),
    module(
        "keras.layers.experimental",
        "CategoryCrossing CategoryEncoding CenterCrop Discretization EinsumDense HashedCrossing Hashing "
        "IntegerLookup Normalization PreprocessingLayer RandomContrast RandomCrop RandomFlip "
        "RandomFourierFeatures RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom Rescaling "
        "Resizing StringLookup SyncBatchNormalization TextVectorization",
    ),
    module(
        "keras.layers.experimental.preprocessing",
        "CategoryCrossing CategoryEncoding CenterCrop Discretization EinsumDense HashedCrossing Hashing "
        "IntegerLookup Normalization PreprocessingLayer RandomContrast RandomCrop RandomFlip "
        "RandomFourierFeatures RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom Rescaling "
        "Resizing StringLookup SyncBatchNormalization TextVectorization",
    ),
    module(
        "keras.layers.preprocessing",
        "CategoryCrossing CategoryEncoding CenterCrop Discretization EinsumDense HashedCrossing Hashing "
        "IntegerLookup Normalization PreprocessingLayer RandomContrast RandomCrop RandomFlip "
        "RandomFourierFeatures RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom Rescaling "
        "Resizing StringLookup SyncBatchNormalization TextVectorization",
    ),
    module(
        "keras.losses",
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
    module("keras.metrics", METRICS),
    module(
        "keras.mixed_precision",
        "DTypePolicy LossScaleOptimizer Policy dtype_policy global_policy set_dtype_policy set_global_policy",
    ),
    module("keras.mixed_precision.experimental", "LossScaleOptimizer Policy global_policy set_policy"),
    module("keras.models", "Model Sequential clone_model"),
    module(
        "keras.ops",
        "abs absolute adaptive_average_pool adaptive_max_pool add all allclose amax amin angle any append arange "
        "arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argpartition argsort array "
        "array_split associative_scan average average_pool bartlett batch_normalization binary_crossentropy "
        "bincount bitwise_and bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift "
        "bitwise_xor blackman broadcast_to cast categorical_crossentropy cbrt cdist ceil celu cholesky "
        "cholesky_inverse clip concatenate cond conj conjugate conv conv_transpose convert_to_numpy "
        "convert_to_tensor copy corrcoef correlate cos cosh count_nonzero cross ctc_decode ctc_loss cumprod "
        "cumsum custom_gradient deg2rad depth_to_space depthwise_conv det diag diagflat diagonal diff digitize "
        "divide divide_no_nan dot dot_product_attention dsplit dstack dtype eig eigh einsum elu empty empty_like "
        "equal erf erfc erfinv exp exp2 expand_dims expm1 extract_sequences eye fabs fft fft2 flip fliplr flipud "
        "floor floor_divide fmax fmin fmod fold fori_loop full full_like gcd gelu geomspace get_item glu greater "
        "greater_equal hamming hanning hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh heaviside "
        "histogram hsplit hstack hypot i0 identity ifft2 imag in_top_k inner inv irfft is_tensor isclose isfinite "
        "isin isinf isnan isneginf isposinf isreal istft jvp kaiser kron layer_normalization lcm ldexp leaky_relu "
        "left_shift less less_equal linspace log log10 log1p log2 log_sigmoid log_softmax logaddexp logaddexp2 "
        "logdet logical_and logical_not logical_or logical_xor logspace logsumexp lstsq lu_factor map matmul "
        "matrix_rank max max_pool maximum mean median meshgrid min minimum mod moments moveaxis multi_hot "
        "multiply nan_to_num nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin "
        "nanpercentile nanprod nanquantile nanstd nansum nanvar ndim negative nextafter nonzero norm normalize "
        "not_equal one_hot ones ones_like outer pad percentile pinv polar power prod psnr ptp qr quantile rad2deg "
        "ravel real rearrange reciprocal relu relu6 repeat reshape rfft right_shift rms_normalization roll rot90 "
        "round rsqrt saturate_cast scan scatter scatter_update searchsorted segment_max segment_min segment_prod "
        "segment_sum select selu separable_conv shape sigmoid sign signbit silu sin sinc sinh size slice "
        "slice_update slogdet soft_shrink softmax softplus softsign solve solve_triangular sort space_to_depth "
        "sparse_categorical_crossentropy sparse_plus sparse_sigmoid sparsemax split sqrt square squareplus "
        "squeeze stack std stft stop_gradient subtract sum svd swapaxes swish switch take take_along_axis tan "
        "tanh tanh_shrink tensordot threshold tile top_k trace transpose trapezoid tri tril triu true_divide "
        "trunc unfold unique unravel_index unstack vander var vdot vectorize vectorized_map view view_as_complex "
        "view_as_real vsplit vstack where while_loop zeros zeros_like",
    ),
    module(
        "keras.optimizers",
        "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer MultiOptimizer Muon Nadam "
        "Optimizer OptimizerMap RMSProp RMSprop SGD ScheduleFreeAdamW adam get rmsprop sgd",
    ),
    module(
        "keras.optimizers.experimental",
        "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Nadam Optimizer RMSprop SGD",
    ),
    module("keras.optimizers.legacy", "Adadelta Adagrad Adam Adamax Ftrl Nadam Optimizer RMSprop SGD"),
    module(
        "keras.optimizers.schedules",
        "CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay LearningRateSchedule "
        "PiecewiseConstantDecay PolynomialDecay",
    ),
    module(
        "keras.random",
        "SeedGenerator beta binomial categorical dropout gamma normal randint shuffle truncated_normal uniform",
    ),
    module(
        "keras.regularizers",
        "L1 L1L2 L2 OrthogonalRegularizer Regularizer get l1 l1_l2 l1l2 l2 orthogonal_regularizer",
    ),
    module(
        "keras.saving",
        "CustomObjectScope custom_object_scope get_custom_objects get_registered_name get_registered_object "
        "register_keras_serializable",
    ),
    module(
        "keras.utils",
        "CustomObjectScope clear_session convert_all_kernels_in_model custom_object_scope get_custom_objects "
        "get_registered_name get_registered_object is_keras_tensor normalize pad_sequences "
        "register_keras_serializable set_random_seed split_dataset standardize_dtype to_categorical",
    ),
    module(
        "keras.utils.generic_utils",
        "CustomObjectScope custom_object_scope get_custom_objects register_keras_serializable",
    ),
    module("keras.utils.layer_utils", "count_params"),
    module("keras.utils.np_utils", "normalize to_categorical"),
)
