"""The command as a process: streams that end or cannot show everything, interruption, what it imports."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flake8_logits import __version__
from tests.frontends.programs import CLASHING

COMMAND = [sys.executable, "-m", "flake8_logits"]
PLAIN = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}


def _train(folder: Path, text: str = CLASHING, name: str = "train.py") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_module_and_script_are_the_same(tmp_path: Path) -> None:
    run = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=True)
    assert run.stdout == f"flake8-logits, version {__version__}\n"


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_reader_that_goes_away(tmp_path: Path, form: str) -> None:
    _train(tmp_path, CLASHING * 200)  # its findings fill more than one buffer
    command = [*COMMAND, "check", "--output-format", form, "train.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_one_line(tmp_path: Path) -> None:
    _train(tmp_path)
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([*COMMAND, "check", "."], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_terminal_that_knows_ascii_alone(tmp_path: Path, form: str) -> None:
    _train(tmp_path, CLASHING.replace("model", "größe"), "naïve.py")
    run = subprocess.run(
        [*COMMAND, "check", "--output-format", form, "naïve.py", "gøne.py"],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout.isascii() and b"LGT101" in run.stdout
    assert b"Traceback" not in run.stderr and len(run.stderr.splitlines()) == 1


def _heed_interruption() -> None:
    """What a shell starts in the background, these tests too, would ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt(run: subprocess.Popen[bytes]) -> None:
    """Interrupt a process that reads; once more if the signal came just before it began to wait for the rest."""
    for _ in range(10):
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        try:
            run.wait(5)
        except subprocess.TimeoutExpired:
            continue
        return


def test_interruption_is_one_line(tmp_path: Path) -> None:
    command = [*COMMAND, "check", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=_heed_interruption) as run:
        assert run.stdin is not None and run.stderr is not None
        run.stdin.write(b"#" * (1 << 20))  # more than a pipe holds: once it is written, most of it was read
        run.stdin.flush()
        _interrupt(run)
        assert run.returncode == 130
        assert run.stderr.read().strip() == b"flake8-logits: interrupted"


def test_closed_streams(tmp_path: Path) -> None:
    _train(tmp_path)
    for redirection, status in ((">&-", 1), ("2>&-", 1), (">&- 2>&- <&-", 1)):
        line = f'"$0" -m flake8_logits check train.py {redirection}'
        run = subprocess.run(["sh", "-c", line, sys.executable], cwd=tmp_path, stderr=subprocess.PIPE, check=False)
        assert (run.returncode, run.stderr) == (status, b"")
    line = '"$0" -m flake8_logits check - <&-'
    closed = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (2, b"-: cannot be read: standard input is closed\n")


def test_terminal_gets_colour_and_its_width(tmp_path: Path) -> None:
    _train(tmp_path)
    leader, follower = pty.openpty()
    environment = {**PLAIN, "COLUMNS": "60", "TERM": "xterm"}
    subprocess.run([*COMMAND, "check", "."], cwd=tmp_path, stdout=follower, env=environment, check=False)
    os.close(follower)
    output = os.read(leader, 100_000).decode()
    os.close(leader)
    assert "\x1b[1;31mLGT101" in output
    assert "which expects probabilities; use " not in output.splitlines()[0]


IMPORTS = """
import sys
from flake8_logits.frontends.command import main
status = main(sys.argv[1:])
unwanted = {'json': {'rich', 'tensorflow', 'flake8'}, 'text': {'tensorflow', 'flake8'}}[sys.argv[3]]
loaded = {name.partition('.')[0] for name in sys.modules} & unwanted
assert not loaded, loaded
sys.exit(status)
"""


@pytest.mark.parametrize("form", ["json", "text"])
def test_imports_what_it_needs_alone(tmp_path: Path, form: str) -> None:
    _train(tmp_path)
    command = [sys.executable, "-c", IMPORTS, "check", "--output-format", form, "train.py"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "")


def test_file_that_does_not_mention_keras_costs_no_parser(tmp_path: Path) -> None:
    _train(tmp_path, "import os\n")
    script = "import sys; from flake8_logits.frontends.command import main; main(['check', 'train.py']); "
    script += "sys.exit('libcst' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [("check --output-fo", "--output-format"), ("explain LGT10", "LGT101"), ("explain logits-as", "logits-as-prob")],
)
def test_shell_completion(tmp_path: Path, words: str, offered: str) -> None:
    script = "import sys; from flake8_logits.frontends.command import main; sys.exit(main())"
    environment = {
        **os.environ,
        "_FLAKE8_LOGITS_COMPLETE": "bash_complete",
        "COMP_WORDS": f"flake8-logits {words}",
        "COMP_CWORD": "2",
    }
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert f"plain,{offered}" in run.stdout and run.stderr == ""


def test_shell_gets_its_completion_script() -> None:
    script = "import sys; from flake8_logits.frontends.command import main; sys.exit(main())"
    environment = {**os.environ, "_FLAKE8_LOGITS_COMPLETE": "zsh_source"}
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("#compdef flake8-logits")


def test_it_runs_where_python_drops_docstrings(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    for arguments, said in (("check --no-cache train.py", "LGT101"), ("explain LGT101", "## Why it hurts")):
        command = [sys.executable, "-OO", "-m", "flake8_logits", *arguments.split()]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
        assert said in run.stdout and not run.stderr
