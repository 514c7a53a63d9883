"""Where a file of streets has how much: the boxes that steps show, by how close they come.

A file that was cut for a project has all that there is around its steps, and around that only what is seen in passing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from storymap.model.place import Bounds

LEVELS = (11, 13, 15)
"""Zooms from which on a map shows more: main roads and woods, then streets and houses, then all that there is."""

Boxes = Mapping[int, tuple[Bounds, ...]]
"""Boxes in degrees, by a level: there a file has what maps of this level show, and so what those before it do."""

MOST_BOXES = 1000
"""Boxes that are read of one file."""


def find_level(zoom: float) -> int:
    """The level of a map at `zoom`."""
    return max((level for level in LEVELS if level <= zoom), default=LEVELS[0])


def list_covered(boxes: Boxes, zoom: float) -> tuple[Bounds, ...]:
    """The boxes in which there is enough for a map at `zoom`."""
    wanted = find_level(zoom)
    return tuple(dict.fromkeys(box for level in sorted(boxes) if level >= wanted for box in boxes[level]))


def enclose(boxes: Boxes) -> Bounds:
    """The box around all of them. Raises `ValueError` where there are none."""
    found = [box for level in boxes.values() for box in level]
    return Bounds(
        min(box.west for box in found), min(box.south for box in found),
        max(box.east for box in found), max(box.north for box in found),
    )  # fmt: skip


def write_boxes(boxes: Boxes) -> dict[str, list[list[float]]]:
    """`boxes` as JSON has them: west, south, east, north."""
    return {
        str(zoom): [[round(edge, 6) for edge in (box.west, box.south, box.east, box.north)] for box in boxes[zoom]]
        for zoom in sorted(boxes)
    }


def read_boxes(given: object) -> Boxes:
    """The same read back; none where it is anything else."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            return {}
    if not isinstance(given, dict):
        return {}
    found = {
        int(zoom): tuple(_read_box(box) for box in boxes[:MOST_BOXES] if _is_box(box))
        for zoom, boxes in given.items()
        if isinstance(zoom, str) and zoom.isdecimal() and len(zoom) < 3 and isinstance(boxes, list)
    }
    return {zoom: boxes for zoom, boxes in found.items() if boxes}


def merge_overlapping(boxes: Iterable[Bounds]) -> tuple[Bounds, ...]:
    """Boxes that share nothing, which together hold all of `boxes`: those that overlap become the one around them."""
    apart: list[Bounds] = []
    for box in boxes:
        whole = box
        while near := [other for other in apart if _overlap(whole, other)]:
            apart = [other for other in apart if other not in near]
            whole = enclose({0: (whole, *near)})
        apart.append(whole)
    return tuple(sorted(apart, key=lambda box: (box.west, box.south)))


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one.west <= other.east and other.west <= one.east and one.south <= other.north and other.south <= one.north


def _is_box(given: object) -> bool:
    if not isinstance(given, list) or len(given) != 4 or not all(isinstance(edge, int | float) for edge in given):
        return False
    west, south, east, north = given
    return bool(-180 <= west < east <= 180 and -90 <= south < north <= 90)


def _read_box(given: list[float]) -> Bounds:
    return Bounds(*(float(edge) for edge in given))
