"""The flake8 plugin.  It is imported for every run of flake8, so nothing here is imported before it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_logits import __version__
from flake8_logits.configuration.finding import configuration_of
from flake8_logits.source.prefilter import worth_parsing

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import ast

    from flake8.options.manager import OptionManager

    from flake8_logits.domain.diagnostics import Diagnostic
    from flake8_logits.knowledge.settings import Settings


UNUSABLE = "LGT000"
"""The code under which a configuration that cannot be used is reported: flake8 has no other way to say it."""


class LogitsPlugin:
    """One file, as flake8 hands it over; the parameters' names are how flake8 knows what to hand over."""

    name = "flake8-logits"
    version = __version__
    follow_imports = True
    keras_version = ""
    backend = ""
    verify = False
    named: frozenset[str] = frozenset()

    @classmethod
    def add_options(cls, parser: OptionManager) -> None:
        """Add our options to flake8's."""
        parser.add_option(
            "--logits-no-imports",
            action="store_true",
            default=False,
            parse_from_config=True,
            help="Do not read the other modules of the project that a file imports.",
        )
        parser.add_option(
            "--logits-keras-version",
            choices=["", "2", "3"],
            default="",
            parse_from_config=True,
            help="The major version of Keras that the code will run on.",
        )
        parser.add_option(
            "--logits-backend",
            choices=["", "tensorflow", "jax", "torch"],
            default="",
            parse_from_config=True,
            help="The backend that Keras will run on.",
        )
        parser.add_option(
            "--logits-verify",
            action="store_true",
            default=False,
            help="Run the code that builds the models of findings, and say what really happens.",
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take over what flake8 read from its command line and configuration."""
        cls.follow_imports = not options.logits_no_imports
        cls.keras_version = options.logits_keras_version
        cls.backend = options.logits_backend
        cls.verify = options.logits_verify
        cls.named = frozenset([*(options.select or ()), *(options.extend_select or ())])

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        self.filename = filename
        self.lines = lines

    def run(self) -> Iterator[tuple[int, int, str, type[LogitsPlugin]]]:
        """Yield line, column from 0, text and origin of each finding; raise nothing, whatever the file holds."""
        text = "".join(self.lines)
        configured = configuration_of(self.filename)
        words: tuple[str, ...] = ()
        settings = None
        follow_imports = self.follow_imports
        if configured is not None or self.keras_version or self.backend:
            from flake8_logits.configuration.errors import ConfigurationError
            from flake8_logits.configuration.reading import plugin_settings

            try:
                settings, imports = plugin_settings(configured, self.keras_version, self.backend)
            except ConfigurationError as error:
                if worth_parsing(text):
                    yield 1, 0, f"{UNUSABLE} {error}", type(self)
                return
            follow_imports = follow_imports and imports
            words = settings.words
        if not worth_parsing(text, words):
            return
        for diagnostic in _diagnose(self.filename, text, follow_imports, settings):
            if diagnostic.span.path != self.filename:
                continue  # flake8 would put it on a line of this file
            if diagnostic.severity.must_be_named and diagnostic.code not in self.named:
                continue  # flake8 would select it with a prefix, `extend-select = LGT`
            message = " ".join(f"{diagnostic.code} {diagnostic.message}".split())
            if self.verify:
                from flake8_logits.frontends.verifying_plugin import told

                answer = told(self.filename, text, diagnostic, follow_imports)
                if answer is None:
                    continue
                message = f"{message} {answer}".strip()
            yield diagnostic.span.line, diagnostic.span.column, message, type(self)


def _diagnose(path: str, text: str, follow_imports: bool, settings: Settings | None) -> Sequence[Diagnostic]:
    from flake8_logits.analysis import analyse
    from flake8_logits.knowledge.settings import PLAIN
    from flake8_logits.source.documents import Document, Unit

    text = text.replace("\r\n", "\n")  # flake8 keeps them when it reads standard input
    document = Document(path, (Unit(path, None, text, original=text),), name=path)
    try:
        return analyse(document, follow_imports, settings or PLAIN).diagnostics
    except Exception:
        # One odd file must not end a run of flake8 over a thousand; our own command reports what happened.
        return ()
