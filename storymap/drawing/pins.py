"""The markers of a still: where they stand, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from storymap.basemap.basemap import Settlement
from storymap.basemap.naming import name_settlement
from storymap.basemap.towns import find_town
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import BESIDE, LabelWish, measure_text
from storymap.drawing.svg import clean, tenths
from storymap.earth.mercator import MERCATOR_LIMIT, project_latitude, project_longitude
from storymap.figures import FIGURES
from storymap.model.place import LonLat

PLATE_POINTS = 13.0
"""Font size of the name of a place."""

LABEL_LENGTH = 48
"""Characters of a place's name that a still has room for."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A marker in pixels: its name, the number in it (empty for a dot), and the settlement that its place lies in."""

    x: float
    y: float
    name: str
    text: str
    town: Settlement | None

    @property
    def reach(self) -> float:
        """Pixels from its point to its edge."""
        return FIGURES.pins.disc if self.text else FIGURES.pins.dot

    @property
    def wish(self) -> LabelWish:
        """Its name on a plate beside it."""
        width = measure_text(self.name, size=PLATE_POINTS) * 1.14 + 16
        return LabelWish(
            x=self.x, y=self.y, text=self.name, style="s-place", size=PLATE_POINTS, spacing=0.0, width=width,
            height=22.0, reach=self.reach, sides=BESIDE, settled=True,
        )  # fmt: skip


def make_pin(canvas: Canvas, at: LonLat, name: str, text: str, *, within: bool) -> Pin:
    """The marker of a place; `within` says whether it lies in a settlement rather than being one."""
    x, y = canvas.locate(project_longitude(at.lon), project_latitude(at.lat))
    town = _find_town(at, canvas.lang) if within else None
    pin = Pin(x, y, name=_shorten(clean(name)), text=clean(text)[:4], town=town)
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
    """A disc with the number of a step in it, or a dot."""
    radius = tenths(pin.reach - 1)
    disc = f'<circle class="s-pin" cx="{tenths(pin.x)}" cy="{tenths(pin.y)}" r="{radius}"/>'
    if not pin.text:
        return disc
    return f'{disc}<text class="s-pin-text" x="{tenths(pin.x)}" y="{tenths(pin.y + 4.6)}">{escape(pin.text)}</text>'


def _shorten(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"
