"""Notebooks: the cells that are Python, their programs, and never an exception."""

from __future__ import annotations

import ast
import json
import pathlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.source.documents import Document, read_document
from flake8_logits.source.notebooks import notebook_documents

_FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures" / "notebooks"


def _book(*sources: str | list[str], **metadata: Any) -> bytes:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()


def _own(*sources: str | list[str], **metadata: Any) -> list[tuple[int | None, str]]:
    document = notebook_documents("x.ipynb", _book(*sources, **metadata))[0]
    assert document.problems == ()
    return [(unit.cell, unit.text) for unit in document.units]


def _fixture(name: str) -> list[Document]:
    return read_document(str(_FIXTURES / name))


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def test_magics_fixture() -> None:
    (document,) = _fixture("magics.ipynb")
    assert (document.kind, document.name, document.problems) == ("notebook", "magics.ipynb", ())
    assert [unit.cell for unit in document.units] == [1, 2, 4, 6]
    assert all(_parses(unit.text) for unit in document.units)
    assert document.units[0].text == "pass\npass\n\nimport os\nfrom tensorflow import keras"
    assert document.units[0].line(2) == "!pip install -q tensorflow \\"
    assert document.units[1].text.split("\n")[-1] == "0;    model = keras.Sequential([keras.layers.Dense(3)])"
    assert document.units[3].text == document.units[3].original


def test_written_file_fixture() -> None:
    own, written = _fixture("written_file.ipynb")
    assert [unit.cell for unit in own.units] == [0, 4]
    assert (written.name, written.kind, written.path) == ("trainer/model.py", "notebook", own.path)
    assert [(unit.cell, unit.line_offset) for unit in written.units] == [(1, 1), (2, 1)]
    assert written.units[1].text.startswith("model = build()\n")
    assert written.units[1].line(2) == "model = build()"


def test_gaps_fixture() -> None:
    (document,) = _fixture("gaps.ipynb")
    assert all(_parses(unit.text) for unit in document.units)
    assert "Dense(__, activation=__)" in document.text


def test_broken_cell_fixture() -> None:
    (document,) = _fixture("broken_cell.ipynb")
    assert [_parses(unit.text) for unit in document.units] == [True, False, True]


def test_two_cells_fixture() -> None:
    (document,) = _fixture("softmax_in_another_cell.ipynb")
    assert [unit.cell for unit in document.units] == [1, 2, 4]
    unit = document.unit(4)
    assert unit is not None and "from_logits=True" in unit.line(3)


def test_version3_fixture() -> None:
    (document,) = _fixture("version3.ipynb")
    assert [(unit.cell, unit.text) for unit in document.units] == [
        (1, "pass\nimport keras"),
        (2, "model = keras.Sequential()"),
    ]


def test_other_language_fixture() -> None:
    (document,) = _fixture("other_language.ipynb")
    assert document.units == ()
    assert [problem.message for problem in document.problems] == ["is not read: its language is 'R', not Python"]


def test_conflict_fixture() -> None:
    (document,) = _fixture("conflict.ipynb")
    (problem,) = document.problems
    assert (problem.line, problem.column) == (3, 0)
    assert problem.message.startswith("is not valid JSON: ")


@pytest.mark.parametrize("kept", ["time", "timeit -n 1", "capture output", "prun", "tensorflow_version 2.x"])
def test_cell_magics_that_keep_the_cell(kept: str) -> None:
    assert _own(f"%%{kept}\nx = 1") == [(0, "pass\nx = 1")]
    assert _own(f"#@title Train\n\n%%{kept}\n%%time\nx = 1") == [(0, "#@title Train\n\npass\npass\nx = 1")]


@pytest.mark.parametrize(
    "dropped",
    ["bash", "sh", "html", "javascript", "R", "r -i x", "cython", "sql", "script foo", "", "%x", "writefile x.txt"]
    + ["file notes.md", "writefile", "!ls", "markdown", "bigquery df", "python2"],
)
def test_cell_magics_that_do_not(dropped: str) -> None:
    for source in (f"%%{dropped}\nx = 1", f"\n# note\n  %%{dropped}\nx = 1", f"%%capture\n%%{dropped}\nx = 1"):
        assert _own("y = 2", source) == [(0, "y = 2")]
        assert len(notebook_documents("x.ipynb", _book(source))) == 1


@pytest.mark.parametrize("marker", ["%md\n# Title", "%sh\nls (", "%r x", "%scala"])
def test_cells_of_databricks(marker: str) -> None:
    assert _own(marker) == []


def test_line_magics_are_not_taken_for_cells() -> None:
    assert _own("%sql select 1\nx = 1", "%run a.py\nx = 1") == [(0, "pass\nx = 1"), (1, "pass\nx = 1")]


@pytest.mark.parametrize("head", ["writefile x.py", "file x.py", "writefile  'x.py' ", "%writefile x.py"[1:]])
def test_written_python(head: str) -> None:
    own, written = notebook_documents("x.ipynb", _book("a = 1", f"# c\n%%{head}\n%x\ny = 1\n"))
    assert written.name == "x.py"
    (unit,) = written.units
    assert (unit.cell, unit.line_offset, unit.text) == (1, 2, "%x\ny = 1\n")  # a magic is an error in a file
    assert unit.line(4) == "y = 1"
    assert len(own.units) == 1


def test_a_file_written_twice_is_two_programs_and_appending_is_one() -> None:
    book = _book("%%file x.py\na", "%%file y.py\nb", "%%file x.py\nc", "%%file -a x.py\nd", "%%file --append z.py\ne")
    written = notebook_documents("x.ipynb", book)[1:]
    assert [(document.name, document.text) for document in written] == [
        ("x.py", "a"),
        ("y.py", "b"),
        ("x.py", "c\nd"),
        ("z.py", "e"),
    ]


def test_sources() -> None:
    assert _own(["a\n", "b"], "c\r\nd\re", [], "", "  \n") == [(0, "a\nb"), (1, "c\nd\ne")]
    assert _own("x = '\ud800'") == [(0, "x = '\ufffd'")]
    assert _own("# only a comment") == [(0, "# only a comment")]


def test_an_indented_cell_runs_in_ipython() -> None:
    document = notebook_documents("x.ipynb", _book("# c\n    x = 1\n    y = 2", "  # c\nx = 1"))[0]
    first, second = document.units
    tree = ast.parse(first.text)
    assert first.line_offset == -1
    (block,) = tree.body
    assert isinstance(block, ast.If)
    assert first.line(block.body[0].lineno + first.line_offset) == "    x = 1"
    assert (second.text, second.line_offset) == ("  # c\nx = 1", 0)


def test_cells_that_are_no_code() -> None:
    cells: list[object] = [
        {"cell_type": "heading", "source": "x = 1"},
        {"cell_type": "html", "source": "x = 1"},
        {"cell_type": "markdown", "source": "x = 1"},
        {"cell_type": "raw", "source": "x = 1"},
        {"cell_type": "code"},
        {"cell_type": "later", "source": ""},
        {"cell_type": "code", "source": ["a", 3, ""]},
        {"cell_type": "code", "source": "select", "metadata": {"vscode": {"languageId": "sql"}}},
        {"cell_type": "code", "source": "b", "metadata": {"vscode": {"languageId": "python"}}},
        {"cell_type": "code", "input": "puts", "language": "ruby"},
    ]
    (document,) = notebook_documents("x.ipynb", json.dumps({"cells": cells}).encode())
    assert [(unit.cell, unit.text) for unit in document.units] == [(6, "a"), (8, "b")]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ({"cell_type": "Code", "source": "x = 1"}, "cells of type 'Code' are not known"),
        ({"cell_type": "c" * 99, "source": "x = 1"}, f"cells of type '{'c' * 40}...' are not known"),
        ({"source": "x = 1"}, "it has no type"),
        ({"cell_type": ["code"], "source": "x = 1"}, "it has no type"),
        ({"cell_type": "code", "source": {"0": "x = 1"}}, "its source is no text"),
        ({"cell_type": "code", "source": [3, None]}, "its source is no text"),
        ({"cell_type": "code", "source": 3}, "its source is no text"),
        (None, "it is no cell"),
        ("x = 1", "it is no cell"),
    ],
)
def test_cells_that_cannot_be_read_are_named(cell: object, why: str) -> None:
    cells: list[object] = [{"cell_type": "code", "source": "a"}, cell]
    (document,) = notebook_documents("x.ipynb", json.dumps({"cells": cells}).encode())
    assert [unit.text for unit in document.units] == ["a"]
    assert [(problem.cell, problem.message) for problem in document.problems] == [(1, f"is not read: {why}")]


@pytest.mark.parametrize(("times", "words"), [(2, "nor is one other"), (9, "nor are 8 others")])
def test_of_many_cells_that_cannot_be_read_one_is_named(times: int, words: str) -> None:
    (document,) = notebook_documents("x.ipynb", json.dumps({"cells": [None] * times}).encode())
    (problem,) = document.problems
    assert problem.message == f"is not read: it is no cell; {words}"


def test_a_null_character_costs_its_cell_alone() -> None:
    (document,) = notebook_documents("x.ipynb", _book("a", "b\n\0", "c"))
    assert [unit.cell for unit in document.units] == [0, 2]
    (problem,) = document.problems
    assert (problem.cell, problem.line) == (1, 2)


@pytest.mark.parametrize(
    ("metadata", "python"),
    [
        ({}, True),
        ({"kernelspec": {"name": "python3"}}, True),
        ({"kernelspec": {"name": "my-env", "display_name": "R&D"}}, True),
        ({"kernelspec": {"name": "ir"}}, False),
        ({"kernelspec": {"name": "julia-1.10"}}, False),
        ({"kernelspec": {"name": "irene"}}, True),
        ({"kernelspec": {"name": "x", "language": "R"}}, False),
        ({"kernelspec": {"name": "x", "language": "Python"}}, True),
        ({"language_info": {"name": "python"}}, True),
        ({"language_info": {"name": "ipython"}}, True),
        ({"language_info": {"name": "julia"}}, False),
        ({"language_info": {"name": "pyspark"}, "kernelspec": {"language": "python"}}, True),
        ({"language_info": [], "kernelspec": 3}, True),
        ({"language_info": {"name": "sage"}}, True),
        ({"kernelspec": {"name": "sagemath", "language": "sagemath"}}, True),
        ({"language_info": {"name": "coconut"}}, True),
        ({"language_info": {"name": "C#"}, "kernelspec": {"name": ".net-csharp"}}, False),
    ],
)
def test_languages(metadata: dict[str, Any], python: bool) -> None:
    (document,) = notebook_documents("x.ipynb", _book("x = 1", **metadata))
    assert bool(document.units) is python
    assert bool(document.problems) is not python


def test_a_notebook_without_code_has_no_language() -> None:
    (document,) = notebook_documents("x.ipynb", _book("", language_info={"name": "R"}))
    assert document.problems == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty, not a notebook"),
        (b" \n", "is empty, not a notebook"),
        (b"[]", "is not a notebook: no object at the top"),
        (b"{}", "is not a notebook: no list of cells"),
        (b'{"cells": 3}', "is not a notebook: no list of cells"),
        (b'{"cells": []', "is not valid JSON: "),
        (b'{"cells": ["\xff"]}', "is not utf-8: "),
        (b"[" * 200_000, "is not a notebook: nested too deep"),
        (b"9" * 9999, "is not"),
    ],
)
def test_no_notebooks(data: bytes, message: str) -> None:
    (document,) = notebook_documents("a/x.ipynb", data)
    assert document.units == ()
    (problem,) = document.problems
    assert problem.message.startswith(message)
    assert "\n" not in problem.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_json_allows(encoding: str) -> None:
    (document,) = notebook_documents("x.ipynb", _book("x = 'é'").decode().encode(encoding))
    assert document.text == "x = 'é'"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_SOURCE = _JSON | st.sampled_from(["%%file x.py\n", "%%file -a x.py", "%%time", "\ud800", "\0", "  x", "%%", "?"])
_CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown"]) | _JSON},
    optional={"source": _SOURCE, "input": _SOURCE, "metadata": _JSON, "language": _JSON},
)
_BOOK = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.lists(_CELL | _JSON) | _JSON,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(_CELL) | _JSON}) | _JSON) | _JSON,
        "metadata": st.fixed_dictionaries({}, optional={"kernelspec": _JSON, "language_info": _JSON}) | _JSON,
    },
)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    assert notebook_documents("x.ipynb", data)


@given(_BOOK | _JSON)
def test_any_json(book: object) -> None:
    documents = notebook_documents("x.ipynb", json.dumps(book).encode())
    assert documents[0].name == "x.ipynb"
    for document in documents:
        for unit in document.units:
            assert unit.cell is not None
            assert "\r" not in unit.original
            assert unit.original.count("\n") == unit.text.count("\n") + unit.line_offset or unit.text == ""


@given(st.lists(st.sampled_from(["a = 1", "", "# c", "!x", "%%bash\nls", "%%file y.py\nq"]).map(lambda s: s + "\n")))
def test_cells_keep_their_order(sources: list[str]) -> None:
    for document in notebook_documents("x.ipynb", _book(*sources)):
        cells = [unit.cell for unit in document.units if unit.cell is not None]
        assert cells == sorted(set(cells))
