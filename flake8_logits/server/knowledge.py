"""What is known of an open program: its findings, what its expressions are, and the texts that this holds for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flake8_logits.debug.explanation import Explanation, Said
from flake8_logits.debug.revealing import asks
from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report
from flake8_logits.domain.places import Span
from flake8_logits.fixes.mending import Alternatives
from flake8_logits.once import computed_once
from flake8_logits.server.programs import Part
from flake8_logits.server.settings import ClientSettings
from flake8_logits.service.editing import Buffer, Examination, examine_buffer
from flake8_logits.service.requests import Options
from flake8_logits.service.results import Checked
from flake8_logits.service.sources import Sources
from flake8_logits.source.reading import seeing_unsaved


@dataclass(frozen=True)
class Question:
    """A program as it is to be checked: what it holds, and what else the editor holds that is not saved."""

    buffer: Buffer
    parts: Sequence[Part]
    unsaved: Mapping[str, bytes]
    settings: ClientSettings


@dataclass(frozen=True)
class Known:
    """The answer to a question.  What takes longer to know is found out when somebody asks, and kept.

    Whatever is asked first takes as long as an analysis: it is not for the thread that talks to the client.
    """

    question: Question
    examination: Examination

    @property
    def report(self) -> Report:
        """The findings, and what kept the program from being read or analysed."""
        return self.examination.checked.report

    @property
    def broken(self) -> bool:
        """Whether a part of the program does not parse."""
        return any(problem.kind.is_of_source for problem in self.report.problems)

    @property
    def other_problems(self) -> list[Problem]:
        """What went wrong, without what every reader of Python would say."""
        return [problem for problem in self.report.problems if not problem.kind.is_of_source]

    @computed_once
    def explanations(self) -> Sequence[Explanation]:
        """What the expressions of each program in the buffer are."""
        options = self.examination.options
        with seeing_unsaved(self.question.unsaved):
            documents = self.examination.documents
            return [Explanation(document, options.settings, options.follow_imports) for document in documents]

    @computed_once
    def revealed(self) -> Sequence[Said]:
        """What each ``reveal_output`` in it reveals."""
        if not any(asks(document) for document in self.examination.documents):
            return ()
        return [said for explanation in self.explanations for said in explanation.revealed()]

    @computed_once
    def last_layers(self) -> Sequence[Said]:
        """What each model gives, at its last layer."""
        return [said for explanation in self.explanations for said in explanation.last_layers()]

    def said_at(self, cell: int | None, line: int, column: int) -> Said | None:
        """What is to be said of the expression at a place."""
        found = (explanation.at(cell, line, column) for explanation in self.explanations)
        return next((said for said in found if said is not None), None)

    def alternatives(self, finding: Diagnostic) -> Alternatives:
        """The ways to mend a finding, held against what the editor holds, like the findings."""
        with seeing_unsaved(self.question.unsaved):
            return self.examination.alternatives((finding.code, finding.span))

    def findings_at(self, span: Span) -> Iterator[Diagnostic]:
        """Yield the findings that touch a stretch of the program."""
        for found in self.report.diagnostics:
            here = found.span
            same = (here.path, here.cell) == (span.path, span.cell)
            before = (here.end_line, here.end_column) < (span.line, span.column)
            after = (span.end_line, span.end_column) < (here.line, here.column)
            if same and not before and not after:
                yield found


def answer(question: Question) -> Known:
    """Check a program.  Raises nothing."""
    path = question.buffer.path
    with seeing_unsaved(question.unsaved):
        policy = question.settings.policy(path)
        options = policy.options(path)
        if policy.excludes(path):
            return Known(question, _nothing(question.buffer, options))
        examination = examine_buffer(question.buffer, options)
    checked = examination.checked.with_problems(policy.problems)
    known = Known(question, replace(examination, checked=checked))
    _ = known.revealed
    return known


def _nothing(buffer: Buffer, options: Options) -> Examination:
    return Examination(buffer, options, Checked(Report(buffer.path), Sources(())), None)
