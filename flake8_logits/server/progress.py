"""Work that a client shows while it goes on, and may cancel."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lsprotocol import types

from flake8_logits.server.server import Server


class Progress:
    """The progress of one piece of work; without a token there is nobody to show it to."""

    def __init__(self, server: Server, token: str | None) -> None:
        self._server = server
        self._token = token

    @property
    def cancelled(self) -> bool:
        """Whether somebody does not want to wait for it."""
        tokens = self._server.work_done_progress.tokens
        return self._token is not None and self._token in tokens and tokens[self._token].cancelled()

    def report(self, message: str, done: float | None = None) -> None:
        """Tell what is being done; ``done`` is how much of it all was, from 0 to 1."""
        if self._token is not None:
            share = None if done is None else int(100 * done)
            value = types.WorkDoneProgressReport(message=message, percentage=share)
            self._server.work_done_progress.report(self._token, value)


@asynccontextmanager
async def working(server: Server, title: str) -> AsyncIterator[Progress]:
    """Within this, the client shows that something is done, if it can."""
    if not server.can("window.work_done_progress"):
        yield Progress(server, None)
        return
    token = str(uuid.uuid4())
    await server.work_done_progress.create_async(token)
    begin = types.WorkDoneProgressBegin(title, cancellable=True, percentage=0)
    server.work_done_progress.begin(token, begin)
    try:
        yield Progress(server, token)
    finally:
        server.work_done_progress.end(token, types.WorkDoneProgressEnd())
        server.work_done_progress.tokens.pop(token, None)
