"""What a rule is: a code, a name, a severity, a page, and a pure function from a pairing to a finding."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from flake8_logits.domain.diagnostics import Finding, Severity
from flake8_logits.domain.facts import Pairing

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
        return self._code("Example")

    @property
    def use_instead(self) -> str:
        """The code that must be quiet."""
        return self._code("Use instead")

    def section(self, title: str) -> str:
        """The text below one heading of the page, empty if it is missing."""
        _, _, rest = self.page.partition(f"## {title}\n")
        return rest.partition("\n## ")[0].strip()

    def _code(self, title: str) -> str:
        _, _, rest = self.section(title).partition("```python\n")
        return rest.partition("```")[0]


def rule(
    module: ModuleType,
    code: str,
    judge: Callable[[Pairing], Finding | None],
    severity: Severity = Severity.WARNING,
) -> Rule:
    """The rule of a module: its name is the file's, its page the docstring, its summary the docstring's first line."""
    page = inspect.cleandoc(module.__doc__ or "")
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(code, name, page.splitlines()[0].rstrip("."), judge, page, severity)
