"""The operators of Python's own syntax tree, by the symbols that they are written with."""

from __future__ import annotations

import ast

SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
"""By operator its symbol, in an expression and before ``=``.  Source: the language reference, 6.5 to 6.9."""
