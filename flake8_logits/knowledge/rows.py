"""The types of rows.  A row states one fact about one library; it computes nothing.

Names are canonical dotted names: ``keras.layers.Dense`` whichever way the program spells the module
(``catalogue.canonical`` folds ``tensorflow.keras``, ``tf_keras`` and old submodules into ``keras``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flake8_logits.domain.contracts import Contract, Support
from flake8_logits.domain.labels import LabelKind
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind


@dataclass(frozen=True, slots=True)
class Parameter:
    """Where a callable reads one argument.

    ``index`` counts positional arguments from 0, after ``self``; None means by keyword only.  ``default`` is the
    value when it is not given (None also where there is no default).  ``aliases`` are other keywords for the same
    parameter in other versions.
    """

    name: str
    index: int | None
    default: str | bool | int | float | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AxisParameter(Parameter):
    """The parameter with the axis of a softmax.

    ``classes`` are the axes along which the library's losses look for the classes.  They count as one: which of them
    it is, is told by the shape of what goes in.  ``batched`` says that the samples lie along axis 0; a function that
    is written for one sample and applied to many has no such axis.
    """

    classes: frozenset[int] = frozenset({-1})
    batched: bool = True


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation by name: the scale it gives, whatever goes in.

    ``rescue`` is ALWAYS for the two that leave the numbers before them on the tensor (softmax, sigmoid) and for the
    identity, which leaves the tensor alone.  ``strings`` are the names accepted where a layer takes its activation as
    a string, in any version.  ``scale`` None means: known, and it gives none of our scales.  Called as a function it
    reads its input in ``tensor`` and the axis of a softmax in ``axis``.  ``identity_above_zero`` says that it leaves
    numbers between 0 and 1 as they are, ``adjustable`` that its other arguments can end that.  ``slope`` is the
    parameter that lets numbers below zero through, which are cut off without it.
    """

    name: str
    scale: Scale | None
    strings: tuple[str, ...] = ()
    rescue: Rescue = Rescue.NEVER
    tensor: Parameter = Parameter("x", 0)
    axis: Parameter | None = None
    source: str = ""
    identity_above_zero: bool = False
    adjustable: bool = False
    slope: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Weighted:
    """Effect: weights times the input plus a bias, then an activation.

    ``units`` is the parameter with the size of the class axis.
    """

    activation: Parameter | None = None
    units: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Recurs:
    """Effect: a state that is fed back, of numbers that an activation gives, mixed with gates between 0 and 1.

    ``activation`` is the parameter with the activation, or ``fixed`` its name; ``gates`` the one with the activation of
    the gates, where they can be others; ``states`` the one that has the layer give its states, too.
    """

    activation: Parameter | None = None
    units: Parameter | None = None
    fixed: str | None = None
    states: Parameter = Parameter("return_state", None, False)
    gates: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Activates:
    """Effect: an activation and nothing else: a fixed one (``activation``), or the one a ``parameter`` names.

    ``axis`` is the parameter with the axis of a softmax; ``cuts`` says that it also drops small positive numbers.
    ``slope`` is the parameter that lets numbers below zero through, which are cut off without it.
    """

    activation: str | None = None
    parameter: Parameter | None = None
    axis: Parameter | None = None
    rescue: Rescue = Rescue.ALWAYS
    cuts: bool = False
    slope: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Along:
    """A condition: a distribution survives an operation only where a parameter has one of the values named.

    A library's type is meant by its last name (``tf.float32``).  ``unknown`` tells what holds where the value cannot
    be told; ``every`` extends the condition from distributions to all scales.  A list of one item, as in a reshape
    to a flat tensor, is never fine.  ``last`` is set where the parameter is an order of axes: the number that the last
    one counts as, less the number of axes; a list that ends in it is fine.
    """

    parameter: Parameter
    fine: frozenset[object]
    unknown: bool = False
    every: bool = False
    last: int | None = None


class LastAxis(Enum):
    """What becomes of the last axis, whose size is the number of units."""

    STAYS = "it stays as it is, if ``along`` holds"
    MOVES = "another axis may become the last one, or its size may change"
    SQUEEZED = "it may go if its size is 1"


@dataclass(frozen=True, slots=True)
class Keeps:
    """Effect: the numbers along the class axis stay of the scales named; any other scale is lost.

    ``rescue`` is ALWAYS where the tensor still carries the activation's mark (``Activation('linear')``),
    NEVER where it does not (``Reshape``).  ``along`` is the condition on which a distribution stays one.  ``last``
    tells whether the number of units stays known; ``shape`` is the parameter whose last entry is the new one.
    ``off`` is the parameter that leaves every number as it is when it is zero; numbers are clipped to ``bounds``.
    ``picks`` is the axis along which one number of each sample is picked, as that of its class is.
    """

    scales: frozenset[Scale]
    rescue: Rescue = Rescue.NEVER
    along: Along | None = None
    last: LastAxis = LastAxis.STAYS
    shape: Parameter | None = None
    off: Parameter | None = None
    bounds: tuple[Parameter, Parameter] | None = None
    picks: AxisParameter | None = None


@dataclass(frozen=True, slots=True)
class Maps:
    """Effect: each scale named turns into the one beside it; any other scale is lost."""

    pairs: tuple[tuple[Scale, Scale], ...]


@dataclass(frozen=True, slots=True)
class Gives:
    """Effect: always this scale, whatever goes in, unless one of the keywords ``unless`` is given."""

    scale: Scale
    rescue: Rescue = Rescue.ALWAYS
    units: Parameter | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merges:
    """Effect: several tensors become one; kept are the scales named, if all inputs are of the same one.

    ``along`` is the condition on which distributions stay what they are; ``side_by_side`` that each number stays;
    ``axis`` is the parameter that tells along which axis that is.
    """

    scales: frozenset[Scale]
    along: Along | None = None
    side_by_side: bool = False
    axis: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Wraps:
    """Effect: that of the layer in ``layer``; ``rescue`` as in Keeps.

    ``merged`` is the parameter that tells how what the layer gives forwards and backwards becomes one.
    """

    layer: Parameter
    rescue: Rescue = Rescue.NEVER
    merged: Along | None = None


@dataclass(frozen=True, slots=True)
class Loses:
    """Effect: known, and what comes out is none of our scales; ``why`` says so to a person."""

    why: str


@dataclass(frozen=True, slots=True)
class Rank:
    """How many axes a layer gives, the batch included: ``axes`` of them, or one more than ``shape`` has entries.

    Where ``sequences`` is a parameter of the layer and it is true, there is one axis more than ``axes``.  ``more`` axes
    are added to those that the layer is given.
    """

    axes: int | None = None
    shape: Parameter | None = None
    sequences: Parameter | None = None
    more: int | None = None


Effect = Weighted | Recurs | Activates | Keeps | Maps | Gives | Merges | Wraps | Loses


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer class: calling an instance has the effect.

    ``rank`` is what is known of the number of axes that it gives, where that is not the number it is given.
    """

    name: str
    effect: Effect
    source: str = ""
    kind: StepKind = StepKind.OTHER
    rank: Rank | None = None


@dataclass(frozen=True, slots=True)
class Module(Layer):
    """A layer class of PyTorch: an ``nn.Module``, with the methods that all modules have (``to``, ``eval``)."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """A function or class that gives a finished PyTorch network, of which programs replace the last layer.

    ``head`` is what the network ends in; ``places`` are the attributes under which that may stand.  Where ``parts`` is
    not 0, the attribute is a ``Sequential`` of so many parts, the last of which is the head.  ``classes`` is the
    parameter that takes the head away where it is 0, ``others`` are parameters that make the network give more than
    one output.  ``attribute`` is where the object that calling it gives keeps the output (Hugging Face: ``logits``).
    """

    name: str
    head: Weighted
    places: tuple[str, ...] = ()
    parts: int = 0
    classes: Parameter | None = None
    others: tuple[Parameter, ...] = ()
    source: str = ""
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Stateless(Layer):
    """A layer class of Flax linen: its weights stand outside it, and are handed to its ``apply``."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A function on tensors: calling it has the effect on the argument ``tensor`` (Merges: on a list there)."""

    name: str
    effect: Effect
    tensor: Parameter
    source: str = ""
    kind: StepKind = StepKind.OTHER


@dataclass(frozen=True, slots=True)
class Variable:
    """A function or class that makes a variable: weights, unless it is not trained or holds data.

    ``shape`` is where it is told its shape, if it is not made of an initial value.

    ``initial`` is the value that it begins with, None where an initializer makes that; ``trainable`` is None where all
    are trained.  ``blank`` says that what it begins with says nothing, if it is no weights: it is there to be filled.
    """

    name: str
    initial: Parameter | None = None
    trainable: Parameter | None = None
    shape: Parameter | None = None
    blank: bool = False


class Form(Enum):
    """How a loss or metric is applied."""

    CLASS = "class"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class OneHot:
    """A function that makes one-hot labels along the last axis, or whose rows are such.

    ``width`` is the parameter with the number of classes.  Where ``axis`` names another axis than the last, or
    ``square``, a second size, is given, it makes something else.
    """

    name: str
    width: Parameter
    axis: Parameter | None = None
    square: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss: as a class, calling an instance applies it; as a function, calling it does.

    ``switch`` is ``from_logits`` among the arguments of the constructor (class) or of the call (function); where any
    of several tells that logits are given, ``other_switches`` are the rest of them, ``sigmoid`` and ``softmax``.
    ``prediction`` is the argument of the *call* that is judged, ``target`` the labels.  ``strings`` are the names
    under which ``compile(loss=...)`` takes it in any version.  ``spoils_rescue`` names a parameter that ends
    the rescue in Keras 3.

    A loss without a switch says in its name what it expects: ``twins`` are the losses of other names that read the
    same labels, each with the scale that it expects (the advice for what clashes with this one).  ``refuses`` tells
    that the call fails on numbers which cannot be what is expected; ``of_one_unit`` is the loss for a single yes or no.
    ``labels`` is how it has the classes told, None where there is more than one way.  ``log_target`` is the parameter
    that says that the targets of a divergence are logarithms of probabilities, too.
    """

    name: str
    form: Form
    contract: Contract
    prediction: Parameter
    target: Parameter
    switch: Parameter | None = None
    support: Support = Support.NONE
    strings: tuple[str, ...] = ()
    spoils_rescue: Parameter | None = None
    source: str = ""
    twins: tuple[tuple[Scale, str], ...] = ()
    refuses: bool = False
    of_one_unit: str = ""
    other_switches: tuple[Parameter, ...] = ()
    labels: LabelKind | None = None
    log_target: Parameter | None = None

    @property
    def short(self) -> str:
        """The last part of the name, as messages spell it."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that reads its predictions as probabilities unless told otherwise.

    ``switch`` is its ``from_logits``; ``threshold`` its cut, where it has one (default None: it cuts at 0.5).

    Some merely rank their predictions, and then take any scale: without a threshold (``only_with_threshold``),
    once ``ranked_by`` is given, or for outputs of another size than ``only_units``.  ``prediction`` is set for a
    function: the argument of the call that is judged.
    """

    name: str
    contract: Contract
    switch: Parameter | None = None
    threshold: Parameter | None = None
    only_with_threshold: bool = False
    ranked_by: Parameter | None = None
    only_units: int | None = None
    prediction: Parameter | None = None
    strings: tuple[str, ...] = ()
    source: str = ""

    @property
    def short(self) -> str:
        """The last part of the name, as messages spell it."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Application:
    """A function or class that gives a finished classifier.

    ``top`` switches the classifier head on (None: always on); without it the output is features.
    ``activation`` is the head's activation with its default; ``scale`` fixes it where there is no such parameter.
    ``attribute`` is where the output object keeps the tensor (Hugging Face: ``logits``); ``rescue`` is what Keras
    on TensorFlow can undo of the fixed scale.
    """

    name: str
    top: Parameter | None = None
    activation: Parameter | None = None
    scale: Scale | None = None
    attribute: str = ""
    source: str = ""
    rescue: Rescue = Rescue.ALWAYS


@dataclass(frozen=True, slots=True)
class Sampler:
    """A function that draws from logits (or log-probabilities): its ``tensor`` must not be probabilities.

    ``probabilities`` is the argument that it reads as probabilities, where it has one; with an error it ``refuses``
    there what cannot be one.
    """

    name: str
    tensor: Parameter | None
    source: str = ""
    probabilities: Parameter | None = None
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Exporter:
    """A function that hands a model to those who ask it for answers."""

    name: str
    model: Parameter


@dataclass(frozen=True, slots=True)
class Trainer:
    """A function or class that is given a model, or what makes one, and the loss to train it with: there they meet.

    ``loss`` may be a class of losses, too.  A loss that ``but`` names is given something else than the output.  Where
    it ``routes``, keywords that begin with the loss's name and two underscores are for the loss.
    """

    name: str
    model: Parameter
    loss: Parameter
    but: tuple[str, ...] = ()
    source: str = ""
    routes: bool = False
