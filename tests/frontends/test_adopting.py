"""``--add-noqa``, ``--baseline`` and ``--diff-base``: a project that does not start from nothing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from flake8_logits.frontends.command import main
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, notebook

Captured = pytest.CaptureFixture[str]
TRAIN = Path("train.py")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _found(captured: Captured, *arguments: str) -> list[tuple[str, int]]:
    captured.readouterr()
    main(["check", "--output-format", "json", *arguments])
    return [(finding["path"], finding["line"]) for finding in json.loads(captured.readouterr().out)["findings"]]


# -- comments ------------------------------------------------------------------------------------------------------


def test_comments_silence_what_there_is(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING + CONTRADICTING)
    assert main(["check", "--add-noqa", "train.py"]) == 0
    assert capsys.readouterr().err == "added # noqa for 2 findings\n"
    assert TRAIN.read_text() == (CLASHING + CONTRADICTING).replace(
        '"sparse_categorical_crossentropy")', '"sparse_categorical_crossentropy")  # noqa: LGT101'
    ).replace("from_logits=True,", "from_logits=True,  # noqa: LGT102")
    assert main(["check", "train.py"]) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  # noqa: E501", "  # noqa: E501, LGT101"),
        ("  # noqa:E501,W291  because", "  # noqa:E501,W291, LGT101  because"),
        ("  # noqa: E501 W291", "  # noqa: E501 W291, LGT101"),
        ("  # the loss", "  # the loss  # noqa: LGT101"),
        ("   ", "  # noqa: LGT101   "),
        ("; x = 1", "; x = 1  # noqa: LGT101"),
    ],
)
def test_comments_that_are_there_are_kept(before: str, after: str) -> None:
    TRAIN.write_text(CLASHING.rstrip() + before + "\n")
    assert main(["check", "--add-noqa", "train.py"]) == 0
    assert TRAIN.read_text() == CLASHING.rstrip() + after + "\n"
    assert main(["check", "train.py"]) == 0


@pytest.mark.parametrize("end", [' + """\n"""', " + \\\n''"])
def test_lines_that_cannot_end_in_a_comment_are_left(end: str) -> None:
    program = CLASHING.replace('_crossentropy")', f'_crossentropy"{end})') + CONTRADICTING
    TRAIN.write_text(program)
    assert main(["check", "--add-noqa", "train.py"]) == 0
    assert TRAIN.read_text() == program.replace("from_logits=True,", "from_logits=True,  # noqa: LGT102")


def test_comments_in_notebooks_and_with_line_ends_of_another_system() -> None:
    Path("n.ipynb").write_text(notebook("%pip install keras", CLASHING))
    TRAIN.write_bytes(CLASHING.replace("\n", "\r\n").encode())
    assert main(["check", "--add-noqa", "."]) == 0
    commented = CLASHING.rstrip() + "  # noqa: LGT101\n"
    assert Path("n.ipynb").read_text() == notebook("%pip install keras", commented)
    assert TRAIN.read_bytes() == commented.replace("\n", "\r\n").encode()


def test_comments_only_where_they_are_asked_for(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--add-noqa", "--select", "LGT3", "train.py"]) == 0
    assert TRAIN.read_text() == CLASHING
    assert main(["check", "--add-noqa", "--fix", "train.py"]) == 2
    assert main(["check", "--add-noqa", "-"]) == 2


# -- baseline ------------------------------------------------------------------------------------------------------


def test_baseline_hides_what_was_there_however_it_moves(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--write-baseline", "known.json", "."]) == 0
    assert capsys.readouterr().err == "wrote 1 finding to known.json\n"
    TRAIN.write_text("# A line.\n\n" + CLASHING.replace("model.compile(", "model.compile(   "))
    assert _found(capsys, "--baseline", "known.json", ".") == [("train.py", 6)], "the line is another one"
    TRAIN.write_text("# A line.\n\n" + CLASHING.replace("import keras\n", "import keras\n\n\n"))
    assert main(["check", "--baseline", "known.json", "."]) == 0
    assert capsys.readouterr().err == "baseline: 1 finding hidden\n"


def test_baseline_tells_what_is_new_from_what_is_alike(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    main(["check", "--write-baseline", "known.json", "."])
    TRAIN.write_text(CLASHING + CLASHING)
    assert _found(capsys, "--baseline", "known.json", ".") == [("train.py", 8)]
    Path("other.py").write_text(CLASHING)
    assert _found(capsys, "--baseline", "known.json", ".") == [("other.py", 4), ("train.py", 8)]


def test_baseline_says_what_is_gone(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    Path("other.py").write_text(CLASHING)
    main(["check", "--write-baseline", "known.json", "."])
    TRAIN.write_text(QUIET)
    capsys.readouterr()
    assert main(["check", "--baseline", "known.json", "."]) == 0
    assert capsys.readouterr().err == "baseline: 1 finding hidden; 1 no longer found, update it with --write-baseline\n"
    assert main(["check", "--baseline", "known.json", "other.py"]) == 0
    assert capsys.readouterr().err == "baseline: 1 finding hidden\n"


def test_baseline_holds_from_any_folder(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("models").mkdir()
    Path("models/train.py").write_text(CLASHING)
    main(["check", "--write-baseline", "known.json", "."])
    content = json.loads(Path("known.json").read_text())
    (entry,) = content["findings"]
    assert (entry["path"], entry["code"]) == ("models/train.py", "LGT101")
    assert entry["line"] == CLASHING.splitlines()[-1]
    monkeypatch.chdir("models")
    assert main(["check", "--baseline", "../known.json", "."]) == 0
    assert main(["check", "--baseline", "../known.json", str(Path("train.py").absolute())]) == 0


def test_baseline_of_the_same_findings_is_the_same_file() -> None:
    TRAIN.write_text(CLASHING + CONTRADICTING)
    Path("n.ipynb").write_text(notebook(CLASHING))
    main(["check", "--write-baseline", "one.json", "train.py", "n.ipynb"])
    main(["check", "--write-baseline", "two.json", "n.ipynb", "train.py"])
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()
    assert main(["check", "--baseline", "one.json", "."]) == 0


def test_findings_in_the_baseline_are_not_fixed(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    main(["check", "--write-baseline", "known.json", "."])
    TRAIN.write_text(CLASHING + CONTRADICTING)
    assert main(["check", "--baseline", "known.json", "--fix", "."]) == 0
    assert TRAIN.read_text() == CLASHING + CONTRADICTING.replace("True", "False")


def test_unreadable_files_still_count(capsys: Captured) -> None:
    TRAIN.write_text(BROKEN)
    assert main(["check", "--write-baseline", "known.json", "."]) == 2


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"version": 1}', '{"version": 2, "findings": []}', "\xff"])
def test_what_is_no_baseline_is_named(content: str | None, capsys: Captured) -> None:
    if content is not None:
        Path("known.json").write_text(content, encoding="latin-1")
    TRAIN.write_text(CLASHING)
    assert main(["check", "--baseline", "known.json", "."]) == 2
    assert "Error: known.json " in capsys.readouterr().err


def test_baseline_that_cannot_be_written(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--write-baseline", "none/known.json", "."]) == 2
    assert "none/known.json cannot be written: no such file or directory" in capsys.readouterr().err
    assert main(["check", "--write-baseline", "known.json", "--fix", "."]) == 2


# -- changed lines -------------------------------------------------------------------------------------------------


def _git(*arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, env=environment)


def _commit() -> None:
    _git("add", "-A")
    _git("commit", "-m", "a step")


def test_only_changed_lines_are_reported(capsys: Captured) -> None:
    _git("init", "-b", "main")
    TRAIN.write_text(CLASHING)
    _commit()
    TRAIN.write_text("# a line\n" + CLASHING + CONTRADICTING)
    assert _found(capsys, "--diff-base", "HEAD", ".") == [("train.py", 12)]
    assert _found(capsys, ".") == [("train.py", 5), ("train.py", 12)]


def test_a_finding_counts_as_changed_where_its_layer_did(capsys: Captured) -> None:
    _git("init", "-b", "main")
    TRAIN.write_text(QUIET)
    _commit()
    TRAIN.write_text(CLASHING)
    assert _found(capsys, "--diff-base", "HEAD", ".") == [("train.py", 4)]
    _commit()
    assert _found(capsys, "--diff-base", "HEAD", ".") == []
    assert _found(capsys, "--diff-base", "HEAD~1", ".") == [("train.py", 4)]


def test_new_files_and_cells_are_changed_throughout(capsys: Captured) -> None:
    _git("init", "-b", "main")
    Path("n.ipynb").write_text(notebook(CLASHING))
    _commit()
    TRAIN.write_text(CLASHING)
    Path("n.ipynb").write_text(notebook("x = 1", CLASHING, CLASHING.replace("Dense(10)", "Dense(11)")))
    assert _found(capsys, "--diff-base", "HEAD", ".") == [("n.ipynb", 4), ("train.py", 4)]


def test_changes_are_counted_from_where_the_branch_was_left(capsys: Captured) -> None:
    _git("init", "-b", "main")
    TRAIN.write_text(CLASHING)
    _commit()
    _git("checkout", "-b", "work")
    Path("mine.py").write_text(CLASHING)
    _commit()
    _git("checkout", "main")
    TRAIN.write_text(QUIET)
    _commit()
    _git("checkout", "work")
    assert _found(capsys, "--diff-base", "main", ".") == [("mine.py", 4)]


def test_line_ends_alone_are_no_change(capsys: Captured) -> None:
    _git("init", "-b", "main")
    TRAIN.write_bytes(CLASHING.encode())
    _commit()
    TRAIN.write_bytes(CLASHING.replace("\n", "\r\n").encode())
    assert _found(capsys, "--diff-base", "HEAD", ".") == []


@pytest.mark.parametrize("revision", ["none", "--output=x", "", "HEAD:train.py"])
def test_revisions_that_do_not_exist(revision: str, capsys: Captured) -> None:
    _git("init", "-b", "main")
    TRAIN.write_text(CLASHING)
    _commit()
    expected = 1 if not revision else 2
    assert main(["check", f"--diff-base={revision}", "."]) == expected
    assert not Path("x").exists()


def test_no_repository_is_named(capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    TRAIN.write_text(CLASHING)
    assert main(["check", "--diff-base", "main", "."]) == 2
    assert "needs a git repository, and the current folder is not in one" in capsys.readouterr().err


def test_revision_that_is_not_there_is_named(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    _git("init", "-q")
    assert main(["check", "--diff-base", "HEAD", "."]) == 2
    assert "no revision 'HEAD', the git repository has no commits yet" in capsys.readouterr().err
    _git("add", ".")
    _git("commit", "-qm", "first")
    assert main(["check", "--diff-base", "mian", "."]) == 2
    assert "no revision 'mian' in this git repository" in capsys.readouterr().err
    assert main(["check", "--diff-base", "HEAD", "."]) == 0
