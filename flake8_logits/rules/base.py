"""What a rule is: a code, a name, a severity, a page, and a pure function from a pairing to a finding."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from flake8_logits.domain.diagnostics import Finding, Severity
from flake8_logits.domain.facts import Pairing
from flake8_logits.parser import parse

SECTIONS = ("What it finds", "Why it hurts", "Example", "Use instead", "Fix safety", "References")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.  ``name`` is the file's stem with dashes; ``page`` the module's docstring, in Markdown."""

    code: str
    name: str
    summary: str
    judge: Callable[[Pairing], Finding | None]
    page: str
    severity: Severity = Severity.WARNING

    @property
    def default(self) -> bool:
        """Whether it is on unless the user says otherwise."""
        return not self.severity.must_be_named

    @property
    def example(self) -> str:
        """The code that the rule must report."""
        return _programs(self.section("Example"))[0]

    @property
    def use_instead(self) -> str:
        """The code that must be quiet."""
        return _programs(self.section("Use instead"))[0]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each example, one for a framework, with what to use instead."""
        return tuple(zip(_programs(self.section("Example")), _programs(self.section("Use instead")), strict=True))

    def section(self, title: str) -> str:
        """The text below one heading of the page, empty if it is missing."""
        _, _, rest = self.page.partition(f"## {title}\n")
        return rest.partition("\n## ")[0].strip()


def _programs(text: str) -> list[str]:
    """The programs in a part of a page."""
    return [part.partition("```")[0] for part in text.split("```python\n")[1:]]


def rule(
    module: ModuleType,
    code: str,
    judge: Callable[[Pairing], Finding | None],
    severity: Severity = Severity.WARNING,
) -> Rule:
    """The rule of a module: its name is the file's, its page the docstring, its summary the docstring's first line."""
    page = inspect.cleandoc(module.__doc__ or _written(module))
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    summary = page.partition("\n")[0].rstrip(".") or name
    return Rule(code, name, summary, judge, page, severity)


def _written(module: ModuleType) -> str:
    """The docstring as it stands in the source, where Python was told to drop it (``-OO``); empty without a source."""
    try:
        return ast.get_docstring(parse(inspect.getsource(module))) or ""
    except (OSError, SyntaxError):
        return ""
