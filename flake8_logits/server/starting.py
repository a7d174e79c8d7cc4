"""Starting the server on standard input and output, which nothing else then writes to."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from flake8_logits.collector import IdleCollector
from flake8_logits.server.commands import take_commands
from flake8_logits.server.notifications import take_notifications
from flake8_logits.server.questions import take_questions
from flake8_logits.server.server import Server

SWITCH_INTERVAL = 0.0005
"""Seconds for which the thread that analyses keeps the one that talks to the client waiting."""


def create_server() -> Server:
    """Return a server with all of its handlers."""
    server = Server()
    take_notifications(server)
    take_questions(server)
    take_commands(server)
    return server


def serve() -> None:
    """Talk to one client until it goes away."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    IdleCollector.take_over()
    output = _taken_output()
    server = create_server()
    try:
        server.start_io(sys.stdin.buffer, output)
    finally:
        server.verifying.end()


def _taken_output() -> BinaryIO:
    """Return standard output for the protocol alone: whatever else is written there goes to standard error."""
    sys.stdout.flush()
    taken = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return taken
