"""Which files are read, and under which names."""

from __future__ import annotations

import os
import pathlib
import random
import shutil
import subprocess
import sys

import pytest

from flake8_logits.source.discovery import find_files


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _make(*names: str) -> None:
    for name in names:
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def _write(name: str, text: str) -> None:
    _make(name)
    pathlib.Path(name).write_text(text)


def _found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [path.replace(os.sep, "/") for path in find_files(paths, exclude)]


def test_suffixes_and_order(here: pathlib.Path) -> None:
    _make("b.py", "a/z.ipynb", "a/y.py", "a.py", "c.txt", "d.pyi", "a/b/c.py", "E.PY")
    assert _found(".") == ["E.PY", "a/b/c.py", "a/y.py", "a/z.ipynb", "a.py", "b.py"]
    assert _found("a", "b.py") == ["a/b/c.py", "a/y.py", "a/z.ipynb", "b.py"]


def test_names(here: pathlib.Path) -> None:
    _make("a/b.py")
    assert _found("./a") == _found("a/") == _found("a//") == _found(".") == _found("./") == ["a/b.py"]
    assert _found("./a/b.py") == ["a/b.py"]
    assert _found(str(here)) == [str(here / "a" / "b.py").replace(os.sep, "/")]
    os.chdir("a")
    assert _found("..") == ["../a/b.py"]
    assert _found("../a") == ["../a/b.py"]


def test_explicit_paths(here: pathlib.Path) -> None:
    _write(".gitignore", "*.py\nbuild\n")
    _make("script", ".hidden/x.py", "a.py", "build/x.ipynb", "build/y.py")
    assert _found("script", "a.py", "none.py", "./none.py", "-") == ["script", "a.py", "none.py", "-"]
    assert _found(".") == []
    shutil.rmtree(".git", ignore_errors=True)
    assert _found(".hidden") == [".hidden/x.py"]
    assert _found("") == [""]
    assert _found("a\0.py") == ["a\0.py"]


def test_a_folder_named_though_ignored(here: pathlib.Path) -> None:
    _make(".git/HEAD", "build/x.py", "build/keep/y.py")
    _write(".gitignore", "build/\n")
    assert _found(".") == []
    assert _found("build") == ["build/keep/y.py", "build/x.py"]


def test_duplicates(here: pathlib.Path) -> None:
    _make("a/b.py", "c.py")
    assert _found("c.py", ".", "a", str(here / "c.py"), "a/../c.py") == ["c.py", "a/b.py"]


def test_never_ours(here: pathlib.Path) -> None:
    _make("__pycache__/a.py", "node_modules/a.py", ".ipynb_checkpoints/a.ipynb", ".venv/x.py", ".git/hook.py")
    _make("env/pyvenv.cfg", "env/lib/a.py", "conda/conda-meta/history", "conda/a.py", "old/bin/activate", "old/a.py")
    _make("build/lib/a.py", "dist/a.py", "src/build/__init__.py", "src/build/a.py", "venv/a.py", ".hidden.py")
    assert _found(".") == [".hidden.py", "src/build/__init__.py", "src/build/a.py", "venv/a.py"]
    assert _found("build") == ["build/lib/a.py"]


def test_gitignore(here: pathlib.Path) -> None:
    _write(".gitignore", "# comment\n\n*.ipynb\n/root.py\ngen/\n!keep.ipynb\nsub/x.py\n!\n\\\n")
    _write("sub/.gitignore", "!a.ipynb\ny.py\n")
    _make("a.ipynb", "keep.ipynb", "root.py", "gen/a.py", "sub/gen/a.py", "sub/root.py", "sub/x.py", "sub/y.py")
    _make("sub/a.ipynb", "sub/b.ipynb", "y.py", "gen.py")
    assert _found(".") == ["gen.py", "keep.ipynb", "sub/a.ipynb", "sub/root.py", "y.py"]


def test_gitignore_above(here: pathlib.Path) -> None:
    _write(".gitignore", "out.py\n/a/b/c.py\n")
    _make("a/b/out.py", "a/b/c.py", "a/b/d.py", "a/b/e.py")
    assert _found("a/b") == ["a/b/c.py", "a/b/d.py", "a/b/e.py", "a/b/out.py"]  # no repository here
    _write(".git/info/exclude", "e.py\n")
    assert _found("a/b") == ["a/b/d.py"]
    assert _found(str(here / "a")) == [str(here / "a" / "b" / "d.py").replace(os.sep, "/")]
    _write("a/.gitignore", "!out.py\n!e.py\n")
    assert _found("a/b") == ["a/b/d.py", "a/b/e.py", "a/b/out.py"]


def test_gitignore_that_is_no_text(here: pathlib.Path) -> None:
    pathlib.Path(".gitignore").write_bytes(b"\xff\xfe\nb.py\r\n\0\n")
    _make("a.py", "b.py")
    assert _found(".") == ["a.py"]
    pathlib.Path(".gitignore").unlink()
    pathlib.Path(".gitignore").mkdir()
    assert _found(".") == ["a.py", "b.py"]


def test_exclude(here: pathlib.Path) -> None:
    _make("a.py", "tests/a.py", "src/tests/b.py", "src/c.py", "src/gen_d.py")
    assert _found(".", exclude=("tests",)) == ["a.py", "src/c.py", "src/gen_d.py"]
    assert _found(".", exclude=("/tests/", "gen_*")) == ["a.py", "src/c.py", "src/tests/b.py"]
    assert _found("src", exclude=("src/tests", "!")) == ["src/c.py", "src/gen_d.py"]
    assert _found(str(here / "src"), exclude=("src/tests/", "src/gen*.py")) == [str(here / "src" / "c.py")]
    assert _found("a.py", exclude=("a.py",)) == ["a.py"]
    os.chdir("tests")
    assert _found("../src", exclude=("tests",)) == ["../src/c.py", "../src/gen_d.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links(here: pathlib.Path) -> None:
    _make("a/b.py")
    os.symlink("..", "a/loop")
    os.symlink("b.py", "a/c.py")
    os.symlink("nowhere.py", "a/broken.py")
    os.symlink("a", "linked")
    assert _found(".") == ["a/b.py", "a/broken.py", "a/c.py"]
    assert _found("linked") == ["linked/b.py", "linked/broken.py", "linked/c.py"]
    assert _found("a/broken.py") == ["a/broken.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are Unix's")
def test_pipes_and_depth(here: pathlib.Path) -> None:
    os.mkfifo("pipe.py")
    deep = "/".join(["d"] * 1500)
    pathlib.Path("/".join(["d"] * 500)).mkdir(parents=True)
    assert len(deep) > 0
    _make("/".join(["d"] * 500) + "/x.py")
    assert _found(".") == ["/".join(["d"] * 500) + "/x.py", "pipe.py"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_as_git(here: pathlib.Path) -> None:
    pick = random.Random(7)
    names = ["a", "b", "ab", "built"]
    patterns = ["a", "/a", "a/", "*.py", "!*.py", "b/**", "**/ab", "built/*", "!built/a.py", "a*", "!ab", "!a/", "?.py"]
    patterns += [
        "a/**/b.py",
        "**",
        "!**/",
        "/*",
        "!/*/",
        "[ab].py",
        "[!a].py",
        "a[[:alpha:]]",
        "[^]a]*",
        "\\a",
        "a/b.py ",
    ]
    patterns += [
        "**/a/**",
        "!b/**",
        "a\\",
        "[z-a]",
        "[ab",
        "*/*",
        "!*/a",
        "b**d",
        "!",
        "/",
        "#a",
        "[]",
        "a//b",
        "[b-]*",
    ]
    subprocess.run(["git", "init", "-q"], check=True)
    for turn in range(25):
        root = f"t{turn}"
        folders = {root}
        for _ in range(8):
            folder = "/".join([root, *(pick.choice(names) for _ in range(pick.randrange(4)))])
            folders.add(folder)
            _make(f"{folder}/{pick.choice(names)}.py")
        for folder in pick.sample(sorted(folders), min(3, len(folders))):
            _write(f"{folder}/.gitignore", "\n".join(pick.choices(patterns, k=pick.randrange(1, 5))))
        listed = subprocess.run(
            ["git", "-c", "core.excludesFile=", "ls-files", "-co", "--exclude-standard", root],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        expected = sorted(name for name in listed.split("\n") if name.endswith(".py"))
        assert sorted(_found(root)) == expected, turn
