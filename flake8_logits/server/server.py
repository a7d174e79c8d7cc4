"""The language server: one client, what it can, and what it is told."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from flake8_logits import __version__
from flake8_logits.server.diagnostics import SOURCE
from flake8_logits.server.knowledge import Known
from flake8_logits.server.locating import Places
from flake8_logits.server.programs import Part
from flake8_logits.server.protocol import Protocol
from flake8_logits.server.reporting import reported
from flake8_logits.server.session import Followed, Session
from flake8_logits.server.settings import SECTION, settings_in
from flake8_logits.server.verifying import Verifying

LOGGER = logging.getLogger(__name__)

NOTEBOOKS = types.NotebookDocumentSyncOptions(
    # All cells, so that ours is the reader's count of them; the language of each comes with it.
    [types.NotebookDocumentFilterWithNotebook("jupyter-notebook")],
    save=True,
)


class Server(LanguageServer):
    """One client's server."""

    def __init__(self) -> None:
        super().__init__(
            SOURCE,
            __version__,
            types.TextDocumentSyncKind.Incremental,
            NOTEBOOKS,
            protocol_cls=Protocol,
            max_workers=2,
        )
        self.session = Session(self.show)
        self.verifying = Verifying()
        self.pulled = False
        self.told: set[str] = set()
        """The files that findings were published of while they were not open."""

    # -- what the client can -------------------------------------------------------------------------------------

    def can(self, capability: str) -> bool:
        """Whether the client says that it has a capability, named by its path."""
        return bool(get_capability(self.client_capabilities, capability, False))

    @property
    def encoding(self) -> types.PositionEncodingKind | str:
        """In what the client counts columns."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what went wrong: as a message it would interrupt whoever is typing."""
        LOGGER.error("%s: %s", getattr(source, "__name__", source), error)

    # -- diagnostics ---------------------------------------------------------------------------------------------

    def show(self, followed: Followed) -> None:
        """Publish what is new of a program, or have the client ask for it."""
        if self.pulled and followed.program.pulled:
            if followed.by_others and self.can("workspace.diagnostics.refresh_support"):
                self.workspace_diagnostic_refresh(None)
        else:
            by_text = self.diagnostics(followed)
            for part in followed.program.parts:
                self.publish(part.uri, by_text.get(part.uri, []), part.version)
        if followed.by_others or followed.known is not None:
            self.refresh_asides()
        followed.by_others = False

    def publish(self, uri: str, diagnostics: Sequence[types.Diagnostic], version: int | None = None) -> None:
        """Tell the client what is found in a text."""
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def diagnostics(self, followed: Followed) -> dict[str, list[types.Diagnostic]]:
        """What there is to say of a program, by the addresses of its texts."""
        known, parts = followed.known, followed.program.parts
        if known is None:
            return {part.uri: [] for part in parts}
        related = self.can("text_document.publish_diagnostics.related_information")
        locate = self.places(followed, known, parts)
        return reported(known, followed.findings(), parts, followed.is_current, locate, related)

    def places(self, followed: Followed, known: Known, parts: Sequence[Part]) -> Places:
        """Finds places of a program for the client."""
        sources = known.examination.checked.sources
        return Places(followed.program.path, parts, self.session.programs, sources, self.encoding)

    def refresh_asides(self) -> None:
        """Have the client ask again for what stands beside the text and came before this was known."""
        if self.session.settings.code_lens and self.can("workspace.code_lens.refresh_support"):
            self.workspace_code_lens_refresh(None)
        if self.session.settings.inlay_hints and self.can("workspace.inlay_hint.refresh_support"):
            self.workspace_inlay_hint_refresh(None)

    # -- settings ------------------------------------------------------------------------------------------------

    def configure(self, sent: object) -> None:
        """Take over what the client says of settings, and check everything anew where that changes anything."""
        settings, wrong = settings_in(sent)
        for line in wrong:
            message = f"flake8-logits: {line}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))
        if settings is not None and settings != self.session.settings:
            self.session.settings = settings
            self.session.recheck_others(self.session.followed())

    async def ask_for_settings(self) -> None:
        """Ask the client for its settings, if it has them for us to ask."""
        items = [types.ConfigurationItem(section=SECTION)]
        try:
            (found,) = await self.workspace_configuration_async(types.ConfigurationParams(items))
        except Exception as error:
            LOGGER.warning("the client did not tell its settings: %s", error)
            return
        if found is not None:
            self.configure(found)

    # -- answers -------------------------------------------------------------------------------------------------

    async def asked(self, uri: str) -> Asked | None:
        """What is known of the text with an address, as soon as it is; None where it is not open."""
        followed = self.session.followed_by(uri)
        known = None if followed is None else await self.session.current(followed)
        if followed is None or known is None:
            return None
        part = next((part for part in known.question.parts if part.uri == uri), None)
        return None if part is None else Asked(followed, known, part)


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that the client asks about, and what is known of the program that it belongs to."""

    followed: Followed
    known: Known
    part: Part
