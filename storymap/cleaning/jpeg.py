"""Take out of a JPEG what it tells of people and places, and leave every byte of the picture as it is.

A JPEG is a row of segments (ITU-T T.81, annex B). What draws it stays: tables, frames, scans, the colour profile and
Adobe's note of the colour space. Everything else goes: Exif, XMP, IPTC, comments, previews, and what phones append
behind the picture, such as a film of the moment.
"""

from __future__ import annotations

import re
import struct

from storymap.cleaning.cleaned import Cleaned
from storymap.cleaning.exif import BEHIND, IPTC, OTHER, TEXT, XMP, read_exif, write_orientation

_START_OF_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_NEXT_MARKER = re.compile(rb"\xff+[\x02-\xcf\xd8-\xfe]")  # in a scan 0xFF is followed by 0 or a restart's number
_KEPT = {0xE0: (b"JFIF\0",), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}


def clean_jpeg(data: bytes) -> Cleaned:
    """`data`, a JPEG, without what it tells; a damaged one as far as it can be read."""
    parts: list[bytes] = [data[:2]]
    words: dict[str, None] = {}
    orientation = 1
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
            continue
        if marker == _END:
            parts.append(data[at : at + 2])
            if data[at + 2 :].strip(b"\0"):
                words[BEHIND] = None
            break
        if marker in _ALONE:
            parts.append(data[at : at + 2])
            at += 2
            continue
        if at + 4 > len(data):
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at:end]
        body = segment[4:]
        if marker == _START_OF_SCAN:
            following = _NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
            parts.append(data[at:end])
        elif not (0xE0 <= marker <= 0xEF or marker == _COMMENT) or body.startswith(_KEPT.get(marker, ())):
            parts.append(segment)
        elif body.startswith(b"Exif\0"):
            exif = read_exif(body[6:])
            orientation = orientation if orientation != 1 else exif.orientation
            words |= dict.fromkeys(exif.words)
        else:
            words[_name(marker, body)] = None
        at = max(end, at + 2)
    if orientation != 1:
        body = b"Exif\0\0" + write_orientation(orientation)
        after = 2 if len(parts) > 1 and parts[1].startswith(b"\xff\xe0") else 1
        parts.insert(after, b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    return Cleaned(b"".join(parts), tuple(words), orientation=orientation)


def _name(marker: int, body: bytes) -> str:
    if marker == _COMMENT:
        return TEXT
    if marker == 0xED:
        return IPTC
    return XMP if body.startswith((b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/")) else OTHER
