"""What a fix must never touch: line ends, encodings, marks, and the JSON around a notebook's cells."""

from __future__ import annotations

import codecs
import json
from typing import Any

import pytest

from tests.fixes.mended import codes, declined, mend

STRING = (
    'import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])\nmodel.compile(loss="categorical_crossentropy")\n'
)
OBJECT = "keras.losses.CategoricalCrossentropy(from_logits=True)"
MENDED = STRING.replace('"categorical_crossentropy"', OBJECT)
IMPORTING = (
    "from keras.models import Sequential\nfrom keras.layers import Dense\nmodel = Sequential([Dense(10)])\n"
    'model.compile(loss="categorical_crossentropy")\n'
)
IMPORT = "from keras.losses import CategoricalCrossentropy\n"
IMPORTED = IMPORTING.replace("import Dense\n", f"import Dense\n{IMPORT}").replace(
    '"categorical_crossentropy"', "CategoricalCrossentropy(from_logits=True)"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("before", "after"), [(STRING, MENDED), (IMPORTING, IMPORTED)])
def test_line_ends_stay(newline: str, before: str, after: str) -> None:
    assert mend("a.py", before.replace("\n", newline).encode()) == after.replace("\n", newline).encode()


def test_line_ends_that_differ_stay_what_they_are() -> None:
    data = IMPORTING.encode().replace(b"Dense\n", b"Dense\r\n")
    assert mend("a.py", data) == IMPORTED.encode().replace(b"Dense\n", b"Dense\r\n").replace(
        b"import CategoricalCrossentropy\n", b"import CategoricalCrossentropy\r\n"
    )


def test_end_without_a_line_end_stays() -> None:
    assert mend("a.py", STRING.rstrip("\n").encode()) == MENDED.rstrip("\n").encode()


def test_import_at_the_very_end_of_a_line_with_a_comment() -> None:
    data = IMPORTING.replace("import Dense\n", "import Dense  # ä, ö\n").encode()
    assert b"import Dense  # \xc3\xa4, \xc3\xb6\nfrom keras.losses import" in mend("a.py", data)


def test_mark_at_the_beginning_stays() -> None:
    assert mend("a.py", codecs.BOM_UTF8 + STRING.encode()) == codecs.BOM_UTF8 + MENDED.encode()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "koi8-r", "shift_jis", "gb2312"])
def test_encoding_stays(encoding: str) -> None:
    word = {"koi8-r": "слой", "shift_jis": "層", "gb2312": "层"}.get(encoding, "größe")

    def spelt(program: str) -> bytes:
        return f"# coding: {encoding}\n# {word}\n{word} = 1\n{program}x = '{word}'\n".encode(encoding)

    assert mend("a.py", spelt(STRING)) == spelt(MENDED)


def test_encoding_that_can_say_one_thing_in_two_ways_is_left_alone() -> None:
    twice = b"# coding: iso-2022-jp\n# " + "層".encode("iso-2022-jp") + b"\x1b(B\x1b(B\n" + STRING.encode()
    assert mend("a.py", twice) == twice
    assert list(declined("a.py", twice).values()) == [
        "it is encoded as iso-2022-jp in a way that would not come out the same"
    ]


def test_tabs_form_feeds_and_odd_white_space_stay() -> None:
    extra = "def f():\n\tif 1:\n\t\treturn  1 ;\n\x0c\nx = \\\n  3   \n"
    assert mend("a.py", (extra + STRING).encode()) == (extra + MENDED).encode()


def _notebook(source: Any, **how: Any) -> bytes:
    notebook = {
        "nbformat": 4,
        "metadata": {"z": 1, "a": "größe ☃ 😀", "kernelspec": {"name": "python3"}},
        "cells": [
            {"cell_type": "markdown", "source": ["# 層\n", "text"], "metadata": {}},
            {"source": source, "outputs": [{"data": {"image/png": "iVBORw0KGgo=\n"}}], "cell_type": "code"},
            {"cell_type": "code", "execution_count": 3, "source": ["%matplotlib inline\n", "!ls"], "outputs": []},
        ],
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, **how).encode()


LAYOUTS = [
    {"indent": 1, "ensure_ascii": False},
    {"indent": 1},
    {"indent": 4, "sort_keys": True},
    {"indent": "\t", "ensure_ascii": False},
    {},
    {"separators": (",", ":")},
]


@pytest.mark.parametrize("how", LAYOUTS, ids=str)
@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize(("before", "after"), [(STRING, MENDED), (IMPORTING, IMPORTED)])
@pytest.mark.parametrize("listed", [True, False])
def test_notebook_keeps_its_layout(how: dict[str, Any], ending: str, before: str, after: str, listed: bool) -> None:
    def spelt(text: str) -> bytes:
        source = f'# größe 😀 \\ "\n{text}model.summary()'
        return _notebook(source.splitlines(keepends=True) if listed else source, **how) + ending.encode()

    assert mend("a.ipynb", spelt(before)) == spelt(after)


def test_notebook_with_line_ends_of_another_system() -> None:
    def spelt(text: str) -> bytes:
        source = [line.replace("\n", "\r\n") for line in text.splitlines(keepends=True)]
        return _notebook(source, indent=1).replace(b"\n", b"\r\n")

    assert mend("a.ipynb", spelt(IMPORTING)) == spelt(IMPORTED)


def test_import_goes_to_the_cell_of_the_imports() -> None:
    first, last = IMPORTING.split("model =", 1)
    cells = [{"cell_type": "code", "source": part, "metadata": {}, "outputs": []} for part in (first, "model =" + last)]
    after = json.loads(mend("a.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()))
    assert "".join(cell["source"] for cell in after["cells"]) == IMPORTED
    assert after["cells"][0]["source"].endswith("CategoricalCrossentropy\n")


def test_cell_that_writes_a_file_is_mended_too() -> None:
    source = "%%writefile train.py\n" + STRING
    assert mend("a.ipynb", _notebook(source)) == _notebook("%%writefile train.py\n" + MENDED)


def test_cell_that_is_indented_is_mended() -> None:
    source = "  " + STRING.replace("\n", "\n  ").rstrip(" ")
    assert mend("a.ipynb", _notebook(source)) == _notebook(source.replace('"categorical_crossentropy"', OBJECT))


def test_old_notebook_is_left_alone() -> None:
    cells = [{"cell_type": "code", "input": STRING, "language": "python", "outputs": []}]
    data = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()
    assert codes("a.ipynb", data) == {"LGT101": 1}
    assert mend("a.ipynb", data) == data
    assert list(declined("a.ipynb", data).values()) == ["its format is too old to be edited"]


def test_keys_that_look_like_cells_are_not_taken_for_them() -> None:
    def spelt(text: str) -> bytes:
        cell = {"cell_type": "code", "metadata": {"cells": [{"source": STRING}], "source": STRING}, "source": text}
        return json.dumps({"metadata": {"cells": [{"source": [STRING]}]}, "cells": [cell], "nbformat": 4}).encode()

    assert mend("a.ipynb", spelt(STRING)) == spelt(MENDED)
