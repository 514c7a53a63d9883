"""Prepare what Folium's common elements load, so that a site can carry it: `static/plugins/`, with an index.

`browser/plugins.json` names the npm packages, for each the major versions that it can stand for, and which of its files
is wanted under which name. Folium's own copy of a script, where it mended one, comes from Folium.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from storymap.bundling import BundlingError
from storymap.bundling.node import Node, run_node

TABLE = "plugins.json"


def read_plugins(browser: Path) -> list[dict[str, Any]]:
    """The table of plugins in the folder `browser`, a dictionary for each package."""
    table: list[dict[str, Any]] = json.loads((browser / TABLE).read_text(encoding="utf-8"))
    return table


def prepare_plugins(browser: Path, *, node: Node, out: Path) -> None:
    """Write `out/PACKAGE/NAME` for each file of a plugin, and `out/index.json`: a row for each, as the site needs it.

    Raises `BundlingError`, with what esbuild says, where that fails.
    """
    out.mkdir(parents=True, exist_ok=True)
    ended = run_node((*node.node, "plugins.mjs", str(out)), node=node, folder=browser)
    if ended.returncode != 0:
        raise BundlingError(f"esbuild could not prepare the plugins of Folium's elements:\n{ended.stderr.strip()}")
    rows = []
    for plugin in read_plugins(browser):
        package = plugin["package"]
        for name, path in plugin.get("folium_files", {}).items():
            (out / package).mkdir(exist_ok=True)
            with as_file(files("folium") / path) as file:
                shutil.copyfile(file, out / package / name)
        evaluates = plugin.get("evaluates", False)
        for name in (*plugin.get("files", ()), *plugin.get("folium_files", ())):
            called = [package, *plugin.get("called", ())]
            rows.append(
                {"file": f"{package}/{name}", "called": called, "majors": plugin["majors"], "evaluates": evaluates}
            )
    (out / "index.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
