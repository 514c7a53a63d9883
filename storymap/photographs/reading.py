"""Read where and when a photograph was taken, which cameras note in Exif (CIPA DC-008)."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from msgspec import Struct

from storymap.earth.coordinates import CoordinateError, check_position, round_point, write_degrees
from storymap.earth.flaws import Flaw
from storymap.model.place import LonLat

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})
"""The endings of published pictures that may note where they were taken."""

UNSHOWN_ENDINGS = frozenset({".heic", ".heif", ".tif", ".tiff", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".jxl"})
"""The endings of photographs that few browsers show."""

_TIME = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d)(?::\d\d)?.*", re.DOTALL)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")


class Photograph(Struct, frozen=True):
    """What a photograph notes: its position, or why there is none, and its time.

    `taken` is the time of the place where it was taken, as ISO 8601 writes it, to the minute: "2026-05-12T14:30", with
    "+02:00" behind it where the camera noted that. It is empty where there is none.
    """

    position: LonLat | None
    flaw: Flaw | None
    taken: str

    @property
    def coordinates(self) -> str:
        """The position as a story may have it in its place, latitude first: "50.079, 14.4306"; empty for none."""
        return f"{write_degrees(self.position.lat)}, {write_degrees(self.position.lon)}" if self.position else ""


class PhotographError(Exception):
    """The file is no picture that can be read; the message says why, as a clause about the file."""


def read_photograph(opened: BinaryIO) -> Photograph:
    """What the photograph in the file `opened` notes; no more of it is read than that. Raises `PhotographError`."""
    from PIL import ExifTags, Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged Exif, and of many pixels, none of which are decoded
            with Image.open(opened) as picture:
                exif = picture.getexif()
                noted, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Image.DecompressionBombError as error:
        raise PhotographError("has more pixels than a picture can have that is to be shown") from error
    except Exception as error:
        raise PhotographError("is no picture that can be read") from error
    position, flaw = _read_position(gps)
    return Photograph(position, flaw, _read_time(noted))


def _read_position(gps: Mapping[int, Any]) -> tuple[LonLat | None, Flaw | None]:
    """The position of Exif's table of GPS, or why there is none."""
    from PIL.ExifTags import GPS

    if GPS.GPSLatitude not in gps or GPS.GPSLongitude not in gps:
        return None, Flaw("no-position", "does not say where it was taken", _ADVICE)
    lat = _read_angle(gps[GPS.GPSLatitude], gps.get(GPS.GPSLatitudeRef), negative="S")
    lon = _read_angle(gps[GPS.GPSLongitude], gps.get(GPS.GPSLongitudeRef), negative="W")
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None, Flaw("no-position", "notes a position that is no number", _ADVICE)
    if lat == 0 and lon == 0:
        return None, Flaw("no-position", "notes the position 0, 0, as cameras do that know of none", _ADVICE)
    try:
        return round_point(check_position(lat, lon).point), None
    except CoordinateError as error:
        return None, Flaw("no-position", f"notes a position that is not on the earth: {error.message}", _ADVICE)


_ADVICE = "write where that was: its name, or its coordinates such as 50.0790, 14.4306"


def _read_angle(parts: Any, hemisphere: Any, *, negative: str) -> float:
    """Degrees of degrees, minutes and seconds; no number where they are none."""
    try:
        degrees, minutes, seconds = (float(part) for part in (*parts, 0, 0)[:3])
        angle = degrees + minutes / 60 + seconds / 3600
    except (ArithmeticError, TypeError, ValueError):
        return math.nan
    return -angle if _read_text(hemisphere).upper().startswith(negative) else angle


def _read_time(noted: Mapping[int, Any]) -> str:
    """When the picture was taken, or else made into a file, to the minute; empty where that is not noted."""
    from PIL.ExifTags import Base

    for tag, offset_tag in (
        (Base.DateTimeOriginal, Base.OffsetTimeOriginal),
        (Base.DateTimeDigitized, Base.OffsetTimeDigitized),
    ):
        found = _TIME.fullmatch(_read_text(noted.get(tag)))
        try:
            taken = datetime.fromisoformat("{}-{}-{}T{}:{}".format(*found.groups())) if found else None
        except ValueError:  # 0000:00:00, as cameras write that were never set
            continue
        if taken:
            offset = _read_text(noted.get(offset_tag))
            return f"{taken:%Y-%m-%dT%H:%M}{offset if _OFFSET.fullmatch(offset) else ''}"
    return ""


def _read_text(value: Any) -> str:
    """A text of Exif, of which some programs make bytes."""
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value
    return text.strip("\0 ") if isinstance(text, str) else ""
