"""Take out of a GIF what it tells of people and places, and leave every byte of the picture as it is.

A GIF is a row of blocks (GIF89a): images and how long they show stay, and how often an animation runs; comments and
what programs put into application extensions, XMP among it, go.
"""

from __future__ import annotations

from storymap.cleaning.cleaned import Cleaned
from storymap.cleaning.exif import BEHIND, OTHER, TEXT, XMP

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_DRAWING = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def clean_gif(data: bytes) -> Cleaned:
    """`data`, a GIF, without what it tells; a damaged one as far as it can be read."""
    at = 13 + _size_of_table(data[10] if len(data) > 10 else 0)
    parts = [data[:at]]
    words: dict[str, None] = {}
    while at < len(data):
        kind = data[at]
        if kind == _TRAILER:
            parts.append(data[at : at + 1])
            if data[at + 1 :].strip(b"\0"):
                words[BEHIND] = None
            break
        if kind == _IMAGE and at + 10 <= len(data):
            end = _end_of_blocks(data, at + 11 + _size_of_table(data[at + 9]))
            parts.append(data[at:end])
        elif kind == _EXTENSION and at + 2 < len(data):
            end = _end_of_blocks(data, at + 2)
            label, name = data[at + 1], data[at + 3 : at + 14]
            if label == _COMMENT:
                words[TEXT] = None
            elif label == _APPLICATION and not name.startswith(_DRAWING):
                words[XMP if name.startswith(b"XMP") else OTHER] = None
            else:
                parts.append(data[at:end])
        else:
            break
        at = end
    return Cleaned(b"".join(parts), tuple(words))


def _size_of_table(flags: int) -> int:
    """Bytes of the table of colours that `flags` announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    """Where the row of sub-blocks at `at` has ended: each begins with its length, and the last has none."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
