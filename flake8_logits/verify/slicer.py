"""The backward walk: of a scope's statements those that what is wanted depends on.

Within a block the walk is exact: a name that is assigned anew is not wanted above.  Across definitions it is not:
what a function reads may have been bound anywhere.  What only trains, shows, saves or loads is no dependence, so it
falls out by itself.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable

from flake8_logits.verify.bindings import Definition, free_names, imported, parameters, root, roots, targets

Names = set[str]

BUILDING = frozenset(
    {"__init__", "__setattr__", "add", "append", "appendleft", "add_module", "build", "clear", "extend", "insert",
     "pop", "remove", "reverse", "setdefault", "sort", "update", "add_loss", "wrap"}
)  # fmt: skip
"""Methods whose effect on what they are called on is what they are called for."""
CONFIGURING = frozenset(
    {"disable_eager_execution", "disable_v2_behavior", "run_functions_eagerly",
     "set_dtype_policy", "set_floatx", "set_global_policy", "set_image_data_format", "set_learning_phase",
     "set_policy"}
)  # fmt: skip
"""Functions of the libraries that change how models are built after them."""
ALWAYS_CALLED = frozenset(
    {"__init__", "__call__", "__new__", "__post_init__", "call", "build", "__iter__", "__getitem__", "__len__",
     "__enter__", "__exit__", "__getattr__", "__next__", "setUp", "setup_method"}
)  # fmt: skip
"""Methods that are called without being named."""


_WITHOUT_EFFECT = ("__made__", "__guarded__", "__dataset__")
"""Calls of ours that change nothing."""


class Slicer:
    """Cuts one module.  ``on_path`` tells whether a node leads to the place that is to be reached.

    ``own`` are the names of the program's functions and methods; calling one of them for its effect is kept.
    ``mentioned`` are attributes that other modules ask for.
    """

    def __init__(
        self,
        on_path: Callable[[ast.AST], bool],
        own: Iterable[str] = (),
        mentioned: Iterable[str] = (),
    ) -> None:
        self.on_path = on_path
        self.own = frozenset(own)
        self.mentioned: Names = set(mentioned)
        self._needed: Names = set()

    def module(self, body: list[ast.stmt], wanted: Iterable[str] = ()) -> list[ast.stmt]:
        """The statements that the path, or these names at the module's end, depend on."""
        while True:
            before = set(self.mentioned)
            kept = self._scope(body, set(wanted))
            for statement in kept:
                self.mentioned.update(node.attr for node in ast.walk(statement) if isinstance(node, ast.Attribute))
                self.mentioned.update(
                    node.value
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
                )
            if self.mentioned == before:
                return kept

    def _scope(self, body: list[ast.stmt], late: Names) -> list[ast.stmt]:
        late = set(late)
        while True:
            outer, self._needed = self._needed, set()
            kept = self._block(body, set(), late)
            needed, self._needed = self._needed, outer
            if needed <= late:
                return kept
            late |= needed

    def _block(self, body: list[ast.stmt], live: Names, late: Names) -> list[ast.stmt]:
        """The kept statements of a block; ``live`` is what is wanted after it, and then what is wanted before it."""
        # The last on the path: a definition on it stands above the call that leads to it.
        end = max((index + 1 for index, statement in enumerate(body) if self.on_path(statement)), default=len(body))
        kept: list[ast.stmt] = []
        for statement in reversed(body[:end]):
            kept.extend(reversed(self._statement(statement, live, late)))
        kept.reverse()
        return kept

    def _statement(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self._definition(node, live, late)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return _import(node, live, late)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            return self._assignment(node, live, late)
        if isinstance(node, ast.Expr):
            if self.on_path(node) or self._matters(node.value, live | late):
                live |= free_names(node)
                return [node]
            return []
        if isinstance(node, (ast.Return, ast.Global, ast.Nonlocal, ast.Break, ast.Continue)):
            live |= free_names(node)
            return [node]
        return self._compound(node, live, late)

    def _definition(self, node: Definition, live: Names, late: Names) -> list[ast.stmt]:
        if node.name not in live and node.name not in late and not self.on_path(node):
            return []
        live.discard(node.name)
        made = copy.copy(node)
        if isinstance(made, ast.ClassDef):
            made.body = self._class_body(made)
        else:
            made.body = self._scope(made.body, set(parameters(made))) or [ast.Pass()]
        self._needed |= free_names(made)
        return [made]

    def _class_body(self, node: ast.ClassDef) -> list[ast.stmt]:
        kept: list[ast.stmt] = []
        for one in node.body:
            if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if self.on_path(one) or one.name in ALWAYS_CALLED or one.name in self.mentioned:
                    made = copy.copy(one)
                    made.body = self._scope(one.body, set(parameters(one))) or [ast.Pass()]
                    kept.append(made)
            elif not isinstance(one, ast.Expr):
                kept.append(one)
        return kept or [ast.Pass()]

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, live: Names, late: Names) -> list[ast.stmt]:
        if isinstance(node, ast.AnnAssign) and node.value is None:
            return []
        written = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {name for target in written for name in targets(target)}
        changed = {name for target in written for name in roots(target)}
        wanted = live | late
        if not (names & wanted or changed & wanted or self.on_path(node) or _has_walrus(node, wanted)):
            return []
        if not isinstance(node, ast.AugAssign):
            live -= names
        live |= free_names(node)
        return [node]

    def _matters(self, call: ast.expr, wanted: Names) -> bool:
        """Whether an expression that stands alone can change something that is wanted."""
        if isinstance(call, (ast.Yield, ast.YieldFrom, ast.Await)):
            return True
        if isinstance(call, ast.NamedExpr):
            return call.target.id in wanted
        if not isinstance(call, ast.Call):
            return False
        func = call.func
        if isinstance(func, ast.Name) and getattr(func, "ours", False):
            return func.id not in _WITHOUT_EFFECT or _spelt(call) == "setattr"
        if isinstance(func, ast.Call) and getattr(func, "ours", False):
            return _spelt(func).rpartition(".")[2] in CONFIGURING
        if isinstance(func, ast.Name):
            return func.id in ("setattr",) or (func.id in self.own and self._handed(call, wanted))
        if not isinstance(func, ast.Attribute):
            return False
        if func.attr == "__init__" or func.attr in CONFIGURING:
            return True
        if func.attr in BUILDING:
            return root(func) in wanted
        return func.attr in self.own and root(func) in wanted

    @staticmethod
    def _handed(call: ast.Call, wanted: Names) -> bool:
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        return any(root(one) in wanted for one in given)

    def _compound(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        if self.on_path(node):
            return self._towards(node, live, late)
        blocks = [name for name in ("body", "orelse", "finalbody") if getattr(node, name, None)]
        if not blocks and not isinstance(node, (ast.Try, ast.Match)):
            return []
        made = copy.copy(node)
        before = set(live)
        kept_any = False
        # Twice, because what one turn of a loop binds the next one may read.
        for _ in range(2 if isinstance(node, (ast.For, ast.AsyncFor, ast.While)) else 1):
            kept_any = False
            gathered = set(live)
            for name in blocks:
                inner = set(live)
                kept = self._block(getattr(node, name), inner, late)
                kept_any = kept_any or any(not isinstance(one, (ast.Break, ast.Continue)) for one in kept)
                setattr(made, name, kept if kept or name != "body" else [ast.Pass()])
                gathered |= inner
            kept_any = self._clauses(node, made, live, gathered, late) or kept_any
            if not kept_any and not self._binds(node, before | late):
                return []
            live |= gathered
        live |= _heads(made)
        return [made]

    def _clauses(self, node: ast.stmt, made: ast.stmt, live: Names, gathered: Names, late: Names) -> bool:
        """Cut the handlers of a try and the cases of a match; whether anything of them was kept."""
        kept_any = False
        for field in ("handlers", "cases"):
            clauses = []
            for clause in getattr(node, field, ()):
                cut = copy.copy(clause)
                inner = set(live)
                kept = self._block(clause.body, inner, late)
                cut.body = kept or [ast.Pass()]
                kept_any = kept_any or bool(kept)
                gathered |= inner
                clauses.append(cut)
            if clauses:
                setattr(made, field, clauses)
        return kept_any

    @staticmethod
    def _binds(node: ast.stmt, wanted: Names) -> bool:
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return bool(set(targets(node.target)) & wanted)
        return False

    def _towards(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """A compound statement on the path: the branch that leads there is taken, whatever its condition says."""
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and any(self.on_path(one) for one in block):
                return self._inside(node, name, block, live, late)
        for clause in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            if any(self.on_path(one) for one in clause.body):
                return self._block(clause.body, live, late)
        # The place is in the head: a condition, an iterable, a context.
        live |= _heads(node)
        made = copy.copy(node)
        if hasattr(made, "body"):
            made.body = [ast.Pass()]
        if hasattr(made, "orelse"):
            made.orelse = []
        return [made]

    def _inside(self, node: ast.stmt, name: str, block: list[ast.stmt], live: Names, late: Names) -> list[ast.stmt]:
        if name != "body" or not isinstance(node, (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith)):
            return self._block(block, live, late)
        made = copy.copy(node)
        made.body = self._block(block, live, late)
        if isinstance(made, (ast.For, ast.AsyncFor)):
            made.orelse = []
            live -= set(targets(made.target))
        live |= _heads(made)
        return [made]


def _spelt(call: ast.Call) -> str:
    """What one of our own calls asks for."""
    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _import(node: ast.Import | ast.ImportFrom, live: Names, late: Names) -> list[ast.stmt]:
    kept = [alias for alias, name in imported(node) if name in live or name in late or name == "*"]
    live -= {name for alias, name in imported(node) if alias in kept}
    if not kept:
        return []
    made = copy.copy(node)
    made.names = kept
    return [made]


def _heads(node: ast.stmt) -> Names:
    """The names that the head of a compound statement reads, its blocks left aside."""
    found: Names = set()
    for field, value in ast.iter_fields(node):
        if field in ("body", "orelse", "finalbody", "handlers"):
            continue
        if field == "cases":
            for case in value:
                found |= free_names(case.pattern) | (free_names(case.guard) if case.guard else set())
        elif isinstance(value, ast.AST):
            found |= free_names(value)
        elif isinstance(value, list):
            found |= free_names([one for one in value if isinstance(one, ast.AST)])
    return found


def _has_walrus(node: ast.AST, wanted: Names) -> bool:
    return any(isinstance(one, ast.NamedExpr) and one.target.id in wanted for one in ast.walk(node))
