"""Draw a view as a still: one SVG from the same geometry as the baked map, without script, font or picture.

It stands in the page where nothing runs, in print, in feeds and on cards, and under a page's map until that is ready.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.basemap import Settlement
from storymap.basemap.choosing import list_settlements
from storymap.basemap.extents import Extent, frame_of, list_cells, round_zoom
from storymap.basemap.naming import name_labels, name_settlement
from storymap.basemap.outlines import Placement, draw_path, gather_shapes
from storymap.basemap.scales import SCALES
from storymap.basemap.towns import find_town
from storymap.drawing.labels import (
    AIR,
    AROUND,
    BESIDE,
    Box,
    LabelWish,
    Occupied,
    PlacedLabel,
    arrange_labels,
    box_around,
    measure_text,
)
from storymap.drawing.lettering import wish_names, wish_settlement
from storymap.drawing.stylesheet import SKETCH_STYLESHEET, STYLESHEET
from storymap.earth.mercator import (
    MERCATOR_LIMIT,
    project_latitude,
    project_longitude,
    project_points,
    width_at,
    zoom_of,
)
from storymap.figures import FIGURES
from storymap.model.place import LonLat
from storymap.model.scene import View

MOST_LABELS = 52
"""More names than this are noise on any picture."""

MOST_WISHES = 110
"""Settlements that ask for room for their name."""

MOST_DOTS = 260
"""Settlements drawn as dots, with or without a name: the texture of a close view."""

PLATE_POINTS = 13.0
"""Font size of the name of a place."""

SAME_PIXELS, SAME_KILOMETRES = 24.0, 12.0
"""How far from a settlement a marker of its name may stand to be the same: in the picture, and on the earth."""

_AREAS = {"land": "coast", "lakes": "shores"}
"""Areas, and the line that outlines them: stitched together they have no other edges than that."""

_LINES = ("rivers", "regions", "borders")

WIDEST, NARROWEST = 1.9, 0.75
"""Width over height of the windows that a sketch fills."""

_BEND, _BEND_BLED = 1.5, 12.0
"""Pixels of the smallest bend that is drawn, in a picture of its own and in a sketch."""

_SAG = 0.8
"""Pixels by which a line of a sketch may leave its course, for a third of its points."""

_CLOSER = 0.7
"""Zooms by which a still reaches for a finer scale: its outlines are straight where the browser rounds them."""

KEPT_PARTS = 1536
"""Drawn parts that are kept: a site comes back to the same places, and they look the same with another number."""

_MARGIN = 3.0
"""Pixels beyond the picture to which its outlines are drawn."""

BEYOND, FINENESS = 20.0, 0.4
"""Pixels beyond the picture at which shapes are cut, and by which their points may be off."""

LABEL_LENGTH = 48
"""Characters of a place's name that a still has room for."""

TENTHS = 10
"""Paths are written in tenths of a pixel: whole numbers, half as long as decimals."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture: `width` × `height` pixels of it are the view's bounds, `area` is what is drawn.

    `west` and `north` are the corner of the bounds in the plane, `scale` the pixels of the world's width; `bled` says
    whether the picture's box is the bounds alone, `lang` in which language the map is lettered.
    """

    width: float
    height: float
    area: Box
    west: float
    north: float
    scale: float
    bled: bool
    lang: str

    @classmethod
    def of_view(cls, view: View, *, width: int, height: int, bled: bool, lang: str = "en") -> Canvas:
        """The bounds of `view` as large as `width` × `height` holds them; the rest of that size is drawn around them.

        Where it is `bled` the picture's box is the bounds alone, and as much is drawn around them as a window needs
        that is `WIDEST` to `NARROWEST` times as wide as high.
        """
        frame = frame_of(view)
        across, down = max(frame.east - frame.west, 1e-9), max(frame.south - frame.north, 1e-9)
        scale = min(width / across, height / down)
        inner_width, inner_height = across * scale, down * scale
        beyond_x, beyond_y = (width - inner_width) / 2, (height - inner_height) / 2
        if bled:
            # A tenth more, for what shows beside the window.
            beyond_x = max(0.0, (WIDEST * inner_height - inner_width) / 2) + inner_width / 10
            beyond_y = max(0.0, (inner_width / NARROWEST - inner_height) / 2) + inner_height / 10
        area = Box(-beyond_x, -beyond_y, inner_width + beyond_x, inner_height + beyond_y)
        return cls(inner_width, inner_height, area, frame.west, frame.north, scale, bled, lang)

    @property
    def zoom(self) -> float:
        """The zoom at which a map shows as much on as many pixels."""
        return zoom_of(self.scale)

    @property
    def extent(self) -> Extent:
        """What is drawn, in the plane."""
        left, top, right, bottom = self.area
        return Extent(
            self.west + left / self.scale,
            max(0.0, self.north + top / self.scale),
            self.west + right / self.scale,
            min(1.0, self.north + bottom / self.scale),
        )

    def shows(self, x: float, y: float) -> bool:
        """Whether a point of the plane is in the picture."""
        left, top = self.locate(x, y)
        return self.area.left <= left <= self.area.right and self.area.top <= top <= self.area.bottom

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Pixels of a point of the plane, in the turn of the world nearest to the middle of the view."""
        middle = self.west + self.width / self.scale / 2
        turn = math.floor(middle - x + 0.5)
        return (x + turn - self.west) * self.scale, (y - self.north) * self.scale


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


def draw_still(
    view: View,
    *,
    width: int,
    height: int,
    places: Sequence[tuple[LonLat, str, str]],
    lines: Sequence[Sequence[LonLat]],
    shapes: Sequence[BaseGeometry] = (),
    highlight: Collection[str] = (),
    spots: Collection[LonLat] = (),
    lang: str = "en",
    stylesheet: str,
    bled: bool = False,
    title: str = "",
    description: str = "",
) -> str:
    """The SVG of `view`, `width` × `height` pixels.

    `places` are position, name and what stands in the marker (a number, or nothing for a dot); `lines` are runs of
    points, cut at 180°; `shapes` lines and areas in lon/lat; `highlight` the ISO 3166-1 alpha-2 codes of countries to
    fill; `spots` are those of the places that lie in a settlement rather than being one: that is named first.
    The map is lettered in `lang`, a BCP 47 tag, as far as its names are known in it.
    `stylesheet` defines the colours as custom properties and may be empty where the page around the picture does.

    The whole picture is drawn, the view in its middle. Where it is `bled`, the picture's box is exactly the view's
    bounds, so that a page can lay it where a map of these bounds will be (`preserveAspectRatio` "xMidYMid meet",
    `overflow: visible`), and it goes on beyond them. It is then a sketch of land, routes and markers, a tenth of the
    weight, because it is only there until the map is.
    """
    canvas = Canvas.of_view(view, width=width, height=height, bled=bled, lang=lang)
    pins = [
        _make_pin(canvas, at, name, text, town=_find_town(at, lang) if at in spots else None)
        for at, name, text in places
    ]
    parts = [
        f"<style>{escape(_NOT_XML.sub('', stylesheet) + (SKETCH_STYLESHEET if bled else STYLESHEET))}</style>",
        _title(title, description),
        _rectangle(canvas.area),
        *(() if canvas.bled else _draw_graticule(canvas)),
        _draw_land(canvas, tuple(sorted(set(highlight)))),
        *_draw_shapes(canvas, shapes),
        *_draw_routes(canvas, lines),
        "" if canvas.bled else _draw_names(canvas, view, tuple(replace(pin, text=pin.text and "0") for pin in pins)),
        *(_draw_pin(pin) for pin in reversed(pins)),
    ]
    box = Box(0, 0, canvas.width, canvas.height) if bled else canvas.area
    corners = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    size = f'viewBox="{" ".join(map(_number, corners))}"'
    size += ' overflow="visible"' if bled else f' width="{width}" height="{height}"'
    label = f" aria-label={quoteattr(_clean(title))}" if title else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="still" {size} preserveAspectRatio="xMidYMid meet"'
    return f'{head} role="img"{label}>{"".join(parts)}</svg>'


def _make_pin(canvas: Canvas, at: LonLat, name: str, text: str, *, town: Settlement | None) -> Pin:
    x, y = canvas.locate(project_longitude(at.lon), project_latitude(at.lat))
    pin = Pin(x, y, name=_shorten(_clean(name)), text=_clean(text)[:4], town=town)
    if canvas.bled or abs(at.lat) < MERCATOR_LIMIT:
        return pin
    # Beyond the map, where it stands on its edge: whole in the picture, if the edge is that of the picture, too.
    room = pin.reach + 2
    edge = canvas.area.top + room if at.lat > 0 else canvas.area.bottom - room
    return replace(pin, y=max(y, edge) if at.lat > 0 else min(y, edge))


def _find_town(at: LonLat, lang: str) -> Settlement | None:
    town = find_town(at)
    return name_settlement(town, lang) if town else None


def _title(title: str, description: str) -> str:
    parts = (("title", title), ("desc", description))
    return "".join(f"<{name}>{escape(_clean(text))}</{name}>" for name, text in parts if text)


def _rectangle(area: Box) -> str:
    left, top, right, bottom = area
    return (
        f'<rect class="s-sea" x="{_number(left)}" y="{_number(top)}" '
        f'width="{_number(right - left)}" height="{_number(bottom - top)}"/>'
    )


def _draw_graticule(canvas: Canvas) -> Iterator[str]:
    """Meridians and parallels over the sea of a small-scale map, a hint that it is a globe."""
    if canvas.zoom > 4.5:
        return
    step = 30 if canvas.zoom < 3 else 15
    extent, area = canvas.extent, canvas.area
    steps = 360 // step
    meridians = (
        f"M{_number((number / steps - canvas.west) * canvas.scale)} {_number(area.top)}V{_number(area.bottom)}"
        for number in range(math.ceil(extent.west * steps), math.floor(extent.east * steps) + 1)
    )
    ys = ((project_latitude(lat) - canvas.north) * canvas.scale for lat in range(-75, 90, step) if lat % step == 0)
    parallels = (f"M{_number(area.left)} {_number(y)}H{_number(area.right)}" for y in ys if area.top < y < area.bottom)
    yield f'<path class="s-graticule" d="{"".join((*meridians, *parallels))}"/>'


@lru_cache(maxsize=KEPT_PARTS)
def _draw_land(canvas: Canvas, highlight: tuple[str, ...]) -> str:
    """Land, highlighted countries, lakes and lines from the scale that serves the picture."""
    return "".join(_list_paths(canvas, highlight))


def _list_paths(canvas: Canvas, highlight: tuple[str, ...]) -> Iterator[str]:
    scale = max(number for number, spec in enumerate(SCALES) if spec.min_zoom <= round_zoom(canvas.zoom + _CLOSER))
    spec, extent = SCALES[scale], canvas.extent
    factor = canvas.scale / spec.units * TENTHS
    detail = round(math.log2((_BEND_BLED if canvas.bled else _BEND) * TENTHS / factor))
    # A little beyond the picture, so that no outline shows along its edge.
    margin = _MARGIN * TENTHS / factor
    at = Placement(
        window=(
            extent.west * spec.units - margin,
            extent.north * spec.units - margin,
            extent.east * spec.units + margin,
            extent.south * spec.units + margin,
        ),
        factor=factor,
        dx=-canvas.west * canvas.scale * TENTHS,
        dy=-canvas.north * canvas.scale * TENTHS,
    )
    wanted = {"land", *highlight} if canvas.bled else {*_AREAS, *_LINES, *highlight}
    shapes = gather_shapes(scale, tuple(list_cells(extent, spec)), detail=detail, names=frozenset(wanted))
    paths = {name: draw_path(found, at, closed=name not in _LINES) for name, found in shapes.items()}
    paths["highlight"] = "".join(paths.get(code, "") for code in highlight)
    yield '<g class="s-map" transform="scale(.1)">'
    for name in ("land", "highlight", "lakes", *_LINES):
        if paths.get(name):
            outlined = _AREAS.get(name, name)
            line = FIGURES.lines.get(outlined)
            width = f' stroke-width="{_number(line.at(canvas.zoom) * TENTHS)}"' if line else ""
            if line and (firmness := FIGURES.firmness.at(canvas.zoom)) < 1:
                width += f' stroke-opacity="{firmness:.2f}"'
            yield f'<path class="s-{name}"{width} d="{paths[name]}"/>'
        if name == "highlight":  # over the outline of the land, which has none along the edge of the map
            yield from _draw_beyond(canvas, highlighted="AQ" in highlight)
    yield "</g>"


def _draw_beyond(canvas: Canvas, *, highlighted: bool) -> Iterator[str]:
    """Antarctica beyond the southern edge of the map, where it goes on to the pole."""
    left, _, right, bottom = (edge * TENTHS for edge in canvas.area)
    south = (1.0 - canvas.north) * canvas.scale * TENTHS - 2 * TENTHS
    if south < bottom:
        name = "s-highlight" if highlighted else "s-land"
        path = f"M{_number(left)} {_number(south)}H{_number(right)}V{_number(bottom)}H{_number(left)}Z"
        yield f'<path class="{name}" style="stroke:none" d="{path}"/>'


def _draw_routes(canvas: Canvas, lines: Sequence[Sequence[LonLat]]) -> Iterator[str]:
    """Lines between places, in every turn of the world that the picture shows."""
    extent = canvas.extent
    runs = []
    for line in lines:
        xs, ys = project_points(np.array(line)).T
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):
            if xs.max() + turn < extent.west or xs.min() + turn > extent.east:
                continue
            points = np.column_stack([xs + turn - canvas.west, ys - canvas.north]) * canvas.scale
            if canvas.bled and len(points) > 1:
                points = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), _SAG))
            runs.append("M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points.tolist()))
    if runs:
        path = "".join(runs)
        # Until a story is at a step, its map has all lines alike and quiet; the sketch does not anticipate one.
        classes = ("s-quiet",) if canvas.bled else ("s-casing", "s-route")
        yield "".join(f'<path class="{name}" d="{path}"/>' for name in classes)


def _draw_shapes(canvas: Canvas, shapes: Sequence[BaseGeometry]) -> Iterator[str]:
    """Places that are lines or areas, in every turn of the world that the picture shows."""
    extent, area = canvas.extent, canvas.area
    edges = (area.left - BEYOND, area.top - BEYOND, area.right + BEYOND, area.bottom + BEYOND)
    paths: dict[bool, list[str]] = {True: [], False: []}
    for shape in shapes:
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):

            def place(points: NDArray[np.float64], turn: int = turn) -> NDArray[np.float64]:
                placed: NDArray[np.float64] = project_points(points) + np.array([turn - canvas.west, -canvas.north])
                return placed * canvas.scale

            placed = shapely.transform(shape, place)
            left, top, right, bottom = placed.bounds
            if right < edges[0] or left > edges[2] or bottom < edges[1] or top > edges[3]:
                continue
            seen = shapely.clip_by_rect(shapely.simplify(placed, FINENESS, preserve_topology=False), *edges)
            for part in _list_simple(seen):
                closed = isinstance(part, shapely.Polygon)
                rings = (part.exterior, *part.interiors) if isinstance(part, shapely.Polygon) else (part,)
                paths[closed] += (_write_run(ring.coords, closed=closed) for ring in rings)
    for closed, name in ((True, "s-area"), (False, "s-line")):
        if paths[closed]:
            yield f'<path class="{name}" d="{"".join(paths[closed])}"/>'


def _list_simple(geometry: BaseGeometry) -> list[shapely.LineString | shapely.Polygon]:
    """The lines and polygons of any geometry."""
    if isinstance(geometry, shapely.LineString | shapely.Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = getattr(geometry, "geoms", ())
    return [simple for part in parts for simple in _list_simple(part)]


def _write_run(points: Iterable[Sequence[float]], *, closed: bool) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + ("Z" if closed else "")


@lru_cache(maxsize=KEPT_PARTS)
def _draw_names(canvas: Canvas, view: View, pins: tuple[Pin, ...]) -> str:
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
                yield f'<circle class="s-built" cx="{_number(x)}" cy="{_number(y)}" r="{_number(reach)}"/>'
    marks = {(placed.wish.x, placed.wish.y) for placed in named if placed.wish.reach}
    occupied = Occupied(taken)
    if zoom < sizes.dots_zoom:
        points = [(x, y, town) for x, y, town in points if (x, y) in marks]
    for x, y, town in points:
        radius = sizes.dots[town.size] if town.first <= zoom + FIGURES.names.early else sizes.hamlet_dot
        if (x, y) in marks or not occupied.meets(box_around(x, y, radius)):
            style = "s-capital" if town.size == sizes.capital else "s-dot"
            yield f'<circle class="{style}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


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
    spacing = f' letter-spacing="{_number(wish.spacing)}"' if wish.spacing else ""
    return (
        f'<text class="{wish.style}" x="{_number(x)}" y="{_number(y)}" font-size="{_number(wish.size)}"'
        f'{spacing} text-anchor="{anchor}">{escape(wish.text)}</text>'
    )


def _draw_plate(placed: PlacedLabel) -> str:
    """The name of a place, on paper as beside the browser's markers."""
    left, top, right, bottom = placed.box
    return (
        f'<rect class="s-plate" x="{_number(left + AIR)}" y="{_number(top + AIR)}" '
        f'width="{_number(right - left - 2 * AIR)}" height="{_number(bottom - top - 2 * AIR)}" rx="3"/>'
        f'<text class="s-place" x="{_number((left + right) / 2)}" y="{_number((top + bottom) / 2 + 4.5)}" '
        f'text-anchor="middle">{escape(placed.wish.text)}</text>'
    )


def _draw_pin(pin: Pin) -> str:
    radius = _number(pin.reach - 1)
    disc = f'<circle class="s-pin" cx="{_number(pin.x)}" cy="{_number(pin.y)}" r="{radius}"/>'
    if not pin.text:
        return disc
    return f'{disc}<text class="s-pin-text" x="{_number(pin.x)}" y="{_number(pin.y + 4.6)}">{escape(pin.text)}</text>'


def _clean(text: str) -> str:
    """`text` without what XML cannot hold, on one line."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def _shorten(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1].rstrip() + "…"


def _number(value: float) -> str:
    """A number with one decimal at most, as short as it goes."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
