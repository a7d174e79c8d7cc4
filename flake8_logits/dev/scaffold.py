"""Lays out a new rule in a checkout: the files that the tests ask for, with what to write in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from flake8_logits.dev.templates import FIRING, NEAR_MISS, RULE

LONGEST_NAME = 38
"""A longer name would not fit on its line in the registry."""

ADVICE = "9"
"""The first digit of the codes that are laid out as advice."""


class CannotLayOut(Exception):
    """Why nothing was written; the message is for people."""


def lay_out(root: Path, name: str, code: str, summary: str = "") -> list[Path]:
    """Write the files of a rule into the checkout at ``root`` and return their paths.

    Raises CannotLayOut, before anything is written, where the name or the code is taken or the name too long.
    """
    module = name.replace("-", "_")
    rule = root / "flake8_logits" / "rules" / f"{module}.py"
    registry = root / "flake8_logits" / "rules" / "registry.py"
    fixtures = root / "fixtures" / "rules" / name
    text = registry.read_text(encoding="utf-8")
    if code in _codes(text):
        raise CannotLayOut(f"{code} is taken; taken are {', '.join(_codes(text))}")
    if rule.exists() or fixtures.exists():
        raise CannotLayOut(f"there is a rule {name} already")
    if len(name) > LONGEST_NAME:
        raise CannotLayOut(f"{name} has more than {LONGEST_NAME} characters")
    words = {"name": name, "code": code, "summary": (summary or name.replace("-", " ").capitalize()).rstrip(".")}
    near_miss, firing = fixtures / "quiet_near_miss.py", fixtures / "firing.py"
    files = {rule: RULE, near_miss: NEAR_MISS, firing: FIRING}
    fixtures.mkdir(parents=True)
    for path, template in files.items():
        _write(path, _filled(template, words))
    _write(registry, registered(text, module, code))
    return [*files, registry]


def registered(registry: str, module: str, code: str) -> str:
    """Return the text of the registry with one more rule: its import by name, its line by code."""
    tree = ast.parse(registry)
    (names,) = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "flake8_logits.rules")
    after_import = [alias.lineno for alias in names.names if alias.name < module]
    lines = {line: known for known, line in _places(tree).items()}
    after_rule = [line for line, known in lines.items() if known < code]
    severity = ", Severity.ADVICE" if code.removeprefix("LGT").startswith(ADVICE) else ""
    new = {
        max(after_import, default=names.lineno): f"    {module},",
        max(after_rule, default=min(lines) - 1): f'    rule({module}, "{code}", {module}.judge{severity}),',
    }
    written = []
    for number, line in enumerate(registry.splitlines(), 1):
        written.append(line)
        if number in new:
            written.append(new[number])
    return "\n".join(written) + "\n"


def _codes(registry: str) -> list[str]:
    return list(_places(ast.parse(registry)))


def _places(tree: ast.Module) -> dict[str, int]:
    """For each code in the registry, the last line of its rule."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        arg.value: call.end_lineno or call.lineno
        for call in calls
        for arg in call.args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and re.fullmatch(r"LGT\d{3}", arg.value)
    }


def _filled(template: str, words: dict[str, str]) -> str:
    """Return the template with each ``@word@`` replaced: braces have a meaning of their own in what it writes."""
    return re.sub(r"@(\w+)@", lambda match: words[match[1]], template)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
