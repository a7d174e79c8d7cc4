"""What an expression stands in, as far as it matters to take it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import libcst as cst
from libcst import metadata as meta

from flake8_logits.domain.places import Span
from flake8_logits.source import syntax as ir
from flake8_logits.source.lower import Lowering
from flake8_logits.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Listed:
    """An element of a list or tuple display, with its neighbours."""

    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Called:
    """What is called at once, as in ``Softmax()(x)``."""

    call: ir.Expression


@dataclass(frozen=True, slots=True)
class Added:
    """The one argument of a statement ``something.add(...)``, which is not alone in its block."""

    statement: Span


def surroundings(tree: Tree, node: ir.Node) -> Listed | Called | Added | None:
    """What a node of the tree stands in; None for anything else."""
    module = tree.module
    if module is None:
        return None
    parents = _parents(tree, module)
    parent = parents.get(ir.lowered_at(node).cst)
    above = parents.get(parent) if parent is not None else None
    if isinstance(parent, cst.Element) and isinstance(above, cst.List):
        spans = [_span(tree, element) for element in above.elements]
        index = next(i for i, element in enumerate(above.elements) if element is parent)
        return Listed(
            spans[index - 1] if index else None,
            spans[index + 1] if index + 1 < len(spans) else None,
        )
    if isinstance(parent, cst.Call) and parent.func is ir.lowered_at(node).cst:
        return Called(Lowering(tree).expression(parent))
    if isinstance(parent, cst.Arg) and isinstance(above, cst.Call) and len(above.args) == 1:
        statement = parents.get(above)
        line = parents.get(statement) if isinstance(statement, cst.Expr) else None
        block = parents.get(line) if line is not None else None
        adds = isinstance(above.func, cst.Attribute) and above.func.attr.value == "add"
        alone = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1
        if adds and alone and isinstance(block, (cst.Module, cst.IndentedBlock)) and len(block.body) > 1:
            assert line is not None
            return Added(_span(tree, line))
    return None


def displayed_beside(tree: Tree, node: ir.Node) -> tuple[str, ...]:
    """The source of the other values in the tuple, list or dict display of which a node of the tree is a value."""
    module = tree.module
    if module is None:
        return ()
    parents = _parents(tree, module)
    parent = parents.get(ir.lowered_at(node).cst)
    above = parents.get(parent) if isinstance(parent, cst.BaseElement | cst.BaseDictElement) else None
    if not isinstance(above, cst.Tuple | cst.List | cst.Dict):
        return ()
    return tuple(module.code_for_node(one.value).strip() for one in above.elements if one is not parent)


def _parents(tree: Tree, module: cst.Module) -> Mapping[cst.CSTNode, cst.CSTNode]:
    """What each node of a tree stands in, found out once: every fix for the file asks for it."""
    found = tree.studied.get(meta.ParentNodeProvider)
    if not isinstance(found, Mapping):
        found = meta.MetadataWrapper(module, unsafe_skip_copy=True).resolve(meta.ParentNodeProvider)
        tree.studied[meta.ParentNodeProvider] = found
    return found


def _span(tree: Tree, node: cst.CSTNode) -> Span:
    probe = ir.Opaque()
    probe.cst, probe.home = node, tree
    return probe.span
