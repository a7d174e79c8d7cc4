"""What a client has the server do: verify a finding, check the whole workspace."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.outputs.verifications import as_object, verification_lines
from flake8_logits.server.asides import CHECK_WORKSPACE, VERIFY
from flake8_logits.server.progress import working
from flake8_logits.server.server import Asked, Server
from flake8_logits.server.verifying import NotVerifiedError
from flake8_logits.server.workspace import check_workspace


def take_commands(server: Server) -> None:
    """Have a server do what its client commands."""

    @server.command(VERIFY)
    async def verify_finding(uri: Any, code: Any, position: Any) -> Any:
        asked = await server.asked(str(uri))
        found = None if asked is None else _finding(asked, str(code), position)
        if asked is None or found is None:
            _say(server, f"there is no {code} there any more", types.MessageType.Info)
            return None
        return await _verify(server, asked, found)

    @server.command(CHECK_WORKSPACE)
    async def check() -> Any:
        return await check_workspace(server)


async def _verify(server: Server, asked: Asked, found: Diagnostic) -> Any:
    async with working(server, f"Verifying {found.code}") as progress:
        progress.report("building the model")
        try:
            verdict = await server.verifying.verify(asked.known, found)
        except NotVerifiedError as error:
            _say(server, f"nothing was verified: {error}", types.MessageType.Warning)
            return None
    if asked.followed.known is asked.known:
        asked.followed.verdicts[found.code, found.span] = verdict
    _say(server, f"{found.code} {'; '.join(verification_lines(verdict))}", types.MessageType.Info)
    server.refresh_asides()
    return as_object(verdict)


def _finding(asked: Asked, code: str, position: Any) -> Diagnostic | None:
    """The finding with a code that begins at a position, which the client gives back as it was given it."""
    for found in asked.known.report.diagnostics:
        if found.code == code and found.span.cell == asked.part.cell:
            start = asked.part.text.range(found.span).start
            if (start.line, start.character) == _numbers(position):
                return found
    return None


def _numbers(position: Any) -> tuple[Any, Any]:
    if isinstance(position, dict):
        return position.get("line"), position.get("character")
    return getattr(position, "line", None), getattr(position, "character", None)


def _say(server: Server, message: str, kind: types.MessageType) -> None:
    server.window_show_message(types.ShowMessageParams(kind, f"flake8-logits: {message}"))
