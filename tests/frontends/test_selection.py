"""``--select`` and ``--ignore``."""

from __future__ import annotations

from types import ModuleType

import pytest

from flake8_logits.frontends.selection import UnknownPrefixError, chosen_codes
from flake8_logits.rules.base import rule

_MODULE = ModuleType("m", "A rule.")
RULES = [rule(_MODULE, code, lambda pairing: None, code != "LGT201") for code in ("LGT101", "LGT102", "LGT201")]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], {"LGT101", "LGT102"}),
        (["LGT"], [], {"LGT101", "LGT102", "LGT201"}),
        (["lgt102"], [], {"LGT102"}),
        (["LGT101,LGT201"], [], {"LGT101", "LGT201"}),
        (["LGT101", "LGT102"], ["LGT102"], {"LGT101"}),
        (["LGT102"], ["LGT1"], {"LGT102"}),
        (["LGT"], ["LGT1"], {"LGT201"}),
        ([], ["LGT1"], set()),
        ([], ["LGT"], set()),
        (["LGT"], ["LGT"], set()),
        ([","], [" "], {"LGT101", "LGT102"}),
    ],
)
def test_longest_prefix_decides(select: list[str], ignore: list[str], chosen: set[str]) -> None:
    assert chosen_codes(RULES, select, ignore) == chosen


@pytest.mark.parametrize(("select", "ignore"), [(["E501"], []), ([], ["LGT101,LGT9"]), (["LGT1011"], [])])
def test_prefix_of_nothing_is_refused(select: list[str], ignore: list[str]) -> None:
    with pytest.raises(UnknownPrefixError):
        chosen_codes(RULES, select, ignore)
