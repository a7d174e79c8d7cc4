"""What the extension for VS Code says of itself agrees with the server, and with the project."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flake8_logits import __version__
from flake8_logits.server.asides import CHECK_WORKSPACE, VERIFY
from flake8_logits.server.settings import ClientSettings, settings_in
from flake8_logits.server.starting import create_server
from tests.editors.browsers import ROOT

FOLDER = ROOT / "editors" / "vscode"
SOURCES = {path.stem: path.read_text() for path in (FOLDER / "src").glob("*.ts")}


def _manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "package.json").read_text())
    return found


def _properties() -> dict[str, Any]:
    found: dict[str, Any] = _manifest()["contributes"]["configuration"]["properties"]
    return {name.removeprefix("flake8-logits."): schema for name, schema in found.items()}


def _of_the_extension() -> set[str]:
    """The settings that the extension keeps to itself."""
    listed = re.search(r"OF_THE_EXTENSION = \[(.*?)\]", SOURCES["settings"])
    assert listed is not None
    return set(re.findall(r'"(\w+)"', listed[1]))


def _of_the_server() -> dict[str, Any]:
    return {name: schema for name, schema in _properties().items() if name.split(".")[0] not in _of_the_extension()}


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def test_the_server_has_each_setting_and_no_other() -> None:
    assert set(_of_the_server()) == {_camel(name) for name in ClientSettings.__slots__}


def test_the_server_understands_what_it_is_told_by_default() -> None:
    told = {name: schema["default"] for name, schema in _of_the_server().items()}
    assert settings_in(told) == (ClientSettings(), [])


@pytest.mark.parametrize("name", ["kerasVersion", "backend"])
def test_the_server_takes_each_choice(name: str) -> None:
    schema = _of_the_server()[name]
    for choice in schema["enum"]:
        assert settings_in({name: choice})[1] == [], choice


def test_every_setting_is_explained() -> None:
    page = (FOLDER / "README.md").read_text()
    for name, schema in _properties().items():
        assert schema.get("description") or schema.get("markdownDescription")
        assert schema["scope"] in ("window", "machine-overridable"), "there is one server for a window"
        assert f"`{name}`" in page


def test_commands_are_there() -> None:
    offered = {command["command"] for command in _manifest()["contributes"]["commands"]}
    registered = set(re.findall(r'registerCommand\("([\w.-]+)"', SOURCES["extension"]))
    assert offered == registered | {CHECK_WORKSPACE}
    ours = set(create_server().protocol.fm.commands)
    assert {CHECK_WORKSPACE, VERIFY} == ours
    assert f'VERIFY = "{VERIFY}"' in SOURCES["client"]


def test_a_workspace_that_nobody_trusts_chooses_no_program() -> None:
    told = _manifest()["capabilities"]["untrustedWorkspaces"]
    assert told["supported"] == "limited"
    assert set(told["restrictedConfigurations"]) == {"flake8-logits.interpreter", "flake8-logits.importStrategy"}


def test_the_walkthrough_has_its_pages() -> None:
    for walkthrough in _manifest()["contributes"]["walkthroughs"]:
        for step in walkthrough["steps"]:
            assert (FOLDER / step["media"]["markdown"]).is_file()


def test_the_extension_has_the_projects_version_and_licence() -> None:
    assert _manifest()["version"] == __version__
    assert (FOLDER / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_the_icon_is_a_picture_that_the_market_takes() -> None:
    data = (FOLDER / _manifest()["icon"]).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") >= 128


def test_the_lock_names_packages_and_no_server() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)
    assert lock["packages"][""]["dependencies"] == _manifest()["dependencies"]
    assert lock["packages"][""]["devDependencies"] == _manifest()["devDependencies"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("src/*.ts")), ids=lambda path: path.stem)
def test_files_say_what_they_are(path: Path) -> None:
    assert path.read_text().startswith("/** ")
