"""`# noqa`, compared with flake8 itself."""

from __future__ import annotations

import pytest
from flake8.violation import Violation
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.source.suppressions import suppressed, suppressed_in_file


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# noqa", True),
        ("# NoQA", True),
        ("#noqa", False),
        ("# noqa: LGT101", True),
        ("# noqa:LGT101", True),
        ("# noqa: lgt101", True),
        ("# noqa: LGT1", True),
        ("# noqa: LGT", True),  # no code, and so a bare one
        ("# noqa: E501,LGT101", True),
        ("# noqa: E501 LGT101", True),
        ("# noqa: E501, LGT101 # why", True),
        ("# noqa: E501", False),
        ("# noqa: LGT102", False),
        ("# noqa: LGT1011", False),
        ("# noqa : E501", True),
        ("# why # noqa: LGT101", True),
        ("# type: ignore", False),
        ("", False),
    ],
)
def test_lines(comment: str, expected: bool) -> None:
    assert suppressed(f"x = 1  {comment}", "LGT101") is expected
    assert suppressed(f"x = 1  {comment}\n", "LGT101") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# flake8: noqa", True),
        ("x = 1\n  # FLAKE8: NOQA\n", True),
        ("# flake8=noqa", True),
        ("# flake8: noqa: LGT101", True),
        ("# flake8: noqa: E501\n# flake8: noqa: LGT1", True),
        ("# flake8: noqa: E501,LGT101", True),
        ("# flake8: noqa: E501\nLGT101 = 3", False),
        ("x = 1  # flake8: noqa", False),
        ("# noqa", False),
        ("", False),
    ],
)
def test_files(text: str, expected: bool) -> None:
    assert suppressed_in_file(text, "LGT101") is expected


@given(
    st.lists(
        st.sampled_from(
            ["# noqa", "# NOQA", ":", " ", ",", "LGT", "LGT1", "LGT101", "101", "E5", "E501", "x", "#", "\t"]
        )
    ).map("".join)
)
def test_as_flake8(line: str) -> None:
    violation = Violation("LGT101", "x.py", 1, 0, "", line)
    assert suppressed(line, "LGT101") == violation.is_inline_ignored(False)
