"""``--select`` and ``--ignore``."""

from __future__ import annotations

from types import ModuleType

import pytest

from flake8_logits.domain.diagnostics import Severity
from flake8_logits.rules.base import rule
from flake8_logits.service.selection import UnknownPrefixError, chosen_codes

_MODULE = ModuleType("m", "A rule.")
_SEVERITIES = {"LGT101": Severity.WARNING, "LGT102": Severity.WARNING, "LGT201": Severity.ADVICE}
RULES = [rule(_MODULE, code, lambda pairing: None, severity) for code, severity in _SEVERITIES.items()]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], {"LGT101", "LGT102"}),
        (["LGT"], [], {"LGT101", "LGT102"}),
        (["LGT2"], [], set()),
        (["LGT", "lgt201"], [], {"LGT101", "LGT102", "LGT201"}),
        (["lgt102"], [], {"LGT102"}),
        (["LGT101,LGT201"], [], {"LGT101", "LGT201"}),
        (["LGT101", "LGT102"], ["LGT102"], {"LGT101"}),
        (["LGT102"], ["LGT1"], {"LGT102"}),
        (["LGT,LGT201"], ["LGT1"], {"LGT201"}),
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
