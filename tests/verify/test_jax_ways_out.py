"""Every way that is known from a slice for JAX to arbitrary Python or memory, and that each leads nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import dataclasses
import functools
import numpy as np
import equinox as eqx
import flax.linen as nn
import haiku as hk
import jax
import jax.numpy as jnp
from flax import nnx
from flax.training.train_state import TrainState
target = [1, 2]
dense = nn.Dense(3)
class Own(nn.Module):
    size: int = 3
    def __call__(self, x):
        return x
own = Own()
def told(yes):
    return 1 // (not yes)
"""
TAIL = '\nmodel = evil\nmodel.compile("adam", loss="mse")\n'
DO = "__import__('os').system('touch marker')"
TAKEN = "['__builtins__']['__import__']('os').system('touch marker')"
ADDRESS = "{'data': (id(target), False), 'shape': (2,), 'typestr': '<i8', 'version': 3}"
VARIABLE = "class Own(nnx.Param):\n    {}\nheld = Own(np.zeros(3))\n"
HANDED_ON = "evil = told('built-in' in repr(held.tofile))\n"
INDEX = "class Index(int):\n    def __str__(self):\n        return '{}'\nlayers = nnx.Sequential(jax.nn.relu).layers\n"
"""A list, and what is a number to it, whose text is a name."""
READ = "evil = told(np.asarray(holder).shape == (2,))\n"

WAYS = {
    "an array is written": "jnp.save('marker', jnp.ones(1))\nevil = 1\n",
    "an array is read": "evil = told('made up' not in repr(jnp.load('/etc/passwd')))\n",
    "a file is mapped": "evil = told('made up' not in repr(jnp.fromfile('/etc/passwd', dtype=jnp.int8)))\n",
    "a tree is read": "evil = told('made up' not in repr(eqx.tree_deserialise_leaves('/etc/passwd', own)))\n",
    "Python is called back": f"evil = jax.pure_callback(lambda: {DO}, jnp.ones(1))\n",
    "Python is called in between": f"evil = jax.debug.callback(lambda: {DO})\n",
    "a module in a module": "evil = jax.os.system('touch marker')\n",
    "a module in the layers": "evil = getattr(nn, 'module').importlib.import_module('os').system('touch marker')\n",
    "a module in Equinox": "evil = eqx.importlib.import_module('os').system('touch marker')\n",
    "a module behind a function": f"evil = jax.nn.relu.__globals__{TAKEN}\n",
    "a module behind what is wrapped": f"evil = jax.nn.softmax.__wrapped__.__globals__{TAKEN}\n",
    "a module behind a method": f"evil = dense.apply.__func__.__globals__{TAKEN}\n",
    "a module behind a transformation": f"evil = hk.transform(lambda x: x).apply.__globals__{TAKEN}\n",
    "a module behind a compiled function": f"evil = jax.jit(lambda x: x).__wrapped__.__globals__{TAKEN}\n",
    "a name that apply asks for": f"evil = own.apply({{}}, '__init__', method='__getattribute__').__globals__{TAKEN}\n",
    "memory by a name that apply calls": f"own.apply({{}}, '__array_interface__', {ADDRESS}, method='__setattr__')\n"
    f"holder = own\n{READ}",
    "memory by a name that init calls": "own.init(jax.random.PRNGKey(0), '__array_interface__', "
    f"{ADDRESS}, method='__setattr__')\nholder = own\n{READ}",
    "memory by a name that is like a text": "class Name(str):\n    def startswith(self, text):\n        return False\n"
    f"own.apply({{}}, '__array_interface__', {ADDRESS}, method=Name('__setattr__'))\nholder = own\n{READ}",
    "a method by its name that is not listed": "evil = told('Summary' in repr(nn.Dense(3).apply({}, "
    "jax.random.PRNGKey(0), jnp.ones((1, 2)), method='tabulate')))\n",
    "memory by init with its output": "own.init_with_output(jax.random.PRNGKey(0), '__array_interface__', "
    f"{ADDRESS}, method='__setattr__')\nholder = own\n{READ}",
    "memory by an attribute": "class Holder(nnx.Module):\n    pass\nholder = Holder()\n"
    f"setattr(holder, '__array_interface__', {ADDRESS})\n{READ}",
    "memory by a field": "class Holder(eqx.Module):\n    __array_interface__: dict\n"
    f"holder = Holder({ADDRESS})\n{READ}",
    "memory by a variable": f"holder = nnx.Param(1, **{{'__array_interface__': {ADDRESS}}})\n{READ}",
    "what a library keeps, by a field": "class Holder(nn.Module):\n    _state: object = None\n"
    "evil = told(dataclasses.asdict(Holder())['_state'] is not None)\n",
    "what a library keeps, by a field that is annotated": "class Holder(nn.Module):\n    _state: object\n"
    "evil = told('children' in repr(Holder(1)._state))\n",
    "what a library keeps, by a name that is like a field": "class Name(str):\n    def __eq__(self, other):\n"
    "        return True\n    def __hash__(self):\n        return hash('_id')\n"
    "class Holder(nn.Module):\n    __annotations__ = {Name('size'): object}\n"
    "    def out(self):\n        return self._id\n"
    "evil = told('made up' not in repr(Holder(1).out()))\n",
    "an annotation that is evaluated": f"T = {DO!r}\nclass Evil(nnx.Module):\n    x: T\nevil = 1\n",
    "an annotation that is text within": f"T = {DO!r}\nclass Evil(nnx.Module):\n    x: list[T]\nevil = 1\n",
    "memory by a variable that is kept": f"holder = nnx.Linear(2, 3, rngs=nnx.Rngs(0))\n"
    f"holder.sow(lambda value: {ADDRESS}, '__array_interface__', 1)\n{READ}",
    "memory by what is written beside a variable": "layer = nnx.Linear(2, 3, rngs=nnx.Rngs(0), kernel_metadata="
    f"{{'__array_interface__': {ADDRESS}}})\ntaken = []\njax.tree_util.tree_leaves(layer, is_leaf=taken.append)\n"
    "evil = told((2,) in [np.asarray(one).shape for one in taken if isinstance(one, nnx.Param)])\n",
    "memory by the keywords of a variable": "later = functools.partial(nnx.Param, 1)\n"
    f"later.keywords['__array_interface__'] = {ADDRESS}\nholder = later()\n{READ}",
    "memory by the keywords of a state": "later = functools.partial(TrainState.create)\n"
    f"later.keywords['__array_interface__'] = {ADDRESS}\nholder = later()\n{READ}",
    "a name that a norm looks up": "class Own(eqx.Module):\n    tabulate: object\n"
    "class Takes:\n    def __rmul__(self, other):\n        taken.append(other)\n        return 1\n"
    "norm = eqx.nn.WeightNorm(Own(jnp.ones((3, 2))), 'tabulate')\ntaken = []\n"
    "norm = jax.tree_util.tree_map(lambda one: dense if isinstance(one, Own) else Takes(), norm, "
    "is_leaf=lambda one: isinstance(one, Own))\n"
    "try:\n    norm(jnp.ones(2))\nexcept TypeError:\n    pass\nevil = told('method' in repr(taken))\n",
    "memory by an index of a list": f"{INDEX.format('__dict__')}held = layers[Index()]\n"
    f"held['__array_interface__'] = {ADDRESS}\nholder = layers\n{READ}",
    "a method by an index of a list": f"{INDEX.format('set_attributes')}"
    "evil = told('method' in repr(layers[Index()]))\n",
    "what a library keeps, by an index of a list": f"{INDEX.format('_pytree__nodes')}layers[Index()] = told\n"
    "evil = told(layers[Index()] is told)\n",
    "a class of a library, by a method that keeps variables": "class Own(nnx.Param):\n    pass\nkind = nn.Dense\n"
    "evil = told(nnx.Module.sow(kind, Own, 'kept', 1) is True)\n",
    "what a variable hands on of a name that is deleted": VARIABLE.format("pass")
    + "try:\n    del held.tofile\nexcept AttributeError:\n    pass\n"
    + HANDED_ON,
    "what a variable hands on of a name that is not kept": VARIABLE.format(
        "def __setattr__(self, name, value):\n        pass"
    )
    + "held.tofile = 1\n"
    + HANDED_ON,
    "what a variable hands on for a property": VARIABLE.format(
        "@property\n    def tofile(self):\n        raise AttributeError('tofile')"
    )
    + HANDED_ON,
    "what a variable hands on above a class": VARIABLE.format(
        "tofile = 1\n    def out(self):\n        return super().__getattr__('tofile')"
    )
    + "evil = told('built-in' in repr(held.out()))\n",
    "what a variable hands on to a class": VARIABLE.format("tofile = 1")
    + "evil = told('built-in' in repr(nnx.Param.__getattr__(held, 'tofile')))\n",
    "the function of a method": "class Own(eqx.Module):\n    def out(self):\n        pass\n"
    "evil = told('function' in repr(dataclasses.asdict(Own().out)))\n",
    "the fields of a layer": "evil = told(callable(dataclasses.astuple(dense)[3]))\n",
    "a layer within the fields of the program": "@dataclasses.dataclass\nclass Own:\n    x: object\n"
    "evil = told('kernel_init' in repr(dataclasses.asdict(Own([dense]))))\n",
    "the class of a class": f"evil = type(nn.Dense)('F', (), {{'__array_interface__': {ADDRESS}}})\n",
}


@pytest.mark.parametrize("options", [(), ("--as-it-is",)], ids=["vetted before", "guarded alone"])
def test_no_way_leads_out(jax: Any, tmp_path: Path, options: tuple[str, ...]) -> None:
    programs = [HEAD + way + TAIL for way in WAYS.values()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.verify.attacking", str(tmp_path), "--jax", *options],
        input=json.dumps(programs), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    found = dict(zip(WAYS, json.loads(done.stdout), strict=True))
    assert [name for name, outcome in found.items() if outcome == "ran" or "ZeroDivisionError" in outcome] == []
    assert [name for name, outcome in found.items() if "SyntaxError" in outcome or outcome == "no slice"] == []
