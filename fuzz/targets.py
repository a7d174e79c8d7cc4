"""What is fuzzed: each target takes bytes, and raises where a promise is broken.

The promises: nothing raises, nothing is an internal error, a fix leaves a file that can be read, and what is shown can
be shown.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

from flake8_logits.analysis import analyse
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.configuration.reading import configuration_in
from flake8_logits.domain.verification import Claim
from flake8_logits.knowledge.settings import Settings
from flake8_logits.outputs.concise import finding_lines, problem_line
from flake8_logits.outputs.visible import shown
from flake8_logits.service.checking import check_bytes
from flake8_logits.service.policy import Overrides, Policy
from flake8_logits.service.requests import Fixing, FixMode
from flake8_logits.source.documents import python_document
from flake8_logits.source.ignoring import compile_patterns
from flake8_logits.verify.allowed import BUILTINS, DEFINABLE, NOTES, TEXTS, Access, access, is_special, leads_on
from flake8_logits.verify.child.guarding import HELPERS, WRITING, guarded
from flake8_logits.verify.child.made import Depends
from flake8_logits.verify.placing import Elsewhere
from flake8_logits.verify.slices import slices

CORPUS = Path(__file__).parent / "corpus"
HEAD = b"import keras\nmodel = keras.Sequential([keras.layers.Dense(3)])\nmodel.compile(loss='bce')\n"
"""Put before documents, so that the prefilter lets them through."""


class BrokenPromiseError(Exception):
    """Something happened that is said never to happen."""


def documents(data: bytes) -> None:
    """Check a Python file, and mend it."""
    _check("train.py", HEAD + data)


def notebooks(data: bytes) -> None:
    """Check a notebook, and mend it."""
    _check("train.ipynb", data)


def configuration(data: bytes) -> None:
    """Read a configuration, and the same bytes as patterns to ignore."""
    try:
        found = configuration_in("/project/pyproject.toml", data)
        found.excludes("/project/a/b.py")
        found.ignored_in("/project/a/b.py")
    except ConfigurationError as error:
        if not shown(str(error)).strip():
            raise BrokenPromiseError("no word for it") from error
    compile_patterns(data.decode("latin-1").split("\n")).verdict("a/b/model.py", False)


def vetting(data: bytes) -> None:
    """Cut a program for each of its losses, and vet it: the cut can be compiled, and reaches what is listed."""
    document = python_document("train.py", HEAD + data)
    claims: list[Claim] = []
    analyse(document, follow_imports=False, settings=Settings(most_tokens=3000), claims=claims)
    for claim in claims[:3]:
        try:
            for cut in slices(document.units, document.path, claim.span, claim.kind, None):
                for source in cut.sources:
                    compile(source, "<slice>", "exec", dont_inherit=True)
                    _reaches_what_is_listed(source)
        except (Elsewhere, SyntaxError, RecursionError):
            continue


def _reaches_what_is_listed(source: str) -> None:
    """Raise where what runs of a slice could reach anything but through the guard."""
    try:
        tree = ast.parse(guarded(source))
    except Depends:
        return  # it does not run
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "__library__":
            name = ast.literal_eval(node.args[0])
            wrong = access(name) is not Access.ALLOWED and not leads_on(name)
        elif isinstance(node, ast.Attribute):
            at = node.value
            through = isinstance(at, ast.Call) and isinstance(at.func, ast.Name) and at.func.id == WRITING
            wrong = isinstance(node.ctx, ast.Load) or not through
        elif isinstance(node, ast.Name):
            wrong = is_special(node.id) and node.id not in (*HELPERS, *TEXTS, *DEFINABLE, *NOTES, *BUILTINS, "__file__")
        else:
            wrong = isinstance(node, (ast.Import, ast.ImportFrom, ast.Await)) or (
                isinstance(node, ast.MatchClass) and bool(node.patterns or node.kwd_patterns)
            )
        if wrong:
            raise BrokenPromiseError(f"reached without the guard: {ast.unparse(node)} in {source!r}")


def _check(path: str, data: bytes) -> None:
    for mode in (FixMode.PROPOSE, FixMode.RETURN):
        policy = Policy(Overrides(isolated=True, no_cache=True, no_imports=True, max_tokens=3000), Fixing(mode, True))
        checked = check_bytes(path, data, policy.options(path))
        for problem in checked.report.problems:
            if "internal error" in problem.message:
                raise BrokenPromiseError(problem.message)
        lines = [*finding_lines(checked.report), *map(problem_line, checked.report.problems)]
        if any("\n" in line or "\x1b" in line for line in lines):
            raise BrokenPromiseError(f"cannot be shown: {lines!r}")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "documents": documents,
    "notebooks": notebooks,
    "configuration": configuration,
    "vetting": vetting,
}
