"""A map for print: what a step or a whole story shows, without what belongs to a site, and with its credits.

Its letters grow with it, so that a map of any size can be read where it stands at the width of a column or two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from storymap.drawing.flat import SANS, flatten_still, leave_out, read_palette
from storymap.drawing.letters import BUILT_IN, Letters
from storymap.drawing.stills import draw_scene
from storymap.drawing.svg import clean, tenths
from storymap.drawing.words import tell_scene
from storymap.language.tags import text_direction
from storymap.model.scene import Scene
from storymap.text.markup import escape, quote_attribute

SMALLEST, LARGEST = 200, 8_000
"""The least and the most pixels of a side."""

LETTERED = 520 * 347
"""Pixels of the map on which letters are as large as on a still; larger ones have larger letters."""

STRIP, CREDIT = 15.0, 8.0
"""Height of the strip with the credits under the map, and the size of its letters, in pixels of a still."""


def draw_locator(
    scene: Scene,
    lang: str,
    *,
    size: tuple[int, int],
    credits: Sequence[str],
    palette: str,
    letters: Letters | None = BUILT_IN,
) -> str:
    """The SVG of a map of `size`, width and height in pixels; it loads nothing, and its text is text.

    Names that `letters` cannot write are left out; with None, all are kept for programs that have fonts of their own.
    """
    width, height = size
    scale = max(1.0, math.sqrt(width * height / LETTERED))
    inner = (round(width / scale), round((height - STRIP * scale) / scale))
    still = flatten_still(draw_scene(scene, lang, size=inner, has_numbers=False, enlarged=scale), palette)
    if letters:
        still = leave_out(still, letters.covers_alone)
    begin, _, drawn = still.partition(">")
    left, top, *_ = map(float, begin.partition(' viewBox="')[2].partition('"')[0].split())
    strip = round(height - STRIP * scale)
    place = f"translate({tenths(-left)} {tenths(-top)})"
    grow = f"scale({width / inner[0]:.6g} {strip / inner[1]:.6g})"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label={quote_attribute(clean(tell_scene(scene, lang)))}>'
        f'<defs><clipPath id="map"><rect width="{width}" height="{strip}"/></clipPath></defs>'
        f'<rect width="{width}" height="{height}" fill="{read_palette(palette)["paper"]}"/>'
        f'<g clip-path="url(#map)"><g transform="{grow} {place}">{drawn.removesuffix("</svg>")}</g></g>'
        f"{_write_credits(credits, lang, width, strip, height, scale, palette)}</svg>"
    )


def _write_credits(
    credits: Sequence[str], lang: str, width: int, top: int, height: int, scale: float, palette: str
) -> str:
    """The strip under the map."""
    colours = read_palette(palette)
    paper = f'<rect y="{top}" width="{width}" height="{height - top}" fill="{colours["paper"]}"/>'
    is_rtl = text_direction(lang) == "rtl"
    x, anchor = (width - 4 * scale, "end") if is_rtl else (4 * scale, "start")
    look = f'font-family="{SANS}" font-size="{CREDIT * scale:.4g}" fill="{colours["ink-quiet"]}"'
    y = (top + height) / 2 + CREDIT * scale * 0.35
    text = escape(clean(" · ".join(credits)))
    return f'{paper}<text x="{tenths(x)}" y="{tenths(y)}" text-anchor="{anchor}" {look}>{text}</text>'
