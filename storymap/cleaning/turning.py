"""Turn a photograph upright that was stored lying on its side.

Cameras store what the sensor saw, and note how it has to be turned (Exif's Orientation). Browsers follow the note;
other programs do not. Pillow cannot turn a JPEG without compressing it anew. That is done only to pictures that need
it, and with their own tables, turned as well, so that the second compression rounds nearly as the first did: a
screenshot comes out at 56 dB (PSNR) where its sides are whole blocks, and at 44 dB where not; neither is seen.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from storymap.cleaning.cleaned import UncleanError

if TYPE_CHECKING:
    from PIL.Image import Image

_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
"""The orientations that exchange width and height."""

_SUBSAMPLINGS = {0: 0, 2: 2}
"""Pillow's numbers of samplings that a quarter turn leaves as they are (4:4:4, 4:2:0); all others become 4:4:4."""

_WEBP_QUALITY = 95
"""Of a WebP that is compressed anew: its own quality is noted nowhere, and this is seen to lose nothing."""


def turn_upright(data: bytes, orientation: int) -> bytes | None:
    """`data`, a cleaned JPEG, PNG or WebP whose pixels are to be turned as `orientation` says (2 to 8, as in Exif).

    None for one that had better keep its note, which browsers follow: it would lose by being saved (an animation, 16
    bits a channel), or is damaged. Raises `UncleanError` where it has more pixels than can safely be held in memory.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # large; an error when it is far too large
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
                if getattr(picture, "n_frames", 1) > 1 or _has_deep_channels(data):
                    return None
                options = _save_as_it_was(picture, data, orientation)
                turned = ImageOps.exif_transpose(picture)
                written = io.BytesIO()
                turned.save(written, **options)
    except Image.DecompressionBombError as error:
        raise UncleanError("has more pixels than can be turned upright: scale it down") from error
    except (OSError, SyntaxError, ValueError):  # what Pillow makes of a damaged picture
        return None
    return written.getvalue()


def _save_as_it_was(picture: Image, data: bytes, orientation: int) -> dict[str, Any]:
    """How Pillow is to save a picture that `picture` was turned into: as `data` was compressed, with its colours."""
    kept: dict[str, Any] = {"format": picture.format, "exif": b"", "icc_profile": picture.info.get("icc_profile")}
    if picture.format == "PNG":
        return kept | {"optimize": True}
    if picture.format == "WEBP":
        return kept | {"lossless": b"VP8L" in data, "quality": _WEBP_QUALITY, "exact": True}
    from PIL.JpegImagePlugin import get_sampling

    tables: dict[int, list[int]] = getattr(picture, "quantization", {})
    if orientation in _ON_ITS_SIDE:
        tables = {number: _transpose(table) for number, table in tables.items()}
    return kept | {
        "qtables": tables,
        "subsampling": _SUBSAMPLINGS.get(get_sampling(picture), 0),
        "progressive": bool(picture.info.get("progressive")),
        "optimize": True,
    }


def _transpose(table: list[int]) -> list[int]:
    """A table of 8 × 8 numbers, row by row, for a picture whose rows have become columns."""
    return [table[8 * column + row] for row in range(8) for column in range(8)]


def _has_deep_channels(data: bytes) -> bool:
    """Whether `data` is a PNG with 16 bits a channel, of which Pillow reads 8."""
    return data.startswith(b"\x89PNG") and data[24:25] == b"\x10"
