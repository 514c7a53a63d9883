"""Prepare the symbols of markers: `static/symbols.json`, the SVG path of each icon of Maki by its name."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from storymap.bundling import BundlingError

PACKAGE = "@mapbox/maki"

_BOX = "0 0 15 15"
"""The box that every path is drawn in."""


def prepare_symbols(*, node_modules: Path, out: Path) -> None:
    """Write the paths into `out/symbols.json`, sorted by name.

    Raises `BundlingError` where an icon is anything but one path in the box that all are drawn in.
    """
    paths: dict[str, str] = {}
    for file in sorted((node_modules / PACKAGE / "icons").glob("*.svg")):
        picture = ET.parse(file).getroot()  # noqa: S314 - the lock file has its checksum
        shapes = [element for element in picture.iter() if element is not picture]
        if picture.get("viewBox") != _BOX or len(shapes) != 1 or not shapes[0].tag.endswith("}path"):
            raise BundlingError(f'the icon "{file.name}" of {PACKAGE} is not one path in a box of {_BOX}')
        paths[file.stem] = " ".join(shapes[0].attrib["d"].split())
    if not paths:
        raise BundlingError(f"{PACKAGE} came without icons")
    (out / "symbols.json").write_text(json.dumps(paths, indent=0) + "\n", encoding="utf-8")
