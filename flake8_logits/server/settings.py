"""What the client's settings say.  Where a project has a configuration of its own, that decides what is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flake8_logits.configuration.errors import ConfigurationError, unknown
from flake8_logits.configuration.finding import configuration_of
from flake8_logits.configuration.reading import target_of
from flake8_logits.rules.registry import RULES
from flake8_logits.service.policy import Overrides, Policy
from flake8_logits.service.selection import UnknownPrefixError, chosen_codes

SECTION = "flake8-logits"
_NAMES = (SECTION, "flake8_logits", "flake8Logits", "settings")
"""Under which name the settings stand in what clients send."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Settings of an editor; ``debounce`` is how long to wait for a pause in typing, None to go by what checks take."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    keras_version: str | None = None
    backend: str | None = None
    no_imports: bool = False
    inlay_hints: bool = False
    code_lens: bool = True
    workspace: bool = False
    debounce: float | None = None

    def policy(self, path: str) -> Policy:
        """How to check a file: as its project says, or as the client does where the project has no configuration."""
        if configuration_of(path) is not None:
            return Policy(Overrides(no_cache=True))
        return Policy(
            Overrides(
                select=self.select,
                extend_select=self.extend_select,
                ignore=self.ignore,
                no_imports=self.no_imports,
                keras_version=self.keras_version,
                backend=self.backend,
                no_cache=True,
            )
        )


def settings_in(sent: object) -> tuple[ClientSettings | None, list[str]]:
    """The settings in what a client sent, and what is wrong with them, in a line each; what is wrong is left out.

    None for settings that are all of others: some clients send whatever they have.
    """
    found = ClientSettings()
    wrong: list[str] = []
    entries = dict(_entries(sent))
    if entries and not _READERS.keys() & entries.keys():
        return None, []
    for key, value in entries.items():
        read = _READERS.get(key)
        if read is None:
            wrong.append(unknown("setting", key, (name.replace("_", "-") for name in _READERS)))
            continue
        try:
            changed = replace(found, **{key: read(value)})
            _check(changed)
        except (ConfigurationError, UnknownPrefixError) as error:
            wrong.append(f"setting '{key.replace('_', '-')}': {error}")
        else:
            found = changed
    return found, wrong


def _entries(sent: object) -> Iterator[tuple[str, Any]]:
    """Yield each setting under the name of its field; what is null says nothing."""
    table = _table(sent)
    for key, value in table.items():
        if value is not None and key not in _NAMES:
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(key)).replace("-", "_").lower(), value


def _table(sent: object) -> Mapping[str, Any]:
    while isinstance(sent, Mapping):
        inner = next((sent[name] for name in _NAMES if isinstance(sent.get(name), Mapping)), None)
        if inner is None:
            return sent
        sent = inner
    return {}


def _check(settings: ClientSettings) -> None:
    chosen_codes(RULES, settings.select, settings.ignore, settings.extend_select)
    target_of(settings.keras_version, settings.backend)


def _texts(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ConfigurationError("must be a list of strings")
    return tuple(items)


def _text(value: Any) -> str | None:
    return str(value) or None


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigurationError("must be true or false")
    return value


def _milliseconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 60_000:
        raise ConfigurationError("must be a number of milliseconds, at most a minute")
    return value / 1000


_READERS: dict[str, Callable[[Any], Any]] = {
    "select": _texts,
    "extend_select": _texts,
    "ignore": _texts,
    "keras_version": _text,
    "backend": _text,
    "no_imports": _switch,
    "inlay_hints": _switch,
    "code_lens": _switch,
    "workspace": _switch,
    "debounce": _milliseconds,
}
"""Every setting, by its field, with what reads its value."""
