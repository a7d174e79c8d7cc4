"""Methods of strings."""

from __future__ import annotations

import re
from string import Formatter

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Method, Value
from flake8_logits.interpret.engine.containers import turns
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.interpret.engine.special_methods import ask
from flake8_logits.knowledge.special_methods import TEXT
from flake8_logits.source import syntax as ir

LONGEST_STRING = 2_000
LONGEST_FORMAT = 200
_WIDE = re.compile(r"[0-9]{4}")
"""Within a field of a format: more characters than a string that is followed may have."""


@calls_method(Const)
def _method(interp: Interpreter, receiver: Const, method: Method, args: Arguments, node: ir.Expression) -> Value:
    if isinstance(receiver.value, str):
        return _call(interp, receiver.value, method.name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)


def _call(interp: Interpreter, text: str, name: str, args: Arguments, node: ir.Expression) -> Value:
    if name in ("lower", "upper", "strip", "title", "capitalize") and not args.values():
        return Const(getattr(text, name)())
    values = args.values()
    if name == "join" and len(values) == 1:
        items = turns(interp, values[0])
        words = [item.value for item in items or () if isinstance(item, Const) and isinstance(item.value, str)]
        if items is not None and len(words) == len(items) and len(text) + sum(map(len, words)) < LONGEST_STRING:
            return Const(text.join(words))
    if (
        name in ("startswith", "endswith")
        and len(values) == 1
        and isinstance(values[0], Const)
        and isinstance(values[0].value, str)
    ):
        return Const(getattr(text, name)(values[0].value))
    if name == "format":
        for value in values:
            ask(interp, value, TEXT, node)
        return _format(interp, text, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name)


def _format(interp: Interpreter, text: str, args: Arguments, node: ir.Expression) -> Value:
    values = args.values()
    if args.open is not None or len(text) >= LONGEST_FORMAT or not all(isinstance(value, Const) for value in values):
        return interp.unknown(Reason.EXPRESSION, node)
    if not _is_bounded(text):
        return interp.unknown(Reason.EXPRESSION, node)
    positional = [value.value for value, _ in args.positional if isinstance(value, Const)]
    keywords = {key: value.value for key, value, _ in args.keywords if isinstance(value, Const)}
    try:
        formatted = text.format(*positional, **keywords)
    except (ValueError, LookupError, TypeError, OverflowError):
        return interp.unknown(Reason.EXPRESSION, node)
    return Const(formatted) if len(formatted) <= LONGEST_STRING else interp.unknown(Reason.EXPRESSION, node)


def _is_bounded(text: str) -> bool:
    """Whether a format gives little more than it is given: no wide field, none whose width or attribute is asked."""
    try:
        fields = [(field or "", spec or "") for _, field, spec, _ in Formatter().parse(text)]
    except ValueError:
        return False
    return not any("." in field or "[" in field or "{" in spec or _WIDE.search(spec) for field, spec in fields)
