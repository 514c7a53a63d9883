"""Coordinates as a place: what `50.0790, 14.4306` means, which has no name but its position."""

from __future__ import annotations

from shapely import Point

from storymap.earth.bounds import bounds_of_points
from storymap.earth.coordinates import Coordinates, round_point, write_degrees
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
    return slugify_name(_write_point(f"{abs(point.lat):.4f}", f"{abs(point.lon):.4f}", point).replace(".", "-"))


def _name_point(point: LonLat) -> str:
    """A point as a name, as fine as it was written and unbroken: "50.079° N, 14.4306° E"."""
    lat, lon = (write_degrees(round(abs(degrees), 4)) for degrees in (point.lat, point.lon))
    return _write_point(f"{lat}°\u00a0", f"{lon}°\u00a0", point).replace(" ", "\u00a0")


def _write_point(lat: str, lon: str, point: LonLat) -> str:
    return f"{lat}{'S' if point.lat < 0 else 'N'}, {lon}{'W' if point.lon < 0 else 'E'}"
