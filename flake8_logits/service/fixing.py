"""The fixes of one file: proposed, made, shown as a difference, or replaced by ``# noqa`` comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.fixes import Fix
from flake8_logits.fixes import mending
from flake8_logits.fixes.mending import Answer, Mended, Mender, Spot
from flake8_logits.fixes.silencing import silence
from flake8_logits.fixes.snapshot import Snapshot, Viewer
from flake8_logits.knowledge.catalogue import under
from flake8_logits.outputs.diff import diff_lines
from flake8_logits.rules.registry import RULES
from flake8_logits.service.requests import FixMode, Options
from flake8_logits.service.results import Checked, NotFixed
from flake8_logits.source.documents import Document
from flake8_logits.source.patching import shown_text
from flake8_logits.source.writing import ChangedError, RefusedError, replace_bytes

MOST_LINES = 5000
MOST_FINDINGS = 50
MOST_STEPS = 40_000
"""Of a file whose fixes are only proposed: a longer report is not held up by trying each."""


@dataclass(frozen=True)
class Fixer:
    """Fixes one file: ``read`` turns its bytes into documents, ``again`` checks changed bytes as the first were."""

    path: str
    read: Callable[[bytes], Sequence[Document]]
    options: Options
    again: Callable[[bytes], Checked]

    def fix(self, checked: Checked, base: Snapshot) -> Checked:
        """Return the result with its fixes, treated as the options ask; ``base`` is what it was made from."""
        with under(self.options.settings):
            if self.options.fixing.mode is FixMode.SUPPRESS:
                return self._suppress(checked, base)
            if self.options.fixing.mode is FixMode.PROPOSE:
                return self._propose(checked, base)
            return self._apply(checked, base)

    def _mender(self, unsafe: bool, most_steps: int = mending.MOST_STEPS) -> Mender:
        codes = frozenset(rule.code for rule in RULES if rule.default) | self.options.codes
        viewer = Viewer(
            self.path, self.read, self.options.follow_imports, self.options.settings, self.options.follow_callers
        )
        return Mender(viewer, codes, unsafe, most_steps)

    def _suppress(self, checked: Checked, base: Snapshot) -> Checked:
        data, suppressed = silence(self._mender(False).viewer, base, reported_in(checked))
        problem = _write(self.path, base.data, data) if suppressed else ""
        return self._with_problem(checked, problem) if problem else replace(self.again(data), suppressed=suppressed)

    def _propose(self, checked: Checked, base: Snapshot) -> Checked:
        if base.lines > MOST_LINES or len(checked.report.diagnostics) > MOST_FINDINGS:
            return checked
        return _with_answers(checked, self._mender(True, MOST_STEPS).proposals(base, reported_in(checked)))

    def _apply(self, checked: Checked, base: Snapshot) -> Checked:
        mended = self._mender(self.options.fixing.unsafe).mend(base, reported_in(checked))
        left = tuple(NotFixed(*spot, why) for spot, why in mended.left.items() if isinstance(why, str))
        if mended.data == base.data:
            return replace(_with_answers(checked, mended.left), not_fixed=left)
        if self.options.fixing.mode is FixMode.DIFF:
            return replace(checked, fixed=mended.fixed, diff=self._difference(base, mended), not_fixed=left)
        problem = _write(self.path, base.data, mended.data) if self.options.fixing.mode is FixMode.APPLY else ""
        if problem:
            return self._with_problem(checked, problem)
        again = _with_answers(self.again(mended.data), mended.left)
        before = checked.report.diagnostics
        return replace(again, fixed=mended.fixed, not_fixed=left, data=mended.data, before=before)

    def _difference(self, base: Snapshot, mended: Mended) -> str:
        notebook = self.path.lower().endswith(".ipynb")
        before, after = shown_text(base.data, notebook), shown_text(mended.data, notebook)
        return "".join(diff_lines(self.path, before, after))

    def _with_problem(self, checked: Checked, problem: str) -> Checked:
        return checked.with_problems((Problem(self.path, problem),))


def reported_in(checked: Checked) -> set[Spot]:
    """The findings of a result, by code and place."""
    return {(found.code, found.span) for found in checked.report.diagnostics}


def _with_answers(checked: Checked, answers: dict[Spot, Answer]) -> Checked:
    """The result whose findings carry their fixes, or the reasons why there are none."""
    diagnostics = []
    for found in checked.report.diagnostics:
        answer = answers.get((found.code, found.span))
        if isinstance(answer, Fix):
            found = replace(found, fix=answer)
        elif answer:
            found = replace(found, declined=answer)
        diagnostics.append(found)
    return replace(checked, report=replace(checked.report, diagnostics=tuple(diagnostics)))


def _write(path: str, before: bytes, after: bytes) -> str:
    """Write the file; return what kept it from being written, in a few words, else an empty text."""
    try:
        replace_bytes(path, before, after)
    except ChangedError:
        return "changed while it was being checked; not written"
    except RefusedError as error:
        return f"not written: {error}"
    except OSError as error:
        return f"cannot be written: {(error.strerror or str(error)).lower()}"
    return ""
