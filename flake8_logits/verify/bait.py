"""What the walls are tried with: a file, a port and two Unix sockets that only a hole in them would lead to."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import sys
from typing import Any


class Bait:
    """Lies in a folder outside of the walls.  To be closed."""

    def __init__(self, folder: str) -> None:
        self._open: list[socket.socket] = []
        self.file = os.path.join(folder, "bait")
        with open(self.file, "w", encoding="ascii") as file:
            file.write(secrets.token_hex())
        port = self._listen(socket.AF_INET, ("127.0.0.1", 0))
        names = [os.path.join(folder, "socket"), f"\0flake8-logits-{secrets.token_hex(8)}"]
        self.places = {
            "file": self.file,
            "home": os.path.realpath(os.path.expanduser("~")),
            "port": port[1] if port else 0,
            "sockets": [name.replace("\0", "@") for name in names if self._listen_at(name)],
            "processes": [os.getpid()],
        }

    def _listen_at(self, name: str) -> bool:
        # Elsewhere there is no wall to be tried, and no socket without a file.
        return sys.platform.startswith("linux") and self._listen(socket.AF_UNIX, name) is not None

    def _listen(self, family: int, address: Any) -> Any:
        with contextlib.suppress(OSError):
            made = socket.socket(family, socket.SOCK_STREAM)
            self._open.append(made)
            made.bind(address)
            made.listen()
            return made.getsockname()
        return None

    def close(self) -> None:
        """Stop listening; the file goes with its folder."""
        while self._open:
            self._open.pop().close()
