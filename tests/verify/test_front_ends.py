"""``verify``, ``check --verify`` and ``flake8 --logits-verify``: what they print, and that they are never on alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.verification import Answer, Verification
from flake8_logits.domain.walls import Walls
from flake8_logits.frontends import verifying_plugin
from flake8_logits.frontends.command import main
from flake8_logits.service import verifying as door
from flake8_logits.service.faults import DEBUG
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Worker

BOTH = (
    "import keras\n"
    "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5)])\n"
    "model.compile('adam', loss='categorical_crossentropy')\n"
    "right = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5)])\n"
    "right.compile('adam', loss=keras.losses.CategoricalCrossentropy(from_logits=True))\n"
)
installed = pytest.mark.usefixtures("tensorflow_installed")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A program with one mistake, in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(BOTH, encoding="utf-8")
    return "train.py"


@installed
def test_text_carries_the_answer_and_its_evidence(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", program]) == 1
    printed = capsys.readouterr().out
    assert "\n  = confirmed: the loss is " in printed
    assert "\n  = measured with Keras " in printed and " on TensorFlow " in printed and "5 units" in printed
    assert printed.rstrip().endswith("1 finding in 1 file, 1 fixable with --fix [*], 1 file checked, 1 confirmed")


@installed
def test_answers_are_the_same_from_other_processes_and_from_the_cache(
    program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20):
        (tmp_path / f"more{number}.py").write_text(BOTH, encoding="utf-8")
    for _ in ("processes", "cache"):
        assert main(["verify", "--all", "--jobs", "2", "--output-format", "json", "."]) == 1
        report = json.loads(capsys.readouterr().out)
        for kind in ("findings", "pairings"):
            assert [one["verification"]["verdict"] for one in report[kind]] == ["confirmed"] * 21


@installed
def test_error_of_ours_ends_no_run(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Verification:
        raise RuntimeError("so it was")

    monkeypatch.delenv(DEBUG, raising=False)
    monkeypatch.setattr(Verifier, "verify", fail)
    assert main(["verify", program]) == 1
    assert "= inconclusive: could not be analysed: internal error (RuntimeError" in capsys.readouterr().out


@pytest.mark.parametrize("number", ["0x" + "9" * 9000, "0b" + "1" * 40000, "9" * 9000])
def test_number_that_python_does_not_write_is_told(number: str, tmp_path: Path) -> None:
    document = documents_of("train.py", f"length = {number}\n{BOTH}".encode())[0]
    claims = [one.claim for one in analyse(document).diagnostics if one.claim is not None]
    assert claims
    with Verifier() as verifier:
        for claim in claims:
            found = verifier.verify(document.units, str(tmp_path / "train.py"), claim, False)
            assert found.answer is Answer.INCONCLUSIVE and "digits" in found.reason, found.reason


@installed
def test_json_has_all_of_it_and_all_pairings_when_asked(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--all", "--output-format", "json", program]) == 1
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    found = finding["verification"]
    assert found["verdict"] == "confirmed" and found["backend"] == "tensorflow"
    assert found["output"]["looks_like"] == "logits" and found["output"]["units"] == 5
    assert found["loss"]["computed"] != found["loss"]["right"]
    (pairing,) = report["pairings"]
    assert pairing["line"] == 5 and pairing["scales"] == ["logits"]
    assert pairing["verification"]["verdict"] == "confirmed"


@installed
def test_flake8_message_carries_the_answer(program: str) -> None:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "LGT", "-j1", "--logits-verify", program]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.count("\n") == 1 and " [confirmed: the loss is " in run.stdout
    assert run.stderr.count("\n") == 1 and "walls" in run.stderr


@installed
def test_processes_of_flake8_leave_no_folder_behind(program: str, tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text(BOTH, encoding="utf-8")
    folder = tmp_path / "temporary"
    folder.mkdir()
    named = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "LGT", "-j2", "--logits-verify"]
    run = subprocess.run(
        [*command, program, "other.py"], capture_output=True, text=True, check=False, env={**os.environ, **named}
    )
    assert run.stdout.count(" [confirmed: the loss is ") == 2
    assert list(folder.iterdir()) == []


@pytest.fixture
def disputed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is built gives another output than the finding says."""
    told = Verification(Answer.DISPUTED, "the output lies between 0 and 1", None, None, "tensorflow", (("keras", "3"),))
    monkeypatch.setattr(door, "is_installed", lambda: True)
    monkeypatch.setattr(Worker, "start", lambda worker: setattr(worker, "walls", Walls()))
    monkeypatch.setattr(Verifier, "verify", lambda *_: told)


@pytest.mark.usefixtures("disputed")
@pytest.mark.parametrize("options", [[], ["--trust"]])
def test_disputed_finding_stays_and_counts(
    program: str, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--verify", *options, "--output-format", "json", program]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["code"] == "LGT101" and found["verification"]["verdict"] == "disputed"


@pytest.mark.usefixtures("disputed")
def test_disputed_finding_says_that_one_of_us_is_mistaken(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--verify", program])
    printed = capsys.readouterr().out
    assert "disputed: the output lies between 0 and 1" in printed and "please report it with this file" in printed


@pytest.mark.usefixtures("disputed")
def test_flake8_keeps_a_disputed_finding(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying_plugin, "is_installed", lambda: True)
    (document,) = documents_of("train.py", BOTH.encode())
    (finding,) = analyse(document).diagnostics
    said = verifying_plugin.verdict(program, BOTH, finding, follow_imports=True, walled=False)
    assert said == "[disputed: the output lies between 0 and 1]"


def test_without_tensorflow_one_line_says_how_to_get_it(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "is_installed", lambda: False)
    main(["check", program])
    plain = capsys.readouterr()
    assert main(["check", "--verify", program]) == 1
    printed = capsys.readouterr()
    assert printed.out == plain.out
    assert printed.err.count("\n") == 1 and "pip install 'flake8-logits[verify]'" in printed.err


def test_nothing_is_started_unless_asked(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verifier, "verify", lambda *_: pytest.fail("it was not asked for"))
    assert main(["check", program]) == 1


@installed
def test_tensorflow_is_never_imported_here(program: str) -> None:
    script = (
        "import sys; from flake8_logits.frontends.command import main; main(['verify', 'train.py']);"
        "sys.exit(bool({'tensorflow', 'keras', 'numpy', 'jax'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@installed
def test_finding_of_which_nothing_is_measured_says_so(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "import torch.nn as nn\nnet = nn.Linear(4, 3)\nloss = nn.KLDivLoss()(net(x).log_softmax(1), net(y))\n"
    Path(program).write_text(text, encoding="utf-8")
    assert main(["verify", program]) == 1
    printed = capsys.readouterr().out
    assert "LGT210" in printed and "= inconclusive: what a model gives is measured, and neither targets" in printed
    found = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select", "LGT", "--logits-verify", program],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "LGT210" in found.stdout and "[not verified: what a model gives is measured" in found.stdout
