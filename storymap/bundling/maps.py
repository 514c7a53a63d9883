"""Render a map with every layer with Folium, so that a page takes it as text: `storymap.drawing.plain_map` says why."""

from __future__ import annotations

import json
from pathlib import Path

from storymap.drawing.plain_map import FILE_NAME, list_versions, render_marked


def prepare_maps(*, out: Path) -> None:
    """Write the map, with marks in place of its numbers, and the versions that rendered it, to `out`."""
    text = json.dumps({"made_with": list_versions(), "map": render_marked()}, indent=1)
    (out / FILE_NAME).write_text(f"{text}\n", encoding="utf-8")
