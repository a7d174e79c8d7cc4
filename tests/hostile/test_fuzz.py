"""The corpus of the fuzzer, and changes of it, through each target: what `.ci/run` does for longer."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import targets
from fuzz.__main__ import changed
from fuzz.targets import CORPUS, TARGETS

SEEDS = [(name, path) for name in TARGETS for path in sorted((CORPUS / name).iterdir())]


@pytest.mark.parametrize(("name", "path"), SEEDS, ids=lambda part: getattr(part, "name", part))
def test_corpus(name: str, path: object) -> None:
    seed = next(file for target, file in SEEDS if (target, file) == (name, path))
    TARGETS[name](seed.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@given(luck=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_changes_of_the_corpus(name: str, luck: random.Random) -> None:
    seeds = [path.read_bytes() for target, path in SEEDS if target == name]
    TARGETS[name](changed(luck.choice(seeds), luck.choice(seeds), luck))


def test_what_runs_without_the_guard_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "guarded", lambda source: source)
    with pytest.raises(targets.BrokenPromiseError, match="without the guard"):
        for path in sorted((targets.CORPUS / "vetting").iterdir()):
            targets.vetting(path.read_bytes())
