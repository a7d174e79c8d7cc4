"""What calls change: which only look at what they are given, and which change it or the libraries' settings."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLAIN_BUILTINS = _words(
    "abs bool bytes callable chr complex divmod float format hasattr hash hex id int isinstance issubclass len ord "
    "range repr round str"
)
"""Builtins whose result shares nothing with what they are given."""
WALKING_BUILTINS = _words(
    "all any dict enumerate frozenset iter list max min object print reversed set slice sorted sum super tuple zip "
    "ArithmeticError AssertionError AttributeError Exception FileNotFoundError ImportError IndexError KeyError "
    "LookupError NotImplementedError OSError RuntimeError StopIteration TypeError ValueError ZeroDivisionError"
)
"""Builtins that call no function they are given, unless as a ``key`` or before a sentinel: they hold or walk it."""
LATER_BUILTINS = _words("filter map property")
LEAVING_FUNCTIONS = _words(
    "builtins.exit builtins.quit os._exit os.abort sys.exit pytest.exit pytest.fail pytest.skip pytest.xfail"
)
"""What ends the program or its test, as far as it is not caught: no way leads back from a call."""
ENDING_EXCEPTIONS = _words("SystemExit KeyboardInterrupt")
"""What is raised to end the program."""
SUPPRESSING_CONTEXTS = _words("contextlib.suppress")
"""Contexts that swallow what is raised in them, of the kinds that they are given."""
NOT_WRITTEN = _words("NotImplementedError NotImplemented")
"""What is raised in the place of code that somebody has still to write."""
PATCHING_FUNCTIONS = _words(
    "unittest.mock.patch unittest.mock.patch.object mock.patch mock.patch.object pytest.MonkeyPatch.setattr"
)
"""Functions that put something else in the place of what they are told by its name."""
PATCHING_METHODS = _words("patch object setattr")
"""Methods of what tests are given for the same: ``monkeypatch.setattr``, ``mocker.patch.object``."""
CALLED_ATTRIBUTES = _words("__call__ __init__ __new__ call forward")
"""What decides what calling an instance of a class gives."""
DECIDING_ATTRIBUTES = CALLED_ATTRIBUTES | _words("activation")
"""Attributes of a layer that decide what it gives."""
PARTS = "layers"
"""The attribute of a model that holds what it is made of."""
LATER_FUNCTIONS = _words("collections.defaultdict dataclasses.field equinox.field functools.singledispatch")
"""What calls a function that it is given later, when something is walked, read or made."""
_WALKS = "itertools."
CALLING_FUNCTIONS = ("functools.", _WALKS, "operator.call")
"""Beginnings of the names of functions that call what they are given, with what else they are given."""
PLAIN_ATTRIBUTES = _words("dtype itemsize metrics_names name nbytes ndim shape size")
"""Attributes of arrays, tensors and layers whose values cannot be changed."""

LOOKING_METHODS = _words(
    # models
    "compile compute_output_shape count_params evaluate evaluate_generator fit fit_generator get_config get_layer "
    "get_weights load_weights predict predict_generator predict_on_batch reset_metrics reset_states restore save "
    "save_weights set_weights summary test_on_batch to_json to_yaml train_on_batch export save_spec save_pretrained "
    "add_loss add_metric apply_gradients get_vocabulary gradient jacobian minimize reset_state result update_state "
    "vocabulary_size watch "
    # arrays and tensors
    "all any argmax argmin argsort as_list astype batch clip cumprod cumsum dot flatten get_shape item map max "
    "mean min nonzero numpy prefetch ravel repeat reshape round squeeze std sum swapaxes take tile tolist transpose "
    "var "
    # modules, optimizers and tensors of PyTorch
    "abs backward bmm chunk clamp contiguous cpu cuda detach dim exp expand expand_as float gather load_state_dict log "
    "log_softmax long masked_fill matmul mm named_parameters norm numel parameters permute pow requires_grad_ sigmoid "
    "size softmax sqrt state_dict step tanh to topk type_as unsqueeze view view_as zero_grad "
    # data sets and paths
    "as_numpy_iterator cache cardinality concatenate exists glob is_dir is_file iterdir padded_batch relative_to "
    "resolve skip unbatch window "
    # strings and containers
    "capitalize copy count decode encode endswith find format get index isdigit items join keys lower lstrip replace "
    "rfind rsplit rstrip split splitlines startswith strip title upper values zfill "
    # tables, files and plots
    "adapt close describe flush head info plot read readline readlines savefig show tail to_csv write writelines"
)
"""Methods of libraries that change nothing that decides what a model gives: weights and compilations do not."""
FILLING_METHODS = _words("add append extend insert setdefault update")
"""Methods by which a container is given a part."""
CHANGING_METHODS = _words(
    "add add_module add_update append appendleft apply assign assign_add assign_sub at build call clear compile "
    "difference_update discard eval extend extendleft fill flatten_parameters init_weights insert "
    "intersection_update move_to_end pop popitem popleft put_variable register_buffer register_module "
    "register_parameter remove reset_parameters reset_state reset_states reverse rotate seed send set set_model "
    "set_params set_shape set_value set_weights setdefault sort sow subtract symmetric_difference_update train "
    "trainable update"
)
"""Methods that change their object, whoever calls them under whatever name; so do those that end in ``_``."""
FRESH_METHODS = _words(
    "count_params evaluate evaluate_generator get_weights predict predict_generator predict_on_batch summary "
    "test_on_batch to_json train_on_batch "
    # tensors, texts and files
    "as_list decode encode endswith format isdigit item join lower lstrip numpy read readline readlines rsplit rstrip "
    "split splitlines startswith strip title tolist upper zfill"
)
"""Methods that give numbers and texts which nothing else holds."""
SHARING_METHODS = {"torch": _words("numpy")}
"""Of those the ones that share memory with their object, by the library whose objects these are."""
TRAINING_METHODS = _words("fit fit_generator")
"""Methods of models that give a history, which holds the model and numbers, not what it was trained on."""
USING_METHODS = _words("evaluate evaluate_generator fit fit_generator test_on_batch train_on_batch")
"""Methods by which a compiled model meets its loss."""

LOOKING_LIBRARIES = _words(
    "PIL argparse bokeh cProfile collections csv cv2 datetime gc glob h5py imageio itertools jax joblib json keras "
    "logging math matplotlib nibabel nltk np numpy opencv optax os pandas pathlib pickle plotly pprint pydot random "
    "re requests scipy seaborn shutil skimage sklearn statistics string subprocess sys tempfile tensorboard "
    "tensorflow time timeit torch torchmetrics torchvision tqdm traceback urllib warnings zipfile"
)
"""Libraries whose functions do not change what they are given, but for those named below."""

CHANGING_FUNCTIONS = _words(
    "bisect.insort bisect.insort_left bisect.insort_right heapq.heapify heapq.heappop heapq.heappush "
    "heapq.heappushpop heapq.heapreplace numpy.copyto numpy.fill_diagonal numpy.nan_to_num numpy.place numpy.put "
    "numpy.put_along_axis numpy.putmask numpy.random.shuffle operator.delitem operator.iadd operator.iand "
    "operator.iconcat operator.ifloordiv operator.ilshift operator.imatmul operator.imod operator.imul operator.ior "
    "operator.ipow operator.irshift operator.isub operator.itruediv operator.ixor operator.setitem random.shuffle"
)
"""Functions that change what they are given."""
PLAIN_FUNCTIONS = _words(
    "keras.utils.get_file os.getcwd os.getenv os.path.abspath os.path.basename os.path.dirname os.path.exists "
    "os.path.expanduser os.path.getsize os.path.isdir os.path.isfile os.path.join os.path.normpath os.path.realpath "
    "os.path.splitext pathlib.Path pathlib.PurePath tempfile.gettempdir tempfile.mkdtemp time.time "
    "datetime.datetime.now platform.system"
)
"""Functions that give a path, a text, a number or the like: nothing can be done to it."""
FRESH_FUNCTIONS = PLAIN_FUNCTIONS | _words(
    "csv.reader glob.glob h5py.File json.load json.loads keras.utils.audio_dataset_from_directory "
    "keras.utils.image_dataset_from_directory keras.utils.text_dataset_from_directory keras.utils.to_categorical "
    "numpy.genfromtxt numpy.load numpy.loadtxt open os.listdir os.walk pandas.read_csv pandas.read_excel "
    "pandas.read_json pandas.read_pickle pickle.load tensorflow.constant tensorflow.data.Dataset.from_tensor_slices "
    "tensorflow.data.Dataset.from_tensors tensorflow.data.Dataset.list_files tensorflow.data.Dataset.range "
    "tensorflow.data.TFRecordDataset tensorflow.data.TextLineDataset tensorflow.data.experimental.make_csv_dataset "
    "tensorflow.io.gfile.glob tensorflow.io.read_file"
)
"""Functions that read or copy: what they give shares nothing with what they are given."""
IN_PLACE = "inplace"
"""The parameter by which a function of PyTorch writes its result into what it is given."""
REMEMBERING_DECORATORS = _words("cache cached_property lru_cache")
"""Last parts of the names of decorators by which what is given once is given from then on."""
WEIGHTS_MODULES = ("torch.nn.init.", "torch.nn.utils.clip_grad_")
"""Beginnings of the names of functions that change weights, though their names end as if they changed more."""
COMPUTING_MODULES = ("numpy.", "tensorflow.")
"""Beginnings of the names of functions that compute data from data, those in small letters."""
DATA_MODULES = ("tensorflow.data.", "numpy.random.", "keras.datasets.", "pandas.")
"""Beginnings of the names of functions that give data whatever they are given."""
OUTPUTS = _words("out")
"""Parameters that name what a function writes its result into."""

SETTINGS = _words(
    "disable_eager_execution disable_v2_behavior enable_eager_execution enable_numpy_behavior "
    "enable_unsafe_deserialization experimental_enable_numpy_behavior experimental_run_functions_eagerly "
    "run_functions_eagerly set_backend set_dtype_policy set_epsilon set_floatx set_global_policy set_image_data_format "
    "set_image_dim_ordering set_learning_phase set_policy enable_flash_attention disable_flash_attention "
    "set_experimental_options set_jit"
)
"""Functions of Keras and TensorFlow that change how models are built or computed after them."""
UNDONE_BY = {"enable_eager_execution": _words("disable_eager_execution disable_v2_behavior")}
"""Settings that are as they are asked to be, unless one of these was called: TensorFlow 2 runs eagerly."""
DECIDING_VARIABLES = _words("KERAS_BACKEND TF_USE_LEGACY_KERAS TF_KERAS KERAS_HOME")
"""Variables of the environment that decide which Keras runs, and on what."""

MODULE_HOOKS = _words("forward setup")
"""Methods of modules that PyTorch and Flax call when a module is called."""

REFLECTION = _words("__import__ compile eval exec globals locals vars")
"""Builtins by which a program reaches its own names by what it computes."""
ITERATORS = _words("enumerate filter iter map reversed zip")
"""Builtins that give what can be walked once."""


def gives_an_iterator(name: str) -> bool:
    """Whether what a library has under a canonical name gives what is walked, and runs, later."""
    return name.startswith(_WALKS)
