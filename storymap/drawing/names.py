"""The names of a still: settlements with their dots, the lettering of the map, and the plates of places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from xml.sax.saxutils import escape

from storymap.basemap.basemap import Settlement
from storymap.basemap.choosing import list_settlements
from storymap.basemap.naming import name_labels, name_settlement
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import AIR, AROUND, Box, LabelWish, Occupied, PlacedLabel, arrange_labels, box_around
from storymap.drawing.lettering import wish_names, wish_settlement
from storymap.drawing.pins import Pin
from storymap.drawing.svg import tenths
from storymap.earth.mercator import width_at
from storymap.figures import FIGURES
from storymap.model.scene import View

MOST_LABELS = 52
"""More names than this are noise on any picture."""

MOST_WISHES = 110
"""Settlements that ask for room for their name."""

MOST_DOTS = 260
"""Settlements drawn as dots, with or without a name: the texture of a close view."""

SAME_PIXELS, SAME_KILOMETRES = 24.0, 12.0
"""How far from a settlement a marker of its name may stand to be the same: in the picture, and on the earth."""

KEPT_PARTS = 1536
"""Drawn parts that are kept: a site comes back to the same places, and they look the same with another number."""


@lru_cache(maxsize=KEPT_PARTS)
def draw_names(canvas: Canvas, view: View, pins: tuple[Pin, ...]) -> str:
    """Settlements, the names of the map, and those of the places on plates; of a pin's text only whether it has any."""
    return "".join(_list_names(canvas, view, pins))


def _list_names(canvas: Canvas, view: View, pins: Sequence[Pin]) -> Iterator[str]:
    taken = [box_around(pin.x, pin.y, pin.reach) for pin in pins]
    own = arrange_labels((pin.wish for pin in pins if pin.name), taken=taken, area=canvas.area, most=len(pins))
    taken += [placed.box for placed in own]
    zoom = canvas.zoom
    settlements = [
        town
        for town in (name_settlement(town, canvas.lang) for town in list_settlements(view))
        if town.first <= zoom + FIGURES.names.dot_early
        and canvas.shows(town.x, town.y)
        and not _is_pinned(town, pins, canvas)
    ][:MOST_DOTS]
    plates = {placed.wish.text for placed in own}
    subjects = dict.fromkeys(pin.town for pin in pins if pin.town and _is_named(pin.town, zoom))
    others = wish_names(
        zoom=zoom,
        settlements=[town for town in settlements if town not in subjects][:MOST_WISHES],
        countries=[label for label in name_labels("country", canvas.lang) if canvas.shows(label.x, label.y)],
        waters=[label for label in name_labels("water", canvas.lang) if canvas.shows(label.x, label.y)],
        locate=canvas.locate,
    )
    first = (wish for town in subjects if town.name not in plates for wish in _wish_subject(town, canvas, pins))
    names = arrange_labels((*first, *others), taken=taken, area=canvas.area, most=MOST_LABELS)
    yield from _draw_dots(canvas, settlements, [*taken, *(placed.box for placed in names)], names)
    yield '<g class="s-names">'
    for placed in names:
        yield _draw_name(placed)
    yield "</g>"
    for placed in own:
        yield _draw_plate(placed)


def _is_pinned(town: Settlement, pins: Sequence[Pin], canvas: Canvas) -> bool:
    """Whether a settlement is the place of one of the `pins`, which bear its name."""
    x, y = canvas.locate(town.x, town.y)
    reach = max(SAME_PIXELS, SAME_KILOMETRES / width_at(town.lat) * canvas.scale)
    return any(pin.name.casefold() == town.name.casefold() and math.hypot(pin.x - x, pin.y - y) < reach for pin in pins)


def _is_named(subject: Settlement, zoom: float) -> bool:
    return subject.size >= FIGURES.settlements.city or subject.first <= zoom + FIGURES.names.own_early


def _wish_subject(town: Settlement, canvas: Canvas, pins: Sequence[Pin]) -> Iterator[LabelWish]:
    """Wishes for the name of a city that places lie in: beside its dot, else beside one of their markers."""
    wish = replace(wish_settlement(town, canvas.zoom, canvas.locate), sides=AROUND, once=f"{town.x} {town.y}")
    yield wish
    for pin in pins:
        if pin.town == town:
            yield replace(wish, x=pin.x, y=pin.y, reach=pin.reach, mark="", settled=True)


def _draw_dots(
    canvas: Canvas, settlements: Sequence[Settlement], taken: Sequence[Box], named: Sequence[PlacedLabel]
) -> Iterator[str]:
    """Built-up land around cities, and a dot for each settlement that no name or marker covers."""
    zoom, sizes = canvas.zoom, FIGURES.settlements
    points = [(*canvas.locate(town.x, town.y), town) for town in settlements]
    if sizes.built_zooms[0] <= zoom <= sizes.built_zooms[1]:
        for x, y, town in points:
            kilometres = sizes.built_radius[town.size]
            if kilometres:
                reach = kilometres / width_at(town.lat) * canvas.scale
                yield f'<circle class="s-built" cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(reach)}"/>'
    marks = {(placed.wish.x, placed.wish.y) for placed in named if placed.wish.reach}
    occupied = Occupied(taken)
    if zoom < sizes.dots_zoom:
        points = [(x, y, town) for x, y, town in points if (x, y) in marks]
    for x, y, town in points:
        radius = sizes.dots[town.size] if town.first <= zoom + FIGURES.names.early else sizes.hamlet_dot
        if (x, y) in marks or not occupied.meets(box_around(x, y, radius)):
            style = "s-capital" if town.size == sizes.capital else "s-dot"
            yield f'<circle class="{style}" cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(radius)}"/>'


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
        f'<text class="{wish.style}" x="{tenths(x)}" y="{tenths(y)}" font-size="{tenths(wish.size)}"'
        f'{spacing} text-anchor="{anchor}">{escape(wish.text)}</text>'
    )


def _draw_plate(placed: PlacedLabel) -> str:
    """The name of a place, on paper as beside the browser's markers."""
    left, top, right, bottom = placed.box
    return (
        f'<rect class="s-plate" x="{tenths(left + AIR)}" y="{tenths(top + AIR)}" '
        f'width="{tenths(right - left - 2 * AIR)}" height="{tenths(bottom - top - 2 * AIR)}" rx="3"/>'
        f'<text class="s-place" x="{tenths((left + right) / 2)}" y="{tenths((top + bottom) / 2 + 4.5)}" '
        f'text-anchor="middle">{escape(placed.wish.text)}</text>'
    )
