"""Whatever a program says and wherever it says it, nothing that is not allowed is called when its slice is run.

The slices are run here with libraries that are made of nothing, under a hook that hears of every file, process and
socket before there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import MagicMock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_logits.verify.child import running
from flake8_logits.verify.child.made import Depends
from flake8_logits.verify.child.running import NotReached, Program
from tests.verify.programs import cut_at_compile

EVIL = (
    "os.system('touch canary')",
    "open('canary', 'w')",
    "open('canary', 'w').write('x')",
    "subprocess.run(['touch', 'canary'])",
    "requests.get('http://localhost:9')",
    'eval(\'__import__("os").system("touch canary")\')',
    'exec(\'open("canary", "w")\')',
    "__import__('os').system('touch canary')",
    "getattr(os, 'system')('touch canary')",
    "getattr(__builtins__, 'open')('canary', 'w')",
    "globals()['__builtins__']['open']('canary', 'w')",
    "(lambda: os.remove('canary'))()",
    "[open(name, 'w') for name in ('canary',)]",
    "().__class__.__base__.__subclasses__()",
    "np.save('canary', np.zeros(3))",
    "np.zeros(3).tofile('canary')",
    "np.lib.format.open_memmap('canary', 'w+', shape=(3,))",
    "np.load('canary', allow_pickle=True)",
    "tf.io.write_file('canary', 'x')",
    "tf.io.gfile.GFile('canary', 'w')",
    "tf.py_function(os.system, ['touch canary'], tf.int32)",
    "tf.keras.utils.get_file('canary', 'http://localhost:9')",
    "tf.raw_ops.WriteFile(filename='canary', contents='x')",
    "keras.models.load_model('canary')",
    "__library__('os', 'os').system('touch canary')",
    "__guarded__('getattr', os, 'system')('touch canary')",
    "run('touch canary')",
    "harmless.system('touch canary')",
    "layers.os.system('touch canary')",
    "keras.src.utils.file_utils.os.system('touch canary')",
    "shutil.rmtree('canary')",
    "socket.create_connection(('localhost', 9))",
    "pickle.loads(b'cos\\nsystem\\n(S\\'touch canary\\'\\ntR.')",
    "ctypes.CDLL(None).system(b'touch canary')",
    "map(os.system, ['touch canary'])",
    "functools.partial(os.system, 'touch canary')()",
    "operator.methodcaller('system', 'touch canary')(os)",
    "sys.modules['os'].system('touch canary')",
    "print.__self__.open('canary', 'w')",
    "dense.__init__.__globals__['os'].system('touch canary')",
    "type('X', (), {})",
    "(yes := os.system)('touch canary')",
    "f\"{os.system('touch canary')}\"",
    "os.environ.__class__",
    "setattr(layers, 'Dense', os.system)",
    "breakpoint()",
    "input()",
)

HEAD = """
import ctypes, functools, operator, os, pickle, shutil, socket, subprocess, sys
import requests
import numpy as np
import tensorflow as tf
import keras
from keras import layers
from os import system as run
import os as harmless
dense = layers.Dense(3)
"""
MODEL = "keras.Sequential([layers.Dense({units})])"
COMPILE = 'model.compile("adam", loss="sparse_categorical_crossentropy")\n'

CONTEXTS = {
    "argument": HEAD + f"model = {MODEL.format(units='10, name=EVIL')}\n{COMPILE}",
    "decorator": HEAD + f"@EVIL\ndef build():\n    return {MODEL.format(units=10)}\nmodel = build()\n{COMPILE}"
    f"model = {MODEL.format(units=10)}\n{COMPILE}",
    "default": HEAD
    + f"def build(units=10, other=EVIL):\n    return {MODEL.format(units='units')}\nmodel = build()\n{COMPILE}",
    "class body": HEAD
    + "class Net(keras.Model):\n    evil = EVIL\n    def __init__(self):\n        super().__init__()\n"
    f"        self.head = layers.Dense(10)\n    def call(self, x):\n        return self.head(x)\n"
    f"model = Net()\n{COMPILE}",
    "base": HEAD + "class Net(keras.Model, metaclass=EVIL):\n    def __init__(self):\n        super().__init__()\n"
    f"        self.head = layers.Dense(10)\n    def call(self, x):\n        return self.head(x)\n"
    f"model = Net()\n{COMPILE}"
    f"model = {MODEL.format(units=10)}\n{COMPILE}",
    "lambda": HEAD + f"size = lambda evil=EVIL: (EVIL, 10)[1]\nmodel = {MODEL.format(units='size()')}\n{COMPILE}"
    f"model = {MODEL.format(units='10, name=size()')}\n{COMPILE}",
    "annotation": HEAD + f"def build(units: EVIL) -> EVIL:\n    x: EVIL = 10\n    return {MODEL.format(units='x')}\n"
    f"model = build(10)\n{COMPILE}",
    "comprehension": HEAD + "model = keras.Sequential([layers.Dense(10, name=str(EVIL)) for _ in [EVIL] * 1]"
    f" + [layers.Dense(10)])\n{COMPILE}",
    "condition": HEAD
    + f"if EVIL:\n    units = 10\nelse:\n    units = 20\nmodel = {MODEL.format(units='units')}\n{COMPILE}",
    "statement": HEAD
    + f"EVIL\nmodel = {MODEL.format(units=10)}\nEVIL\nmodel.add(layers.Dense(10, name=str(EVIL)))\n{COMPILE}",
    "loop": HEAD + f"for evil in [EVIL]:\n    name = evil\nmodel = {MODEL.format(units='10, name=name')}\n{COMPILE}",
    "with": HEAD + f"with EVIL as evil:\n    model = {MODEL.format(units='10, name=evil')}\n    {COMPILE}",
    "alias": HEAD + f"alias = EVIL\nother = alias\nmodel = {MODEL.format(units='10, name=other')}\n{COMPILE}",
    "property": HEAD
    + "class Config:\n    @property\n    def name(self):\n        return EVIL\n    def __getattr__(self, x):\n"
    f"        return EVIL\nconfig = Config()\nmodel = {MODEL.format(units='10, name=config.name')}\n{COMPILE}",
    "receiver": HEAD
    + f"def build(evil):\n    model = {MODEL.format(units=10)}\n    {COMPILE}    return model\nbuild(EVIL).fit(EVIL)\n",
    "handler": HEAD + f"try:\n    name = EVIL\nexcept BaseException:\n    name = EVIL\nfinally:\n    EVIL\n"
    f"model = {MODEL.format(units='10, name=name')}\n{COMPILE}",
}

_HEARD: list[str] = []
_LISTENING = [False]
_ALARMING = ("os.", "subprocess.", "socket.", "shutil.", "ctypes.", "pickle.", "builtins.input", "builtins.breakpoint")


def _listen(event: str, args: tuple[Any, ...]) -> None:
    if not _LISTENING[0]:
        return
    if event.startswith(_ALARMING) or (event == "open" and "canary" in str(args[0])):
        _HEARD.append(f"{event} {args}")
        raise PermissionError(event)


sys.addaudithook(_listen)


@contextmanager
def _made_of_nothing() -> Iterator[None]:
    """Libraries that accept everything and do nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "library", lambda dotted, spelt: _Nothing())
        yield


class _Nothing(MagicMock):
    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (object,)


def _run(text: str) -> None:
    """Run every slice of a program, and fail if anything was heard of."""
    for one in cut_at_compile(text):
        _HEARD.clear()
        with _made_of_nothing():
            _LISTENING[0] = True
            try:
                Program(list(one.sources), False).run()
            except (Exception, Depends, NotReached):
                pass
            finally:
                _LISTENING[0] = False
        assert _HEARD == [], one.sources[0]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("evil", EVIL)
def test_nothing_is_done(context: str, evil: str) -> None:
    _run(CONTEXTS[context].replace("EVIL", evil))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(EVIL), min_size=2, max_size=3), st.sampled_from(sorted(CONTEXTS)), st.data())
def test_nothing_is_done_where_evils_are_nested(evils: list[str], context: str, data: st.DataObject) -> None:
    shapes = (
        "[{}, {}][0]",
        "({}) or ({})",
        "dict(a={}, b={})",
        "max({}, {})",
        "(lambda *a: a)({}, {})",
        "str({}) + str({})",
    )
    expression = evils[0]
    for other in evils[1:]:
        expression = data.draw(st.sampled_from(shapes)).format(expression, other)
    _run(CONTEXTS[context].replace("EVIL", expression))


def test_hook_hears_what_it_should(tmp_path: Any) -> None:
    _HEARD.clear()
    _LISTENING[0] = True
    try:
        with pytest.raises(PermissionError):
            open(tmp_path / "canary", "w")  # noqa: SIM115
    finally:
        _LISTENING[0] = False
    assert _HEARD
