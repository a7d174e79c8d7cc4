"""What of numpy may be run for a stranger: what computes, reads no file and writes none."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Module, module

MODULES: tuple[Module, ...] = (
    module(
        "numpy",
        "False_ Inf NAN NINF NaN PINF True_ __version__ abs absolute acos acosh add all allclose alltrue amax "
        "amin angle any append apply_along_axis apply_over_axes arange arccos arccosh arcsin arcsinh arctan "
        "arctan2 arctanh argmax argmin argpartition argsort argwhere around array array2string array_equal "
        "array_equiv array_repr array_split array_str asanyarray asarray asarray_chkfinite ascontiguousarray "
        "asfortranarray asin asinh asmatrix asscalar astype atan atan2 atanh atleast_1d atleast_2d atleast_3d "
        "average bartlett base_repr binary_repr bincount bitwise_and bitwise_count bitwise_invert "
        "bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman block bool bool_ "
        "broadcast_arrays broadcast_shapes broadcast_to byte bytes_ c_ can_cast cbrt cdouble ceil character "
        "choose clip clongdouble column_stack common_type complex128 complex256 complex64 complex_ "
        "complexfloating compress concat concatenate conj conjugate convolve copy copysign copyto corrcoef "
        "correlate cos cosh count_nonzero cov cross csingle cumprod cumproduct cumsum cumulative_prod "
        "cumulative_sum datetime64 deg2rad degrees delete diag diag_indices diag_indices_from diagflat diagonal "
        "diff digitize divide divmod dot double dsplit dstack dtype e ediff1d einsum empty empty_like equal "
        "errstate euler_gamma exp exp2 expand_dims expm1 extract eye fabs fill_diagonal finfo fix flatnonzero "
        "flexible flip fliplr flipud float float128 float16 float32 float64 float_ float_power floating floor "
        "floor_divide fmax fmin fmod format_float_positional format_float_scientific frexp frombuffer "
        "fromfunction fromiter full full_like gcd generic geomspace gradient greater greater_equal half hamming "
        "hanning heaviside histogram histogram2d histogram_bin_edges histogramdd hsplit hstack hypot i0 identity "
        "iinfo imag in1d index_exp indices inexact inf infty inner insert int int16 int32 int64 int8 int_ intc "
        "integer interp intersect1d intp invert isclose iscomplex iscomplexobj isfinite isfortran isin isinf "
        "isnan isnat isneginf isposinf isreal isrealobj isscalar issubdtype iterable ix_ kaiser kron lcm ldexp "
        "left_shift less less_equal lexsort linspace little_endian log log10 log1p log2 logaddexp logaddexp2 "
        "logical_and logical_not logical_or logical_xor logspace long longdouble longlong mask_indices matmul "
        "matrix matrix_transpose matvec max maximum mean median meshgrid mgrid min min_scalar_type minimum "
        "mintypecode mod modf moveaxis multiply nan nan_to_num nanargmax nanargmin nancumprod nancumsum nanmax "
        "nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar ndarray ndenumerate ndim "
        "ndindex negative newaxis nextafter nonzero not_equal number object ogrid ones ones_like outer packbits "
        "pad partition percentile permute_dims pi piecewise poly poly1d polyadd polyder polydiv polyfit polyint "
        "polymul polysub polyval positive pow power prod product promote_types ptp put put_along_axis putmask "
        "quantile r_ rad2deg radians ravel ravel_multi_index real real_if_close reciprocal remainder repeat "
        "require reshape resize result_type right_shift rint roll rollaxis roots rot90 round round_ row_stack s_ "
        "searchsorted select set_printoptions setdiff1d setxor1d shape short sign signbit signedinteger sin sinc "
        "single sinh size sometrue sort sort_complex spacing split sqrt square squeeze stack std str str_ string_ "
        "subtract sum swapaxes take take_along_axis tan tanh tensordot tile timedelta64 trace transpose trapezoid "
        "trapz tri tril tril_indices tril_indices_from trim_zeros triu triu_indices triu_indices_from true_divide "
        "trunc typecodes ubyte uint uint16 uint32 uint64 uint8 uintc uintp ulong ulonglong unicode_ union1d "
        "unique unique_all unique_counts unique_inverse unique_values unpackbits unravel_index unsignedinteger "
        "unstack unwrap ushort vander var vdot vecdot vecmat vectorize vsplit vstack where zeros zeros_like",
    ),
    module(
        "numpy.fft",
        "fft fft2 fftfreq fftn fftshift hfft ifft ifft2 ifftn ifftshift ihfft irfft irfft2 irfftn rfft rfft2 "
        "rfftfreq rfftn",
    ),
    module(
        "numpy.linalg",
        "LinAlgError cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq matmul matrix_norm "
        "matrix_power matrix_rank matrix_transpose multi_dot norm outer pinv qr slogdet solve svd svdvals "
        "tensordot tensorinv tensorsolve trace vecdot vector_norm",
    ),
    module(
        "numpy.random",
        "RandomState beta binomial bytes chisquare choice default_rng dirichlet exponential f gamma geometric "
        "gumbel hypergeometric laplace logistic lognormal logseries multinomial multivariate_normal "
        "negative_binomial noncentral_chisquare noncentral_f normal pareto permutation poisson power rand randint "
        "randn random random_integers random_sample ranf rayleigh sample seed shuffle standard_cauchy "
        "standard_exponential standard_gamma standard_normal standard_t triangular uniform vonmises wald weibull "
        "zipf",
    ),
)
