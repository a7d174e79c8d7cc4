"""Cuts programs without building anything: what the tests of slices look at."""

from __future__ import annotations

import ast
from pathlib import Path

from flake8_logits.analysis import analyse
from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Claim
from flake8_logits.source.documents import Document, documents_of, read_document
from flake8_logits.source.project import Project
from flake8_logits.verify.slices import Slice, slices

HEAD = "import os, subprocess\nimport keras\nfrom keras import layers\n"


def first_claim(document: Document) -> Claim:
    """The claim of the first finding in a program."""
    claim = analyse(document).diagnostics[0].claim
    assert claim is not None
    return claim


def cut(text: str, path: str = "program.py") -> list[Slice]:
    """The slices of the first finding in a program, the likeliest first."""
    document = documents_of(path, text.encode())[0]
    claim = first_claim(document)
    return list(slices(document.units, path, claim, None))


def cut_at_compile(text: str, path: str = "program.py") -> list[Slice]:
    """The slices of the last call of ``compile`` in a program, whatever the interpreter makes of it."""
    document = documents_of(path, text.encode())[0]
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    node = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "compile"][-1]
    assert node.end_lineno is not None and node.end_col_offset is not None
    span = Span(path, None, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
    return list(slices(document.units, path, Claim(span, SiteKind.COMPILE, "", ()), None))


def source(text: str) -> str:
    """The likeliest slice of a program in one module."""
    return cut(text)[0].sources[0]


def cut_project(folder: Path, files: dict[str, str], main: str) -> list[str]:
    """The sources of the likeliest slice of a program whose project has these files."""
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    path = str(folder / main)
    document = read_document(path)[0]
    claim = first_claim(document)
    return list(next(iter(slices(document.units, path, claim, Project(path)))).sources)
