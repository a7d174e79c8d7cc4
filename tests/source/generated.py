"""Programs made at random: they mean nothing and hold a little of everything."""

from __future__ import annotations

import random
import re

_GAP = re.compile(r"\$([neb])")

_EXPRESSIONS = (
    "$n", "$n", "$n", "(1)", "'s'", "2.5j", "b'b'", "...", "$e.$n", "$e.$n", "$e($e, $n=$e)", "$e(*$e, **$e)",
    "$e($n=$e, *$e)", "($e + $e)", "($e @ $e ** $e)", "($e and $e and $e)", "($e or ($e or $e))", "(not $e)", "(-$e)",
    "($e < $e not in $e)", "($e if $e else $e)", "$e[$e]", "$e[$e:, ::$e]", "[$e, *$e]", "($e,)", "($e, $e)",
    "{$e, $e}", "{$e: $e, **$e}", "[$e for $n, $n in $e if $e]", "{$n: $e for $n in $e for $n in $e}",
    "(lambda $n, *, k_$n=$e: $e)", "f'a{$n}b{$n!r}'", "'a' f'{$n=}' 'b'", "(\n$e  # c\n)",
)  # fmt: skip
_LINES = (
    "$e", "$n = $e", "$n = $n = $e", "$n, *$n = $e", "$n: $n = $e", "$n += $e", "$e.$n = $e", "del $n, $n",
    "assert $e, $e", "pass", "import $n.$n as $n", "from ..$n import $n as $n, $n", "$n = $e; $n = $e", "raise $e",
    "$n = $e  # logits: logits", "$n = $e \\\n  + $e", "'''text\n\n  more'''", "$n = [\n\n$e,\n]", "if $e: $n = $e",
    "print($n := $e)",
)  # fmt: skip
_BLOCKS = (
    "if $e:\n$b", "if $e:\n$belif $e:\n$belse:\n$b", "for $n, $n in $e:\n$belse:\n$b", "while $e:\n$b",
    "with $e as $n, $e:\n$b", "try:\n$bexcept $e as $n:\n$bfinally:\n$b",
    "@$n.$n\ndef $n(a_$n, *, b_$n=$e):\n$b", "async def $n(*$n):\n$b", "class $n($n, $n=$e):\n$b",
)  # fmt: skip


class Generator:
    """The program of a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def program(self) -> str:
        """Return a module that parses."""
        return "".join(self._statement("") + self._random.choice(("", "", "\n", "\n\n# why\n")) for _ in range(12))

    def _statement(self, margin: str) -> str:
        if len(margin) >= 12 or self._random.random() < 0.6:
            return f"{margin}{self._filled(self._random.choice(_LINES), 3, margin)}\n"
        head, *rest = _GAP.split(self._random.choice(_BLOCKS))
        text = margin + head
        for gap, after in zip(rest[::2], rest[1::2], strict=True):
            text += self._piece(gap, 1, margin)
            text += re.sub(r"^(?=[a-z@])" if gap == "b" else r"(?<=\n)(?=[a-z])", margin, after)
        return text

    def _filled(self, pattern: str, room: int, margin: str) -> str:
        return _GAP.sub(lambda gap: self._piece(gap[1], room, margin), pattern)

    def _piece(self, gap: str, room: int, margin: str) -> str:
        """A name, an expression or a block."""
        if gap == "n":
            return f"{self._random.choice('abcxyzäλ')}{self._random.randrange(9)}"
        if gap == "b":
            return "".join(self._statement(margin + "    ") for _ in range(self._random.randint(1, 2)))
        return self._filled(self._random.choice(_EXPRESSIONS) if room else "$n", room - 1, margin)
