"""Rewrites a slice so that it can touch nothing but through the guard: attributes, classes, handlers.

The kinds of syntax are listed too: what is not in the list is not run.  Lines stay where they are.
"""

from __future__ import annotations

import ast
from typing import Any

from flake8_logits.verify.allowed import ACCESSES, DEFINABLE, NOTES, is_special
from flake8_logits.verify.child.made import Depends

ATTRIBUTE, WRITING, CATCHING, UNSPECIAL = "__attribute__", "__writing__", "__catching__", "__unspecial__"
NAMED, CHOSEN, ANNOTATION = "__named__", "__chosen__", "__annotation__"
BLOCK, LEFT, UNHANDED, KNOWN = "__block__", "__left__", "__unhanded__", "__known__"
HELPERS = frozenset(
    {NAMED, CHOSEN, ANNOTATION, BLOCK, LEFT, UNHANDED, KNOWN,
     ATTRIBUTE, WRITING, CATCHING, UNSPECIAL, "__made__", "__library__", "__dataset__", "__project__", "__guarded__",
     "__alone__", "__fitted__", "__predict__", "__meet_compile__", "__meet_call__", "__meet_activation__",
     "__meet_value__", "__meet_swapped__", "__ours__", "__left_out__", "__doubt__", "__on_the_way__", "__used__"}
)  # fmt: skip
"""Our own functions, as a slice calls them."""
_AUTOGRAPH = "ag__"
"""What TensorFlow calls its own module in the functions that it rewrites."""
_READABLE = HELPERS | {"__name__", "__file__", "__debug__", "__doc__"}
_SLOTS = "__slots__"
_SYNTAX = (
    ast.Module, ast.FunctionDef, ast.ClassDef, ast.Return, ast.Delete, ast.Assign, ast.AugAssign, ast.AnnAssign,
    ast.For, ast.While, ast.If, ast.With, ast.Match, ast.Raise, ast.Try, ast.Assert, ast.Global, ast.Nonlocal, ast.Expr,
    ast.Pass, ast.Break, ast.Continue, ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp,
    ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Yield, ast.YieldFrom, ast.Compare,
    ast.Call, ast.FormattedValue, ast.JoinedStr, ast.Constant, ast.Attribute, ast.Subscript, ast.Starred, ast.Name,
    ast.List, ast.Tuple, ast.Slice, ast.comprehension, ast.ExceptHandler, ast.arguments, ast.arg, ast.keyword,
    ast.withitem, ast.match_case, ast.pattern, ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip


def guarded(source: str) -> str:
    """The source of a slice behind the guard, line by line.  Raises Depends where it may not run at all."""
    tree = _Guarding().visit(ast.parse(source))
    return ast.unparse(ast.fix_missing_locations(tree))


class _Guarding(ast.NodeTransformer):
    def __init__(self) -> None:
        self.classes: list[str] = []

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, _SYNTAX):
            raise Depends(f"{type(node).__name__} at line {getattr(node, 'lineno', 0)}")
        self._names(node)
        return super().visit(node)

    @staticmethod
    def _names(node: ast.AST) -> None:
        """Refuse every name that Python gives a meaning, wherever it is bound or read, unless it is listed."""
        if isinstance(node, (ast.Constant, ast.Attribute)):
            return
        for _, value in ast.iter_fields(node):
            for name in value if isinstance(value, list) else [value]:
                if not isinstance(name, str):
                    continue
                if name == _AUTOGRAPH or (is_special(name) and not _may_be_named(node, name)):
                    raise Depends(name)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        node.value = self.visit(node.value)
        name = self._mangled(node.attr)
        if isinstance(node.ctx, ast.Load):
            return ast.copy_location(_call(ATTRIBUTE, node.value, ast.Constant(name)), node)
        node.value, node.attr = ast.copy_location(_call(WRITING, node.value), node), name
        return node

    def _mangled(self, name: str) -> str:
        """A name as Python spells it within a class."""
        if not self.classes or not name.startswith("__") or name.endswith("__"):
            return name
        owner = self.classes[-1].lstrip("_")
        return f"_{owner}{name}" if owner else name

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        self.generic_visit(node)
        if node.name in ACCESSES - {"__delattr__"}:
            ours = UNHANDED if node.name == "__setattr__" else UNSPECIAL
            node.decorator_list.insert(0, ast.copy_location(ast.Name(ours, ast.Load()), node))
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """What is held against a text that is written out may be a text that nobody knows."""
        self.generic_visit(node)
        every = [node.left, *node.comparators]
        if any(_writes_text(one) for one in every):
            asked = [one if _writes_text(one) else ast.copy_location(_call(KNOWN, one), one) for one in every]
            node.left, node.comparators = asked[0], asked[1:]
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Keywords that a dictionary names: none that Python gives a meaning."""
        self.generic_visit(node)
        if node.arg is None:
            node.value = ast.copy_location(_call(NAMED, node.value), node.value)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """What chooses among things that are made up chooses all: how many there are is made up as well."""
        self.generic_visit(node)
        names = [one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)]
        plain = not any(isinstance(one, (ast.NamedExpr, ast.Yield)) for each in node.ifs for one in ast.walk(each))
        if plain:
            node.ifs = [_chosen(one, names) for one in node.ifs]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """``__slots__`` makes attributes: by names that are written out, and that Python gives no meaning."""
        for one in node.targets:
            if isinstance(one, ast.Name) and one.id == _SLOTS:
                one.plain = _are_plain(node.value)  # type: ignore[attr-defined]
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        self.classes.append(node.name)
        node.body = [self.visit(one) for one in node.body]
        self.classes.pop()
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """A text as an annotation is code that somebody may run later, whether it is written out or computed."""
        if any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node.annotation)):
            node.annotation = ast.copy_location(ast.Name("object", ast.Load()), node.annotation)
        self.generic_visit(node)
        node.annotation = ast.copy_location(_call(ANNOTATION, node.annotation), node.annotation)
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """A handler catches what the program may raise, never what is ours."""
        self.generic_visit(node)
        caught = _call(CATCHING, *([node.type] if node.type is not None else []))
        node.type = ast.copy_location(ast.IfExp(_call(LEFT), ast.Tuple([], ast.Load()), caught), node)
        return node

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """What is done in the end is not done on the way out of the program."""
        self.generic_visit(node)
        if node.finalbody:
            goes_on = ast.UnaryOp(ast.Not(), _call(LEFT))
            node.finalbody = [ast.copy_location(ast.If(goes_on, node.finalbody, []), node.finalbody[0])]
        return node

    def visit_withitem(self, node: ast.withitem) -> ast.AST:
        """A block is left as the program would leave it, or without asking it."""
        self.generic_visit(node)
        node.context_expr = ast.copy_location(_call(BLOCK, node.context_expr), node.context_expr)
        return node

    def visit_MatchClass(self, node: ast.MatchClass) -> ast.AST:
        """A pattern that asks for the class alone; one that reads attributes reads past the guard."""
        if node.patterns or node.kwd_patterns or not isinstance(node.cls, ast.Name):
            raise Depends(f"case {ast.unparse(node)}")
        self.generic_visit(node)
        return node

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.AST:
        if any(isinstance(one, ast.Attribute) for one in ast.walk(node)):
            raise Depends(f"case {ast.unparse(node)}")
        return node

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.AST:
        if any(isinstance(one, ast.Attribute) for key in node.keys for one in ast.walk(key)):
            raise Depends(f"case {ast.unparse(node)}")
        self.generic_visit(node)
        return node


def _writes_text(node: ast.expr) -> bool:
    """Whether an expression is a text, or a row of texts, that is written out."""
    every = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in every)


def _may_be_named(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.FunctionDef):
        return name in DEFINABLE
    if isinstance(node, ast.Name):
        if name == _SLOTS:
            return getattr(node, "plain", False)
        return name in (_READABLE if isinstance(node.ctx, ast.Load) else DEFINABLE - ACCESSES | NOTES)
    return False


def _are_plain(slots: ast.expr) -> bool:
    """Whether slots are texts that are written out, and names that Python gives no meaning but ``__dict__``."""
    every = slots.elts if isinstance(slots, (ast.Tuple, ast.List, ast.Set)) else [slots]
    texts = [one.value for one in every if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return len(texts) == len(every) and not any(is_special(one) for one in set(texts) - {"__dict__", "__weakref__"})


def _chosen(condition: ast.expr, names: list[str]) -> ast.expr:
    nothing = ast.arguments([], [], None, [], [], None, [])
    asked = ast.Lambda(nothing, condition)
    return ast.copy_location(_call(CHOSEN, asked, *(ast.Name(name, ast.Load()) for name in names)), condition)


def _call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])
