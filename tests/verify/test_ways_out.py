"""Every way that is known from a slice to arbitrary Python, and that each of them leads nowhere, without any wall."""

from __future__ import annotations

import base64
import json
import marshal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import collections, copy, dataclasses, enum, functools, statistics, string, typing
import numpy as np
import tensorflow as tf
import keras
foreign = keras.layers.Dense.__init__
target = [1, 2]
def told(yes):
    return 1 // (not yes)
"""
TAIL = """
model = keras.Sequential([keras.layers.Dense(10, name=str(evil))])
model.compile("adam", loss="sparse_categorical_crossentropy")
"""
DO = "__import__('os').system('touch marker')"
TAKEN = "['__builtins__']['__import__']('os').system('touch marker')"
CODE = base64.b64encode(marshal.dumps(compile(f"lambda *a: {DO}", "<x>", "eval").co_consts[0])).decode()
FIELD = f"x if {DO} else 0"
"""The name of a field that is source once a class of data writes it into its representation."""
SHOWN = "evil = repr(dataclasses.dataclass(init=False)(Field)())\n"
LAMBDA = f"{{'class_name': '__lambda__', 'config': {{'code': {CODE!r}, 'defaults': None, 'closure': None}}}}"

ADDRESS = "{'data': (id(target), False), 'shape': (2,), 'typestr': '<i8', 'version': 3}"
"""What numpy takes for an array that lies at an address."""
READ = "evil = told(np.asarray(taken).shape == (2,))\n"
NUMBER = "(1,), 'O', np.array([id(target)])"
"""What makes an array of objects from a number that is taken for an address."""
FOREIGN = "evil = told(array.item(0) is target)\n"
SWALLOW = (
    "class Swallow:\n    def __enter__(self):\n        return self\n    def __exit__(self, *given):\n"
    "        return True\n"
)
META = (
    "class Hook:\n    def __set_name__(self, owner, name):\n        metas.append(owner)\nmetas = []\n"
    + SWALLOW
    + "with Swallow():\n    class Meta({}):\n        x = Hook()\n"
    f"taken = metas[0]('F', (), {{{{'__array_interface__': {ADDRESS.replace('{', '{{').replace('}', '}}')}}}}})()\n"
    + READ
)
FILE = "'/etc/passwd'"
EVALUATED = f"evil = found['eval']({DO!r}, {{'__builtins__': found}})\n"
REGISTERED = "kind = keras.saving.register_keras_serializable('P', 'X')(tf.nn.RNNCellDeviceWrapper)\n"
"""A class of TensorFlow that makes its cell of a configuration, past the guard if Keras makes it."""
OLDER = (
    "wrapper = keras.activations.get({{'class_name': 'X', 'registered_name': 'P>X', 'module': None, 'config': "
    "{{'device': 'cpu' + str(kind)[:0], 'cell': {{{}, 'config': {{'attr_name': '__globals__', 'name': 'x'}}}}}}}})\n"
    f"found = wrapper.cell.call(tf.nn.relu)['__builtins__']\n{EVALUATED.replace('{', '{{').replace('}', '}}')}"
)
KEY = (
    "asked = []\nclass Key:\n    def __hash__(self):\n        return hash('class_name')\n"
    "    def __eq__(self, other):\n        asked.append(other)\n        return len(asked) > 2\n"
)
FORMAT = "evil = told('__name__' in {})\n"
WRITTEN = "evil = told(callable(dataclasses.astuple(Net())[0]))\n"
FIELDS = f"    save_weights: object = dataclasses.field(init=False)\n{WRITTEN}"
ONCE = (
    "asked = []\nclass Once(str):\n    def __hash__(self):\n        return hash('get_file')\n"
    "    def __eq__(self, other):\n        asked.append(other)\n        return len(asked) == 1\n"
)
"""A text that is equal to another one time."""
GOT = (
    "evil = told(callable(keras.activations.get({{'class_name': 'function', 'module': 'keras.utils', "
    "'config': 'get_file', 'registered_name': {}}})))\n"
)

UNFINISHED = (
    SWALLOW
    + "class Hook:\n    def __set_name__(self, owner, name):\n        made.append(owner)\n        1 // 0\nmade = []\n"
)
"""What is handed a class that never comes to be."""
CONTEXT = (
    "    def call(self, x, get_value=None):\n        taken.append(get_value)\n        return x\n"
    "taken = []\nNet()(np.zeros((1, 2)))\nevil = told('bound method' in repr(taken))\n"
)
"""Takes what Keras looks up for a layer among what the layers around it were called with."""

TUPLE = (
    "class Own:\n    pass\nclass Spec(tf.TensorSpec):\n    def cast(self, value, context):\n"
    "        taken.append(value)\n        return tf.constant(1.0)\ntaken = []\nclass T(tuple, {}):\n"
    "    def __new__(cls, *given):\n        return tuple.__new__(cls, given)\n    def __init__(self, *given):\n"
    "        super().__init__()\n    def _asdict(self):\n        return {{self._fields[0]: 1}}\n"
)
"""A tuple, and what takes the value of its first field where TensorFlow looks it up."""
TRACED = (
    SWALLOW + "out = tf.function(lambda x: len([Spec.cast, T._asdict]), input_signature=[T(Spec([], tf.float32))])\n"
    "tf.config.run_functions_eagerly(False)\nwith Swallow():\n    out(T(tf.constant(1.0)))\n"
    "evil = told('method' in repr(taken))\n"
)

CELL = (
    "'cell': {'class_name': 'GRUCell', 'config': {'units': 2}}, 'residual_fn_type': 'lambda', "
    f"'residual_fn_module': None, 'residual_fn': {CODE!r}"
)
"""The configuration of a cell whose function is bytes."""
CALLED = "evil = cell(tf.zeros((1, 2)), tf.zeros((1, 2)))\n"

LINEAR = (
    SWALLOW
    + f"""class Plain:
    def __init__(self, *given):
        made.append(self)
made = []
class Space(dict):
    pass
space = Space({{'A': 1, '__array_interface__': {ADDRESS}}})
space['batch_shape_tensor'] = staticmethod(lambda: tf.zeros((0,), dtype='int32'))
space._member_names = {{'A': None}}
space._last_values = [1]
class Empty(enum.Enum):
    pass
class Kind(enum.Enum):
    A = 1
    @staticmethod
    def batch_shape_tensor():
        return tf.zeros((0,), dtype='int32')
Kind._experimental_parameter_ndims_to_matrix_ndims = {{}}
Kind.parameters = {{'cls': 'X', 'bases': (Plain, Empty), 'classdict': space}}
class Own(tf.linalg.LinearOperatorDiag):
    _experimental_parameter_ndims_to_matrix_ndims = {{'out': 0}}
    out = Kind
    def __init__(self, diag, **named):
        super().__init__(tf.ones((2, 2)))
own = Own(1)
with Swallow():
    made.append(own[0])
taken = made[0]
"""
    + READ
)
"""A library takes what an heir names for an operator, and makes one more of its class: an enumeration, by its call."""

WAYS = {
    "a class pattern": f"match foreign:\n    case object(__globals__=g):\n        evil = g{TAKEN}\n",
    "a class pattern by position": "class P:\n    __match_args__ = ('__globals__',)\nmatch foreign:\n"
    f"    case P(g):\n        evil = g{TAKEN}\n",
    "a module in a module": f"class Own:\n    bltns = vars = eval = 1\nevil = enum.bltns.eval({DO!r})\n",
    "a module by getattr": f"evil = getattr(getattr(enum, 'bltns'), 'eval')({DO!r})\n",
    "a module in a star import": f"from enum import *\nevil = getattr(bltns, 'eval')({DO!r})\n",
    "a module of a module": "class Own:\n    contextlib = os = system = 1\n"
    "evil = typing.contextlib.os.system('touch marker')\n",
    "a module of statistics": "class Own:\n    random = _os = system = 1\n"
    "evil = statistics.random._os.system('touch marker')\n",
    "a module of TensorFlow": "e = tf.linalg.experimental\n"
    "evil = getattr(e, 'sys').modules['os'].system('touch marker')\n",
    "the object of an error": "try:\n    tf.linalg.experimental.nothing\nexcept AttributeError as error:\n"
    f"    evil = error.obj.__builtins__['eval']({DO!r})\n",
    "getattr with a name that is put together": f"evil = getattr(foreign, '__glob' + 'als__'){TAKEN}\n",
    "getattr as a value": f"evil = list(map(getattr, [foreign], ['__globals__']))[0]{TAKEN}\n",
    "getattr with a text of one's own": "class S(str):\n    def __eq__(self, other):\n        return True\n"
    f"evil = getattr(foreign, S('__globals__')){TAKEN}\n",
    "attrgetter": f"evil = operator.attrgetter('__globals__')(foreign){TAKEN}\n",
    "methodcaller": "evil = operator.methodcaller('__getattribute__', '__globals__')(foreign)" + TAKEN + "\n",
    "a name of one's own on a foreign object": "class Own:\n    def _evaluate(self):\n        pass\n"
    f"evil = typing.ForwardRef({DO!r})._evaluate({{}}, {{}}, recursive_guard=frozenset())\n",
    "a name that is set on a foreign object": "class Own:\n    pass\nown = Own()\nown._evaluate = 1\n"
    f"evil = typing.ForwardRef({DO!r})._evaluate({{}}, {{}}, recursive_guard=frozenset())\n",
    "a global that shadows a library": "def shadow():\n    global np\n    np = enum\nshadow()\n"
    f"evil = np.bltns.eval({DO!r})\n",
    "update_wrapper": "class Taker:\n    def __setattr__(self, name, value):\n        taken.append(value)\n"
    f"taken = []\nfunctools.update_wrapper(Taker(), foreign, ('__globals__',), ())\nevil = taken[0]{TAKEN}\n",
    "wraps": "class Taker:\n    def __setattr__(self, name, value):\n        taken.append(value)\n"
    f"taken = []\nfunctools.wraps(foreign, ('__globals__',), ())(Taker())\nevil = taken[0]{TAKEN}\n",
    "a field's name that is source": f'class Field:\n    __annotations__ = {{"{FIELD}": int}}\n{SHOWN}',
    "a field's name that a call sets": "class Field:\n    pass\n"
    f'setattr(Field, "__annotations__", {{"{FIELD}": int}})\nevil = dataclasses.dataclass(Field)\n',
    "a field's name of an enumeration": f'Field = enum.Enum("Field", {{"__annotations__": {{"{FIELD}": int}}}})\n'
    "" + SHOWN,
    "a class made by a call": f'Field = type("Field", (), {{"__annotations__": {{"{FIELD}": int}}}})\n' + SHOWN,
    "a class made by a metaclass": f'Field = abc.ABCMeta("Field", (), {{"__annotations__": {{"{FIELD}": int}}}})\n'
    "" + SHOWN,
    "a metaclass of one's own": "class Meta(abc.ABCMeta):\n    def __new__(cls, name, bases, space):\n"
    f'        return super().__new__(cls, name, bases, {{"__annotations__": {{"{FIELD}": int}}}})\n'
    "class Field(metaclass=Meta):\n    pass\n" + SHOWN,
    "the class of a class": "class Own:\n    pass\n"
    f'Field = type(Own)("Field", (), {{"__annotations__": {{"{FIELD}": int}}}})\nevil = dataclasses.dataclass(Field)\n',
    "an annotation that is evaluated": f'class Typed(tf.experimental.ExtensionType):\n    x: "{DO}"\nevil = Typed\n',
    "type hints": f'class Typed:\n    x: "{DO}"\nevil = typing.get_type_hints(Typed)\n',
    "a graph's copy of a function": "@tf.function\ndef out(x):\n    if x > 0:\n"
    f"        foreign.__globals__{TAKEN}\n    return x\nevil = out(tf.constant(1))\n",
    "a function as bytes": f"evil = keras.layers.Lambda.from_config({{'function': {LAMBDA}}}, safe_mode=False)(1)\n",
    "a function as bytes in an option": f"evil = keras.layers.Dense(3, activation={LAMBDA})(np.zeros((1, 2)))\n",
    "a function as bytes in a copy": "class Evil(keras.layers.Lambda):\n    def get_config(self):\n"
    f"        return {{'function': {LAMBDA}}}\n"
    "    @classmethod\n    def from_config(cls, config):\n"
    "        return super().from_config(config, safe_mode=False)\n"
    "small = keras.Sequential([keras.Input((2,)), Evil(lambda x: x)])\nevil = keras.models.clone_model(small)\n",
    "a function by its module": "evil = keras.activations.get({'class_name': 'function', 'module': 'os', "
    "'config': 'system', 'registered_name': 'system'})('touch marker')\n",
    "a traceback": "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n"
    f"    evil = error.__traceback__.tb_frame.f_back.f_globals{TAKEN}\n",
    "a traceback that a block is given": "class Block:\n    def __enter__(self):\n        return self\n"
    "    def __exit__(self, kind, error, trace):\n        global evil\n"
    f"        evil = trace.tb_frame.f_back.f_globals{TAKEN}\n        return True\nwith Block():\n    1 / 0\n",
    "a generator's frame": f"def one():\n    yield 1\nevil = one().gi_frame.f_back.f_globals{TAKEN}\n",
    "all subclasses": "evil = [c for c in object.__subclasses__() if c.__name__ == 'BuiltinImporter'][0]"
    ".load_module('os').system('touch marker')\n",
    "a reduction": "class Out:\n    def __reduce_ex__(self, protocol):\n"
    f"        return (foreign.__getattribute__, ('__globals__',))\nevil = copy.copy(Out()){TAKEN}\n",
    "a reduction of an enumeration": 'Out = enum.Enum("Out", {"__reduce_ex__": lambda self, protocol: '
    f'(foreign.__getattribute__, ("__globals__",)), "A": 1}})\nevil = copy.copy(Out.A){TAKEN}\n',
    "__getattribute__ of an object": f"evil = object.__getattribute__(foreign, '__globals__'){TAKEN}\n",
    "__getattribute__ with a text": "class S(str):\n    def startswith(self, text):\n        return False\n"
    "class Own:\n    pass\nown = Own()\nown.x = 1\n"
    f"evil = object.__getattribute__(foreign, S('__globals__')){TAKEN}\n",
    "super": "class Net(keras.layers.Dense):\n    def __init__(self):\n        super().__init__(3)\n"
    f"        self.out = super().__init__.__globals__{TAKEN}\nevil = Net()\n",
    "a bound method": f"evil = keras.layers.Dense(3).call.__func__.__globals__{TAKEN}\n",
    "a partial": f"evil = functools.partial(foreign).func.__globals__{TAKEN}\n",
    "a property": "class Own:\n    out = property(foreign)\n" + f"evil = Own.out.fget.__globals__{TAKEN}\n",
    "a text that is formatted": "class Taker:\n    def __getitem__(self, key):\n        pass\n"
    "    def __format__(self, spec):\n        return ''\n"
    "def out(taken):\n    return taken\nevil = out('{0.__globals__}'.format(foreign))\n"
    "if '__builtins__' in evil:\n    evil = enum.bltns.eval(\"" + DO + '")\n',
    "an f-string": f'evil = f"{{foreign.__globals__{TAKEN}}}"\n'.replace("['", "[chr(95)*2+'").replace(
        "chr(95)*2+'__", "'__"
    ),
    "a comprehension": f"evil = [g for f in [foreign] for g in [f.__globals__{TAKEN}]]\n",
    "a walrus": f"evil = (f := foreign).__globals__{TAKEN}\n",
    "a decorator": f"@(lambda f: foreign.__globals__{TAKEN})\ndef evil():\n    pass\n",
    "a base": f"class evil(foreign.__globals__{TAKEN}):\n    pass\n",
    "a name of ours": "evil = __library__('os', 'os').system('touch marker')\n",
    "a name of ours that is bound": "def __attribute__(value, name):\n    return value\n"
    f"evil = foreign.__globals__{TAKEN}\n",
    "a module that is set": f"keras.layers.out = enum\nevil = keras.layers.out.bltns.eval({DO!r})\n",
    "a function's code": f"def out():\n    return 1\nsetattr(out, '__code__', foreign.__code__)\nevil = out(){TAKEN}\n",
    "a namespace's class": f"evil = keras.layers.__class__.ask.__globals__{TAKEN}\n",
    "a stand-in's class": f"evil = os.getcwd().__class__.__call__.__globals__{TAKEN}\n",
    "a function of the guard": f"evil = 'x'.format.__globals__{TAKEN}\n",
    "a variable's registry": "class Own:\n    handle = op = graph = 1\n"
    f"evil = tf.Variable(1.0).handle.op.graph.__init__.__globals__{TAKEN}\n",
    "an attribute of a class that is not the program's": "keras.layers.Layer.__init__ = foreign\n"
    f"evil = keras.layers.Dense.__init__.__globals__{TAKEN}\n",
    "the name type for something else": f'def out(type):\n    return type\nField = type("Field", (), '
    f'{{"__annotations__": {{"{FIELD}": int}}}})\n' + SHOWN,
    "a metaclass by a generic": META.format("typing.Type"),
    "a metaclass by a generic with a parameter": META.format("typing.Type[int]"),
    "names that a callback keeps": "taken = keras.callbacks.LambdaCallback(**"
    f"{{'__array_interface__': {ADDRESS}}})\n{READ}",
    "names that a layer hands on": "layer = keras.layers.Lambda(keras.callbacks.LambdaCallback, arguments="
    f"{{'__array_interface__': {ADDRESS}}})\ntaken = layer.call(None)\n{READ}",
    "a property that stores under a name": "class Own:\n    pass\n"
    f"stored = functools.cached_property(lambda self: {ADDRESS})\nstored.__set_name__(Own, '__array_interface__')\n"
    f"Own.x = stored\ntaken = Own()\ntaken.x\n{READ}",
    "a property of one's own that stores": "class Stores(functools.cached_property):\n"
    "    def __set_name__(self, owner, name):\n        self.attrname = self.name = '__array_interface__'\n"
    f"class Own:\n    x = Stores(lambda self: {ADDRESS})\ntaken = Own()\ntaken.x\n{READ}",
    "an array of what lies at an address": f"array = np.ndarray({NUMBER})\n{FOREIGN}",
    "a heir of arrays": f"class Own(np.ndarray):\n    pass\narray = Own({NUMBER})\n{FOREIGN}",
    "an array's __new__": f"array = np.zeros(1).__new__(np.matrix, {NUMBER})\n{FOREIGN}",
    "a matrix' heritage": f"array = super(np.matrix, np.matrix('1')).__new__(np.matrix, {NUMBER})\n{FOREIGN}",
    "an array's parameter": f"array = np.zeros(1).__class_getitem__(int)({NUMBER})\n{FOREIGN}",
    "the class of an array": f"array = type(np.zeros(1))({NUMBER})\n{FOREIGN}",
    "a heir of super": "class Own(super):\n    pass\nclass Net(keras.Model):\n    pass\n"
    "evil = told(callable(Own(Net, Net()).load_weights) and 'made up' not in repr(Own(Net, Net()).load_weights))\n",
    "a heir's format": "class Own(str):\n    pass\n" + FORMAT.format("Own.format('{0.__globals__}', told)"),
    "the format above": "class Own(str):\n    def out(self, *given):\n        return super().format(*given)\n"
    + FORMAT.format("Own('{0.__globals__}').out(told)"),
    "numpy's format": FORMAT.format("np.str_.format('{0.__globals__}', told)"),
    "a vocabulary by a configuration": "layer = keras.layers.StringLookup(vocabulary=['a'])\n"
    f"evil = told(len(layer.from_config({{'vocabulary': {FILE}}}).get_vocabulary()) > 1)\n",
    "a vocabulary in a configuration": "layer = keras.layers.TimeDistributed(keras.layers.Dense(2)).from_config("
    "{'layer': {'class_name': 'StringLookup', 'module': 'keras.layers', 'registered_name': None, 'config': "
    f"{{'vocabulary': {FILE}}}}}}})\nevil = told(len(layer.layer.get_vocabulary()) > 1)\n",
    "a vocabulary of a class that is named like a tensor": "class EagerTensor(str):\n    pass\n"
    f"layer = keras.layers.StringLookup(vocabulary=EagerTensor({FILE}))\n"
    "evil = told(len(layer.get_vocabulary()) > 2)\n",
    "weights by position": f"build = keras.applications.NASNetMobile\ntry:\n    evil = build(None, True, {FILE})\n"
    "except Exception as error:\n    evil = told('file signature' in str(error))\n",
    "a file of numbers": "def out(path):\n    return tf.random.fixed_unigram_candidate_sampler("
    "tf.constant([[0]], dtype='int64'), 1, 1, False, 3, vocab_file=path)\n"
    f"try:\n    evil = out({FILE})\nexcept Exception as error:\n    evil = told('at line' in str(error))\n",
    "what answers for itself": "class Out(dict):\n    def get(self, key, *default):\n"
    "        return {'class_name': 'function', 'module': 'keras.layers', 'config': 'add'}.get(key, *default)\n"
    "evil = told(callable(keras.activations.get(Out({'class_name': 'function', 'module': 'keras.saving', 'config': "
    "'get_custom_objects', 'registered_name': None}))))\n",
    "a name that numpy looks up": "hidden = np.zeros((2, 2))\nevil = told(np.r_['hidden'].shape == (2, 2))\n",
    "TensorFlow's module in a graph": "ag__ = 1\ntf.config.run_functions_eagerly(False)\n@tf.function\ndef out(x):\n"
    "    told('module' in repr(ag__))\n    return x\nevil = out(tf.constant(1))\n",
    "a record of a copy": "class Record(dict):\n    def __setitem__(self, key, value):\n"
    "        told('BytesIO' in repr(value))\nevil = copy.deepcopy(keras.layers.Dense(3), Record())\n",
    "the fields of a model": "@dataclasses.dataclass(init=False, eq=False)\nclass Net(keras.Sequential):\n" + FIELDS,
    "fields that a model inherits": "@dataclasses.dataclass(init=False)\nclass Own:\n"
    "    save_weights: object = dataclasses.field(init=False)\nclass Net(keras.Sequential, Own):\n    pass\n" + WRITTEN,
    "fields that come after the heir": "class Own:\n    save_weights: object = dataclasses.field(init=False)\n"
    "class Net(keras.Sequential, Own):\n    pass\ndataclasses.dataclass(init=False)(Own)\n" + WRITTEN,
    "fields that are compared": "class Equal:\n    def __eq__(self, other):\n        taken.append(other)\n"
    "        return True\ntaken = []\n@dataclasses.dataclass(init=False)\nclass Own:\n"
    "    save_weights: object = dataclasses.field(init=False)\nclass Net(keras.Sequential, Own):\n    pass\n"
    "one, other = Net(), Net()\nother.save_weights = Equal()\none == other\nevil = told(callable(taken[0]))\n",
    "the fields of a text": "@dataclasses.dataclass(init=False)\nclass Own:\n"
    "    format: object = dataclasses.field(init=False)\nclass Text(str, Own):\n    pass\n"
    + FORMAT.format("dataclasses.astuple(Text('{0.__globals__}'))[0](keras.layers.Dense.__init__)"),
    "a custom object that is there once": ONCE
    + "keras.utils.get_custom_objects()[Once('get_file')] = 1\n"
    + GOT.format("None"),
    "a custom object that is there once, in a scope": ONCE
    + "with keras.utils.custom_object_scope({Once('get_file'): 1}):\n    pass\n"
    + "keras.utils.get_custom_objects()['get_file'] = 1\n"
    + "Once.__eq__ = lambda self, other: keras.utils.get_custom_objects().clear() is True\n"
    + "with keras.utils.custom_object_scope({Once('get_file'): 1}):\n    "
    + GOT.format("None"),
    "fields of a text that is never finished": UNFINISHED + "@dataclasses.dataclass(init=False)\nclass Own:\n"
    "    format: object = dataclasses.field(init=False)\nwith Swallow():\n    class Text(str, Own):\n"
    "        x = Hook()\n"
    + FORMAT.format("dataclasses.astuple(made[0]('{0.__globals__}'))[0](keras.layers.Dense.__init__)"),
    "the parameters of an error": "class Error(tf.errors.OpError, keras.layers.Layer):\n"
    "    def __init__(self, save_own_variables=None):\n        super(tf.errors.OpError, self).__init__()\n"
    "        taken.append(save_own_variables)\ntaken = []\ncopy.copy(Error())\n"
    "evil = told('bound method' in repr(taken))\n",
    "names that a layer asks its callers for": "class Net(keras.layers.Layer):\n    def __init__(self):\n"
    "        super().__init__()\n        self._call_context_args = {'get_value'}\n"
    "        self._call_has_context_arg = {'get_value': True}\n" + CONTEXT,
    "names that a layer has for asking its callers": "class Net(keras.layers.Layer):\n"
    "    _call_context_args = property(lambda self: {'get_value'}, lambda self, new: None)\n"
    "    _call_has_context_arg = property(lambda self: {'get_value': True}, lambda self, new: None)\n" + CONTEXT,
    "what a layer keeps under the first name of a property": "kept = functools.cached_property(lambda self: 1)\n"
    "class Other:\n    _tracker = kept\nclass Net(keras.layers.Layer):\n    own = kept\nnet = Net()\n"
    "evil = told('Tracker' in repr(net.own))\n",
    "what a layer keeps under a name that its heir has, too": "class Net(keras.layers.Layer):\n"
    "    _call_signature = None\nnet = Net()\nevil = told('Signature' in repr(net._call_signature))\n",
    "what a layer keeps, which is changed": "class Net(keras.layers.Layer):\n    _call_context_args = None\n"
    "net = Net()\nnet._call_context_args.add('get_value')\nevil = told('get_value' in net._call_context_args)\n",
    "what a layer keeps under a name that was set before": "class Net(keras.layers.Layer):\n    def __init__(self):\n"
    "        self._call_context_args = None\n        super().__init__()\n"
    "        self.kept = self._call_context_args.add('get_value')\n        self.kept = self._call_context_args\n"
    "evil = told('get_value' in Net().kept)\n",
    "a method under a layer's own name, marked as one of ours": "def taken(self):\n    return {'get_value'}\n"
    "taken.fails = True\nclass Net(keras.layers.Layer):\n    _call_context_args = taken\nevil = told(Net)\n",
    "fields that a tuple is told later": TUPLE.format("keras.Model") + "T._fields = ('save_weights',)\n" + TRACED,
    "fields that a tuple answers for": TUPLE.format("Own")
    + "    def __getattr__(self, name):\n        taken.append(name)\n        return ('save_weights',)\n"
    + SWALLOW
    + "with Swallow():\n    tf.map_fn(lambda x: x, T(tf.ones(2)))\nevil = told('_fields' in taken)\n",
    "fields of a tuple that Python gives a meaning": TUPLE.format("Own") + "T._fields = ('__init__',)\n" + TRACED,
    "a method of a library on something else": "other = keras.initializers.Zeros()\n"
    "evil = told(keras.losses.Loss.__init__(other, name='x') is None)\n",
    "a method of a library on a class": "kind = keras.layers.Dense\n"
    "evil = told(keras.losses.Loss.__init__(kind, name='x') is None)\n",
    "a method that is above a class": "class Own(keras.losses.Loss):\n    @classmethod\n    def out(cls, other):\n"
    "        return super().__init__(other, name='x')\nevil = told(Own.out(keras.initializers.Zeros()) is None)\n",
    "a property of a library on something else": "class Own:\n    weights = keras.layers.Layer.weights\n"
    "    _layers = [keras.layers.Dense(3)]\nown = Own()\n"
    "own._trainable_variables = own._non_trainable_variables = [1]\nevil = told('1' in repr(own.weights))\n",
    "a cell's function as bytes": f"cell = tf.nn.RNNCellResidualWrapper.from_config({{{CELL}}})\n{CALLED}",
    "a cell's function as bytes, by a registered class": "kind = tf.nn.RNNCellResidualWrapper\n"
    "keras.saving.register_keras_serializable()(kind)\ncell = keras.layers.TimeDistributed.from_config({'layer': "
    "{'class_name': 'ResidualWrapper', 'registered_name': 'Custom>ResidualWrapper', 'module': None, 'config': "
    f"{{{CELL}}}}}}}).layer\n{CALLED}",
    "a function of TensorFlow's own Keras, by its name": "cell = tf.nn.rnn_cell.BasicRNNCell(2, activation="
    "'deserialize_keras_object')\nevil = told('deserialize' in repr(cell.get_config()))\n",
    "a layer of TensorFlow's own Keras, under a name that is registered with the other": REGISTERED
    + OLDER.format("'class_name': 'InstanceProperty', 'registered_name': 'P>X'"),
    "such a layer under its own name": REGISTERED
    + "keras.utils.get_custom_objects()['InstanceProperty'] = kind\n"
    + OLDER.format("'class_name': 'InstanceProperty'"),
    "such a layer under a key that answers for itself": REGISTERED + KEY + OLDER.format("Key(): 'InstanceProperty'"),
    "a module of TensorFlow, by the name of a kind": "@keras.saving.register_keras_serializable('P')\n"
    "class X(keras.layers.Layer):\n    @classmethod\n    def _deserialize(cls, args):\n        made = cls()\n"
    "        made.found = [args[0]]\n        return made\n    def call(self, x):\n        return x\n"
    "kept = [X._deserialize]\nlayer = keras.layers.TimeDistributed.from_config({'name': str(len(kept)), 'layer': "
    "{'class_name': '__typespec__', 'spec_name': 'X', 'module': None, 'registered_name': 'P>X', "
    f"'config': ['__builtins__']}}}})\nfound = layer.layer.found[0]\n{EVALUATED}",
    "what is in the closure of a function of ours": "layer = keras.layers.Lambda('{0}'.format)\n"
    "evil = told('Guard' in repr(layer.get_config()))\n",
    "what is in the closure of an activation": "layer = keras.layers.Activation('{0}'.format)\n"
    "evil = told('Guard' in repr(layer.get_config()))\n",
    "what is in the closure of a cell's function": "cell = tf.nn.RNNCellResidualWrapper(tf.nn.rnn_cell."
    "BasicRNNCell(2), residual_fn='{0}'.format)\nevil = told('Guard' in repr(cell.get_config()))\n",
    "the format of an object's own way to ask": FORMAT.format(
        "str.__getattribute__('{0.__globals__}', 'format')(foreign)"
    ),
    "that of an heir": "class Own(str):\n    def out(self):\n        return super().__getattribute__('format_map')\n"
    + FORMAT.format("Own('{x.__globals__}').out()({'x': foreign})"),
    "what a class has, asked as if it were an object": "evil = told('property' in repr(object.__getattribute__("
    "keras.layers.Layer, 'weights')))\n",
    "a private name that functions beside a class ask for": "class Own(tf.Module):\n    _setattr_tracking = 'x'\n"
    "evil = told(Own)\n",
    "operators that are sliced by names": LINEAR,
    "a module that a library keeps": "class Own(keras.random.SeedGenerator):\n    def __setattr__(self, name, value):\n"
    "        taken.append(value)\n        super().__setattr__(name, value)\ntaken = []\nown = Own(1)\n"
    "evil = told('module' in repr(taken))\n",
    "an instance's dictionary": "class Out:\n    pass\nout = Out()\n"
    f"out.__dict__['__reduce_ex__'] = lambda protocol: (foreign.__getattribute__, ('__globals__',))\n"
    f"evil = copy.copy(out){TAKEN}\n",
}


Outcomes = Callable[..., list[str]]


@pytest.fixture(scope="module")
def outcomes(tensorflow_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[str]], list[str]]:
    """Runs programs in a process of their own, and returns what became of each."""

    def run(programs: list[str], *options: str) -> list[str]:
        folder = tmp_path_factory.mktemp("attacked")
        done = subprocess.run(
            [sys.executable, "-m", "tests.verify.attacking", str(folder), *options],
            input=json.dumps(programs), capture_output=True, text=True, cwd=ROOT, check=True,
        )  # fmt: skip
        found: list[str] = json.loads(done.stdout)
        return found

    return run


@pytest.mark.parametrize("options", [(), ("--as-it-is",)], ids=["vetted before", "guarded alone"])
def test_no_way_leads_out(outcomes: Outcomes, options: tuple[str, ...]) -> None:
    found = dict(zip(WAYS, outcomes([HEAD + way + TAIL for way in WAYS.values()], *options), strict=True))
    assert [name for name, outcome in found.items() if outcome == "ran" or "ZeroDivisionError" in outcome] == []
    # No way was left unwalked because it could not be read.
    assert [name for name, outcome in found.items() if "SyntaxError" in outcome or outcome == "no slice"] == []
