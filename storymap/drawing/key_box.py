"""The key on a still: a plate in a corner with what the colours and sizes mean, for paper and where no script runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

import shapely
from msgspec import Struct
from msgspec.structs import replace

from storymap.drawing.boxes import Box, box_around
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import measure_text
from storymap.drawing.painted_shapes import write_paint
from storymap.drawing.pins import Pin, draw_sign
from storymap.drawing.svg import clean, tenths
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.language.tags import text_direction
from storymap.layers.drawn import Key, KeyEntry
from storymap.layers.figures import PaintedShape
from storymap.text.markup import escape

POINTS, LINE, TITLE_LINE = 11.0, 17.0, 19.0
"""Font size, and the height of a line and of a title, in pixels."""

PADDING, MARGIN, GAP = 9.0, 10.0, 7.0
SWATCH = (20.0, 13.0)
"""Width and height of the patch of colour before a text."""

SMALL_PLATE = (155.0, 130.0)
"""Width and height of the largest plate for a picture half as large as a still: a quarter of it."""

NARROW_TITLE = 20
"""Characters of a line of a title on that plate."""

WIDEST_TEXT = 44
"""Characters of a text that the key has room for."""

_BOLD = 1.1


class KeyBox(Struct, frozen=True):
    """A key as it is drawn, and the pixels that it takes."""

    svg: str
    box: Box


def draw_key(
    canvas: Canvas, keys: Sequence[Key], figures: Sequence[PaintedShape] = (), pins: Sequence[Pin] = ()
) -> KeyBox | None:
    """The plate with `keys`, in the corner where it hides least of `figures` and `pins`; None without keys.

    Keys that would make the plate higher than the picture are left out, the last first.
    """
    kept = list(keys)
    while kept and sum(map(_measure_height, kept)) + 2 * PADDING > canvas.area.bottom - canvas.area.top - 2 * MARGIN:
        kept.pop()
    if not kept:
        return None
    swatch, width, height = _measure_plate(kept)
    is_rtl = text_direction(canvas.lang) == "rtl"
    box = min(
        _list_corners(canvas.area, width, height, is_rtl=is_rtl),
        key=lambda box: _measure_hidden(canvas, box, figures) + _count_hidden(box, pins),
    )
    plate = (
        f'<rect class="s-plate" x="{tenths(box.left)}" y="{tenths(box.top)}" width="{tenths(width)}" '
        f'height="{tenths(height)}" rx="3"/>'
    )
    rows = "".join(_draw_rows(kept, box, swatch, is_rtl=is_rtl))
    direction = ' direction="rtl"' if is_rtl else ""
    return KeyBox(f'<g class="s-key"{direction}>{plate}{rows}</g>', box)


def fits_small(keys: Sequence[Key]) -> bool:
    """Whether the plate with `keys` leaves a picture half as large most of its room."""
    if not keys:
        return True
    _, width, height = _measure_plate(make_small(keys))
    return width <= SMALL_PLATE[0] and height <= SMALL_PLATE[1]


def make_small(keys: Sequence[Key]) -> list[Key]:
    """`keys` for a picture half as large: with the circles that it has, and with titles of several lines."""
    return [
        Key(
            "\n".join(wrap(_cut(key.title), NARROW_TITLE)),
            tuple(replace(entry, radius=entry.radius / 2) for entry in key.entries),
        )
        for key in keys
    ]


def _measure_plate(keys: Sequence[Key]) -> tuple[float, float, float]:
    """Width of the widest swatch, and width and height of the plate, in pixels."""
    swatch = max([SWATCH[0], *(2 * entry.radius + 2 for key in keys for entry in key.entries)])
    texts = [measure_text(_cut(entry.text), size=POINTS) for key in keys for entry in key.entries]
    titles = [measure_text(_cut(line), size=POINTS) * _BOLD for key in keys for line in key.title.splitlines()]
    width = max([swatch + GAP + max(texts), *titles]) + 2 * PADDING
    return swatch, width, sum(map(_measure_height, keys)) + 2 * PADDING - GAP


def _list_corners(area: Box, width: float, height: float, *, is_rtl: bool) -> list[Box]:
    """Where a plate can stand, the best place first: low, and where lines begin."""
    lefts = (area.left + MARGIN, area.right - MARGIN - width)
    tops = (area.bottom - MARGIN - height, area.top + MARGIN)
    corners = [(left, top) for top in tops for left in (reversed(lefts) if is_rtl else lefts)]
    return [Box(left, top, left + width, top + height) for left, top in corners]


def _measure_hidden(canvas: Canvas, box: Box, figures: Sequence[PaintedShape]) -> float:
    """How much of `figures` lies under a box: areas by the share of it that they take, others as a tenth of it each."""
    if not figures:
        return 0.0
    reach = max(figure.radius for figure in figures)
    west, north = _locate_back(canvas, box.left - reach, box.top - reach)
    east, south = _locate_back(canvas, box.right + reach, box.bottom + reach)
    seen = shapely.clip_by_rect([figure.shape for figure in figures], west, south, east, north)
    areas = shapely.area(seen)
    others = ((areas == 0) & ~shapely.is_empty(seen)).sum()
    return float(areas.sum() / ((east - west) * (north - south)) + others / 10)


def _count_hidden(box: Box, pins: Sequence[Pin]) -> int:
    """How many markers a box touches."""
    return sum(box.meets(box_around(pin.x, pin.y, pin.reach)) for pin in pins)


def _locate_back(canvas: Canvas, x: float, y: float) -> tuple[float, float]:
    """The longitude and latitude of a pixel of the picture."""
    plane_y = min(max(canvas.north + y / canvas.scale, 0.0), 1.0)
    return unproject_x(canvas.west + x / canvas.scale), unproject_y(plane_y)


def _measure_height(key: Key) -> float:
    return TITLE_LINE * len(key.title.splitlines()) + sum(map(_measure_entry, key.entries)) + GAP


def _measure_entry(entry: KeyEntry) -> float:
    return max(LINE, 2 * entry.radius + 4)


def _draw_rows(keys: Sequence[Key], box: Box, swatch: float, *, is_rtl: bool) -> Iterator[str]:
    edge, onward = (box.right - PADDING, -1.0) if is_rtl else (box.left + PADDING, 1.0)
    top = box.top + PADDING
    for key in keys:
        for line in key.title.splitlines():
            yield _write(line, edge, top + TITLE_LINE / 2 - 2, "s-key-title")
            top += TITLE_LINE
        for entry in key.entries:
            height = _measure_entry(entry)
            middle = top + height / 2
            yield _draw_swatch(entry, edge + onward * swatch / 2, middle, swatch)
            yield _write(entry.text, edge + onward * (swatch + GAP), middle, "")
            top += height
        top += GAP


def _draw_swatch(entry: KeyEntry, x: float, y: float, width: float) -> str:
    if entry.sign:
        return draw_sign(entry.sign, x, y)
    if entry.radius:
        return f'<circle cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(entry.radius)}" {write_paint(entry.paint)}/>'
    left, half = x - min(width, SWATCH[0]) / 2, SWATCH[1] / 2
    if entry.paint.fill:
        size = f'width="{tenths(SWATCH[0])}" height="{tenths(SWATCH[1])}"'
        return f'<rect x="{tenths(left)}" y="{tenths(y - half)}" {size} {write_paint(entry.paint)}/>'
    return f'<path d="M{tenths(left)} {tenths(y)}h{tenths(SWATCH[0])}" {write_paint(entry.paint, is_line=True)}/>'


def _write(text: str, x: float, y: float, style: str) -> str:
    named = f' class="{style}"' if style else ""
    return f'<text{named} x="{tenths(x)}" y="{tenths(y + POINTS * 0.35)}">{escape(_cut(text))}</text>'


def _cut(text: str) -> str:
    plain = clean(text)
    return plain if len(plain) <= WIDEST_TEXT else plain[: WIDEST_TEXT - 1].rstrip() + "…"
