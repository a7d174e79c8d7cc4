"""What happens to a program that means harm, even one that is trusted: nothing is lost, and the next one is built."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Limits
from tests.verify.conftest import Settle

HEAD = "import os, socket, subprocess, time\nimport keras\nimport tensorflow as tf\nimport numpy as np\n"
END = (
    "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units)])\n"
    "model.compile('adam', loss='sparse_categorical_crossentropy')\n"
)
WALLED = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these walls are those of Linux")


@pytest.fixture(scope="module")
def trusting(verifier: Verifier) -> Iterator[Verifier]:
    """A verifier that runs whatever the slice holds, with little time and memory."""
    with Verifier(Limits(seconds=20, memory=1 << 30, file_size=1 << 20), trust=True) as made:
        yield made


@WALLED
@pytest.mark.parametrize(
    "evil",
    [
        "os.remove(r'{file}')",
        "open(r'{file}', 'w').write('lost')",
        "os.rename(r'{file}', r'{file}.gone')",
        "os.truncate(r'{file}', 0)",
        "tf.io.write_file(r'{file}', 'lost')",
        "tf.io.gfile.remove(r'{file}')",
        "np.zeros(9).tofile(r'{file}')",
        "os.system('rm {file}')",
        "subprocess.run(['rm', r'{file}'])",
        "os.chmod(r'{file}', 0)",
        "tf.raw_ops.WriteFile(filename=r'{file}', contents='lost')",
    ],
)
def test_no_file_is_touched(settle: Settle, trusting: Verifier, tmp_path: Path, evil: str) -> None:
    file = tmp_path / "precious"
    file.write_text("precious")
    evil = evil.replace("{file}", str(file))
    ((_, found),) = settle(f"{HEAD}units = [{evil}, 10][1]\n{END}", by=trusting)
    assert found.answer is Answer.INCONCLUSIVE
    assert file.read_text() == "precious" and os.access(file, os.W_OK)


@WALLED
def test_network_is_out_of_reach(settle: Settle, trusting: Verifier) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.settimeout(0.2)
        evil = f"units = [socket.create_connection(('127.0.0.1', {port})), 10][1]\n"
        ((_, found),) = settle(HEAD + evil + END, by=trusting)
        assert found.answer is Answer.INCONCLUSIVE and "socket" in found.reason
        with pytest.raises(TimeoutError):
            server.accept()


@WALLED
@pytest.mark.parametrize(
    ("evil", "reason"),
    [
        ("os.fork()", "os.fork"),
        ("np.ones(1 << 34, 'int8').sum()", "memory"),
        # Spelt so that the analysis goes on behind it.
        ("max(v for k, v in vars(os).items() if k == '_exit')(0)", "ended"),
        ("os.kill(os.getpid(), 9)", "os.kill"),
        ("open('large', 'wb').write(b'x' * (8 << 20))", "File too large"),
        ("open(os.path.expanduser('~/.profile'), 'w')", "writing to"),
    ],
)
def test_what_is_tried_is_named_and_costs_that_model_alone(
    settle: Settle, trusting: Verifier, evil: str, reason: str
) -> None:
    ((_, found),) = settle(f"{HEAD}units = [{evil}, 10][1]\n{END}", by=trusting)
    assert found.answer is Answer.INCONCLUSIVE and reason in found.reason, found.reason
    ((_, found),) = settle(f"{HEAD}units = 10\n{END}", by=trusting)
    assert found.answer is Answer.CONFIRMED


@WALLED
def test_loop_without_end_is_ended(settle: Settle, verifier: Verifier) -> None:
    with Verifier(Limits(seconds=3)) as hasty:
        ((_, found),) = settle(f"{HEAD}units = 10\nwhile units:\n    units = 10\n{END}", by=hasty)
        assert found.answer is Answer.INCONCLUSIVE and "3 seconds" in found.reason
        folder = hasty.worker._folder
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)


def test_program_sees_nothing_of_the_environment(
    settle: Settle, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    with Verifier(trust=True) as trusting:
        text = f"{HEAD}units = -1 if 'SECRET' in os.environ else 10\n{END}"
        ((_, found),) = settle(text, by=trusting)
    assert found.answer is Answer.CONFIRMED, found.reason


def test_imports_do_not_try_to_write_bytecode(settle: Settle, trusting: Verifier) -> None:
    ((_, found),) = settle(f"import sys\n{HEAD}units = 5 if sys.dont_write_bytecode else 4\n{END}", by=trusting)
    assert found.measured is not None and found.measured.units == 5, found.reason


def test_broken_child_is_started_anew(settle: Settle, verifier: Verifier) -> None:
    settle(f"{HEAD}units = 10\n{END}")
    process = verifier.worker._process
    assert process is not None
    process.kill()
    process.wait()
    ((_, found),) = settle(f"{HEAD}units = 10\n{END}")
    assert found.answer is Answer.CONFIRMED
