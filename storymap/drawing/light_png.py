"""A picture as a PNG that comes at once: in few colours, for smoothing leaves every colour between two others.

How heavy one will be shows beforehand in how often its colour changes: as a rule it is packed once. That is done
by libdeflate, which takes a third of the time of zlib and gives the same bytes everywhere.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

_COLOURS = ((64, 0.74), (40, 0.71), (32, 0.66), (24, 0.59), (16, 0.0))
"""How many colours a picture may have, and how many bytes it takes then for each change of colour along its rows."""

_ROOM = 0.85
"""A picture that takes less of its limit may have more colours."""

_ROWS = 3
"""Of so many rows the colours of one are looked at to choose among them: the others have the same."""

_LEVEL = 6
"""How hard libdeflate tries, up to 12: harder gives a hundredth of the bytes for half of the time."""


def write_light_png(picture: Image.Image, limit: int) -> bytes:
    """The PNG of `picture`, in at most `limit` bytes where 16 colours are enough for that."""
    from PIL import Image

    width, height = picture.size
    some = picture.resize((width, max(1, height // _ROWS)), Image.Resampling.NEAREST)

    def write(number: int) -> bytes:
        palette = some.quantize(_COLOURS[number][0], method=Image.Quantize.FASTOCTREE)
        return _write(picture.quantize(palette=palette, dither=Image.Dither.NONE))

    changes = _count_changes(picture)
    number = next(number for number, (_, weight) in enumerate(_COLOURS) if changes * weight <= limit or not weight)
    light = write(number)
    while len(light) > limit and number + 1 < len(_COLOURS):
        number += 1
        light = write(number)
    # What repeats, as meridians do, is lighter than its changes let expect.
    while number and len(light) < _ROOM * limit and len(richer := write(number - 1)) <= limit:
        number -= 1
        light = richer
    return light


def _count_changes(picture: Image.Image) -> int:
    """How many pixels have another colour than the one before them."""
    pixels = np.frombuffer(picture.tobytes("raw", "RGBX"), dtype=np.uint32).reshape(picture.height, -1)
    return int(np.count_nonzero(pixels[:, 1:] != pixels[:, :-1]))


def _write(few: Image.Image) -> bytes:
    """The PNG of a picture with a palette."""
    import deflate

    width, height = few.size
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # before each row stands that it is as it is
    rows[:, 1:] = np.asarray(few)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(few.getpalette() or ())),
        (b"IDAT", deflate.zlib_compress(rows.tobytes(), _LEVEL)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
