"""Read the picture of a KMZ that lies on the ground: a `GroundOverlay`, with where it lies."""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from msgspec import Struct

from storymap.earth.warping import WarpError
from storymap.geodata.kml import find_main
from storymap.model.place import Bounds
from storymap.model.raster import ControlPoint

_LARGEST_KML = 20_000_000
"""Bytes of the largest KML that is read: that of an overlay has some hundred."""

_AGAIN = "in Google Earth save the overlay again as KMZ, with its picture"


class GroundOverlay(Struct, frozen=True):
    """A picture's bytes, and the box that it fills, turned against the clock by `rotation` degrees, or its `corners`.

    Those are longitude and latitude of the lower left, lower right, upper right and upper left one. `count` says how
    many overlays the file has; this is the first.
    """

    picture: bytes
    bounds: Bounds | None
    rotation: float
    corners: tuple[tuple[float, float], ...]
    count: int

    def list_points(self, width: int, height: int) -> tuple[ControlPoint, ...]:
        """The corners as control points of a picture of this size in pixels."""
        pixels = ((0, height), (width, height), (width, 0), (0, 0))
        return tuple((x, y, lon, lat) for (x, y), (lon, lat) in zip(pixels, self.corners, strict=True))


def read_overlay(data: bytes, *, largest: int) -> GroundOverlay:
    """The first overlay of a KMZ, whose picture has at most `largest` bytes. Raises `WarpError` where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = find_main(archive)
            if not main:
                raise WarpError("holds no KML", _AGAIN)
            overlays = _list_overlays(_unpack(archive, main, _LARGEST_KML))
            if not overlays:
                raise WarpError("holds no picture that lies on the ground (GroundOverlay)", _AGAIN)
            first = overlays[0]
            href = _say(first.find("Icon/href"))
            if "://" in href:
                raise WarpError(
                    f"shows a picture of another server, {href[:200]}, which is not fetched",
                    "download that picture, and name it with bounds",
                )
            name = posixpath.normpath(posixpath.join(posixpath.dirname(main), href))
            picture = _unpack(archive, _find_entry(archive, name, unquote(name)), largest)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, WarpError):
            raise
        raise WarpError(f"is no KMZ that can be read: {error}", _AGAIN) from None
    bounds, rotation, corners = _read_place(first)
    return GroundOverlay(picture, bounds, rotation, corners, len(overlays))


def _find_entry(archive: zipfile.ZipFile, *names: str) -> str:
    found = archive.namelist()
    for name in names:
        if name in found:
            return name
    raise WarpError(f'does not hold the picture that it names, "{names[0][:200]}"', _AGAIN)


def _unpack(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """An entry, whatever the archive says of its size; nothing is ever written to a folder."""
    with archive.open(name) as entry:
        data = entry.read(largest + 1)
    if len(data) > largest:
        raise WarpError(f'holds "{name[:200]}", which unpacks to more than {largest / 1e6:.0f} MB', "save it smaller")
    return data


def _list_overlays(data: bytes) -> list[Element]:
    """The overlays of a KML; prefixes are passed over, since files use some that they do not declare."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()  # expat bounds entities, and fetches nothing
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: builder.start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: builder.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)  # noqa: FBT003 - as expat has it
    except expat.ExpatError as error:
        raise WarpError(f"holds a KML that cannot be read: {expat.ErrorString(error.code)}", _AGAIN) from None
    root = builder.close()
    return [element for element in root.iter("GroundOverlay") if element.find("Icon/href") is not None]


def _read_place(overlay: Element) -> tuple[Bounds | None, float, tuple[tuple[float, float], ...]]:
    try:
        box = overlay.find("LatLonBox")
        if box is not None:
            west, south, east, north = (float(_say(box.find(edge))) for edge in ("west", "south", "east", "north"))
            rotation = float(_say(box.find("rotation")) or 0)
            return Bounds(west, south, east + 360 if east < west else east, north), rotation, ()
        written = _say(overlay.find("LatLonQuad/coordinates")).split()
        corners = tuple((float(lon), float(lat)) for lon, lat, *_ in (corner.split(",") for corner in written))
    except ValueError:
        raise WarpError("does not say in numbers where its picture lies", _AGAIN) from None
    if len(corners) != 4:
        raise WarpError("does not say where its picture lies", _AGAIN)
    return None, 0.0, corners


def _say(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
