"""What the rows say of PyTorch's modules, functions and losses, held against the numbers that the library computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.domain.scales import Scale
from flake8_logits.knowledge import arrays, catalogue
from flake8_logits.knowledge.methods import STILL_TENSORS, like_function
from flake8_logits.knowledge.rows import (
    Activates,
    Activation,
    Form,
    Gives,
    Keeps,
    LastAxis,
    Layer,
    Loss,
    Maps,
    Merges,
    Module,
    Operation,
    Sampler,
    Weighted,
)
from flake8_logits.knowledge.traits import SUM_KEEPS_PLACE, SUMMED_ALONG, along_classes

Resolve = Callable[[str], Any]

ROWS = tuple(row for row in catalogue.rows() if row.name.startswith("torch."))
CLASSES = 4
MATRIX = (5, CLASSES)
SHAPES = {"1d": (2, 6, CLASSES), "2d": (2, 6, 6, CLASSES), "3d": (2, 6, 6, 6, CLASSES)}
OTHER_SHAPES = {
    "InstanceNorm": SHAPES["1d"],
    "Upsample": SHAPES["2d"],
    "channelshuffle": SHAPES["2d"],
    "instance_norm": SHAPES["1d"],
    "interpolate": SHAPES["2d"],
    "pixel_shuffle": SHAPES["2d"],
    "pixel_unshuffle": SHAPES["2d"],
    "pixelshuffle": SHAPES["2d"],
    "pixelunshuffle": SHAPES["2d"],
}
SHIFTING = ("norm", "linear")
"""They scale and shift by what they are given: of any real number nothing is left to check."""

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "Bilinear": (CLASSES, CLASSES, 3),
    "ChannelShuffle": (2,),
    "Embedding": (800, 3),
    "EmbeddingBag": (800, 3),
    "GroupNorm": (2, CLASSES),
    "LayerNorm": (CLASSES,),
    "LazyLinear": (3,),
    "Linear": (CLASSES, 3),
    "LocalResponseNorm": (2,),
    "PixelShuffle": (2,),
    "PixelUnshuffle": (2,),
    "RMSNorm": (CLASSES,),
    "SyncBatchNorm": (CLASSES,),
    "Threshold": (0.1, 20),
    "Unflatten": (0, (1, 5)),
    "Upsample": (None, 2, "bilinear"),
    "UpsamplingBilinear2d": (None, 2),
    "UpsamplingNearest2d": (None, 2),
    "amax": (0,),
    "amin": (0,),
    "broadcast_to": ((3, *MATRIX),),
    "clamp": (1e-7, 1 - 1e-7),
    "flatten": (1,),
    "flip": ((0,),),
    "interpolate": (None, 2, "bilinear"),
    "logit": (),
    "mean": (0,),
    "movedim": (0, 1),
    "narrow": (1, 0, 2),
    "pad": ((1, 1),),
    "permute": ((1, 0),),
    "pixel_shuffle": (2,),
    "pixel_unshuffle": (2,),
    "repeat_interleave": (2,),
    "reshape": ((-1, CLASSES),),
    "roll": (1, 0),
    "select": (1, 0),
    "sum": (0,),
    "swapaxes": (0, 1),
    "threshold": (0.1, 20),
    "tile": ((2, 2),),
    "transpose": (0, 1),
    "unflatten": (0, (1, 5)),
    "unsqueeze": (0,),
    **{f"Conv{way}{size}": (CLASSES, 3, 2) for way in ("", "Transpose") for size in SHAPES},
    **{f"LazyConv{way}{size}": (3, 2) for way in ("", "Transpose") for size in SHAPES},
    **{f"{lazy}{norm}{size}": () for lazy in ("Lazy",) for norm in ("BatchNorm", "InstanceNorm") for size in SHAPES},
    **{f"{norm}{size}": (CLASSES,) for norm in ("BatchNorm", "InstanceNorm") for size in SHAPES},
    **{
        f"{name}{size}": (2,)
        for name in ("AvgPool", "MaxPool", "AdaptiveAvgPool", "AdaptiveMaxPool")
        for size in SHAPES
    },
    **{f"{name}{size}": (2,) for name in ("avg_pool", "max_pool") for size in SHAPES},
    **{f"adaptive_{name}_pool{size}": (2,) for name in ("avg", "max") for size in SHAPES},
    **{f"{name}Pad{size}": (1,) for name in ("Reflection", "Replication", "Circular", "Zero") for size in SHAPES},
}
TURNED = ("permute", "transpose", "swapaxes", "movedim", "t")
"""Of a matrix they make one whose classes stand along the other axis."""


def _id(row: Any) -> str:
    return str(row.name)


def _short(row: Layer | Operation) -> str:
    return row.name.rpartition(".")[2]


def _with(kind: type, *effects: type) -> list[Any]:
    return [row for row in ROWS if isinstance(row, kind) and isinstance(getattr(row, "effect", None), effects)]


def _shape(row: Layer | Operation) -> tuple[int, ...]:
    short = _short(row)
    for end, shape in OTHER_SHAPES.items():
        if short.lower() == end.lower():
            return shape
    return next((shape for size, shape in SHAPES.items() if short.endswith(size)), MATRIX)


def _activation(row: Layer | Operation) -> Activation:
    assert isinstance(row.effect, Activates)
    activation = catalogue.lookup(row.effect.activation or "")
    assert isinstance(activation, Activation)
    return activation


def _tensor(torch: Any, numbers: Any) -> Any:
    """A tensor whose classes stand along axis 1, where PyTorch looks for them."""
    return torch.tensor(numbers).movedim(-1, 1)


def _numbers(tensor: Any, classes: int = 1) -> Any:
    """Numbers whose classes stand along the last axis."""
    return tensor.detach().movedim(classes, -1).numpy()


def _logits(row: Layer | Operation, torch: Any, meaning: Any, *shape: int) -> Any:
    """Numbers wide enough for what makes small ones of those below zero."""
    return _tensor(torch, meaning.logits(*shape, spread=500.0 if _activation(row).scale is Scale.LOGITS else 5.0))


def _axis(row: Layer | Operation) -> dict[str, int]:
    """The axis, for what must be told of one."""
    return {"dim": 1} if isinstance(row.effect, Activates) and row.effect.axis is not None else {}


@pytest.mark.parametrize("row", _with(Module, Weighted), ids=_id)
def test_a_layer_with_weights_gives_any_number(row: Module, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    layer = torch_thing(row.name)(*ARGUMENTS[_short(row)])
    inputs = _tensor(torch, meaning.logits(*_shape(row), spread=20.0))
    if "Embedding" in row.name:
        outputs = layer(torch.arange(800).reshape(800, 1))
    else:
        outputs = layer(*([inputs] * (2 if _short(row) == "Bilinear" else 1)))
    assert meaning.is_just(Scale.LOGITS, outputs.detach().numpy())
    assert outputs.shape[-1 if outputs.ndim == 3 and "Embedding" in row.name else 1] == 3


@pytest.mark.parametrize("row", [row for row in _with(Module, Activates) if _activation(row).scale], ids=_id)
def test_an_activating_module_gives_its_scale(row: Module, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    shape = (50, 6, 6, CLASSES) if _short(row) == "Softmax2d" else (50, CLASSES)
    outputs = torch_thing(row.name)(**_axis(row))(_logits(row, torch, meaning, *shape))
    assert meaning.is_just(_activation(row).scale, _numbers(outputs))


FIXED: dict[str, Callable[[Any], tuple[Any, ...]]] = {"prelu": lambda torch: (torch.tensor([0.25]),)}


@pytest.mark.parametrize("row", [row for row in _with(Operation, Activates) if _activation(row).scale], ids=_id)
def test_an_activating_function_gives_its_scale(row: Operation, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    given = FIXED[_short(row)](torch) if _short(row) in FIXED else ()
    outputs = torch_thing(row.name)(_logits(row, torch, meaning, 50, CLASSES), *given, **_axis(row))
    assert meaning.is_just(_activation(row).scale, _numbers(outputs))


@pytest.mark.parametrize("kind", ["Softmax", "LogSoftmax"])
def test_a_matrix_without_an_axis_is_normalised_over_its_classes(kind: str, torch: Any, meaning: Any) -> None:
    inputs = torch.tensor(meaning.logits(*MATRIX))
    with pytest.warns(UserWarning, match="Implicit dimension"):
        without = getattr(torch.nn, kind)()(inputs)
    assert torch.equal(without, getattr(torch.nn, kind)(dim=1)(inputs))


def _keeping(kind: type) -> list[Any]:
    return [row for row in _with(kind, Keeps) if not any(word in row.name.lower() for word in SHIFTING)]


@pytest.mark.parametrize("row", [row for row in _keeping(Module) if not _short(row).startswith("Lazy")], ids=_id)
def test_a_module_keeps_its_scales(row: Module, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    assert isinstance(row.effect, Keeps)
    module = torch_thing(row.name)(*ARGUMENTS.get(_short(row), ())).eval()
    for scale in row.effect.scales:
        outputs = module(_tensor(torch, meaning.sample(scale, *_shape(row))))
        classes = 2 if _short(row) == "Unflatten" else 1
        assert meaning.holds(scale, _numbers(outputs, classes)), scale
        if row.effect.last is LastAxis.STAYS:
            assert outputs.shape[1] == CLASSES


def _more(row: Operation, torch: Any) -> tuple[Any, ...]:
    """Arguments that are tensors."""
    first = torch.zeros((1, CLASSES), dtype=torch.int64)
    return {
        "gather": (0, first),
        "index_select": (0, torch.tensor([1, 0])),
        "masked_select": (torch.tensor([[True, False, True, True]]),),
        "take_along_dim": (first, 0),
    }.get(_short(row), ())


CALLABLE_ALONE = [row for row in _keeping(Operation) if "embedding" not in row.name]


@pytest.mark.parametrize("row", CALLABLE_ALONE, ids=_id)
def test_a_function_keeps_its_scales(row: Operation, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    assert isinstance(row.effect, Keeps)
    given = {"training": False} if "dropout" in row.name else {}
    arguments = (*ARGUMENTS.get(_short(row), ()), *_more(row, torch))
    for scale in row.effect.scales:
        numbers = _tensor(torch, meaning.sample(scale, *_shape(row)))
        if row.tensor is not None and row.tensor.name == "ndarray":
            numbers = numbers.numpy()
        outputs = torch_thing(row.name)(numbers, *arguments, **given)
        classes = {"unsqueeze": 2, "unflatten": 2}.get(
            _short(row), 0 if _short(row) in TURNED or outputs.ndim == 1 else 1
        )
        assert meaning.holds(scale, _numbers(outputs, classes)), scale
        if row.effect.last is LastAxis.STAYS:
            assert outputs.shape[1] == CLASSES


@pytest.mark.parametrize("row", _with(Operation, Maps), ids=_id)
def test_a_function_turns_one_scale_into_another(
    row: Operation, torch: Any, meaning: Any, torch_thing: Resolve
) -> None:
    assert isinstance(row.effect, Maps)
    for before, after in row.effect.pairs:
        outputs = torch_thing(row.name)(_tensor(torch, meaning.sample(before, *MATRIX)))
        assert meaning.holds(after, _numbers(outputs)), (before, after)


@pytest.mark.parametrize("row", _with(Operation, Merges), ids=_id)
def test_merging_keeps_its_scales(row: Operation, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    assert isinstance(row.effect, Merges)
    for scale in row.effect.scales:
        both = [torch.tensor(meaning.sample(scale, 6, CLASSES)[start : start + 5]) for start in (0, 1)]
        assert meaning.holds(scale, torch_thing(row.name)(both).numpy()), scale


def test_what_has_weights_gives_any_number() -> None:
    # Sums of products with learned numbers: nothing of their inputs is left to check.
    assert {row.effect.scale for row in _with(Operation, Gives)} == {Scale.LOGITS}


TURNED_INTO_METHODS = [
    row
    for row in ROWS
    if isinstance(row, Operation)
    and catalogue.canonical(like_function(_short(row))) == row.name
    and not isinstance(row.effect, (Gives, Merges))
]


@pytest.mark.parametrize("row", TURNED_INTO_METHODS, ids=_id)
def test_a_method_does_what_its_function_does(row: Operation, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    method = getattr(torch.Tensor, _short(row), None)
    if method is None:
        # PyTorch has the function alone, and a program that calls such a method does not run.
        return
    numbers = torch.tensor(meaning.sample(Scale.SIGMOID, *MATRIX))
    given = (*ARGUMENTS.get(_short(row), ()), *_more(row, torch), *FIXED.get(_short(row), _nothing)(torch))
    assert torch.equal(method(numbers, *given, **_axis(row)), torch_thing(row.name)(numbers, *given, **_axis(row)))


def _nothing(torch: Any) -> tuple[Any, ...]:
    return ()


@pytest.mark.parametrize("method", sorted(STILL_TENSORS - {"cuda"}))
def test_a_method_leaves_the_numbers_alone(method: str, torch: Any, meaning: Any) -> None:
    numbers = torch.tensor(meaning.sample(Scale.SIGMOID, *MATRIX))
    given = {"to": ("cpu",), "type": (torch.float32,), "type_as": (numbers,)}.get(method, ())
    assert torch.allclose(getattr(numbers.clone(), method)(*given).float(), numbers, atol=1e-3)


LOSSES = tuple(row for row in ROWS if isinstance(row, Loss))


def _targets(row: Loss, torch: Any) -> Any:
    short, classes = row.short.lower().replace("_", ""), torch.tensor([0, 1, 2, 3, 0])
    if "multilabelmargin" in short:
        return torch.tensor([[3, -1, -1, -1]] * 5)
    if short in ("crossentropyloss", "crossentropy", "nllloss", "multimarginloss"):
        return classes
    one_hot = torch.nn.functional.one_hot(classes, CLASSES).float()
    return 2 * one_hot - 1 if short in ("softmarginloss", "hingeembeddingloss") else one_hot


def _compute(row: Loss, torch: Any, torch_thing: Resolve, outputs: Any, *more: Any) -> float:
    thing = torch_thing(row.name)
    # The keywords are those of the row, so they are held against the library as well.
    given = {row.prediction.name: outputs, row.target.name: _targets(row, torch)}
    if row.form is Form.CLASS:
        found = thing()(*(outputs, given[row.target.name], *more)) if more else thing()(**given)
    else:
        found = thing(outputs, given[row.target.name], *more) if more else thing(**given)
    return float(found)


def _by_hand(row: Loss, torch: Any, logits: Any) -> float:
    """The cross-entropy that a row's loss ought to be, from the logits."""
    one_hot = torch.nn.functional.one_hot(torch.tensor([0, 1, 2, 3, 0]), CLASSES).float()
    if row.contract.family is Family.CATEGORICAL:
        return float(-(torch.log_softmax(logits, 1) * one_hot).sum(1).mean())
    chances = torch.sigmoid(logits)
    return float(-(one_hot * chances.log() + (1 - one_hot) * (1 - chances).log()).mean())


ACTIVATE: dict[Scale, Callable[[Any, Any], Any]] = {
    Scale.LOGITS: lambda torch, logits: logits,
    Scale.SIGMOID: lambda torch, logits: logits.sigmoid(),
    Scale.SOFTMAX: lambda torch, logits: logits.softmax(1),
    Scale.LOG_SOFTMAX: lambda torch, logits: logits.log_softmax(1),
}


def _expected(row: Loss) -> Scale:
    """The scale that a loss of PyTorch reads."""
    match row.contract.expects:
        case Expects.PROBABILITIES:
            return Scale.SIGMOID
        case Expects.LOG_PROBABILITIES:
            return Scale.LOG_SOFTMAX
    return Scale.LOGITS


CROSS_ENTROPIES = [
    row
    for row in LOSSES
    if row.contract.expects is not Expects.SCORES and not row.short.lower().startswith(("ctc", "kl"))
]


@pytest.mark.parametrize("row", CROSS_ENTROPIES, ids=_id)
def test_a_loss_is_the_cross_entropy_of_what_it_expects(
    row: Loss, torch: Any, meaning: Any, torch_thing: Resolve
) -> None:
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    found = _compute(row, torch, torch_thing, ACTIVATE[_expected(row)](torch, logits))
    assert found == pytest.approx(_by_hand(row, torch, logits), rel=1e-4)
    for scale, activate in ACTIVATE.items():
        if row.contract.judge(scale, None).name == "AGREES" or (row.refuses and scale not in (Scale.SOFTMAX,)):
            continue
        assert _compute(row, torch, torch_thing, activate(torch, logits)) != pytest.approx(found, rel=1e-3), scale


@pytest.mark.parametrize("row", [row for row in LOSSES if row.refuses], ids=_id)
def test_a_loss_refuses_what_cannot_be_a_probability(row: Loss, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    for outputs in (logits, logits.log_softmax(1)):
        with pytest.raises(RuntimeError, match="between 0 and 1"):
            _compute(row, torch, torch_thing, outputs)


def test_cross_entropy_of_log_probabilities_is_that_of_logits(torch: Any, meaning: Any) -> None:
    logits, classes = torch.tensor(meaning.logits(5, CLASSES, spread=2.0)), torch.tensor([0, 1, 2, 3, 0])
    loss = torch.nn.CrossEntropyLoss()
    assert float(loss(logits.log_softmax(1), classes)) == pytest.approx(float(loss(logits, classes)), rel=1e-6)


@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides:UserWarning")
@pytest.mark.parametrize("row", [row for row in LOSSES if row.short in ("KLDivLoss", "kl_div")], ids=_id)
def test_a_divergence_takes_logarithms_and_is_never_negative(
    row: Loss, torch: Any, meaning: Any, torch_thing: Resolve
) -> None:
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    assert _compute(row, torch, torch_thing, logits.log_softmax(1)) >= 0
    assert _compute(row, torch, torch_thing, logits.softmax(1)) < 0


@pytest.mark.parametrize("row", [row for row in LOSSES if row.short in ("CTCLoss", "ctc_loss")], ids=_id)
def test_ctc_takes_logarithms_and_is_never_negative(row: Loss, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    logits = torch.tensor(meaning.logits(6, 2, CLASSES, spread=2.0))
    targets, lengths = torch.tensor([[1, 2], [2, 1]]), (torch.tensor([6, 6]), torch.tensor([2, 2]))
    apply = torch_thing(row.name)() if row.form is Form.CLASS else torch_thing(row.name)
    named = {row.prediction.name: logits.log_softmax(2), row.target.name: targets}
    assert float(apply(**named, input_lengths=lengths[0], target_lengths=lengths[1])) >= 0
    assert float(apply(logits.softmax(2), targets, *lengths)) < 0


@pytest.mark.parametrize("row", [row for row in LOSSES if row.contract.expects is Expects.SCORES], ids=_id)
def test_a_loss_of_scores_takes_any_number(row: Loss, torch: Any, meaning: Any, torch_thing: Resolve) -> None:
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    more = (torch.ones(5, CLASSES),) if "gaussian" in row.name.lower() else ()
    assert np.isfinite(_compute(row, torch, torch_thing, logits, *more))


@pytest.mark.parametrize(
    ("row", "scale", "twin"),
    [(row, scale, twin) for row in LOSSES for scale, twin in row.twins],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "name", None),
)
def test_a_twin_takes_the_other_scale_for_the_same_loss(
    row: Loss, scale: Scale, twin: str, torch: Any, meaning: Any, torch_thing: Resolve
) -> None:
    module = row.name.rpartition(".")[0]
    other = catalogue.lookup(f"{module}.{twin}")
    assert isinstance(other, Loss) and other.form is row.form
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    found = _compute(other, torch, torch_thing, ACTIVATE[scale](torch, logits))
    same = other if row.contract.family is not other.contract.family else row
    assert found == pytest.approx(
        _compute(same, torch, torch_thing, ACTIVATE[_expected(same)](torch, logits)), rel=1e-4
    )


SAMPLERS = [row for row in ROWS if isinstance(row, Sampler) and row.name.startswith("torch.distributions.")]
BEFORE = {
    "Binomial": 3,
    "Multinomial": 3,
    "NegativeBinomial": 3,
    "RelaxedBernoulli": 0.5,
    "RelaxedOneHotCategorical": 0.5,
}


@pytest.mark.parametrize("row", SAMPLERS, ids=_id)
def test_a_distribution_takes_probabilities_by_place_and_logits_by_name(
    row: Sampler, torch: Any, meaning: Any, torch_thing: Resolve
) -> None:
    logits = torch.tensor(meaning.logits(5, CLASSES, spread=2.0))
    make, short = torch_thing(row.name), row.name.rpartition(".")[2]
    before = (torch.tensor(BEFORE[short]) if short.startswith("Relaxed") else BEFORE[short],) if short in BEFORE else ()
    over_classes = "Categorical" in short or short == "Multinomial"
    chances = logits.softmax(1) if over_classes else logits.sigmoid()
    assert torch.allclose(make(*before, chances).probs, make(*before, logits=logits).probs, atol=1e-4)


def test_multinomial_takes_probabilities(torch: Any) -> None:
    assert int(torch.multinomial(torch.tensor([0.0, 1.0]), 1)) == 1
    with pytest.raises(RuntimeError):
        torch.multinomial(torch.tensor([-1.0, 1.0]), 1)


def test_gumbel_softmax_takes_logits(torch: Any) -> None:
    logits = torch.tensor([[0.0, 8.0]]).repeat(500, 1)
    sure = torch.nn.functional.gumbel_softmax(logits, hard=True)[:, 1].mean()
    flat = torch.nn.functional.gumbel_softmax(logits.softmax(1), hard=True)[:, 1].mean()
    assert sure > 0.98 > flat


def test_what_exchanges_tensors_writes_both(torch: Any, torch_thing: Resolve) -> None:
    name = "torch.utils.swap_tensors"
    one, other = torch.zeros(2), torch.ones(2)
    torch_thing(name)(one, other)
    assert arrays.writes_all(name) and one.tolist() == [1, 1] and other.tolist() == [0, 0]


def test_a_sum_is_told_its_axis_and_to_keep_a_place_by_these_names(torch: Any) -> None:
    rows = torch.ones(2, 3)
    named = {"dim": -1, "keepdim": True}
    assert named.keys() <= {*SUMMED_ALONG, *SUM_KEEPS_PLACE} and along_classes("numpy.sum", named) == {1, -1}
    assert rows.sum(**named).shape == torch.sum(rows, 1, True).shape == np.sum(rows.numpy(), -1, keepdims=True).shape
