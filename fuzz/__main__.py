"""``python -m fuzz TARGET [SECONDS]``: random bytes, led by what they reach, for a bounded time.

atheris leads them where it has a release for this Python; elsewhere the corpus is replayed and changed at random, so
that no run is without a run.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ATHERIS = importlib.util.find_spec("atheris") is not None
SECONDS = 60
SEED = 1
"""The same for every run, so that what one run finds, the next one does, too."""


def main(name: str, seconds: str = str(SECONDS)) -> None:
    """Fuzz a target; a broken promise ends the process with an error that shows the bytes."""
    if ATHERIS:
        # Here, because it is not there for every Python, and leads by what is imported under its eyes.
        import atheris

        with atheris.instrument_imports(include=["flake8_logits"], enable_loader_override=False):
            _import_all()
    from fuzz.targets import CORPUS, TARGETS

    target, seeds = TARGETS[name], CORPUS / name
    for path in sorted(seeds.iterdir()):
        target(path.read_bytes())
    if ATHERIS:
        _led(seeds, target, int(seconds))
    else:
        _changed_at_random(seeds, target, int(seconds))


def _import_all() -> None:
    """Import now what the program imports when it is needed."""
    import flake8_logits.analysis
    import flake8_logits.service.fixing
    import fuzz.targets  # noqa: F401

    flake8_logits.analysis.prepare()


def _led(corpus: Path, target: Callable[[bytes], None], seconds: int) -> None:
    # Here, because it is not there for every Python.
    import atheris

    with tempfile.TemporaryDirectory() as found:
        options = [f"-max_total_time={seconds}", f"-seed={SEED}", "-max_len=4096", "-timeout=120", "-rss_limit_mb=4096"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={found}/", found, str(corpus)], target)
        atheris.Fuzz()


def _changed_at_random(corpus: Path, target: Callable[[bytes], None], seconds: int) -> None:
    seeds = [path.read_bytes() for path in sorted(corpus.iterdir())]
    luck = random.Random(seconds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = changed(luck.choice(seeds), luck.choice(seeds), luck)
        try:
            target(data)
        except Exception:
            sys.stderr.write(f"{corpus.name}: {data!r}\n")
            raise


def changed(data: bytes, other: bytes, luck: random.Random) -> bytes:
    """Return the bytes with a few stretches taken out, doubled, or taken from others."""
    for _ in range(luck.randint(1, 4)):
        start, end = sorted(luck.randint(0, len(data)) for _ in range(2))
        at, to = sorted(luck.randint(0, len(other)) for _ in range(2))
        middle = luck.choice([b"", data[start:end] * 2, other[at:to], bytes([luck.randrange(256)])])
        data = data[:start] + middle + data[end:]
    return data


if __name__ == "__main__":
    main(*sys.argv[1:3])
