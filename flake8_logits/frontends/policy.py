"""What applies to a file: the command line, and the configuration found upward from the file where it says nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from flake8_logits.cache.store import FOLDER, Cache
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.model import Configuration
from flake8_logits.configuration.reading import DEFAULT, configuration_for, read_configuration, shown, target_of
from flake8_logits.domain.targets import Target
from flake8_logits.frontends.adopting import UNRESTRICTED, Restriction
from flake8_logits.frontends.checking import Options
from flake8_logits.frontends.fixing import SHOWN, Fixing
from flake8_logits.frontends.selection import UnknownPrefixError, chosen_codes, without
from flake8_logits.rules.registry import RULES
from flake8_logits.source.project import root_of


@dataclass(frozen=True)
class Asked:
    """What the command line says; empty or None where it says nothing.

    ``config`` is one file to take in place of all that would be found; ``isolated`` takes none.
    """

    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    noqa: bool = True
    no_imports: bool = False
    keras_version: str | None = None
    backend: str | None = None
    config: str | None = None
    isolated: bool = False
    no_cache: bool = False
    cache_dir: str | None = None


@dataclass
class Policy:
    """Answers for each file; raises ConfigurationError, in one line, when the file's configuration cannot be used."""

    asked: Asked
    fixing: Fixing = SHOWN
    restriction: Restriction = UNRESTRICTED
    _configurations: dict[str, Configuration] = field(default_factory=dict)
    _codes: dict[tuple[str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)
    _targets: dict[str, Target] = field(default_factory=dict)

    def configuration(self, path: str) -> Configuration:
        """The configuration that a file is checked under."""
        if self.asked.isolated:
            return DEFAULT
        folder = "" if self.asked.config is not None else os.path.dirname(path)
        if folder not in self._configurations:
            self._configurations[folder] = (
                configuration_for(path) if self.asked.config is None else read_configuration(self.asked.config)
            )
        return self._configurations[folder]

    def options(self, path: str) -> Options:
        """What to report of a file, and what is known of it beforehand."""
        configuration = self.configuration(path)
        return Options(
            self._codes_for(configuration, path),
            self.asked.noqa,
            configuration.follow_imports and not self.asked.no_imports,
            replace(configuration.settings, target=self._target(configuration)),
            self.fixing,
            self.restriction,
            self.cache,
        )

    @cached_property
    def cache(self) -> Cache | None:
        """Where results are kept, one place for the whole run: as told, as configured here, or in the project."""
        if self.asked.no_cache:
            return None
        if self.asked.cache_dir is not None:
            return Cache(os.path.abspath(self.asked.cache_dir))
        here = self.configuration("here")
        if here.cache_dir is not None:
            return Cache(os.path.join(here.folder, here.cache_dir))
        return Cache(os.path.join(root_of(os.getcwd()), FOLDER))

    def excludes(self, path: str) -> bool:
        """Whether the configuration leaves out a file, or a folder that it is in."""
        return self.configuration(path).excludes(path)

    def skips(self, path: str, is_folder: bool) -> bool:
        """Whether the configuration leaves out this entry of a folder that is searched.

        A configuration that cannot be used skips nothing: the first file under it says what is wrong.
        """
        try:
            return self.configuration(path).excludes(path, is_folder, above=False)
        except ConfigurationError:
            return False

    def _codes_for(self, configuration: Configuration, path: str) -> frozenset[str]:
        ignored = configuration.ignored_in(path)
        key = (configuration.path, ignored)
        if key not in self._codes:
            try:
                chosen = chosen_codes(
                    RULES,
                    self.asked.select or configuration.select or (),
                    self.asked.ignore or configuration.ignore or (),
                    (*configuration.extend_select, *self.asked.extend_select),
                )
                self._codes[key] = without(chosen, RULES, ignored)
            except UnknownPrefixError as error:
                where = f"{shown(configuration.path)}: " if configuration.path else ""
                raise ConfigurationError(f"{where}{error}; `flake8-logits rules` lists them") from None
        return self._codes[key]

    def _target(self, configuration: Configuration) -> Target:
        if configuration.path not in self._targets:
            own = configuration.settings.target
            keras = self.asked.keras_version or own.keras
            backend = self.asked.backend or (own.backend.value if own.backend is not None else None)
            self._targets[configuration.path] = target_of(keras, backend)
        return self._targets[configuration.path]
