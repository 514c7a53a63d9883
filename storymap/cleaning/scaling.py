"""Copies of a picture in the sizes that screens show, so that a phone does not load what a poster would need.

They are WebP, which every browser of the last years reads. AVIF was measured: what Pillow makes in the same time is no
smaller, and a tenth smaller takes four times as long.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from storymap.cleaning.cleaned import UncleanError
from storymap.cleaning.heic import HEIC_ENDINGS

if TYPE_CHECKING:
    from PIL.Image import Image, Resampling

LARGEST = 2560
"""Pixels of the longer side of a picture that a reader opens large: what fills most screens."""

_WIDTHS = (480, 800, 1200, 1600)
"""Pixels of width: the column of text beside a map is 480 CSS pixels wide, a page without script 700, a phone 400."""

_SMALL_FILE = 40_000
"""Bytes of a file that is loaded as soon as a copy would be."""

_MOST_PIXELS = 80_000_000
"""A picture with more of them is left as it is: to decode it takes a quarter of a gigabyte."""

_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"} | dict.fromkeys(
    HEIC_ENDINGS, "JPEG"
)
"""In what a picture is published, by its ending."""

_QUALITY = 80
_QUALITY_LARGE = 85
_MOST_COLOURS = 4096
"""A PNG of no more colours is a drawing or a screen, whose edges stay sharp without loss."""


def choose_widths(name: str, size: tuple[int, int], weight: int, start: bytes) -> tuple[int, ...]:
    """The widths in pixels of the copies of a picture, lowest first; none for one that is shown as it is.

    `size` are its width and height, `weight` its bytes and `start` the first of them. As they are stay small pictures,
    drawings (SVG), moving ones, and what is too large to be decoded.
    """
    width, height = size
    if not can_scale(name, size, start) or weight <= _SMALL_FILE:
        return ()
    widest = min(width, round(width * LARGEST / max(width, height)))
    return tuple(one for one in _WIDTHS if one < widest)


def can_scale(name: str, size: tuple[int, int], start: bytes) -> bool:
    """Whether copies can be made of a picture."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in _FORMATS and 0 < size[0] * size[1] <= _MOST_PIXELS and not _is_moving(start)


def scale_picture(data: bytes, widths: Sequence[int]) -> tuple[bytes, ...]:
    """Copies of `data`, a cleaned picture, as WebP with these `widths` in pixels. Raises `UncleanError`."""
    picture = _open(data, max(widths))
    lossless = picture.format == "PNG" and picture.getcolors(_MOST_COLOURS) is not None
    picture, profile = _plain(picture), picture.info.get("icc_profile")
    copies = []
    for width in sorted(widths, reverse=True):  # each from the one before, which is soon done and looks the same
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), _lanczos(), reducing_gap=3.0)
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=_QUALITY, method=4, lossless=lossless, icc_profile=profile, exif=b"")
        copies.append(written.getvalue())
    return tuple(reversed(copies))


def limit_picture(name: str, data: bytes) -> bytes:
    """`data`, a cleaned picture, with no side longer than `LARGEST`, in its own format. Raises `UncleanError`."""
    picture = _open(data, LARGEST)
    if max(picture.size) <= LARGEST:
        return data
    profile, form = picture.info.get("icc_profile"), _FORMATS[PurePosixPath(name).suffix.lower()]
    picture = _plain(picture)
    picture.thumbnail((LARGEST, LARGEST), _lanczos(), reducing_gap=3.0)
    written = io.BytesIO()
    options = {"optimize": True} if form in ("JPEG", "PNG") else {}
    options |= {"progressive": True} if form == "JPEG" else {}
    if form == "JPEG" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    picture.save(written, form, quality=_QUALITY_LARGE, icc_profile=profile, exif=b"", **options)
    return written.getvalue()


def _open(data: bytes, wanted: int) -> Image:
    """A picture, decoded; a JPEG not much larger than `wanted` pixels wide, which takes less memory and time."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of many pixels, which were counted, and of damaged metadata
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "AVIF"))
            if picture.width * picture.height > _MOST_PIXELS:
                raise UncleanError("has more pixels than can safely be held in memory: scale it down")
            share = min(1, wanted / picture.width)
            picture.draft(None, (round(picture.width * share), round(picture.height * share)))
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UncleanError("is no picture that can be read") from error
    return picture


def _plain(picture: Image) -> Image:
    """A picture as WebP has them: three colours, and how clear it is where it says so."""
    if picture.mode in ("RGB", "RGBA"):
        return picture
    if picture.mode == "CMYK":
        picture.info.pop("icc_profile", None)
    clear = picture.mode in ("LA", "PA", "La") or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _lanczos() -> Resampling:
    from PIL.Image import Resampling

    return Resampling.LANCZOS


def _is_moving(start: bytes) -> bool:
    """Whether a file that begins so is an animation, which a copy would bring to a halt."""
    if start.startswith(b"RIFF") and start[12:16] == b"VP8X":
        return bool(start[20:21] and start[20] & 0x02)
    return b"acTL" in start[:4096] or start[8:12] == b"avis"
