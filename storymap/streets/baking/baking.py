"""Bake the streets of a story: open its sources, and for each scale choose, generalise, cut and pack.

The stages stand in the order in which they are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from storymap.earth.extent import Extent, project_bounds
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.model.streets import StreetCell, StreetCredit, StreetLabel, Streets, StreetScale, Surroundings
from storymap.streets.baking.extents import Seen, cover, list_extents
from storymap.streets.baking.generalising import NEEDS, Need, generalise
from storymap.streets.baking.naming import choose_name, list_labels
from storymap.streets.baking.packing import pack_cells
from storymap.streets.baking.surroundings import find_surroundings
from storymap.streets.cutting import cut_features
from storymap.streets.sources import StreetSource

_CLOSER = 0.8
"""How many zooms closer than the scale begins a reader still finds new names."""

_EARLY = 0.4
"""And how many closer than a view, which a large screen shows closer than it is."""

_PASSED = 1.6
"""How much coarser streets are that a map only passes on its way."""


class _Piece(NamedTuple):
    """A part of the plane that one source draws, in one scale, and what the map carries there."""

    source: StreetSource
    covered: BaseGeometry
    need: Need


def bake_streets(
    sources: Sequence[StreetSource],
    views: Mapping[View, float],
    *,
    spots: Sequence[LonLat] = (),
    lang: str = "en",
) -> Streets | None:
    """What `sources` have of streets for `views`; None where no view comes close to what they cover.

    Each view has how coarse its streets are, 1 for as usual. `spots` are places of which it is found out what surrounds
    them. Of sources that cover the same the first is taken. Names are said in `lang`, a BCP 47 tag, as far as they are
    known in it. Raises `StreetFileError`.
    """
    scales: list[StreetScale] = []
    labels: dict[StreetLabel, None] = {}
    own: dict[tuple[float, float], Surroundings] = {}
    credits: dict[str, list[tuple[int, Bounds]]] = {}
    numbers: dict[str, int] = {}
    wanted = list_extents(views)
    closest = max((number for number, extents in enumerate(wanted) if extents), default=0)
    limits = [*(look.min_zoom for look in LOOK.streets.scales[1:]), 99.0]
    limits[closest] = max([LOOK.streets.scales[closest].min_zoom + _CLOSER, *(view.zoom + _EARLY for view in views)])
    for number, look in enumerate(LOOK.streets.scales):
        cells: list[StreetCell] = []
        for source, covered, need in _share_out(sources, wanted[number], views, number):
            asked = _degrees(covered.bounds)
            features = cut_features(source.read(asked, look.min_zoom), asked)
            names = {
                index: choose_name(feature.names, lang, is_sign=True)
                for index, feature in enumerate(features)
                if feature.names and _says_sign(feature.kind, limits[number])
            }
            drawn = generalise(features, need, look.unit_zoom, names)
            size, units = 1 << (look.unit_zoom - look.grid_zoom), 1 << look.unit_zoom
            cells += pack_cells(drawn, affinity.scale(covered, units, units, origin=(0, 0)), size, numbers)
            credits.setdefault(source.credit, []).append((look.min_zoom, asked))
            labels |= dict.fromkeys(label for label in list_labels(features, lang) if label.first < limits[number])
            own |= {found.at: found for found in find_surroundings(features, spots, asked, lang)}
        if cells:
            cells.sort(key=lambda cell: (cell.y, cell.x, cell.box))
            scales.append(StreetScale(look.min_zoom, look.grid_zoom, look.unit_zoom, tuple(cells)))
    if not scales:
        return None
    return Streets(
        tuple(scales),
        tuple(numbers),
        tuple(sorted(labels, key=lambda label: label.first)),
        tuple(own.values()),
        tuple(StreetCredit(text, tuple(boxes)) for text, boxes in credits.items()),
    )


def _share_out(
    sources: Sequence[StreetSource], wanted: Mapping[Extent, Seen], views: Mapping[View, float], number: int
) -> Iterator[_Piece]:
    """Which source draws which part of the plane, none of them twice; places far apart are pieces of their own."""
    zoom = LOOK.streets.scales[number].min_zoom
    left = cover(wanted)
    for source in sources:
        held = cover(map(project_bounds, source.covers(zoom)))
        for piece in shapely.get_parts(shapely.intersection(left, held)):
            if piece.area:
                shown = [seen for extent, seen in wanted.items() if cover([extent]).intersects(piece)]
                coarse = min(views[view] * (_PASSED if is_passed else 1) for view, is_passed in shown)
                yield _Piece(source, piece, NEEDS[number].coarsen(coarse))
        left = shapely.difference(left, held)


def _degrees(box: tuple[float, float, float, float]) -> Bounds:
    west, north, east, south = box
    return Bounds(unproject_x(west), unproject_y(south), unproject_x(east), unproject_y(north))


def _says_sign(kind: str, limit: float) -> bool:
    """Whether lines of a kind say their names before the zoom at which their scale is no longer shown."""
    first, _ = LOOK.streets.names.get(kind, (limit, 0.0))
    return first < limit
