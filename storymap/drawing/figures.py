"""The author's data on a still: areas, lines and circles in colours of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

import shapely

from storymap.drawing.canvas import Canvas
from storymap.drawing.shapes import write_shape
from storymap.drawing.svg import tenths
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.layers.drawn import Figure, Paint


def draw_figures(canvas: Canvas, figures: Sequence[Figure]) -> Iterator[str]:
    """Each of `figures` that the picture shows."""
    for figure in figures:
        if figure.shape.geom_type.endswith("Point"):
            yield from _draw_circles(canvas, figure)
            continue
        areas, lines = write_shape(canvas, figure.shape)
        if areas:
            yield f'<path fill-rule="evenodd" {write_paint(figure.paint)} d="{areas}"/>'
        if lines:
            yield f'<path fill="none" {write_paint(figure.paint, is_line=True)} d="{lines}"/>'


def write_paint(paint: Paint, *, is_line: bool = False) -> str:
    """The attributes of an SVG shape that looks so."""
    attributes = [] if is_line else [f"fill={quoteattr(paint.fill or 'none')}"]
    if paint.stroke and paint.width:
        attributes += [f"stroke={quoteattr(paint.stroke)}", f'stroke-width="{paint.width:g}" stroke-linejoin="round"']
    if paint.dash:
        attributes.append(f'stroke-dasharray="{" ".join(f"{length:g}" for length in paint.dash)}"')
    if paint.opacity < 1:
        attributes.append(f'opacity="{paint.opacity:g}"')
    return " ".join(attributes)


def _draw_circles(canvas: Canvas, figure: Figure) -> Iterator[str]:
    extent, area, reach = canvas.extent, canvas.area, figure.radius + figure.paint.width
    for lon, lat in shapely.get_coordinates(figure.shape):
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):
            x = (project_longitude(lon) + turn - canvas.west) * canvas.scale
            y = (project_latitude(lat) - canvas.north) * canvas.scale
            if area.left - reach < x < area.right + reach and area.top - reach < y < area.bottom + reach:
                circle = f'cx="{tenths(x)}" cy="{tenths(y)}" r="{tenths(figure.radius)}"'
                yield f"<circle {circle} {write_paint(figure.paint)}/>"
