"""The things that a program makes out of classes: instances of its own, and layers and models of libraries."""

from __future__ import annotations

from enum import Enum

from flake8_logits.domain.outputs import Output
from flake8_logits.interpret.abstract.references import DictRef, ListRef, Ref
from flake8_logits.interpret.abstract.values import Arguments, Class, Value
from flake8_logits.knowledge.rows import Application, Backbone, Layer
from flake8_logits.source import syntax as ir


class InstanceRef(Ref):
    """An instance of a class of the program; its attributes are its content."""

    __slots__ = ("cls",)

    def __init__(self, node: ir.Node | None, cls: Class) -> None:
        super().__init__(node)
        self.cls = cls


class LayerRef(Ref):
    """A layer of a library with the arguments it was made with; attributes set later are its content."""

    __slots__ = ("args", "row")

    def __init__(self, node: ir.Node | None, row: Layer, args: Arguments) -> None:
        super().__init__(node)
        self.row = row
        self.args = args


class LambdaRef(LayerRef):
    """A layer that calls a function of the program or of a library."""

    __slots__ = ("function",)

    def __init__(self, node: ir.Node | None, row: Layer, args: Arguments, function: Value) -> None:
        super().__init__(node, row, args)
        self.function = function


class ModuleRef(LayerRef):
    """A module of PyTorch, which has the methods of modules."""

    __slots__ = ()


class ChainRef(Ref):
    """A ``Sequential`` of PyTorch or of a library for JAX.

    Its parts are under LAYERS, those that have names also under these.
    """

    __slots__ = ()


class ListedChainRef(ChainRef):
    """A ``Sequential`` of a library for JAX, whose parts are in an attribute.

    ``fixed`` says that nobody changes what stands there.
    """

    __slots__ = ("fixed",)

    def __init__(self, node: ir.Node | None, fixed: bool = True) -> None:
        super().__init__(node)
        self.fixed = fixed


class StatelessRef(LayerRef):
    """A layer of Flax linen, which is handed its weights."""

    __slots__ = ()


class StatelessChainRef(ListedChainRef):
    """A ``Sequential`` of Flax linen, which is handed its weights."""

    __slots__ = ()


class TrainStateRef(Ref):
    """What a training loop in JAX holds: the function that applies the model, and what is trained."""

    __slots__ = ()


class BackboneRef(ChainRef):
    """A finished network of a library: under LAYERS stands what comes before its last layer, and that one."""

    __slots__ = ("row",)

    def __init__(self, node: ir.Node | None, row: Backbone) -> None:
        super().__init__(node)
        self.row = row


class ModuleListRef(ListRef):
    """A PyTorch ``ModuleList``."""

    __slots__ = ()


class ModuleDictRef(DictRef):
    """A PyTorch ``ModuleDict``."""

    __slots__ = ()


class ModelKind(Enum):
    """How a model was made, which tells where its content stands."""

    SEQUENTIAL = "sequential"
    """A chain; content under LAYERS."""
    FUNCTIONAL = "functional"
    """A graph; content under OUTPUTS."""
    APPLICATION = "application"
    """A finished model of a library; content under OUTPUTS."""
    STATED = "stated"
    """What a comment of the user speaks of; content under OUTPUTS."""


class ModelRef(Ref):
    """A model; ``row`` is that of a finished model of a library."""

    __slots__ = ("kind", "row")

    def __init__(self, node: ir.Node | None, kind: ModelKind, row: Application | None = None) -> None:
        super().__init__(node)
        self.kind = kind
        self.row = row


class CompilationRef(Ref):
    """One ``compile`` of a model, whose loss meets what the model gives when it first trains.

    ``certain`` is set where it is not one of several of which one is made.
    """

    __slots__ = ("certain", "model")

    def __init__(self, node: ir.Node | None, model: Ref, certain: bool) -> None:
        super().__init__(node)
        self.model = model
        self.certain = certain


class StatedRef(ModelRef):
    """What a comment speaks of: a model that gives ``output``, or that output itself."""

    __slots__ = ("output",)

    def __init__(self, node: ir.Node | None, output: Output) -> None:
        super().__init__(node, ModelKind.STATED)
        self.output = output
