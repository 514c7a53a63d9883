"""Settlements on a still: their dots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from storymap.basemap.basemap import Settlement
from storymap.drawing.boxes import box_around
from storymap.drawing.canvas import Canvas, Placed
from storymap.drawing.labels import PlacedLabel
from storymap.drawing.occupied import Occupied
from storymap.drawing.svg import tenths
from storymap.figures import FIGURES


def draw_towns(
    towns: Sequence[Placed[Settlement]], occupied: Occupied, named: Sequence[PlacedLabel], canvas: Canvas, ids: str
) -> Iterator[str]:
    """A dot for each of `towns` that is named or lies in what is not `occupied`.

    `ids` is what the `id` attributes of the dots begin with.
    """
    zoom, sizes = canvas.zoom, FIGURES.settlements
    marks = {(placed.wish.x, placed.wish.y) for placed in named if placed.wish.reach}
    dots: dict[float, list[str]] = defaultdict(list)
    capitals: list[str] = []
    for x, y, town in towns:
        radius = sizes.dots[town.size] if town.first <= zoom + FIGURES.names.early else sizes.hamlet_dot
        is_free = zoom >= sizes.dots_zoom and not occupied.meets(box_around(x, y, radius))
        if (x, y) in marks or is_free:
            if town.size == sizes.capital:
                capitals.append(f'<circle class="s-capital" cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(radius)}"/>')
            else:
                dots[radius].append(f"M{x:.1f} {y:.1f}h0")
    for number, (radius, points) in enumerate(dots.items()):
        yield _draw_dots(f"{ids}{number}", radius, "".join(points))
    yield from capitals


def _draw_dots(name: str, radius: float, path: str) -> str:
    """Dots as the round ends of lines without a length: first their halos, then themselves."""
    halos = f'<g class="s-halos" stroke-width="{tenths(2 * radius + 1)}"><path id="{name}" d="{path}"/></g>'
    return f'{halos}<use href="#{name}" class="s-dots" stroke-width="{tenths(2 * radius - 1)}"/>'
