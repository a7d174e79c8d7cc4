"""``[tool.flake8-logits]`` to a Configuration: every key there is, what it may hold, and what is said otherwise."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flake8_logits.configuration.errors import ConfigurationError, unknown
from flake8_logits.configuration.finding import TABLE, names_our_table
from flake8_logits.configuration.model import Configuration
from flake8_logits.configuration.toml import parse
from flake8_logits.configuration.vocabulary import TABLES, declared_rows
from flake8_logits.domain.targets import Backend, Target
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source.ignoring import MOST
from flake8_logits.source.reading import LARGEST_CONFIGURATION, read_bytes, reason

DEFAULT = Configuration()


def read_configuration(path: str) -> Configuration:
    """The configuration in a TOML file; raises ConfigurationError, in one line, where it cannot be used."""
    try:
        data = read_bytes(path, LARGEST_CONFIGURATION)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{shown(path)}: cannot be read: {reason(error)}") from None
    try:
        return configuration_in(os.path.abspath(path), data)
    except ConfigurationError as error:
        raise ConfigurationError(f"{shown(path)}: {error}") from None


@lru_cache(maxsize=64)
def configuration_in(path: str, data: bytes) -> Configuration:
    """The configuration in the bytes of a file at an absolute path; raises ConfigurationError."""
    try:
        document = parse(data)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"not valid TOML: {' '.join(str(error).split())}") from None
    tool = document.get("tool", {})
    if not isinstance(tool, dict):
        tool = {}
    for key in tool:
        if key != TABLE and names_our_table(key):
            raise ConfigurationError(f"[tool.{key}] is not read; write [tool.{TABLE}]")
    table = tool.get(TABLE, {})
    if not isinstance(table, dict):
        raise ConfigurationError(f"[tool.{TABLE}] must be a table")
    try:
        return _configuration(path, table)
    except ConfigurationError as error:
        raise ConfigurationError(f"[tool.{TABLE}]: {error}") from None


def target_of(keras: object, backend: object) -> Target:
    """The target that two values say; raises ConfigurationError, which names the key, for one that does not exist."""
    version = None if keras in (None, "") else _keras_version(keras)
    engine = None if backend in (None, "") else _backend(backend)
    if version == 2 and engine not in (None, Backend.TENSORFLOW):
        raise ConfigurationError(
            f"backend '{backend}' cannot be combined with keras-version 2, which only runs on tensorflow"
        )
    return Target(version, engine)


def plugin_settings(path: str | None, keras: str, backend: str) -> tuple[Settings, bool]:
    """The settings of a configuration (None for the defaults), and whether imports are followed.

    ``keras`` and ``backend``, where not empty, override it.  Raises ConfigurationError.
    """
    configuration = DEFAULT if path is None else read_configuration(path)
    own = configuration.settings.target
    target = target_of(keras or own.keras, backend or (None if own.backend is None else own.backend.value))
    return replace(configuration.settings, target=target), configuration.follow_imports


def _configuration(path: str, table: dict[str, Any]) -> Configuration:
    for key in table:
        if key not in KEYS:
            raise ConfigurationError(unknown("key", key, KEYS))
    values = {key: KEYS[key](key, value) for key, value in table.items()}
    rows = tuple(row for name in TABLES for row in values.get(name, ()))
    return Configuration(
        path,
        values.get("select"),
        values.get("extend-select", ()),
        values.get("ignore"),
        values.get("per-file-ignores", {}),
        values.get("exclude", ()),
        not values.get("no-imports", False),
        values.get("cache-dir"),
        Settings(target_of(values.get("keras-version"), values.get("backend")), rows),
    )


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f"'{key}' must be a list of strings")
    if len(value) > MOST:
        raise ConfigurationError(f"'{key}' has more than {MOST} items")
    return tuple(value)


def _codes(key: str, value: Any) -> tuple[str, ...]:
    return tuple(part for item in _texts(key, value) for part in item.replace(",", " ").split())


def _codes_by_pattern(key: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ConfigurationError(f"'{key}' must be a table of patterns, each with a list of codes")
    if len(value) > MOST:
        raise ConfigurationError(f"'{key}' has more than {MOST} patterns")
    return {pattern: _codes(f"{key}.{pattern}", codes) for pattern, codes in value.items()}


def _switch(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigurationError(f"'{key}' must be true or false")
    return value


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"'{key}' must be a string")
    return value


def _as_written(key: str, value: Any) -> Any:
    return value


def _keras_version(value: object) -> int:
    major = str(value).partition(".")[0]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or major not in ("2", "3"):
        raise ConfigurationError(f"'keras-version' must be 2 or 3, not {value!r}")
    return int(major)


def _backend(value: object) -> Backend:
    known = {backend.value: backend for backend in Backend}
    if not isinstance(value, str) or value not in known:
        raise ConfigurationError(unknown("backend", str(value), known))
    return known[str(value)]


KEYS: dict[str, Callable[[str, Any], Any]] = {
    "select": _codes,
    "extend-select": _codes,
    "ignore": _codes,
    "per-file-ignores": _codes_by_pattern,
    "exclude": _texts,
    "keras-version": _as_written,
    "backend": _as_written,
    "no-imports": _switch,
    "cache-dir": _text,
    **dict.fromkeys(TABLES, declared_rows),
}
"""Every key, with what reads its value."""


def shown(path: str) -> str:
    """The path as one would type it here."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if relative.startswith(os.pardir) else relative
