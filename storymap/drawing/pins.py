"""The markers of a still: where they stand, and how they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import shapely
from msgspec import Struct
from msgspec.structs import replace
from shapely import STRtree

from storymap.basemap.basemap import Settlement
from storymap.basemap.naming import name_settlement
from storymap.basemap.towns import find_town
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import BESIDE, LabelWish, measure_text
from storymap.drawing.svg import clean, tenths
from storymap.earth.mercator import MERCATOR_LIMIT, project_latitude, project_longitude
from storymap.figures import FIGURES
from storymap.layers.figures import PlaceMark
from storymap.model.place import LonLat
from storymap.model.sign import Sign
from storymap.text.markup import escape

PLATE_POINTS = 13.0
"""Font size of the name of a place."""

LABEL_LENGTH = 48
"""Characters of a place's name that a still has room for."""


_SYMBOL_BOX = 15.0
"""Width and height of the box that symbols are drawn in."""

_SYMBOL, _BADGE_SYMBOL = 13.0, 11.0
"""Width of a symbol in a marker of its own, and in a badge, in pixels."""

_BADGE, _BADGE_AWAY = 8.5, 10.0
"""Radius of the badge at the corner of a number, and how far right and up of its point it stands, in pixels."""


class Pin(Struct, frozen=True):
    """A marker in pixels: its name, the number in it (empty for a dot), and the settlement that its place lies in.

    `sign` is that of its place's category; a pin that `is_crowded` by others has its colour without its symbol.
    """

    x: float
    y: float
    name: str
    text: str
    town: Settlement | None
    sign: Sign | None = None
    is_crowded: bool = False

    @property
    def symbol(self) -> str:
        """The SVG path of the symbol that it shows; empty for none."""
        return self.sign.symbol if self.sign and not self.is_crowded else ""

    @property
    def reach(self) -> float:
        """Pixels from its point to its edge."""
        sizes = FIGURES.pins
        if self.text:
            return sizes.badge if self.symbol else sizes.disc
        return sizes.symbol if self.symbol else sizes.dot

    @property
    def wish(self) -> LabelWish:
        """Its name on a plate beside it."""
        width = measure_text(self.name, size=PLATE_POINTS) * 1.14 + 16
        return LabelWish(
            x=self.x, y=self.y, text=self.name, style="s-place", size=PLATE_POINTS, spacing=0.0, width=width,
            height=22.0, reach=self.reach, sides=BESIDE, settled=True,
        )  # fmt: skip


def make_pins(canvas: Canvas, marks: Sequence[PlaceMark], spots: Collection[LonLat]) -> list[Pin]:
    """The markers of places; `spots` are where those are that lie in a settlement rather than being one."""
    pins = [_make_pin(canvas, mark, within=mark.at in spots) for mark in marks]
    if not any(pin.sign for pin in pins):
        return pins
    points = shapely.points([(pin.x, pin.y) for pin in pins])
    near, _ = STRtree(points).query(points, predicate="dwithin", distance=2 * FIGURES.pins.disc)
    crowds = Counter(near.tolist())
    return [replace(pin, is_crowded=crowds[number] > 1) if pin.sign else pin for number, pin in enumerate(pins)]


def _make_pin(canvas: Canvas, mark: PlaceMark, *, within: bool) -> Pin:
    at = mark.at
    x, y = canvas.locate(project_longitude(at.lon), project_latitude(at.lat))
    town = _find_town(at, canvas.lang) if within else None
    pin = Pin(x, y, name=_shorten(clean(mark.name)), text=clean(mark.text)[:4], town=town, sign=mark.sign)
    if canvas.sketch or abs(at.lat) < MERCATOR_LIMIT:
        return pin
    # Beyond the map, where it stands on its edge: whole in the picture, if the edge is that of the picture, too.
    room = pin.reach + 2
    edge = canvas.area.top + room if at.lat > 0 else canvas.area.bottom - room
    return replace(pin, y=max(y, edge) if at.lat > 0 else min(y, edge))


def _find_town(at: LonLat, lang: str) -> Settlement | None:
    town = find_town(at)
    return name_settlement(town, lang) if town else None


def draw_pin(pin: Pin) -> str:
    """A disc with the number of a step or a symbol in it, or a dot; a symbol beside a number stands in a badge."""
    drawn = _draw_disc(pin.x, pin.y, FIGURES.pins.disc if pin.text else pin.reach)
    if pin.text:
        drawn += f'<text class="s-pin-text" x="{tenths(pin.x)}" y="{tenths(pin.y + 4.6)}">{escape(pin.text)}</text>'
    if pin.text and pin.symbol:
        x, y = pin.x + _BADGE_AWAY, pin.y - _BADGE_AWAY
        drawn += _draw_disc(x, y, _BADGE) + _draw_symbol(pin.symbol, x, y, _BADGE_SYMBOL)
    elif pin.symbol:
        drawn += _draw_symbol(pin.symbol, pin.x, pin.y, _SYMBOL)
    return _dress(drawn, pin.sign) if pin.sign else drawn


def draw_sign(sign: Sign, x: float, y: float) -> str:
    """The marker of a place of a category by itself, as the key shows it."""
    if not sign.symbol:
        return _dress(_draw_disc(x, y, FIGURES.pins.dot), sign)
    return _dress(_draw_disc(x, y, FIGURES.pins.symbol) + _draw_symbol(sign.symbol, x, y, _SYMBOL), sign)


def _dress(drawn: str, sign: Sign) -> str:
    """What is drawn, in the colours of a category instead of those of other markers."""
    light, dark = sign.light, sign.dark
    colors = f"--light:{light.fill};--light-ink:{light.ink};--dark:{dark.fill};--dark-ink:{dark.ink}"
    return f'<g class="signed" style="{colors}">{drawn}</g>'


def _draw_disc(x: float, y: float, reach: float) -> str:
    return f'<circle class="s-pin" cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(reach - 1)}"/>'


def _draw_symbol(symbol: str, x: float, y: float, size: float) -> str:
    placed = f"translate({tenths(x - size / 2)} {tenths(y - size / 2)}) scale({size / _SYMBOL_BOX:.3f})"
    return f'<path class="s-symbol" transform="{placed}" d="{symbol}"/>'


def _shorten(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"
