"""Ways to write the same program differently, and ways to make it one of which nothing can be known."""

from __future__ import annotations

import builtins
import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

Change = Callable[[str], "str | None"]
"""Gives a changed program, or None where the change cannot be made to this one."""


@cache
def _parsed(text: str) -> cst.Module:
    """The tree of a program; trees do not change, so all changes may begin with the same one."""
    return cst.parse_module(text)


def _indented(text: str) -> str:
    return textwrap.indent(text, "    ", lambda line: bool(line.strip()))


def _block(head: str, tail: str = "") -> Change:
    """All of it in a block that is run once."""

    def change(text: str) -> str | None:
        module = _parsed(text)
        if module.get_docstring() is not None:
            text = module.with_changes(header=[], body=module.body[1:]).code
        if _has_long_string(text) or "__future__" in text:
            return None
        return f"{head}\n    pass\n{_indented(text)}\n{tail}"

    return change


@cache
def _has_long_string(text: str) -> bool:
    module = _parsed(text)
    # What stands before the first statement is of no interest.
    code = "".join(module.code_for_node(node) for node in module.body)
    return '"""' in code or "\\\n" in code


def in_a_function(text: str) -> str | None:
    """A function that is called; a star can only be imported outside of one."""
    if any(isinstance(node, cst.ImportStar | cst.Global | cst.Nonlocal) for node in _all(_parsed(text))):
        return None
    return _block("def everything():", "\neverything()\n")(text)


def with_dead_code(text: str) -> str:
    """More statements that have nothing to do with it."""
    return text + '\nnumbers_of_mine = [1, 2]\nif False:\n    numbers_of_mine.append("x")\nprint(numbers_of_mine)\n'


def annotated(text: str) -> str:
    """``x: object = value`` wherever a single name is assigned."""

    class Annotate(cst.CSTTransformer):
        def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign | cst.AnnAssign:
            target = updated_node.targets[0].target
            if len(updated_node.targets) > 1 or not isinstance(target, cst.Name):
                return updated_node
            return cst.AnnAssign(target, cst.Annotation(cst.Name("object")), updated_node.value)

        def visit_ClassDef(self, node: cst.ClassDef) -> bool:
            # There an annotation makes a field of it.
            return False

        def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
            # A name that is declared global must not be annotated.
            return not any(isinstance(part, cst.Global | cst.Nonlocal) for part in _all(node))

    return _parsed(text).visit(Annotate()).code


def _all(node: cst.CSTNode) -> list[cst.CSTNode]:
    found = [node]
    for child in node.children:
        found.extend(_all(child))
    return found


def _targets(nodes: list[cst.CSTNode]) -> list[cst.Name]:
    """The names that are assigned."""
    targets = [node.target for node in nodes if isinstance(node, cst.AssignTarget)]
    return [part for target in targets for part in _all(target) if isinstance(part, cst.Name)]


class _Rename(cst.CSTTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return updated_node.with_changes(value=self.names.get(updated_node.value, updated_node.value))

    def visit_Attribute_attr(self, node: cst.Attribute) -> None:
        self._kept = self.names
        self.names = {}

    def leave_Attribute_attr(self, node: cst.Attribute) -> None:
        self.names = self._kept

    def visit_Arg_keyword(self, node: cst.Arg) -> None:
        self._outer = self.names
        self.names = {}

    def leave_Arg_keyword(self, node: cst.Arg) -> None:
        self.names = self._outer

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False


def renamed(text: str) -> str | None:
    """Other names for what the program itself names: those that no string, keyword or attribute mentions as well."""
    module = _parsed(text)
    nodes = _all(module)
    targets = {part.value for part in _targets(nodes)}
    targets |= {node.name.value for node in nodes if isinstance(node, cst.FunctionDef)}
    words = {node.keyword.value for node in nodes if isinstance(node, cst.Arg) and node.keyword}
    words |= {node.attr.value for node in nodes if isinstance(node, cst.Attribute)}
    classes = [node for node in nodes if isinstance(node, cst.ClassDef)]
    words |= {part.value for node in classes for part in _all(node) if isinstance(part, cst.Name)}
    strings = " ".join(node.value for node in nodes if isinstance(node, cst.SimpleString))
    free = targets - words - set(dir(builtins))
    names = {name: f"{name}_of_mine" for name in free if name not in strings and name[0] != "_"}
    return module.visit(_Rename(names)).code if names else None


class _Alias(_Rename):
    """Gives every import a name of its own, and takes it over wherever the old one is read."""

    def visit_Import(self, node: cst.Import) -> bool:
        return True

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return True

    def visit_ImportFrom_module(self, node: cst.ImportFrom) -> None:
        self._module = self.names
        self.names = {}

    def leave_ImportFrom_module(self, node: cst.ImportFrom) -> None:
        self.names = self._module

    def visit_ImportAlias(self, node: cst.ImportAlias) -> bool:
        return False

    def leave_ImportAlias(self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias) -> cst.ImportAlias:
        bound = original_node.asname.name if original_node.asname else original_node.name
        assert isinstance(bound, cst.Name)
        space = cst.SimpleWhitespace(" ")
        name = cst.AsName(cst.Name(self.names[bound.value]), space, space)
        return updated_node.with_changes(asname=name)


def alias_imports(text: str) -> str | None:
    """Every import under a name of its own."""
    if "import *" in text:
        return None
    module = _parsed(text)
    names: dict[str, str] = {}
    for node in _all(module):
        if not isinstance(node, cst.ImportAlias):
            continue
        bound = node.asname.name if node.asname else node.name
        if not isinstance(bound, cst.Name):
            return None
        names[bound.value] = f"{bound.value}_as_we_say"
    nodes = _all(module)
    others = {node.name.value for node in nodes if isinstance(node, cst.Param)}
    others |= {part.value for part in _targets(nodes)}
    if others & set(names):
        return None
    return module.visit(_Alias(names)).code


def imports_reversed(text: str) -> str | None:
    """The imports at the top in the opposite order."""
    module = _parsed(text)
    start = 1 if module.get_docstring() else 0
    end = start
    while end < len(module.body) and _is_import(module.body[end]):
        end += 1
    head = module.body[start:end]
    if len(head) < 2 or "import *" in text:
        return None
    return module.with_changes(body=[*module.body[:start], *reversed(head), *module.body[end:]]).code


def _is_import(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[0], cst.Import | cst.ImportFrom)


def in_cells(text: str) -> bytes:
    """A notebook with a cell for each statement."""
    module = _parsed(text)
    cells = [module.with_changes(header=[], footer=[], body=[node]).code for node in module.body]
    sources = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": sources, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


@dataclass(frozen=True)
class Halves:
    """A program in two files, the second of which imports the first."""

    first: str
    second: str


def in_two_files(text: str, lines: Sequence[int]) -> Halves | None:
    """All before the first line of interest in a module of its own; None where that is nothing but imports."""
    wrapper = MetadataWrapper(_parsed(text))
    places = wrapper.resolve(PositionProvider)
    body = list(wrapper.module.body)
    spans = [(places[node].start.line, places[node].end.line) for node in body]
    first = next((n for n, (start, end) in enumerate(spans) if any(start <= line <= end for line in lines)), len(body))
    if all(_is_import(node) for node in body[:first]) or "import *" in text:
        return None
    # A function that nobody calls in the file that is checked would be run in neither.
    module = wrapper.module
    names = {part.value for node in body[:first] for part in _all(node) if isinstance(part, cst.Name)}
    if any(name.startswith("_") for name in names):
        return None
    rest = module.with_changes(header=[], body=body[first:]).code
    return Halves(
        module.with_changes(body=body[:first]).code, f"from first_half import *  # and what it needs of keras\n{rest}"
    )


SAME: dict[str, Change] = {
    "if True": _block("if True:"),
    "if not False, else": _block("if False:\n    raise SystemExit\nelse:"),
    "try": _block("try:", "finally:\n    pass\n"),
    "with": _block("import contextlib\nwith contextlib.nullcontext():"),
    "a loop of one turn": _block("for once in [0]:"),
    "in a function": in_a_function,
    "in a function in a function": lambda text: (inner := in_a_function(text)) and in_a_function(inner),
    "with dead code": with_dead_code,
    "annotated": annotated,
    "renamed": renamed,
    "imports under other names": alias_imports,
    "imports reversed": imports_reversed,
    "twice": lambda text: text,
}
"""Changes after which the same is found, in the same expressions."""


def _mysterious(text: str) -> str:
    """All libraries are others, of the same names."""

    class Replace(cst.CSTTransformer):
        def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.Import:
            aliases = []
            for alias in updated_node.names:
                bound = alias.asname.name if alias.asname else _first(alias.name)
                assert isinstance(bound, cst.Name)
                space = cst.SimpleWhitespace(" ")
                aliases.append(alias.with_changes(name=cst.Name("mystery"), asname=cst.AsName(bound, space, space)))
            return updated_node.with_changes(names=aliases)

        def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
            return updated_node.with_changes(module=cst.Name("mystery"), relative=())

    return _parsed(text).visit(Replace()).code


def _first(node: cst.BaseExpression) -> cst.BaseExpression:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node


def _overwritten(text: str) -> str | None:
    """What was imported is given another value before it is used."""
    module = _parsed(text)
    inner = [part for node in module.body if not _is_import(node) for part in _all(node)]
    if "import *" in text or any(_is_import(part) for part in inner):
        return None
    body = [line for node in module.body for line in (node, *_overwriting(node))]
    return module.with_changes(body=body).code if len(body) > len(module.body) else None


def _overwriting(node: cst.CSTNode) -> Sequence[cst.BaseStatement | cst.SimpleStatementLine]:
    """What gives the names that a statement imports another value; nothing for other statements."""
    if not _is_import(node):
        return ()
    aliases = [part for part in _all(node) if isinstance(part, cst.ImportAlias)]
    names = [alias.asname.name if alias.asname else _first(alias.name) for alias in aliases]
    return cst.parse_module("\n".join(f"{name.value} = mystery()" for name in names if isinstance(name, cst.Name))).body


SILENT: dict[str, Change] = {
    "other libraries of the same names": _mysterious,
    "imports that are overwritten": _overwritten,
}
"""Changes after which nothing is known any more, so nothing is found."""
