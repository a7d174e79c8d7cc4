"""Options of the command line: parsers and flags, with what their options are when none is given."""

from __future__ import annotations

from collections.abc import Callable, Container

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import ANY_ATTRIBUTE, Name
from flake8_logits.interpret.abstract.symbols import made_symbol
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    AttributeTable,
    Const,
    Library,
    Method,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of, make_sequence
from flake8_logits.interpret.engine.dispatch import Names
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.instances import forget_attributes, stored
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method, reads_attribute
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.engine.modules import library_things
from flake8_logits.interpret.library_models.leaving import leave_program
from flake8_logits.knowledge.options import (
    DEFAULT_OF_ALL,
    DEFAULTS_OF_ACTIONS,
    FLAGS,
    KINDS_OF_FLAGS,
    NAMESPACES,
    OPTION_KEYWORDS,
    PARSER_KEYWORDS,
    PARSERS,
)
from flake8_logits.source import syntax as ir


class ParserRef(Ref):
    """A parser of the command line; the defaults of its options are its content, by their names."""

    __slots__ = ("library",)

    def __init__(self, node: ir.Node | None, library: str) -> None:
        super().__init__(node)
        self.library = library


class OptionsRef(Ref):
    """The options that a program was started with; what they are is its content, by their names.

    As those of other instances, its attributes stay what they are in code out of sight: it is logged, mostly.
    """

    __slots__ = ()


ParserMethod = Callable[[Interpreter, Object, Arguments, ir.Expression], Value]
_methods: Names[ParserMethod] = Names()
"""What methods of parsers do."""


def _makes_parsers(library: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def make(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        if _says_more(args, PARSER_KEYWORDS):
            return interp.unknown(Reason.UNKNOWN_CALL, node, library=library)
        parser = Object(ParserRef(node, library))
        parents = content_of(interp, args.value(None, "parents") or NONE)
        for parent in parents.items if isinstance(parents, Sequence) else ():
            if isinstance(parent, Object) and isinstance(parent.ref, ParserRef):
                _copy(interp, parent.ref, parser.ref)
        return parser

    return make


for _name in PARSERS:
    models_library.add(_name, _makes_parsers(_name))


def _says_more(args: Arguments, known: Container[str]) -> bool:
    """Whether a call is given more than is known: what decides what an option is by default may be among it."""
    return args.open is not None or any(name not in known for name, _, _ in args.keywords)


def _copy(interp: Interpreter, source: Ref, target: Ref) -> None:
    names: list[Name] = [*interp.state.names(source), ANY_ATTRIBUTE]
    for name in names:
        value = interp.state.get(source, name)
        if value is not None:
            interp.state.set(target, name, value)


@reads_attribute(ParserRef)
def _attribute_of_parser(interp: Interpreter, parser: Object, name: str, node: ir.Expression) -> Value:
    return Method(parser, name, node)


@calls_method(ParserRef)
def _call(interp: Interpreter, parser: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    act = _methods.find(method.name)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name) if act is None else act(interp, parser, args, node)


@escapes(ParserRef)
def _escape(interp: Interpreter, parser: Object, lost: Lost) -> None:
    forget_attributes(interp, parser.ref, lost.place if isinstance(lost.place, ir.Node) else ir.Opaque())


@_methods("add_argument_group", "add_mutually_exclusive_group")
def _group(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """A group of options, which are all the parser's."""
    return interp.unknown(Reason.UNKNOWN_CALL, node) if _says_more(args, PARSER_KEYWORDS) else parser


@_methods("add_argument")
def _add(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """One more option.  Of two by one name the first decides; a default that was set before is that of an option."""
    name = _name_of(args)
    if name is not None:
        before = interp.state.get(parser.ref, name)
        if before is None:
            interp.state.set(parser.ref, name, _default(interp, parser, args, node))
        elif args.keyword("default") is not None:
            interp.state.set(parser.ref, name, interp.unknown(Reason.UNKNOWN_CALL, node))
    return interp.unknown(Reason.UNKNOWN_CALL, node)


@_methods("add_subparsers")
def _add_commands(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """The options of commands are not there without one."""
    name = args.value(None, "dest")
    if isinstance(name, Const) and isinstance(name.value, str) and args.keyword("required") is None:
        interp.state.set(parser.ref, name.value, NONE)
    return interp.unknown(Reason.UNKNOWN_CALL, node)


@_methods("set_defaults")
def _set_defaults(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    if args.open is not None:
        forget_attributes(interp, parser.ref, node)
    for name, value, _ in args.keywords:
        interp.state.set(parser.ref, name, value)
    return NONE


@_methods("get_default")
def _get_default(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    name = args.value(0, "dest")
    found = stored(interp, parser.ref, name.value) if isinstance(name, Const) and isinstance(name.value, str) else None
    return interp.unknown(Reason.UNKNOWN_CALL, node) if found is None else found


@_methods("error", "exit")
def _leave(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """What is wrong is told, and the program ends."""
    return leave_program(interp, args, node)


@_methods("parse_args", "parse_intermixed_args")
def _parse(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """The options; they are known where the program is given none."""
    assert isinstance(parser.ref, ParserRef)
    if args.open is None and args.get(1, "namespace") is None and _is_given_none(interp, args.value(0, "args")):
        made = Object(OptionsRef(node))
        _copy(interp, parser.ref, made.ref)
        return made
    return interp.unknown(Reason.UNKNOWN_CALL, parser.ref.node, library=parser.ref.library)


@_methods("parse_known_args", "parse_known_intermixed_args")
def _parse_known(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """The options, and what else was given."""
    options = _parse(interp, parser, args, node)
    if isinstance(options, Unknown):
        return options
    return Sequence((options, make_sequence(interp, node, "list", [])), "tuple")


def _is_given_none(interp: Interpreter, given: Value | None) -> bool:
    """Whether what is parsed holds no options: an empty list, or a command line that is empty in this run."""
    if given is None or given == NONE:
        interp.observations.take_options()
        return interp.without_options
    content = content_of(interp, given)
    return given == Const("") or (isinstance(content, Sequence) and not content.items)


def _name_of(args: Arguments) -> str | None:
    """The name of an option among the parsed ones; None where it is not known."""
    told = args.value(None, "dest")
    if told is not None:
        return told.value if isinstance(told, Const) and isinstance(told.value, str) else None
    spellings = [value.value for value, _ in args.positional if isinstance(value, Const)]
    names = [name for name in spellings if isinstance(name, str)]
    long = next((name for name in names if name.startswith("--")), None)
    chosen = long or next(iter(names), "")
    name = chosen.lstrip("-")
    return (name.replace("-", "_") if chosen.startswith("-") else name) or None


def _default(interp: Interpreter, parser: Object, args: Arguments, node: ir.Expression) -> Value:
    """What an option is that is not given."""
    unknown = interp.unknown(Reason.UNKNOWN_CALL, node)
    required = args.value(None, "required")
    positional = all(isinstance(value, Const) and not str(value.value).startswith("-") for value, _ in args.positional)
    if _says_more(args, OPTION_KEYWORDS) or (required is not None and required != Const(False)):
        return unknown
    default = args.value(None, "default")
    if default is not None:
        return unknown if isinstance(default, Library) else _converted(interp, default, args, node)
    action = args.value(None, "action") or Const("store")
    word = action.value if isinstance(action, Const) else None
    if positional or not isinstance(word, str) or word not in DEFAULTS_OF_ACTIONS:
        return unknown
    if stored(interp, parser.ref, DEFAULT_OF_ALL) is not None:
        return unknown
    return Const(DEFAULTS_OF_ACTIONS[word])


def _converted(interp: Interpreter, default: Value, args: Arguments, node: ir.Expression) -> Value:
    """A default as it arrives: of strings makes the option's type what it makes of what is given."""
    kind = args.value(None, "type")
    written = isinstance(default, Const) and isinstance(default.value, str)
    if not written or kind is None or kind in (NONE, Library("builtins.str")):
        return default
    if not interp.without_options:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return interp.call(kind, Arguments(((default, None),)), node)


@reads_attribute(OptionsRef)
def _attribute(interp: Interpreter, options: Object, name: str, node: ir.Expression) -> Value:
    if name == "__dict__":
        return AttributeTable(options)
    found = stored(interp, options.ref, name)
    if found is not None:
        return found
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name, symbol=("attribute", options.ref, name))


def _namespace(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Options that the program writes down itself."""
    made = Object(OptionsRef(node))
    for name, value, _ in args.keywords:
        interp.state.set(made.ref, name, value)
    return made


for _name in NAMESPACES:
    models_library.add(_name, _namespace)


_FLAGS = OptionsRef(None)


@library_things(*FLAGS)
def _flags(interp: Interpreter, name: str) -> Value:
    """The flags of the whole program."""
    return Object(_FLAGS) if interp.without_options else interp.library(name)


def _define_flag(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A flag of the whole program."""
    interp.observations.take_options()
    name, default = args.value(0, "name"), args.value(1, "default")
    if interp.without_options and args.get(None, "required") is None and default is not None:
        if isinstance(name, Const) and isinstance(name.value, str):
            interp.state.set(_FLAGS, name.value, default)
        holder = Object(OptionsRef(node))
        interp.state.set(holder.ref, "value", default)
        return holder
    return interp.unknown(Reason.UNKNOWN_CALL, node, symbol=made_symbol())


for _kind in KINDS_OF_FLAGS:
    models_library.add(_kind, _define_flag)
