"""The names of a still: those of settlements, countries and waters, and the plates of places."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storymap.basemap.basemap import Label, Settlement
from storymap.basemap.choosing import list_settlements
from storymap.basemap.naming import name_labels, name_settlement
from storymap.basemap.natural_earth import LabelKind, read_labels
from storymap.drawing.boxes import Box, box_around
from storymap.drawing.canvas import Canvas, Placed
from storymap.drawing.labels import AIR, AROUND, LabelWish, PlacedLabel, arrange_labels
from storymap.drawing.lettering import Lettering, wish_names, wish_settlement
from storymap.drawing.occupied import NOTHING_TAKEN, Occupied, Squares
from storymap.drawing.pins import Pin
from storymap.drawing.street_names import draw_street_names
from storymap.drawing.svg import clean, tenths
from storymap.drawing.towns import draw_towns
from storymap.earth.mercator import project_latitude, project_longitude, width_at
from storymap.earth.middles import find_middle
from storymap.figures import FIGURES
from storymap.layers.figures import PaintedShape
from storymap.look import LOOK
from storymap.model.ground import Names
from storymap.model.scene import View
from storymap.model.streets import Streets
from storymap.text.markup import escape

MOST_LABELS = 52
"""More names than this are noise on any picture."""

MOST_WISHES = 110
"""Settlements that ask for room for their name."""

SAME_PIXELS, SAME_KILOMETRES = 24.0, 12.0
"""How far from a settlement a marker of its name may stand to be the same: in the picture, and on the earth."""

SPARED_RADIUS = 6.0
"""Circles of the author's data that are larger, in pixels, are not written on."""

FIGURE_LETTERING = Lettering("t6", 11.5)
"""How features of the author's data are named."""


class NamedShapes(NamedTuple):
    """The wishes of the author's data to be named, and the boxes that it keeps free of names."""

    wishes: Iterable[LabelWish]
    taken: tuple[Box, ...]
    lines: Squares = NOTHING_TAKEN
    """Small squares along the lines between places, which names keep off, but not the plates of places."""

    def with_lines(self, captions: Iterable[LabelWish], lines: Squares) -> NamedShapes:
        """The same, with the captions of lines, which go before the other wishes, and small squares along these."""
        return self._replace(wishes=chain(captions, self.wishes), lines=lines)


NOTHING_NAMED = NamedShapes((), ())

KEPT_PICTURES = 1024
"""Pictures of which it is kept what the basemap names on them: a site comes back to the same places."""


class _Shown(NamedTuple):
    """What the basemap has to name on a picture, the most important first: its settlements, and the wishes of all."""

    towns: tuple[Placed[Settlement], ...]
    wishes: tuple[LabelWish, ...]


def draw_names(
    canvas: Canvas,
    view: View,
    pins: Sequence[Pin],
    figures: NamedShapes = NOTHING_NAMED,
    streets: Streets | None = None,
    *,
    names: Names = "all",
    ids: str = "dots",
) -> str:
    """Settlements, the `names` of the map and of its `streets`, of the author's data, and of places on plates.

    The `id` attributes that it needs begin with `ids`.
    """
    return "".join(_list_names(canvas, view, pins, figures, streets, names, ids))


def name_shapes(canvas: Canvas, figures: Sequence[PaintedShape], *, taken: tuple[Box, ...] = ()) -> NamedShapes:
    """The wishes of `figures` to be named, and what they leave no room in besides what is `taken`: large circles."""
    wishes, boxes = [], list(taken)
    for figure in figures:
        if not figure.name and figure.radius < SPARED_RADIUS:
            continue
        lon, lat = find_middle(figure.shape)
        x, y = canvas.locate(project_longitude(lon), project_latitude(lat))
        if figure.radius >= SPARED_RADIUS:
            boxes.append(box_around(x, y, figure.radius * math.sqrt(0.5)))
        if name := clean(figure.name):
            wishes.append(FIGURE_LETTERING.wish(x, y, name, reach=figure.radius)._replace(settled=True))
    return NamedShapes(tuple(wishes), tuple(boxes))


def _list_names(
    canvas: Canvas,
    view: View,
    pins: Sequence[Pin],
    figures: NamedShapes,
    streets: Streets | None,
    shown: Names,
    ids: str,
) -> Iterator[str]:
    occupied = Occupied((*(box_around(pin.x, pin.y, pin.reach) for pin in pins), *figures.taken))
    named = [pin.wish for pin in pins if pin.name]
    lines = Occupied((), figures.lines)
    own = arrange_labels(named, occupied=occupied, area=canvas.area, most=len(pins), avoided=lines)
    occupied.cover(figures.lines)
    marks = _find_marks(canvas, view, shown)
    of_data = tuple(figures.wishes)
    data_names = {wish.text.casefold() for wish in of_data}  # what the author's data name is not named once more
    towns = _leave_pinned(marks.towns, pins, canvas, besides=data_names)
    written = {placed.wish.text for placed in own}
    around = dict.fromkeys(pin.town for pin in pins if shown == "all" and pin.town and _is_named(pin.town, canvas.zoom))
    asking = {(x, y) for x, y, town in towns if town not in around}
    wishes = chain(
        of_data,
        (
            wish
            for town in around
            if town.name not in written and town.name.casefold() not in data_names
            for wish in _wish_around(town, canvas, pins)
        ),
        (
            wish
            for wish in marks.wishes
            if ((wish.x, wish.y) in asking if wish.reach else wish.once.casefold() not in data_names)
        ),
    )
    names = arrange_labels(wishes, occupied=occupied, area=canvas.area, most=MOST_LABELS)
    yield from draw_towns([*towns, *((*canvas.locate(town.x, town.y), town) for town in around)], names, ids)
    yield '<g class="s-names">'
    for placed in names:
        yield _draw_name(placed)
    yield "</g>"
    called = [pin for pin in pins if pin.name]
    places = [(pin.x, pin.y) for pin in called]
    yield from draw_street_names(canvas, streets, occupied, places, [pin.name for pin in called])
    draw = _draw_plate if sum(bool(pin.name) for pin in pins) <= LOOK.plates else _write_plainly
    for placed in own:
        yield draw(placed)


@lru_cache(maxsize=KEPT_PICTURES)
def _find_marks(canvas: Canvas, view: View, names: Names) -> _Shown:
    """What the basemap has to name on a picture of `view`, in its language: of its `names` those that it shows."""
    last = canvas.zoom + FIGURES.names.early
    listed = (town for town in list_settlements(view) if town.first <= last)
    found = canvas.find_shown(listed)[:MOST_WISHES] if names == "all" else ()
    towns = tuple((x, y, name_settlement(town, canvas.lang)) for x, y, town in found)
    wishes = wish_names(
        zoom=canvas.zoom,
        settlements=towns,
        countries=canvas.find_shown(_list_labels("country", canvas)) if names == "all" else (),
        waters=canvas.find_shown(_list_labels("water", canvas)) if names != "none" else (),
    )
    return _Shown(towns, tuple(wishes))


def _list_labels(kind: LabelKind, canvas: Canvas) -> Iterator[Label]:
    """The names of a `kind` that there are at the zoom of the picture."""
    firsts, lasts = _list_zooms(kind)
    return compress(name_labels(kind, canvas.lang), (firsts <= canvas.zoom) & (canvas.zoom <= lasts))


@cache
def _list_zooms(kind: LabelKind) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The first and the last zoom of each name of a `kind`."""
    labels = read_labels(kind)
    return np.array([label.first for label in labels]), np.array([label.last for label in labels])


def _leave_pinned(
    towns: Iterable[Placed[Settlement]], pins: Sequence[Pin], canvas: Canvas, *, besides: Collection[str]
) -> list[Placed[Settlement]]:
    """`towns`, but for those that a pin is the name of, and `besides` those of these names in small letters."""
    pinned = {pin.name.casefold() for pin in pins}
    named = ((each, each[2].name.casefold()) for each in towns)
    return [
        each
        for each, name in named
        if name not in besides and (name not in pinned or not _is_pinned(each, pins, canvas))
    ]


def _is_pinned(placed: Placed[Settlement], pins: Sequence[Pin], canvas: Canvas) -> bool:
    """Whether a settlement is the place of one of the `pins`, which bear its name."""
    x, y, town = placed
    reach = max(SAME_PIXELS, SAME_KILOMETRES / width_at(town.lat) * canvas.scale)
    return any(pin.name.casefold() == town.name.casefold() and math.hypot(pin.x - x, pin.y - y) < reach for pin in pins)


def _is_named(town: Settlement, zoom: float) -> bool:
    return town.size >= FIGURES.settlements.city or town.first <= zoom + FIGURES.names.own_early


def _wish_around(town: Settlement, canvas: Canvas, pins: Sequence[Pin]) -> Iterator[LabelWish]:
    """Wishes for the name of a city that places lie in: beside its dot, else beside one of their markers."""
    placed = (*canvas.locate(town.x, town.y), town)
    wish = wish_settlement(placed, canvas.zoom)._replace(sides=AROUND, once=f"{town.x} {town.y}")
    yield wish
    for pin in pins:
        if pin.town == town and _is_lent(placed, pin, canvas):
            yield wish._replace(x=pin.x, y=pin.y, reach=pin.reach, settled=True)


def _is_lent(placed: Placed[Settlement], pin: Pin, canvas: Canvas) -> bool:
    """Whether the name of a town may stand beside a marker in it: on a close map that would be taken for its own."""
    x, y, _ = placed
    names = FIGURES.names
    return canvas.zoom < names.lent_from or (
        canvas.area.holds(Box(x, y, x, y)) and math.hypot(pin.x - x, pin.y - y) <= names.lent_within
    )


def _draw_name(placed: PlacedLabel) -> str:
    wish, box = placed.wish, placed.box
    # Fonts differ in their widths: beside a mark it is the near end of the name that has to be in its place.
    anchor, x = "middle", (box.left + box.right) / 2
    if placed.side.endswith("right"):
        anchor, x = "start", box.left + AIR
    elif placed.side.endswith("left"):
        anchor, x = "end", box.right - AIR
    # The middle of lower-case letters with their ascenders is about a third of the size above the line.
    y = (box.top + box.bottom) / 2 + wish.size * 0.35
    spacing = f' letter-spacing="{tenths(wish.spacing)}"' if wish.spacing else ""
    return (
        f'<text class="{wish.style}" x="{x:.1f}" y="{y:.1f}" font-size="{tenths(wish.size)}"'
        f'{spacing} text-anchor="{anchor}">{escape(wish.text)}</text>'
    )


def _draw_plate(placed: PlacedLabel) -> str:
    """The name of a place, on paper as beside the browser's markers."""
    left, top, right, bottom = placed.box
    return (
        f'<rect class="s-plate" x="{tenths(left + AIR)}" y="{tenths(top + AIR)}" '
        f'width="{tenths(right - left - 2 * AIR)}" height="{tenths(bottom - top - 2 * AIR)}" rx="3"/>'
        f"{_write_plainly(placed, 's-place')}"
    )


def _write_plainly(placed: PlacedLabel, style: str = "s-place s-plain") -> str:
    """The name of one of many places, on the map itself."""
    left, top, right, bottom = placed.box
    return (
        f'<text class="{style}" x="{tenths((left + right) / 2)}" y="{tenths((top + bottom) / 2 + 4.5)}" '
        f'text-anchor="middle">{escape(placed.wish.text)}</text>'
    )
