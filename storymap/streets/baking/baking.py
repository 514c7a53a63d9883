"""Bake the streets of a story: open its sources, and for each scale choose, generalise, cut and pack.

The stages stand in the order in which they are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs
from storymap.earth.extent import project_bounds
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.model.streets import OwnBuilding, StreetCell, StreetLabel, Streets, StreetScale
from storymap.streets.baking.extents import cover, list_extents
from storymap.streets.baking.generalising import NEEDS, generalise, project_shapes
from storymap.streets.baking.naming import choose_name, list_labels
from storymap.streets.baking.packing import pack_cells
from storymap.streets.cutting import box_of, cut_features
from storymap.streets.features import StreetFeature
from storymap.streets.sources import StreetSource

_SIGNS = frozenset({"major", "main", "minor", "service", "path", "steps"})
"""Kinds of lines that bear names."""

_CLOSER = 0.8
"""How many zooms closer than the scale begins a reader still finds new names."""


def bake_streets(
    sources: Sequence[StreetSource], views: Iterable[View], *, spots: Sequence[LonLat] = (), lang: str = "en"
) -> Streets | None:
    """What `sources` have of streets for `views`; None where no view comes close to what they cover.

    `spots` are places whose buildings are filled where they stand in one; of sources that cover the same the first
    is taken. Names are said in `lang`, a BCP 47 tag, as far as they are known in it. Raises `StreetFileError`.
    """
    scales, labels, own = [], dict[StreetLabel, None](), dict[tuple[float, float], OwnBuilding]()
    numbers: dict[str, int] = {}
    credits: dict[str, None] = {}
    wanted = list_extents(views)
    closest = max((number for number, extents in enumerate(wanted) if extents), default=0)
    limits = [*(look.min_zoom for look in LOOK.streets.scales[1:]), 99.0]
    limits[closest] = LOOK.streets.scales[closest].min_zoom + _CLOSER
    for number, (look, extents) in enumerate(zip(LOOK.streets.scales, wanted, strict=True)):
        cells: list[StreetCell] = []
        for source, covered in _share_out(sources, cover(extents), look.min_zoom):
            credits[source.credit] = None
            asked = _degrees(covered.bounds)
            features = cut_features(source.read(asked, look.min_zoom), asked)
            names = {
                index: choose_name(feature.names, lang, is_sign=True)
                for index, feature in enumerate(features)
                if feature.kind in _SIGNS and feature.names
            }
            drawn = generalise(features, NEEDS[number], look.unit_zoom, names)
            size = 1 << (look.unit_zoom - look.grid_zoom)
            units = 1 << look.unit_zoom
            cells += pack_cells(drawn, affinity.scale(covered, units, units, origin=(0, 0)), size, numbers)
            shown = [feature for feature in features if _is_near(feature, asked)]
            labels |= dict.fromkeys(label for label in list_labels(shown, lang) if label.first < limits[number])
            if number == closest:
                for found in _find_own(features, spots, lang):
                    own.setdefault(found.at, found)
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
        tuple(credits),
    )


def _share_out(
    sources: Sequence[StreetSource], wanted: BaseGeometry, zoom: int
) -> Iterator[tuple[StreetSource, BaseGeometry]]:
    """Which source draws which part of the plane, none of them twice; places far apart are pieces of their own."""
    left = wanted
    for source in sources:
        held = cover(map(project_bounds, source.covers(zoom)))
        for piece in shapely.get_parts(shapely.intersection(left, held)):
            if piece.area:
                yield source, piece
        left = shapely.difference(left, held)


def _degrees(box: tuple[float, float, float, float]) -> Bounds:
    west, north, east, south = box
    return Bounds(unproject_x(west), unproject_y(south), unproject_x(east), unproject_y(north))


def _is_near(feature: StreetFeature, bounds: Bounds) -> bool:
    return bool(feature.names) and feature.shape.intersects(box_of(bounds))


def _find_own(features: Sequence[StreetFeature], spots: Sequence[LonLat], lang: str) -> Iterable[OwnBuilding]:
    """The building of each spot that stands in one."""
    unit_zoom = LOOK.streets.scales[-1].unit_zoom
    buildings = [feature for feature in features if feature.kind == "building"]
    if not buildings or not spots:
        return
    tree = shapely.STRtree([feature.shape for feature in buildings])
    for spot in spots:
        within = tree.query(shapely.Point(spot), predicate="intersects")
        if not len(within):
            continue
        feature = buildings[int(min(within, key=lambda number: (buildings[number].shape.area, number)))]
        (shape,) = project_shapes([feature.shape], unit_zoom)
        rings = [
            [(round(x), round(y)) for x, y in ring.coords[:-1]]
            for part in shapely.get_parts(shape)
            for ring in shapely.get_rings(part)
        ]
        yield OwnBuilding((spot.lon, spot.lat), unit_zoom, pack_arcs(rings), choose_name(feature.names, lang))
