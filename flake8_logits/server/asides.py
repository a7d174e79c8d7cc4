"""What is shown beside the text: hovers, inlay hints, and the lenses that offer to verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lsprotocol import types

from flake8_logits.debug.explanation import Said
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Verification
from flake8_logits.fixes.mending import Spot
from flake8_logits.outputs.verifications import verification_lines
from flake8_logits.server.knowledge import Known
from flake8_logits.server.markdown import as_markdown
from flake8_logits.server.programs import Part

VERIFY = "flake8-logits.verify"
CHECK_WORKSPACE = "flake8-logits.checkWorkspace"


def hover(known: Known, part: Part, position: types.Position) -> types.Hover | None:
    """What is to be said of the expression at a position, and what comes of a finding there."""
    line, column = part.text.place(position)
    said = known.said_at(part.cell, line, column)
    here = Span(known.question.buffer.path, part.cell, line, column, line, column)
    if said is None:
        return None
    found = list(known.findings_at(here))
    consequences = [one.consequence for one in found if one.consequence]
    lines = [*said.lines, *dict.fromkeys(consequences), *_without_a_key(known, found)]
    text = "\n\n".join(map(as_markdown, lines))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), part.text.range(said.span))


def _without_a_key(known: Known, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield why what a rule would do about a finding is not offered, where nothing else is."""
    for one in found:
        ways = known.alternatives(one)
        if ways.declined and not ways.fixes:
            yield f"{one.code} has no quick fix: {ways.declined}."


def inlay_hints(last_layers: Iterable[Said], part: Part, within: types.Range) -> Iterator[types.InlayHint]:
    """Yield what each model gives, behind its last layer."""
    for said in last_layers:
        if said.span.cell != part.cell:
            continue
        end = part.text.range(said.span).end
        if (within.start.line, within.start.character) <= (end.line, end.character) and end.line <= within.end.line:
            yield types.InlayHint(end, said.text, padding_left=True, tooltip="what the model gives")


def code_lenses(known: Known, part: Part, verdicts: Mapping[Spot, Verification]) -> Iterator[types.CodeLens]:
    """Yield an offer to verify above each finding that can be; what was measured, where that was done."""
    for found in known.report.diagnostics:
        if found.span.cell != part.cell or found.claim is None:
            continue
        where = part.text.range(found.span)
        yield types.CodeLens(
            where, types.Command(_title(found, verdicts), VERIFY, arguments=[part.uri, found.code, where.start])
        )


def _title(found: Diagnostic, verdicts: Mapping[Spot, Verification]) -> str:
    verdict = verdicts.get((found.code, found.span))
    if verdict is None:
        return f"verify {found.code}: build the model and measure"
    return f"{found.code} " + "; ".join(verification_lines(verdict))
