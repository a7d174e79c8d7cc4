"""Configurations of layers and models: what ``get_config`` gives, and what ``from_config`` makes of it."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import LambdaRef, LayerRef, ModelKind, ModelRef
from flake8_logits.interpret.abstract.references import DictRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import Arguments, Const, Mapping, Object, Value
from flake8_logits.interpret.engine.containers import content_of, make_dict
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, reads_item
from flake8_logits.interpret.engine.library_functions import UNLISTED, models_library
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.kinds import (
    CLONE,
    DESCRIBED_AS,
    DESERIALIZERS,
    FROM_CONFIG,
    FUNCTIONAL,
    MODEL,
    SEQUENTIAL,
    SERIALIZED_BESIDE,
    SERIALIZED_CLASS,
    SERIALIZED_CONFIG,
    SERIALIZED_LAYERS,
    SERIALIZERS,
)
from flake8_logits.knowledge.rows import Activates, Layer, Parameter, Recurs, Weighted
from flake8_logits.source import syntax as ir

_KINDS = {ModelKind.SEQUENTIAL: SEQUENTIAL.rpartition(".")[2], ModelKind.FUNCTIONAL: FUNCTIONAL}


class ConfigRef(DictRef):
    """The dict that ``get_config`` of a layer or model gives."""

    __slots__ = ("of",)

    def __init__(self, node: ir.Node, of: Object) -> None:
        super().__init__(node)
        self.of = of


def config_of(interp: Interpreter, thing: Object, node: ir.Node) -> Value:
    """``thing.get_config()``: a dict of its own, with the arguments that decide what a layer gives."""
    ref = ConfigRef(node, thing)
    items: tuple[tuple[object, Value], ...] = ()
    if isinstance(thing.ref, LayerRef):
        items = tuple(_arguments(interp, thing, thing.ref).items())
    interp.state.set(ref, ITEMS, Mapping(items, Lost(Reason.UNKNOWN_METHOD, node, "get_config")))
    return Object(ref)


@reads_item(ConfigRef)
def _read(interp: Interpreter, config: Object, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    """What the configuration of a layer has under a key; of a model, who reads it may change what it is made of."""
    assert isinstance(config.ref, ConfigRef)
    if isinstance(config.ref.of.ref, ModelRef):
        interp.state.set(config.ref, ITEMS, interp.unknown(Reason.ESCAPED, node))
        return interp.unknown(Reason.UNKNOWN_METHOD, node)
    return reads_item.get(DictRef)(interp, config, index, node, bounds)


def _arguments(interp: Interpreter, layer: Object, ref: LayerRef) -> dict[object, Value]:
    found: dict[object, Value] = {name: value for name, value, _ in ref.args.keywords}
    for parameter in _deciding(ref.row):
        here = given(ref.args, parameter)
        later = interp.state.get(layer.ref, parameter.name)
        if later is not None:
            found[parameter.name] = later
        elif here is not None:
            found[parameter.name] = here[0]
    return found


def _deciding(row: Layer) -> list[Parameter]:
    effect = row.effect
    if isinstance(effect, (Weighted, Recurs)):
        return [parameter for parameter in (effect.activation, effect.units) if parameter is not None]
    if isinstance(effect, Activates):
        return [parameter for parameter in (effect.parameter, effect.axis) if parameter is not None]
    return []


def _from_config(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """``Class.from_config(config)`` of a library's class; None for anything else."""
    owner, _, method = name.rpartition(".")
    config = args.value(0, "config")
    if method != FROM_CONFIG or config is None or len(options_of(config)) > 1:
        return None
    return _made_from(interp, owner, config, node)


def _made_from(interp: Interpreter, owner: str, config: Value, node: ir.Expression) -> Value | None:
    """What a class makes of a configuration: of another thing's, or of a dict that the program writes out."""
    if not isinstance(config, Object) or not isinstance(config.ref, ConfigRef):
        return _made_from_written(interp, owner, content_of(interp, config), node)
    of = config.ref.of
    content = content_of(interp, config)
    if owner in (MODEL, SEQUENTIAL):
        if not isinstance(content, Mapping):
            return None
        clone = models_library.find(CLONE)
        return None if clone is None else clone(interp, Arguments(((of, None),)), node)
    row = lookup(owner)
    if not isinstance(of.ref, LayerRef) or isinstance(of.ref, LambdaRef) or not isinstance(content, Mapping):
        return None
    if not isinstance(row, Layer) or row.name != of.ref.row.name or not _is_told_by_name(row, of.ref):
        return None
    keywords = tuple((str(key), value, None) for key, value in content.items)
    return Object(LayerRef(of.ref.node, row, Arguments((), keywords)))


def _made_from_written(interp: Interpreter, owner: str, config: Value | None, node: ir.Expression) -> Value | None:
    if not isinstance(config, Mapping) or config.partial is not None or not isinstance(lookup(owner), Layer):
        return None
    keywords = tuple((str(key), value, None) for key, value in config.items)
    return interp.call(interp.library(owner), Arguments((), keywords), node)


@models_library(*SERIALIZERS)
def _serialized(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A layer or model of the library as a dict with the name of its class and its configuration."""
    thing = args.value(0, "layer", "obj")
    name = _class_of(thing)
    if name is None or not isinstance(thing, Object):
        return interp.unknown(Reason.UNKNOWN_LAYER, node)
    others = tuple((key, interp.unknown(Reason.UNKNOWN_LAYER, node)) for key in SERIALIZED_BESIDE)
    items = ((SERIALIZED_CLASS, Const(name)), (SERIALIZED_CONFIG, config_of(interp, thing, node)), *others)
    return make_dict(interp, node, Mapping(items))


def _class_of(thing: Value | None) -> str | None:
    """The name by which a layer or model is deserialized; None for anything else, and for classes of the program."""
    if not isinstance(thing, Object):
        return None
    if isinstance(thing.ref, ModelRef):
        return _KINDS.get(thing.ref.kind)
    return thing.ref.row.name.rpartition(".")[2] if isinstance(thing.ref, LayerRef) else None


@models_library(*DESERIALIZERS)
def _deserialized(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """The layer or model that a dict of that form describes."""
    unknown = interp.unknown(Reason.UNKNOWN_LAYER, node)
    described = args.value(0, "config")
    content = None if described is None else content_of(interp, described)
    if not isinstance(content, Mapping):
        return unknown
    name, config = content.get(SERIALIZED_CLASS), content.get(SERIALIZED_CONFIG)
    if not isinstance(name, Const) or not isinstance(name.value, str) or config is None or len(options_of(config)) > 1:
        return unknown
    owner = DESCRIBED_AS.get(name.value, f"{SERIALIZED_LAYERS}.{name.value}")
    return _made_from(interp, owner, config, node) or unknown


def _is_told_by_name(row: Layer, ref: LayerRef) -> bool:
    """Whether all that decides what a layer gives is in its configuration, by the name of an argument."""
    return bool(_deciding(row)) or not ref.args.positional


UNLISTED.append(_from_config)
