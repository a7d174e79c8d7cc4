"""``python -m flake8_logits``: the command."""

from __future__ import annotations

import sys

from flake8_logits.frontends.command import main

if __name__ == "__main__":
    sys.exit(main())
