"""Pixels of an SVG that we drew, as a PNG: no system library, font or browser has a part in it.

The renderer is resvg, by the wheel `resvg-py`. It sets Arabic and accents itself, with the fonts it is given, and makes
the same pixels everywhere. Pillow has no outlines of text and sets Arabic only where FriBiDi is installed; Skia and
Cairo need libraries of the system. What resvg gives has every colour that smoothing leaves between two others: Pillow
brings them down to a palette, a third of the weight.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from storymap.drawing.letters import BUILT_IN, Font, Letters
from storymap.text.markup import escape, quote_attribute

if TYPE_CHECKING:
    from PIL import Image

_COLOURS = (64, 40, 24, 16)
"""How many colours a picture may have: the most with which it is light enough."""

_DENSE = 2.8
"""A picture that weighs so many times what it may, in all its colours, is too heavy with the most of them."""


def render_png(svg: str, *, width: int, letters: Letters = BUILT_IN) -> bytes:
    """The PNG of `svg`, `width` pixels wide. Raises ValueError if it is no SVG."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=letters.list_files(),
        sans_serif_family="Noto Sans",
        serif_family="Noto Serif",
    )


def draws(font: Font) -> bool:
    """Whether the renderer takes `font`: it asks for more than HarfBuzz does, and leaves text in others out."""
    import resvg_py

    text = f'<text y="20" font-size="20" font-family={quote_attribute(font.family)}>{escape(font.sample)}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{text}</svg>'
    drawn, empty = (
        resvg_py.svg_to_bytes(svg_string=one, skip_system_fonts=True, font_files=[font.path])
        for one in (svg, svg.replace(text, ""))
    )
    return drawn != empty


def lighten_png(png: bytes, limit: int) -> bytes:
    """The picture of a PNG in few colours, in at most `limit` bytes where 16 colours are enough for that."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as read:
        picture = read.convert("RGB")
    light = b""
    for colours in _COLOURS[1 if len(png) > _DENSE * limit else 0 :]:
        few = picture.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        light = _write_png(few, 6)
        if len(light) > limit and len(light) < limit * 1.1:
            light = _write_png(few, 9)
        if len(light) <= limit:
            break
    return light


def _write_png(picture: Image.Image, level: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=level)
    return file.getvalue()
