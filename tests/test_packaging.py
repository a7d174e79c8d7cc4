"""What is built for a package index: its metadata, its files, and links that work on a page of the index."""

from __future__ import annotations

import email.message
import email.parser
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_TARGET = re.compile(r"\]\((?P<target>[^)\s]+)")
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution of this tree and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _build("sdist", ROOT, folder)
    (source,) = folder.glob("*.tar.gz")
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(source) as archive:
        archive.extractall(unpacked, filter="data")
    (tree,) = unpacked.iterdir()
    _build("wheel", tree, folder)
    return folder


def _build(target: str, tree: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=tree, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.parser.Parser().parsestr(wheel.read(name).decode("utf-8"))


def test_index_would_take_it(built: Path) -> None:
    command = [sys.executable, "-m", "twine", "--no-color", "check", "--strict", *map(str, sorted(built.iterdir()))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("PASSED") == 2


def test_metadata_says_licence_and_addresses(metadata: email.message.Message) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    addresses = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL", []))
    assert set(addresses) == {"Documentation", "Repository", "Issues", "Changelog"}
    assert all(address.startswith(addresses["Repository"]) for address in addresses.values())


def test_description_is_the_readme_with_absolute_links(metadata: email.message.Message) -> None:
    description = str(metadata.get_payload())
    targets = _TARGET.findall(_BLOCK.sub("", description))
    assert len(targets) == len(_TARGET.findall(_BLOCK.sub("", (ROOT / "README.md").read_text(encoding="utf-8"))))
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    absolute = re.compile(
        r"\]\(https://(?:github|raw\.githubusercontent)\.com/flake8-logits/flake8-logits/(?:blob/)?main/"
    )
    assert absolute.sub("](", description).strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()
    assert re.search(r"!\[[^\]]*\]\(https://raw\.githubusercontent\.com/[^)]*\.svg\)", description)


def test_wheel_holds_the_package_alone(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"flake8_logits"}
    assert "flake8_logits/py.typed" in names
    assert not any(name.startswith("flake8_logits/dev/") for name in names)


def test_source_distribution_holds_what_the_tests_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".ci/run", ".pre-commit-hooks.yaml"):
        assert needed in names
    for folder in ("tests", "fixtures", "docs", "examples", ".github", "flake8_logits/dev"):
        assert any(name.startswith(f"{folder}/") for name in names), folder
