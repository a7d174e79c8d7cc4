"""pygls' protocol without its copies of the texts, and with an end that answers.

It splits lines where ``str.splitlines`` does, at form feeds and at separators of Unicode: a file that holds one
would be another one after the first change.  ``programs`` keeps what is open.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

Handed = Callable[..., Any]


def _hand_on(method: str) -> Handed:
    """Let our handler of a notification do all of the work."""

    def act(self: LanguageServerProtocol, params: Any) -> Generator[Any, Any, None]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None

    return lsp_method(method)(act)


class Protocol(LanguageServerProtocol):
    """Hands on what a client tells of its documents, and keeps none of it."""

    lsp_text_document__did_open = _hand_on(types.TEXT_DOCUMENT_DID_OPEN)
    lsp_text_document__did_change = _hand_on(types.TEXT_DOCUMENT_DID_CHANGE)
    lsp_text_document__did_close = _hand_on(types.TEXT_DOCUMENT_DID_CLOSE)
    lsp_notebook_document__did_open = _hand_on(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    lsp_notebook_document__did_change = _hand_on(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    lsp_notebook_document__did_close = _hand_on(types.NOTEBOOK_DOCUMENT_DID_CLOSE)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Generator[Any, Any, Any]:
        """End what is still being answered: what pygls cancels leaves the dictionary that it walks meanwhile."""
        for number, future in list(self._request_futures.items()):
            if number != self.msg_id:
                future.cancel()
        return (yield from super().lsp_shutdown(*args))
