"""What an editor waits for: from a change to the diagnostics that it brings, through the protocol.

    python benchmarks/server_latency.py                 # 40 changes to each program
    python benchmarks/server_latency.py --edits 5000    # and what the server's memory is after so many

It prints the middle and the 95th percentile of the server's CPU time for a change (Linux alone), and of the time on the
clock, which other work on the machine lengthens. The parts come from the server's own log, and from an analysis of the
same text in this process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.6
"""Seconds between two changes: each begins a burst of its own."""
LOGGED = re.compile(r"checked .*: waited ([\d.]+) ms, analysed ([\d.]+) ms, converted and sent ([\d.]+) ms")

BLOCK = '''\
def load_{n}(folder):
    """The images of a folder, and their labels."""
    data = keras.utils.image_dataset_from_directory(folder, batch_size=32)
    return data.map(lambda image, label: (image / 255.0, label))


def build_{n}(classes=10, rate=0.5):
    inputs = keras.Input((64, 64, 3))
    x = inputs
    for filters in (32, 64, 128):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.BatchNormalization()(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(rate)(x)
    x = layers.Dense(128, activation="relu")(x)
    outputs = layers.Dense(classes{activation})(x)
    return keras.Model(inputs, outputs)


def train_{n}(folder, epochs=5):
    model = build_{n}()
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    callbacks = [
        keras.callbacks.EarlyStopping(patience=3),
        keras.callbacks.ModelCheckpoint("best_{n}.keras", save_best_only=True),
    ]
    history = model.fit(load_{n}(folder), epochs=epochs, callbacks=callbacks)
    best = max(history.history["accuracy"])
    print(f"best accuracy of {n}: {{best:.3f}}")
    return model


'''
MODULE = "from tensorflow import keras\n\n\ndef head_{n}(classes=10):\n    return keras.layers.Dense(classes)\n"


def program(blocks: int, modules: int = 0) -> str:
    """A training script of so many models, every third of them at fault, that uses so many modules of its project."""
    lines = ["import tensorflow as tf", "from tensorflow import keras", "from tensorflow.keras import layers"]
    lines += [f"from package.part_{n} import head_{n}" for n in range(modules)]
    text = "\n".join([*lines, "", "", ""])
    for n in range(blocks):
        text += BLOCK.format(n=n, activation=', activation="softmax"' if n % 3 == 0 else "")
    for n in range(modules):
        text += f"m{n} = keras.Sequential([head_{n}()])\n"
        text += f'm{n}.compile("adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n'
    return text


class Server:
    """The real server, as a process, and what it says."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "flake8_logits", "server", "--log-level", "debug"]
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": paths}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment
        )
        self.logged: list[tuple[float, float, float]] = []
        threading.Thread(target=self._read_log, daemon=True).start()
        self._send("initialize", {"capabilities": {}, "rootUri": folder.as_uri(), "processId": os.getpid()}, number=1)
        while self._read().get("id") != 1:
            pass
        self._send("initialized", {})

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "python", "version": 0, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})
        self.published(0)

    def change(self, uri: str, version: int, line: int, character: int, new: str) -> float:
        """Put one character in the place of another; seconds until the diagnostics of that version are there."""
        start, end = {"line": line, "character": character}, {"line": line, "character": character + 1}
        began = time.perf_counter()
        changes = [{"range": {"start": start, "end": end}, "text": new}]
        document = {"uri": uri, "version": version}
        self._send("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        self.published(version)
        return time.perf_counter() - began

    def published(self, version: int) -> None:
        """Wait for the diagnostics of a version."""
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["version"] == version:
                return

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)

    def seconds(self) -> float:
        """CPU time of all threads so far; nan where the system does not say."""
        try:
            threads = list(Path(f"/proc/{self.process.pid}/task").iterdir())
            return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
        except OSError:
            return float("nan")

    def mebibytes(self) -> float:
        """Memory in use; nan where the system does not say."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return float("nan")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else float("nan")

    def _send(self, method: str, params: dict[str, Any], number: int | None = None) -> None:
        content: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(content if number is None else {**content, "id": number}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            found = LOGGED.search(line.decode(errors="replace"))
            if found is not None:
                waited, analysed, sent = map(float, found.groups())
                self.logged.append((waited, analysed, sent))


def stages(text: str, path: Path) -> tuple[float, float, float]:
    """Milliseconds of CPU time for parsing, for interpreting, and for findings with their positions.

    They are those of an edit: what did not change was read and run before.
    """
    from flake8_logits.analysis import diagnose
    from flake8_logits.interpret.abstract.budget import Budget
    from flake8_logits.interpret.engine.steps import Memory
    from flake8_logits.interpret.program import run_program
    from flake8_logits.source.kept_parts import KeptParts
    from flake8_logits.source.project import Project
    from flake8_logits.source.trees import keeping_parts, read, reading_quickly
    from flake8_logits.source.units import Unit

    times = []
    memory, parts = Memory(str(path)), KeptParts[Any]()
    for line, character in islice(places(text), 5):
        lines = text.split("\n")
        lines[line] = f"{lines[line][:character]}7{lines[line][character + 1 :]}"
        edited = "\n".join(lines)
        with reading_quickly(), keeping_parts(parts):
            clock = [time.process_time()]
            tree = read(Unit(str(path), None, edited, original=edited))
            clock.append(time.process_time())
            budget = Budget(text.count("\n") + 1)
            pairings = run_program([tree.body], budget, str(path), Project(str(path)), memory=memory)
            clock.append(time.process_time())
            diagnose(pairings)
            clock.append(time.process_time())
        parts.turn()
        times.append([1000 * (after - before) for before, after in pairwise(clock)])
    parsing, interpreting, positions = min(times, key=sum)
    return parsing, interpreting, positions


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a digit can be replaced by another, for ever."""
    found = [(number, line.index("=5)") + 1) for number, line in enumerate(text.split("\n")) if "epochs=5)" in line]
    while True:
        yield from found


HEAD = (
    *("program", "lines", "p50", "p95"),
    *("clock: p50", "p95", "waiting", "analysis", "sending"),
    *("parsing", "interpreting", "positions"),
)
"""Milliseconds: CPU time of the server for a change, on the clock, what the server logs, CPU time of the stages."""
CLOCK = slice(4, 9)
"""The columns that other work on the machine lengthens."""


def measured(name: str, text: str, folder: Path, count: int) -> list[str]:
    """Change a program so many times; a row of what that took."""
    path = folder / "train.py"
    path.write_text(text)
    server = Server(folder)
    server.open(path.as_uri(), text)
    server.logged.clear()
    times, costs = [], []
    for version, (line, character) in zip(range(1, count + 1), places(text), strict=False):
        time.sleep(PAUSE)
        before = server.seconds()
        times.append(1000 * server.change(path.as_uri(), version, line, character, str(version % 9 + 1)))
        costs.append(1000 * (server.seconds() - before))
    time.sleep(0.2)
    logged = [statistics.median(column) for column in zip(*server.logged, strict=True)]
    server.close()
    figures = [*_middle_and_p95(costs), *_middle_and_p95(times), *logged, *stages(text, path)]
    return [name, str(text.count("\n")), *(f"{figure:.0f}" for figure in figures)]


def _middle_and_p95(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def rows(changes: int) -> Iterator[list[str]]:
    """Yield the head, then a row for each program."""
    yield list(HEAD)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyproject.toml").touch()
        (folder / "package").mkdir()
        for n in range(50):
            (folder / "package" / f"part_{n}.py").write_text(MODULE.format(n=n))
        yield measured("a script alone", program(13), folder, changes)
        yield measured("in a project of fifty modules", program(10, modules=50), folder, changes)
        yield measured("a long script", program(132), folder, changes)


def memory(text: str, folder: Path, count: int) -> None:
    """Change a program so many times without a pause, and print the server's memory on the way."""
    path = folder / "train.py"
    server = Server(folder)
    server.open(path.as_uri(), text)
    for version, (line, character) in zip(range(1, count + 1), places(text), strict=False):
        server.change(path.as_uri(), version, line, character, str(version % 9 + 1))
        if version in (50, count // 4, count // 2, 3 * count // 4, count):
            print(f"after {version} edits: {server.mebibytes():.0f} MiB", flush=True)
    server.close()


def main() -> None:
    """Measure all programs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=40, help="of each program")
    parser.add_argument("--edits", type=int, default=0, help="after which the memory is told")
    asked = parser.parse_args()
    for name, lines, *figures in rows(asked.changes):
        print(f"{name:<32} {lines:>5}", *(f"{figure:>12}" for figure in figures), flush=True)
    if asked.edits:
        with tempfile.TemporaryDirectory() as folder:
            memory(program(13), Path(folder), asked.edits)


if __name__ == "__main__":
    main()
