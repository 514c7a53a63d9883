"""Take out of a PNG what it tells of people and places, and leave every byte of the picture as it is.

A PNG is a row of chunks. Those that draw it stay (https://www.w3.org/TR/png-3/#11Chunks): the critical ones, colour
and animation. Texts, times, Exif and chunks that no standard knows go, and so does what stands behind the last one.
"""

from __future__ import annotations

import struct
import zlib

from storymap.cleaning.cleaned import Cleaned
from storymap.cleaning.exif import BEHIND, OTHER, TEXT, TIME, XMP, read_exif, write_orientation

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_DRAWING = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


def clean_png(data: bytes) -> Cleaned:
    """`data`, a PNG, without what it tells; a damaged one as far as it can be read."""
    parts = [SIGNATURE]
    words: dict[str, None] = {}
    orientation = 1
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if name in _DRAWING:
            parts.append(data[at:end])
        elif name == b"eXIf":
            exif = read_exif(data[at + 8 : end - 4])
            words |= dict.fromkeys(exif.words)
            orientation = exif.orientation
            if orientation != 1:
                parts.append(_write_chunk(b"eXIf", write_orientation(orientation)))
        elif name in _TEXTS:
            words[XMP if data.startswith(b"XML:com.adobe.xmp", at + 8) else TEXT] = None
        else:
            words[TIME if name == b"tIME" else OTHER] = None
        at = end
        if name == b"IEND":
            break
    if data[at:].strip(b"\0"):
        words[BEHIND] = None
    return Cleaned(b"".join(parts), tuple(words), orientation=orientation)


def _write_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
