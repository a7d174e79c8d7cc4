"""Each wall is attacked by Python that may do anything, with Python's own barrier switched off first.

What is said to stand must stand; what does not stand must be said, and keep ``--require-walls`` from running anything.
Every attack is also run with no walls at all, where it must succeed: else it would show nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.domain.walls import WALLS, Walls, walls_of
from flake8_logits.frontends.command import main
from flake8_logits.outputs.verifications import walls_line
from flake8_logits.verify import worker
from flake8_logits.verify.bubblewrap import bubblewrap, wrapped
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Limits
from tests.verify.conftest import Settle

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these walls are those of Linux")

LIMITS = Limits(seconds=30, memory=1 << 30, processes=50, file_size=1 << 20, disk=4 << 20)
NAME = f"stray-{os.getpid()}"
PRELUDE = """
import ctypes, os, socket, sys, time
frame = sys._getframe()
while frame:
    for value in list(frame.f_locals.values()):
        if type(value).__name__ == "Barrier":
            value.up = False
    frame = frame.f_back
libc = ctypes.CDLL(None, use_errno=True)
def say(text):
    raise SystemError(text)
"""
PROGRAM = """
import keras
units = [exec({code!r}, {{}}), 10][1]
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units)])
model.compile('adam', loss='sparse_categorical_crossentropy')
"""
HONEST = PROGRAM.format(code="pass")
_NO_LANDLOCK = "from flake8_logits.verify.child import landlock; landlock.restrict = lambda *_: False\n"
_NO_SECCOMP = "from flake8_logits.verify.child import system_calls; system_calls.restrict = lambda *_: False\n"
_OLD_LANDLOCK = "from flake8_logits.verify.child import landlock; landlock._ADDED = {2: landlock._ADDED[2]}\n"
_NO_LIMITS = "from flake8_logits.verify.child import walls; walls.limit = lambda *_: None\n"
_NO_SWEEPING = "from flake8_logits.verify.child import forks; forks.end_all = lambda *_: True\n"
_NO_PRIVILEGES = (
    "from flake8_logits.verify.child import privileges; privileges.give_up = privileges.hide = lambda *_: None\n"
)
_NO_WATCH = "from flake8_logits.verify.child import forks; forks.used = lambda *_: 0\n"


def _without(parts: str) -> str:
    return worker._START.replace("main(sys.argv[2])", f"{parts}main(sys.argv[2])")


WAYS: dict[str, tuple[list[tuple[str, str]], str]] = {
    "all that there is": (list(worker._ways()), worker._START),
    "namespaces alone": ([("", "namespaces"), ("", "plain")], _without(_NO_LANDLOCK + _NO_SECCOMP)),
    "no namespaces": ([("", "plain")], worker._START),
    "no namespaces, and a Landlock of old": ([("", "plain")], _without(_OLD_LANDLOCK)),
    "nothing but limits": ([("", "plain")], _without(_NO_LANDLOCK + _NO_SECCOMP)),
}
if bubblewrap():
    WAYS["bubblewrap alone"] = ([(bubblewrap() or "", "wrapped")], _without(_NO_LANDLOCK + _NO_SECCOMP))
OPEN: tuple[list[tuple[str, str]], str] = (
    [("", "plain")],
    _without(_NO_LANDLOCK + _NO_SECCOMP + _NO_LIMITS + _NO_SWEEPING + _NO_WATCH + _NO_PRIVILEGES),
)


@contextlib.contextmanager
def _started(way: tuple[list[tuple[str, str]], str], limits: Limits = LIMITS) -> Iterator[Verifier]:
    ways, start = way
    with pytest.MonkeyPatch.context() as patch, Verifier(limits, trust=True) as made:
        patch.setattr(worker, "_ways", lambda: iter(ways))
        patch.setattr(worker, "_START", start)
        made.start()
        yield made


@pytest.fixture(scope="module", params=WAYS)
def walled(request: pytest.FixtureRequest, tensorflow_installed: None) -> Iterator[Verifier]:
    """A verifier that trusts, behind the walls that there are, or behind some of them."""
    with _started(WAYS[request.param]) as made:
        yield made


@pytest.fixture(scope="module")
def unwalled(tensorflow_installed: None) -> Iterator[Verifier]:
    """A verifier that trusts, behind no walls."""
    with _started(OPEN) as made:
        assert made.walls is not None
        yield made


@dataclass
class Scene:
    """What there is to do harm to."""

    folder: Path
    victim: subprocess.Popen[bytes]
    listening: dict[str, socket.socket] = field(default_factory=dict)

    def code(self, attack: str) -> str:
        """The attack, told where everything is."""
        told = {
            "FILE": str(self.folder / "precious"),
            "SECRET": str(self.folder / "secret"),
            "VICTIM": self.victim.pid,
            "LINTER": os.getpid(),
            "NAME": NAME,
            "PORT": self.listening["port"].getsockname()[1],
            "SOCKET": str(self.folder / "socket"),
            "ABSTRACT": self.listening["abstract"].getsockname().decode(),
            "MARK": str(self.folder / "mark"),
        }
        return PRELUDE + "".join(f"{name} = {value!r}\n" for name, value in told.items()) + attack


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "secret").write_text("pass-word")
    os.utime(tmp_path / "precious", (1, 1))
    with contextlib.ExitStack() as stack:
        victim = stack.enter_context(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]))
        made = Scene(tmp_path, victim)
        short = stack.enter_context(_short_link(tmp_path))
        places: dict[str, Any] = {
            "port": ("127.0.0.1", 0),
            "socket": os.path.join(short, "socket"),
            "abstract": f"\0{tmp_path.name}{os.getpid()}",
        }
        for name, place in places.items():
            one = stack.enter_context(socket.socket(socket.AF_INET if name == "port" else socket.AF_UNIX))
            one.bind(place)
            one.listen()
            one.setblocking(False)
            made.listening[name] = one
        yield made
        victim.kill()
    for process in _strays():
        os.kill(process, signal.SIGKILL)


@contextlib.contextmanager
def _short_link(folder: Path) -> Iterator[str]:
    """A short name of a folder, as the name of a socket has a limit."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)


def _strays() -> list[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{name}/comm").read_text().strip() == NAME:
                found.append(int(name))
    return found


def _is_hurt(scene: Scene, told: str) -> bool:
    """Whether a file was changed, a secret told, a socket reached, a process ended or left."""
    precious = scene.folder / "precious"
    return (
        not precious.exists()
        or precious.read_text() != "precious"
        or precious.stat().st_mtime != 1
        or precious.stat().st_mode & 0o777 == 0o777
        or (scene.folder / "mark").exists()
        or "pass-word" in told
        or "done it" in told
        or any(_is_called(one) for one in scene.listening.values())
        or _has_ended(scene.victim)
        or bool(_strays())
    )


def _is_called(listening: socket.socket) -> bool:
    with contextlib.suppress(BlockingIOError):
        listening.accept()[0].close()
        return True
    return False


def _has_ended(victim: subprocess.Popen[bytes]) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        victim.wait(0.2)
        return True
    return False


STRAY = """
    libc.prctl(15, NAME.encode(), 0, 0, 0)
    os.closerange(0, 1000)
    time.sleep(600)
"""
ATTACKS: dict[str, tuple[str, str]] = {
    "a file is written": ("files", "open(FILE, 'w').write('lost')"),
    "a file is removed": ("files", "os.remove(FILE)"),
    "a file is replaced": ("files", "open('new', 'w').close(); os.rename('new', FILE)"),
    "a file is cut": ("files", "os.truncate(FILE, 0)"),
    "a mode is changed": ("files", "os.chmod(FILE, 0o777)"),
    "a mode is changed through C": ("files", "libc.chmod(FILE.encode(), 0o777)"),
    "a time is changed": ("files", "os.utime(FILE, (2, 2))"),
    "a file is made": ("files", "os.mkdir(MARK)"),
    "a link is made and written through": ("files", "os.symlink(FILE, 'link'); open('link', 'w').write('lost')"),
    "a secret is read": ("reading", "say(open(SECRET).read())"),
    "a secret is read through C": (
        "reading",
        (
            "room = ctypes.create_string_buffer(99)\n"
            "libc.read(libc.open(SECRET.encode(), 0), room, 98)\nsay(room.value.decode())"
        ),
    ),
    "another's environment is read": (
        "reading",
        "say('done it' if b'=' in open(f'/proc/{LINTER}/environ', 'rb').read() else 'nothing')",
    ),
    "a port is reached": ("network", "socket.create_connection(('127.0.0.1', PORT), 2)"),
    "a socket is reached": (
        "sockets",
        "s = socket.socket(socket.AF_UNIX); os.chdir(os.path.dirname(SOCKET)); s.connect('socket')",
    ),
    "an abstract socket is reached": ("sockets", "socket.socket(socket.AF_UNIX).connect(ABSTRACT)"),
    "a process is ended": ("signals", "os.kill(VICTIM, 9)"),
    "a process is ended through C": ("signals", "libc.syscall(62, VICTIM, 9); libc.kill(VICTIM, 9)"),
    "a process is kept to one processor": (
        "system calls",
        "os.sched_setaffinity(VICTIM, {min(os.sched_getaffinity(VICTIM))}); say('done it')",
    ),
    "a process is left": ("leftovers", f"if not os.fork():\n    os.setsid()\n    if os.fork(): os._exit(0)\n{STRAY}"),
    "three hundred processes are made": (
        "processes",
        (
            "made = 0\n"
            "try:\n"
            "    for made in range(300):\n"
            "        if not os.fork():\n"
            "            time.sleep(600)\n"
            "    say('done it')\n"
            "except OSError: say(str(made))"
        ),
    ),
    "memory is taken": ("memory", "x = bytearray(2 << 30); say('done it')"),
    "files are filled": (
        "disk",
        (
            "for number in range(40):\n    open(str(number), 'wb').write(bytes(1 << 20))\n"
            "total = sum(os.path.getsize(str(number)) for number in range(40))\n"
            "time.sleep(1)\nsay('done it' if total == 40 << 20 else 'less')"
        ),
    ),
    "a system call is made": ("system calls", "say('done it' if libc.unshare(0) == 0 else 'refused')"),
    "the server's descriptors are opened": (
        "reading",
        (
            "found = []\n"
            "for one in {os.getppid(), LINTER}:\n"
            "    for name in os.listdir(f'/proc/{one}/fd'):\n"
            "        if os.readlink(f'/proc/{one}/fd/{name}').startswith('pipe'): found.append(name)\n"
            "say('done it' if found else 'nothing')"
        ),
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_said_to_stand_stands(settle: Settle, walled: Verifier, scene: Scene, attack: str) -> None:
    wall, code = ATTACKS[attack]
    ((_, found),) = settle(PROGRAM.format(code=scene.code(code)), by=walled)
    assert walled.walls is not None
    if wall in walled.walls.stand:
        assert not _is_hurt(scene, found.reason), found.reason
        ((_, found),) = settle(HONEST, by=walled)
        assert found.answer is Answer.CONFIRMED, found.reason
    else:
        assert wall in walled.walls.missing


@pytest.mark.parametrize("attack", [name for name, (wall, _) in ATTACKS.items() if wall != "processes"])
def test_attack_succeeds_where_there_are_no_walls(
    settle: Settle, unwalled: Verifier, scene: Scene, attack: str
) -> None:
    wall, code = ATTACKS[attack]
    assert unwalled.walls is not None and wall in unwalled.walls.missing
    ((_, found),) = settle(PROGRAM.format(code=scene.code(code)), by=unwalled)
    assert _is_hurt(scene, found.reason), found.reason


def test_folders_nested_deeply_are_taken_away(settle: Settle, walled: Verifier) -> None:
    code = (
        f"{PRELUDE}for _ in range(1500):\n    os.mkdir('a'); open('f', 'w').close(); os.chdir('a')\n"
        "try: os.chmod('..', 0)\nexcept OSError: pass\n"
    )
    for _ in range(2):
        ((_, found),) = settle(PROGRAM.format(code=code), by=walled)
        assert found.answer is not Answer.DISPUTED
    ((_, found),) = settle(HONEST, by=walled)
    assert found.answer is Answer.CONFIRMED, found.reason


def test_nothing_is_left_in_the_temporary_folder(
    settle: Settle, tensorflow_installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = f"{PRELUDE}for _ in range(1500):\n    os.mkdir('a'); os.chdir('a')\n"
    for way in WAYS.values():
        with _started(way) as made:
            settle(PROGRAM.format(code=code), by=made)
        assert list(tmp_path.glob("flake8-logits-*")) == []


FORGED = (
    '{"answer": "disputed", "reason": "it is another", "versions": {}, "token": "", "measured": null, "refused": []}\n'
)
FORGING = f"""{PRELUDE}
for number in range(256):
    try: os.write(number, {FORGED!r}.encode())
    except OSError: pass
os._exit(0)
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Writes a program into the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(code: str) -> str:
        Path("train.py").write_text(PROGRAM.format(code=code), encoding="utf-8")
        return "train.py"

    return write


def test_forged_answer_withdraws_nothing(
    tensorflow_installed: None, program: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--trust", program(FORGING)]) == 1
    printed = capsys.readouterr().out
    assert "LGT101" in printed and "disputed: it is another" in printed


def test_forged_answer_is_no_other_models_answer(settle: Settle, walled: Verifier) -> None:
    settle(PROGRAM.format(code=FORGING), by=walled)
    ((_, found),) = settle(HONEST, by=walled)
    assert found.answer is Answer.CONFIRMED, found.reason


def test_answer_without_the_token_counts_for_nothing(settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = (
        "import json, sys\n"
        "for line in ({'walls': {}}, {'ready': True, 'forks': True}, {'begun': True},\n"
        "             {'answer': 'confirmed', 'reason': 'so', 'token': TOKEN}):\n"
        "    print(json.dumps(line), flush=True)\n"
        "sys.stdin.read()\n"
    )
    monkeypatch.setattr(worker, "_ways", lambda: iter([("", "plain")]))
    for token, answer in (("'0'", Answer.INCONCLUSIVE), ("''", Answer.INCONCLUSIVE)):
        monkeypatch.setattr(worker, "_START", deaf.replace("TOKEN", token))
        with Verifier(LIMITS) as made:
            ((_, found),) = settle(HONEST, by=made)
            assert found.answer is answer, found.reason


def test_modules_of_a_checkout_are_not_imported(tensorflow_installed: None, tmp_path: Path) -> None:
    for folder in ("path", "checkout"):
        (tmp_path / folder).mkdir()
        for name in ("jax", "torch", "pandas", "keras", "numpy", "json", "sitecustomize", "usercustomize"):
            text = f"open({str(tmp_path / 'mark')!r}, 'a').write({name!r})\n"
            (tmp_path / folder / f"{name}.py").write_text(text)
    script = tmp_path / "script.py"
    script.write_text(
        "import os, sys\n"
        "from flake8_logits.verify.worker import Limits, Worker\n"
        "sys.path[:0] = ['', os.environ['PYTHONPATH']]\n"
        "made = Worker(Limits())\n"
        "made.start()\n"
        "made.close()\n"
    )
    root = Path(__file__).resolve().parents[2]
    command = f"import sys; sys.path.insert(0, {str(root)!r}); exec(open({str(script)!r}).read())"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "path"), "LD_LIBRARY_PATH": f".:{tmp_path}/checkout"}
    subprocess.run([sys.executable, "-I", "-c", command], cwd=tmp_path / "checkout", env=environment, check=True)
    assert not (tmp_path / "mark").exists()


def test_walls_are_told_on_every_run(
    tensorflow_installed: None, program: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    assert main(["verify", "--output-format", "json", program("pass")]) == 1
    printed = capsys.readouterr()
    walls = json.loads(printed.out)["walls"]
    assert sorted(walls["stand"] + walls["missing"]) == sorted(WALLS)
    assert printed.err.count("\n") == 1 and "walls" in printed.err
    assert walls_line(Walls(tuple(walls["stand"]), tuple(walls["missing"]))) in printed.err


def test_what_is_started_anew_has_the_walls_that_were_told(
    tensorflow_installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = dict.fromkeys(WALLS, True)
    made = worker.Worker(Limits())
    try:
        monkeypatch.setattr(worker, "walls_of", lambda _, system: walls_of(all_of_them, system))
        made.start()
        made.close()
        monkeypatch.setattr(worker, "walls_of", lambda _, system: walls_of({**all_of_them, "disk": False}, system))
        answer = made.ask({})
        assert (answer["answer"], answer["reason"]) == ("inconclusive", "the walls did not stand a second time")
        assert made.walls == walls_of(all_of_them, sys.platform)
    finally:
        made.close()


@pytest.mark.parametrize("command", ["verify", "flake8"])
def test_nothing_is_run_where_walls_are_required_and_missing(
    tensorflow_installed: None,
    program: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.setattr(worker, "_ways", lambda: iter(OPEN[0]))
    monkeypatch.setattr(worker, "_START", OPEN[1])
    monkeypatch.setattr(Verifier, "verify", lambda *_: pytest.fail("it was run"))
    if command == "verify":
        assert main(["verify", "--require-walls", program("pass")]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "nothing was run: these walls do not stand here: files, reading, " in printed.err
    else:
        from flake8_logits.frontends import verifying_plugin
        from flake8_logits.source.documents import read_document

        path = program("pass")
        (document,) = read_document(path)
        from flake8_logits.analysis import analyse

        (diagnostic,) = analyse(document).diagnostics
        verifying_plugin._verifier.cache_clear()
        told = verifying_plugin.verdict(path, Path(path).read_text(), diagnostic, True, True)
        verifying_plugin._verifier.cache_clear()
        assert told is not None and told.startswith("[not verified: these walls do not stand here: files, ")


def test_all_walls_stand_where_they_are_required(
    tensorflow_installed: None, program: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["verify", "--require-walls", program("pass")])
    printed = capsys.readouterr().err
    assert status == (2 if "do not stand" in printed else 1)


def test_bubblewrap_shows_what_is_readable_and_nothing_else() -> None:
    command = wrapped("bwrap", ["python"], ["/usr", "/lib"], "/folder", 5)
    shown = [command[index + 1] for index, one in enumerate(command) if one in ("--ro-bind", "--bind")]
    assert shown == ["/usr", "/lib"] and "--bind" not in command
    assert command[-2:] == ["--", "python"] and "--unshare-net" in command and "--as-pid-1" in command


def test_bubblewrap_of_the_current_folder_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho bubblewrap 0.9.0\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubblewrap() == str(fake)
    monkeypatch.chdir(tmp_path)
    for path in (str(tmp_path), ".", ""):
        monkeypatch.setenv("PATH", path)
        assert bubblewrap() is None
    assert shutil.which("bwrap", path=str(tmp_path))


def test_linter_that_is_killed_leaves_no_process(tensorflow_installed: None, tmp_path: Path) -> None:
    script = (
        "import time\n"
        "from flake8_logits.verify.worker import Limits, Worker\n"
        "made = Worker(Limits())\n"
        "made.start()\n"
        "print(made._process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment) as linter:
        assert linter.stdout is not None
        child = int(linter.stdout.readline())
        linter.kill()
    deadline = time.monotonic() + 20
    while _is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
