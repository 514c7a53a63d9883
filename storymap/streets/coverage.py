"""What of a view the project's street data cover: all, a part, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.model.place import Bounds
from storymap.model.scene import View
from storymap.streets.sources import StreetSource

_ALL = 0.999
"""The share of a view from which on it counts as covered: what is cut for one may end a hair before it."""


class Coverage(NamedTuple):
    """What covers a view: `share` of it, from 0 to 1, and the files that do."""

    share: float
    files: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the view is without streets."""
        return self.share >= _ALL


def measure_coverage(view: View, sources: Sequence[StreetSource]) -> Coverage:
    """How much of `view` has streets in it."""
    seen = shapely.union_all(list(_list_boxes([view.bounds])))
    covered: BaseGeometry = shapely.Polygon()
    files = []
    for source in sources:
        own = shapely.intersection(seen, shapely.union_all(list(_list_boxes(source.covers(round(view.zoom))))))
        if own.area > 0:
            covered = shapely.union(covered, own)
            files.append(source.name)
    return Coverage(min(1.0, covered.area / seen.area) if seen.area else 0.0, tuple(files))


def _list_boxes(boxes: Iterable[Bounds]) -> Iterator[shapely.Polygon]:
    """`boxes` as polygons, those over 180° as two."""
    for box in boxes:
        if box.crosses_antimeridian:
            yield shapely.box(box.west, box.south, 180.0, box.north)
            yield shapely.box(-180.0, box.south, box.east, box.north)
        else:
            yield shapely.box(box.west, box.south, box.east, box.north)
