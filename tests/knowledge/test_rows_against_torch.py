"""Every row of PyTorch against the installed library: its name, its parameters, and the spellings that fold into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.catalogue import Row
from flake8_logits.knowledge.kinds import is_subclass
from flake8_logits.knowledge.methods import (
    GIVES_PARTS,
    MODULE_ITSELF,
    PARTING,
    REWRITTEN,
    SETS_MODE,
    WRAPPED,
    like_function,
)
from flake8_logits.knowledge.parts import PARTS
from flake8_logits.knowledge.rows import Form, Keeps, Layer, Loss, Merges, Operation, Parameter
from flake8_logits.knowledge.spellings import NAMES
from flake8_logits.knowledge.torch_wrappers import CALLED_WITH_WEIGHTS, TORCH_COPIES, TORCH_WRAPPERS
from tests.knowledge.signatures import parameters, signature_of

Resolve = Callable[[str], Any]

ROWS = tuple(row for row in catalogue.rows() if row.name.startswith("torch."))
NO_LONGER_THERE = re.compile(r"torch\.row_stack")
"""Names that the installed PyTorch warns of or has dropped."""


def _id(row: Row) -> str:
    return row.name


def _parameters(row: Row) -> Iterator[tuple[str, Parameter]]:
    for method, parameter in parameters(row):
        # A module is called by its forward.
        yield "forward" if method == "__call__" else method, parameter
    if isinstance(row, (Layer, Operation)) and isinstance(row.effect, (Keeps, Merges)) and row.effect.along is not None:
        yield "__init__", row.effect.along.parameter


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_name_exists(row: Row, torch_thing: Resolve) -> None:
    assert callable(torch_thing(row.name))


@pytest.mark.parametrize("row", [row for row in ROWS if any(_parameters(row))], ids=_id)
def test_parameters_stand_where_the_row_says(row: Row, torch_thing: Resolve) -> None:
    thing = torch_thing(row.name)
    for method, parameter in _parameters(row):
        try:
            signature = signature_of(thing, method)
        except ValueError:
            # A compiled function, which tells of its parameters in its docstring alone.
            assert parameter.name in thing.__doc__
            return
        if parameter.index is None or _is_open(signature):
            continue
        found = signature[parameter.index]
        assert found.name in (parameter.name, *parameter.aliases)
        assert found.kind in (found.POSITIONAL_OR_KEYWORD, found.POSITIONAL_ONLY)
        default = None if found.default is found.empty else found.default
        assert default == parameter.default
        assert type(default) is type(parameter.default)


def _is_open(signature: list[Any]) -> bool:
    """Whether a function takes whatever it is given, and decides by that which one of several it is."""
    return signature[0].kind is signature[0].VAR_POSITIONAL


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Loss)], ids=_id)
def test_a_loss_without_a_switch_has_none(row: Loss, torch_thing: Resolve) -> None:
    names = {parameter.name for parameter in signature_of(torch_thing(row.name), "__init__")}
    assert row.switch is None
    assert not names & {"from_logits", "logits", "sigmoid", "softmax", "activation"}


SPELLINGS = [(spelt, name) for spelt, name in NAMES.items() if spelt.startswith("torch.")]


@pytest.mark.parametrize(("spelt", "name"), SPELLINGS, ids=[spelt for spelt, _ in SPELLINGS])
def test_a_spelling_is_another_name_of_the_same_thing(spelt: str, name: str, torch_thing: Resolve) -> None:
    there = torch_thing(spelt)
    if there is None:
        assert NO_LONGER_THERE.fullmatch(spelt)
        return
    assert callable(there)
    ends = {found.rpartition(".")[2].rstrip("_") for found in (spelt, name)}
    assert len(ends) == 1 or ends in SYNONYMS


SYNONYMS = [
    {"clip", "clamp"},
    {"concat", "cat"},
    {"concatenate", "cat"},
    {"expit", "sigmoid"},
    {"moveaxis", "movedim"},
    {"ravel", "flatten"},
    {"row_stack", "vstack"},
    {"swapdims", "swapaxes"},
    {"upsample", "interpolate"},
    {"upsample_bilinear", "interpolate"},
    {"upsample_nearest", "interpolate"},
    {"NLLLoss2d", "NLLLoss"},
]


@pytest.mark.parametrize("method", sorted(MODULE_ITSELF | SETS_MODE))
def test_a_method_gives_the_module_itself(method: str, torch: Any) -> None:
    module = torch.nn.Linear(2, 3)
    given = {"apply": (lambda part: None,), "type": (torch.float32,), "to_empty": (), "to": ("cpu",)}
    keywords = {"device": "cpu"} if method == "to_empty" else {}
    if method in ("cuda", "xpu", "ipu"):
        # Without such a device the call fails; what it gives is annotated.
        assert "Self" in str(getattr(torch.nn.Module, method).__annotations__["return"])
        return
    assert getattr(module, method)(*given.get(method, ()), **keywords) is module


@pytest.mark.parametrize("name", [name for name in TORCH_WRAPPERS | TORCH_COPIES if name.startswith("torch.")])
def test_what_wraps_a_module_takes_it_there(name: str, torch_thing: Resolve) -> None:
    parameter = (TORCH_WRAPPERS | TORCH_COPIES)[name]
    found = signature_of(torch_thing(name), "__init__")[parameter.index or 0]
    assert found.name in (parameter.name, *parameter.aliases)


@pytest.mark.parametrize("name", TORCH_COPIES)
def test_what_copies_a_module_calls_the_copy(name: str, torch: Any, torch_thing: Resolve) -> None:
    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Softmax(1))
    copied = torch_thing(name)(module)
    before = copied(torch.ones(1, 2))
    with torch.no_grad():
        module[0].bias[0] += 5
    assert torch.equal(copied(torch.ones(1, 2)), before) and not torch.equal(module(torch.ones(1, 2)), before)


@pytest.mark.parametrize("name", CALLED_WITH_WEIGHTS)
def test_what_is_called_with_weights_is_given_the_call(name: str, torch: Any, torch_thing: Resolve) -> None:
    module = torch.nn.Softmax(1)
    call = torch_thing(name)
    module_given, _, args, kwargs = (one.name for one in signature_of(call, "__call__")[:4])
    assert (module_given, args, kwargs) == ("module", "args", "kwargs")
    rows = torch.randn(4, 3)
    assert torch.equal(call(module, {}, (rows,)), module(rows)) and torch.equal(call(module, {}, rows), module(rows))


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Loss) and row.form is Form.CLASS], ids=_id)
def test_the_twins_of_a_loss_are_losses_beside_it(row: Loss, torch_thing: Resolve) -> None:
    for _, name in row.twins:
        assert issubclass(torch_thing(f"torch.nn.{name}"), torch_thing("torch.nn.Module"))


@pytest.mark.parametrize("name", [name for name in PARTS if name.startswith("torch.")])
def test_what_cuts_a_tensor_cuts_it_along_the_samples(name: str, torch: Any, torch_thing: Resolve) -> None:
    axis = PARTS[name]
    sizes = () if axis.index == 1 else (2,)
    tensor = torch.zeros(2, 4)
    along_samples = torch_thing(name)(tensor, *sizes)
    assert len(along_samples[0].shape) == (1 if axis.index == 1 else 2)
    assert along_samples[0].shape[-1] == 4
    along_classes = torch_thing(name)(tensor, *sizes, 1), torch_thing(name)(tensor, *sizes, **{axis.name: 1})
    assert all(parts[0].shape[0] == 2 and parts[0].shape[-1] == 2 for parts in along_classes)


def test_methods_that_cut_a_tensor_are_such_functions() -> None:
    assert {like_function(method) for method in PARTING} <= set(PARTS)


def test_classes_of_modules_derive_from_each_other_as_is_said(torch: Any) -> None:
    found = {
        name: cls
        for name, cls in vars(torch.nn).items()
        if isinstance(cls, type) and issubclass(cls, torch.nn.Module) and cls.__name__ == name
    }
    for name, cls in found.items():
        for other, base in found.items():
            assert is_subclass(f"torch.nn.{name}", f"torch.nn.{other}") is issubclass(cls, base), (name, other)


@pytest.mark.parametrize("name", GIVES_PARTS)
def test_a_method_gives_the_parts_of_a_module(name: str, torch: Any) -> None:
    inner = torch.nn.Sequential(torch.nn.ReLU())
    module = torch.nn.Sequential(inner, torch.nn.Softmax(1))
    deep, with_names = GIVES_PARTS[name]
    parts = list(getattr(module, name)())
    shallow = [("0", inner), ("1", module[1])]
    expected = [("", module), ("0", inner), ("0.0", inner[0]), ("1", module[1])] if deep else shallow
    assert parts == (expected if with_names else [part for _, part in expected])


def test_wrapped_modules_stand_under_these_names(torch: Any) -> None:
    module = torch.nn.Linear(2, 3)
    assert torch.nn.DataParallel(module).module is module and torch.compile(module)._orig_mod is module
    assert {"module", "_orig_mod"} == WRAPPED
    assert callable(getattr(torch.fx.symbolic_trace(module), REWRITTEN))
