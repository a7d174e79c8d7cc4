"""The house keeps its order: who may import whom, and what belongs to a rule."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_logits.rules.base import SECTIONS, Rule
from flake8_logits.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "flake8_logits"

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "domain": set(),
    "turns": set(),
    "once": set(),
    "parser": set(),
    "interruption": set(),
    "knowledge": {"domain", "once"},
    "source": {"domain", "once", "parser", "turns"},
    "rules": {"domain", "parser"},
    "interpret": {"domain", "interruption", "knowledge", "source.syntax", "turns"},
    "undecided": {"domain", "knowledge.catalogue", "rules"},
    "staying": {"interpret.engine.steps", "knowledge.settings", "source", "turns"},
    "whole_program": {
        "domain",
        "interpret.abstract.budget",
        "interpret.engine.mentions",
        "interpret.engine.steps",
        "interpret.program",
        "knowledge.settings",
        "source",
        "undecided",
    },
    "without_options": {
        "domain",
        "interpret.abstract.budget",
        "interpret.engine.steps",
        "interpret.program",
        "source",
        "undecided",
    },
    "collector": {"turns"},
    "analysis": {
        "collector",
        "domain",
        "interruption",
        "knowledge",
        "rules",
        "source",
        "interpret.abstract.budget",
        "interpret.program",
        "staying",
        "undecided",
        "whole_program",
        "without_options",
    },
    "cache": {"__init__", "domain", "source"},
    "configuration": {
        "domain",
        "knowledge.rows",
        "knowledge.settings",
        "knowledge.namespaces",
        "source.ignoring",
        "source.reading",
    },
    "fixes": {"domain", "once", "parser", "knowledge", "source", "analysis"},
    "outputs": {"domain"},
    "verify": {
        "domain",
        "knowledge.catalogue",
        "knowledge.compiling",
        "knowledge.effects",
        "knowledge.hooks",
        "knowledge.kinds",
        "knowledge.rows",
        "knowledge.runnable",
        "knowledge.special_methods",
        "source",
    },
    "debug": {"domain", "interpret", "knowledge.catalogue", "knowledge.settings", "once", "rules", "source"},
    "service": {
        "analysis",
        "cache",
        "collector",
        "configuration",
        "domain",
        "fixes",
        "knowledge.catalogue",
        "knowledge.settings",
        "once",
        "outputs",
        "rules.base",
        "rules.registry",
        "source",
        "staying",
        "verify",
    },
    "api": {
        "configuration",
        "domain",
        "interpret.engine.stack",
        "rules.registry",
        "service",
        "source.decoding",
        "source.project",
        "source.room",
    },
    "frontends": {
        "__init__",
        "configuration",
        "debug",
        "domain",
        "knowledge.settings",
        "outputs",
        "rules.base",
        "rules.registry",
        "server.starting",
        "service",
        "source.discovery",
        "source.documents",
        "source.entry_scripts",
        "source.outline",
        "source.prefilter",
        "source.project",
        "source.reading",
        "source.tree",
        "verify.verifier",
        "verify.worker",
    },
    "server": {
        "__init__",
        "collector",
        "configuration",
        "debug",
        "domain",
        "fixes",
        "interruption",
        "once",
        "outputs",
        "parser",
        "rules.registry",
        "service",
        "source",
        "verify.verifier",
        "verify.worker",
    },
    "__main__": {"frontends.command"},
    "dev": {"frontends.pages"},
}
"""For each room (a folder, or a file beside them) the rooms and modules that it may import."""

LAYERS_OF_THE_INTERPRETER: dict[str, set[str]] = {
    "abstract": set(),
    "engine": {"abstract"},
    "tensors": {"abstract", "engine"},
    "readers": {"abstract", "engine", "tensors"},
    "frameworks": {"abstract", "engine", "tensors", "readers"},
    "library_models": {"abstract", "engine", "tensors"},
    "registered": {"engine", "tensors", "readers", "frameworks", "library_models"},
    "program": {"abstract", "engine", "registered"},
}
"""For each layer of the interpreter the layers below it."""

LIBRARIES: dict[str, set[str]] = {
    "configuration": {"tomli", "tomllib"},  # the second is part of Python from 3.11 on
    "source": {"libcst"},
    "outputs": {"rich"},
    "verify": {"equinox", "flax", "haiku", "jax", "keras", "numpy", "pyseccomp", "tensorflow", "torch"},
    "frontends": {"click", "flake8", "rich", "watchfiles"},
    "server": {"lsprotocol", "pluggy", "pygls"},  # pluggy comes with python-lsp-server, which is asked for nothing
    "dev": {"click"},
}
"""For each room the libraries that it may import; none for the others."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[str]:
    """Yield the full name of each module that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if _is_module(name) else str(node.module)


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


each_module = pytest.mark.parametrize("path", MODULES, ids=_module)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_module
def test_imports_point_down(path: Path) -> None:
    room = _module(path).partition(".")[0]
    allowed = MAY_IMPORT[room] | {room}
    ours = {name.removeprefix("flake8_logits").lstrip(".") or "__init__" for name in _imports(path) if _is_ours(name)}
    beyond = {name for name in ours if not any(name == door or name.startswith(f"{door}.") for door in allowed)}
    assert not beyond, f"{room} may import {sorted(allowed)} alone"


def test_nothing_is_computed_behind_a_lock_of_the_standard_library() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    assert "functools.lru_cache" in names and "functools.cached_property" not in names


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to(PACKAGE / "interpret")], ids=_module)
def test_layers_of_the_interpreter_point_down(path: Path) -> None:
    layer = _module(path).removeprefix("interpret").lstrip(".").partition(".")[0]
    inside = "flake8_logits.interpret."
    asked = {name.removeprefix(inside).partition(".")[0] for name in _imports(path) if name.startswith(inside)}
    assert not layer or asked <= LAYERS_OF_THE_INTERPRETER[layer] | {layer}


@each_module
def test_libraries_have_their_rooms(path: Path) -> None:
    room = _module(path).partition(".")[0]
    foreign = {name.partition(".")[0] for name in _imports(path) if not _is_ours(name)}
    assert foreign - set(sys.stdlib_module_names) <= LIBRARIES.get(room, set())


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == "flake8_logits"


@each_module
def test_files_say_what_they_are(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


OPENERS = {
    "source.reading",  # the guard
    "source.writing",  # replaces files of the user's
    "cache.store",  # writes entries
    "service.report_files",  # writes reports and baselines
    "frontends.terminal",  # standard streams
    "frontends.command",  # standard streams
    "frontends.pages",  # writes the rules' pages, in a checkout of this project
    "server.starting",  # standard output, which is the protocol's
    "frontends.picture",  # writes the picture of the README, in a checkout of this project
}
"""Who may open files, and why: to write, all but the first."""
UNGUARDED = ("dev", "verify")
"""Rooms that read no file of the user's: the one works on this project, the other hands over sources that were read."""


@each_module
def test_files_are_read_through_the_guard_alone(path: Path) -> None:
    if _module(path).partition(".")[0] in UNGUARDED:
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    opening = [call for call in calls if _called(call) in ("open", "fdopen", "read_text", "read_bytes", "load")]
    guarded = [call for call in opening if isinstance(call.func, ast.Name) and call.func.id == "read_bytes"]
    others = [call for call in opening if call not in guarded and not _decodes_an_entry(call)]
    assert not others or _module(path) in OPENERS
    assert all(_writes(call) for call in others) or _module(path) == "source.reading"


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _decodes_an_entry(call: ast.Call) -> bool:
    """Whether it is ``cache.load``, our own method of this name."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func).endswith("cache.load")


def _writes(call: ast.Call) -> bool:
    """Whether a call opens a file to write it: its mode says so, or it is the null device."""
    said = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return any(mode in ("w", "wb", "ab", "xb") for mode in said) or "os.devnull" in ast.unparse(call)


@each_module
def test_programs_are_parsed_through_one_door(path: Path) -> None:
    if _module(path) == "parser" or _module(path).partition(".")[0] in UNGUARDED:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name))}
    assert not used & {"ast.parse", "ast.literal_eval", "compile", "exec", "eval"}, "parser.py has them"
    assert not any(name.endswith(".evaluated_value") for name in used), "libcst parses for that"


def test_no_import_cycles() -> None:
    graph = {_module(path): set(_imports_of_ours(path)) for path in MODULES}
    assert not _cycles(graph)


def _imports_of_ours(path: Path) -> Iterator[str]:
    for name in _imports(path):
        if _is_ours(name):
            yield name.removeprefix("flake8_logits").lstrip(".") or "__init__"


def _cycles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Every set of modules each of which imports all others, directly or not."""
    reached = {start: _reached(graph, start) for start in graph}
    together = (frozenset(other for other in reached[name] if name in reached.get(other, ())) for name in graph)
    return [set(circle) for circle in set(together) if circle]


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    """All that is imported by a module, and by what it imports."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def test_cycles_are_seen() -> None:
    assert _cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [{"b", "c"}]


MAY_IMPORT_LATE = ("verify.child",)


@each_module
def test_late_imports_say_why(path: Path) -> None:
    if _module(path).startswith(MAY_IMPORT_LATE):
        return
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    late = {
        node.lineno
        for function in ast.walk(ast.parse(text))
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    # One reason is enough for imports that follow each other.
    first = [line for line in late if not {line - 1, line - 2} & late]
    assert [lines[line - 1] for line in first if not lines[line - 2].strip().startswith("# Here, because")] == []


def test_every_room_is_in_the_table() -> None:
    assert {_module(path).partition(".")[0] or "__init__" for path in MODULES} == set(MAY_IMPORT)


def test_package_imports_neither_tensorflow_nor_a_parser() -> None:
    script = "import sys, flake8_logits.analysis; sys.exit(bool({'tensorflow', 'keras', 'libcst'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", script], check=True)


@each_rule
def test_rule_has_a_page_with_all_sections(rule: Rule) -> None:
    titles = [line.removeprefix("## ") for line in rule.page.splitlines() if line.startswith("## ")]
    assert titles == list(SECTIONS)
    assert all(rule.section(title) for title in SECTIONS)
    assert rule.example and rule.use_instead and rule.summary
    assert (ROOT / "docs" / "rules" / f"{rule.name}.md").is_file()


@each_rule
def test_rule_has_fixtures_that_fire_and_that_are_quiet(rule: Rule) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "fixtures" / "rules" / rule.name).glob("*.py")]
    assert any(f"# expect: {rule.code}" in text for text in texts)
    assert any("# expect:" not in text for text in texts)


def test_fixtures_belong_to_rules() -> None:
    folders = {path.name for path in (ROOT / "fixtures" / "rules").iterdir() if path.is_dir()}
    assert folders == {rule.name for rule in RULES}


@each_module
def test_a_rules_code_and_name_stand_once(path: Path) -> None:
    names = {rule.code for rule in RULES} | {rule.name for rule in RULES}
    said = {
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    }
    assert not said & names or _module(path) == "rules.registry"
    assert not any(isinstance(text, str) and re.fullmatch(r"LGT[1-9]\d?", text) for text in said), "a family of rules"


def test_codes_and_names_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(code.startswith("LGT") and code[3:].isdigit() for code in codes)
