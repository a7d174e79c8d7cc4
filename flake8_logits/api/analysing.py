"""The two calls, for the text of a program and for a file."""

from __future__ import annotations

import os
from dataclasses import replace

from flake8_logits.api import results as public
from flake8_logits.api.options import DEFAULT, Options
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.domain.diagnostics import Diagnostic, Problem, ProblemKind, Report, UnknownSite
from flake8_logits.domain.fixes import Applicability, Fix
from flake8_logits.domain.places import Span
from flake8_logits.domain.unknown import End
from flake8_logits.interpret.engine.stack import room_on_the_stack
from flake8_logits.service import requests
from flake8_logits.service.caching import check
from flake8_logits.service.checking import check_bytes
from flake8_logits.service.policy import Overrides, Policy
from flake8_logits.service.requests import Fixing, FixMode
from flake8_logits.service.results import Checked
from flake8_logits.source.decoding import encode_python
from flake8_logits.source.project import forget_files
from flake8_logits.source.room import usual_depth


def analyse(
    source: str | bytes,
    path: str | os.PathLike[str] = "<string>",
    options: Options = DEFAULT,
    *,
    in_project: bool = False,
) -> public.Report:
    """Return what is found in the text of a program or notebook.  Raises nothing, whatever the source holds.

    ``path`` names it in the report; one that ends in ``.ipynb`` tells a notebook.  No file is looked at (but
    ``options.config``), so the answer depends on the arguments alone, on whatever machine.  With ``in_project`` the
    path is where the text belongs on this machine, as that of an editor does: the configuration that is found from
    there counts, and the project's other modules are read.
    """
    name = os.fspath(path)
    data = source if isinstance(source, bytes) else _encoded(source, name)
    asked, problems = _asked(name, options, in_project)
    with usual_depth(), room_on_the_stack():
        return _report(check_bytes(name, data, asked), problems)


def analyse_file(path: str | os.PathLike[str], options: Options = DEFAULT) -> public.Report:
    """Return what is found in a Python file or notebook, as the command would report it.

    Raises nothing: a file that cannot be read is a problem of the report.
    """
    name = os.fspath(path)
    asked, problems = _asked(name, options, in_project=True)
    with usual_depth(), room_on_the_stack():
        return _report(check(name, asked), problems)


def _encoded(source: str, path: str) -> bytes:
    """The bytes of the file that an editor would save."""
    return source.encode("utf-8", "surrogatepass") if path.lower().endswith(".ipynb") else encode_python(source)


def _asked(path: str, options: Options, in_project: bool) -> tuple[requests.Options, tuple[Problem, ...]]:
    """The service's options for a file, and what is wrong with its configuration; the defaults count then."""
    fixing = Fixing(FixMode.PROPOSE if options.fixes else FixMode.OFF)
    overrides = _overrides(options, in_project)
    policy = Policy(overrides, fixing)
    try:
        asked, problems = policy.options(path), policy.problems
    except ConfigurationError as error:
        words = f"{error}; the defaults are used instead"
        problems = (Problem(options.config or path, words, kind=ProblemKind.CONFIGURATION),)
        asked = Policy(replace(overrides, config=None, isolated=True), fixing).options(path)
    if not in_project:
        return replace(asked, follow_imports=False, follow_callers=False), problems
    forget_files()  # the process may have lived long since they were listed
    return asked, problems


def _overrides(options: Options, in_project: bool) -> Overrides:
    return Overrides(
        select=options.select,
        extend_select=options.extend_select,
        ignore=options.ignore,
        noqa=options.noqa,
        no_imports=not options.imports,
        keras_version=None if options.keras_version is None else str(options.keras_version),
        backend=options.backend,
        config=options.config,
        isolated=options.isolated or not (in_project or options.config is not None),
        no_cache=True,
        max_tokens=options.max_tokens,
    )


def _report(checked: Checked, problems: tuple[Problem, ...]) -> public.Report:
    report: Report = checked.report
    return public.Report(
        report.path,
        tuple(_diagnostic(found) for found in report.diagnostics),
        tuple(_unknown(site) for site in report.unknowns),
        tuple(_problem(problem) for problem in (*report.problems, *problems)),
    )


def _diagnostic(found: Diagnostic) -> public.Diagnostic:
    return public.Diagnostic(
        code=found.code,
        rule=found.rule,
        message=found.message,
        range=_range(found.span),
        related=tuple(public.Related(_range(related.span), related.note) for related in found.related),
        consequence=found.consequence,
        fix=None if found.fix is None else _fix(found.fix),
        fix_declined=found.declined,
        severity="advice" if found.severity.must_be_named else "warning",
        url=found.url,
    )


def _fix(fix: Fix) -> public.Fix:
    edits = tuple(public.Edit(_range(edit.span), edit.text) for edit in fix.edits)
    return public.Fix("safe" if fix.applicability is Applicability.SAFE else "unsafe", fix.description, edits)


def _unknown(site: UnknownSite) -> public.UnknownSite:
    return public.UnknownSite(
        range=_range(site.span),
        loss=site.loss,
        end="loss" if site.end is End.LOSS else "output",
        reason=site.reason.name.lower().replace("_", "-"),
        message=site.reason.value,
        detail=site.detail,
        lost_at=None if site.lost_at is None else _range(site.lost_at),
    )


def _problem(problem: Problem) -> public.Problem:
    column = None if problem.column is None else problem.column + 1
    return public.Problem(problem.path, problem.kind.value, problem.message, problem.cell, problem.line, column)


def _range(span: Span) -> public.Range:
    return public.Range(span.path, span.cell, span.line, span.column + 1, span.end_line, span.end_column + 1)
