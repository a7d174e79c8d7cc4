"""A text in pieces that libcst reads one by one, each once: an edit leaves all but one of them as they were."""

from __future__ import annotations

from collections import OrderedDict

import libcst

from flake8_logits.domain.places import Span
from flake8_logits.once import computed_once
from flake8_logits.source.lower import Lowering
from flake8_logits.source.nesting import check_nesting
from flake8_logits.source.positions import Positions, positions_of, source_of
from flake8_logits.source.shapes import Shape, shape_of
from flake8_logits.source.syntax import Node, lowered_at
from flake8_logits.turns import Turn

MOST_CHARACTERS = 200_000
"""So much text is kept as libcst has read it, which takes some hundred times the room."""


class Piece:
    """Whole statements of a module, as libcst reads them.  Raises whatever it raises where it cannot read them."""

    path = ""

    def __init__(self, text: str) -> None:
        check_nesting(text)
        self.module = libcst.parse_module(text)
        body = Lowering(self).block(self.module.body)
        self.statements = len(body)
        self.shape: Shape = shape_of(body)

    @computed_once
    def positions(self) -> Positions:
        """Where its nodes stand, in lines of the piece."""
        return positions_of(self.module)

    def span_of(self, node: Node) -> Span:
        """Nobody asks a piece: whoever holds it knows where it begins."""
        raise NotImplementedError

    def text_of(self, node: Node) -> str:
        """The source of a node of the piece."""
        return source_of(self.module, lowered_at(node).cst)


class _Kept:
    """The pieces that were asked for last, as far as their texts together are not too long."""

    def __init__(self) -> None:
        self._pieces: OrderedDict[str, Piece] = OrderedDict()
        self._turn = Turn()
        self.characters = 0

    def get(self, text: str) -> Piece | None:
        with self._turn:
            piece = self._pieces.get(text)
            if piece is not None:
                self._pieces.move_to_end(text)
            return piece

    def put(self, text: str, piece: Piece) -> None:
        with self._turn:
            if text in self._pieces:
                return
            self._pieces[text] = piece
            self.characters += len(text)
            while self.characters > MOST_CHARACTERS:
                self.characters -= len(self._pieces.popitem(last=False)[0])

    def clear(self) -> None:
        with self._turn:
            self._pieces.clear()
            self.characters = 0


KEPT = _Kept()
"""Of the whole process: a text is read once, whoever asks."""


def piece_of(text: str) -> Piece:
    """The piece with this text."""
    piece = KEPT.get(text)
    if piece is None:
        piece = Piece(text)
        KEPT.put(text, piece)
    return piece
