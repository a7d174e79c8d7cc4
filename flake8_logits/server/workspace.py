"""All files of the workspace checked as they are on the disk, but for those that are open."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from lsprotocol import types
from pygls.uris import from_fs_path

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.outputs.locations import span_location
from flake8_logits.server.diagnostics import as_diagnostic
from flake8_logits.server.locating import Places
from flake8_logits.server.programs import path_of
from flake8_logits.server.progress import working
from flake8_logits.server.server import Server
from flake8_logits.server.settings import ClientSettings
from flake8_logits.service.checking import check_file
from flake8_logits.service.policy import Policy
from flake8_logits.service.results import Checked
from flake8_logits.source.discovery import find_files
from flake8_logits.source.reading import seeing_unsaved


async def check_workspace(server: Server) -> dict[str, int]:
    """Check all files that are not open, publish what is found, and return how many findings and files there are."""
    found = files = 0
    async with working(server, "Checking the workspace") as progress:
        policy = server.session.settings.policy(os.path.join(_folders(server)[0], "here"))
        paths = await asyncio.to_thread(lambda: list(find_files(_folders(server), skips=policy.skips)))
        for number, path in enumerate(paths):
            if progress.cancelled:
                break
            progress.report(os.path.basename(path), number / len(paths))
            if _is_open(server, path):
                continue
            unsaved = server.session.programs.unsaved()
            # One at a time, and between them what somebody is writing.
            checked = await server.session.work(partial(_check, path, server.session.settings, unsaved))
            files += 1
            found += len(checked.report.diagnostics)
            if not _is_open(server, path):
                _publish(server, path, checked)
    return {"files": files, "findings": found}


def _folders(server: Server) -> list[str]:
    folders = [path_of(folder.uri) for folder in server.workspace.folders.values()]
    root = server.workspace.root_path
    return folders or [root or os.getcwd()]


def _is_open(server: Server, path: str) -> bool:
    return any(os.path.abspath(program.path) == os.path.abspath(path) for program in server.session.programs)


def _check(path: str, settings: ClientSettings, unsaved: Mapping[str, bytes]) -> Checked:
    with seeing_unsaved(unsaved):
        policy: Policy = settings.policy(path)
        return check_file(path, policy.options(path))


def _publish(server: Server, path: str, checked: Checked) -> None:
    """Tell of a file; nothing is told of one that is right, unless it was not before."""
    uri = from_fs_path(os.path.abspath(path))
    if uri is None or not (checked.report.diagnostics or uri in server.told):
        return
    places = Places("", (), server.session.programs, checked.sources, server.encoding)

    def locate(span: Span) -> types.Location | None:
        if span.cell is not None:
            # The text that the client has of a notebook on the disk is not that of its cells.
            start = types.Position(0, 0)
            return types.Location(uri, types.Range(start, start))
        return places(span)

    related = server.can("text_document.publish_diagnostics.related_information")
    server.publish(uri, [as_diagnostic(_named(one), locate, related) for one in checked.report.diagnostics])
    server.told.add(uri)


def _named(found: Diagnostic) -> Diagnostic:
    """The finding; of a notebook with its place in the message, as nothing else can tell it."""
    if found.span.cell is None:
        return found
    return replace(found, message=f"{span_location(found.span, spoken=True)}: {found.message}")
