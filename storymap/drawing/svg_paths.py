"""Paths of SVG as operators of PDF, which has straight lines and cubic curves alone, and nothing relative.

Most of what a still draws is ground: cells of whole numbers, relative throughout, which come back on other stills. Each
is read once, and put where it lies by one formatting of all its numbers. What lies beyond the picture is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_CELL = re.compile(r"(?:m-?\d+ ?-?\d+(?:[ -]\d+| -\d+)*z?)+")
_PLACED = re.compile(r"(-?\d+) (-?\d+)(m.*)")
_COMMANDS = re.compile(r"([MmLlHhVvCcSsQqAaZz])([-+\d.,eE\s]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FLAGGED = re.compile(r"[01]")
_DOTS = re.compile(r"(?:M(-?[\d.]+) (-?[\d.]+)h0)+")
_DOT = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h0")

_TAKEN = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
"""How many numbers a command takes at a time."""

ROUND = 0.5522847498
"""How far the handles of a quarter of a circle are, in radii."""

_FEW = 100
"""So many points are drawn sooner than those of them are found that are seen."""

Point = tuple[float, float]


class Box(NamedTuple):
    """What is seen: its edges, in the units of a path; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float


EVERYTHING = Box(-math.inf, -math.inf, math.inf, math.inf)


def trace_path(path: str, seen: Box = EVERYTHING) -> str:
    """The operators that trace the path `path`, without painting it. Raises ValueError if it is none that it reads.

    Of ground it traces what makes a difference in `seen`, which holds half the breadth of the path's line, too.
    """
    before, *pieces = path.split("M")
    traced = []
    for piece in (f"0 0{before}", *pieces) if before else pieces:
        placed = _PLACED.fullmatch(piece)
        cell = _read_cell(placed[3]) if placed else None
        if placed is None or cell is None:
            return _trace_any(path)
        traced.append(cell.place(int(placed[1]), int(placed[2]), seen))
    return "".join(traced)


def list_dots(path: str) -> list[Point]:
    """Where the dots of a path are that has nothing but lines without a length; none if it has others."""
    if not _DOTS.fullmatch(path):
        return []
    return [(float(x), float(y)) for x, y in _DOT.findall(path)]


def trace_circle(x: float, y: float, radius: float) -> str:
    """The operators that trace a circle, the way round that others take, too."""
    far = radius * ROUND
    left, top, right, bottom = x - radius, y - radius, x + radius, y + radius
    return (
        f"{write_numbers(right, y)} m "
        f"{write_numbers(right, y + far, x + far, bottom, x, bottom)} c "
        f"{write_numbers(x - far, bottom, left, y + far, left, y)} c "
        f"{write_numbers(left, y - far, x - far, top, x, top)} c "
        f"{write_numbers(x + far, top, right, y - far, right, y)} c h "
    )


def trace_box(left: float, top: float, width: float, height: float, radius: float = 0.0) -> str:
    """The operators that trace a box, with corners of a `radius`."""
    if not radius:
        return f"{write_numbers(left, top, width, height)} re "
    right, bottom, near = left + width, top + height, radius * (1 - ROUND)
    return (
        f"{write_numbers(left + radius, top)} m {write_numbers(right - radius, top)} l "
        f"{write_numbers(right - near, top, right, top + near, right, top + radius)} c "
        f"{write_numbers(right, bottom - radius)} l "
        f"{write_numbers(right, bottom - near, right - near, bottom, right - radius, bottom)} c "
        f"{write_numbers(left + radius, bottom)} l "
        f"{write_numbers(left + near, bottom, left, bottom - near, left, bottom - radius)} c "
        f"{write_numbers(left, top + radius)} l "
        f"{write_numbers(left, top + near, left + near, top, left + radius, top)} c h "
    )


def write_numbers(*numbers: float) -> str:
    """Numbers as PDF reads them, which knows no exponents."""
    return " ".join([f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers])


class _Cell(NamedTuple):
    """A path of whole numbers, of n points."""

    gaps: NDArray[np.object_]
    """The operator of each point, with gaps for its numbers, of shape (n,)."""

    points: NDArray[np.int64]
    """What stands in the gaps, of shape (n, 2): x and y."""

    ends: NDArray[np.bool_]
    """Whether a point is the first or the last of its line, of shape (n,)."""

    whole: str
    """All gaps in one."""

    box: Box
    """What they all lie in."""

    def place(self, x: int, y: int, seen: Box) -> str:
        """Its operators if it is begun from a point, as far as they make a difference in `seen`."""
        left, top, right, bottom = self.box.left + x, self.box.top + y, self.box.right + x, self.box.bottom + y
        if right < seen.left or bottom < seen.top or left > seen.right or top > seen.bottom:
            return ""
        points = self.points + np.array((x, y))
        is_whole = left >= seen.left and top >= seen.top and right <= seen.right and bottom <= seen.bottom
        if is_whole or len(points) < _FEW:
            return self.whole % tuple(points.ravel().tolist())
        # Of points in a row that lie beyond one side, the first and the last make a difference: the straight line
        # between them lies beyond it as well. Sides come one after the other: a line from one to another may be seen.
        kept = np.arange(len(points))
        for axis, sign, edge in ((0, -1, -seen.left), (1, -1, -seen.top), (0, 1, seen.right), (1, 1, seen.bottom)):
            beyond = sign * points[kept, axis] > edge
            if not beyond.any():
                continue
            idle = beyond & ~self.ends[kept]
            idle[1:-1] &= beyond[:-2] & beyond[2:]
            kept = kept[~idle]
        return "".join(self.gaps[kept]) % tuple(points[kept].ravel().tolist())


@lru_cache(maxsize=4096)
def _read_cell(path: str) -> _Cell | None:
    """A path that is relative throughout; None if it has more than straight lines between whole numbers."""
    if not _CELL.fullmatch(path):
        return None
    gaps: list[str] = []
    runs: list[NDArray[np.int64]] = []
    ends: list[bool] = []
    at = np.zeros(2, dtype=np.int64)
    for run in path.split("m")[1:]:
        is_closed = run.endswith("z")
        steps = np.array(run.removesuffix("z").replace("-", " -").split(), dtype=np.int64).reshape(-1, 2)
        points = np.cumsum(steps, axis=0) + at
        runs.append(points)
        own = ["%d %d m ", *["%d %d l "] * (len(points) - 1)]
        own[-1] += "h " if is_closed else ""
        gaps += own
        ends += (number in {0, len(points) - 1} for number in range(len(points)))
        at = points[0] if is_closed else points[-1]
    points = np.concatenate(runs)
    box = Box(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    return _Cell(np.array(gaps, dtype=np.object_), points, np.array(ends), "".join(gaps), box)


@lru_cache(maxsize=512)
def _trace_any(path: str) -> str:
    return "".join(_Tracer().trace(path))


class _Tracer:
    """Follows a path: where it is, where its present line began, and the handle that a smooth curve takes up."""

    def __init__(self) -> None:
        self._at: Point = (0.0, 0.0)
        self._begun: Point = (0.0, 0.0)
        self._handle: Point | None = None

    def trace(self, path: str) -> Iterator[str]:
        """The operators of `path`."""
        if _COMMANDS.sub("", path).strip():
            raise ValueError(f"no path: {path[:40]!r}")
        draw: dict[str, Callable[..., str]] = {
            "L": self._draw_line, "C": self._draw_curve, "S": self._draw_smooth, "Q": self._draw_flat
        }  # fmt: skip
        for name, rest in _COMMANDS.findall(path):
            if name in "Zz":
                self._at, self._handle = self._begun, None
                yield "h "
                continue
            kind = name.upper()
            for number, taken in enumerate(_take(rest, kind)):
                points = self._place(taken, kind, is_relative=name.islower())
                if kind == "M" and number == 0:
                    self._at = self._begun = points[0]
                    self._handle = None
                    yield f"{write_numbers(*self._at)} m "
                elif kind == "A":
                    yield self._draw_arc(taken, points[0])
                else:
                    yield draw["L" if kind in "MHV" else kind](*points)

    def _place(self, taken: list[float], kind: str, *, is_relative: bool) -> list[Point]:
        """The points of a command."""
        x, y = self._at if is_relative else (0.0, 0.0)
        if kind == "H":
            return [(x + taken[0], self._at[1])]
        if kind == "V":
            return [(self._at[0], y + taken[0])]
        if kind == "A":
            taken = taken[5:]
        return [(x + left, y + top) for left, top in zip(taken[::2], taken[1::2], strict=True)]

    def _draw_line(self, end: Point) -> str:
        self._at, self._handle = end, None
        return f"{write_numbers(*end)} l "

    def _draw_curve(self, first: Point, second: Point, end: Point) -> str:
        self._at, self._handle = end, second
        return f"{write_numbers(*first, *second, *end)} c "

    def _draw_smooth(self, second: Point, end: Point) -> str:
        (x, y), (before_x, before_y) = self._at, self._handle or self._at
        return self._draw_curve((2 * x - before_x, 2 * y - before_y), second, end)

    def _draw_flat(self, handle: Point, end: Point) -> str:
        first, second = ((x + (handle[0] - x) * 2 / 3, y + (handle[1] - y) * 2 / 3) for x, y in (self._at, end))
        drawn = self._draw_curve(first, second, end)
        self._handle = None
        return drawn

    def _draw_arc(self, taken: list[float], end: Point) -> str:
        """The curves of an arc of an ellipse (SVG 2, appendix B.2.4)."""
        begin, (across, down, turned, is_large, is_sweeping) = self._at, taken[:5]
        across, down = abs(across), abs(down)
        if begin == end:
            return ""
        if not across or not down:
            return self._draw_line(end)
        cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
        half_x, half_y = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
        x, y = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
        if (too_far := math.hypot(x / across, y / down)) > 1:
            across, down = across * too_far, down * too_far
        inner = (across * down) ** 2 / ((across * y) ** 2 + (down * x) ** 2) - 1
        factor = math.sqrt(max(0.0, inner)) * (1 if is_large != is_sweeping else -1)
        middle_x, middle_y = factor * across * y / down, -factor * down * x / across
        first = math.atan2((y - middle_y) / down, (x - middle_x) / across)
        sweep = math.atan2((-y - middle_y) / down, (-x - middle_x) / across) - first
        if is_sweeping and sweep < 0:
            sweep += math.tau
        elif not is_sweeping and sweep > 0:
            sweep -= math.tau
        away_x, away_y = (begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2

        def place(u: float, v: float) -> Point:
            u, v = u * across + middle_x, v * down + middle_y
            return cos * u - sin * v + away_x, sin * u + cos * v + away_y

        parts = math.ceil(abs(sweep) / (math.pi / 2) - 1e-9)
        step = sweep / parts
        far = 4 / 3 * math.tan(step / 4)
        drawn = []
        for number in range(parts):
            angle, after = first + number * step, first + (number + 1) * step
            u, v, u_after, v_after = math.cos(angle), math.sin(angle), math.cos(after), math.sin(after)
            second = place(u_after + far * v_after, v_after - far * u_after)
            last = end if number == parts - 1 else place(u_after, v_after)
            drawn.append(self._draw_curve(place(u - far * v, v + far * u), second, last))
        self._handle = None
        return "".join(drawn)


def _take(text: str, kind: str) -> Iterator[list[float]]:
    """The numbers of a command, as many at a time as it takes; of an arc the flags may stand without gaps."""
    count, at, taken = _TAKEN[kind], 0, list[float]()
    while at < len(text):
        if text[at] in " ,\t\n":
            at += 1
            continue
        found = (_FLAGGED if kind == "A" and len(taken) in {3, 4} else _NUMBER).match(text, at)
        if not found:
            raise ValueError(f"no number: {text[at : at + 20]!r}")
        taken.append(float(found[0]))
        at = found.end()
        if len(taken) == count:
            yield taken
            taken = []
    if taken:
        raise ValueError(f"too few numbers: {text[-20:]!r}")
