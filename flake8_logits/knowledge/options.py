"""Options of the command line: what reads them, and what they are when they are not given."""

from __future__ import annotations

PARSERS = frozenset(
    {
        "argparse.ArgumentParser",
        "configargparse.ArgParser",
        "configargparse.ArgumentParser",
        "jsonargparse.ArgumentParser",
    }
)
"""Classes of parsers that are told of one option after the other."""

PARSER_KEYWORDS = frozenset(
    {
        "add_help",
        "allow_abbrev",
        "color",
        "description",
        "epilog",
        "exit_on_error",
        "formatter_class",
        "fromfile_prefix_chars",
        "parents",
        "prefix_chars",
        "prog",
        "required",
        "suggest_on_error",
        "title",
        "usage",
    }
)
"""Parameters of parsers, and of groups of their options, that say nothing of what an option is that is not given."""

OPTION_KEYWORDS = frozenset(
    {
        "action",
        "choices",
        "const",
        "default",
        "deprecated",
        "dest",
        "help",
        "metavar",
        "nargs",
        "required",
        "type",
        "version",
    }
)
"""Parameters of an option that ``argparse`` has; others can read it from files, or from the environment."""

DEFAULT_OF_ALL = "argument_default"
"""The attribute of a parser that is the default of options without one."""

NAMESPACES = ("argparse.Namespace", "types.SimpleNamespace")
"""Classes whose instances have the attributes that they are given, as parsed options do."""

DEFAULTS_OF_ACTIONS = {
    "append": None,
    "count": None,
    "store": None,
    "store_const": None,
    "store_false": True,
    "store_true": False,
}
"""By the action of an option without a default: what it is when it is not given."""

_MODULES_OF_FLAGS = ("absl.flags", "tensorflow.app.flags", "tensorflow.flags")

FLAGS = tuple(f"{module}.FLAGS" for module in _MODULES_OF_FLAGS)
"""What has the values of all flags."""

KINDS_OF_FLAGS = tuple(
    f"{module}.DEFINE_{kind}"
    for module in _MODULES_OF_FLAGS
    for kind in ("bool", "boolean", "enum", "float", "integer", "list", "string")
)
"""Functions that define a flag, by its name and its default."""

RUNS_WITH_OPTIONS = frozenset({"fire.Fire", "typer.run", "tyro.cli", "simple_parsing.parse"})
"""Functions that call a function or a class with what the command line says."""
