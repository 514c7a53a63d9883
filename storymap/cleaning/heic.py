"""Read photographs in HEIC, as telephones take them, with pi-heif of the extra `heif`: pages show them as JPEG.

Few browsers show HEIC. pi-heif brings libheif and libde265 (LGPL), which only decode.
"""

from __future__ import annotations

import io
import warnings
from functools import cache
from importlib.util import find_spec
from typing import BinaryIO

from storymap.cleaning.cleaned import UncleanError

HEIC_ENDINGS = frozenset({".heic", ".heif"})

INSTALL = "install what reads it: pip install pi-heif"
"""What to do where nothing reads HEIC; more may follow."""

_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_COMMON_BRANDS = frozenset({b"mif1", b"msf1", b"miaf"})
_MOST_PIXELS = 80_000_000
"""A picture of more of them is not decoded: it would take a quarter of a gigabyte."""

_QUALITY = 90


def can_read_heic() -> bool:
    """Whether the extra is installed."""
    return find_spec("pi_heif") is not None


def is_heic(data: bytes) -> bool:
    """Whether `data` begins as a HEIC does, and not as an AVIF, which is of the same family."""
    if data[4:8] != b"ftyp":
        return False
    named = {data[at : at + 4] for at in range(16, min(int.from_bytes(data[:4], "big"), 128, len(data)), 4)}
    return data[8:12] in _BRANDS or (data[8:12] in _COMMON_BRANDS and bool(named & _BRANDS) and b"avif" not in named)


@cache
def teach_pillow() -> None:
    """From now on Pillow opens HEIC in this process, if the extra is installed."""
    if can_read_heic():
        from pi_heif import register_heif_opener

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def expect_heic(opened: BinaryIO) -> None:
    """Have Pillow read the file `opened` if it begins as a HEIC, whatever its name says. It is not moved on."""
    start = opened.read(128)
    opened.seek(0)
    if is_heic(start):
        teach_pillow()


def convert_heic(data: bytes) -> bytes:
    """A HEIC as a JPEG: upright, with its colours, and without what the camera noted. Raises `UncleanError`."""
    from PIL import Image

    if not can_read_heic():
        raise UncleanError(f"is a HEIC, which nothing here reads: {INSTALL}")
    teach_pillow()
    written = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of many pixels, which are counted, and of damaged notes
            with Image.open(io.BytesIO(data), formats=("HEIF",)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UncleanError("has more pixels than can safely be held in memory: scale it down")
                profile = picture.info.get("icc_profile")
                plain = picture.convert("RGB")
                plain.save(written, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile, exif=b"")
    except UncleanError:
        raise
    except Exception as error:
        raise UncleanError("is no picture that can be read") from error
    return written.getvalue()
