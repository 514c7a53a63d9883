"""The outlines of set text, as operators of PDF."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from storymap.drawing.letters import Font, draw_glyph, shape_text

Point = tuple[float, float]


class Outline(NamedTuple):
    """The outline of a text: operators that trace it from its beginning, and how wide it is; y grows upwards.

    Both in units of its font, of which its size has so many `units`.
    """

    drawn: str
    edged: str
    """The same of straight lines alone: of small letters nobody sees the difference, and they are drawn in half the
    time."""

    width: int
    units: int


@lru_cache(maxsize=2048)
def outline_text(font: Font, text: str, spacing: float = 0.0) -> Outline:
    """The outline of `text`, which goes one way throughout; `spacing` as in `shape_text`."""
    shaped = shape_text(font, text, spacing=spacing)
    drawn, edged = (
        "".join(_place_glyph(_read_glyph(font, glyph, pen), x, y) for glyph, x, y in shaped.glyphs)
        for pen in (_Pen, _StraightPen)
    )
    return Outline(drawn, edged, shaped.width, shaped.units)


def _place_glyph(glyph: tuple[str, tuple[Point, ...]], x: int, y: int) -> str:
    gaps, points = glyph
    return gaps % tuple(number for left, up in points for number in (left + x, up + y)) if points else ""


@lru_cache(maxsize=4096)
def _read_glyph(font: Font, glyph: int, kind: type[_Pen]) -> tuple[str, tuple[Point, ...]]:
    """The operators of a glyph with gaps, as a pen of a `kind` draws it, and the points that stand in them."""
    pen = kind()
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


class _StraightPen(_Pen):
    """Notes straight lines in the place of curves, which bend little in letters: two, or three."""

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        curve = (self.points[-1], *points)
        for part in (1 / 3, 2 / 3):
            weights = ((1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3)
            self._draw_near(curve, weights)
        self.lineTo(points[-1])

    def qCurveTo(self, handle: Point, end: Point) -> None:  # noqa: N802
        self._draw_near((self.points[-1], handle, end), (0.25, 0.5, 0.25))
        self.lineTo(end)

    def _draw_near(self, points: Sequence[Point], weights: Sequence[float]) -> None:
        """A line to the mean of `points`, in whole units."""
        x, y = (sum(map(operator.mul, axis, weights)) for axis in zip(*points, strict=True))
        self.lineTo((round(x), round(y)))
