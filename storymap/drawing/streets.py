"""Streets on a still, from the cells that the page has: the mirror of `browser/src/streets/paint.ts`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storymap.basemap.arcs import unpack_arcs
from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.drawing.street_ends import list_ends, write_mask
from storymap.earth.extent import project_bounds
from storymap.look import LOOK
from storymap.model.place import LonLat
from storymap.model.streets import StreetCell, Streets, StreetScale, Surroundings

Points = Sequence[tuple[int, int]]

_WALLS = 15.4
"""From this zoom on buildings have an outline."""

_WALL = 0.6
"""Pixels of that."""

_SHORE = 1.0
"""Pixels of the outline that waters have in their own colour: an arm straightened to nothing is still a line."""

_OWN = 13.5
"""From this zoom on a building is more than a dot."""

_TUNNEL = 0.45
"""How firm ways in tunnels are."""


class NamedLine(NamedTuple):
    """A line with the name of a street, in pixels of the picture."""

    kind: str
    name: int
    points: tuple[tuple[float, float], ...]


class Sheet(NamedTuple):
    """The cells of a scale that a picture shows; `size` is a cell's edge in units, a unit has so many `pixels`."""

    scale: StreetScale
    cells: tuple[StreetCell, ...]
    pixels: float
    left: float
    top: float

    def place(self, cell: StreetCell) -> tuple[int, int]:
        """Where the corner of a cell is, in units from that of the first."""
        size, first = self.scale.cell_size, self.cells[0]
        return (cell.x - first.x) * size, (cell.y - first.y) * size


def draw_streets(canvas: Canvas, streets: Streets | None, spots: Sequence[LonLat] = ()) -> Iterator[str]:
    """The streets of a picture, and filled the buildings that `spots` stand in; nothing of them on a sketch."""
    if streets is None or canvas.sketch:
        return
    for number, sheet in enumerate(find_sheets(canvas, streets)):
        yield from _draw_sheet(canvas, sheet, f"streets-{number}")
    if canvas.zoom >= _OWN:
        for building in streets.own:
            if building.arcs and building.at in spots:
                yield _draw_own(canvas, building)


def shows_streets(canvas: Canvas, streets: Streets | None) -> bool:
    """Whether the middle of a picture shows streets."""
    if streets is None:
        return False
    x, y = canvas.extent.middle
    return any(_holds(sheet.scale, cell, x, y) for sheet in find_sheets(canvas, streets) for cell in sheet.cells)


def credit_streets(canvas: Canvas, streets: Streets) -> Iterator[str]:
    """Whose the streets are that a picture shows."""
    zooms = {sheet.scale.min_zoom for sheet in find_sheets(canvas, streets)}
    for text, boxes in streets.credited:
        if any(zoom in zooms and canvas.extent.meets(project_bounds(box)) for zoom, box in boxes):
            yield text


def find_sheets(canvas: Canvas, streets: Streets) -> tuple[Sheet, ...]:
    """The cells that a picture shows, scale by scale, coarse to fine."""
    found: list[Sheet] = []
    for scale in reversed(streets.scales):
        if math.floor(canvas.zoom + 0.5) < scale.min_zoom:
            continue
        sheet = _find_cells(canvas, scale)
        if sheet:
            found.insert(0, sheet)
            if _is_whole(canvas, sheet):
                break
    return tuple(found)


def list_named_lines(sheet: Sheet) -> Iterator[NamedLine]:
    """The lines of a sheet that bear names."""
    for cell in sheet.cells:
        x, y = sheet.place(cell)
        arcs = iter(_read_cell(cell))
        for part in cell.parts:
            taken = [next(arcs) for _ in range(part.length)]
            for name, arc in zip(part.names, taken, strict=False):
                if name >= 0:
                    points = tuple(
                        (sheet.left + (x + px) * sheet.pixels, sheet.top + (y + py) * sheet.pixels) for px, py in arc
                    )
                    yield NamedLine(part.kind.rstrip("+-"), name, points)


def _find_cells(canvas: Canvas, scale: StreetScale) -> Sheet | None:
    count, extent = 1 << scale.grid_zoom, canvas.extent
    turn = math.floor(extent.west)
    cells = tuple(
        cell
        for cell in scale.cells
        if cell.x / count + turn < extent.east
        and (cell.x + 1) / count + turn > extent.west
        and cell.y / count < extent.south
        and (cell.y + 1) / count > extent.north
    )
    if not cells:
        return None
    left = (cells[0].x / count + turn - canvas.west) * canvas.scale
    top = (cells[0].y / count - canvas.north) * canvas.scale
    return Sheet(scale, cells, canvas.scale / (1 << scale.unit_zoom), left, top)


def _is_whole(canvas: Canvas, sheet: Sheet) -> bool:
    """Whether the cells, which do not overlap, leave nothing of the picture."""
    left, top, right, bottom = canvas.area
    covered = 0.0
    for west, north, east, south in _list_boxes(sheet, sheet.cells):
        covered += max(0.0, min(east, right) - max(west, left)) * max(0.0, min(south, bottom) - max(north, top))
    return covered >= (right - left) * (bottom - top) - 4


def _list_boxes(sheet: Sheet, cells: Sequence[StreetCell]) -> Iterator[tuple[float, float, float, float]]:
    for cell in cells:
        x, y = sheet.place(cell)
        left, top, right, bottom = cell.box
        yield (
            sheet.left + (x + left) * sheet.pixels,
            sheet.top + (y + top) * sheet.pixels,
            sheet.left + (x + right) * sheet.pixels,
            sheet.top + (y + bottom) * sheet.pixels,
        )


def _holds(scale: StreetScale, cell: StreetCell, x: float, y: float) -> bool:
    units, size = 1 << scale.unit_zoom, scale.cell_size
    across, down = (x % 1.0) * units - cell.x * size, y * units - cell.y * size
    left, top, right, bottom = cell.box
    return left <= across <= right and top <= down <= bottom


def _draw_sheet(canvas: Canvas, sheet: Sheet, name: str) -> Iterator[str]:
    look, zoom, pixels = LOOK.streets, canvas.zoom, sheet.pixels
    paths = _gather(sheet)
    boxes = "".join(
        f"M{x + cell.box[0]} {y + cell.box[1]}H{x + cell.box[2]}V{y + cell.box[3]}H{x + cell.box[0]}z"
        for cell in sheet.cells
        for x, y in (sheet.place(cell),)
    )
    transform = f"translate({sheet.left:.2f} {sheet.top:.2f}) scale({pixels:.8g})"
    yield f'<clipPath id="{name}"><path transform="{transform}" d="{boxes}"/></clipPath>'
    mask = write_mask(
        list_ends([Box(*box) for box in _list_boxes(sheet, sheet.scale.cells)], canvas.area),
        canvas.area,
        f"{name}-ends",
    )
    yield mask
    masked = f' mask="url(#{name}-ends)"' if mask else ""
    yield f'<g class="s-streets" clip-path="url(#{name})"{masked}><g transform="{transform}">'
    yield f'<path class="s-ground" d="{boxes}"/>'
    for kind in look.areas:
        if kind in paths:
            edge = _SHORE if kind == "water" else _WALL if kind == "building" and zoom >= _WALLS else 0.0
            outline = f' stroke-width="{edge / pixels:.3g}"' if edge else ""
            yield f'<path class="g-{kind}"{outline} d="{paths[kind]}"/>'

    def line(kind: str, sign: str, style: str, *, wider: float = 0.0, dash: tuple[float, float] | None = None) -> str:
        width = look.width(kind, zoom)
        if kind + sign not in paths or not width:
            return ""
        told = f' stroke-width="{(width + wider) / pixels:.3g}"'
        if dash:
            times = 1.0 if kind == "steps" else max(1.0, width)
            told += f' stroke-dasharray="{" ".join(f"{length * times / pixels:.3g}" for length in dash)}"'
        firm = f' opacity="{_TUNNEL}"' if sign == "-" else ""
        return f'<path class="w-{style}"{told}{firm} d="{paths[kind + sign]}"/>'

    yield line("river", "", "river")
    yield line("coast", "", "coast")
    casing = look.grow(look.casing, zoom) * 2
    for sign in ("-", "", "+"):
        tunnel = look.dashes["tunnel"] if sign == "-" else None
        if sign != "-":
            yield line("path", sign, "path", dash=look.dashes["path"])
            yield line("steps", sign, "steps", dash=look.dashes["steps"])
        yield from (line(road, sign, f"{road}-casing", wider=casing, dash=tunnel) for road in look.roads)
        yield from (line(road, sign, road) for road in look.roads)
        yield line("rail", sign, "rail", dash=tunnel)
        yield line("tram", sign, "tram", dash=tunnel)
    yield "</g></g>"


def _gather(sheet: Sheet) -> dict[str, str]:
    """The path of each part of a sheet, in units from the corner of its first cell."""
    found: dict[str, list[str]] = defaultdict(list)
    areas = frozenset(LOOK.streets.areas)
    for cell in sheet.cells:
        x, y = sheet.place(cell)
        arcs = iter(_read_cell(cell))
        for part in cell.parts:
            close = "z" if part.kind in areas else ""
            found[part.kind] += (_write(next(arcs), x, y) + close for _ in range(part.length))
    return {kind: "".join(texts) for kind, texts in found.items()}


@lru_cache(maxsize=512)
def _read_cell(cell: StreetCell) -> tuple[Points, ...]:
    return tuple([(int(x), int(y)) for x, y in arc] for arc in unpack_arcs(cell.arcs))


def _write(arc: Points, left: int, top: int) -> str:
    (x, y), *rest = arc
    steps = []
    before = (x, y)
    for point in rest:
        steps.append(f"{point[0] - before[0]} {point[1] - before[1]}")
        before = point
    return f"M{left + x} {top + y}l{' '.join(steps)}".replace(" -", "-")


def _draw_own(canvas: Canvas, building: Surroundings) -> str:
    units = 1 << building.unit_zoom
    rings = unpack_arcs(building.arcs)
    x, y = (int(each) for each in rings[0][0])
    path = "".join(_write([(int(px) - x, int(py) - y) for px, py in ring], 0, 0) + "z" for ring in rings)
    left, top = canvas.locate(x / units, y / units)
    transform = f"translate({left:.2f} {top:.2f}) scale({canvas.scale / units:.8g})"
    return f'<path class="g-own" transform="{transform}" d="{path}"/>'
