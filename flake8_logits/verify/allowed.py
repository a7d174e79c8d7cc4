"""What may run: modules of libraries name by name, builtins, attributes.  Whatever is not here is never called.

Libraries are named as the rows name them (``keras.layers.Dense`` however it was imported).  The child process asks
the same tables again when it hands a library out.
"""

from __future__ import annotations

from enum import Enum


class Access(Enum):
    """What a dotted name is."""

    ALLOWED = "allowed"
    MODULE = "a module of which something is allowed"
    REFUSED = "refused"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KERAS_WHOLE = (
    "activations applications backend constraints initializers layers losses metrics models ops optimizers "
    "regularizers random mixed_precision dtype_policies utils callbacks saving"
)
_TENSORFLOW_WHOLE = (
    "bitwise debugging dtypes initializers image linalg losses math metrics nest nn ragged random sets signal sparse "
    "strings summary experimental keras autodiff feature_column errors version"
)

WHOLE: dict[str, frozenset[str]] = {
    # For each module, the names in it that may not be used; everything else in it may, but for modules inside.
    "keras": _words(
        "config datasets preprocessing export quantizers tree visualization wrappers legacy src api distribution "
        "distillation dtensor remat estimator"
    ),
    **{f"keras.{name}": frozenset() for name in _KERAS_WHOLE.split()},
    "keras.layers.experimental": frozenset(),
    "keras.layers.preprocessing": frozenset(),
    "keras.layers.experimental.preprocessing": frozenset(),
    "keras.losses": frozenset(),
    "keras.models": _words("load_model model_from_json model_from_yaml model_from_config save_model"),
    "keras.saving": _words("load_model save_model load_weights save_weights deserialize_keras_object KerasFileEditor"),
    "keras.utils": _words(
        "get_file plot_model model_to_dot save_img load_img array_to_img image_dataset_from_directory "
        "text_dataset_from_directory timeseries_dataset_from_array audio_dataset_from_directory Progbar HDF5Matrix "
        "image_utils data_utils io_utils vis_utils multi_gpu_model get_source_inputs PyDataset "
        "Sequence OrderedEnqueuer "
        "GeneratorEnqueuer SequenceEnqueuer FeatureSpace pack_x_y_sample_weight unpack_x_y_sample_weight legacy "
        "deserialize_keras_object extract_archive config"
    ),
    "keras.backend": _words("get_session set_session result manual_variable_initialization Function eval"),
    "keras.callbacks": frozenset(),
    "tensorflow": _words(
        "py_function numpy_function py_func load_library load_op_library io gfile sysconfig raw_ops saved_model data "
        "distribute config app flags python core lite tpu train summary test profiler autograph mlir queue lookup "
        "audio compat contrib estimator graph_util quantization tools types xla tsl print Session InteractiveSession "
        "read_file write_file save restore"
    ),
    **{f"tensorflow.{name}": frozenset() for name in _TENSORFLOW_WHOLE.split()},
    "tensorflow.image": frozenset(),
    "tensorflow.keras": frozenset(),
    "tensorflow.keras.backend": frozenset(),
    "tensorflow.summary": _words("create_file_writer FileWriter create_noop_writer trace_export trace_on"),
    "tensorflow.debugging": _words("experimental set_log_device_placement"),
    "tensorflow.experimental": _words("numpy dlpack dtensor tensorrt"),
    "tensorflow.train": _words(
        "Checkpoint CheckpointManager load_checkpoint latest_checkpoint Saver Coordinator Server "
        "write_graph import_meta_graph export_meta_graph MonitoredTrainingSession MonitoredSession"
    ),
    "tensorflow.compat.v1": _words(
        "py_func gfile io saved_model app flags Session InteractiveSession data train summary "
        "python_io resource_loader "
        "load_library load_op_library load_file_system_library sysconfig test tpu user_ops raw_ops lite profiler "
        "read_file write_file print Print py_function numpy_function estimator"
    ),
    "tensorflow.compat.v1.nn": frozenset(),
    "tensorflow.compat.v1.layers": frozenset(),
    "tensorflow.compat.v1.losses": frozenset(),
    "tensorflow.compat.v1.math": frozenset(),
    "tensorflow.compat.v1.random": frozenset(),
    "tensorflow.compat.v1.initializers": frozenset(),
    "tensorflow.layers": frozenset(),
    "numpy": _words(
        "load save savez savez_compressed savetxt loadtxt genfromtxt fromfile fromregex memmap "
        "DataSource lib ctypeslib "
        "f2py distutils testing core compat ma char rec polynomial fft emath exceptions dtypes strings fromstring "
        "os sys show_config get_include lookfor source info deprecate numarray oldnumeric matrixlib _core open_memmap "
        "frompyfunc"
    ),
    "numpy.random": _words("bit_generator mtrand"),
    "numpy.linalg": _words("linalg lapack_lite"),
    "math": frozenset(),
    "cmath": frozenset(),
    "statistics": frozenset(),
    "fractions": frozenset(),
    "decimal": frozenset(),
    "numbers": frozenset(),
    "itertools": frozenset(),
    "functools": frozenset(),
    "collections": _words("abc namedtuple"),
    "collections.abc": frozenset(),
    "dataclasses": _words("sys re types inspect keyword functools abc make_dataclass"),
    "enum": _words("sys builtins"),
    "abc": frozenset(),
    "copy": _words("types weakref"),
    "string": _words("Formatter"),
    "typing": _words("sys types get_type_hints"),
    "typing_extensions": _words("sys types inspect get_type_hints"),
    "random": frozenset(),
    "operator": _words("attrgetter methodcaller"),
    "re": frozenset(),
    "heapq": frozenset(),
    "bisect": frozenset(),
    "datetime": frozenset(),
    "time": _words("sleep"),
}
"""Modules and, of each, the names that are refused although they are in it."""

APPLICATIONS = "keras.applications"
DATASETS = "keras.datasets"

BUILTINS = _words(
    "abs all any bool bytes callable chr complex dict divmod enumerate filter float format frozenset hash hex id int "
    "isinstance issubclass iter len list map max min next object oct ord pow property range repr reversed round set "
    "slice sorted staticmethod classmethod str sum super tuple type zip hasattr "
    "ArithmeticError AssertionError AttributeError BaseException Exception FileNotFoundError ImportError IndexError "
    "KeyError LookupError ModuleNotFoundError NameError NotImplemented NotImplementedError OSError OverflowError "
    "RuntimeError StopIteration TypeError UserWarning DeprecationWarning ValueError Warning ZeroDivisionError IOError "
    "Ellipsis True False None __name__ __debug__"
)
GUARDED = _words("getattr setattr print type")
"""Builtins that are called through a guard of ours."""

DUNDERS = _words(
    "__init__ __call__ __name__ __class__ __len__ __getitem__ __setitem__ __iter__ __next__ __enter__ __exit__ "
    "__version__ __doc__ __setattr__ __repr__ __str__ __eq__ __hash__ __add__ __mul__ __sub__ __new__ __post_init__ "
    "__contains__"
)

NEVER = _words(
    "os sys subprocess system popen socket shutil builtins ctypes importlib inspect pickle marshal gfile io "
    "py_function numpy_function load_library load_op_library write_file read_file tofile dump dumps save savez "
    "savetxt save_weights save_model save_pretrained export to_json_file load load_weights load_model fromfile "
    "gi_frame gi_code cr_frame cr_code ag_frame ag_code f_globals f_locals f_builtins f_back tb_frame tb_next "
    "func_globals func_code mro exec eval open memmap sysconfig raw_ops saved_model lib ctypeslib distutils f2py "
    "testing DataSource loader spec modules path environ getsource run_functions_eagerly_unsafe plot_model get_file "
    "fit fit_generator train_on_batch evaluate evaluate_generator predict_generator test_on_batch from_pretrained "
    "print_fn run_eagerly_unsafe download download_and_prepare connect send sendall request urlopen urlretrieve "
    "to_csv to_pickle to_sql to_hdf to_parquet to_excel read_csv unlink rmdir mkdir makedirs rename chmod kill fork"
)
"""Attributes that are refused whatever they are asked of, and although the program has one of that name."""

ATTRIBUTES = _words(
    # numbers, arrays and tensors
    "T dtype itemsize nbytes ndim real imag shape size rank name device graph op all any argmax argmin argsort astype "
    "clip conj copy cumprod cumsum diagonal dot fill flat flatten item max mean min nonzero numpy prod ptp ravel "
    "repeat reshape resize round searchsorted sort squeeze std sum swapaxes take tile tolist trace transpose var view "
    "eval get_shape set_shape as_list ndims dims value values assign assign_add assign_sub "
    "read_value is_compatible_with "
    "rows columns row_splits flat_values to_tensor to_list bounding_shape from_tensor_slices concatenate with_shape "
    "uniform_row_length nrows ragged_rank from_row_splits from_value_rowids from_row_lengths merge_dims "
    # containers and strings
    "append appendleft add clear count extend index insert pop popitem popleft remove reverse rotate update get items "
    "keys setdefault difference intersection union issubset isdisjoint capitalize casefold center encode decode "
    "endswith find format format_map isalnum isalpha isdigit islower isnumeric isspace istitle "
    "isupper join ljust lower "
    "lstrip partition replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase "
    "title translate upper zfill from_iterable fromkeys most_common elements move_to_end "
    # layers and models
    "activation activations axis bias build built call compute_mask compute_output_shape config filters from_config "
    "get_config get_input_at get_layer get_output_at get_weights input input_dim input_names input_shape input_spec "
    "inputs kernel kernel_size layer layers loss losses metrics model momentum non_trainable_variables "
    "non_trainable_weights optimizer output output_dim output_names output_shape outputs padding params pooling rate "
    "recurrent_activation return_sequences return_state stateful states strides supports_masking trainable "
    "trainable_variables trainable_weights units variables vocab_size weights add_weight add_variable add_loss "
    "add_metric count_params get_vocabulary vocabulary_size set_vocabulary compute_dtype variable_dtype dtype_policy "
    "backbone base_model classifier embedding embeddings encoder decoder get_losses_for summary from_logits logits "
    "data_format dilation_rate groups use_bias depth_multiplier weight embeddings_initializer set_weights cell cells "
    "forward_layer backward_layer call_and_return_sequences get_initial_state state_size output_size reset_states "
    "reset_state learning_rate lr reduction label_smoothing gamma alpha axis_ beta fn "
    # gradients, scopes, random numbers
    "gradient watch stop_recording watched_variables normal uniform randint rand randn random random_sample choice "
    "shuffle permutation standard_normal integers seed default_rng RandomState name_scope scope experimental_run_v2 "
    "run minimize apply_gradients compute_gradients "
    # classes
    "load_data from_tensor register auto value_ fields total_seconds now today strftime"
)
"""Attributes that may be asked of any value, beside those of the program's own classes."""


def access(dotted: str) -> Access:
    """What a canonical dotted name of a library is."""
    if dotted in WHOLE:
        return Access.MODULE
    module, _, name = dotted.rpartition(".")
    if not module or _private(name):
        return Access.REFUSED
    if module in WHOLE:
        return Access.REFUSED if name in WHOLE[module] or name in NEVER else Access.ALLOWED
    # A method or attribute of what a module holds, as `keras.Model.from_config` or `tf.float32.max`.
    if access(module) is Access.ALLOWED and attribute_allowed(name):
        return Access.ALLOWED
    return Access.REFUSED


def leads_on(dotted: str) -> bool:
    """Whether a dotted name is the beginning of a module of which something is allowed."""
    return any(module == dotted or module.startswith(f"{dotted}.") for module in WHOLE)


def attribute_allowed(name: str, own: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether an attribute may be asked of a value; ``own`` are those that the program's own classes have."""
    if name in NEVER:
        return False
    if name.startswith("__"):
        return name in DUNDERS
    # Names in capitals are the members of enumerations.
    return name in ATTRIBUTES or name in own or name.isupper()


def _private(name: str) -> bool:
    return name.startswith("_")
