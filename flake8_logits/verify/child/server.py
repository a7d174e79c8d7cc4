"""The child process: imports the libraries once, then answers one request after the other, each in a fork of its own.

Requests and answers are lines of JSON on the standard streams. The first line says which walls stand; then comes the
name of a framework, and the second line says that its libraries are there. For each request follows a word that it was
begun, then a token comes, which is sent back with the answer: what was begun before cannot know it. Where a process
cannot be forked it answers a single request itself, and ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import warnings
from typing import Any

from flake8_logits.verify.child import namespaces, privileges
from flake8_logits.verify.child.forks import Forks
from flake8_logits.verify.child.walls import Walls

Message = dict[str, Any]


def main(text: str) -> None:
    """Serve until standard input ends, as the settings say."""
    settings = json.loads(text)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    _silence()
    folder = settings["folder"]
    if _forks():
        privileges.die_with_parent()
        if settings["mode"] == "namespaces":
            try:
                namespaces.enter(settings["readable"], folder, settings["limits"]["disk"])
            except OSError:
                return
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        privileges.give_up()
        privileges.hide(True)
    sys.path[:] = settings["paths"]
    forks = Forks(Walls(settings["readable"]), folder) if _forks() else None
    stand = forks.probe(settings["baits"], settings["limits"]) if forks is not None else {}
    _send(answers, {"walls": stand})
    _keep_settings(folder, settings["keras"])
    began = time.monotonic()
    try:
        _import(json.loads(requests.readline())["framework"])
    except Exception as error:
        _send(answers, {"ready": False, "reason": f"{type(error).__name__}: {error}"})
        return
    _send(answers, {"ready": True, "seconds": time.monotonic() - began, "forks": forks is not None})
    for line in requests:
        request = json.loads(line)
        if forks is None:
            _send(answers, {"begun": True})
            token = requests.readline().strip()
            _send(answers, {**_answer_here(request, folder), "token": token})
            return
        forks.begin(request)
        _send(answers, {"begun": True})
        token = requests.readline().strip()
        _send(answers, {**forks.answer(), "token": token})


def _forks() -> bool:
    # Elsewhere than on Linux the libraries do not bear it.
    return hasattr(os, "fork") and sys.platform.startswith("linux")


def _silence() -> None:
    empty = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(empty, descriptor)
    warnings.simplefilter("ignore")


def _keep_settings(folder: str, text: str) -> None:
    """The user's choice of a backend, where Keras reads it."""
    place = os.path.join(folder, ".keras")
    os.makedirs(place, exist_ok=True)
    if text:
        with open(os.path.join(place, "keras.json"), "w", encoding="utf-8") as file:
            file.write(text)


def _import(name: str) -> None:
    from flake8_logits.verify.child.frameworks.registered import framework

    framework(name).prepare()
    # Here too once, and not in every fork.
    from flake8_logits.verify.child import examining  # noqa: F401


def _send(stream: Any, answer: Message) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


def _answer_here(request: Message, folder: str) -> Message:
    from flake8_logits.verify.child.answering import answer

    return answer(request, folder)
