"""The author's data on a still: areas, lines and circles in colours of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import shapely
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from storymap.drawing.canvas import Canvas
from storymap.drawing.shapes import write_shape
from storymap.drawing.svg import tenths
from storymap.earth.mercator import project_latitude, project_longitude, project_points
from storymap.layers.figures import Paint, PaintedShape
from storymap.text.markup import escape, quote_attribute

MOST_CIRCLES = 1_000
"""Points of which each is a circle with an edge; of more those that look alike are dots of one path."""

DOT_GRID = 2.0
"""Pixels within which two dots of one path are one."""


def draw_painted_shapes(canvas: Canvas, figures: Sequence[PaintedShape]) -> Iterator[str]:
    """Each of `figures` that the picture shows."""
    points = [figure for figure in figures if figure.shape.geom_type.endswith("Point")]
    if len(points) > MOST_CIRCLES:
        yield from _draw_shapes(canvas, [figure for figure in figures if not figure.shape.geom_type.endswith("Point")])
        alike: dict[tuple[Paint, float], list[BaseGeometry]] = {}
        for figure in points:
            alike.setdefault((figure.paint, figure.radius), []).append(figure.shape)
        for (paint, radius), shapes in alike.items():
            yield from _draw_dots(canvas, paint, radius, shapes)
        return
    yield from _draw_shapes(canvas, figures)


def _draw_shapes(canvas: Canvas, figures: Sequence[PaintedShape]) -> Iterator[str]:
    """Figures in their order; what neighbours in it have in common, all but their colours, is said once."""
    for _, neighbours in groupby(figures, key=lambda figure: _leave_colours_out(figure.paint)):
        alike = list(neighbours)
        edge = replace(alike[0].paint, fill="")
        if drawn := "".join(_draw_shape(canvas, figure, edge.stroke) for figure in alike):
            opacity = f' fill-opacity="{edge.opacity:g}" stroke-opacity="{edge.opacity:g}"' if edge.opacity < 1 else ""
            yield f'<g fill-rule="evenodd" {write_paint(replace(edge, opacity=1.0))}{opacity}>{drawn}</g>'


def _leave_colours_out(paint: Paint) -> Paint:
    """What a paint shares with others: whether it has an outline, and its colour only where the dark has another."""
    return replace(paint, fill="", stroke=paint.stroke if paint.dark or not paint.stroke else "any")


def _draw_shape(canvas: Canvas, figure: PaintedShape, stroke: str) -> str:
    """A figure among others whose outline is `stroke`, unless it has one of its own."""
    fill = f" fill={quote_attribute(figure.paint.fill)}" if figure.paint.fill else ""
    own = f" stroke={quote_attribute(figure.paint.stroke or 'none')}" if figure.paint.stroke != stroke else ""
    if figure.shape.geom_type.endswith("Point"):
        circles = "".join(f"<circle {circle}{fill}{own}/>" for circle in _place_circles(canvas, figure))
        return circles + (_write_text(canvas, figure) if circles and figure.text else "")
    areas, lines = write_shape(canvas, figure.shape)
    return (f'<path{fill}{own} d="{areas}"/>' if areas else "") + (f'<path{own} d="{lines}"/>' if lines else "")


def write_paint(paint: Paint, *, is_line: bool = False) -> str:
    """The attributes of an SVG shape that looks so."""
    attributes = [] if is_line else [f"fill={quote_attribute(paint.fill or 'none')}"]
    if paint.stroke and paint.width:
        attributes += [
            f"stroke={quote_attribute(paint.stroke)}",
            f'stroke-width="{paint.width:g}" stroke-linejoin="round"',
        ]
    if paint.dark:
        attributes.append(f'class="inked" style="--light:{paint.stroke};--dark:{paint.dark}"')
    if paint.dash:
        attributes.append(f'stroke-dasharray="{" ".join(f"{length:g}" for length in paint.dash)}"')
    if paint.opacity < 1:
        attributes.append(f'opacity="{paint.opacity:g}"')
    return " ".join(attributes)


def _write_text(canvas: Canvas, figure: PaintedShape) -> str:
    """What stands in a circle, in each turn of the world."""
    look = f'fill={quote_attribute(figure.ink)} stroke="none" font-family="system-ui,sans-serif" font-size="12"'
    look += ' font-weight="600" text-anchor="middle"'
    places = (circle.split(" ") for circle in _place_circles(canvas, figure))
    return "".join(
        f'<text x={x.partition("=")[2]} y={y.partition("=")[2]} dy="4.2" {look}>{escape(figure.text)}</text>'
        for x, y, *_ in places
    )


def _place_circles(canvas: Canvas, figure: PaintedShape) -> Iterator[str]:
    """Middle and radius of each circle of a figure, as attributes."""
    extent, area, reach = canvas.extent, canvas.area, figure.radius + figure.paint.width
    for lon, lat in shapely.get_coordinates(figure.shape):
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):
            x = (project_longitude(lon) + turn - canvas.west) * canvas.scale
            y = (project_latitude(lat) - canvas.north) * canvas.scale
            if area.left - reach < x < area.right + reach and area.top - reach < y < area.bottom + reach:
                yield f'cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(figure.radius)}"'


def _draw_dots(canvas: Canvas, paint: Paint, radius: float, shapes: Sequence[BaseGeometry]) -> Iterator[str]:
    """Points of one look as one path of dots, each place of the picture once."""
    area = canvas.area
    plane = project_points(shapely.get_coordinates(shapes))
    x = (plane[:, 0] + np.floor(canvas.middle - plane[:, 0] + 0.5) - canvas.west) * canvas.scale
    y = (plane[:, 1] - canvas.north) * canvas.scale
    shown = (x > area.left - radius) & (x < area.right + radius) & (y > area.top - radius) & (y < area.bottom + radius)
    cells = np.unique(np.round(np.column_stack([x[shown], y[shown]]) / DOT_GRID), axis=0) * DOT_GRID
    if len(cells):
        path = "".join(f"M{column:g} {row:g}h0" for column, row in cells)
        look = f'fill="none" stroke={quote_attribute(paint.fill or paint.stroke)} stroke-width="{tenths(2 * radius)}"'
        yield f'<path {look} stroke-linecap="round" opacity="{paint.opacity:g}" d="{path}"/>'
