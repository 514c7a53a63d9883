"""Read references of the UTM grid, and of the military grid (MGRS) over it: "33U 458000 5548000", "33UVR5788948292".

They are what receivers, walking maps and reports of expeditions have. Called by `storymap.earth.coordinates`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from storymap.model.place import LonLat

_ZONE = r"(?:UTM\s*)?(?:zone\s*)?(?P<zone>\d{1,2})\s*(?P<band>[C-HJ-NP-X])"
_METRES = (
    r"(?:E\s*)?(?P<east>\d{6}(?:[.,]\d+)?)\s*(?:m?\s*E)?[\s,;]+(?:N\s*)?(?P<north>\d{1,8}(?:[.,]\d+)?)\s*(?:m?\s*N)?"
)
_UTM = (
    re.compile(rf"{_ZONE}[\s,;:]+{_METRES}", re.IGNORECASE),
    re.compile(rf"{_METRES}[\s,;]+\(?{_ZONE}\)?", re.IGNORECASE),
)
_MGRS = re.compile(
    r"(?P<zone>\d{1,2})\s?(?P<band>[C-HJ-NP-X])\s?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])\s?"
    r"(?P<digits>(?:\d{2}){1,5}|\d{1,5}\s\d{1,5})"
)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
"""The squares from west to east, in a zone, in the next, and in the one after it."""

_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_ZONE_CELL = re.compile(r"(?:UTM\s*)?(?:zone\s*)?(\d{1,2})\s*([C-HJ-NP-X]|north|south)?\.?", re.IGNORECASE)
_IN_COLUMN = re.compile(
    r"EPSG[:_ ]*(\d{4,6})(?!\d)|UTM[ _-]*(?:zone[ _-]*)?(\d{1,2})[ _-]?([NS])(?![A-Za-z])",
    re.IGNORECASE,
)
"""How a reference system is named within the name of a column."""


class GridReference(Struct, frozen=True):
    """What a text is, with an article, and the point that it stands for; None where its parts do not fit together."""

    what: str
    point: LonLat | None


def read_grid_reference(text: str) -> GridReference | None:
    """The point of a reference of either grid; None where `text` is none.

    That of the military grid is the middle of its square, of 1 m to 10 km. The letter of a zone is its band of
    latitude; S and N stand for the hemisphere where the point does not lie in these bands.
    """
    text = text.strip()
    if match := next((match for form in _UTM if (match := form.fullmatch(text))), None):
        metres = (float(match[part].replace(",", ".")) for part in ("east", "north"))
        return GridReference("a UTM reference", _find_utm(int(match["zone"]), match["band"].upper(), *metres))
    if match := _MGRS.fullmatch(text):
        return GridReference("a reference of the military grid (MGRS)", _find_square(match))
    return None


def name_zone(written: str, hemisphere: str = "") -> tuple[str, bool]:
    """The reference system of a UTM zone, "33U", "33 N" or "33", and whether that says on which side of the equator.

    `hemisphere` may say it besides. Empty where it is no zone.
    """
    match = _ZONE_CELL.fullmatch(written.strip())
    if not match or not 1 <= int(match[1]) <= 60:
        return name_written_system(written), True
    letter = (match[2] or hemisphere.strip() or "?")[0].upper()
    south = letter in "CDEFGHJKLMS"
    return f"EPSG:{(32700 if south else 32600) + int(match[1])}", letter != "?"


def name_written_system(text: str) -> str:
    """The reference system that a text names by its code or as a zone of UTM; empty where it names none."""
    match = _IN_COLUMN.search(text)
    if not match:
        return ""
    if match[1]:
        return f"EPSG:{match[1]}"
    return f"EPSG:{(32600 if match[3].upper() == 'N' else 32700) + int(match[2])}" if 1 <= int(match[2]) <= 60 else ""


def leave_out_system(column: str) -> str:
    """The name of a column without the reference system that it names: "E" of "E_UTM33N"."""
    return _IN_COLUMN.sub(" ", column).strip(" _-()[]")


def _find_utm(zone: int, letter: str, east: float, north: float) -> LonLat | None:
    """The point of a zone; None where it does not lie in the band, or in the hemisphere, that the letter says."""
    point = _turn_to_degrees(zone, letter >= "N", east, north)
    if point and _lies_in(point, letter):
        return point
    return _turn_to_degrees(zone, letter == "N", east, north) if letter in "NS" else None


def _find_square(match: re.Match[str]) -> LonLat | None:
    """The middle of a square of the military grid (NGA.STND.0037)."""
    zone, band, digits = int(match["zone"]), match["band"], match["digits"]
    half = digits.split() if " " in digits else [digits[: len(digits) // 2], digits[len(digits) // 2 :]]
    column = _COLUMNS[(zone - 1) % 3].find(match["column"])
    if not 1 <= zone <= 60 or column < 0 or len(half[0]) != len(half[1]):
        return None
    size = 10 ** (5 - len(half[0]))
    east = (column + 1) * 100_000 + (int(half[0]) + 0.5) * size
    north = (_ROWS.index(match["row"]) - 5 * (zone % 2 == 0)) % 20 * 100_000 + (int(half[1]) + 0.5) * size
    # Rows repeat every 2000 km: the one that is meant lies in the band of latitude.
    found = (_turn_to_degrees(zone, band >= "N", east, north + 2_000_000 * turn) for turn in range(5))
    return next((point for point in found if point and _lies_in(point, band)), None)


def _lies_in(point: LonLat, band: str) -> bool:
    """Whether a point lies in a band of latitude, of 8 degrees, or 12 in the last one; or next to it."""
    south = -80 + 8 * _BANDS.index(band)
    return south - 1 <= point.lat <= south + (13 if band == "X" else 9)


def _turn_to_degrees(zone: int, is_north: bool, east: float, north: float) -> LonLat | None:  # noqa: FBT001
    from pyproj import Transformer

    if not 1 <= zone <= 60:
        return None
    system = f"EPSG:{(32600 if is_north else 32700) + zone}"
    lon, lat = Transformer.from_crs(system, "EPSG:4326", always_xy=True).transform(east, north)
    return LonLat(round(lon, 6), round(lat, 6)) if abs(lat) <= 90 and abs(lon) <= 180 else None
