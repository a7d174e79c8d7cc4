"""The flake8 plugin.  Every run of flake8 imports it, so the modules that cost time are imported when needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_logits import __version__
from flake8_logits.configuration.finding import configuration_of
from flake8_logits.outputs.visible import shown
from flake8_logits.source.prefilter import names_a_framework, worth_parsing

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import ast

    from flake8.options.manager import OptionManager

    from flake8_logits.domain.diagnostics import Report
    from flake8_logits.knowledge.settings import Settings


PROBLEM = "LGT000"
"""The code for what is not a finding: a configuration that cannot be used, a file that could not be analysed."""


Result = tuple[int, int, str, "type[LogitsPlugin]"]
"""Line, column from 0, text and origin of what flake8 is to show."""


class LogitsPlugin:
    """One file, as flake8 hands it over; the parameters' names are how flake8 knows what to hand over."""

    name = "flake8-logits"
    version = __version__
    follow_imports = True
    keras_version = ""
    backend = ""
    max_tokens: int | None = None
    verify = False
    walled = False
    named: frozenset[str] = frozenset()

    @classmethod
    def add_options(cls, parser: OptionManager) -> None:
        """Add our options to flake8's."""
        parser.add_option(
            "--logits-no-imports",
            action="store_true",
            default=False,
            parse_from_config=True,
            help="Do not read other modules of the project.",
        )
        parser.add_option(
            "--logits-keras-version",
            choices=["", "2", "3"],
            default="",
            parse_from_config=True,
            help="The version of Keras that the code runs on.",
        )
        parser.add_option(
            "--logits-backend",
            choices=["", "tensorflow", "jax", "torch"],
            default="",
            parse_from_config=True,
            help="The backend that Keras runs on.",
        )
        parser.add_option(
            "--logits-max-tokens",
            type=int,
            default=None,
            metavar="N",
            help="Do not analyse longer programs (on the command line alone: a stranger may write the configuration).",
        )
        parser.add_option(
            "--logits-verify",
            action="store_true",
            default=False,
            help="Build the models in a sandbox and say of each finding what was measured.",
        )
        parser.add_option(
            "--logits-require-walls",
            action="store_true",
            default=False,
            help="With --logits-verify: run nothing unless every wall around the models stands.",
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take over what flake8 read from its command line and configuration.

        LGT000 is selected in full, so that no prefix in ``select`` or ``ignore`` hides that something went wrong.
        """
        cls.follow_imports = not options.logits_no_imports
        cls.keras_version = options.logits_keras_version
        cls.backend = options.logits_backend
        cls.max_tokens = options.logits_max_tokens
        cls.verify = options.logits_verify
        cls.walled = options.logits_require_walls
        cls.named = frozenset([*(options.select or ()), *(options.extend_select or ())])
        options.extend_select = [*(options.extend_select or ()), PROBLEM]

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self.tree = tree
        self.filename = filename
        self.lines = lines

    def run(self) -> Iterator[Result]:
        """Yield line, column from 0, text and origin of each finding; what went wrong is LGT000 at line 1.

        Raises nothing, unless FLAKE8_LOGITS_DEBUG asks for it.
        """
        text = "".join(self.lines)
        settings, follow_imports, error = self._configured()
        if not self._worth_checking(text, () if settings is None else settings.words, follow_imports):
            return
        if error:
            yield self._problem(error)
        report = self._checked(text, settings, follow_imports)
        for problem in report.problems:
            if not problem.kind.is_of_source:  # what cannot be parsed is flake8's E999
                yield self._problem(problem.message)
        yield from self._findings(report, text, follow_imports)

    def _worth_checking(self, text: str, words: Sequence[str], follow_imports: bool) -> bool:
        if worth_parsing(text, words):
            return True
        if not follow_imports or "__main__" not in text or not names_a_framework(text):
            return False
        # Here, because few files get so far.
        from flake8_logits.source.documents import Document, Unit
        from flake8_logits.source.entry_scripts import leads_to_a_loss

        return leads_to_a_loss(Document(self.filename, (Unit(self.filename, None, text, original=text),)), words)

    def _configured(self) -> tuple[Settings | None, bool, str]:
        """The settings (None for the defaults), whether imports are followed, and what is wrong with them."""
        configured = configuration_of(self.filename)
        if configured is None and not self.keras_version and not self.backend:
            return None, self.follow_imports, ""
        # Here, because most projects have no configuration and need not wait for this.
        from flake8_logits.configuration.errors import ConfigurationError
        from flake8_logits.configuration.reading import plugin_settings

        try:
            settings, imports = plugin_settings(configured, self.keras_version, self.backend)
        except ConfigurationError as error:
            return None, self.follow_imports, f"{error}; the defaults are used instead"
        return settings, self.follow_imports and imports, ""

    def _checked(self, text: str, settings: Settings | None, follow_imports: bool) -> Report:
        # Here, because most files are not worth parsing and need not wait for the parser.
        from dataclasses import replace

        from flake8_logits.knowledge.settings import PLAIN
        from flake8_logits.rules.registry import BY_CODE
        from flake8_logits.service.checking import check_text
        from flake8_logits.service.requests import Options

        # flake8 selects, and heeds comments that silence, itself.
        settings = settings or PLAIN
        if self.max_tokens is not None:
            settings = replace(settings, most_tokens=self.max_tokens)
        # It checks each file in a process that knows of no other: what callers hand over is told at their calls.
        codes = frozenset(BY_CODE)
        options = Options(codes, False, follow_imports, follow_callers=False, settings=settings, unknowns=False)
        return check_text(self.filename, text, options, self.tree).report

    def _findings(self, report: Report, text: str, follow_imports: bool) -> Iterator[Result]:
        for diagnostic in report.diagnostics:
            if diagnostic.span.path != self.filename:
                continue  # flake8 would put it on a line of this file
            if diagnostic.severity.must_be_named and diagnostic.code not in self.named:
                continue  # flake8 would select it with a prefix, `extend-select = LGT`
            message = " ".join(f"{diagnostic.code} {diagnostic.message}".split())
            if self.verify:
                # Here, because few runs verify.
                from flake8_logits.frontends.verifying_plugin import verdict

                told = verdict(self.filename, text, diagnostic, follow_imports, self.walled)
                message = f"{message} {told}".strip()
            yield diagnostic.span.line, diagnostic.span.column, shown(message), type(self)

    def _problem(self, message: str) -> Result:
        return 1, 0, shown(" ".join(f"{PROBLEM} {message}".split())), type(self)
