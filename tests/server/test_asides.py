"""What stands beside the text, by the real protocol: hovers, inlay hints, lenses."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

from flake8_logits.server.asides import VERIFY
from tests.frontends.programs import CLASHING
from tests.server.editor import PATIENCE, Editor, editing, everywhere

pytestmark = pytest.mark.asyncio

PROGRAM = """\
import keras
from keras import layers

inputs = keras.Input((20,))
x = layers.Dense(10)(inputs)
outputs = layers.Flatten()(x)
model = keras.Model(inputs, outputs)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile("adam", loss=loss)

other = keras.Sequential([layers.Dense(10, activation="softmax")])
other.compile("adam", loss=loss)

lost = keras.models.load_model("lost.keras")
lost.compile("adam", loss=loss)
n = 3
"""
AGREES = "SparseCategoricalCrossentropy(from_logits=True) at line 9 agrees"
CLASHES = "SparseCategoricalCrossentropy(from_logits=True) at line 12 clashes: probabilities read as logits"


async def _said(editor: Editor, uri: str, line: str, word: str) -> list[str]:
    lines = PROGRAM.split("\n")
    number = lines.index(line)
    return (await editor.hover(uri, number, lines[number].index(word) + 1)).split("\n\n")


async def test_a_hover_says_what_it_is_and_why(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, PROGRAM)

        async def said(line: str, word: str) -> list[str]:
            return await _said(editor, uri, line, word)

        dense = "logits (10 units): Dense without an activation, line 5"
        flat = "logits: Dense without an activation, line 5 -> Flatten, line 6"
        assert await said("x = layers.Dense(10)(inputs)", "Dense") == [f"Dense gives {dense}", AGREES]
        assert await said("x = layers.Dense(10)(inputs)", "x ") == [dense, AGREES]
        assert await said("outputs = layers.Flatten()(x)", "outputs") == [flat, AGREES]
        assert await said("model = keras.Model(inputs, outputs)", "Model") == [f"functional model gives {flat}", AGREES]
        head = 'other = keras.Sequential([layers.Dense(10, activation="softmax")])'
        softmax = "softmax (10 units): Dense with activation softmax, line 11"
        assert await said(head, "softmax") == [f"Dense gives {softmax}", CLASHES]
        assert await said(head, "other") == [f"sequential model gives {softmax}", CLASHES]
        loss = await said("loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)", "Sparse")
        assert loss[0] == "SparseCategoricalCrossentropy(from_logits=True) reads logits"
        assert f"at line 9, 'model' gives it {flat}; agrees" in loss
        assert f"at line 12, 'other' gives it {softmax}; clashes: probabilities read as logits" in loss
        assert loss == await said('model.compile("adam", loss=loss)', "loss)")
        (unknown, *_) = await said('lost = keras.models.load_model("lost.keras")', "lost =")
        assert unknown == "unknown: the model is read from a file when the program runs, line 14"
        assert await said("n = 3", "3") == [""]
        assert await said("import keras", "keras") == [""]


async def test_a_hover_on_a_finding_says_what_comes_of_it(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        said = await editor.hover(uri, 3, 40)
    assert said.startswith("sparse_categorical_crossentropy reads probabilities")
    assert said.endswith("it is no cross-entropy any more, and what it clips has no gradient.")


async def test_a_hover_says_what_modules_of_torch_give(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = """\
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))

    def forward(self, x):
        hidden = nn.functional.relu(self.body(x))
        return nn.functional.softmax(nn.Linear(3, 3)(hidden), dim=-1)

net = Net()
head = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=-1))
loss = nn.CrossEntropyLoss()(net(images), labels)
"""
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        net, head = await editor.hover(uri, 11, 1), await editor.hover(uri, 12, 1)
        hidden = await editor.hover(uri, 8, 9)
    softmax = "softmax (3 units): softmax, line 10"
    clash = "CrossEntropyLoss at line 14 clashes: probabilities read as logits"
    assert net.split("\n\n") == [f"instance of Net gives {softmax}", clash]
    assert head.startswith("sequence of layers gives softmax")
    assert "agrees" not in hidden, "a layer takes any numbers"


async def test_a_hover_says_no_more_than_the_rules(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = """\
import keras

model = keras.Sequential([keras.layers.Dense(1, activation="softmax")])
model.compile(loss="binary_crossentropy")
"""
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        said = await editor.hover(uri, 2, 1)
    assert said.endswith("clashes: softmax over one unit")


async def test_a_hover_says_why_nothing_is_offered(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    text = """\
import keras

class Head(keras.layers.Dense):
    pass

model = keras.Sequential([Head(10)])
model.compile(loss="sparse_categorical_crossentropy")
sure = model.predict(images) > 0.5
"""
    async with editing(tmp_path) as editor:
        editor.open(uri, text)
        said = await editor.hover(uri, 6, 24)
    assert said.endswith("LGT101 has no quick fix: it would lead to LGT403 on line 8.")


async def test_what_is_cancelled_is_not_answered(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path, options={"debounce": 1000}) as editor:
        editor.open(uri, PROGRAM)
        protocol = editor.client.protocol
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(4, 5))
        waiting = protocol.send_request(types.TEXT_DOCUMENT_HOVER, params, msg_id="hover")
        protocol.notify(types.CANCEL_REQUEST, types.CancelParams("hover"))
        with pytest.raises(JsonRpcRequestCancelled):
            await asyncio.wait_for(asyncio.wrap_future(waiting), PATIENCE)
        assert await editor.hover(uri, 4, 5), "others are"


async def test_hints_stand_behind_the_last_layers_when_asked_for(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), everywhere())
    async with editing(tmp_path) as editor:
        editor.open(uri, PROGRAM)
        assert not await editor.client.text_document_inlay_hint_async(params), "they are off by default"
        settings = types.DidChangeConfigurationParams({"flake8-logits": {"inlayHints": True}})
        editor.client.workspace_did_change_configuration(settings)
        hints = await editor.client.text_document_inlay_hint_async(params) or ()
    flatten, dense = types.Position(5, len("outputs = layers.Flatten()(x)")), types.Position(10, 64)
    assert [(one.position, one.label) for one in hints] == [(flatten, "logits"), (dense, "softmax")]


async def test_hints_stay_while_a_statement_is_being_written(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), everywhere())
    async with editing(tmp_path, options={"inlayHints": True}) as editor:
        editor.open(uri, PROGRAM)
        before = await editor.client.text_document_inlay_hint_async(params) or ()
        editor.replace(uri, 2, f"{PROGRAM}model.compile(loss='")
        while_writing = await editor.client.text_document_inlay_hint_async(params) or ()
    assert before
    assert [(one.position, one.label) for one in while_writing] == [(one.position, one.label) for one in before]


async def test_a_layer_that_another_follows_has_no_hint(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), everywhere())
    text = """\
from keras import Sequential, layers

def build(units):
    model = Sequential()
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dense(units))
    return model

model = build(10)
hidden = Sequential([layers.Dense(10, activation="relu")])
"""
    async with editing(tmp_path, options={"inlayHints": True}) as editor:
        editor.open(uri, text)
        hints = await editor.client.text_document_inlay_hint_async(params) or ()
    assert [(one.position.line, one.label) for one in hints] == [(5, "logits"), (9, "non-negative numbers")]


async def test_a_lens_offers_to_verify_and_does_nothing_by_itself(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING)
        (lens,) = await editor.client.text_document_code_lens_async(params) or ()
        assert lens.command is not None
        assert (lens.command.command, lens.command.title) == (VERIFY, "verify LGT101: build the model and measure")
        assert lens.range.start == types.Position(3, 37)
        settings = types.DidChangeConfigurationParams({"flake8-logits": {"codeLens": False}})
        editor.client.workspace_did_change_configuration(settings)
        assert not await editor.client.text_document_code_lens_async(params)
