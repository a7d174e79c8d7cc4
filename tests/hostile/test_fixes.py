"""What a fix must not take away or make untrue, and notebooks spelt to lead it astray."""

from __future__ import annotations

import json

import pytest

from tests.fixes.mended import codes, declined, mend
from tests.frontends.programs import CLASHING

HEAD = "import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\n"
LITERAL = "FLAG: Literal[False] = False\n"
TOLD = 'model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=FLAG))\n'
OTHERWISE = '--unsafe-fixes would give Dense activation="softmax"'
LOSS = '"sparse_categorical_crossentropy"'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            'model.compile("adam", (\n    "sparse_"  # why\n    "categorical_crossentropy"\n))\n',
            "a comment stands in between",
        ),
        (f'loss: str = {LOSS}\nmodel.compile("adam", loss)\n', "its type is stated: str"),
        (f'loss = {LOSS}  # type: str\nmodel.compile("adam", loss)\n', "its type is stated: str"),
        (
            LITERAL + TOLD,
            "its type is stated: Literal[False]",
        ),
    ],
)
def test_what_would_be_lost_or_untrue_is_declined(text: str, why: str) -> None:
    data = (HEAD + text).encode()
    assert list(declined("x.py", data).values()) == [f"{why}; {OTHERWISE}"]
    assert mend("x.py", data) == data


@pytest.mark.parametrize(
    "text",
    [
        f'loss = {LOSS}  # type: ignore\nmodel.compile("adam", loss)\n',
        f'loss: object = {LOSS}\nmodel.compile("adam", loss)\n',
        'FLAG: bool = False\nmodel.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=FLAG))\n',
    ],
)
def test_what_stays_true_is_mended(text: str) -> None:
    assert codes("x.py", mend("x.py", (HEAD + text).encode())) == {}


def _notebook(source: str) -> bytes:
    cell = f'{{"cell_type": "code", "metadata": {{}}, "outputs": [], "execution_count": null, "source": {source}}}'
    return f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'.encode()


WHOLE = json.dumps(CLASHING)
SPELT: dict[str, bytes] = {
    "line breaks by number": _notebook(WHOLE.replace("\\n", "\\u000a")),
    "in capitals": _notebook(WHOLE.replace("\\n", "\\u000A")),
    "returns by number": _notebook(WHOLE.replace("\\n", "\\u000d\\u000a")),
    "in a list": _notebook(json.dumps(CLASHING.splitlines(keepends=True)).replace("\\n", "\\u000a")),
    "in one item": _notebook(f"[{WHOLE}]".replace("\\n", "\\u000a")),
    "between other things": _notebook(f"[1, null, {WHOLE}, {{}}]"),
    "a return apart": _notebook(f'["\\r", "\\n", {WHOLE}]'),
    "a key twice": _notebook(f'["x"], "source": {WHOLE}'),
    "a key by number": _notebook(WHOLE).replace(b'"source"', b'"s\\u006furce"'),
    "a huge number": _notebook(WHOLE).replace(b"null", b"1" * 6000),
    "no number": _notebook(WHOLE).replace(b"null", b"NaN"),
    "half a character": _notebook(WHOLE.replace("import", "# \\ud800\\nimport", 1)),
    "a mark": b"\xef\xbb\xbf" + _notebook(WHOLE),
    "UTF-16": _notebook(WHOLE).decode().encode("utf-16"),
}


@pytest.mark.parametrize("kind", SPELT)
def test_odd_notebooks_are_mended_or_left(kind: str) -> None:
    data = SPELT[kind]
    assert codes("n.ipynb", data) == {"LGT101": 1}
    mended = mend("n.ipynb", data)
    assert mended == data or codes("n.ipynb", mended) == {}
    if kind.startswith(("line", "in", "returns")):
        assert mended != data and (b"\\n" not in mended)
