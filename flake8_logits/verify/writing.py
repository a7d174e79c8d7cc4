"""Writes the statements of a slice as source, in whichever version of Python."""

from __future__ import annotations

import ast
import copy

_CONVERSIONS = {ord("s"): "str", ord("r"): "repr", ord("a"): "repr"}


def written(body: list[ast.stmt]) -> tuple[ast.Module, str]:
    """The tree of some statements and its source, without f-strings where one of them cannot be written as such."""
    tree = ast.Module(body, [])
    try:
        return tree, ast.unparse(tree)
    except ValueError:  # before Python 3.12, no backslash stands within the braces of an f-string
        plain = ast.fix_missing_locations(_Joined().visit(copy.deepcopy(tree)))
        return plain, ast.unparse(plain)


class _Joined(ast.NodeTransformer):
    """Puts texts that are joined in the place of f-strings."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        self.generic_visit(node)
        parts = ast.Tuple(node.values, ast.Load())
        return ast.copy_location(ast.Call(ast.Attribute(ast.Constant(""), "join", ast.Load()), [parts], []), node)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        self.generic_visit(node)
        value = node.value
        if node.conversion in _CONVERSIONS:
            value = _call(_CONVERSIONS[node.conversion], value)
        return ast.copy_location(_call("format", value, *([node.format_spec] if node.format_spec else [])), node)


def _call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])
