"""A plugin of python-lsp-server: where that is at home, findings, fixes and hovers come through it.

It hands over one text at a time, and takes what the protocol says as dictionaries.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from lsprotocol import types
from lsprotocol.converters import get_converter
from pluggy import HookimplMarker

from flake8_logits.domain.places import Span
from flake8_logits.server.actions import actions_for
from flake8_logits.server.analysis_thread import analysis_thread
from flake8_logits.server.asides import hover
from flake8_logits.server.knowledge import Known, Question, answer
from flake8_logits.server.locating import Places
from flake8_logits.server.programs import Programs, TextFile
from flake8_logits.server.reporting import reported
from flake8_logits.server.settings import ClientSettings, settings_in
from flake8_logits.server.surviving import survivors
from flake8_logits.server.texts import UTF16, Text
from flake8_logits.source.reading import seeing_unsaved

NAME = "flake8_logits"
"""Of the plugin, among its settings."""
MOST_KEPT = 50
"""Programs of which the last answer is kept."""
hookimpl = HookimplMarker("pylsp")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Kept:
    """The last answer to a text, and the last one to a text that parsed."""

    known: Known
    good: Known


_KEPT: dict[str, Kept] = {}


@hookimpl
def pylsp_settings(config: Any) -> dict[str, Any]:
    """Have the plugin on until somebody switches it off."""
    return {"plugins": {NAME: {"enabled": True}}}


@hookimpl
def pylsp_lint(config: Any, workspace: Any, document: Any, is_saved: bool) -> list[Any]:
    """Return what is found in a text."""
    question = _question(config, workspace, document)
    known = _on_the_thread(lambda: _checked(document.uri, question))
    kept, parts = _KEPT[document.uri], question.parts
    findings = known.report.diagnostics
    if known.broken and kept.good is not known:
        findings = tuple(survivors(kept.good.report.diagnostics, kept.good.question.parts, parts))
    related = bool(_capability(config, "textDocument", "publishDiagnostics", "relatedInformation"))
    said = reported(known, findings, parts, True, _places(known), related)
    return [_plain(one) for one in said[document.uri]]


@hookimpl
def pylsp_code_actions(config: Any, workspace: Any, document: Any, range: Any, context: Any) -> list[Any]:
    """Return what can be done at a range of a text."""
    if _is_cell(document):
        return []
    question = _question(config, workspace, document)
    (part,) = question.parts
    asked = _converter().structure(range, types.Range)
    only = context.get("only") if isinstance(context, Mapping) else None

    def act() -> list[types.CodeAction]:
        known = _known(document.uri, question)
        span = Span(question.buffer.path, None, *part.text.place(asked.start), *part.text.place(asked.end))
        with seeing_unsaved(question.unsaved):
            return actions_for(known, part, span, only, _places(known), versioned=False)

    return [_plain(action) for action in _on_the_thread(act)]


@hookimpl(hookwrapper=True)
def pylsp_hover(config: Any, workspace: Any, document: Any, position: Any) -> Generator[None, Any, None]:
    """Add to the hover of others what a layer, tensor, model or loss is."""
    outcome = yield
    if _is_cell(document):
        return
    question = _question(config, workspace, document)
    (part,) = question.parts
    where = _converter().structure(position, types.Position)
    said = _on_the_thread(lambda: hover(_known(document.uri, question), part, where))
    if said is not None and isinstance(said.contents, types.MarkupContent):
        outcome.force_result({"contents": _joined(said.contents.value, outcome.get_result())})


def _joined(ours: str, theirs: object) -> dict[str, str]:
    """Our text, then that of another plugin."""
    contents = theirs.get("contents") if isinstance(theirs, Mapping) else None
    text = contents.get("value", "") if isinstance(contents, Mapping) else contents
    whole = f"{ours}\n\n---\n\n{text}" if isinstance(text, str) and text.strip() else ours
    return {"kind": "markdown", "value": whole}


def _question(config: Any, workspace: Any, document: Any) -> Question:
    file = _file(document)
    others = (other for uri, other in list(workspace.documents.items()) if uri != document.uri)
    programs = Programs()
    for other in others:
        if isinstance(getattr(other, "source", None), str) and not _is_cell(other):
            programs.add(_file(other))
    return Question(file.buffer(), list(file.parts), programs.unsaved(), _settings(config, document))


def _file(document: Any) -> TextFile:
    return TextFile(document.uri, Text(document.source, UTF16), document.version)


def _settings(config: Any, document: Any) -> ClientSettings:
    sent = config.plugin_settings(NAME, document_path=document.path)
    told = {name: value for name, value in sent.items() if name != "enabled"}
    return settings_in(told)[0] or ClientSettings()


def _is_cell(document: Any) -> bool:
    """Whether a text is one cell of a notebook, which says little without the others."""
    return getattr(document, "notebook_uri", None) is not None


def _checked(uri: str, question: Question) -> Known:
    """Check a text, and keep the answer."""
    known = answer(question)
    before = _KEPT.pop(uri, None)
    _KEPT[uri] = Kept(known, before.good if known.broken and before is not None else known)
    while len(_KEPT) > MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    return known


def _known(uri: str, question: Question) -> Known:
    """What is known of a text, checked again only if something is another."""
    kept = _KEPT.get(uri)
    if kept is not None:
        asked = kept.known.question
        same = asked.buffer.data == question.buffer.data and asked.unsaved == question.unsaved
        if same and asked.settings == question.settings:
            return kept.known
    return _checked(uri, question)


def _places(known: Known) -> Places:
    question = known.question
    sources = known.examination.checked.sources
    return Places(question.buffer.path, question.parts, Programs(), sources, UTF16)


_thread = cache(analysis_thread)
_converter = cache(get_converter)


def _on_the_thread(act: Callable[[], R]) -> R:
    return _thread().submit(act).result()


def _capability(config: Any, *path: str) -> object:
    found: object = config.capabilities
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _plain(value: object) -> Any:
    return _converter().unstructure(value)
