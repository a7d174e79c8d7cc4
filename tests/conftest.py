"""What all tests share: the installed frameworks, and snapshots of the output formats.

A test needs TensorFlow if it asks, itself or through other fixtures, for ``tensorflow`` or ``tensorflow_installed``,
PyTorch if it asks for ``torch``, and the libraries for JAX if it asks for ``jax``.  Such a test is marked, so that
``-m "not tensorflow"`` leaves it out and ``-m torch`` picks it; for every other test, and while tests are collected,
the frameworks cannot be imported, whether they are installed or not.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something of the machine, not of the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SNAPSHOTS = Path(__file__).parent / "snapshots"
Snapshot = Callable[[str, str], None]
JAX_LIBRARIES = ("jax", "optax", "flax", "equinox", "haiku", "distrax")
FRAMEWORKS = ("tensorflow", "keras", "tf_keras", "torch", *JAX_LIBRARIES)
MARKS = {"tensorflow": "tensorflow", "tensorflow_installed": "tensorflow", "torch": "torch", "jax": "jax"}
"""By fixture: the mark of the tests that ask for it."""
T = TypeVar("T")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the snapshots anew; read the difference")


@contextmanager
def without_frameworks() -> Iterator[None]:
    """Within, importing a framework fails as if it were not installed."""
    loaded: dict[str, Any] = {name: sys.modules[name] for name in FRAMEWORKS if name in sys.modules}
    modules: dict[str, Any] = sys.modules
    modules.update(dict.fromkeys(FRAMEWORKS))
    try:
        yield
    finally:
        for name in FRAMEWORKS:
            del modules[name]
        modules.update(loaded)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, T, T]:
    with without_frameworks():
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in {MARKS[name] for name in getattr(item, "fixturenames", ()) if name in MARKS}:
            item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, T, T]:
    if any(item.get_closest_marker(mark) is not None for mark in MARKS.values()):
        return (yield)
    with without_frameworks():
        return (yield)


@pytest.fixture(scope="session")
def tensorflow_installed() -> None:
    """For tests that run TensorFlow in another process; they are skipped where it has no release for this Python."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")


@pytest.fixture(scope="session")
def tensorflow(tensorflow_installed: None) -> Any:
    """The installed TensorFlow, imported once and only for the tests that ask for it."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("tensorflow")


@pytest.fixture(scope="session")
def keras(tensorflow: Any) -> Any:
    """The installed Keras, on TensorFlow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = pytest.importorskip("keras")
    if library.backend.backend() != "tensorflow":
        pytest.skip("the tests speak of Keras on TensorFlow")
    library.utils.set_random_seed(1)
    return library


@pytest.fixture(scope="session")
def torch() -> Any:
    """The installed PyTorch, imported once and only for the tests that ask for it."""
    library = pytest.importorskip("torch")
    library.manual_seed(1)
    return library


@pytest.fixture(scope="session")
def jax() -> Any:
    """The installed JAX, where the libraries that build models and losses with it are installed as well."""
    libraries = [pytest.importorskip(name) for name in JAX_LIBRARIES]  # all of them, or the test is skipped
    return libraries[0]


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Holds a text against the file of that name in tests/snapshots."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"there is no snapshot {name}; look at the text, then run pytest --accept"
        assert text == path.read_text(encoding="utf-8")

    return compare
