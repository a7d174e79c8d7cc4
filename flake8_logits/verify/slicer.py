"""The backward walk: of a scope's statements those that what is wanted depends on.

A statement is left out only where nothing that it may write is wanted; ``effects`` decides what it may write.  Within
a block the walk is exact: a name that is assigned anew is not wanted above.  Across definitions it is not: what a
function reads may have been bound anywhere.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flake8_logits.knowledge.compiling import COMPILE
from flake8_logits.knowledge.effects import USING_METHODS
from flake8_logits.verify.allowed import PREPARING
from flake8_logits.verify.bindings import Definition, free_names, imported, parameters, root, targets
from flake8_logits.verify.callees import stands_in
from flake8_logits.verify.crossing import cut_after, on_the_way, says_main
from flake8_logits.verify.effects import NOTHING, OF_KEYWORDS, Effect, Effects, handed
from flake8_logits.verify.expressions import MADE, OURS, call_of_ours
from flake8_logits.verify.scopes import Scope
from flake8_logits.verify.starting import changes_first

Names = set[str]
LEFT_OUT, DOUBT, USED = "__left_out__", "__doubt__", "__used__"
DOUBT_OF_USE = "doubt"
"""By which what stands for a use is told what may change the model first."""
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_USING = USING_METHODS | {COMPILE}
_BLOCKS = ("body", "orelse", "finalbody")


class Slicer:
    """Cuts one module.  ``on_path`` tells whether a node leads to the place that is to be reached.

    ``effects`` says what statements may write, ``mentioned`` are attributes that other modules ask for.  With ``seed``,
    the classes of what was compiled at the place, the walk begins behind it: with what may change them afterwards.
    """

    def __init__(
        self,
        on_path: Callable[[ast.AST], bool],
        effects: Effects,
        scope: Scope,
        mentioned: Iterable[str] = (),
        seed: frozenset[str] | None = None,
    ) -> None:
        self.on_path = on_path
        self.effects = effects
        self.seed = seed
        self.changed_after = False
        """Whether anything was kept that comes after the place."""
        self.mentioned: Names = set(mentioned)
        self._scope = scope
        self._needed: Names = set()
        self._keeping = False
        self._jumping = False
        self._uncut = False
        self._answering = False
        """Whether what is cut runs where Python or a builtin takes what it raises for an answer."""

    def module(self, body: list[ast.stmt], wanted: Iterable[str] = ()) -> list[ast.stmt]:
        """The statements that the path, or these names at the module's end, depend on."""
        while True:
            before = (set(self.mentioned), set(self.effects.whole))
            self.changed_after = False
            kept = self._names_of(body, set(wanted))
            for statement in kept:
                self.mentioned.update(node.attr for node in ast.walk(statement) if isinstance(node, ast.Attribute))
                self.mentioned |= self.effects.callees.asked_in(statement)
                self.mentioned.update(
                    node.value
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
                )
            if (self.mentioned, self.effects.whole) == before:
                return kept

    def _names_of(self, body: list[ast.stmt], late: Names) -> list[ast.stmt]:
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
        place = max((index + 1 for index, statement in enumerate(body) if self.on_path(statement)), default=0)
        end = len(body) if self._uncut or self.seed is not None or not place else place
        kept: list[ast.stmt] = []
        for index in reversed(range(end)):
            found = self._statement(body[index], live, late)
            if self.seed is not None and place and index >= place:
                self.changed_after = self.changed_after or any(not _only_gives(one) for one in found)
            kept.extend(reversed(found))
        kept.reverse()
        return kept

    def _statement(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self._definition(node, live, late)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return _import(node, live, late)
        if isinstance(node, (ast.Return, ast.Global, ast.Nonlocal)):
            return self._kept(node, live, late)
        if isinstance(node, (ast.Break, ast.Continue)):
            return [node] if self._jumping or self._keeping else []
        if isinstance(node, (*_LOOPS, ast.If, ast.Try, ast.With, ast.AsyncWith, ast.Match)):
            return self._compound(node, live, late)
        return self._simple(node, live, late)

    def _simple(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """An assignment, an expression, a deletion, or what raises."""
        used = self._used_in(node)
        if not used:
            return self._unless_left_out(node, live, late)
        after = self._after_use(node, live, late)
        live |= free_names(used)
        made = ast.Expr(self._use(node, used))
        return [ast.fix_missing_locations(ast.copy_location(made, node)), *after]

    def _use(self, node: ast.stmt, used: list[ast.expr]) -> ast.Call:
        """What stands for a use, and is told what may change the model before its loss meets what it gives."""
        made = call_of_ours(USED, node, *used)
        assert isinstance(node, (ast.Expr, ast.Assign)) and isinstance(made, ast.Call)
        call = stands_in(node.value) or node.value
        if self.seed and isinstance(call, ast.Call) and changes_first(call, self.effects, self.seed):
            self.changed_after = True
            made.keywords.append(ast.keyword(DOUBT_OF_USE, ast.Constant(ast.unparse(call))))
        return made

    def _unless_left_out(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        if isinstance(node, ast.Pass) or (isinstance(node, ast.AnnAssign) and node.value is None):
            return []
        names = set(_bound(node))
        wanted = live | late
        ends = self._answering and self._may_answer(node)
        if not (names & wanted or ends or self._keeping or self.on_path(node) or self._touches(node, wanted)):
            return []
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            live -= names
        return self._kept(node, live, late)

    def _may_answer(self, node: ast.stmt) -> bool:
        return _is_answer(node) if isinstance(node, ast.Raise) else self.effects.may_answer(node, self._scope)

    def _kept(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        names = self._hand_over(node, live | late)
        live |= free_names(node) | names
        return [node]

    def _touches(self, node: ast.AST, wanted: Names) -> bool:
        if any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in self._run_by(node)):
            return True  # what walks the generator is given it
        return self._is_wanted(self.effects.of(node, self._scope), wanted)

    def _is_wanted(self, effect: Effect, wanted: Names) -> bool:
        return bool(effect) and (self.effects.touches(effect, wanted, self._scope) or self._seeded(effect))

    def _run_by(self, node: ast.AST) -> Iterator[ast.AST]:
        return (one for one, _ in self.effects.callees.scopes.walk(node, self._scope, into=False))

    def _seeded(self, effect: Effect) -> bool:
        """Whether the compiled model may be changed, or compiled once more: the way on ends there."""
        return self.seed is not None and (effect.place or bool(effect.changed & self.seed))

    def _hand_over(self, top: ast.AST, wanted: Names) -> Names:
        """Have stand-ins be given what they may change that is wanted; the names of it."""
        found: Names = set()
        for node, scope in self.effects.callees.scopes.walk(top, self._scope, into=False):
            instead = stands_in(node)
            if instead is None or not isinstance(node, ast.Call):
                continue
            effect = self.effects.of(node, scope)
            names: list[str] = []
            if isinstance(instead, (ast.Call, ast.Attribute)):
                names = self._given_to(instead, effect, top, scope)
                keys = frozenset(kind for name in names for kind in self.effects.kinds(_name(name), scope))
                if not (self.effects.touches(Effect(keys), wanted, scope) or self._seeded(Effect(keys))):
                    names = []
            unseen = replace(self.effects.of_own(instead), bound=effect.bound)
            touched = unseen if unseen.changed or unseen.everything else effect if effect.bound else NOTHING
            unknown = effect.everything or self.effects.touches(touched, wanted, scope)
            node.args = node.args[:2]
            if names or unknown:
                over = [_held(instead, name) for name in names]
                node.args += [ast.copy_location(ast.Constant(unknown), node), *over]
                ast.fix_missing_locations(node)
            found.update(names)
        return found

    def _given_to(self, instead: ast.Call | ast.Attribute, effect: Effect, top: ast.AST, scope: Scope) -> list[str]:
        """The names whose objects may be changed by a call that is not made, or through an attribute that is not read.

        What is done to the value of such an attribute is seen where it is done at once; else it may be done later.
        """
        if isinstance(instead, ast.Call):
            given, changed = handed(instead, self.effects.callees.dotted(instead.func, scope)), effect.changed
        elif isinstance(top, ast.Expr):
            given, changed = free_names(instead), self.effects.of(top, self._scope).changed
        else:
            return sorted(name for name in free_names(instead) if self.effects.kinds(_name(name), scope))
        return sorted(name for name in given if changed & self.effects.kinds(_name(name), scope))

    def _after_use(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """What follows where it was another model that was used: training gives something nobody knows."""
        assert isinstance(node, (ast.Expr, ast.Assign))
        if stands_in(node.value) is not None:
            return self._unless_left_out(node, live, late)
        if not set(_bound(node)) & (live | late):
            return []
        made = copy.copy(node)
        text, line = ast.Constant(ast.unparse(node.value)), ast.Constant(node.lineno)
        made.value = ast.fix_missing_locations(call_of_ours(MADE, node.value, text, line))
        live -= set(_bound(node))
        return self._kept(made, live, late)

    def _used_in(self, node: ast.stmt) -> list[ast.expr]:
        """What a statement uses that may be the model that was compiled at the place: it is judged there."""
        if self.seed is None or not isinstance(node, (ast.Expr, ast.Assign)):
            return []
        instead = stands_in(node.value)
        call = instead if instead is not None else node.value
        if not isinstance(call, ast.Call):
            return []
        model = used_by(call)
        if model is not None:
            return [model] if self.effects.kinds(model, self._scope) & self.seed else []
        if instead is None or not self.effects.of(node.value, self._scope).changed & self.seed:
            return []
        names = handed(call, self.effects.callees.dotted(call.func, self._scope))
        return [_name(name) for name in sorted(names) if self.effects.kinds(_name(name), self._scope) & self.seed]

    # -- definitions -----------------------------------------------------------------------------------------------

    def _definition(self, node: Definition, live: Names, late: Names) -> list[ast.stmt]:
        wanted = node.name in live or node.name in late or self.on_path(node) or self._keeping
        if not wanted and not self._touches(node, live | late):
            return []
        live.discard(node.name)
        self._hand_over(node, live | late)
        made = copy.copy(node)
        if isinstance(made, ast.ClassDef):
            made.body = self._class_body(made)
        else:
            made.body = self._function_body(node)
        self._needed |= free_names(made)
        return [made]

    def _function_body(self, node: Definition) -> list[ast.stmt]:
        before = (self._scope, self._keeping, self._jumping, self._uncut, self._answering)
        self._answering = id(node) in self.effects.answering
        self._scope = self.effects.callees.scopes.of[id(node)]
        self._keeping = id(node) in self.effects.whole and not self.on_path(node)
        self._jumping = self._uncut = False
        assert not isinstance(node, ast.ClassDef)
        stated = {name for one in ast.walk(node) if isinstance(one, (ast.Global, ast.Nonlocal)) for name in one.names}
        body = self._names_of(node.body, {*parameters(node), *stated})
        self._scope, self._keeping, self._jumping, self._uncut, self._answering = before
        return body or [ast.Pass()]

    def _class_body(self, node: ast.ClassDef) -> list[ast.stmt]:
        """All of a class but the methods that nobody names; what calls one all the same is told of it."""
        kept: list[ast.stmt] = []
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        inside = free_names(one for one in node.body if not isinstance(one, functions))
        for one in node.body:
            if isinstance(one, functions):
                named = _is_for_others(one.name) or one.name in {*self.mentioned, *inside, *PREPARING, OF_KEYWORDS}
                if named or self.on_path(one) or self.effects.is_called_unseen(one, node):
                    made = copy.copy(one)
                    made.body = self._function_body(one)
                    kept.append(made)
                else:
                    kept.append(_left_out(one, node))
            elif not isinstance(one, ast.Expr) or not isinstance(one.value, ast.Constant):
                kept.append(one)
        return kept or [ast.Pass()]

    # -- compound statements ---------------------------------------------------------------------------------------

    def _compound(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        on_path = self.on_path(node)
        if on_path and not self._uncut:
            inlined = self._inlined(node, live, late)
            if inlined is not None:
                return inlined
        uncut = self._uncut
        self._uncut = uncut or (on_path and isinstance(node, _LOOPS) and not cut_after(node, self.on_path))
        if isinstance(node, _LOOPS):
            made = self._loop(node, live, late)
        elif isinstance(node, ast.Try) or self._may_suppress(node):
            made = self._try(node, live, late)
        else:
            made = self._branches(node, live, late)
        self._uncut = uncut
        return made

    def _inlined(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt] | None:
        """The block that leads to the place instead of the statement, where nothing else is decided there."""
        if isinstance(node, ast.If) and says_main(node.test):
            block = node.body if any(self.on_path(one) for one in node.body) else node.orelse
            return self._block(block, live, late)
        if isinstance(node, ast.Try) and any(self.on_path(one) for one in node.body):
            return self._block(node.body, live, late)
        return None

    def _branches(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """A condition, a match, or a context."""
        made = copy.copy(node)
        gathered = set() if isinstance(node, (ast.With, ast.AsyncWith)) else set(live)
        cut = self.on_path(node) and not self._uncut and self.seed is None
        kept_any = False
        for name in _BLOCKS:
            block = getattr(node, name, None)
            if not block:
                continue
            if cut and not any(self.on_path(one) for one in block):
                setattr(made, name, [ast.Pass()] if name == "body" else [])
                continue
            kept_any = self._part(made, name, block, live, late, gathered) or kept_any
        if isinstance(made, ast.Match):
            kept_any = self._cases(made, live, late, gathered)
        return self._whether(node, made, kept_any, live, late, gathered)

    def _cases(self, made: ast.Match, live: Names, late: Names, gathered: Names) -> bool:
        kept_any = False
        cases = []
        for case in made.cases:
            cut = copy.copy(case)
            inner = set(live)
            kept = self._block(case.body, inner, late)
            kept_any = kept_any or bool(kept)
            cut.body = kept or [ast.Pass()]
            gathered |= inner
            cases.append(cut)
        made.cases = cases
        return kept_any

    def _part(
        self, made: ast.stmt, name: str, block: list[ast.stmt], live: Names, late: Names, gathered: Names
    ) -> bool:
        inner = set(live)
        kept = self._block(block, inner, late)
        setattr(made, name, kept or ([ast.Pass()] if name == "body" else []))
        gathered |= inner
        return bool(kept)

    def _whether(
        self, node: ast.stmt, made: ast.stmt, kept_any: bool, live: Names, late: Names, gathered: Names
    ) -> list[ast.stmt]:
        """The statement as it was cut, if there is a reason to keep it."""
        head = _head(node)
        wanted = live | late
        needed = kept_any or self._keeping or self.on_path(node) or bool(set(_bound(node)) & wanted)
        needed = needed or self._is_wanted(self.effects.of_head(node, self._scope), wanted)
        if not needed and not any(self._touches(one, wanted) for one in head):
            return []
        live.clear()
        live |= gathered
        for one in head:
            live |= self._hand_over(one, live | late)
            live |= free_names(one)
        if isinstance(made, (ast.If, ast.While)) and isinstance(node, (ast.If, ast.While)) and self.on_path(node):
            made.test = on_the_way(made.test, any(self.on_path(one) for one in node.body))
        return [made]

    def _loop(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """A loop: what one turn binds the next may read; what ends a turn matters once the loop does."""
        assert isinstance(node, _LOOPS)
        jumping = self._jumping
        after = set(live)
        self._jumping = False
        found: list[ast.stmt] = []
        for self._jumping in (False, True):
            carried: Names = set()
            while True:
                out = after | carried
                made = copy.copy(node)
                gathered = set(after)
                kept = self._part(made, "body", node.body, out, late, gathered)
                if node.orelse and not (self.on_path(node) and not self._uncut and self.seed is None):
                    self._jumping, inner = jumping, self._jumping
                    kept = self._part(made, "orelse", node.orelse, after, late, gathered) or kept
                    self._jumping = inner
                else:
                    made.orelse = []
                outcome = set(after)
                found = self._whether(node, made, kept, outcome, late, gathered)
                if not found or outcome <= carried:
                    break
                carried |= outcome
            if not found:
                break
            live |= outcome
        self._jumping = jumping
        return found

    def _may_suppress(self, node: ast.stmt) -> bool:
        return isinstance(node, (ast.With, ast.AsyncWith)) and self.effects.suppresses

    def _try(self, node: ast.stmt, live: Names, late: Names) -> list[ast.stmt]:
        """Where what is raised is caught, all that may raise decides what comes next."""
        first = self._tried(node, live, late, keeping=False)
        catching = [one for one in getattr(node, "handlers", ()) if not _ours(one) and not _only_ends(one)]
        if not first[0] or not (catching or _jumps_away(node) or self._may_suppress(node)):
            live.clear()
            live |= first[1]
            return first[0]
        routines = self.effects.routines_from(node.body, self._scope)  # type: ignore[attr-defined]
        self.effects.whole |= routines
        kept, inner = self._tried(node, live, late, keeping=True)
        live.clear()
        live |= inner
        caught = catching[0].type if catching else self.effects.swallowed(node, self._scope)
        for one in kept:
            one.body = _doubted(one.body, caught)  # type: ignore[attr-defined]
        return kept

    def _tried(self, node: ast.stmt, live: Names, late: Names, keeping: bool) -> tuple[list[ast.stmt], Names]:
        made = copy.copy(node)
        before, gathered = self._keeping, set(live)
        kept_any = False
        after = set(live)
        if getattr(node, "finalbody", None):
            self._keeping = before or keeping and _jumps_away(node)
            kept_any = self._part(made, "finalbody", node.finalbody, after, late, gathered)  # type: ignore[attr-defined]
            after = set(gathered)
            self._keeping = before
        kept_any = self._handlers(made, after, late, gathered) or kept_any
        if getattr(node, "orelse", None):
            kept_any = self._part(made, "orelse", node.orelse, after, late, gathered) or kept_any  # type: ignore[attr-defined]
        self._keeping = before or keeping
        kept_any = self._part(made, "body", node.body, gathered | after, late, gathered) or kept_any  # type: ignore[attr-defined]
        self._keeping = before
        outcome = set(live)
        found = self._whether(node, made, kept_any, outcome, late, gathered)
        if isinstance(made, ast.Try) and not (made.handlers or made.finalbody):
            found = [one for kept in found for one in kept.body]  # type: ignore[attr-defined]
        return found, outcome

    def _handlers(self, made: ast.stmt, after: Names, late: Names, gathered: Names) -> bool:
        """Cut the handlers; whether anything is kept in them."""
        kept_any = False
        handlers = []
        for handler in getattr(made, "handlers", ()):
            cut = copy.copy(handler)
            inner = set(after)
            kept = [ast.Raise()] if _ours(handler) else self._block(handler.body, inner, late)
            kept_any = kept_any or bool(kept) and not _ours(handler)
            cut.body = kept or [ast.Pass()]
            gathered |= inner
            handlers.append(cut)
        if handlers:
            made.handlers = handlers  # type: ignore[attr-defined]
        return kept_any


def used_by(call: ast.Call) -> ast.expr | None:
    """The model that a call trains, evaluates or compiles anew, None if it does none of that."""
    func = call.func
    return func.value if isinstance(func, ast.Attribute) and func.attr in _USING else None


def _only_gives(node: ast.stmt) -> bool:
    """Whether a statement behind the place changes nothing: it returns, defines, or is the first use itself."""
    if isinstance(node, (ast.Return, ast.Global, ast.Nonlocal, ast.FunctionDef, ast.ClassDef)):
        return True
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == USED


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _held(instead: ast.AST, name: str) -> ast.expr:
    """What a stand-in is handed for a name: the object that is asked, where it is held by what has the name alone."""
    asked = instead.func if isinstance(instead, ast.Call) else instead
    held = asked.value if isinstance(asked, ast.Attribute) else None
    spelt = [one for one in ast.walk(instead) if isinstance(one, ast.Name) and one.id == name]
    bottom = held
    while isinstance(bottom, ast.Attribute):
        bottom = bottom.value
    return copy.deepcopy(held) if held is not None and spelt == [bottom] else _name(name)


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement itself binds, its blocks left aside."""
    if isinstance(node, (ast.Assign, ast.Delete)):
        for target in node.targets:
            yield from targets(target)
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
        yield from targets(node.target)
    for one in _head(node):
        for part in ast.walk(one):
            if isinstance(part, ast.NamedExpr):
                yield part.target.id
            elif isinstance(part, ast.withitem) and part.optional_vars is not None:
                yield from targets(part.optional_vars)
            elif isinstance(part, ast.pattern):
                yield from _captured(part)


def _captured(pattern: ast.pattern) -> Iterator[str]:
    name = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
    if name:
        yield name


def _head(node: ast.AST) -> list[ast.AST]:
    """What a statement evaluates itself, its blocks left aside."""
    found: list[ast.AST] = []
    for field, value in ast.iter_fields(node):
        if field in _BLOCKS:
            continue
        if field == "cases":
            for case in value:
                found += [case.pattern, *([case.guard] if case.guard else [])]
        elif field == "handlers":
            found += [one.type for one in value if one.type is not None]
        elif isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
    return found


def _import(node: ast.Import | ast.ImportFrom, live: Names, late: Names) -> list[ast.stmt]:
    kept = [alias for alias, name in imported(node) if name in live or name in late or name == "*"]
    live -= {name for alias, name in imported(node) if alias in kept}
    if not kept:
        return []
    made = copy.copy(node)
    made.names = kept
    return [made]


def _ours(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.type, ast.Name) and handler.type.id == OURS


_ANSWERS = frozenset({"AttributeError", "IndexError", "KeyError", "LookupError", "StopIteration"})
_OTHERS = frozenset(dir(builtins)) - _ANSWERS


def _is_answer(node: ast.Raise) -> bool:
    """Whether what is raised may say that there is nothing, or nothing more."""
    return node.exc is None or root(node.exc) not in _OTHERS


def _jumps_away(node: ast.stmt) -> bool:
    """Whether a ``finally`` goes on elsewhere, whatever was raised."""
    jumps = (ast.Return, ast.Break, ast.Continue)
    return any(isinstance(one, jumps) for top in getattr(node, "finalbody", ()) for one in ast.walk(top))


_ENDS = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})


def _only_ends(handler: ast.ExceptHandler) -> bool:
    """Whether a handler is for the end of the program alone, or raises again itself."""
    named = isinstance(handler.type, ast.Name) and handler.type.id in _ENDS
    return named or (bool(handler.body) and isinstance(handler.body[-1], ast.Raise))


def _is_for_others(name: str) -> bool:
    """Whether a method has a name by which Python or a library of its own may ask for it."""
    return name.startswith("__") or name.startswith("_") and name.endswith("_")


def _left_out(method: ast.FunctionDef | ast.AsyncFunctionDef, owner: ast.ClassDef) -> ast.stmt:
    """What stands for a method that nobody names."""
    text = ast.Constant(f"{owner.name}.{method.name}")
    made = ast.Assign([ast.Name(method.name, ast.Store())], call_of_ours(LEFT_OUT, method, text))
    return ast.fix_missing_locations(ast.copy_location(made, method))


def _doubted(body: list[ast.stmt], caught: ast.expr | None) -> list[ast.stmt]:
    """The body of a try with a question before each statement that has a stand-in: whether that would have raised."""
    made: list[ast.stmt] = []
    for statement in body:
        for node in ast.walk(statement):
            if stands_in(node) is not None and isinstance(node, ast.Call):
                error = copy.deepcopy(caught) if caught is not None else ast.Name("Exception", ast.Load())
                asked = ast.Expr(call_of_ours(DOUBT, statement, node.args[0], error))
                made.append(ast.fix_missing_locations(ast.copy_location(asked, statement)))
                break
        made.append(statement)
    return made
