"""A picture as a PNG that comes at once: in few colours, for smoothing leaves every colour between two others.

Most of what we draw is plain: of a card, a pixel in nine has another colour than the one before it. So what is looked
at are runs of one colour, and how many there are tells how heavy the PNG will be: as a rule it is packed once. That is
done by libdeflate, which takes a third of the time of zlib and gives the same bytes everywhere.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

_COLOURS = ((64, 0.803, 2590), (40, 0.733, 2800), (32, 0.682, 2920), (24, 0.619, 3950), (16, 0.0, 0), (12, 0.0, 0))
"""How many colours a picture may have, and how many bytes it takes then for each run, and besides.

2 % more than the line that fits 138 cards best: of 9 in 10 the PNG is within 6 % of that. Fewer than 16 are only for
what is too heavy with these: they cannot tell one ink from another.
"""

_GRAINS = (2, 3, 4, 6, 8, 16)
"""How many pixels a side the points have of a picture that no number of colours makes light: a photograph, most often.
"""

_ROOM = 0.8
"""A picture that takes less of its limit may have more colours."""

_LONG = 6
"""A run of so many pixels is of a plain colour, as the stems of large letters are; shorter ones are edges."""

_PLAIN, _MOST_PLAIN = 3, 8
"""One in so many colours is a plain one, and how many may be.

Those of the largest areas stay as they are: sea, land, paper, ink.
"""

_EVERY = 3
"""Of so many runs one is looked at to choose among their colours: the others have the same."""

_LEVEL = 5
"""How hard libdeflate tries, up to 12: harder gives a fiftieth of the bytes for a third of the time."""


class _Runs(NamedTuple):
    """A picture from pixel to pixel, row after row."""

    shape: tuple[int, int]
    """Its height and width."""

    colours: NDArray[np.uint32]
    """The colour of each run of pixels that have the same, four bytes of it."""

    lengths: NDArray[np.intp]
    """How many pixels each run has."""

    kept: NDArray[np.uint32]
    """Colours that stay as they are, where there are any of them."""


def write_light_png(pixels: NDArray[np.uint8], limit: int, *, keep: Sequence[str] = ()) -> bytes:
    """The PNG of `pixels`, in at most `limit` bytes: with fewer colours, and then with coarser points.

    They are of shape (height, width, 4): red, green, blue, and what is not looked at but the same throughout. `keep`
    are colours, as `#rrggbb`, that stay as they are however little there is of them, such as that of markers.
    """
    light = _lighten(pixels, limit, keep)
    for grain in _GRAINS:
        if len(light) <= limit:
            break
        light = _lighten(_coarsen(pixels, grain), limit, keep)
    return light


def _lighten(pixels: NDArray[np.uint8], limit: int, keep: Sequence[str]) -> bytes:
    """The PNG of `pixels` in as many colours as `limit` allows, but with 12 at least, which may be too many."""
    runs = _find_runs(pixels, keep)
    count = len(runs.lengths)
    number = next(number for number, (_, each, more) in enumerate(_COLOURS) if not each or count * each + more <= limit)
    light = _write(runs, number)
    while len(light) > limit and number + 1 < len(_COLOURS):
        number += 1
        light = _write(runs, number)
    # What repeats, as meridians do, is lighter than its runs let expect.
    while number and len(light) < _ROOM * limit and len(richer := _write(runs, number - 1)) <= limit:
        number -= 1
        light = richer
    return light


def _coarsen(pixels: NDArray[np.uint8], grain: int) -> NDArray[np.uint8]:
    """`pixels` in squares of so many a side, each of the mean of its colours."""
    from PIL import Image

    height, width, _ = pixels.shape
    mean = np.asarray(Image.fromarray(pixels, "RGBX").reduce(grain))
    return mean.repeat(grain, axis=0)[:height].repeat(grain, axis=1)[:, :width]


def _find_runs(pixels: NDArray[np.uint8], keep: Sequence[str]) -> _Runs:
    height, width, _ = pixels.shape
    others = int(pixels[0, 0, 3])
    kept = np.array([(*bytes.fromhex(colour.removeprefix("#")), others) for colour in keep], dtype=np.uint8)
    colours = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    begins = np.ones(colours.size, dtype=np.bool_)
    np.not_equal(colours[1:], colours[:-1], out=begins[1:])
    at = np.flatnonzero(begins)
    lengths = np.diff(at, append=colours.size)
    return _Runs((height, width), colours[at], lengths, kept.reshape(-1, 4).view(np.uint32).ravel())


def _write(runs: _Runs, number: int) -> bytes:
    """The PNG of a picture in so many colours as `_COLOURS` has at `number`."""
    import deflate

    palette, few = _choose_colours(runs, _COLOURS[number][0])
    height, width = runs.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # before each row stands that it is as it is
    rows[:, 1:] = np.repeat(few, runs.lengths).reshape(height, width)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", deflate.zlib_compress(rows, _LEVEL)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _choose_colours(runs: _Runs, most: int) -> tuple[bytes, NDArray[np.uint8]]:
    """A palette of at most so many colours, and which of them each run has.

    Those of the largest areas are in it as they are; the others are those of edges, from one colour to another.
    """
    from PIL import Image

    is_long = runs.lengths >= _LONG
    plain, which = np.unique(runs.colours[is_long][::_EVERY], return_inverse=True)
    areas = np.bincount(which, weights=runs.lengths[is_long][::_EVERY])
    plain = plain[np.argsort(-areas, kind="stable")]
    is_kept = np.isin(plain, runs.kept)
    plain = np.concatenate((plain[is_kept], plain[~is_kept]))[: min(most // _PLAIN, _MOST_PLAIN)]
    palette = plain.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    edges = runs.colours[~is_long][::_EVERY]
    if len(edges):
        chosen = _show(edges).quantize(most - len(plain), Image.Quantize.FASTOCTREE)
        palette += bytes(chosen.getpalette() or ())
    choice = Image.new("P", (1, 1))
    choice.putpalette(palette)
    few = np.array(_show(runs.colours).quantize(palette=choice, dither=Image.Dither.NONE))[0]
    for number, colour in enumerate(plain):  # which would have another that is as near as Pillow looks
        few[runs.colours == colour] = number
    return palette, few


def _show(colours: NDArray[np.uint32]) -> Image.Image:
    """A picture of one row."""
    from PIL import Image

    return Image.frombytes("RGB", (len(colours), 1), colours.tobytes(), "raw", "RGBX")
