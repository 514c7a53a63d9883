"""The outlines of set text, as operators of PDF."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from storymap.drawing.letters import Font, draw_glyph, shape_text

Point = tuple[float, float]


class Outline(NamedTuple):
    """The outline of a text: operators that trace it from its beginning, and how wide it is; y grows upwards.

    Both in units of its font, of which its size has so many `units`.
    """

    drawn: str
    width: int
    units: int


@lru_cache(maxsize=2048)
def outline_text(font: Font, text: str, spacing: float = 0.0) -> Outline:
    """The outline of `text`, which goes one way throughout; `spacing` as in `shape_text`."""
    shaped = shape_text(font, text, spacing=spacing)
    drawn = "".join(_place_glyph(font, glyph, x, y) for glyph, x, y in shaped.glyphs)
    return Outline(drawn, shaped.width, shaped.units)


def _place_glyph(font: Font, glyph: int, x: int, y: int) -> str:
    gaps, points = _read_glyph(font, glyph)
    return gaps % tuple(number for left, up in points for number in (left + x, up + y)) if points else ""


@lru_cache(maxsize=4096)
def _read_glyph(font: Font, glyph: int) -> tuple[str, tuple[Point, ...]]:
    """The operators of a glyph with gaps, and the points that stand in them."""
    pen = _Pen()
    draw_glyph(font, glyph, pen)
    return "".join(pen.gaps), tuple(pen.points)


class _Pen:
    """Notes what it is led along."""

    def __init__(self) -> None:
        self.gaps: list[str] = []
        self.points: list[Point] = []

    def moveTo(self, point: Point) -> None:  # noqa: N802 - as pens are
        self._note("%.6g %.6g m ", point)

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._note("%.6g %.6g l ", point)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._note("%.6g %.6g %.6g %.6g %.6g %.6g c ", *points)

    def qCurveTo(self, handle: Point, end: Point) -> None:  # noqa: N802
        first, second = ((x + (handle[0] - x) * 2 / 3, y + (handle[1] - y) * 2 / 3) for x, y in (self.points[-1], end))
        self.curveTo(first, second, end)

    def closePath(self) -> None:  # noqa: N802
        self.gaps.append("h ")

    def endPath(self) -> None:  # noqa: N802
        """An outline that stays open is filled all the same."""

    def _note(self, gaps: str, *points: Point) -> None:
        self.gaps.append(gaps)
        self.points.extend(points)
