"""A finding means that all that can arrive clashes: where it may be something that is not known, nothing is said.

Each reading is found at fault when it is given what a model gives, and left alone as soon as one way leads something
else there: through a branch, another call of the same function, another turn of a loop, another state of an object.
"""

from __future__ import annotations

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.unknown import Reason
from flake8_logits.source.documents import python_document

_SOMEBODY = "from somewhere import Thing, act, box, flag, kept, key, labels, q, somebody, table, x\n"
_KERAS = (
    "import keras\nimport numpy as np\nimport tensorflow as tf\nimport tensorflow_probability as tfp\n"
    + _SOMEBODY
    + "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense({units}{more})])\n"
)
_LOGITS, _SOFTMAX = _KERAS.format(units=3, more=""), _KERAS.format(units=3, more=", activation='softmax'")
_TRAINED = (
    _LOGITS + "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))\nmodel.fit(x, labels)\n"
)
_ONE = _KERAS.format(units=1, more=", activation='sigmoid'") + "model.compile('adam', 'binary_crossentropy')\n"
_TORCH = (
    "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n"
    + _SOMEBODY
    + "model = nn.Sequential(nn.Linear(4, 3){more})\n"
)
_SCORES, _SHARES = _TORCH.format(more=""), _TORCH.format(more=", nn.Softmax(1)")
_LEARNT = _SCORES + "nn.CrossEntropyLoss()(model(x), labels)\n"
_JAX = (
    "import jax\nimport jax.numpy as jnp\nimport optax\nfrom flax import linen as nn\n"
    + _SOMEBODY
    + "class Net(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        return {given}\n"
    + "net = Net()\nweights = net.init(key, x)\ndef model(x):\n    return net.apply(weights, x)\n"
)
_FLAX, _FLAX_SOFTMAX = _JAX.format(given="nn.Dense(3)(x)"), _JAX.format(given="nn.softmax(nn.Dense(3)(x))")

READINGS = {
    "loss object": (_LOGITS, "keras.losses.CategoricalCrossentropy()(labels, p)", "LGT101"),
    "loss function": (_LOGITS, "keras.losses.categorical_crossentropy(labels, p)", "LGT101"),
    "function of logits": (_SOFTMAX, "tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=p)", "LGT103"),
    "targets": (_LOGITS, "keras.losses.CategoricalCrossentropy(from_logits=True)(p, q)", "LGT210"),
    "targets of a function": (_LOGITS, "tf.nn.softmax_cross_entropy_with_logits(labels=p, logits=q)", "LGT210"),
    "labels as predictions": (_SOFTMAX, "keras.losses.categorical_crossentropy(p, labels)", "LGT211"),
    "metric": (_TRAINED, "keras.metrics.AUC()(labels, p)", "LGT302"),
    "softmax again": (_SOFTMAX, "tf.nn.softmax(p)", "LGT401"),
    "draw": (_SOFTMAX, "tf.random.categorical(p, 1)", "LGT402"),
    "distribution": (_LOGITS, "tfp.distributions.Categorical(probs=p)", "LGT404"),
    "comparison": (_TRAINED, "p > 0.5", "LGT403"),
    "rounding": (_TRAINED, "np.round(p)", "LGT403"),
    "largest of one": (_ONE, "np.argmax(p, axis=-1)", "LGT405"),
    "largest of one, a method": (_ONE, "p.argmax(axis=-1)", "LGT405"),
    "logarithm": (_TRAINED, "-tf.reduce_mean(labels * tf.math.log(p + 1e-7))", "LGT209"),
    "overlap": (_TRAINED, "1 - 2 * tf.reduce_sum(labels * p) / (tf.reduce_sum(labels) + tf.reduce_sum(p))", "LGT209"),
    "torch: loss": (_SHARES, "F.cross_entropy(p, labels)", "LGT103"),
    "torch: loss module": (_SCORES, "nn.BCELoss()(p, labels)", "LGT101"),
    "torch: log-probabilities": (_SCORES, "F.nll_loss(p, labels)", "LGT104"),
    "torch: targets": (_SCORES, "F.kl_div(F.log_softmax(q, 1), p)", "LGT210"),
    "torch: comparison": (_LEARNT, "p > 0.5", "LGT403"),
    "torch: comparing method": (_LEARNT, "p.ge(0.5)", "LGT403"),
    "torch: comparing function": (_LEARNT, "torch.gt(p, 0.5)", "LGT403"),
    "torch: rounding method": (_LEARNT, "p.round()", "LGT403"),
    "torch: logarithm": (_LEARNT, "(-(labels * torch.log(p + 1e-7)).mean()).backward()", "LGT209"),
    "torch: logarithm, a method": (_LEARNT, "(-(labels * p.log()).mean()).backward()", "LGT209"),
    "torch: overlap": (_LEARNT, "(1 - 2 * (labels * p).sum() / (labels.sum() + p.sum())).backward()", "LGT209"),
    "torch: draw": (_SCORES, "torch.multinomial(p, 1)", "LGT404"),
    "torch: distribution": (_SCORES, "torch.distributions.Categorical(p)", "LGT404"),
    "jax: loss": (_FLAX_SOFTMAX, "optax.softmax_cross_entropy(p, labels)", "LGT103"),
    "jax: draw": (_FLAX_SOFTMAX, "jax.random.categorical(key, p)", "LGT402"),
    "jax: comparison": (_FLAX + "optax.softmax_cross_entropy(model(x), labels)\n", "p > 0.5", "LGT403"),
}
"""By name: the program until then, what reads ``p``, and what is found of it."""

OTHERS = ("somebody()", "act(p)", "table[key](p)", "kept.p", "box['p']", "Thing()(p)", "[one for one in p][0]")
"""What may be anything."""

WAYS = {
    "branch": "p = model(x)\nif flag:\n    p = {other}\nresult = {reading}\n",
    "expression": "p = model(x)\np = {other} if flag else p\nresult = {reading}\n",
    "returned": (
        "def get(p):\n    if flag:\n        return {other}\n    return p\np = get(model(x))\nresult = {reading}\n"
    ),
    "called again": "def use(p):\n    result = {reading}\np = model(x)\nuse(p)\nuse({other})\n",
    "called before": "def use(p):\n    result = {reading}\np = model(x)\nuse({other})\nuse(p)\n",
    "loop": "p = model(x)\nfor p in [p, {other}]:\n    result = {reading}\n",
    "state": (
        "class User:\n    def use(self):\n        p = self.p\n        result = {reading}\n"
        "p = model(x)\nuser = User()\nuser.p = p\nuser.use()\nuser.p = {other}\nuser.use()\n"
    ),
}


def _found(text: str) -> set[str]:
    report = analyse(python_document("program.py", text.encode()), follow_imports=False)
    return {diagnostic.code for diagnostic in report.diagnostics}


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_is_found_at_fault_where_all_is_known(name: str) -> None:
    program, reading, code = READINGS[name]
    assert code in _found(f"{program}p = model(x)\nresult = {reading}\n")
    assert code in _found(f"{program}def use(p):\n    result = {reading}\nuse(model(x))\n")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", READINGS)
def test_nothing_is_said_where_something_else_may_arrive(name: str, way: str) -> None:
    program, reading, code = READINGS[name]
    form = WAYS[way]
    said = [other for other in OTHERS if code in _found(program + form.format(other=other, reading=reading))]
    assert not said


FUNCTIONS = {
    "softmax": (_SOFTMAX, "tf.nn.softmax", "perhaps(p)", "LGT401"),
    "rounding": (_TRAINED, "np.round", "perhaps(p)", "LGT403"),
    "logarithm": (_TRAINED, "tf.math.log", "-tf.reduce_mean(labels * perhaps(p))", "LGT209"),
    "largest": (_ONE, "np.argmax", "perhaps(p, axis=-1)", "LGT405"),
    "draw": (_SOFTMAX, "tf.random.categorical", "perhaps(p, 1)", "LGT402"),
    "torch: softmax": (_SHARES, "F.softmax", "perhaps(p, 1)", "LGT401"),
    "torch: comparison": (_LEARNT, "torch.gt", "perhaps(p, 0.5)", "LGT403"),
}
"""By name: the program until then, a function, a call of it, and what is found of that."""


@pytest.mark.parametrize("other", ["somebody", "table[key]", "tf.identity", "kept.act", "torch.relu"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_is_said_where_another_function_may_be_called(name: str, other: str) -> None:
    program, function, call, code = FUNCTIONS[name]
    assert code in _found(f"{program}perhaps = {function}\np = model(x)\nresult = {call}\n")
    assert code not in _found(f"{program}perhaps = {function} if flag else {other}\np = model(x)\nresult = {call}\n")
    assert code not in _found(
        f"{program}perhaps = {function}\nif flag:\n    perhaps = {other}\np = model(x)\nresult = {call}\n"
    )


_MODEL = "keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])"
_COMPILED = "m.compile(loss='categorical_crossentropy')"


@pytest.mark.parametrize("other", [*OTHERS, "kept.models['a']", "kept.load()"])
def test_nothing_is_said_of_a_model_that_may_be_another(other: str) -> None:
    start = "import keras\n" + _SOMEBODY
    assert "LGT101" in _found(f"{start}m = {_MODEL}\n{_COMPILED}\n")
    for way in (
        f"m = {_MODEL}\nif flag:\n    m = {other}\n{_COMPILED}\n",
        f"def use(m):\n    {_COMPILED}\n    m.fit(x, labels)\nuse({_MODEL})\nuse({other})\n",
        f"for m in ({_MODEL}, {other}):\n    {_COMPILED}\n",
        f"def get(m=None):\n    return {_MODEL} if m is None else m\nm = get({other} if flag else None)\n{_COMPILED}\n",
    ):
        assert "LGT101" not in _found(start + way)


def test_a_model_of_another_module_is_undecided() -> None:
    text = "import somewhere\nsomewhere.model.compile(loss='categorical_crossentropy')\n"
    report = analyse(python_document("program.py", text.encode()), follow_imports=False)
    assert [(site.span.line, site.reason) for site in report.unknowns] == [(2, Reason.IMPORTED)]


@pytest.mark.parametrize("name", ["logarithm", "overlap", "torch: logarithm, a method"])
def test_a_written_loss_that_something_unknown_may_reach_is_undecided(name: str) -> None:
    program, reading, _ = READINGS[name]
    text = f"{program}p = model(x)\nif flag:\n    p = somebody()\nresult = {reading}\n"
    report = analyse(python_document("program.py", text.encode()), follow_imports=False)
    assert text.count("\n") in [site.span.line for site in report.unknowns]
