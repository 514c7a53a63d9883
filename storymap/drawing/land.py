"""Sea and land of a still, with highlighted countries, lakes and lines, put together from ready-made paths."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from storymap.basemap.ground_cells import read_country, read_ground
from storymap.basemap.grounds import Ground, choose_ground
from storymap.basemap.paths import LINES
from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import tenths
from storymap.earth.mercator import project_latitude
from storymap.figures import FIGURES
from storymap.look import step_at

_AREAS = {"land": "coast", "lakes": "shores"}
"""Areas, and the line that outlines them."""

_BORDERS = ("regions", "borders")
"""The lines that countries and regions have between them."""

_FINE = ("regions", "rivers")
"""The lines that are noise on a small picture."""

_WIDE = 3.5
"""The zoom below which a picture shows much of the world: a continent and more."""

_COARSER = 3
"""Zooms by which the ground of a sketch is coarser than that of a still."""

_MARGIN = 3.0
"""Pixels beyond the picture to which its outlines are drawn."""


KEPT_GROUNDS = 1024
"""Drawn grounds that are kept, some 5 MB: a site comes back to the same places."""


@lru_cache(maxsize=KEPT_GROUNDS)
def draw_ground(
    canvas: Canvas, highlight: tuple[str, ...], *, borders: bool, quiet: bool = False, light: bool = False
) -> str:
    """Sea and land; the countries of `highlight` (ISO 3166-1 alpha-2) are filled, in that order.

    `borders` says whether those of countries and regions are drawn. A `quiet` ground has neither regions nor rivers; a
    `light` one that shows much of the world has as little, and of meridians and parallels the first alone.
    """
    is_light = light and canvas.zoom < _WIDE
    is_plain = quiet or is_light
    lines = tuple(name for name in LINES if (borders or name not in _BORDERS) and not (is_plain and name in _FINE))
    return "".join((*_draw_sea(canvas, light=is_light), *_draw_land(canvas, highlight, lines)))


def _draw_sea(canvas: Canvas, *, light: bool) -> Iterator[str]:
    """The sea, and over it meridians and parallels as on the map (`browser/src/basemap/graticule.ts`).

    On a `light` ground those are the equator and the 180th meridian.
    """
    left, top, right, bottom = canvas.area
    yield (
        f'<rect class="s-sea" x="{tenths(left)}" y="{tenths(top)}" '
        f'width="{tenths(right - left)}" height="{tenths(bottom - top)}"/>'
    )
    step = step_at(canvas.zoom)
    if canvas.sketch or not step:
        return
    extent, steps = canvas.extent, 360 // step
    # Longitudes are counted from the 180th meridian.
    meridians = [
        (
            number % steps == 0,
            f"M{tenths((number / steps - canvas.west) * canvas.scale)} {tenths(top)}V{tenths(bottom)}",
        )
        for number in range(math.ceil(extent.west * steps), math.floor(extent.east * steps) + 1)
    ]
    lats = range(85 // step * step, -86, -step)
    ys = ((lat, (project_latitude(lat) - canvas.north) * canvas.scale) for lat in lats)
    parallels = [(lat == 0, f"M{tenths(left)} {tenths(y)}H{tenths(right)}") for lat, y in ys if top < y < bottom]
    for name, great in (("equator", True),) if light else (("graticule", False), ("equator", True)):
        if path := "".join(line for is_great, line in (*meridians, *parallels) if is_great == great):
            yield f'<path class="s-{name}" d="{path}"/>'


def _draw_land(canvas: Canvas, highlight: Collection[str], lines: Sequence[str]) -> Iterator[str]:
    """Land, countries to be filled (ISO 3166-1 alpha-2), lakes and `lines`; of a sketch land and countries alone."""
    ground = choose_ground(canvas.zoom + canvas.finer - (_COARSER if canvas.sketch else 0))
    paths = _gather_paths(canvas, ground, ("land",) if canvas.sketch else (*_AREAS, *lines), highlight)
    pixels = canvas.scale / ground.units
    yield f'<g class="s-map" transform="{_place(canvas, ground)}">'
    for name in ("land", "highlight", "lakes", *LINES):
        if paths.get(name):
            yield f'<path class="s-{name}"{_draw_line(name, canvas.zoom, pixels)} d="{paths[name]}"/>'
        if name == "highlight":  # over the outline of the land, which has none along the edge of the map
            yield from _draw_beyond(canvas, ground, highlighted="AQ" in highlight)
    yield "</g>"


def _find_corner(canvas: Canvas, ground: Ground) -> tuple[int, int]:
    """Column and row of the north-western cell of the picture; a column below 0 is in an earlier turn of the world."""
    extent, count, margin = canvas.extent, 1 << ground.grid_zoom, _MARGIN / canvas.scale
    return math.floor((extent.west - margin) * count), max(0, math.floor((extent.north - margin) * count))


def _place(canvas: Canvas, ground: Ground) -> str:
    """How the units of `ground`, counted from its north-western cell, come to lie on the picture."""
    column, row = _find_corner(canvas, ground)
    count = 1 << ground.grid_zoom
    x, y = (column / count - canvas.west) * canvas.scale, (row / count - canvas.north) * canvas.scale
    return f"translate({x:.2f} {y:.2f}) scale({canvas.scale / ground.units:.8g})"


def _gather_paths(canvas: Canvas, ground: Ground, names: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """The paths of all cells that the picture shows, by name, from its north-western cell; some may be empty."""
    count, size, extent = 1 << ground.grid_zoom, ground.cell_size, canvas.extent
    # A little beyond the picture, so that no outline shows along its edge.
    margin = _MARGIN / canvas.scale
    left, top = _find_corner(canvas, ground)
    paths: dict[str, list[str]] = {name: [] for name in (*names, "highlight")}
    for row in range(top, min(count, math.ceil((extent.south + margin) * count))):
        for column in range(left, math.ceil((extent.east + margin) * count)):
            cell = read_ground(ground.number, column % count, row)
            begin = f"M{(column - left) * size} {(row - top) * size}"
            for name in names:
                if path := cell.get(name):
                    paths[name] += begin, path
            for code in codes:
                if cell and (country := read_country(ground.number, column % count, row, code)):
                    paths["highlight"] += begin, country
    return {name: "".join(found) for name, found in paths.items()}


def _draw_line(name: str, zoom: float, pixels: float) -> str:
    """The attributes that tell how broad and firm a line is, or the outline of an area; a unit has so many `pixels`.

    An outline lies half under its area, where the edges of cells are hidden with it: it is twice as broad as it looks.
    """
    line = FIGURES.lines.get(_AREAS.get(name, name))
    if line is None:
        return ""
    attributes = f' stroke-width="{line.at(zoom) * (2 if name in _AREAS else 1) / pixels:.3g}"'
    if name == "regions":
        attributes += f' stroke-dasharray="{" ".join(f"{length / pixels:.3g}" for length in FIGURES.dash)}"'
    if (firmness := FIGURES.firmness.at(zoom)) < 1:
        attributes += f' stroke-opacity="{firmness:.2f}"'
    return attributes


def _draw_beyond(canvas: Canvas, ground: Ground, *, highlighted: bool) -> Iterator[str]:
    """Antarctica beyond the southern edge of the map, where it goes on to the pole."""
    _, row = _find_corner(canvas, ground)
    pixels = canvas.scale / ground.units
    # Over the outline along the edge of the map, which lies half beyond it.
    south = (1.0 - canvas.north) * canvas.scale - 2
    if south < canvas.area.bottom:
        name = "s-highlight" if highlighted else "s-land"
        begin = ground.units - row * ground.cell_size - 2 / pixels
        across = math.ceil((canvas.area.right - canvas.area.left) / pixels) + 2 * ground.cell_size
        down = math.ceil((canvas.area.bottom - south) / pixels)
        yield f'<path class="{name}" stroke-width="0" d="M0 {begin:.8g}h{across}v{down}H0z"/>'
