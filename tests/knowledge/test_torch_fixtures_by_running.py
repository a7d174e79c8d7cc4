"""Programs that are right by what their fixtures say: PyTorch runs them, and none of its own checks stops them."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

QUIET = Path(__file__).resolve().parents[2] / "fixtures" / "quiet"


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore:.NLLLoss2d:FutureWarning")
@pytest.mark.parametrize(
    "path", sorted(QUIET.glob("*_of_torch_that_get_what_they_expect.py")), ids=lambda path: path.stem
)
def test_what_is_said_to_be_right_runs(path: Path, torch: Any) -> None:
    assert "torch" in runpy.run_path(str(path))
