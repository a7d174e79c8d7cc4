"""Edits as an editor makes them."""

from __future__ import annotations

from lsprotocol import types

from flake8_logits.server.texts import Text


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    """The edits that an action makes of one text."""
    assert action.edit is not None
    if action.edit.changes is not None:
        return list(action.edit.changes.get(uri, ()))
    found: list[types.TextEdit] = []
    for change in action.edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        if change.text_document.uri == uri:
            found.extend(edit for edit in change.edits if isinstance(edit, types.TextEdit))
    return found


def patched(source: str, action: types.CodeAction, uri: str) -> str:
    """The text after an action."""
    text = Text(source)
    places = [
        (text.offset(edit.range.start), text.offset(edit.range.end), edit.new_text) for edit in edits_of(action, uri)
    ]
    for start, end, new in sorted(places, reverse=True):
        source = source[:start] + new + source[end:]
    return source
