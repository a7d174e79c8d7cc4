"""What is dropped before it is interpreted says nothing that can pair; what could is kept."""

from __future__ import annotations

import ast

import pytest

from flake8_logits.source.gate import may_meet, said_in

KEPT = [
    "model.compile(loss='mse')",
    "fit = model.compile",
    "super().compile(loss)",
    "fn = tf.nn.softmax_cross_entropy_with_logits\nfn(a, b)",
    "from keras.losses import Huber as H",
    "import keras.metrics as m",
    "keras.metrics.AUC()",
    "metrics.AUC()",
    "loss = {'from_logits': True}",
    "f(from_logits=x)",
    "def focal(a): ...",
    "class DiceLoss: ...",
    "x = f'{a}_crossentropy'",
    "softmax(x); y = 'softmax'",
    "softmax(applications.ResNet50())",
    "from keras.applications import VGG16\nsoftmax(VGG16())",
    "self.softmax = nn.Softmax(1); y = self.softmax(self.softmax(x))",
    "softmax = nn.Softmax(1); y = softmax(F.softmax(x, 1))",
    "p = softmax(z, 0).gather(1, a); loss = -torch.log(p)",
    "self.last = nn.Softmax(1); y = F.softmax(self.last(x), 1)",
    "self.softmax = nn.Sequential(nn.Linear(2, 2), nn.Softmax(1)); y = self.softmax(x)",
    "self.softmax = nn.Softmax(1)\ndef f(x): self.softmax(x)\ndef g(x): self.softmax(x)",
    "match x:\n case {**bce}: pass",
]
DROPPED = [
    "",
    "'''model.compile(loss=categorical_crossentropy)'''",
    "def f():\n  '''from_logits'''\n  # softmax softmax",
    "re.compile('x'); compile(a, b, 'exec')",
    "def f(losses, metrics=None): self.metrics = metrics; g(metrics=losses)",
    "help = 'a list of metrics'",
    "layer(activation='softmax')",
    "from torch import softmax\nsoftmax(x)",
    "def softmax(x): return x\nsoftmax(x)",
    "self.softmax = nn.Softmax(1)\ndef f(x): self.softmax(x)",
    "sigmoid = torch.sigmoid(x)\nprint(sigmoid)",
]


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert may_meet([said_in(ast.parse(text).body)])


@pytest.mark.parametrize("text", DROPPED)
def test_dropped(text: str) -> None:
    assert not may_meet([said_in(ast.parse(text).body)])


def test_words_of_the_user_are_kept() -> None:
    assert may_meet([said_in(ast.parse("My_Head(x)").body)], ["my_head"])


def test_the_cells_of_a_notebook_are_one_program() -> None:
    cells = [said_in(ast.parse(text).body) for text in ("x = 'softmax'", "y = softmax(z)")]
    assert may_meet(cells)
    assert not may_meet(cells[:1])
