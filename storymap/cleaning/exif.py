"""Read of Exif data what they tell, and write the one thing of them that a picture needs: which way up it is.

Exif is a TIFF file in a segment of a picture: tags in a table, some of which lead to further tables (CIPA DC-008).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

POSITION = "where it was taken"
PERSON = "a name of its maker or owner"
CAMERA = "the camera"
TIME = "when it was taken"
OTHER = "more data of the camera or program"
TEXT = "texts of the camera or program"
XMP = "data in XMP"
IPTC = "data in IPTC"
BEHIND = "what was stored behind the picture"

NOTHING = struct.pack("<2sHIHI", b"II", 42, 8, 0, 0)
"""Exif data with an empty table."""

_ORIENTATION = 0x0112
_GPS = 0x8825
_MORE = 0x8769  # leads to the table with what the camera notes
_WORDS = {
    _GPS: POSITION,
    0x013B: PERSON,  # Artist
    0x8298: PERSON,  # Copyright
    0xA430: PERSON,  # CameraOwnerName
    0x9C9D: PERSON,  # XPAuthor
    0x010F: CAMERA,  # Make
    0x0110: CAMERA,  # Model
    0xA431: CAMERA,  # BodySerialNumber
    0x927C: CAMERA,  # MakerNote
    0x0132: TIME,  # DateTime
    0x9003: TIME,  # DateTimeOriginal
    0x9004: TIME,  # DateTimeDigitized
}
_MOST_ENTRIES = 2_000


class Exif(Struct, frozen=True):
    """What Exif data tell: which way up (1 to 8, as the standard counts; 1 is upright), and the rest in words."""

    orientation: int
    words: tuple[str, ...]


def read_exif(tiff: bytes) -> Exif:
    """What the Exif data `tiff` tell; damaged ones are read as far as they go."""
    orientation, words = 1, set[str]()
    if tiff[:2] not in (b"II", b"MM") or len(tiff) < 8:
        return Exif(1, (OTHER,) if tiff.strip(b"\0") else ())
    order = "<" if tiff[:2] == b"II" else ">"
    tables = [struct.unpack_from(f"{order}I", tiff, 4)[0]]
    for table in tables:
        for tag, kind, value in _list_entries(tiff, table, order):
            if tag == _ORIENTATION:
                short = struct.unpack_from(f"{order}H", value)[0] if kind == 3 else 1
                orientation = short if 1 <= short <= 8 else 1
            elif tag == _MORE and len(tables) < 3:
                tables.append(struct.unpack(f"{order}I", value)[0])
            else:
                words.add(_WORDS.get(tag, OTHER))
    return Exif(orientation, tuple(sorted(words, key=_ORDER.index)))


def write_orientation(orientation: int) -> bytes:
    """Exif data that say which way up a picture is, and nothing else."""
    entry = struct.pack("<HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return struct.pack("<2sHIH", b"II", 42, 8, 1) + entry + struct.pack("<I", 0)


_ORDER = (POSITION, PERSON, CAMERA, TIME, OTHER)


def _list_entries(tiff: bytes, start: int, order: str) -> Iterator[tuple[int, int, bytes]]:
    """The entries of the table at `start`: tag, type and the four bytes with their value or where it stands."""
    if start + 2 > len(tiff):
        return
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(min(count, _MOST_ENTRIES)):
        at = start + 2 + 12 * number
        if at + 12 > len(tiff):
            return
        tag, kind, _ = struct.unpack_from(f"{order}HHI", tiff, at)
        yield tag, kind, tiff[at + 8 : at + 12]
