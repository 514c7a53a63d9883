"""Add a place to `geo/places.geojson`: a town of the built-in gazetteer, or a spot with given coordinates.

The file keeps every byte that it has; it is replaced at once, or not at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.earth.coordinates import write_degrees
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import BuiltinGazetteer, open_builtin
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.geodata.files import decode_text
from storymap.geodata.inserting import NEW_FILE, InsertionError, insert_feature
from storymap.geodata.naming import index_names
from storymap.model.place import LonLat, Place
from storymap.replacing import replace_file
from storymap.text.names import normalize_name, slugify_name

PLACES_FILE = "places.geojson"
"""The file in `geo/` that is added to."""

GEONAMES = "GeoNames (CC BY 4.0)"
"""How the source of a town of the built-in gazetteer is credited."""


class NewPlace(Struct, frozen=True):
    """A place to be written.

    `country` is an ISO code. It, `category` and `source` may be empty; an id that is empty is made from the name.
    """

    name: str
    point: LonLat
    id: str = ""
    country: str = ""
    category: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()


def look_up_town(query: str, gazetteer: Gazetteer, at: Location, report: Report) -> NewPlace | None:
    """The town that `query` means, ready to be written; None, and told, where it means none or something else."""
    answer = gazetteer.look_up(query)
    place = answer.place
    if place is None:
        for remark in answer.remarks:
            is_vague = remark.code == "unknown-place" and not remark.help.startswith("did you mean")
            advice = "give its coordinates: --at 50.0790,14.4306" if is_vague else remark.help
            report.error(remark.code, remark.message, at, advice)
        return None
    if place.origin == "geo":
        _tell_known(place, report)
        return None
    if place.origin in {"country", "region"}:
        what = "a country" if place.origin == "country" else "a region"
        report.error(
            "already-known",
            f'"{query}" is {what}, which is built in with its outline',
            at,
            f"write place: {place.name}; for a spot in it, give a name and --at",
        )
        return None
    if place.origin == "coordinates":
        report.error("unknown-place", f'"{query}" is a position without a name', at, "give a name, and this with --at")
        return None
    name = " ".join(query.split())
    return NewPlace(
        name=place.name,
        point=place.point,
        country=place.country,
        category="city" if _is_city(place, gazetteer.builtin) else "town",
        source=GEONAMES,
        aliases=(name,) if "," not in name and normalize_name(name) != normalize_name(place.name) else (),
    )


def add_place(new: NewPlace, *, folder: Path, root: Path, gazetteer: Gazetteer, report: Report) -> Place | None:
    """Write `new` into the file of places in `folder`, which may be missing, of the project in `root`.

    Returns the place as it is read back; None, and told, where it is there already or the file cannot take it. Then
    nothing was written.
    """
    file = folder / PLACES_FILE
    at = Location(f"{folder.name}/{PLACES_FILE}")
    if any(unicodedata.category(character) == "Cs" for character in f"{new.name}{new.source}"):
        advice = "type it again in a terminal that is set to UTF-8"
        report.error("not-utf-8", "the name of the place, or its source, is not UTF-8 text", at, advice)
        return None
    if _tell_doubles(new, gazetteer, at, report):
        return None
    if not file.resolve().is_relative_to(root.resolve()):
        report.error("outside-project", f'"{at.path}" leads out of the project', at, "put the file here instead")
        return None
    try:
        data = file.read_bytes() if file.exists() else NEW_FILE.encode()
    except OSError as error:
        advice = "check that it exists and may be read"
        report.error("unreadable-file", f"the file cannot be read: {error.strerror or error}", at, advice)
        return None
    text = decode_text(data, at, report)
    if text is None:
        return None
    try:
        changed = insert_feature(text, _make_feature(new))
    except (InsertionError, ValueError, RecursionError):
        report.error(
            "bad-geojson", "the file is no FeatureCollection, so nothing can be added to it", at,
            'write { "type": "FeatureCollection", "features": [ … ] } around what it holds',
        )  # fmt: skip
        return None
    if not _holds_degrees(changed, new, at.path):
        report.error(
            "not-in-degrees", "the file is in another reference system than WGS 84", at,
            "export it in degrees (EPSG:4326), or move it to another file of geo/",
        )  # fmt: skip
        return None
    try:
        replace_file(file.resolve(), _encode_like(changed, data))
    except OSError as error:
        advice = "check that the folder and the file may be written"
        report.error("unwritable-file", f"the file cannot be written: {error.strerror or error}", at, advice)
        return None
    return _find_written(new, load_places(folder, root, Report()).places)


def _is_city(place: Place, builtin: BuiltinGazetteer) -> bool:
    """Whether a town is a large one, or the capital of its country."""
    near = builtin.nearest_settlements(place.point)
    return bool(near) and (near[0][0].population >= 100_000 or near[0][0].is_capital)


def _tell_known(place: Place, report: Report) -> None:
    at = place.defined_at
    report.error(
        "already-known",
        f'"{place.name}" is in geo/ already',
        at,
        f"write place: {place.name}, or place: {place.id}\n"
        f"to move it, change its position in {at.path}{f', line {at.line}' if at.line else ''}\n"
        "for another place, give another name: --name",
    )


def _tell_doubles(new: NewPlace, gazetteer: Gazetteer, at: Location, report: Report) -> bool:
    """Whether a place of `geo/` has the id or the name, which is told."""
    index = index_names(gazetteer.places)
    place_id = slugify_name(new.id or new.name)
    for place in gazetteer.places:
        if place.id == place_id and not new.id and normalize_name(place.name) == normalize_name(new.name):
            _tell_known(place, report)
            return True
        if place.id == place_id:
            report.error(
                "duplicate-place-id",
                f'"{place.name}" has the id "{place.id}"',
                place.defined_at,
                f"write place: {place.id} if it is meant, or give the new one another id: --id",
            )
            return True
    named = index.get(normalize_name(new.name) or new.name, ())
    if named:
        report.error(
            "duplicate-place-name",
            f'"{new.name}" is a name of "{named[0].name}"',
            named[0].defined_at,
            f"write place: {named[0].id} if it is meant, or call the new one otherwise: --name",
        )
        return True
    if not normalize_name(new.name):
        report.error("unnamed-feature", f'"{new.name}" is no name', at, "give it a name with a letter or a digit")
        return True
    return False


def _make_feature(new: NewPlace) -> Mapping[str, Any]:
    """`new` as a GeoJSON feature; what is empty is left out."""
    properties: dict[str, Any] = {
        "id": new.id or slugify_name(new.name),
        "name": new.name,
        "category": new.category,
        "country": new.country,
        "aliases": list(new.aliases),
        "source": new.source,
    }
    position = [_make_number(new.point.lon), _make_number(new.point.lat)]
    return {
        "type": "Feature",
        "properties": {key: value for key, value in properties.items() if value},
        "geometry": {"type": "Point", "coordinates": position},
    }


def _make_number(value: float) -> float:
    """Degrees as a number that is written without needless digits."""
    written = float(write_degrees(value))
    return int(written) if written.is_integer() else written


def _holds_degrees(text: str, new: NewPlace, path: str) -> bool:
    """Whether the text, read as any file of `geo/`, has `new` where it belongs."""
    from storymap.gazetteer.settling import settle_places
    from storymap.geodata.geojson import read_geojson
    from storymap.geodata.reprojecting import bring_to_degrees

    features = tuple(bring_to_degrees(read_geojson(text, path, Report())))
    places = settle_places(features, open_builtin(), Report()).places
    return _find_written(new, places) is not None


def _find_written(new: NewPlace, places: Iterable[Place]) -> Place | None:
    """The place of `geo/` that is `new`."""
    near = (
        place
        for place in places
        if place.name == " ".join(new.name.split())
        and abs(place.point.lon - new.point.lon) < 1e-6
        and abs(place.point.lat - new.point.lat) < 1e-6
    )
    return next(near, None)


def _encode_like(text: str, data: bytes) -> bytes:
    """`text` in the encoding of `data`."""
    if data[:2] == b"\xff\xfe":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if data[:2] == b"\xfe\xff":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode()
