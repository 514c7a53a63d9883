"""Preparing plugins: a file and a row for each that the table names, and esbuild's failures as one sentence more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storymap.bundling import BundlingError
from storymap.bundling.node import Node
from storymap.bundling.plugins import TABLE, prepare_plugins, read_plugins

PLUGINS = [
    {"package": "clusters", "called": ["cluster.js"], "majors": [1], "files": {"clusters.js": "dist/clusters.min.js"}},
    {"package": "heat", "majors": [], "evaluates": True, "folium_files": {"heat.js": "templates/leaflet_heat.min.js"}},
]


def make_node(folder: Path, script: str) -> Node:
    """A program in the place of Node's, and the table beside it."""
    (folder / TABLE).write_text(json.dumps(PLUGINS), encoding="utf-8")
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return Node(node=(str(program),), npm=())


def test_each_file_has_a_row_and_what_folium_mended_is_its_own(tmp_path: Path) -> None:
    out = tmp_path / "static" / "plugins"
    node = make_node(tmp_path, 'mkdir -p "$2/clusters" && echo ok > "$2/clusters/clusters.js"')
    prepare_plugins(tmp_path, node=node, out=out)
    assert json.loads((out / "index.json").read_text(encoding="utf-8")) == [
        {"file": "clusters/clusters.js", "called": ["clusters", "cluster.js"], "majors": [1], "evaluates": False},
        {"file": "heat/heat.js", "called": ["heat"], "majors": [], "evaluates": True},
    ]
    assert "simpleheat" in (out / "heat" / "heat.js").read_text(encoding="utf-8")


def test_failing_esbuild_is_told(tmp_path: Path) -> None:
    node = make_node(tmp_path, 'echo "clusters.js has changed" >&2; exit 1')
    with pytest.raises(BundlingError, match=r"plugins of Folium's elements:\sclusters"):
        prepare_plugins(tmp_path, node=node, out=tmp_path / "static")


def test_every_package_of_the_table_is_pinned(repository: Path) -> None:
    browser = repository / "storymap" / "browser"
    pinned = json.loads((browser / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for plugin in read_plugins(browser):
        version = pinned[plugin["package"]]
        assert version[0].isdigit()
        assert not plugin["majors"] or int(version.split(".")[0]) in plugin["majors"]
