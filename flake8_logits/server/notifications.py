"""What a client tells: that it begins and ends, what it opens, changes and closes, and what changes around it."""

from __future__ import annotations

import os

from lsprotocol import types

from flake8_logits.server.programs import Notebook, TextFile, is_python, path_of
from flake8_logits.server.questions import answer_pulls
from flake8_logits.server.server import Server
from flake8_logits.server.texts import Text
from flake8_logits.server.workspace import check_workspace

_WATCHED = ("**/pyproject.toml", "**/*.py")


def take_notifications(server: Server) -> None:
    """Have a server take what its client tells."""
    _begin_and_end(server)
    _take_documents(server)
    _take_notebooks(server)
    _take_changes_of_the_workspace(server)


def _begin_and_end(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.configure(params.initialization_options)
        if params.capabilities.text_document is not None and params.capabilities.text_document.diagnostic is not None:
            # Pulled or pushed, never both: some clients would show each finding twice.
            server.pulled = True
            answer_pulls(server)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        if server.can("workspace.did_change_watched_files.dynamic_registration"):
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration(method, method, options)
            server.client_register_capability(types.RegistrationParams([registration]))
        if server.can("workspace.configuration"):
            await server.ask_for_settings()
        if server.session.settings.workspace:
            await check_workspace(server)

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.session.close()
        server.verifying.end()


def _take_documents(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        if is_python(document.language_id, document.uri):
            if document.uri in server.told:
                server.told.discard(document.uri)
                server.publish(document.uri, [])
            text = Text(document.text, server.encoding)
            session.opened(TextFile(document.uri, text, document.version))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        program = session.programs.file(params.text_document.uri)
        if program is None:
            return
        if program.change(params.content_changes, params.text_document.version):
            session.changed(program)
        else:
            # JupyterLab says the same again; for others it is another version, which has its answer at once.
            session.show_again(program)

    _take_ends_of_documents(server)


def _take_ends_of_documents(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        uri = params.text_document.uri
        followed = session.followed_by(uri)
        if followed is not None:
            session.recheck_others([followed])
        session.recheck_leaning_on({os.path.abspath(path_of(uri))})

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if session.forget(uri) is not None:
            server.publish(uri, [])
            session.recheck_leaning_on({os.path.abspath(path_of(uri))})


def _take_notebooks(server: Server) -> None:
    session = server.session

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenNotebookDocumentParams) -> None:
        notebook = Notebook(params.notebook_document.uri, server.encoding)
        notebook.begin(params.notebook_document, params.cell_text_documents)
        session.opened(notebook)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeNotebookDocumentParams) -> None:
        notebook = session.programs.notebook(params.notebook_document.uri)
        if notebook is None:
            return
        for uri in notebook.change(params.change):
            server.publish(uri, [])
        session.programs.index(notebook)
        if params.change.cells is not None:
            session.changed(notebook)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveNotebookDocumentParams) -> None:
        followed = session.followed_by(params.notebook_document.uri)
        if followed is not None:
            session.recheck_others([followed])

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseNotebookDocumentParams) -> None:
        followed = session.forget(params.notebook_document.uri)
        for part in followed.program.parts if followed is not None else ():
            server.publish(part.uri, [])


def _take_changes_of_the_workspace(server: Server) -> None:
    session = server.session

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            server.configure(params.settings)
        elif server.can("workspace.configuration"):
            await server.ask_for_settings()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        paths = {os.path.abspath(path_of(change.uri)) for change in params.changes}
        # A module that appears or goes, and a configuration, can concern any program.
        whole = any(change.type is not types.FileChangeType.Changed for change in params.changes) or any(
            path.endswith(".toml") for path in paths
        )
        session.recheck_leaning_on(paths, whole)
