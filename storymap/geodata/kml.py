"""Read of a KML file what GDAL passes over: fields without a schema, addresses, and links to files elsewhere.

Streams over the file once; what stands in it is not followed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from storymap.geodata.features import LARGEST_FILE

_CONTAINERS = frozenset({"Document", "Folder", "kml"})


@dataclass(frozen=True, slots=True)
class Placemark:
    """A placemark: its address, the fields that its author added to it, and whether its coordinates are left empty."""

    address: str
    fields: Mapping[str, str]
    is_empty: bool


@dataclass(slots=True)
class KmlOutline:
    """What a KML file holds: the placemarks of each folder that has any, and the addresses of files it links to.

    `columns` are the fields of all its schemas, `size` are its bytes, unpacked.
    """

    folders: list[list[Placemark]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    columns: int = 0
    size: int = 0


def outline_kml(file: Path) -> KmlOutline:
    """The outline of a KML or KMZ file; an empty one where it cannot be parsed, which GDAL tells better."""
    outline = KmlOutline()
    try:
        data = _read_kml(file)
        outline.size = len(data)
        _collect(io.BytesIO(data), outline)
    except (ET.ParseError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return KmlOutline(size=outline.size)
    outline.folders = [folder for folder in outline.folders if folder]
    return outline


def _read_kml(file: Path) -> bytes:
    """The bytes of the KML; of a KMZ its main file."""
    if file.suffix.casefold() != ".kmz":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.casefold().endswith(".kml")]
        main = next((name for name in names if name.casefold() == "doc.kml"), names[0] if names else "")
        if not main or archive.getinfo(main).file_size > LARGEST_FILE:
            return b"<kml/>"
        return archive.read(main)


def _collect(source: io.BytesIO, outline: KmlOutline) -> None:
    inside: list[int] = []
    for event, element in ET.iterparse(source, events=("start", "end")):  # noqa: S314 - expat bounds entities
        tag = _local(element)
        if event == "start" and tag in _CONTAINERS:
            inside.append(len(outline.folders))
            outline.folders.append([])
        elif event == "end" and tag in _CONTAINERS:
            inside.pop()
            element.clear()
        elif event == "end" and tag == "Placemark":
            if inside:
                outline.folders[inside[-1]].append(_read_placemark(element))
            element.clear()
        elif event == "end" and tag == "SimpleField":
            outline.columns += 1
        elif event == "end" and tag == "NetworkLink":
            outline.links.extend(text for child in element.iter() if _local(child) == "href" and (text := _say(child)))
            element.clear()


def _read_placemark(placemark: ET.Element) -> Placemark:
    fields: dict[str, str] = {}
    address = ""
    coordinates: list[str] = []
    for child in placemark.iter():
        match _local(child):
            case "address":
                address = " ".join(_say(child).split())
            case "coordinates":
                coordinates.append(_say(child))
            case "SimpleData":
                fields.setdefault(child.get("name", ""), _say(child))
            case "Data":
                value = next((_say(one) for one in child if _local(one) == "value"), "")
                fields.setdefault(child.get("name", ""), value)
    given = {name: value for name, value in fields.items() if name and value}
    return Placemark(address, given, is_empty=bool(coordinates) and not any(coordinates))


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _say(element: ET.Element) -> str:
    return (element.text or "").strip()
