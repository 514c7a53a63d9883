"""What programs write beside tiles: gdal2tiles its `tilemapresource.xml` and pages, others metadata and TileJSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.tilesets.reading import TilesetError

_LARGEST = 200_000
"""Bytes of the largest such file that is read."""

_MERCATOR = frozenset("3857 900913 3785 41001 102100 102113".split())
_PROFILE = re.compile(r"<TileSets\b[^>]*\bprofile\s*=\s*[\"']([\w-]+)")
_SYSTEM = re.compile(r"<SRS>\s*(?:EPSG|OSGEO)?:?(\d+)\s*</SRS>")
_PAGES = ("openlayers.html", "leaflet.html")
_DESCRIPTIONS = ("metadata.json", "tiles.json", "tilejson.json")


BESIDE = ("tilemapresource.xml", *_PAGES, *_DESCRIPTIONS)
"""Files beside tiles in which something is said of them."""


class Declared(Struct, frozen=True):
    """What stands beside a folder of tiles: whether their rows count `from_south`, None where that is not said."""

    from_south: bool | None = None
    attribution: str = ""


def read_declared(folder: Path, name: str) -> Declared:
    """What is said of the tiles in `folder`. Raises `TilesetError` where they are not for a Web Mercator map."""
    from_south: bool | None = None
    resource = _read(folder / "tilemapresource.xml")
    if resource:
        from_south = True  # the format counts no other way; gdal2tiles --xyz does not write it
        profile, system = _PROFILE.search(resource), _SYSTEM.search(resource)
        if (profile and profile[1] not in ("mercator", "global-mercator")) or (system and system[1] not in _MERCATOR):
            raise refuse_projection(name, profile[1] if profile else f"EPSG:{system[1]}" if system else "")
    else:
        page = next(filter(None, (_read(folder / page) for page in _PAGES)), "")
        if page:
            from_south = "{-y}" in page or bool(re.search(r"\btms\s*:\s*(?:true|1)\b", page))
    described = next(filter(None, (_parse(folder / file) for file in _DESCRIPTIONS)), {})
    check_system(described, name)
    if from_south is None and described.get("scheme") in ("tms", "xyz"):
        from_south = described["scheme"] == "tms"
    return Declared(from_south, clean_attribution(described.get("attribution")))


def check_system(described: Mapping[str, Any], name: str) -> None:
    """Raise `TilesetError` where a description says that tiles are not for a Web Mercator map."""
    for key in ("crs", "srs", "projection"):
        said = described.get(key)
        if isinstance(said, str) and said.strip():
            numbers = re.findall(r"\d{4,6}", said)
            if (numbers and numbers[-1] not in _MERCATOR) or (not numbers and "mercator" not in said.casefold()):
                raise refuse_projection(name, said.strip()[:40])
    if described.get("profile") in ("geodetic", "global-geodetic", "raster"):
        raise refuse_projection(name, str(described["profile"]))


def refuse_projection(name: str, said: str) -> TilesetError:
    """The mistake of giving tiles of another projection."""
    return TilesetError(
        "tiles-projection",
        f'"{name}" has tiles of another projection than Web Mercator ({said})',
        help="cut them anew for EPSG:3857: gdal2tiles --profile=mercator",
    )


def clean_attribution(written: object) -> str:
    """Who made tiles, as their file says it, as plain text: tags are left out, and what is too long is cut."""
    if not isinstance(written, str):
        return ""
    plain = html.unescape(re.sub(r"<[^<>]*>", "", written[:4000]))
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in plain).split())
    return plain if len(plain) <= 300 else f"{plain[:299]}…"


def _read(file: Path) -> str:
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
            return ""
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _parse(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(_read(file) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
