"""Every way that is known from a slice of PyTorch to arbitrary Python or memory, and that each leads nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import collections
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
foreign = nn.Linear.forward
target = [1, 2]
net = nn.Sequential(nn.Linear(2, 2))
def told(yes):
    return 1 // (not yes)
"""
TAIL = '\nmodel = evil\nmodel.compile("adam", loss="mse")\n'
DO = "__import__('os').system('touch marker')"
TAKEN = "['__builtins__']['__import__']('os').system('touch marker')"
EVIL = (
    "class Evil(dict, nn.Module):\n    def __init__(self):\n        nn.Module.__init__(self)\n"
    "        self.update(data=(id(target), False), shape=(2,), typestr='<i8', version=3)\n"
)
"""A module that is the dictionary which numpy takes for an array that lies at an address."""
ADDRESS = "{'data': (id(target), False), 'shape': (2,), 'typestr': '<i8', 'version': 3}"
READ = "evil = told(np.asarray(holder).shape == (2,))\n"
CONSTRAINT = (
    "taken = []\nclass Constraint:\n    def check(self, value):\n        taken.append(value)\n"
    "        return torch.ones(1).bool()\nConstraint().check(1)\n"
)
"""What is handed each parameter of a distribution."""

WAYS = {
    "a file of numbers is written": "torch.save({}, 'marker')\nevil = 1\n",
    "a file is loaded": "evil = told('made up' not in repr(torch.load('/etc/passwd')))\n",
    "a repository is loaded": "evil = torch.hub.load('.', 'entry', source='local')\n",
    "C++ is compiled": "evil = torch.utils.cpp_extension.load_inline('x', '', functions=[])\n",
    "a library is loaded": "evil = torch.ops.load_library('marker')\n",
    "a script is compiled": f"evil = torch.jit.CompilationUnit({DO!r})\n",
    "a module in a module": "evil = torch.os.system('touch marker')\n",
    "a module in the functions": "evil = F.importlib.import_module('os').system('touch marker')\n",
    "a module by getattr": "evil = getattr(getattr(nn.init, 'torch'), 'os').system('touch marker')\n",
    "a module behind a function": f"evil = F.relu.__globals__{TAKEN}\n",
    "a module behind what is wrapped": f"evil = torch.relu.__wrapped__.__self__.__globals__{TAKEN}\n",
    "a module behind a method": f"evil = foreign.__globals__{TAKEN}\n",
    "a module behind a bound method": f"evil = net.forward.__func__.__globals__{TAKEN}\n",
    "a module behind a node of the graph": f"evil = net(torch.ones(1, 2)).grad_fn.apply.__globals__{TAKEN}\n",
    "a name by get_submodule": f"evil = net.get_submodule('forward.__globals__'){TAKEN}\n",
    "a hook": f"evil = net.register_forward_hook(lambda *given: {DO})\nnet(torch.ones(1, 2))\n",
    "memory by a module of a dictionary": EVIL + "holder = nn.Sequential(collections.OrderedDict("
    f"[('__array_interface__', Evil())]))\n{READ}",
    "memory by a module that is added": EVIL + "holder = nn.Sequential()\n"
    f"holder.add_module('__array_interface__', Evil())\n{READ}",
    "memory by a module that is made otherwise": EVIL.replace(
        "nn.Module.__init__(self)", "super(dict, self).__init__()"
    )
    + f"holder = nn.Sequential()\nholder.add_module('__array_interface__', Evil())\n{READ}",
    "memory by a dictionary of modules": EVIL + f"holder = nn.ModuleDict({{'__array_interface__': Evil()}})\n{READ}",
    "memory by a dictionary of weights": f"holder = nn.ParameterDict({{'__array_interface__': {ADDRESS}}})\n{READ}",
    "memory by an attribute": f"holder = nn.Sequential()\nsetattr(holder, '__array_interface__', {ADDRESS})\n{READ}",
    "memory by a name that is like a text": EVIL + "class Name(str):\n    def endswith(self, text):\n"
    "        return False\nholder = nn.Sequential()\n"
    f"holder.add_module(Name('__array_interface__'), Evil())\n{READ}",
    "memory by a tensor of it": EVIL + "holder = nn.ModuleDict({'__array_interface__': Evil()})\n"
    "evil = told(torch.as_tensor(holder).shape == (2,))\n",
    "memory by a storage": "evil = told(torch.ones(1).set_(torch.UntypedStorage.from_file('/etc/passwd')).numel())\n",
    "memory by its address": "evil = told(torch.ones(1).data_ptr() > 10 ** 6)\n",
    "memory behind a tensor": "evil = told(torch.ones(1).as_strided((1,), (1,), 10 ** 4).numel() == 1)\n",
    "names that a recurrent layer looks up": "class Evil(nn.LSTM):\n    def take(self, name):\n"
    "        self._flat_weights = []\n        self._flat_weights_names = [name]\n        try:\n"
    "            self.double()\n        except TypeError:\n            pass\n        return self._flat_weights[0]\n"
    "evil = told('bound method' in repr(Evil(2, 3).take('register_forward_hook')))\n",
    "an index of a list of weights that is a name": "class Evil(nn.ParameterList):\n"
    "    def _get_abs_string_index(self, index):\n        return index\n"
    "evil = told('bound method' in repr(Evil()['register_forward_hook']))\n",
    "the parameters of a distribution": CONSTRAINT + "class Evil(torch.distributions.Distribution):\n"
    "    arg_constraints = {'__setattr__': Constraint()}\nEvil(validate_args=True)\n"
    "evil = told('method-wrapper' in repr(taken))\n",
    "the parameters of a function": CONSTRAINT + "def own():\n    pass\n"
    "own.arg_constraints = {'__setattr__': Constraint()}\ntry:\n"
    "    torch.distributions.Distribution.__init__(own, validate_args=True)\nexcept Exception:\n    pass\n"
    "evil = told('method-wrapper' in repr(taken))\n",
    "the class that a lazy module becomes": "class Evil(nn.LazyLinear):\n    cls_to_become = nn.LSTM\nlayer = Evil(2)\n"
    "layer(torch.ones(1, 2))\nevil = told(type(layer) is nn.LSTM)\n",
    "the class of a class": f"evil = type(nn.Linear)('F', (), {{'__array_interface__': {ADDRESS}}})\n",
}


@pytest.mark.parametrize("prepared", [("--torch",), ()], ids=["for PyTorch", "for another framework"])
@pytest.mark.parametrize("options", [(), ("--as-it-is",)], ids=["vetted before", "guarded alone"])
def test_no_way_leads_out(torch: Any, tmp_path: Path, options: tuple[str, ...], prepared: tuple[str, ...]) -> None:
    programs = [HEAD + way + TAIL for way in WAYS.values()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.verify.attacking", str(tmp_path), *prepared, *options],
        input=json.dumps(programs), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    found = dict(zip(WAYS, json.loads(done.stdout), strict=True))
    assert [name for name, outcome in found.items() if outcome == "ran" or "ZeroDivisionError" in outcome] == []
    assert [name for name, outcome in found.items() if "SyntaxError" in outcome or outcome == "no slice"] == []
