"""What is cut out of a program: all that the model and its loss depend on, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.source.documents import documents_of
from flake8_logits.verify.slices import Elsewhere, slices
from tests.verify.programs import HEAD, cut, cut_at_compile, cut_project, first_claim, source

LOSS = 'model.compile("adam", loss="sparse_categorical_crossentropy")\n'


def test_only_what_the_model_depends_on_is_kept() -> None:
    text = (
        HEAD
        + "units = 10\nother = 3\nmodel = keras.Sequential([keras.Input((4,)), layers.Dense(units)])\n"
        + "model.summary()\nprint(model)\nos.makedirs('out')\n"
        + LOSS
        + "model.fit(x, y)\nmodel.save('out/model.keras')\n"
    )
    kept = source(text)
    assert "units = 10" in kept
    for word in ("other", "summary", "print", "makedirs", "fit", "save", "adam"):
        assert word not in kept
    assert kept.splitlines()[-1] == "__meet_compile__(model, loss='sparse_categorical_crossentropy')"


def test_what_is_assigned_anew_above_is_not_kept() -> None:
    text = (
        HEAD + "model = keras.Sequential([layers.Dense(3, 'softmax')])\nmodel = keras.Sequential([layers.Dense(10)])\n"
    )
    assert "softmax" not in source(text + LOSS)


def test_layers_added_later_are_kept_but_not_after_the_place() -> None:
    text = HEAD + "model = keras.Sequential()\nmodel.add(layers.Dense(8))\nmodel.add(layers.Dense(10))\n"
    kept = source(text + LOSS + "other = keras.Sequential()\nother.add(layers.Softmax())\n")
    assert kept.count("model.add") == 2
    assert "Softmax" not in kept


def test_what_changes_a_model_before_it_is_used_is_kept() -> None:
    text = HEAD + "model = keras.Sequential([layers.Dense(10)])\n" + LOSS
    only = cut_at_compile(text + "model.add(layers.Softmax())\nmodel.fit(x, y)\nprint('trained')\n")[0]
    assert only.through
    added, used = only.sources[0].splitlines()[-2:]
    assert added.startswith("model.add(") and "Softmax" in added
    assert used == "__used__(model)"


def test_what_another_model_gives_is_still_bound() -> None:
    text = HEAD + (
        "model = keras.Sequential([layers.Dense(10)])\nother = keras.Sequential([layers.Dense(9)])\n"
        "models = [model, other]\n" + LOSS + "history = other.fit(x, y)\n"
        "model.add(layers.Dense(len(history.epoch)))\nmodel.fit(x, y)\n"
    )
    lines = cut_at_compile(text)[0].sources[0].splitlines()
    at = lines.index("__used__(other)")
    assert lines[at + 1].startswith("history = __made__('other.fit(x, y)'")
    assert lines[at + 2].startswith("model.add(")


@pytest.mark.parametrize(
    "unrelated",
    [
        "told = os.fspath(model)\nrows = os.listdir('a')\nrows.sort()\n",  # the one thing they share is a module
        "told = open(str(model))\nrows = open(str(1))\nrows.append(2)\n",  # or a builtin
        "rows = [1, 2]\nmodel.predict(rows)\nrows.append(2)\n",
        "rows = list(model.get_weights())\nrows.append(2)\n",
        "rows = [1, 2]\ny = layers.Dense(3, activation='relu')(keras.Input((4,)))\nrows.append(2)\n",
    ],
)
def test_what_shares_nothing_with_the_model_is_not_kept(unrelated: str) -> None:
    kept = source(HEAD + "model = keras.Sequential([layers.Dense(10)])\n" + unrelated + LOSS)
    assert "rows" not in kept


def test_eager_execution_is_a_setting_only_where_it_was_turned_off() -> None:
    text = (
        HEAD + "import tensorflow as tf\n{}tf.enable_eager_execution()\nmodel = keras.Sequential([layers.Dense(10)])\n"
    )
    assert "eager" not in source(text.format("") + LOSS)
    assert "enable_eager" in source(text.format("tf.compat.v1.disable_eager_execution()\n") + LOSS)


def test_arguments_of_what_is_not_run_are_no_dependence() -> None:
    text = HEAD + (
        "path = os.path.join('a', 'b')\nrows = open(path).read()\nclasses = subprocess.check_output(rows)\n"
        "model = keras.Sequential([layers.Dense(len(classes))])\n"
    )
    only = cut(text + LOSS)[0]
    assert only.made == ("subprocess.check_output(rows)",)
    assert "rows = " not in only.sources[0]


def test_condition_that_leads_to_the_place_is_taken() -> None:
    text = HEAD + (
        "def main():\n    model = keras.Sequential([layers.Dense(10)])\n    if os.path.exists('x'):\n        pass\n"
        f"    {LOSS}\nif __name__ == '__main__':\n    main()\n"
    )
    kept = source(text)
    assert "exists" not in kept and "if " not in kept
    assert kept.rstrip().endswith("main()")


def test_function_that_nobody_calls_is_called_alone() -> None:
    text = HEAD + f"def build(units):\n    model = keras.Sequential([layers.Dense(units)])\n    {LOSS}"
    assert source(text).rstrip().endswith("__alone__(build)")


def test_function_is_called_as_the_program_calls_it_first() -> None:
    text = (
        HEAD
        + f"def build(units):\n    model = keras.Sequential([layers.Dense(units)])\n    {LOSS}\nbuild(7).fit(x, y)\n"
    )
    first, second = cut(text)
    assert first.sources[0].rstrip().endswith("\nbuild(7)")
    assert second.sources[0].rstrip().endswith("__alone__(build)")


def test_methods_that_nobody_names_are_left_out_of_classes() -> None:
    text = HEAD + (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.head = layers.Dense(10)\n"
        "    def call(self, x):\n        return self.tail(x)\n    def tail(self, x):\n        return self.head(x)\n"
        "    def report(self):\n        os.system('date')\n"
        "model = Net()\n"
    )
    kept = source(text + LOSS)
    assert "def tail" in kept and "def report" not in kept


def test_weights_are_never_downloaded() -> None:
    text = HEAD + (
        "base = keras.applications.VGG16(weights='imagenet', include_top=False)\n"
        "model = keras.Sequential([base, layers.Flatten(), layers.Dense(10)])\n"
    )
    assert "imagenet" not in source(text + LOSS) and "weights=None" in source(text + LOSS)


def test_only_the_part_of_another_module_that_is_wanted_is_cut_from_it(tmp_path: Path) -> None:
    files = {
        "nets/__init__.py": "",
        "nets/small.py": "import os\nfrom keras import layers\nimport keras\nfrom .sizes import UNITS\nos.mkdir('x')\n"
        "def build():\n    return keras.Sequential([layers.Dense(UNITS)])\ndef other():\n    os.system('date')\n",
        "nets/sizes.py": "UNITS = 10\nprint('hello')\n",
        "train.py": f"import keras\nfrom nets.small import build\nmodel = build()\n{LOSS}",
    }
    sources = "\n".join(cut_project(tmp_path, files, "train.py"))
    assert "UNITS = 10" in sources and "def build" in sources
    for word in ("mkdir", "system", "other", "hello"):
        assert word not in sources


def test_lines_lead_back_to_the_file() -> None:
    text = HEAD + "\n\n# a comment\nmodel = keras.Sequential([\n    layers.Dense(10),\n])\n" + LOSS
    only = cut(text)[0]
    number = next(number for number, line in enumerate(only.sources[0].splitlines(), 1) if line.startswith("model"))
    assert only.lines[0][number] == 7


def test_columns_are_those_of_characters() -> None:
    text = HEAD + "ä = 1; model = keras.Sequential([layers.Dense(10)]); name = 'é'; " + LOSS
    assert "__meet_compile__" in source(text)


def test_notebook_cells_are_one_program() -> None:
    import json

    cells = ["import keras\n%matplotlib inline", "model = keras.Sequential([keras.layers.Dense(10)])", LOSS]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells],
    }
    document = documents_of("a.ipynb", json.dumps(notebook).encode())[0]
    claim = first_claim(document)
    only = next(iter(slices(document.units, "a.ipynb", claim, None)))
    assert "keras.Sequential" in only.sources[0] and "__meet_compile__" in only.sources[0]


def test_place_that_is_not_there_is_said_to_be_elsewhere() -> None:
    from dataclasses import replace

    document = documents_of("a.py", (HEAD + "model = keras.Sequential([layers.Dense(10)])\n" + LOSS).encode())[0]
    claim = first_claim(document)
    with pytest.raises(Elsewhere):
        list(slices(document.units, "a.py", replace(claim, span=replace(claim.span, line=1, end_line=1)), None))


def test_a_name_that_is_bound_anew_is_another_name() -> None:
    text = HEAD + (
        "model = keras.Sequential([layers.Dense(3)])\nmodel.add(layers.Softmax())\nhistory = model.fit(x, y)\n"
        "model = keras.Sequential([layers.Dense(10)])\nhistory = model.fit(x, y)\n"
    )
    kept = source(text + LOSS)
    assert "Softmax" not in kept and "Dense')(10)" in kept


@pytest.mark.parametrize(
    "reader",
    [
        "def add():\n    model.add(layers.Softmax())\n",
        "add = lambda: model.add(layers.Softmax())\n",
        "steps = (model.add(one) for one in [layers.Softmax()])\ndef add():\n    list(steps)\n",
        "class Adding:\n    def __call__(self):\n        model.add(layers.Softmax())\nadd = Adding()\n",
    ],
)
def test_a_name_that_is_read_later_is_one_name(reader: str) -> None:
    text = HEAD + "model = keras.Sequential()\n" + reader + "model = keras.Sequential([layers.Dense(10)])\nadd()\n"
    kept = source(text + LOSS)
    assert "Softmax" in kept and "add()" in kept


def test_names_in_comprehensions_are_their_own() -> None:
    text = HEAD + (
        "x = 3\nx = [layers.Dense(x) for x in (x, 4)]\nx = [one for one in x]\nmodel = keras.Sequential(x)\n"
    )
    made = source(text + LOSS)
    assert "for x in (x_1, 4)" in made or "for x in (x, 4)" in made
    assert "Dense')(x)" in made


def test_what_calls_the_method_of_a_base_is_kept() -> None:
    text = HEAD + (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.dense = layers.Dense(10)\n    def call(self, x):\n        return self.dense(x)\n"
        "model = Net()\n"
    )
    assert "super().__init__()" in source(text + LOSS)


def test_generators_run_where_they_are_walked() -> None:
    text = HEAD + (
        "parts = [layers.Dense(3)]\ndef adding():\n    parts.insert(0, layers.Dense(8))\n    yield 1\n"
        "steps = adding()\nlist(steps)\nmodel = keras.Sequential(parts)\n"
    )
    kept = source(text + LOSS)
    assert "list(steps)" in kept and "yield" in kept


def test_data_that_a_layer_is_called_with_is_not_kept() -> None:
    text = HEAD + (
        "import numpy as np\nrows = np.load('rows.npy')\nrows = rows.reshape(60000, 784)\nrows[0] = 1\n"
        "first = layers.Dense(8)\nseen = first(rows[:2])\nmodel = keras.Sequential([first, layers.Dense(10)])\n"
    )
    assert "rows" not in source(text + LOSS)


def test_what_is_in_a_list_that_a_layer_is_called_with_is_kept() -> None:
    text = HEAD + (
        "parts = []\nfirst = keras.Input((4,))\nparts.append(first)\nparts.append(layers.Dense(4)(first))\n"
        "model = keras.Model(first, layers.Concatenate()(parts))\n"
    )
    assert cut_at_compile(text + LOSS)[0].sources[0].count("parts.append") == 2


def test_what_may_come_to_the_place_leaves_no_doubt_in_calls_that_are_not_run() -> None:
    text = HEAD + (
        "def train(net):\n    net.compile('adam', loss='sparse_categorical_crossentropy')\n"
        "callbacks = [train]\nother.use(callbacks)\nfor one in callbacks:\n    one(None)\nsys.path.append('..')\n"
        "model = keras.Sequential([layers.Dense(10)])\ntrain(model)\n"
    )
    assert "sys.path" not in source(text)


@pytest.mark.parametrize("filled", ["kept['a'] = {}", "kept.update(a={})", "kept.setdefault('a', {})"])
def test_what_is_put_among_data_is_kept(filled: str) -> None:
    text = HEAD + (
        f"import json\nkept = json.loads(text)\n{filled.format('keras.Input((4,))')}\nlast = layers.Dense(4)\n"
        "out = last(kept['a'])\nkept['a'].node = 3\nmodel = keras.Model(keras.utils.get_source_inputs(out), out)\n"
    )
    assert "kept['a'].node = 3" in cut_at_compile(text + LOSS)[0].sources[0]


@pytest.mark.parametrize(
    "given",
    [
        "steps = [iter(parts)][0]\n",
        "def walked():\n    return iter(parts)\nsteps = walked()\n",
        "class Held:\n    pass\nheld = Held()\nheld.steps = iter(parts)\nsteps = held.steps\n",
    ],
)
def test_what_can_be_walked_once_is_walked_where_the_program_does(given: str) -> None:
    text = HEAD + (
        f"parts = [layers.Dense(10), layers.Softmax()]\n{given}for one in steps:\n    break\n"
        "model = keras.Sequential(list(steps))\n"
    )
    assert "for one in steps" in cut_at_compile(text + LOSS)[0].sources[0]


CHANGED = {
    "a method under another name": "add = parts.append\nadd(layers.Softmax())\n",
    "a method that a builtin calls": "list(map(parts.append, [layers.Softmax()]))\n",
    "a method that a function is given": "def fill(add):\n    add(layers.Softmax())\nfill(parts.append)\n",
    "a method in a dictionary": "do = {'add': parts.append}\ndo['add'](layers.Softmax())\n",
    "a method with its argument": "import functools\nadd = functools.partial(parts.append, layers.Softmax())\nadd()\n",
    "one of two methods": "(parts.append if parts else parts.remove)(layers.Softmax())\n",
    "a method by its name": "getattr(parts, 'append')(layers.Softmax())\n",
    "a method of its class": "add = list.append\nadd(parts, layers.Softmax())\n",
    "a method that decorates": "@parts.append\ndef head(x):\n    return layers.Softmax()(x)\n",
    "a property": "class Own:\n    @property\n    def more(self):\n        parts.append(layers.Softmax())\n"
    "Own().more\n",
    "a property of what it changes": "class Own:\n    def __init__(self):\n        self.parts = parts\n    @property\n"
    "    def more(self):\n        self.parts.append(layers.Softmax())\nOwn().more\n",
    "a default": "def all_of(held=[layers.Softmax()]):\n    return held\nall_of().append(1)\nparts = all_of()\n",
    "an argument of what is not run": "import logging\nlogging.info('%s', parts.pop())\n",
}


@pytest.mark.parametrize("changed", CHANGED.values(), ids=CHANGED.keys())
def test_what_changes_a_part_of_the_model_is_kept(changed: str) -> None:
    text = HEAD + "parts = [layers.Dense(10)]\n" + changed + "model = keras.Sequential(parts)\n" + LOSS
    without = text.replace(changed, "")
    kept = cut_at_compile(text)[0].sources[0]
    said = [word for word in ("append(", ".append", "more", "pop", "add(") if word in changed]
    assert all(word in kept for word in said)
    assert kept != cut_at_compile(without)[0].sources[0]


def test_methods_that_only_look_are_not_kept() -> None:
    text = HEAD + (
        "parts = [layers.Dense(10)]\nfind = parts.index\nfind(parts[0])\nlist(map(parts.count, parts))\n"
        "model = keras.Sequential(parts)\n"
    )
    assert "find" not in source(text + LOSS) and "map" not in source(text + LOSS)
