"""Draw a view as a still: one SVG from the same geometry as the baked map, without script, font or picture.

It stands in the page where nothing runs, in print, in feeds and on cards, and under a page's map until that is ready.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec.structs import replace

from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.drawing.credit_lines import set_credits
from storymap.drawing.edge_captions import wish_captions
from storymap.drawing.halves import cut_halves, draw_line, draw_sided
from storymap.drawing.key_box import draw_key, make_small
from storymap.drawing.land import draw_ground
from storymap.drawing.metre_grid import draw_bar, draw_metre_grid
from storymap.drawing.names import draw_names, name_shapes
from storymap.drawing.occupied import cover_squares
from storymap.drawing.painted_shapes import draw_painted_shapes
from storymap.drawing.pictures import draw_pictures
from storymap.drawing.pins import draw_pin, make_pins
from storymap.drawing.runs import (
    NO_POINTS,
    ROUTE_CLEAR,
    PlacedRun,
    Points,
    draw_runs,
    halve_runs,
    place_runs,
    trace_routes,
)
from storymap.drawing.shapes import draw_place_shapes
from storymap.drawing.street_stylesheet import style_streets
from storymap.drawing.streets import credit_streets, draw_streets, shows_streets
from storymap.drawing.stylesheet import CARD_STYLESHEET, SKETCH_STYLESHEET, STYLESHEET
from storymap.drawing.svg import NOT_XML, clean, tenths
from storymap.layers.drawn import Key
from storymap.layers.figures import Figure, Halves, PaintedShape, Picture, PlaceMark, PlaceShape, Run
from storymap.model.ground import TODAY, GroundDetail
from storymap.model.place import LonLat
from storymap.model.scene import View
from storymap.model.streets import Streets
from storymap.text.markup import escape, quote_attribute

FigureT = TypeVar("FigureT", bound=Figure)


def draw_still(
    view: View,
    *,
    width: int,
    height: int,
    figures: Sequence[Figure] = (),
    keys: Sequence[Key] = (),
    highlight: Collection[str] = (),
    spots: Collection[LonLat] = (),
    detail: GroundDetail = TODAY,
    streets: Streets | None = None,
    lang: str = "en",
    stylesheet: str,
    sketch: bool = False,
    quiet: bool = False,
    light: bool = False,
    enlarged: float = 1.0,
    has_small: bool = False,
    is_covered: bool = False,
    credits: Sequence[str] | None = None,
    title: str = "",
    description: str = "",
) -> str:
    """The SVG of `view`, `width` × `height` pixels.

    `figures` lie on it, which `keys` explain; `highlight` are the ISO 3166-1 alpha-2 codes of countries to fill;
    `spots` where those places are that lie in a settlement rather than being one: that is named first. `detail` is how
    much of today's world the map shows, `streets` what lies over it where it is close. It is lettered in `lang`, a
    BCP 47 tag, as far as its names are known in it. `stylesheet` defines the colours as custom properties and may be
    empty where the page around the picture does.

    The whole picture is drawn, the view in its middle. Of a `sketch` the picture's box is exactly the view's
    bounds, so that a page can lay it where a map of these bounds will be (`preserveAspectRatio` "xMidYMid meet",
    `overflow: visible`), and it goes on beyond them. It has land, routes, tracks and markers alone, a tenth of the
    weight, because it is only there until the map is. A `quiet` picture has no lettering and no key: it is too small
    for them. A `light` one is for pixels, of which each line takes many: see `draw_ground`. One that will be shown
    `enlarged` so many times has the ground of its size then. One that `has_small` carries the markers, names and key of
    a picture half as large, too, and shows those where it is small. Of one that `is_covered` nothing of the ground is
    seen, and its names would stand on those of what covers it. `credits` name those who have to be credited for what
    lies on it, besides those whose streets it shows; None for a picture that credits nobody.
    """
    canvas = Canvas.of_view(view, width=width, height=height, sketch=sketch, lang=lang, finer=math.log2(enlarged))
    is_lettered = not (sketch or quiet)
    marks = _list(figures, PlaceMark)
    pins = make_pins(canvas, [mark._replace(text="") for mark in marks] if quiet else marks, spots)
    # Of the author's data a sketch has nothing.
    shapes = [] if sketch else _list(figures, PaintedShape)
    key = draw_key(canvas, keys, shapes, pins) if is_lettered else None
    runs = place_runs(canvas, _list(figures, Run))
    makers: dict[str, None] = {}
    if credits is not None and is_lettered:
        shown = credit_streets(canvas, streets) if streets and not is_covered else ()
        makers = dict.fromkeys((*shown, *credits))
    credited = set_credits(canvas, tuple(makers), key.box if key else None)
    named = name_shapes(canvas, shapes, taken=(*((key.box,) if key else ()), *credited.boxes))
    routes = trace_routes(canvas, runs) if is_lettered else NO_POINTS
    if is_lettered:
        named = named.with_lines(wish_captions(canvas, runs), cover_squares(routes, ROUTE_CLEAR, canvas.area))
    halves = None if quiet else next(iter(_list(figures, Halves)), None)
    if is_covered:
        detail, streets = replace(detail, borders="none", names="none"), None
    told = streets if detail.names == "all" else None
    names = draw_names(canvas, view, pins, named, told, names=detail.names) if is_lettered else ""
    over = "".join((names, *(draw_pin(pin) for pin in reversed(pins))))
    explained = key.svg if key else ""
    if has_small:
        small = _draw_small(canvas, view, marks, spots, shapes, runs, routes, keys, detail, told)
        over, explained = f'<g class="s-full">{over}{explained}</g>{small}', ""
    parts = [
        _write_style(stylesheet, SKETCH_STYLESHEET if sketch else CARD_STYLESHEET if quiet else STYLESHEET),
        f"<style>{style_streets()}</style>" if streets and not sketch else "",
        _title(title, description),
        draw_ground(canvas, tuple(sorted(set(highlight))), borders=detail.borders == "all", quiet=quiet, light=light)
        if detail.earth and (sketch or not is_covered)
        else "",
        *draw_streets(canvas, streets, [mark.at for mark in marks if mark.name]),
        *(
            draw_metre_grid(canvas)
            if detail.earth and not (quiet or is_covered or shows_streets(canvas, streets))
            else ()
        ),
        cut_halves(canvas) if halves else "",
        *draw_sided(canvas, _list(figures, Picture), draw_pictures),
        *draw_sided(canvas, shapes, draw_painted_shapes),
        *draw_place_shapes(canvas, _list(figures, PlaceShape)),
        *draw_runs(canvas, runs),
        over,
        draw_line(canvas, halves) if halves else "",
        *(draw_bar(canvas) if detail.earth and not quiet else ()),
        credited.svg,
        explained,
    ]
    box = Box(0, 0, canvas.width, canvas.height) if sketch else canvas.area
    corners = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    size = f'viewBox="{" ".join(map(tenths, corners))}"'
    size += ' overflow="visible"' if sketch else f' width="{width}" height="{height}"'
    label = f" aria-label={quote_attribute(clean(title))}" if title else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="still" {size} preserveAspectRatio="xMidYMid meet"'
    return f'{head} role="img"{label}>{"".join(parts)}</svg>'


def _draw_small(
    canvas: Canvas,
    view: View,
    marks: Sequence[PlaceMark],
    spots: Collection[LonLat],
    shapes: Sequence[PaintedShape],
    runs: Sequence[PlacedRun],
    routes: Points,
    keys: Sequence[Key],
    detail: GroundDetail,
    streets: Streets | None,
) -> str:
    """The markers, names and key of a picture of `view` half as large as `canvas`, at twice their size."""
    left, top, right, bottom = canvas.area
    half = Canvas.of_view(
        view, width=(right - left) / 2, height=(bottom - top) / 2, sketch=False, lang=canvas.lang, finer=canvas.finer
    )
    pins = make_pins(half, marks, spots)
    halved = [replace(shape, radius=shape.radius / 2) for shape in shapes]
    key = draw_key(half, make_small(keys), halved, pins)
    named = name_shapes(half, halved, taken=(key.box,) if key else ())
    captions = wish_captions(half, halve_runs(runs))
    named = named.with_lines(captions, cover_squares(routes / 2, ROUTE_CLEAR, half.area))
    names = draw_names(half, view, pins, named, streets, names=detail.names, ids="half")
    drawn = "".join((names, *map(draw_pin, reversed(pins)), key.svg if key else ""))
    return f'<g class="s-small" transform="scale(2)">{drawn}</g>'


def _list(figures: Sequence[Figure], sort: type[FigureT]) -> list[FigureT]:
    """Those of `figures` that are of one sort."""
    return [figure for figure in figures if isinstance(figure, sort)]


@lru_cache(maxsize=8)
def _write_style(colours: str, rules: str) -> str:
    return f"<style>{escape(NOT_XML.sub('', colours) + rules)}</style>"


def _title(title: str, description: str) -> str:
    parts = (("title", title), ("desc", description))
    return "".join(f"<{name}>{escape(clean(text))}</{name}>" for name, text in parts if text)
