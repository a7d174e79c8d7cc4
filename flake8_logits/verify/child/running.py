"""Runs a slice up to the place where the output meets what reads it."""

from __future__ import annotations

import builtins
import functools
import inspect
import linecache
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flake8_logits.knowledge.hooks import COMPUTE_LOSS, OUTPUT
from flake8_logits.verify.allowed import BUILTINS, PREPARING
from flake8_logits.verify.child.annotated import annotation
from flake8_logits.verify.child.closing import close_libraries
from flake8_logits.verify.child.datasets import Dataset
from flake8_logits.verify.child.fitting import fitted
from flake8_logits.verify.child.guard import Guard, catching, named_plainly, unconverted, unhanded, unspecial
from flake8_logits.verify.child.guarding import (
    ANNOTATION,
    ATTRIBUTE,
    BLOCK,
    CATCHING,
    CHOSEN,
    KNOWN,
    LEFT,
    NAMED,
    UNHANDED,
    UNSPECIAL,
    WRITING,
    guarded,
)
from flake8_logits.verify.child.inherited import failing
from flake8_logits.verify.child.leaving import Block, begin, end, is_left, leave
from flake8_logits.verify.child.libraries import Missing, library
from flake8_logits.verify.child.made import (
    SLICE,
    Depends,
    Made,
    Passing,
    conditioned,
    may_be_changed,
    raised,
    touch,
    touched,
)
from flake8_logits.verify.child.numbers import to_numpy
from flake8_logits.verify.child.older import features
from flake8_logits.verify.child.texts import known

_STARRED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_PREDICTING = ("predict", "predict_on_batch", "predict_step", "make_predict_function")


@dataclass
class Met:
    """What was handed over at the place: a model and its loss, or a call with its arguments."""

    kind: str
    subject: Any
    args: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


arrived: list[Met] = []
"""What met at the place in this run, each time that it was come to: a program may leave a block as if it were not."""


class Reached(Passing):
    """The place is reached; nothing after it is run."""

    def __init__(self, met: Met) -> None:
        """Raise TypeError for anything but what we met: a program may come by this class, as a block that it leaves."""
        if type(met) is not Met:
            raise TypeError(met)
        super().__init__()
        arrived.append(met)
        leave()


class NotReached(Exception):
    """The program ended before the place."""


class Program:
    """A slice, module by module; each is run when it is first asked for."""

    def __init__(self, sources: list[str], trust: bool, through: bool = False, guessed: bool = False) -> None:
        self.sources = sources
        self.trust = trust
        self.through = through
        self.guessed = guessed
        self.compiled: list[Met] = []
        self.spaces: dict[int, dict[str, Any]] = {}
        self.marked: list[Any] = []
        self.guard = Guard()
        if not trust:
            close_libraries()

    def run(self) -> Met:
        """What met at the place.  Raises NotReached, Depends, and whatever the program raises."""
        met: Met = self._run()
        if raised:  # the program swallowed it, and went on as it would not have
            raise raised[0]
        return met

    def _run(self) -> Met:
        raised.clear()
        arrived.clear()
        self.spaces.clear()
        self.marked.clear()
        self.guard = Guard()
        self.compiled.clear()
        begin(heeded=not self.trust)
        try:
            met = self._first()
        finally:
            ran = end()
        if ran:
            raise Depends(f"{ran}, which runs as the program ends")
        return met

    def _first(self) -> Met:
        """What met at the place.  Raises Depends where the program went on from there, as if nothing had been raised.

        What it does then may change what met.
        """
        ended: Met | None = None
        try:
            ended = self._ended(self._module(0))
        except Reached:
            if len(arrived) == 1:
                return arrived[0]
        except NotReached:
            if not arrived:
                raise
        if arrived or ended is None:
            raise Depends("what is done once the place is reached")
        return ended

    def _ended(self, space: dict[str, Any]) -> Met:
        """What met once the program has ended.  Raises NotReached where nothing did."""
        # What compiles and is never used here meets its loss as it is in the end.
        if self.compiled:
            return self.compiled[0]
        for layer in self.marked:
            for value in space.values():
                layers = getattr(value, "layers", None)
                if isinstance(layers, list) and any(one is layer for one in layers):
                    return Met("layer", value, (layer,))
            _go_through(space.values(), layer)
            arrived = _arrived_at(layer)
            if arrived is not None:
                return Met("value", None, (arrived,))
        raise NotReached

    def _module(self, number: int) -> dict[str, Any]:
        if number in self.spaces:
            return self.spaces[number]
        source, name = self.sources[number], f"{SLICE}{number}>"
        if not self.trust:
            source = guarded(source)
        # Keras and TensorFlow ask for the source of lambdas and functions.
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        space: dict[str, Any] = {
            "__name__": "__main__" if number == 0 else f"module{number}",
            "__file__": "program.py",
            "__builtins__": vars(builtins) if self.trust else _builtins(self.guard),
            "__made__": _made,
            "__ours__": Passing,
            "__left_out__": _left_out,
            "__doubt__": _doubt,
            "__on_the_way__": _on_the_way,
            "__used__": self._used,
            "__library__": _library,
            "__dataset__": Dataset,
            "__project__": self._project,
            "__guarded__": self._guarded,
            ATTRIBUTE: self.guard.attribute,
            WRITING: self.guard.writing,
            CATCHING: catching,
            UNSPECIAL: unspecial,
            UNHANDED: unhanded,
            NAMED: named_plainly,
            ANNOTATION: annotation,
            BLOCK: unconverted(lambda manager: Block(manager)),
            LEFT: unconverted(is_left),
            CHOSEN: _chosen,
            KNOWN: unconverted(lambda value: known(value)),
            "__fitted__": fitted,
            "__alone__": functools.partial(_alone, self.guessed),
            "__predict__": _predict,
            "__meet_compile__": self._compiled,
            "__meet_call__": lambda function, *args, **named: _reached("call", function, args, named),
            "__meet_swapped__": lambda function, *args, **named: _reached("swapped", function, args, named),
            "__meet_activation__": self._activation,
            "__meet_value__": lambda *args, **named: _reached("value", None, args, named),
        }
        self.spaces[number] = space
        exec(compile(source, name, "exec", dont_inherit=True), space)
        return space

    def _guarded(self, name: str, *args: Any, **named: Any) -> Any:
        """The builtins that go by names, or make classes."""
        if name == "print":
            return None
        if self.trust:
            return getattr(builtins, name)(*args, **named)
        return _guards(self.guard)[name](*args, **named)

    def _activation(self, function: Any, *args: Any, **named: Any) -> Any:
        """An activation that is applied here, or a layer that will apply it once its model is called."""
        if any(hasattr(one, "shape") for one in args):
            _reached("value", None, args, named)
        layer = function(*args, **named)
        self.marked.append(layer)
        return layer

    def _compiled(self, model: Any, **named: Any) -> None:
        """A model is compiled: that is the place, or where the way to its first use begins."""
        if self.compiled:
            raise Reached(self.compiled[0])
        if not self.through:
            _reached("compile", model, (), named)
        self.compiled.append(Met("compile", model, (), named))

    def _used(self, *models: Any, doubt: str = "") -> Any:
        """What may train a model; if it is the one that was compiled, its loss meets what it gives now.

        Unless that is in doubt, as what is handed over may change the model first.
        """
        for met in self.compiled:
            if any(model is met.subject for model in models):
                if doubt:
                    raise Depends(doubt)
                raise Reached(met)
        return Made("what uses a model")

    def _project(self, number: int, what: str, inner: str) -> Any:
        space = self._module(number)
        if what:
            # What is bound there but not run is not known here, either.
            return space[what] if what in space else Made(what)
        found = types.SimpleNamespace(**{name: value for name, value in space.items() if not name.startswith("__")})
        for name in reversed(inner.split(".") if inner else []):
            found = types.SimpleNamespace(**{name: found})
        return found


def _go_through(values: Iterable[Any], layer: Any) -> None:
    """Call a module that holds another, if there is one: the place is where that other is called."""
    for value in values:
        held = getattr(value, "modules", None) if hasattr(value, "forward") else None
        if held is not None and not isinstance(value, type) and any(one is layer for one in held()):
            object.__setattr__(layer, "forward", lambda *args, **named: _reached("value", None, args, named))
            asked = inspect.signature(value.forward).parameters.values()
            value(*(Made(one.name) for one in asked if one.default is one.empty and one.kind not in _STARRED))
            return


def _arrived_at(layer: Any) -> Any:
    """The tensor that a layer was called with, None if it was not called."""
    try:
        return layer.input
    except (AttributeError, ValueError):
        return None


def _reached(kind: str, subject: Any, args: tuple[Any, ...], named: dict[str, Any]) -> None:
    raise Reached(Met(kind, subject, args, named))


def _library(dotted: str, spelt: str) -> Any:
    """What a library has by that name; where the installed one has it no more, what stands for it."""
    try:
        return library(dotted, spelt)
    except Missing:
        if dotted != "keras.layers.DenseFeatures":
            raise
    touch(spelt)
    return features()


def _made(text: str, _line: int, unknown: bool = False, *handed: Any) -> Made:
    """What stands for a call that is not made; nothing can if that could have changed what matters."""
    if unknown or any(may_be_changed(one) for one in handed):
        raise Depends(text)
    return Made(text)


def _left_out(name: str) -> Any:
    """What stands for a method that nobody seemed to call."""

    def method(*_: Any, **__: Any) -> Any:
        raise Depends(name)

    return failing(method)


def _doubt(text: str, error: type[BaseException]) -> None:
    """Whether a call that is not made would have raised; a handler waits for it."""
    if conditioned(text):
        raise error


@unconverted
def _chosen(condition: Any, *items: Any) -> Any:
    """A condition on what is walked: it holds where both are made up."""
    return _on_the_way(condition, True) if any(isinstance(one, Made) for one in items) else condition()


def _on_the_way(condition: Any, truth: bool) -> bool:
    """A condition that leads to the place if it is true (or false): it is taken to be where it cannot be known."""
    before = len(raised)
    try:
        found = condition()
        return truth if isinstance(found, Made) else bool(found)
    except Depends:
        del raised[before:]
        return truth
    except Exception:
        if not touched:
            raise
        return truth


def _builtins(guard: Guard) -> dict[str, Any]:
    found = {name: getattr(builtins, name) for name in BUILTINS if hasattr(builtins, name)}
    found.update(_guards(guard), __build_class__=guard.build_class, print=lambda *_, **__: None)
    found.update(next=_next, sorted=_sorted, min=functools.partial(_extreme, min), max=functools.partial(_extreme, max))
    return found


def _guards(guard: Guard) -> dict[str, Callable[..., Any]]:
    """The builtins that go by names, or make classes."""
    asked: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
        "getattr": (guard.get, (2, 3)),
        "setattr": (guard.set, (3,)),
        "hasattr": (guard.has, (2,)),
        "delattr": (guard.delete, (2,)),
        "type": (guard.type_of, (1,)),
    }
    return {name: _counted(name, act, counts) for name, (act, counts) in asked.items()}


def _counted(name: str, act: Callable[..., Any], counts: tuple[int, ...]) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        if named or len(args) not in counts:
            raise Depends(name)
        return act(*args)

    return unconverted(call)


def _next(items: Any, *default: Any) -> Any:
    return Made(items.source) if isinstance(items, Made) else next(items, *default)


def _sorted(items: Any, **options: Any) -> Any:
    """What is made up has no order."""
    found = list(items)
    return found if any(isinstance(one, Made) for one in found) else sorted(found, **options)


def _extreme(function: Any, *args: Any, **options: Any) -> Any:
    made = next((one for one in args if isinstance(one, Made)), None)
    if made is None and len(args) == 1:
        args = (list(args[0]),)
        made = next((one for one in args[0] if isinstance(one, Made)), None)
    return function(*args, **options) if made is None else Made(made.source)


def _predict(model: Any, given: Any) -> Any:
    """What a model predicts is what it gives when it is called; of anything else nothing is known."""
    if isinstance(model, Made):
        return model(given)
    if not hasattr(model, "predict") or not hasattr(model, "layers"):
        raise Depends("predict")
    own = any(name in vars(cls) for name in _PREDICTING for cls in type(model).__mro__ if _is_own(cls))
    return model.predict(given, verbose=0) if own else to_numpy(model(given, training=False))


def _is_own(cls: type) -> bool:
    return cls.__module__ == "__main__" or cls.__module__.startswith("module")


def _alone(guessed: bool, function: Any, method: str = "") -> Any:
    """Call what nobody calls, with what is made up for each parameter that has no default.

    Where it is ``guessed`` how the program calls it, for the others, too.
    """
    if method:
        instance = _call(function, guessed) if isinstance(function, type) else function
        for name in PREPARING:
            if hasattr(instance, name):
                _call(getattr(instance, name))
        function = getattr(instance, method)
        if method == COMPUTE_LOSS and OUTPUT in inspect.signature(function).parameters:
            return fitted(functools.partial(_computed, function), instance)
    return _call(function, guessed)


def _computed(function: Any, labels: Any, output: Any) -> Any:
    """The loss that a model computes of its output, as in training."""
    given = {"y": labels, OUTPUT: output, "training": True}
    asked = (one for one in inspect.signature(function).parameters.values() if one.kind not in _STARRED)
    return function(**{one.name: given[one.name] if one.name in given else Made(one.name) for one in asked})


def _call(function: Any, guessed: bool = False) -> Any:
    asked = function
    while not inspect.isfunction(asked) and not inspect.ismethod(asked) and not isinstance(asked, type):
        inner = getattr(asked, "python_function", None) or getattr(asked, "__wrapped__", None)
        if inner is None:
            break
        asked = inner
    if isinstance(asked, functools.partial):
        asked = asked.func
    args, named = [], {}
    for parameter in inspect.signature(asked).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is not parameter.empty and not guessed:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = Made(parameter.name)
        else:
            args.append(Made(parameter.name))
    return function(*args, **named)
