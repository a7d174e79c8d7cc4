"""Reading: the text Python would see, or one line that says why there is none."""

from __future__ import annotations

import ast
import codecs
import os
import pathlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.source.documents import Document, documents_of, python_document, read_document


def _text(data: bytes) -> str:
    document = python_document("a/b.py", data)
    assert document.problems == ()
    (unit,) = document.units
    assert (unit.path, unit.cell, unit.line_offset) == ("a/b.py", None, 0)
    assert unit.original == unit.text == document.text
    return unit.text


def _problem(data: bytes) -> str:
    document = python_document("b.py", data)
    assert document.units == ()
    (problem,) = document.problems
    assert problem.path == "b.py"
    assert "\n" not in problem.message
    return f"{problem.line}: {problem.message}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"x = 1\n", "x = 1\n"),
        (b"x\r\ny\rz\n\r", "x\ny\nz\n\n"),
        (b"x\x0cy\x0bz\x1c", "x\x0cy\x0bz\x1c"),
        (codecs.BOM_UTF8 + b"x = 1", "x = 1"),
        (codecs.BOM_UTF8 + b"# coding: utf-8\nx = 1", "# coding: utf-8\nx = 1"),
        ("x = 'é\u2028'".encode(), "x = 'é\u2028'"),
        ("# coding: latin-1\nx = 'é'".encode("latin-1"), "# coding: latin-1\nx = 'é'"),
        ("#!/bin/sh\n# vim: set fileencoding=cp1252 :\n'€'".encode("cp1252"), None),
        ("# coding: gbk\nx = '中'".encode("gbk"), "# coding: gbk\nx = '中'"),
        ("# coding: euc-jp\nx = '日'".encode("euc-jp"), "# coding: euc-jp\nx = '日'"),
    ],
)
def test_text(data: bytes, text: str | None) -> None:
    assert _text(data) == (text or data.decode("cp1252"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"x = 1\ny = '\xe9'\n", "2: is not utf-8: byte 0xe9 on line 2 is not valid there"),
        (b"\n\r\n\r'\xff'", "4: is not utf-8: byte 0xff on line 4 is not valid there"),
        (b"# coding: ascii\n'\x80'", "2: is not ascii: byte 0x80 on line 2 is not valid there"),
        (b"# coding: klingon\n", "1: has no usable encoding: unknown encoding: klingon"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "1: has no usable encoding: encoding problem: utf-8"),
        ("x = 1".encode("utf-16"), "1: is encoded as UTF-16, which Python source cannot be"),
        ("x = 1".encode("utf-32"), "1: is encoded as UTF-32, which Python source cannot be"),
        (codecs.BOM_UTF16_BE + b"\0x", "1: is encoded as UTF-16, which Python source cannot be"),
        (b"x = 1\n\ny\0", "3: holds a null byte, which Python source cannot"),
        (b"# coding: rot13\n", "1: declares the encoding rot13, which Python source cannot have"),
        (b"# coding: punycode\n" + b"x" * 99, "1: declares the encoding punycode, which Python source cannot have"),
        (b"# coding: idna\n", "1: declares the encoding idna, which Python source cannot have"),
        (b"# coding: undefined\n", "1: declares the encoding undefined, which Python source cannot have"),
        (b"# coding: utf-16\n", "1: declares the encoding utf-16, which Python source cannot have"),
        (b"# coding: zlib\n", "1: declares the encoding zlib, which Python source cannot have"),
    ],
)
def test_problems(data: bytes, problem: str) -> None:
    assert _problem(data) == problem


def test_lines_of_a_unit() -> None:
    (unit,) = python_document("b.py", b"x\r\ny  # noqa\r\n").units
    assert [unit.line(number) for number in range(5)] == ["", "x", "y  # noqa", "", ""]


def test_name_and_kind(tmp_path: pathlib.Path) -> None:
    assert python_document("a/b.py", b"").name == "b.py"
    assert python_document("a/b.py", b"").kind == "python"
    assert [document.kind for document in documents_of("a/B.IPYNB", b'{"cells": []}')] == ["notebook"]
    script = tmp_path / "script"
    script.write_bytes(b"x = 1\r\n")
    (document,) = read_document(str(script))
    assert (document.kind, document.text, document.path) == ("python", "x = 1\n", str(script))
    assert document.unit(None) is document.units[0]
    assert document.unit(0) is None


def _message(documents: list[Document]) -> str:
    (document,) = documents
    assert document.units == ()
    return document.problems[0].message


def test_what_cannot_be_read(tmp_path: pathlib.Path) -> None:
    assert _message(read_document(str(tmp_path / "none.py"))) == "cannot be read: no such file or directory"
    assert _message(read_document(str(tmp_path))) == "cannot be read: it is a folder"
    assert _message(read_document("a\0b.py")).startswith("cannot be read: ")
    assert _message(read_document("")) == "cannot be read: no such file or directory"
    (document,) = read_document("none.ipynb")
    assert document.kind == "notebook"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and rights of this kind are Unix's")
def test_special_files(tmp_path: pathlib.Path) -> None:
    pipe = tmp_path / "pipe.py"
    os.mkfifo(pipe)
    assert _message(read_document(str(pipe))) == "cannot be read: it is not a regular file"
    assert _message(read_document("/dev/zero")) == "cannot be read: it is not a regular file"
    locked = tmp_path / "locked.py"
    locked.write_text("")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        assert _message(read_document(str(locked))) == "cannot be read: permission denied"


def test_too_long(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_logits.source.documents.MOST_BYTES", 3)
    (tmp_path / "x.py").write_bytes(b"1234")
    assert _message(read_document(str(tmp_path / "x.py"))).startswith("cannot be read: it is larger than")


_HEADS = st.sampled_from(
    [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\n"]
    + [f"# coding: {name}\n".encode() for name in ("utf-7", "utf_8_sig", "hz", "mbcs", "..", "-", "uu", "iso2022_jp")]
    + [f"# coding: {name}\n".encode() for name in ("unicode_escape", "raw_unicode_escape", "aliases", "cp037", "oem")]
)


@given(_HEADS, st.binary())
def test_any_bytes(head: bytes, data: bytes) -> None:
    document = python_document("x.py", head + data)
    assert bool(document.units) != bool(document.problems)
    assert "\r" not in document.text


@given(st.text(st.sampled_from("x\r\n\x0c\x0b\x1c\x85\u2028")))
def test_lines_are_counted_as_python_does(text: str) -> None:
    source = "'''" + text + "'''"
    last = ast.parse(source.encode()).body[0].end_lineno
    assert _text(source.encode()).count("\n") + 1 == last
