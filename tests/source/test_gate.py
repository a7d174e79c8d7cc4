"""What is dropped before it is interpreted says nothing that can pair; what could is kept."""

from __future__ import annotations

import ast

import pytest

from flake8_logits.domain.contracts import Expects
from flake8_logits.knowledge.catalogue import Row, rows
from flake8_logits.knowledge.rows import Loss, Metric, Sampler
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
    "loss = -(y * torch.log(net(x))).mean()",
    "def nll(p): return -p.log().sum()",
    "def entropy(p): return -jax.numpy.log(p).mean()",
    "loss = -tf.math.log(p)",
    "loss = -ops.log(p)",
    "def iou_loss(p, y): return (p * y).sum() / (p + y).sum()",
    "self.last = nn.Softmax(1); y = F.softmax(self.last(x), 1)",
    "self.softmax = nn.Sequential(nn.Linear(2, 2), nn.Softmax(1)); y = self.softmax(x)",
    "self.softmax = nn.Softmax(1)\ndef f(x): self.softmax(x)\ndef g(x): self.softmax(x)",
    "match x:\n case {**bce}: pass",
    "loss = 'dice'",
    "from losses import dice_indices",
    "def indice_dice(a): ...",
    "loss = 'bce_dice'",
    "metrics = ['categorical_accuracy']",
    "tf.random.categorical(z, 1)",
    "from torch.distributions import Categorical as C",
    "from keras import losses as metrics",
    "keras_hub.models.ImageClassifier.from_preset('resnet')",
    "CausalLM.from_preset(name)",
    "losses.get('mse')",
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
    "indices = tf.gather(INDICES, x)",
    "flow(class_mode='categorical'); to_categorical(y); trial.suggest_categorical('x', [])",
    "np.einsum('abce,abd->cd', x, y)",
    "raise ValueError('binary_crossentropy is not known')",
    "logger.log(loss); self.log('loss', x); wandb.log({'loss': x})",
    "scale = math.log(size); loss = 3",
    "scale = torch.log(size)",
    "torch.compile(net)",
    "from keras import losses, metrics as metrics",
    "class Task:\n  def from_preset(cls, classifier): ...",
    "Tokenizer.from_preset(name)",
    "self.softmax = Softmax(name='softmax')\ndef f(x): return self.softmax(x)",
]


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert may_meet([said_in(ast.parse(text).body)])


@pytest.mark.parametrize("text", DROPPED)
def test_dropped(text: str) -> None:
    assert not may_meet([said_in(ast.parse(text).body)])


def _reads_numbers(row: Row) -> bool:
    """Whether a row reads logits or probabilities, and is no softmax itself, which is told by a second one."""
    if isinstance(row, Sampler):
        return "softmax" not in row.name.lower()
    return isinstance(row, Metric) or (isinstance(row, Loss) and row.contract.expects is not Expects.SCORES)


_ALSO_OF_ANYTHING = {"jax.random.choice"}  # without probabilities that somebody names it draws evenly


@pytest.mark.parametrize("name", sorted({row.name for row in rows() if _reads_numbers(row)} - _ALSO_OF_ANYTHING))
def test_what_reads_numbers_is_kept(name: str) -> None:
    assert may_meet([said_in(ast.parse(f"import {name.partition('.')[0]}\nx = {name}(y)").body)])


def test_words_of_the_user_are_kept() -> None:
    assert may_meet([said_in(ast.parse("My_Head(x)").body)], ["my_head"])


def test_the_cells_of_a_notebook_are_one_program() -> None:
    cells = [said_in(ast.parse(text).body) for text in ("x = 'softmax'", "y = softmax(z)")]
    assert may_meet(cells)
    assert not may_meet(cells[:1])
