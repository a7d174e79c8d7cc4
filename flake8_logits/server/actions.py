"""What can be done about findings: fixes, ``# noqa`` comments, and everything that is safe at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.fixes import Applicability, Edit, Fix
from flake8_logits.domain.places import Span
from flake8_logits.server.diagnostics import Locator, as_diagnostic
from flake8_logits.server.knowledge import Known
from flake8_logits.server.programs import Part

FIX_ALL = "source.fixAll.flake8-logits"
FIX_NOTEBOOK = "notebook.source.fixAll.flake8-logits"
"""VS Code takes no others for a notebook: those without ``notebook.`` in front it runs on each cell alone."""
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, FIX_NOTEBOOK)
_UNSAFE = "changes the model"


def actions_for(
    known: Known, part: Part, span: Span, only: Sequence[str] | None, locate: Locator, versioned: bool
) -> list[types.CodeAction]:
    """What can be done at a span of one text; ``only`` are the kinds that are wanted, None for all.

    ``versioned`` says that the client understands edits that hold for one version of a text.  Takes as long as several
    analyses: each fix is tried.
    """
    found: list[types.CodeAction] = []
    workspace = _Edits(known, locate, versioned)
    here = list(known.findings_at(span))
    if _wanted(types.CodeActionKind.QuickFix, only):
        # Where everything is selected, others would wait for their diagnostics until each had been tried.
        triable = known.examination.triable([(finding.code, finding.span) for finding in here])
        for finding in here:
            if (finding.code, finding.span) in triable:
                found.extend(_mending(known, finding, workspace))
    fix_all = FIX_ALL if part.cell is None else FIX_NOTEBOOK
    # Editors ask for whatever there is wherever the cursor goes, and all fixes are tried for this one.
    if _wanted(fix_all, only) and (known.report.diagnostics if only is not None else here):
        edits = known.examination.mended()
        if edits:
            title = "Apply all safe fixes of flake8-logits"
            found.append(types.CodeAction(title, fix_all, edit=workspace.of(edits)))
    return found


def _mending(known: Known, finding: Diagnostic, workspace: _Edits) -> Iterator[types.CodeAction]:
    """Yield the fixes of a finding, the best first, then the comment that silences it."""
    shown = [as_diagnostic(finding, workspace.locate, related=False)]
    spot = finding.code, finding.span
    preferred = True
    for fix in known.alternatives(finding).fixes:
        safe = fix.applicability is Applicability.SAFE
        yield types.CodeAction(
            _title(fix),
            types.CodeActionKind.QuickFix,
            diagnostics=shown,
            is_preferred=safe and preferred,
            edit=workspace.of(fix.edits),
        )
        preferred = preferred and not safe
    comment = known.examination.silenced(spot)
    if comment is not None:
        title = f"Ignore {finding.code} on this line with a comment"
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=shown, edit=workspace.of([comment]))


def _title(fix: Fix) -> str:
    title = fix.description[:1].upper() + fix.description[1:]
    return title if fix.applicability is Applicability.SAFE else f"{title} ({_UNSAFE})"


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") or not wanted for wanted in only)


class _Edits:
    """Our edits as the client's, each for the text that it is in."""

    def __init__(self, known: Known, locate: Locator, versioned: bool) -> None:
        self.locate = locate
        self._parts = {part.uri: part for part in known.question.parts}
        self._versioned = versioned

    def of(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """The edits by the addresses of their texts."""
        by_text: dict[str, list[types.TextEdit]] = defaultdict(list)
        for edit in edits:
            where = self.locate(edit.span)
            assert where is not None, "no fix reaches beyond the program"
            text = edit.text.replace("\n", self._parts[where.uri].text.newline)
            by_text[where.uri].append(types.TextEdit(where.range, text))
        if not self._versioned:
            return types.WorkspaceEdit(changes=dict(by_text))
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri, self._parts[uri].version), list(made)
                )
                for uri, made in by_text.items()
            ]
        )
