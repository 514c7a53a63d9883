"""Read a KML or KMZ file of `geo/` → `Feature`s: placemarks and ground overlays with their fields and shapes.

GDAL would read it too, but once more for each of its folders; it passes over addresses and most fields, and takes
coordinates that it cannot read for 0, 0. Streams over the file once; what it links to is not followed.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

import shapely
from msgspec import Struct, field
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from storymap.earth.flaws import Flaw
from storymap.earth.mending import Mender, settle_mended
from storymap.errors import Location, Report
from storymap.geodata.features import PLACES, Feature, Purpose

_CONTAINERS = frozenset({"Document", "Folder", "kml"})
_COLLECTIONS = frozenset({"MultiGeometry", "MultiTrack"})
_KINDS = frozenset({"Placemark", "GroundOverlay"})
_DEEPEST = 32
"""Geometries within geometries; deeper ones are left out."""

_EMPTY = Flaw("no-geometry", "its coordinates are empty, so it is nowhere", "give it a position, or delete it")
_NONE = Flaw("no-geometry", "it has no geometry, so it is nowhere", "draw it, or delete it")


class _BadPositionError(ValueError):
    """A position that is none."""


class _Folder(Struct):
    """A folder or document: what it is called, and its placemarks."""

    name: str = ""
    placemarks: list[Feature] = field(default_factory=list)


def read_kml(file: Path, path: str, report: Report, *, purpose: Purpose = PLACES) -> list[Feature] | None:
    """The features of every folder of `file`, folder by folder; None, and told, where it cannot be read.

    `path` is how it is called in messages, relative to the project.
    """
    at = Location(path)
    data = _open(file, at, purpose, report)
    if data is None:
        return None
    reader = _Reader(at)
    try:
        reader.read(data)
    except expat.ExpatError as error:
        place = Location(path, error.lineno, error.offset + 1)
        reason = f"the file cannot be read: {expat.ErrorString(error.code)}"
        report.error("unreadable-file", reason, place, "export it again, or mend it there")
        return None
    features = [one for folder in reader.folders for one in _name_layer(folder, file.stem)]
    if reader.links and not features:
        report.error("network-link", *_explain_link(reader.links[0], at))
        return None
    if reader.links:
        message = f"besides its places the file has a link to {reader.links[0][:200]}, which is not followed"
        report.note("network-link", message, at, _explain_link(reader.links[0], at)[2])
    return features


def _open(file: Path, at: Location, purpose: Purpose, report: Report) -> bytes | None:
    """The bytes of the KML; of a KMZ its main file."""
    if file.suffix.casefold() != ".kmz":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        main = find_main(archive)
        if not main:
            report.error("unreadable-file", "the file holds no KML", at, "export it again, as KML")
            return None
        size = archive.getinfo(main).file_size
        if size > purpose.largest_file:
            report.error("file-too-large", f"it unpacks to {size / 1e6:,.0f} MB", at, purpose.advise_smaller())
            return None
        return archive.read(main)


def find_main(archive: zipfile.ZipFile) -> str:
    """The name of the main KML of a KMZ; empty where it has none."""
    names = [name for name in archive.namelist() if name.casefold().endswith(".kml")]
    return next((name for name in names if name.casefold() == "doc.kml"), names[0] if names else "")


def _name_layer(folder: _Folder, stem: str) -> Iterator[Feature]:
    """The features of a folder, with what it is called."""
    layer = folder.name or stem
    for number, one in enumerate(folder.placemarks, start=1):
        yield replace(one, layer=layer, label=f'feature {number} of layer "{layer}"')


class _Reader:
    """Takes placemarks out of the XML as they end. Prefixes are passed over: files use some that they do not declare.

    `folders` stand in the order in which they begin, `links` are the addresses of files that the file links to.
    """

    def __init__(self, at: Location) -> None:
        self.folders: list[_Folder] = []
        self.links: list[str] = []
        self._at = at
        self._inside: list[_Folder] = []
        self._kinds = set(_KINDS)
        self._builder = TreeBuilder()

    def read(self, data: bytes) -> None:
        """Read the whole file. Raises `ExpatError` where it is no XML."""
        parser = expat.ParserCreate()  # expat bounds entities, and fetches nothing
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.ParseFile(io.BytesIO(data))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._builder.start(name, attributes)
        if name in _CONTAINERS:
            folder = _Folder()
            self.folders.append(folder)
            self._inside.append(folder)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        element = self._builder.end(name)
        if name in _CONTAINERS:
            self._inside.pop().name = _say(element.find("name"))
            element.clear()
        elif name in self._kinds:
            if self._inside:
                self._inside[-1].placemarks.append(_read_placemark(element, self._at))
            element.clear()
        elif name == "Schema" and element.get("parent") == "Placemark":
            self._kinds.add(element.get("name", ""))  # KML 2.0 calls placemarks by their schemas
        elif name == "NetworkLink":
            self.links.extend(text for child in element.iter("href") if (text := _say(child)))
            element.clear()


def _read_placemark(placemark: Element, at: Location) -> Feature:
    """A placemark or an overlay; its layer is not known yet."""
    texts = {"Name": "name", "description": "description", "address": "address"}
    own = {key: text for key, tag in texts.items() if (text := _say(placemark.find(tag)))}
    if identity := placemark.get("id"):
        own["id"] = identity
    known = {key.casefold() for key in own}
    fields = {name: value for name, value in _list_fields(placemark) if name.casefold() not in known}
    address = " ".join(own.pop("address", "").split())
    geometry, mended, lost = _read_shape(placemark)
    if lost is not None and lost.code == "no-geometry" and address:
        lost = _explain_address(address, own.get("Name", ""))
    return Feature(geometry, {**fields, **own}, at, at, "", mended=mended, lost=lost)


def _list_fields(placemark: Element) -> Iterator[tuple[str, str]]:
    """What the author added to a placemark, under which name, whether a schema declares it or not."""
    found: dict[str, str] = {}
    for child in placemark.iter():
        if child.tag == "SimpleData":
            found.setdefault(child.get("name", ""), _say(child))
        elif child.tag == "Data":
            found.setdefault(child.get("name", ""), _say(child.find("value")))
    for child in placemark if placemark.tag not in _KINDS else ():
        if not len(child):
            found.setdefault(child.tag, _say(child))
    return ((name, value) for name, value in found.items() if name and value)


def _read_shape(placemark: Element) -> tuple[BaseGeometry, tuple[Flaw, ...], Flaw | None]:
    """The geometry, with what was mended in it, or why there is none."""
    nothing = shapely.GeometryCollection()
    mender = Mender()
    try:
        parts = [part for child in placemark for part in _list_parts(child)]
        kinds = {kind for kind, _ in parts}
        if not parts:
            return nothing, (), _NONE
        if not any(coordinates for _, coordinates in parts):
            return nothing, (), _EMPTY
        if len(parts) == 1 and not any(child.tag in _COLLECTIONS for child in placemark):
            geometry = mender.build(*parts[0])
        elif len(kinds) == 1:
            geometry = mender.build(f"Multi{kinds.pop()}", [coordinates for _, coordinates in parts])
        else:
            built = [mender.build(kind, coordinates) for kind, coordinates in parts]
            geometry = shapely.GeometryCollection([part for part in built if not part.is_empty])
    except _BadPositionError as error:
        return nothing, (), Flaw("bad-geometry", str(error), "write longitude,latitude with points for decimals")
    return geometry, *settle_mended(geometry, mender.flaws)


def _list_parts(element: Element, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The simple geometries of an element, each with its kind and positions as `Mender` takes them."""
    if element.tag in _COLLECTIONS and depth < _DEEPEST:
        for child in element:
            yield from _list_parts(child, depth + 1)
    elif element.tag == "Point":
        yield "Point", next(iter(_read_positions(element)), ())
    elif element.tag in {"LineString", "LinearRing"}:
        yield "LineString", _read_positions(element)
    elif element.tag == "Track":
        yield "LineString", [_read_position(_say(child).split()) for child in element if child.tag == "coord"]
    elif element.tag == "Polygon":
        rings = [*element.iterfind("outerBoundaryIs/*"), *element.iterfind("innerBoundaryIs/*")]
        yield "Polygon", [positions for ring in rings if (positions := _read_positions(ring))]
    elif element.tag == "LatLonQuad":
        yield "Polygon", [_close(_read_positions(element))]
    elif element.tag == "LatLonBox":
        west, south, east, north = (
            _read_position([_say(element.find(edge)), "0"])[0] for edge in ("west", "south", "east", "north")
        )
        yield "Polygon", [_close([(west, south), (east, south), (east, north), (west, north)])]


def _close(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [*ring, ring[0]] if ring else []


def _read_positions(element: Element) -> list[tuple[float, float]]:
    """The positions of the coordinates of an element."""
    texts = (_say(child) for child in element if child.tag == "coordinates")
    return [
        _read_position(written.rstrip(",").split(","))
        for text in texts
        for written in re.sub(r"\s*,\s*", ",", text).split()
    ]


def _read_position(numbers: list[str]) -> tuple[float, float]:
    """Longitude and latitude of two numbers, or of three with an altitude. Raises `_BadPositionError`."""
    try:
        lon, lat = float(numbers[0]), float(numbers[1])
    except (ValueError, IndexError):
        lon = lat = math.nan
    if len(numbers) > 3 or not (math.isfinite(lon) and math.isfinite(lat)):
        raise _BadPositionError(f'"{",".join(numbers)[:60]}" is no position')
    return lon, lat


def _explain_address(address: str, name: str) -> Flaw:
    """Why a placemark with an address is nowhere, and who knows where that is."""
    called = f' --name "{name}"' if name else ""
    return Flaw(
        "no-geometry",
        f'it has the address "{address[:100]}" and no coordinates, so it is nowhere',
        f'storymap places add "{address[:100]}" --geocode{called} asks OpenStreetMap for them; in '
        "Google My Maps, drag the pin, and export again",
    )


def _explain_link(link: str, at: Location) -> tuple[str, Location, str]:
    advice = "download that file itself, and put it here"
    if "google." in link:
        advice = 'in Google My Maps export again, without "Keep data up to date with network link KML"'
    return f"the file holds no places but a link to {link[:200]}, which is not followed", at, advice


def _say(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
