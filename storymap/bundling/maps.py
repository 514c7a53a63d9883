"""Render each kind of map once with Folium, so that a page takes it as text: `storymap.drawing.plain_map` says why."""

from __future__ import annotations

import json
from pathlib import Path

from storymap.drawing.plain_map import FILE_NAME, list_versions, name_kind, render_marked


def prepare_maps(*, out: Path) -> None:
    """Write the maps, with marks in place of their numbers, and the versions that rendered them, to `out`."""
    kinds = [(tiled, inset) for tiled in (False, True) for inset in (False, True)]
    maps = {name_kind(tiled=tiled, inset=inset): render_marked(tiled=tiled, inset=inset) for tiled, inset in kinds}
    text = json.dumps({"made_with": list_versions(), "maps": maps}, indent=1)
    (out / FILE_NAME).write_text(f"{text}\n", encoding="utf-8")
