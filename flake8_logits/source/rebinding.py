"""What asking for the scopes of a text would cost: for each name, libcst holds every binding against every use."""

from __future__ import annotations

import re
from collections import Counter

MOST_MEETINGS = 3_000_000
"""Of a binding of a name with a use of it, in all; libcst takes several seconds for so many."""

_BINDING = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*(?::[^=\n]*)?[-+*/@|&^%]?=(?!=)", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")


def is_rebound_too_often(text: str) -> bool:
    """Whether the names of a text are bound and used so often that its scopes take too long to be asked for."""
    bindings = Counter(_BINDING.findall(text))
    if max(bindings.values(), default=0) * len(text) < MOST_MEETINGS:
        return False
    uses = Counter(_WORD.findall(text))
    return sum(count * uses[name] for name, count in bindings.items()) > MOST_MEETINGS
