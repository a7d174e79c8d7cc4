"""Masking: nothing of Python changes, everything of IPython goes, lines and columns stay."""

from __future__ import annotations

import ast
import pathlib
import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.source.decoding import universal_newlines
from flake8_logits.source.magics import mask_magics


@pytest.mark.parametrize(
    "python",
    [
        "x = 1\n",
        "x = (a\n% (b, c))\n",
        "x = '''\n%matplotlib inline\n!ls\n?foo\nfoo?\n'''\n",
        "x = f'''\n%matplotlib {y}\n'''\n",
        "x = 'a \\\n%b'\n",
        "x = 100 \\\n% 7\n",
        "x = [\n    '!', '?',  # what? [\n]\n",
        'x = "it\'s (?"\n',
        "x = r'\\'\n%time\n'''".replace("\n%time\n'''", "'\n"),
        "assert x != y, 'why?'\n",
        "x %= 3\n",
        "cd = ls - la\n",
        "ls -la\n",
        "rm in ls\n",
        "git if apt else cp\n",
        "x = y = {\n'a': '''?'''}\n",
        "def f(a=\n  1): pass\n",
        "x: int = \\\n    3\n",
        "await f()\n",
        "get_ipython().system('pip install keras')\n",
        "x = '%s' % y # !\n",
        "\x0c\nx = 1\n",
    ],
)
def test_python_is_left_alone(python: str) -> None:
    assert mask_magics(python) == python


@pytest.mark.parametrize(
    ("source", "masked"),
    [
        ("%matplotlib inline", "pass"),
        ("%tensorflow_version 2.x\nimport x", "pass\nimport x"),
        ("!pip install x", "pass"),
        ("!!ls", "pass"),
        ("! ls (", "pass"),
        ("!echo 'it\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n  keras \\\n  numpy\nx = 1", "pass\n\n\nx = 1"),
        ("if x:\n    !pip install x\ny = 1", "if x:\n    pass\ny = 1"),
        ("for x in y:\n\t%cd x", "for x in y:\n\tpass"),
        ("pip install keras", "pass"),
        ("cd ..", "pass"),
        ("ls -1 data/", "pass"),
        ("mkdir -p data/x", "pass"),
        ("x = !ls", "x = __"),
        ("x = !ls '(", "x = __"),
        ("x, y =!ls \\\n  -l\nz", "x, y =__\n\nz"),
        ("x = %timeit -o f(x)", "x = __"),
        ("x = '=' == %sql select 1", "x = '=' == __"),
        ("foo?", "pass"),
        ("foo??", "pass"),
        ("    foo.bar?  # help", "    pass"),
        ("?foo", "pass"),
        ("??foo", "pass"),
        ("%timeit?", "pass"),
        ("print*?", "pass"),
        ("x = keras.Sequential?", "pass"),
        ("/func arg", "pass"),
        (",func a b", "pass"),
        ("%%time\nx = 1", "pass\nx = 1"),
        ("%time model.fit(x)", "0;    model.fit(x)"),
        ("  %time x = 1", "  0;    x = 1"),
        ("%timeit -n 10 -r 3 f(x)", "0;                 f(x)"),
        ("%timeit -n10 f(x)", "0;           f(x)"),
        ("%prun -s cumulative f(x)", "0;                  f(x)"),
        ("%prun -r -q f(x)", "0;          f(x)"),
        ("%time f(a, \\\n  b)", "0;    f(a, \\\n  b)"),
        ("%time", "pass"),
        ("%time for x in y: f(x)", "pass"),
        ("%time !ls", "pass"),
        ("%timeit -n 10", "pass"),
        ("model = ??", "model = __"),
        ("Dense(??, activation=??)", "Dense(__, activation=__)"),
        ("Dense(?, 'why?') # ?", "Dense(_, 'why?') # ?"),
        ("f(\n  x??\n)", "f(\n  x__\n)"),
        ("return ??", "return __"),
        ("x = ", "x = __"),
        ("x = # TODO", "x = __"),
        ("  x.y[0] =\nz", "  x.y[0] = __\nz"),
        ("f(a)\r\n!ls\r\nb", "f(a)\npass\nb"),
        ("f(a)\r!ls\rb", "f(a)\npass\nb"),
    ],
)
def test_ipython_becomes_python(source: str, masked: str) -> None:
    assert mask_magics(source) == masked


@pytest.mark.parametrize("source", ["a == ", "x = (", "// comment", "x ?? y", "def f(:", "a += "])
def test_what_is_neither_is_not_made_up(source: str) -> None:
    with pytest.raises(SyntaxError):
        ast.parse(mask_magics(source))


def test_exported_script() -> None:
    script = "# -*- coding: utf-8 -*-\n!pip install keras\n\n%tensorflow_version 2.x\nimport keras\nfiles = !ls\n"
    assert [node.lineno for node in ast.parse(mask_magics(script)).body] == [2, 4, 5, 6]


def test_our_own_source_is_left_alone() -> None:
    for path in pathlib.Path(__file__).parents[2].joinpath("flake8_logits", "source").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert mask_magics(text) == text


# Python says SyntaxError for these; a reader of lines must not take time without end over them.
@pytest.mark.parametrize(
    "nasty",
    [
        "%timeit " + "-s " * 20_000 + "#",
        "%timeit" + " " * 50_000 + "#",
        "=" * 50_000 + "!",
        "= " * 50_000 + "?",
        "(" * 50_000 + "?\n!ls",
        "?" * 50_000,
        "ls " + "-a " * 20_000 + "?",
        ("'" * 3 + "\\" * 999 + "\n") * 50 + "?",
        "\n" * 100_000 + "?",
        " \n" * 50_000 + "!",
    ],
)
def test_no_hang(nasty: str) -> None:
    start = time.perf_counter()
    masked = mask_magics(nasty)
    assert masked.count("\n") == nasty.count("\n")
    assert time.perf_counter() - start < 10


_PIECES = st.sampled_from(
    [
        "%time ",
        "%",
        "%%",
        "!",
        "?",
        "??",
        "= ",
        "'",
        '"',
        "'''",
        '"""',
        "(",
        ")",
        "[",
        "\\",
        "\n",
        "\r",
        "\r\n",
        "#",
        "x",
    ]
) | st.sampled_from(
    ["\x0c", "\u2028", "    ", "\t", "0", ";", "/", ",", "pip ", "if x:", "-n 1 ", "\\\n", "é", "\U0001f600", "\0"]
)
_SOURCES = st.one_of(st.text(), st.lists(_PIECES).map("".join))


@given(_SOURCES)
def test_lines_stay(text: str) -> None:
    assert mask_magics(text).count("\n") == universal_newlines(text).count("\n")


@given(_SOURCES)
def test_valid_python_stays(text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError):
        return
    assert mask_magics(text) == universal_newlines(text)


_STATEMENTS = st.sampled_from(["x = f(1)", "if x:\n    y = 2", "z = '''\n%a\n'''", "g(\n% 1)"])
_MAGICS = st.sampled_from(["!ls (", "%time", "foo?", "?x", "a = !b '"])


@given(st.lists(st.tuples(_STATEMENTS, _MAGICS)))
def test_python_between_magics_keeps_its_place(pairs: list[tuple[str, str]]) -> None:
    masked = mask_magics("\n".join(f"{statement}\n{magic}" for statement, magic in pairs)).split("\n")
    for statement, _ in pairs:
        for line in statement.split("\n"):
            assert masked.pop(0) == line
        assert masked.pop(0) in ("pass", "a = __")
