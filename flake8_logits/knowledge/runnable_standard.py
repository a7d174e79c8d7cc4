"""What of the standard library may be run for a stranger: what computes, reads no file and writes none."""

from __future__ import annotations

from flake8_logits.knowledge.runnable_rows import Module, module

MODULES: tuple[Module, ...] = (
    module("abc", "ABC abstractmethod"),
    module("bisect", "bisect bisect_left bisect_right insort insort_left insort_right"),
    module(
        "cmath",
        "acos acosh asin asinh atan atanh cos cosh e exp inf infj isclose isfinite isinf isnan log log10 nan nanj "
        "phase pi polar rect sin sinh sqrt tan tanh tau",
    ),
    module("collections", "ChainMap Counter OrderedDict defaultdict deque"),
    module(
        "collections.abc",
        "AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine "
        "Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping "
        "MutableSequence MutableSet Reversible Sequence Set Sized ValuesView",
    ),
    module("contextlib", "nullcontext suppress"),
    module("copy", "copy deepcopy"),
    module(
        "dataclasses",
        "FrozenInstanceError InitVar KW_ONLY MISSING asdict astuple dataclass field is_dataclass replace",
    ),
    module("datetime", "MAXYEAR MINYEAR UTC date datetime time timedelta timezone"),
    module("decimal", "Decimal"),
    module("enum", "Enum IntEnum auto unique"),
    module("fractions", "Fraction"),
    module(
        "functools",
        "cache cached_property cmp_to_key lru_cache partial partialmethod reduce total_ordering wraps",
    ),
    module("heapq", "heapify heappop heappush heappushpop heapreplace merge nlargest nsmallest"),
    module(
        "itertools",
        "accumulate batched chain combinations combinations_with_replacement compress count cycle dropwhile "
        "filterfalse groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest",
    ),
    module(
        "math",
        "acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf erfc exp exp2 "
        "expm1 fabs factorial floor fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt lcm "
        "ldexp lgamma log log10 log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh sqrt "
        "tan tanh tau trunc ulp",
    ),
    module("numbers", "Complex Integral Number Rational Real"),
    module(
        "operator",
        "abs add and_ call concat contains countOf eq floordiv ge getitem gt iadd iand iconcat ifloordiv ilshift "
        "imatmul imod imul index indexOf inv invert ior ipow irshift is_ is_not isub itemgetter itruediv ixor le "
        "length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift sub truediv truth xor",
    ),
    module(
        "random",
        "BPF LOG4 NV_MAGICCONST RECIP_BPF SG_MAGICCONST TWOPI betavariate choice choices expovariate gammavariate "
        "gauss getrandbits lognormvariate normalvariate paretovariate randbytes randint random randrange sample "
        "seed shuffle triangular uniform vonmisesvariate weibullvariate",
    ),
    module(
        "re",
        "A ASCII DOTALL I IGNORECASE L LOCALE M MULTILINE Match NOFLAG Pattern RegexFlag S U UNICODE VERBOSE X "
        "compile error escape findall finditer fullmatch match search split sub subn",
    ),
    module(
        "statistics",
        "NormalDist StatisticsError correlation covariance fmean geometric_mean harmonic_mean linear_regression "
        "mean median median_grouped median_high median_low mode multimode pstdev pvariance quantiles stdev "
        "variance",
    ),
    module(
        "string",
        "ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable punctuation "
        "whitespace",
    ),
    module(
        "time",
        "asctime ctime gmtime localtime mktime monotonic monotonic_ns perf_counter perf_counter_ns process_time "
        "process_time_ns strftime time time_ns timezone",
    ),
    module("types", "MethodType"),
    module(
        "typing",
        "AbstractSet Annotated Any AnyStr Callable ClassVar Collection Container DefaultDict Deque Dict Final "
        "FrozenSet Generator Generic Hashable Iterable Iterator List Literal Mapping MutableMapping "
        "MutableSequence MutableSet NamedTuple Never NoReturn NotRequired Optional OrderedDict Protocol Required "
        "Self Sequence Set Sized TYPE_CHECKING Tuple Type TypeAlias TypeVar TypedDict Union Unpack cast final "
        "overload",
    ),
    module(
        "typing_extensions",
        "AbstractSet Annotated Any AnyStr Callable ClassVar Collection Container DefaultDict Deque Dict Final "
        "FrozenSet Generator Generic Hashable Iterable Iterator List Literal Mapping MutableMapping "
        "MutableSequence MutableSet NamedTuple Never NoReturn NotRequired Optional OrderedDict Protocol Required "
        "Self Sequence Set Sized TYPE_CHECKING Tuple Type TypeAlias TypeVar TypedDict Union Unpack cast final "
        "overload",
    ),
)
