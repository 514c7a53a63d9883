"""Coordinates as a place: what `50.0790, 14.4306` means, which has no name but its position."""

from __future__ import annotations

from shapely import Point

from storymap.earth.bounds import bounds_of_points
from storymap.earth.coordinates import Coordinates, round_point
from storymap.errors import Severity
from storymap.gazetteer.answers import NOWHERE, Answer, Remark
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.countries import country_at
from storymap.model.place import LonLat, Place
from storymap.text.names import slugify_name


def place_coordinates(coordinates: Coordinates, builtin: BuiltinGazetteer) -> Answer:
    """The place at `coordinates`, and what is odd about them."""
    point = round_point(coordinates.point)
    place = Place(
        id=slug_point(point),
        name=_name_point(point),
        point=point,
        geometry=Point(point),
        bounds=bounds_of_points([point]),
        kind="point",
        country=country_at(point, builtin),
        origin="coordinates",
        defined_at=NOWHERE,
    )
    odd = (Remark(one.code, one.message, one.help, Severity.WARNING) for one in coordinates.warnings)
    return Answer(place, remarks=tuple(odd))


def slug_point(point: LonLat) -> str:
    """A point as an id: "50-0790n-14-4306e"."""
    return slugify_name(_name_point(point).replace("° ", "").replace(".", "-"))


def _name_point(point: LonLat) -> str:
    """A point as a name: "50.0790° N, 14.4306° E"."""
    return (
        f"{abs(point.lat):.4f}° {'S' if point.lat < 0 else 'N'}, {abs(point.lon):.4f}° {'W' if point.lon < 0 else 'E'}"
    )
