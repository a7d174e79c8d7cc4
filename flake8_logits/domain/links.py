"""Where the project's pages stand on the web: what outputs link to."""

from __future__ import annotations

REPOSITORY = "https://github.com/flake8-logits/flake8-logits"
PAGES = f"{REPOSITORY}/blob/main/docs"


def rule_url(name: str) -> str:
    """Return the address of the page of the rule with this name."""
    return f"{PAGES}/rules/{name}.md"


def with_absolute_links(page: str) -> str:
    """Return a rule's page with links that work wherever it is shown: those to other pages are relative in it."""
    return page.replace("](../", f"]({PAGES}/")
