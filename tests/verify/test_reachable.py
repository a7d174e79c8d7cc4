"""From all that is listed, through all that may be asked, nothing leads to a module, a file, a frame or to code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.verify.allowed import Access, access
from tests.verify.walking import is_out

ROOT = Path(__file__).resolve().parents[2]


def test_no_way_leads_to_what_no_program_may_have(tensorflow_installed: None) -> None:
    ways, seen = _walked()
    assert ways == []
    assert seen > 1000


def test_no_way_through_pytorch_leads_there(torch: Any) -> None:
    ways, seen = _walked("torch")
    assert ways == []
    assert seen > 1000


def test_no_way_through_jax_leads_there(jax: Any) -> None:
    ways, seen = _walked("jax")
    assert ways == []
    assert seen > 1000


def test_what_makes_objects_of_configurations_is_closed_or_known(tensorflow_installed: None) -> None:
    left, seen = _walked(walk="rebuilding")
    assert left == []
    assert seen > 300


def test_what_makes_objects_of_states_in_pytorch_is_known(torch: Any) -> None:
    left, seen = _walked("torch", walk="rebuilding")
    assert left == []
    assert seen > 50


def test_what_makes_objects_of_states_in_jax_is_known(jax: Any) -> None:
    left, seen = _walked("jax", walk="rebuilding")
    assert left == []
    assert seen > 50


def _walked(*options: str, walk: str = "walking") -> tuple[list[str], int]:
    command = [sys.executable, "-m", f"tests.verify.{walk}", *options]
    ways, seen = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout)
    return ways, seen


@pytest.mark.parametrize("value", [sys, eval, open, subprocess.run, type, sys._getframe(), is_out.__code__])
def test_walk_knows_what_no_program_may_have(value: object) -> None:
    assert is_out(value)


@pytest.mark.parametrize(
    "name",
    [
        "numpy.test", "numpy.load", "numpy.lib", "keras.layers.TFSMLayer", "tensorflow.io", "tensorflow.py_function",
        "keras.models.load_model", "keras.utils.get_file", "keras.config.enable_unsafe_deserialization",
        "enum.bltns", "typing.contextlib", "typing.ForwardRef", "typing.get_type_hints", "statistics.random",
        "dataclasses.make_dataclass", "functools.update_wrapper", "operator.attrgetter", "string.Formatter", "os",
        "tensorflow.experimental.ExtensionType", "torch.load", "torch.save", "torch.hub", "torch.jit", "torch.ops",
        "torch.utils.cpp_extension", "torch.nn.ParameterDict", "torch.from_file", "torch.frombuffer", "torch.optim",
        "torch.serialization", "torch.package", "torch.distributed", "torch.Tensor.data_ptr", "torch.Tensor.set_",
        "numpy.a_name_that_nobody_knows",
    ],
)  # fmt: skip
def test_what_is_not_listed_is_refused(name: str) -> None:
    assert access(name) is Access.REFUSED
