"""A text as Markdown shows what it says, whatever it holds."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flake8_logits.server.markdown import as_markdown

LINES = st.text(st.sampled_from("ab_1 .)(*`[]<>#+-=~!&|\\\"'é"), max_size=30).map(str.strip).filter(bool)


def _rendered(text: str) -> str:
    return str(MarkdownIt("commonmark").enable("strikethrough").render(text)).strip()


@pytest.mark.parametrize(
    "text",
    [
        "sparse_categorical_crossentropy reads probabilities",
        "'model' gives it logits (10 units): Dense without an activation, line 9; clashes",
        "it is no cross-entropy any more, and what it clips has no gradient.",
        "1.5 times -3 + 4 > 2",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert as_markdown(text) == text


@given(LINES)
def test_it_shows_what_it_says(line: str) -> None:
    assert _rendered(as_markdown(line)) == f"<p>{html.escape(line, quote=False).replace(chr(34), '&quot;')}</p>"


@given(st.lists(LINES, min_size=1, max_size=3))
def test_lines_stay_lines(lines: list[str]) -> None:
    shown = _rendered(as_markdown("\n".join(lines)))
    assert shown.count("\n") == len(lines) - 1
    assert shown.count("<") == 2, "one paragraph and nothing else"
