"""What of a view the project's street data cover: all, a part, or nothing, and where they end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from storymap.model.place import Bounds
from storymap.model.scene import View
from storymap.streets.detail import LEVELS, list_covered
from storymap.streets.sources import StreetSource

_ALL = 0.999
"""The share of a view from which on it counts as covered: what is cut for one may end a hair before it."""

_EDGE = 0.04
"""How far, as a share of a view, streets may end before its edge and still reach it."""


class Covering(Protocol):
    """What says where a file of street data has some: the file itself, or what is known of it."""

    @property
    def name(self) -> str:
        """The file, as the author knows it."""

    def covers(self, zoom: int) -> tuple[Bounds, ...]:
        """The boxes in which it has enough for a map at `zoom`."""


class StreetReach(Struct, frozen=True):
    """What is known of a file of street data without opening it: `boxes` are what it covers, by level."""

    name: str
    credit: str
    boxes: tuple[tuple[int, tuple[Bounds, ...]], ...]

    @classmethod
    def of(cls, source: StreetSource) -> StreetReach:
        """What is to be known of a source."""
        return cls(source.name, source.credit, tuple((level, source.covers(level)) for level in LEVELS))

    def covers(self, zoom: int) -> tuple[Bounds, ...]:
        """The boxes in which it has enough for a map at `zoom`."""
        return list_covered(dict(self.boxes), zoom)


class Coverage(NamedTuple):
    """What covers a view: `share` of it, from 0 to 1, and the files that do."""

    share: float
    files: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the view is without streets."""
        return self.share >= _ALL


def measure_coverage(view: View, sources: Sequence[Covering]) -> Coverage:
    """How much of `view` has streets in it."""
    seen = _draw_box(view.bounds)
    covered: BaseGeometry = shapely.Polygon()
    files = []
    for source in sources:
        own = shapely.intersection(seen, _draw_covered(source, view))
        if own.area > 0:
            covered = shapely.union(covered, own)
            files.append(source.name)
    return Coverage(min(1.0, covered.area / seen.area) if seen.area else 0.0, tuple(files))


def find_ends(view: View, sources: Sequence[Covering]) -> tuple[str, ...]:
    """The sides of `view` on which streets end within it: "north", "east", "south", "west", or "middle" for a gap.

    None where it has streets all over, or nowhere.
    """
    coverage = measure_coverage(view, sources)
    if coverage.is_whole or not coverage.share:
        return ()
    seen = _draw_box(view.bounds)
    held = shapely.intersection(seen, shapely.union_all([_draw_covered(source, view) for source in sources]))
    bare = shapely.difference(seen, held)
    # Where data reach every side, what is bare may still be a corner, which touches two of them.
    (west, south, east, north), around = held.bounds, seen.bounds
    aside, up = view.bounds.width * _EDGE, view.bounds.height * _EDGE
    ends = {
        "north": north < around[3] - up, "east": east < around[2] - aside,
        "south": south > around[1] + up, "west": west > around[0] + aside,
    }  # fmt: skip
    if not any(ends.values()):
        west, south, east, north = bare.bounds
        ends = {
            "north": north > around[3] - up, "east": east > around[2] - aside,
            "south": south < around[1] + up, "west": west < around[0] + aside,
        }  # fmt: skip
    return tuple(side for side, does_end in ends.items() if does_end) or ("middle",)


def _draw_covered(source: Covering, view: View) -> BaseGeometry:
    return shapely.union_all(list(_draw_turns(source.covers(round(view.zoom)))))


def _draw_turns(boxes: Iterable[Bounds]) -> Iterator[shapely.Polygon]:
    """`boxes` in each turn of the world in which a view may see them."""
    for box in boxes:
        for turn in (-360.0, 0.0, 360.0):
            yield shapely.box(box.west + turn, box.south, box.unwrapped_east + turn, box.north)


def _draw_box(box: Bounds) -> shapely.Polygon:
    return shapely.box(box.west, box.south, box.unwrapped_east, box.north)
