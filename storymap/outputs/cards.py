"""The picture that stands for a page where a link to it is shown: its map, and under it its title and the site's name.

Between a scene and a PNG of 1200 × 630 pixels. The map is drawn at half of that and enlarged: cards are seen small, on
a telephone at a third of their size, and what is to be read has to be large.
"""

from __future__ import annotations

import re

from msgspec import Struct

from storymap.drawing.flat import Scheme, flatten_still, leave_out, read_palette
from storymap.drawing.letters import BUILT_IN, Hand, Letters
from storymap.drawing.light_png import write_light_png
from storymap.drawing.rendering import Room, render_picture
from storymap.drawing.stills import draw_scene
from storymap.drawing.svg import clean, tenths
from storymap.language.tags import text_direction
from storymap.model.scene import Scene
from storymap.outputs.title_lines import cut_line, set_title
from storymap.pages.sharing import CARD_SIZE
from storymap.text.markup import escape, quote_attribute

HEAVIEST = 60_000
"""Bytes of a card: what shows links takes pictures that come at once."""

ENLARGED = 2
"""How many pixels of the card are one of the map's."""

MARGIN = 56
"""Pixels between the edge of the card and its text."""

TITLE_SIZES = ((60.0, 1), (52.0, 2), (44.0, 2), (38.0, 3))
"""Sizes of a title in pixels, each with the most lines that it takes."""

TITLE_LEADING = 1.18
LINE_SIZE = 27.0
"""The size of the line under the title."""

_ROOM = Room()
"""Where cards are drawn."""

_KEPT = ("accent", "marker")
"""Colours that stay what they are, on however many others: a marker on a plan is a dot among thousands of inks."""

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

_RIGHT_TO_LEFT, _POP = "\u202b", "\u202c"
"""What makes the renderer, which takes each text to begin on the left, set a line from the right."""

ABOVE, BETWEEN, BELOW = 30.0, 12.0, 34.0
"""Pixels above the title, between it and the line, and below that."""


class CardText(Struct, frozen=True):
    """What stands on a card: the `title`, and under it a `line`, the site's name; either may be empty."""

    title: str
    line: str
    lang: str


class _Line(Struct, frozen=True):
    """A line of text: what it says, in which hand and size, and how far below the band's upper edge it stands."""

    text: str
    hand: Hand
    size: float
    down: float


def make_card(
    scene: Scene, text: CardText, palette: str, *, scheme: Scheme = "light", letters: Letters = BUILT_IN
) -> bytes:
    """The PNG of the card of `scene`; `palette` is the stylesheet with its colours.

    What no font has the letters for is left out: a title, the line under it, a name on the map.
    """
    svg = draw_card(scene, text, palette, scheme=scheme, letters=letters)
    colours = read_palette(palette, scheme)
    keep = [colours[name] for name in _KEPT if _HEX.fullmatch(colours.get(name, ""))]
    return write_light_png(render_picture(svg, letters=letters, room=_ROOM), HEAVIEST, keep=keep)


def draw_card(
    scene: Scene, text: CardText, palette: str, *, scheme: Scheme = "light", letters: Letters = BUILT_IN
) -> str:
    """The SVG of a card."""
    width, height = CARD_SIZE
    lines, band = _set_lines(text, letters)
    colours = read_palette(palette, scheme)
    top = height - band
    size = (width // ENLARGED, top // ENLARGED)
    still = draw_scene(scene, text.lang, size=size, stylesheet="", has_keys=False, light=True)
    drawn = _enlarge(leave_out(flatten_still(still, palette, scheme), letters.covers_alone))
    written = ""
    if not scene.detail.earth:  # around a picture that a story is told on
        drawn = f'<rect width="{width}" height="{top}" fill="{colours["paper"]}"/>{drawn}'
    if band:
        written = f'<rect y="{top}" width="{width}" height="{band}" fill="{colours["paper"]}"/>'
        written += f'<rect y="{top}" width="{width}" height="4" fill="{colours["accent"]}"/>'
        inks = {"serif": colours["ink"], "sans": colours["ink-quiet"]}
        written += "".join(_write(line, top, text.lang, inks[line.hand], letters) for line in lines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return f"{head}{drawn}{written}</svg>"


def _set_lines(text: CardText, letters: Letters) -> tuple[list[_Line], int]:
    """The lines under the map, and the height of the band that they stand in, an even number of pixels; 0 for none."""
    width = CARD_SIZE[0] - 2 * MARGIN
    title, line = (one if one and letters.covers(one) else "" for one in (clean(text.title), clean(text.line)))
    lines: list[_Line] = []
    down = ABOVE
    if title:
        found = set_title(title, width=width, sizes=TITLE_SIZES, measure=lambda one: letters.measure(one, "serif"))
        leading = found.size * TITLE_LEADING
        lines += (
            _Line(one, "serif", found.size, down + number * leading + found.size)
            for number, one in enumerate(found.lines)
        )
        down += len(found.lines) * leading
    if line:
        cut = cut_line(line, width=width / LINE_SIZE, measure=lambda one: letters.measure(one, "sans"))
        down += BETWEEN if title else 0
        lines.append(_Line(cut, "sans", LINE_SIZE, down + LINE_SIZE))
        down += LINE_SIZE
    return lines, 2 * round((down + BELOW) / 2) if lines else 0


def _write(line: _Line, top: int, lang: str, ink: str, letters: Letters) -> str:
    """A line, from the side on which its language begins."""
    is_rtl = text_direction(lang) == "rtl"
    runs = letters.set_text(f"{_RIGHT_TO_LEFT}{line.text}{_POP}" if is_rtl else line.text, line.hand)
    x, anchor = (CARD_SIZE[0] - MARGIN, "end") if is_rtl else (MARGIN, "start")
    look = f'font-weight="600" font-size="{line.size:g}" fill="{ink}" text-anchor="{anchor}" xml:space="preserve"'
    spans = "".join(f"<tspan font-family={quote_attribute(run.font.family)}>{escape(run.text)}</tspan>" for run in runs)
    return f'<text x="{x}" y="{tenths(top + line.down)}" {look}>{spans}</text>'


def _enlarge(still: str) -> str:
    """What a still draws, at the card's upper left corner.

    It is no picture in a picture: that would be cut at its edges, which takes the renderer longer than all the rest.
    """
    begin, _, rest = still.partition(">")
    left, top, *_ = map(float, begin.partition(' viewBox="')[2].partition('"')[0].split())
    place = f"scale({ENLARGED}) translate({tenths(-left)} {tenths(-top)})"
    return f'<g transform="{place}">{rest.removesuffix("</svg>")}</g>'
