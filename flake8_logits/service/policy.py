"""The options for a file: from the command line, else from the configuration that is found upward from the file."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flake8_logits.cache.store import FOLDER, Cache
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.finding import configuration_of
from flake8_logits.configuration.model import Configuration
from flake8_logits.configuration.reading import DEFAULT, read_configuration, shown, target_of
from flake8_logits.domain.diagnostics import Problem, ProblemKind
from flake8_logits.domain.sizes import MOST_TOKENS
from flake8_logits.domain.targets import Target
from flake8_logits.once import computed_once
from flake8_logits.rules.registry import RULES
from flake8_logits.service.requests import PROPOSE, Fixing, Options
from flake8_logits.service.restriction import UNRESTRICTED, Restriction
from flake8_logits.service.selection import UnknownPrefixError, chosen_codes, without
from flake8_logits.source.project import leads_into, root_of

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Overrides:
    """What the caller's own options say, which goes before any configuration; empty or None where they say nothing.

    ``config`` is one file to read in place of all that would be found; ``isolated`` reads none.
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
    max_tokens: int = MOST_TOKENS


@dataclass
class Policy:
    """Gives each file its options.

    A configuration that cannot be used is replaced by the defaults, and ``problems`` says why, once for each.  One that
    was named (``config``) raises ConfigurationError instead.
    """

    overrides: Overrides
    fixing: Fixing = PROPOSE
    restriction: Restriction = UNRESTRICTED
    _problems: dict[str, Problem] = field(default_factory=dict)
    _configurations: dict[str, Configuration] = field(default_factory=dict)
    _found: dict[str, str | None] = field(default_factory=dict)
    _codes: dict[tuple[str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)
    _targets: dict[str, Target] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The configurations, and the like, met so far that cannot be used."""
        return tuple(self._problems.values())

    def report(self, problem: Problem) -> None:
        """Add what is wrong with another file that says how to check."""
        self._problems.setdefault(problem.path, problem)

    def configuration(self, path: str) -> Configuration:
        """The configuration that a file is checked under."""
        if self.overrides.isolated:
            return DEFAULT
        folder = "" if self.overrides.config is not None else os.path.dirname(path)
        if folder not in self._configurations:
            self._configurations[folder] = self._read(path)
        return self._configurations[folder]

    def _read(self, path: str) -> Configuration:
        named = self.overrides.config
        if named is not None:
            configuration = read_configuration(named)
            self._selected(configuration, ())
            return configuration
        found = configuration_of(path, self._found)
        if found is None:
            return DEFAULT
        LOGGER.debug("configuration of %s: %s", path, found)
        try:
            configuration = read_configuration(found)
            self._selected(configuration, tuple(configuration.per_file_ignores.values()))
            self._target(configuration)
        except ConfigurationError as error:
            path = shown(found)
            message = f"{str(error).removeprefix(f'{path}: ')}; the defaults are used instead"
            self._problems[found] = Problem(path, message, kind=ProblemKind.CONFIGURATION)
            return DEFAULT
        return configuration

    def options(self, path: str) -> Options:
        """The options to check a file with."""
        configuration = self.configuration(path)
        follows = configuration.follow_imports and not self.overrides.no_imports
        return Options(
            self._codes_for(configuration, path),
            self.overrides.noqa,
            follows,
            follows,
            replace(configuration.settings, target=self._target(configuration), most_tokens=self.overrides.max_tokens),
            self.fixing,
            self.restriction,
            self.cache,
        )

    @computed_once
    def cache(self) -> Cache | None:
        """Where results are kept, one place for the whole run: as told, as configured here, or in the project."""
        if self.overrides.no_cache:
            return None
        if self.overrides.cache_dir is not None:
            return Cache(os.path.abspath(self.overrides.cache_dir))
        here = self.configuration("here")
        if here.cache_dir is not None:
            return self._cache_within(root_of(here.folder), os.path.join(here.folder, here.cache_dir), here.path)
        root = root_of(os.getcwd())
        folder = os.path.join(root, FOLDER)
        return self._cache_within(root, folder, folder)

    def _cache_within(self, root: str, folder: str, named: str) -> Cache | None:
        """The cache in a folder that a checkout chose; none, and a problem, where it leads out of the project."""
        if "\0" not in folder and leads_into(folder, root) and not leads_into(root, folder):
            return Cache(folder)
        words = "the cache would stand outside of the project, so nothing is cached; --cache-dir may put it there"
        self.report(Problem(shown(named), words, kind=ProblemKind.CONFIGURATION))
        return None

    def excludes(self, path: str) -> bool:
        """Whether the configuration leaves out a file, or a folder that it is in."""
        return self.configuration(path).excludes(path)

    def skips(self, path: str, is_folder: bool) -> bool:
        """Whether the configuration leaves out this entry of a folder that is searched."""
        return self.configuration(path).excludes(path, is_folder, above=False)

    def _codes_for(self, configuration: Configuration, path: str) -> frozenset[str]:
        ignored = configuration.ignored_in(path)
        key = (configuration.path, ignored)
        if key not in self._codes:
            self._codes[key] = self._selected(configuration, (ignored,))
        return self._codes[key]

    def _selected(self, configuration: Configuration, ignored: Sequence[tuple[str, ...]]) -> frozenset[str]:
        """The codes of the rules that apply; raises ConfigurationError where the configuration names one there is not.

        ``ignored`` are lists of codes to leave out in the end.
        """
        try:
            chosen = chosen_codes(
                RULES,
                self.overrides.select or configuration.select or (),
                self.overrides.ignore or configuration.ignore or (),
                (*configuration.extend_select, *self.overrides.extend_select),
            )
            for codes in ignored:
                chosen = without(chosen, RULES, codes)
        except UnknownPrefixError as error:
            where = f"{shown(configuration.path)}: " if configuration.path else ""
            raise ConfigurationError(f"{where}{error}; `flake8-logits rules` lists them") from None
        return chosen

    def _target(self, configuration: Configuration) -> Target:
        if configuration.path not in self._targets:
            own = configuration.settings.target
            keras = self.overrides.keras_version or own.keras
            backend = self.overrides.backend or (own.backend.value if own.backend is not None else None)
            self._targets[configuration.path] = target_of(keras, backend)
        return self._targets[configuration.path]
