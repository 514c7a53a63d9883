"""Take out of a WebP what it tells of people and places, and leave every byte of the picture as it is.

A WebP is a RIFF file; its extended header says which chunks there are
(https://developers.google.com/speed/webp/docs/riff_container).
"""

from __future__ import annotations

import struct

from storymap.cleaning.cleaned import Cleaned
from storymap.cleaning.exif import BEHIND, OTHER, XMP, read_exif, write_orientation

_DRAWING = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def clean_webp(data: bytes) -> Cleaned:
    """`data`, a WebP, without what it tells; a damaged one as far as it can be read."""
    parts: list[bytes] = []
    words: dict[str, None] = {}
    orientation = 1
    stated = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0]) if len(data) >= 8 else len(data)
    at = 12
    while at + 8 <= stated:
        name, length = struct.unpack_from("<4sI", data, at)
        end = min(at + 8 + length + length % 2, len(data))
        body = data[at + 8 : at + 8 + length]
        if name in _DRAWING:
            parts.append(data[at:end])
        elif name == b"EXIF":
            exif = read_exif(body.removeprefix(b"Exif\0\0"))
            words |= dict.fromkeys(exif.words)
            orientation = exif.orientation
        else:
            words[XMP if name == b"XMP " else OTHER] = None
        at = end
    if data[at:].strip(b"\0"):
        words[BEHIND] = None
    if parts and parts[0].startswith(b"VP8X") and len(parts[0]) >= 18:
        flags = parts[0][8] & ~(_EXIF_FLAG | _XMP_FLAG)
        if orientation != 1:
            flags |= _EXIF_FLAG
            body = write_orientation(orientation)
            parts.append(b"EXIF" + struct.pack("<I", len(body)) + body)  # an even number of bytes
        parts[0] = parts[0][:8] + bytes([flags]) + parts[0][9:]
    content = b"WEBP" + b"".join(parts)
    return Cleaned(b"RIFF" + struct.pack("<I", len(content)) + content, tuple(words), orientation=orientation)
