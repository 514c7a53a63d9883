"""Pictures of any depth and number of colours → eight bits of red, green and blue, as the web shows them."""

from __future__ import annotations

import contextlib

import numpy as np
from PIL import Image

_NO_DATA = 42113
"""The tag in which GDAL writes the value of pixels that hold nothing."""

_TAILS = (2, 98)
"""Per cent of the pixels that are darker than black and brighter than white is where a picture is measured, not seen:
as geographic programs show it first."""


def to_eight_bits(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is see-through. Measured values (heights, say) become shades of grey."""
    nothing = _read_no_data(image)
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        values = np.asarray(image, dtype=np.float64)
        known = np.isfinite(values) & (values != nothing if nothing is not None else True)
        if image.format == "PNG" and image.mode != "F":
            low, high = 0.0, 65535.0  # a photograph or a scan, whose white is white
        elif known.any():
            low, high = (float(value) for value in np.percentile(values[known], _TAILS))
        else:
            low = high = 0.0
        shades = np.clip((np.nan_to_num(values) - low) / ((high - low) or 1.0) * 255, 0, 255).astype(np.uint8)
        return _hide(Image.fromarray(shades).convert("RGB"), known)
    see_through = image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info
    shown = image.convert("RGBA" if see_through else "RGB")
    if nothing is None or see_through:
        return shown
    values = np.asarray(image if image.mode in {"L", "RGB"} else shown)
    return _hide(shown, (values != nothing) if values.ndim == 2 else (values != nothing).any(axis=2))


def _hide(image: Image.Image, known: np.ndarray) -> Image.Image:
    """The picture, see-through where it is not `known`, an array of its height and width."""
    if known.all():
        return image
    image.putalpha(Image.fromarray((known * 255).astype(np.uint8)))
    return image


def _read_no_data(image: Image.Image) -> float | None:
    """The value of pixels that hold nothing, where the file says one."""
    tags = getattr(image, "tag_v2", None) or {}
    with contextlib.suppress(TypeError, ValueError):
        return float(str(tags[_NO_DATA]).strip(" \0")) if _NO_DATA in tags else None
    return None
