"""Say where street data can be downloaded for a box: no one is asked, these are addresses to open."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.model.place import Bounds
from storymap.streets.adding import write_bounds
from storymap.streets.detail import merge_overlapping

_TILES = "https://build.protomaps.com/DATE.pmtiles"

_MOST = 3
"""Boxes for which addresses are said; there are seldom more."""


def list_offers(boxes: Iterable[Bounds]) -> list[str]:
    """What to do about `boxes` without streets, in lines; those that overlap are asked for together."""
    lines = ["Streets are data of OpenStreetMap, which you download once, and then cut to what your steps show:"]
    for box in merge_overlapping(boxes)[:_MOST]:
        edges = f"sw_lng={box.west:.3f}&sw_lat={box.south:.3f}&ne_lng={box.east:.3f}&ne_lat={box.north:.3f}"
        lines += [
            f"  this box       https://extract.bbbike.org/?{edges}&format=osm.pbf",
            f"  or as tiles    pmtiles extract {_TILES} city.pmtiles --bbox={write_bounds(box)}",
        ]
    lines += [
        "  a region       https://download.geofabrik.de/",
        "Then: storymap streets add FILE",
    ]
    return lines
