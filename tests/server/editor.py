"""An editor that speaks to the real server, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "flake8_logits", "server"]
_AGREED = (
    types.CLIENT_REGISTER_CAPABILITY,
    types.WORKSPACE_CODE_LENS_REFRESH,
    types.WORKSPACE_INLAY_HINT_REFRESH,
)
"""Requests of the server's to which any client says yes."""
PATIENCE = 60
"""Seconds for any answer: a machine may be busy."""


class Editor:
    """Opens and changes texts, and keeps what the server says of each."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.capabilities: types.ServerCapabilities = types.ServerCapabilities()
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.publications: list[types.PublishDiagnosticsParams] = []
        self.requests: list[Any] = []
        self._news = asyncio.Event()

    def take(self, params: types.PublishDiagnosticsParams) -> None:
        """Keep what was published."""
        self.published[params.uri] = params
        self.publications.append(params)
        self.hear()

    def hear(self) -> None:
        """Something has come."""
        self._news.set()

    def open(self, uri: str, text: str, version: int = 1, language: str = "python") -> None:
        item = types.TextDocumentItem(uri, language, version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def replace(self, uri: str, version: int, text: str) -> None:
        """Send a whole new text."""
        self.change(uri, version, types.TextDocumentContentChangeWholeDocument(text))

    def close(self, uri: str) -> None:
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what was published."""
        while not holds():
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)

    async def diagnostics(self, uri: str, version: int | None = 1) -> Sequence[types.Diagnostic]:
        """What is published of a version of a text."""
        await self.until(lambda: uri in self.published and self.published[uri].version == version)
        return list(self.published[uri].diagnostics)

    async def codes(self, uri: str, version: int | None = 1) -> list[Any]:
        """The codes of what is published of a version of a text."""
        return [one.code for one in await self.diagnostics(uri, version)]

    async def pulled(self, uri: str) -> list[Any]:
        """The codes of what a client that asks for diagnostics is answered."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await self.client.text_document_diagnostic_async(params)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return [one.code for one in report.items]

    async def hover(self, uri: str, line: int, character: int) -> str:
        """What a hover says, empty where there is none; lines from 0."""
        where = types.TextDocumentIdentifier(uri), types.Position(line, character)
        found = await self.client.text_document_hover_async(types.HoverParams(*where))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value.replace("\\", "")

    async def actions(self, uri: str, where: types.Range, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        """What can be done there."""
        context = types.CodeActionContext([], only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]


@asynccontextmanager
async def editing(
    folder: Path,
    adjust: Callable[[types.ClientCapabilities], None] | None = None,
    options: object = None,
    configuration: dict[str, Any] | None = None,
    command: Sequence[str] = COMMAND,
    converter: Callable[[], Converter] = default_converter,
) -> AsyncIterator[Editor]:
    """Within this, an editor has a folder open: one that is told of diagnostics unless ``adjust`` says otherwise."""
    client = LanguageClient(converter_factory=converter, configuration={"": configuration or {}})
    editor = Editor(client)

    def publish(server: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
        editor.take(params)

    def agree(server: LanguageClient, params: Any) -> None:
        editor.requests.append(params)

    def refresh(server: LanguageClient, params: Any) -> None:
        client.diagnostic_refresh_count += 1
        editor.hear()

    ours = {types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish, types.WORKSPACE_DIAGNOSTIC_REFRESH: refresh}
    register_lsp_features(client, {**DEFAULT_CLIENT_FEATURES, **ours})
    for method in _AGREED:
        client.feature(method)(agree)
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths}
    config = ClientServerConfig(list(command), lambda: client, environment)
    await config.start()
    capabilities = client_capabilities("visual-studio-code")
    if adjust is not None:
        adjust(capabilities)
    folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)]
    params = types.InitializeParams(
        capabilities, root_uri=folder.as_uri(), workspace_folders=folders, initialization_options=options
    )
    editor.capabilities = (await client.initialize_session(params)).capabilities
    try:
        yield editor
    finally:
        await client.shutdown_session()
        await client.stop()  # type: ignore[no-untyped-call]


def pulling(capabilities: types.ClientCapabilities) -> None:
    """A client that asks for diagnostics."""
    assert capabilities.text_document is not None and capabilities.workspace is not None
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities()
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)


def unversioned(capabilities: types.ClientCapabilities) -> None:
    """A client whose edits hold for any version of a text."""
    assert capabilities.workspace is not None and capabilities.workspace.workspace_edit is not None
    capabilities.workspace.workspace_edit.document_changes = None


def everywhere() -> types.Range:
    """A range that covers any text."""
    return types.Range(types.Position(0, 0), types.Position(100_000, 0))
