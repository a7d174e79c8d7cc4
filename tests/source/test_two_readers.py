"""Python's own parser and libcst lower to the same trees, and what libcst says of places is said of either's."""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_logits.source.disagreement import Disagreement
from flake8_logits.source.documents import Unit, documents_of
from flake8_logits.source.quick_tree import QuickTree, quick_tree
from flake8_logits.source.shapes import shape_of
from flake8_logits.source.tree import Tree
from tests.source.generated import Generator

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = [path for path in sorted((ROOT / "fixtures").rglob("*")) if path.suffix in (".py", ".ipynb")]
LIBRARY = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))

TRICKY = [
    "",
    "\n\n# only a comment\n",
    "x = 1; y = 2; \\\nz = 3\n",
    "\n\nx = 1 \\\n\ny = 2\n",
    "x = '''\n\n'''; y = 2\n\nz = 3",
    "\x0c\nx = 1\n\x0cy = 2\n",
    "if a:\n\tx = 1\n\n        # far in\n# out\ny = 2\n",
    "a and b and c or d and (e and f) or (g or h)",
    "not a == b != c < d in e not in f is g is not h",
    "-x ** +y @ ~z // 2 << 3 >> 4 % 5 | 6 ^ 7 & 8",
    "f(a, *b, c=1, *d, e=2, **g, **h)",
    "f(\n  x=1,\n  *a,\n)\nf(x for x in y)\nf((x for x in y), 1)",
    "class A(B, metaclass=M, *C, **D): x: int = 1; y: ClassVar[int]; z: t.ClassVar = 2; (w): int",
    "x: int\nx.y: int\nx[0]: int = 1\n(x): int = 2",
    "del a\ndel a, b\ndel (a, b)\ndel (a), [b, c]\ndel (a, b), c\ndel a,",
    "a[1]\na[1, 2]\na[(1, 2)]\na[1,]\na[1:2, ::3, :]\na[b := 1]\na[:]\na[()]",
    "a[*b]\na[*b, 1]",
    "for x in *a, b: pass\nfor x, *y in z: break\nelse: continue",
    "x = *a, b\n*x, y = z\n[*a, b] = c\n(x, (y, z)) = w",
    "with a as b, c: pass\nwith (a as b, c as d,): pass\nwith (a, b): pass\nwith (a): pass\nwith (yield): pass",
    "try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h",
    "try: a\nexcept* B as c: d",
    "match a:\n case 1 | -2 | 3+4j: b\n case 'c' 'd': e\n case None: f\n case _: g",
    "match a:\n case [x, *_, 1] as y: b\n case {'k': v, **rest}: c\n case C(1, z=w): d\n case (1 | 2) as q if q: e",
    "match a, b:\n case x.y | 1: pass\n case (z): pass\n case [x] | (x,): pass",
    "lambda: 0\nlambda a, /, b=1, *c, d, e=2, **f: a\nlambda *, k: k",
    "def f(a, b=1, /, c=2, *, d, e=3, **g) -> int: return\nasync def h(*a): await b; yield c; yield from d; yield",
    "async def f():\n async for x in y: z\n async with a as b: c\n return [i async for i in j if k if l for m in n]",
    "@a\n@b(c)\ndef f(): pass\n\n@(\n  d\n)\nclass G: pass\n",
    "x = [a for b in c for d in e if f if g]\ny = {k: v for k, v in z}\nw = {*a, *b}\nv = {**a, 'b': c, **d}",
    "if a: b\nelif c: d\nelif e: f\nelse:\n if g: h\nif i: j\nelse:\n if k: l\n else: m\n pass",
    "while a: b\nelse: c\nassert d, e\nraise F from g\nglobal h, i\nnonlocal j",
    "import a.b.c as d, e.f\nfrom . import g\nfrom ...h.i import (j as k, l,)\nfrom m import *",
    "x = 0xFF + 1_000 + 1e3 + 2j + 0o17 + 0b1 + .5 + True + ... + None",
    "'a' 'b' \"c\"\nb'a' b'b'\nr'\\n' '\\n' '\\N{DASH}'\nu'x'\n'\\d'",
    "f''\n'' f''\nf'a{x}b' 'c' f'{y}'\nf'{{}}{x}\\x41'\nf'{x!r}{y:>{w}}{z:}'",
    "f'{x=}'\nf'a{ x = }b'\nf'{x=!s:>3}'\nf'{x = :.2f}'\nrf'\\{x}\\d' f'\\{x}'",
    'f\'\'\'"{x}\'a"{y}"\'\'\'\nf"""\'{x}"\n"{y}\\\n"""\nf\'{"a"}b\'\nf"{x}\\""',
    "ä = 'ö'; b = ä.ü(ß='é', \U0001d431=1)\nx = '😀'; y.compile(z)",
    "x = y = z  # logits: logits\na = b; c = d  # logits: probabilities(softmax)\n",
    "def f():\n  return x  # logits: log_probabilities(sigmoid)\nif a: b = c  # logits: logits\n",
    "x = (1,\n  2)  # logits: logits\ny = '''\n'''  # logits: logits\nz += 1  # logits: logits",
    "w: int = 1  # logits: logits\nv: int  # logits: logits",
    "type X[T] = list[T]\ndef f[T: int](x: T) -> T: return x\nclass A[*Ts, **P]: pass",
    "print((yield))\nx = yield\n(x := 1)\nprint(y := 2, z)\nwhile (c := d): pass",
    "x = t'{y}'",
    "x = (\n  # why\n  a\n  # not\n).b(  # so\n  c\n)\n",
    "f(a)(b)[c].d(e).f = g\n(a, b)[0]\n((a))\n(((a)).b)\n[(a), (b)]",
    "class A:\n  '''doc'''\n  x = 1\n\n  # end\n\n  def f(self): ...\n    # inner end\n\n# outer\n\nx = 1",
    "if x:\n  y\n# a\n\n  # b\nelse:\n  z\n\n\n\n",
    "x = 1" + " + 1" * 300,
    "x = " + "(" * 80 + "1" + ")" * 80,
    "if a: pass\n" + "elif b: pass\n" * 200,
]


def units_of(path: Path) -> Iterator[Unit]:
    for document in documents_of(str(path), path.read_bytes()):
        yield from document.units


def quick(text: str) -> QuickTree | None:
    return quick_tree(Unit("x.py", None, text, original=text))


def assert_alike(one: QuickTree) -> None:
    """Of every node, both say what it is and where it stands."""
    other = Tree(one.unit)
    assert other.problem is None
    ours, theirs = shape_of(one.body), shape_of(other.body)
    assert ours.marks == theirs.marks
    for mine, its in zip(ours.nodes, theirs.nodes, strict=True):
        assert (mine.span, mine.text) == (its.span, its.text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: str(path.relative_to(ROOT / "fixtures")))
def test_fixtures_are_read_alike(path: Path) -> None:
    for unit in units_of(path):
        tree = quick_tree(unit)
        if tree is not None:
            assert_alike(tree)
        else:
            assert not _parses(unit.text)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_the_standard_library_is_read_alike(path: Path) -> None:
    for unit in units_of(path):
        tree = quick_tree(unit)
        assert tree is not None
        assert all(statement.span for statement in tree.body)


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_texts_are_read_alike(text: str) -> None:
    tree = quick(text)
    assert (tree is not None) is _parses(text)
    if tree is not None and Tree(tree.unit).problem is None:
        try:
            assert_alike(tree)
        except Disagreement:
            # Its statements cannot be told apart by lines: then libcst reads it whole.
            assert shape_of(tree.body).marks == shape_of(Tree(tree.unit).body).marks


@pytest.mark.parametrize("seed", range(60))
def test_generated_programs_are_read_alike(seed: int) -> None:
    tree = quick(Generator(seed).program())
    assert tree is not None
    assert_alike(tree)


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
