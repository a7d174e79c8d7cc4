"""One walk over a module for what its scopes do not tell."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst


class Seen(cst.CSTVisitor):
    """``name = value`` statements, imports that stand in no branch, calls, definitions, annotations, and every word."""

    def __init__(self) -> None:
        self.values: dict[int, cst.BaseExpression] = {}
        self.targets: dict[int, cst.Name] = {}
        self.plain: set[int] = set()
        self.calls: list[cst.Call] = []
        self.words: set[str] = set()
        self.definitions: set[str] = set()
        self.annotated: list[tuple[cst.BaseExpression, cst.Annotation]] = []
        self._returns: list[cst.Annotation | None] = []

    def visit_Module(self, node: cst.Module) -> None:
        self._block(node.body)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.definitions.add(node.name.value)
        self._returns.append(node.returns)
        self._block(node.body.body)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._returns.pop()

    def visit_Return(self, node: cst.Return) -> None:
        returns = self._returns[-1] if self._returns else None
        if node.value is not None and returns is not None:
            self.annotated.append((node.value, returns))

    def visit_Param(self, node: cst.Param) -> None:
        if node.default is not None and node.annotation is not None:
            self.annotated.append((node.default, node.annotation))

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.definitions.add(node.name.value)

    def visit_Assign(self, node: cst.Assign) -> None:
        if len(node.targets) == 1:
            self._pair(node.targets[0].target, node.value)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self.annotated.append((node.value, node.annotation))
            self._pair(node.target, node.value)

    def visit_Call(self, node: cst.Call) -> None:
        self.calls.append(node)

    def visit_Name(self, node: cst.Name) -> None:
        self.words.add(node.value)

    def _pair(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        if isinstance(target, cst.Name):
            self.values[id(target)] = value
            self.targets[id(value)] = target

    def _block(self, body: Sequence[cst.CSTNode]) -> None:
        for line in body:
            if isinstance(line, cst.SimpleStatementLine):
                self.plain |= {id(one) for one in line.body if isinstance(one, (cst.Import, cst.ImportFrom))}
