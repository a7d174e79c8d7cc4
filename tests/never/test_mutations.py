"""Programs of ours cut, doubled and shuffled at random: whatever comes out, the analysis comes back."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_logits.analysis import analyse
from flake8_logits.source.documents import documents_of

ROOT = Path(__file__).resolve().parents[2]
SOURCES = tuple(
    path.read_text("utf-8") for path in sorted((ROOT / "fixtures").rglob("*.py")) if path.stat().st_size < 20_000
)
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")

kinds = st.sampled_from(("drop", "double", "swap", "graft", "dedent"))
places = st.integers(0, 10**6)


def _mutated(tokens: list[str], other: list[str], kind: str, first: int, second: int) -> list[str]:
    i, j = sorted((first % len(tokens), second % len(tokens)))
    j = min(j, i + 40)
    if kind == "drop":
        return tokens[:i] + tokens[j + 1 :]
    if kind == "double":
        return tokens[:j] + tokens[i:j] * 2 + tokens[j:]
    if kind == "swap":
        return [*tokens[:i], tokens[j], *tokens[i + 1 : j], tokens[i], *tokens[j + 1 :]]
    if kind == "graft":
        start = second % len(other)
        return tokens[:i] + other[start : start + 30] + tokens[i:]
    return [re.sub(r"\n[ \t]+", "\n", token) if i <= n <= j else token for n, token in enumerate(tokens)]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SOURCES),
    st.sampled_from(SOURCES),
    st.lists(st.tuples(kinds, places, places), min_size=1, max_size=6),
)
def test_analysis_of_anything_comes_back(text: str, other: str, edits: list[tuple[str, int, int]]) -> None:
    tokens, grafts = _TOKENS.findall(text), _TOKENS.findall(other)
    for kind, first, second in edits:
        tokens = _mutated(tokens, grafts, kind, first, second) or [" "]
    for document in documents_of("program.py", "".join(tokens).encode()):
        analyse(document)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.sampled_from(("program.py", "program.ipynb")))
def test_analysis_of_any_bytes_comes_back(data: bytes, path: str) -> None:
    for document in documents_of(path, b"import keras\nmodel.compile(loss='binary_crossentropy')\n" + data):
        analyse(document)
    for document in documents_of(path, data):
        analyse(document)
