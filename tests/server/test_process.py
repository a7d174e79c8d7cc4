"""The server as a process: what it writes, what ends it, and what it runs."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lsprotocol import types

from flake8_logits.frontends.command import main
from flake8_logits.server.asides import VERIFY
from tests.frontends.programs import CLASHING
from tests.server.another_file import IMPORTING, MODULE
from tests.server.editor import COMMAND, PATIENCE, ROOT, editing

LOUD = """\
import os, sys
import flake8_logits.server.session as session

quiet = session.answer

def answer(question):
    print("a word on standard output")
    os.write(1, b"and another, from beneath Python\\n")
    return quiet(question)

session.answer = answer
from flake8_logits.server.starting import serve
serve()
"""
FAULT = """\
    if b"fault" in question.buffer.data:
        raise RuntimeError("a fault of our own")
"""
FAILING = LOUD.replace("    return quiet", f"{FAULT}    return quiet")

SLOW = """\
import pathlib, sys, threading
import flake8_logits.server.session as session

quiet, begun = session.answer, pathlib.Path(sys.argv[1])

def answer(question):
    known = quiet(question)
    if b"# slow" in question.buffer.data and not begun.exists():
        begun.touch()
        threading.Event().wait(2)
    return known

session.answer = answer
from flake8_logits.server.starting import serve
serve()
"""


@pytest.mark.asyncio
async def test_a_file_that_changes_while_another_is_first_checked_with_it(tmp_path: Path) -> None:
    uri, module = (tmp_path / "train.py").as_uri(), (tmp_path / "models.py").as_uri()
    begun = tmp_path / "begun"
    (tmp_path / "models.py").write_text(MODULE.format(activation=""), encoding="utf-8")
    async with editing(tmp_path, command=[sys.executable, "-c", SLOW, str(begun)]) as editor:
        editor.open(module, MODULE.format(activation=""))
        assert await editor.codes(module) == []
        editor.open(uri, f"{IMPORTING}# slow\n")
        while not begun.exists():
            await asyncio.sleep(0.05)
        editor.replace(module, 2, MODULE.format(activation=", activation='softmax'"))
        assert await editor.codes(module, 2) == []
        await editor.until(lambda: uri in editor.published and not editor.published[uri].diagnostics)


@pytest.mark.asyncio
async def test_standard_output_is_for_the_protocol_alone(tmp_path: Path) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path, command=[sys.executable, "-c", LOUD]) as editor:
        editor.open(uri, CLASHING)
        assert await editor.codes(uri) == ["LGT101"]
        assert editor.client.error is None


@pytest.mark.asyncio
async def test_a_fault_of_our_own_ends_nothing(tmp_path: Path) -> None:
    uri, other = (tmp_path / "train.py").as_uri(), (tmp_path / "other.py").as_uri()
    async with editing(tmp_path, command=[sys.executable, "-c", FAILING]) as editor:
        editor.open(uri, f"{CLASHING}# fault\n")
        editor.open(other, CLASHING)
        assert await editor.codes(other) == ["LGT101"]
        assert await editor.hover(uri, 0, 0) == ""
        editor.replace(uri, 2, CLASHING)
        assert await editor.codes(uri, 2) == ["LGT101"]
        assert not editor.client.messages, "nobody is interrupted"


def _message(content: dict[str, object]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **content}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_the_end_of_the_client_ends_the_server(tmp_path: Path) -> None:
    document = {"uri": (tmp_path / "a.py").as_uri(), "languageId": "python", "version": 1, "text": CLASHING}
    begin = _message({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
    opened = _message({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    run = subprocess.run(COMMAND, input=begin + opened, capture_output=True, cwd=ROOT, timeout=PATIENCE, check=False)
    assert run.returncode == 0
    assert b'"positionEncoding": "utf-16"' in run.stdout
    assert b"Traceback" not in run.stderr


ENDLESS = CLASHING.replace("Dense(10)", "Dense(slow(1))").replace(
    "model = ", "def slow(n):\n    while n:\n        n += 1\n    return n or 10\nmodel = "
)
"""A program of which the model is never built."""


def _verifying(tmp_path: Path, asked: int) -> subprocess.Popen[bytes]:
    """A server that has been asked to verify the same finding so many times, and has begun."""
    uri = (tmp_path / "train.py").as_uri()
    line = ENDLESS[: ENDLESS.index("model.compile")].count("\n")
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    opened = {"uri": uri, "languageId": "python", "version": 1, "text": ENDLESS}
    process.stdin.write(_message({"id": 1, "method": "initialize", "params": {"capabilities": {}}}))
    process.stdin.write(_message({"method": "textDocument/didOpen", "params": {"textDocument": opened}}))
    for number in range(asked):
        where = [uri, "LGT101", {"line": line, "character": ENDLESS.splitlines()[line].index("loss=") + len("loss=")}]
        params = {"command": VERIFY, "arguments": where}
        process.stdin.write(_message({"id": 2 + number, "method": "workspace/executeCommand", "params": params}))
    process.stdin.flush()
    ends = time.monotonic() + PATIENCE
    while not _children(process.pid) and time.monotonic() < ends:
        time.sleep(0.1)
    time.sleep(1)
    return process


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are counted as Linux tells of them")
@pytest.mark.parametrize("asked", [1, 3])
def test_the_end_of_the_client_ends_what_is_verified(tmp_path: Path, tensorflow_installed: None, asked: int) -> None:
    process = _verifying(tmp_path, asked)
    assert process.stdin is not None
    assert len(_children(process.pid)) == 1, "one finding is verified after the other"
    process.stdin.close()
    assert process.wait(PATIENCE / 3) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are counted as Linux tells of them")
def test_the_end_of_a_session_is_answered_while_something_is_verified(
    tmp_path: Path, tensorflow_installed: None
) -> None:
    process = _verifying(tmp_path, 2)
    end = _message({"id": 9, "method": "shutdown"}) + _message({"method": "exit"})
    said, errors = process.communicate(end, PATIENCE / 3)
    assert process.returncode == 0
    assert b'"id": 9, "jsonrpc": "2.0", "result": null' in said, said
    assert b"Traceback" not in errors


def _children(process: int) -> list[str]:
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return "".join(one.read_text() for one in lists).split()


def test_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["server", "--stdio"]) == 2
    assert "python -m pip install 'flake8-logits[lsp]'" in capsys.readouterr().err


@pytest.mark.asyncio
async def test_verifying_shows_what_was_measured(tmp_path: Path, tensorflow_installed: None) -> None:
    uri = (tmp_path / "train.py").as_uri()
    async with editing(tmp_path) as editor:
        editor.open(uri, CLASHING.replace("[keras", "[keras.Input((4,)), keras"))
        params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
        (lens,) = await editor.client.text_document_code_lens_async(params) or ()
        assert lens.command is not None
        command = types.ExecuteCommandParams(VERIFY, lens.command.arguments)
        verdict = await editor.client.workspace_execute_command_async(command)
        assert isinstance(verdict, dict) and verdict["verdict"] == "confirmed"
        (lens,) = await editor.client.text_document_code_lens_async(params) or ()
        assert lens.command is not None
        assert lens.command.title.startswith("LGT101 confirmed: ")
        assert "measured with Keras" in lens.command.title
        (reports,) = editor.client.progress_reports.values()
        assert getattr(reports[0], "title", "") == "Verifying LGT101"
        editor.replace(uri, 2, CLASHING)
        (lens,) = await editor.client.text_document_code_lens_async(params) or ()
        assert lens.command is not None
        assert lens.command.title.startswith("verify LGT101"), "another text was not measured"
        gone = types.ExecuteCommandParams(VERIFY, [uri, "LGT102", {"line": 0, "character": 0}])
        assert await editor.client.workspace_execute_command_async(gone) is None
