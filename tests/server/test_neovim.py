"""The server in a real editor: Neovim, without a screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frontends.programs import CLASHING
from tests.server.editor import COMMAND, PATIENCE, ROOT

NEOVIM = shutil.which("nvim", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed; the extra 'test' brings it on Linux")
def test_neovim_shows_explains_and_mends(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(CLASHING.replace("import keras", 'import keras; x = "\u00e9\U0001f642"'))
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths, "SCRIPT": str(script), "SERVER": json.dumps(COMMAND)}
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        environment[name] = str(tmp_path / name)
    lua = Path(__file__).with_name("neovim.lua")
    assert NEOVIM is not None
    run = subprocess.run(
        [NEOVIM, "--headless", "-u", "NONE", "-c", f"luafile {lua}"],
        env=environment, capture_output=True, text=True, timeout=5 * PATIENCE, check=False,
    )  # fmt: skip
    assert run.stdout.strip(), run.stderr
    said = json.loads(run.stdout.strip().splitlines()[-1])
    assert said["found"] and said["mended"] and said["stopped"]
    assert said["codes"] == [["LGT101", 3, 37]], "once, though the server could push and the client could ask"
    assert said["hover"].startswith("sparse_categorical_crossentropy reads probabilities")
    assert "keras.losses.SparseCategoricalCrossentropy(from_logits=True)" in said["text"]
    assert said["text"] in script.read_text()
