"""The answers of the child process in our own words: each field is checked, as a program may have had a hand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from flake8_logits.domain.verification import Answer, LossMeasured, Measured, Verification

_Facts = TypeVar("_Facts", Measured, LossMeasured)
_LONGEST = 2000
_MOST = 1000


def verification_of(answer: Mapping[str, Any]) -> Verification:
    """The verification that an answer of the child describes; inconclusive where it describes none."""
    try:
        return Verification(
            Answer(answer["answer"]),
            _text(answer["reason"]),
            _facts(Measured, answer.get("measured")),
            _facts(LossMeasured, answer.get("loss")),
            _text(answer.get("backend", "")),
            tuple((_text(name), _text(version)) for name, version in _mapping(answer.get("versions", {})).items()),
            tuple(_text(one) for one in list(answer.get("made_up", ()))[:_MOST]),
            _finite(answer.get("seconds", 0.0)),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return Verification(Answer.INCONCLUSIVE, "the process that built it gave an answer that is none")


def refused_by(answer: Mapping[str, Any]) -> str:
    """The first thing that Python was told not to do; empty where there was none."""
    found = answer.get("refused")
    return _text(found[0]) if isinstance(found, list) and found and isinstance(found[0], str) else ""


def _facts(kind: type[_Facts], found: Any) -> _Facts | None:
    if found is None:
        return None
    types = {one.name: one.type for one in fields(kind)}
    return kind(**{name: _checked(value, str(types[name])) for name, value in _mapping(found).items()})


def _checked(value: Any, kind: str) -> Any:
    """A value of the kind that a field has.  Raises TypeError or ValueError where it is of another."""
    if kind == "float":
        return _number(value)
    if kind == "int":
        return int(_number(value))
    if kind == "bool":
        return bool(value)
    if kind.startswith("tuple"):
        return tuple(_number(one) for one in value)
    return _text(value) if kind == "str" else value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{type(value).__name__} is no number")
    return float(value)


def _finite(value: Any) -> float:
    number = _number(value)
    return number if number - number == 0 else 0.0


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} is no text")
    # Half of a character, which JSON can spell, cannot be written anywhere.
    return value[:_LONGEST].encode("utf-8", "replace").decode()


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} has no fields")
    return value
