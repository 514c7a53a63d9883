"""Settlements on a still: the dots of those that are named. A dot that nothing names would be a riddle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from storymap.basemap.basemap import Settlement
from storymap.drawing.canvas import Placed
from storymap.drawing.labels import PlacedLabel
from storymap.drawing.svg import tenths
from storymap.figures import FIGURES


def draw_towns(towns: Iterable[Placed[Settlement]], named: Iterable[PlacedLabel], ids: str) -> Iterator[str]:
    """A dot for each of `towns` whose name found room, as `named` says.

    `ids` is what the `id` attributes of the dots begin with.
    """
    marks = {(placed.wish.x, placed.wish.y) for placed in named if placed.wish.reach}
    sizes = {(x, y): town.size for x, y, town in towns if (x, y) in marks}
    dots: dict[float, list[str]] = defaultdict(list)
    capitals: list[str] = []
    for (x, y), size in sizes.items():
        radius = FIGURES.settlements.dots[size]
        if size == FIGURES.settlements.capital:
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
