"""What is put in the place of something of a library, or of the program itself, is not known from there on."""

from __future__ import annotations

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.source.documents import python_document

HEAD = """\
import torch
from torch import nn
import torch.nn.functional as F
x, y = torch.randn(8, 4), torch.randint(0, 3, (8,))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
        self.act = nn.Softmax(dim=1)
    def forward(self, x):
        return self.act(self.fc(x))
"""
PATCHED = {
    "a method of a library's class": """\
nn.Softmax.forward = lambda self, x: x
nn.CrossEntropyLoss()(Net()(x), y)
""",
    "a class of which there is an instance": """\
net = Net()
nn.Softmax.forward = lambda self, x: x
nn.CrossEntropyLoss()(net(x), y)
""",
    "while a context lasts, by name": """\
from unittest import mock
with mock.patch("torch.nn.functional.softmax", lambda x, *a, **k: x):
    nn.CrossEntropyLoss()(F.softmax(nn.Linear(4, 3)(x), dim=1), y)
""",
    "while a context lasts, on a module": """\
from unittest import mock
with mock.patch.object(F, "softmax", lambda x, *a, **k: x):
    nn.CrossEntropyLoss()(F.softmax(nn.Linear(4, 3)(x), dim=1), y)
""",
    "by a decorator": """\
from unittest.mock import patch
@patch("torch.softmax", lambda x, *a, **k: x)
def test():
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
test()
""",
    "by a mock": """\
from unittest.mock import patch
@patch.object(torch, "softmax")
def test(sm):
    sm.side_effect = lambda z, d: z
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
test()
""",
    "by a fixture, on a module": """\
def test(monkeypatch):
    monkeypatch.setattr(torch, "softmax", lambda x, *a, **k: x)
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
""",
    "by a fixture, by name": """\
def test(monkeypatch):
    monkeypatch.setattr("torch.softmax", lambda x, *a, **k: x)
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
""",
    "by setattr": """\
setattr(F, "softmax", lambda x, dim=None: x)
nn.CrossEntropyLoss()(F.softmax(nn.Linear(4, 3)(x), dim=1), y)
""",
    "a method of tensors": """\
torch.Tensor.softmax = lambda x, d: x
nn.CrossEntropyLoss()(nn.Linear(4, 3)(x).softmax(1), y)
""",
    "how all modules of a library are called": """\
called = nn.Module.__call__
nn.Module.__call__ = lambda self, x: torch.log(called(self, x)) if isinstance(self, Net) else called(self, x)
nn.CrossEntropyLoss()(Net()(x), y)
""",
    "how all modules of a library are called, by a name": """\
setattr(torch.nn.Module, "__call__", lambda self, x: torch.log(self.forward(x)))
net = Net()
nn.CrossEntropyLoss()(net(x), y)
""",
    "a hook of all modules": """\
nn.modules.module.register_module_forward_hook(lambda module, given, found: torch.log(found))
nn.CrossEntropyLoss()(Net()(x), y)
""",
    "a hook of a loss": """\
loss = nn.CrossEntropyLoss()
loss.register_forward_pre_hook(lambda module, given: (torch.log(given[0]), given[1]))
loss(Net()(x), y)
""",
    "in a function": """\
def patch_all():
    nn.Softmax.forward = lambda self, x: x
patch_all()
nn.CrossEntropyLoss()(Net()(x), y)
""",
    "what is new is a keyword": """\
from unittest.mock import patch
class T:
    @patch("torch.nn.functional.softmax", new=lambda x, dim=None: x)
    def test(self):
        nn.CrossEntropyLoss()(F.softmax(nn.Linear(4, 3)(x), dim=1), y)
T().test()
""",
    "started by hand": """\
from unittest.mock import patch
p = patch("torch.softmax", lambda x, *a, **k: x)
p.start()
nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
p.stop()
""",
    "a method of a library's class, on it": """\
from unittest.mock import patch
with patch.object(nn.Softmax, "forward", lambda self, z: z):
    nn.CrossEntropyLoss()(Net()(x), y)
""",
    "on the program's own class": """\
from unittest.mock import patch
with patch.object(Net, "forward", lambda self, z: self.fc(z)):
    nn.CrossEntropyLoss()(Net()(x), y)
""",
    "on a model": """\
from unittest.mock import patch
net = Net()
with patch.object(net, "act", nn.Identity()):
    nn.CrossEntropyLoss()(net(x), y)
""",
    "on the program's own class, by name": """\
from unittest.mock import patch
with patch("__main__.Net.forward", lambda self, z: self.fc(z)):
    nn.CrossEntropyLoss()(Net()(x), y)
""",
    "a class by another name": """\
from torch.nn import Softmax
Softmax.forward = lambda self, z: z
nn.CrossEntropyLoss()(Net()(x), y)
""",
    "by the fixture of another package": """\
def test(mocker):
    mocker.patch("torch.softmax", side_effect=lambda z, d: z)
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
""",
    "by the fixture of another package, on a module": """\
def test(mocker):
    mocker.patch.object(torch, "softmax", side_effect=lambda z, d: z)
    nn.CrossEntropyLoss()(torch.softmax(nn.Linear(4, 3)(x), 1), y)
""",
    "by a fixture, on the program's own class": """\
def test(monkeypatch):
    monkeypatch.setattr(Net, "forward", lambda self, z: self.fc(z))
    nn.CrossEntropyLoss()(Net()(x), y)
""",
    "by a fixture, on a model": """\
def test(monkeypatch):
    net = Net()
    monkeypatch.setattr(net, "act", nn.Identity())
    nn.CrossEntropyLoss()(net(x), y)
""",
}


@pytest.mark.parametrize("program", PATCHED.values(), ids=PATCHED)
def test_what_is_patched_is_not_known(program: str) -> None:
    assert analyse(python_document("x.py", (HEAD + program).encode())).diagnostics == ()


def test_reason_names_the_class_that_is_called_otherwise() -> None:
    program = "nn.Module.__call__ = print\nnn.CrossEntropyLoss()(Net()(x), y)\n"
    found = analyse(python_document("x.py", (HEAD + program).encode()))
    assert [site.detail for site in found.unknowns] == ["torch.nn.Module"]
