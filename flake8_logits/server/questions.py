"""What a client asks: for diagnostics, hovers, actions, inlay hints and lenses."""

from __future__ import annotations

from lsprotocol import types

from flake8_logits.domain.places import Span
from flake8_logits.server.actions import KINDS, actions_for
from flake8_logits.server.asides import code_lenses, hover, inlay_hints
from flake8_logits.server.diagnostics import SOURCE
from flake8_logits.server.server import Server
from flake8_logits.source.reading import seeing_unsaved


def answer_pulls(server: Server) -> None:
    """Have a server answer clients that ask for diagnostics."""
    options = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier=SOURCE)

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        followed = server.session.followed_by(params.text_document.uri)
        if followed is None or not followed.program.pulled:
            return types.RelatedFullDocumentDiagnosticReport([])
        await server.session.current(followed)
        return types.RelatedFullDocumentDiagnosticReport(server.diagnostics(followed)[followed.program.uri])


def take_questions(server: Server) -> None:
    """Have a server answer what its client asks."""
    _answer_hovers(server)
    _answer_actions(server)
    _answer_asides(server)


def _answer_hovers(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def text_document_hover(params: types.HoverParams) -> types.Hover | None:
        asked = await server.asked(params.text_document.uri)
        if asked is None:
            return None
        return await server.session.work(lambda: hover(asked.known, asked.part, params.position))


def _answer_actions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(KINDS)))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        asked = await server.asked(params.text_document.uri)
        if asked is None:
            return []
        known, part = asked.known, asked.part
        start, end = part.text.place(params.range.start), part.text.place(params.range.end)
        span = Span(known.question.buffer.path, part.cell, *start, *end)
        locate = server.places(asked.followed, known, known.question.parts)
        versioned = server.can("workspace.workspace_edit.document_changes")
        only = params.context.only

        def act() -> list[types.CodeAction]:
            # What is tried is held against what the editor holds, like the findings.
            with seeing_unsaved(known.question.unsaved):
                return actions_for(known, part, span, only, locate, versioned)

        return await server.session.work(act)


def _answer_asides(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hint(params: types.InlayHintParams) -> list[types.InlayHint]:
        asked = await server.asked(params.text_document.uri) if server.session.settings.inlay_hints else None
        if asked is None:
            return []
        return await server.session.work(
            lambda: list(inlay_hints(asked.followed.last_layers(asked.known), asked.part, params.range))
        )

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        asked = await server.asked(params.text_document.uri) if server.session.settings.code_lens else None
        return [] if asked is None else list(code_lenses(asked.known, asked.part, asked.followed.verdicts))
