"""Every row for JAX against the installed libraries: its name, its parameters, and the spellings that fold into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.catalogue import Row
from flake8_logits.knowledge.jax_control_flow import BRANCHES, EACH, LOOPS, SCANS, SHAPES
from flake8_logits.knowledge.jax_transforms import (
    APPLY,
    GRADIENTS,
    JAX_WRAPPERS,
    LISTED_PARTS,
    MODULE_AGAIN,
    MODULE_WEIGHTS,
    PARTED,
    PURE,
    STATE_AGAIN,
    TRAIN_STATES,
    VALUES_AND_GRADIENTS,
    WALKERS,
    WALKS_PARTS,
    WITH_STATE,
    WITHOUT_RANDOM_KEY,
)
from flake8_logits.knowledge.kinds import takes_a_list
from flake8_logits.knowledge.parts import PARTS
from flake8_logits.knowledge.rows import Application, Keeps, Layer, Loss, Merges, Operation, Parameter
from flake8_logits.knowledge.spellings import NAMES
from tests.knowledge.signatures import parameters, signature_of

Resolve = Callable[[str], Any]

ROOTS = ("distrax.", "equinox.", "flax.", "haiku.", "jax.", "optax.")
ROWS = tuple(row for row in catalogue.rows() if row.name.startswith(ROOTS))
NO_LONGER_THERE = re.compile(r"jax\.device_put_replicated|flax\.linen\.ConvLocal")
"""Names that some installed version has dropped or never had."""
ANY_ARGUMENTS = re.compile(r"equinox\.combine")
"""What takes any number of models."""


def _id(row: Row) -> str:
    return row.name


def _parameters(row: Row) -> Iterator[Parameter]:
    yield from (parameter for _, parameter in parameters(row))
    if isinstance(row, (Layer, Operation)) and isinstance(row.effect, (Keeps, Merges)) and row.effect.along is not None:
        yield row.effect.along.parameter


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_name_exists(row: Row, jax_thing: Resolve) -> None:
    assert callable(jax_thing(row.name)) or NO_LONGER_THERE.fullmatch(row.name)


@pytest.mark.parametrize("row", [row for row in ROWS if any(_parameters(row))], ids=_id)
def test_parameters_stand_where_the_row_says(row: Row, jax_thing: Resolve) -> None:
    signature = signature_of(jax_thing(row.name), "__init__")
    for parameter in _parameters(row):
        if parameter.index is None:
            (found,) = [one for one in signature if one.name == parameter.name]
            assert found.kind is found.KEYWORD_ONLY
        else:
            found = signature[parameter.index]
            assert found.name in (parameter.name, *parameter.aliases)
            assert found.kind in (found.POSITIONAL_OR_KEYWORD, found.POSITIONAL_ONLY)
        default = None if found.default is found.empty or callable(found.default) else found.default
        # What a draw takes for granted says nothing of what it is given.
        assert default == parameter.default or isinstance(default, float)


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Loss)], ids=_id)
def test_a_loss_has_the_switch_that_its_row_names(row: Loss, jax_thing: Resolve) -> None:
    names = {parameter.name for parameter in signature_of(jax_thing(row.name), "__call__")}
    assert {name for name in names if name.startswith("apply_")} == ({row.switch.name} if row.switch else set())


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Application)], ids=_id)
def test_a_classifier_is_told_the_number_of_classes(row: Application, jax_thing: Resolve) -> None:
    assert "num_classes" in {parameter.name for parameter in signature_of(jax_thing(row.name), "__init__")}


SPELLINGS = [(spelt, name) for spelt, name in NAMES.items() if spelt.startswith(ROOTS)]


@pytest.mark.parametrize(("spelt", "name"), SPELLINGS, ids=[spelt for spelt, _ in SPELLINGS])
def test_a_spelling_is_another_name_of_the_same_thing(spelt: str, name: str, jax_thing: Resolve) -> None:
    there, here = jax_thing(spelt), jax_thing(name)
    assert callable(here)
    assert there is here or signature_of(there, "__call__")[0].name in FIRST


FIRST = ("a", "arr", "arrays", "inputs", "log_predictions", "logits", "predictions", "predictor_outputs", "x")
"""How functions name the array that they are given, where one calls another of the same meaning."""

TABLES = {**JAX_WRAPPERS, **PARTED, **GRADIENTS, **VALUES_AND_GRADIENTS}


@pytest.mark.parametrize("name", TABLES)
def test_what_makes_a_function_takes_it_there(name: str, jax_thing: Resolve) -> None:
    thing = jax_thing(name)
    if thing is None:
        assert NO_LONGER_THERE.fullmatch(name)
        return
    parameter = TABLES[name]
    found = signature_of(thing, "__call__")[parameter.index or 0]
    assert found.name in (parameter.name, *parameter.aliases)
    assert (found.kind is found.VAR_POSITIONAL) == bool(ANY_ARGUMENTS.fullmatch(name))


def _names(thing: Any) -> list[str]:
    return [parameter.name for parameter in signature_of(thing, "__call__")]


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_takes_its_body_there(name: str, jax_thing: Resolve) -> None:
    body, spelt, init, _ = LOOPS[name]
    names = _names(jax_thing(name))
    assert (names[body], names[init]) == (spelt, "init_val")


def test_what_runs_functions_takes_them_first(jax_thing: Resolve) -> None:
    assert all(_names(jax_thing(name))[:2] == ["f", "init"] for name in SCANS)
    assert all(_names(jax_thing(name))[1:4] == ["true_fun", "false_fun", "operands"] for name in BRANCHES)
    assert all(_names(jax_thing(name))[0] == "f" for name in EACH)
    assert all(_names(jax_thing(name))[0] == "fun" for name in SHAPES)


@pytest.mark.parametrize("name", [name for name in PARTS if name.startswith("jax.")])
def test_what_cuts_an_array_takes_its_axis_there(name: str, jax_thing: Resolve) -> None:
    axis = PARTS[name]
    found = signature_of(jax_thing(name), "__call__")[axis.index or 0]
    assert (found.name, found.default) == (axis.name, axis.default)


@pytest.mark.parametrize("name", [*PURE, WITHOUT_RANDOM_KEY])
def test_what_makes_a_pure_function_takes_one(name: str, jax_thing: Resolve) -> None:
    assert signature_of(jax_thing(name), "__call__")[0].name == "f"


def test_other_names_exist(jax_thing: Resolve) -> None:
    module, (state,) = jax_thing("flax.linen.Module"), TRAIN_STATES
    assert all(callable(getattr(module, name)) for name in (APPLY, MODULE_WEIGHTS, *MODULE_AGAIN - {"copy"}))
    assert all(callable(getattr(jax_thing(state), name)) for name in ("create", *STATE_AGAIN))
    assert callable(jax_thing(WITH_STATE))


@pytest.mark.parametrize("name", ["flax.linen.Sequential", "equinox.nn.Sequential", "haiku.Sequential"])
def test_a_chain_takes_a_list(name: str, jax_thing: Resolve) -> None:
    assert takes_a_list(name)
    assert signature_of(jax_thing(name), "__init__")[0].name == "layers"


def test_a_chain_of_nnx_takes_its_parts_one_by_one(jax_thing: Resolve) -> None:
    first = signature_of(jax_thing("flax.nnx.Sequential"), "__init__")[0]
    assert takes_a_list("flax.nnx.Sequential") is False
    assert first.kind is first.VAR_POSITIONAL


def test_parts_of_a_chain_stand_where_the_row_says(jax_thing: Resolve) -> None:
    linear = jax_thing("flax.nnx.Linear")(2, 3, rngs=jax_thing("flax.nnx.Rngs")(0))
    chain = jax_thing("flax.nnx.Sequential")(linear, jax_thing("jax.nn.relu"))
    assert getattr(chain, LISTED_PARTS)[0] is linear
    getattr(chain, LISTED_PARTS)[1] = None
    assert getattr(chain, LISTED_PARTS)[1] is None
    fixed = jax_thing("equinox.nn.Sequential")([jax_thing("equinox.nn.Identity")()])
    assert type(getattr(fixed, LISTED_PARTS)) is tuple


def test_what_walks_through_a_module_gives_the_module_itself(jax_thing: Resolve) -> None:
    module = jax_thing("flax.nnx.Sequential")(jax_thing("flax.nnx.Linear")(2, 3, rngs=jax_thing("flax.nnx.Rngs")(0)))
    for name in WALKERS:
        assert any(part is module or part is module.layers for _, part in jax_thing(name)(module))
    assert all(callable(getattr(module, name)) for name in WALKS_PARTS)
