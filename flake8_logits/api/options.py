"""What a caller asks of an analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.reading import target_of
from flake8_logits.domain.sizes import MOST_TOKENS
from flake8_logits.rules.registry import RULES
from flake8_logits.service.selection import UnknownPrefixError, chosen_codes


class OptionsError(ValueError):
    """There is no such rule, version or backend; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to report and what to believe, as the command's options of the same names.

    ``select``, ``extend_select`` and ``ignore`` hold codes, names or prefixes of codes.  ``imports`` lets the other
    modules of the file's project be read, ``fixes`` looks for a fix to each finding, which takes most of the time where
    there are any.  ``config`` is one TOML file to read in place of all that would be found; ``isolated`` reads none.
    What is given here goes before any configuration.  Raises OptionsError where a value has no meaning.
    """

    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    noqa: bool = True
    imports: bool = True
    fixes: bool = True
    keras_version: Literal[2, 3] | None = None
    backend: Literal["tensorflow", "jax", "torch"] | None = None
    max_tokens: int = MOST_TOKENS
    config: str | None = None
    isolated: bool = False

    def __post_init__(self) -> None:
        for name in ("select", "extend_select", "ignore"):
            words = getattr(self, name)
            # A string is a sequence of letters, which nobody means.
            object.__setattr__(self, name, (words,) if isinstance(words, str) else tuple(words))
        if self.max_tokens < 1:
            raise OptionsError("max_tokens must be at least 1")
        if self.config is not None and self.isolated:
            raise OptionsError("config cannot be combined with isolated")
        try:
            chosen_codes(RULES, self.select, self.ignore, self.extend_select)
            target_of(self.keras_version, self.backend)
        except (UnknownPrefixError, ConfigurationError) as error:
            raise OptionsError(str(error)) from None


DEFAULT = Options()
