"""The rules' pages: what ``explain`` prints, and the files in ``docs/rules``.

``python -m flake8_logits.frontends.pages [FOLDER]`` writes them anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES

FOLDER = "docs/rules"
_MARK = "<!-- Written by `python -m flake8_logits.frontends.pages` from {source}: change it there. -->\n\n"


def find_rule(name: str) -> Rule | None:
    """Return the rule with this code or name, whatever the letter case; None when there is none."""
    wanted = name.strip().lower().replace("_", "-")
    return next((rule for rule in RULES if wanted in (rule.code.lower(), rule.name)), None)


def page(rule: Rule) -> str:
    """Return the rule's page in Markdown."""
    off = "" if rule.default else "\n\nThis rule is off unless it is selected."
    return f"# {rule.name} ({rule.code}){off}\n\n{rule.page.strip()}\n"


def files() -> dict[str, str]:
    """Return the name and the text of each file that belongs into the folder."""
    pages = {}
    for rule in RULES:
        source = f"flake8_logits/rules/{rule.name.replace('-', '_')}.py"
        pages[f"{rule.name}.md"] = _MARK.format(source=source) + page(rule)
    rows = [f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.summary} |" for rule in RULES]
    table = "\n".join(["| code | rule | what it finds |", "| --- | --- | --- |", *rows])
    pages["README.md"] = _MARK.format(source="the rules") + f"# Rules\n\n{table}\n"
    return pages


def main(folder: str = FOLDER) -> None:
    """Write the pages, and take away those of rules that are gone."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    pages = files()
    for stale in set(target.glob("*.md")) - {target / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
