"""The names of streets on a still, along them, and those of squares and sights: as `browser/src/streets/letter.ts`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from storymap.drawing.boxes import Box, box_around
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import measure_text
from storymap.drawing.occupied import Occupied
from storymap.drawing.streets import NamedLine, find_sheets, list_named_lines
from storymap.drawing.svg import clean, tenths
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.look import LOOK
from storymap.model.streets import StreetLabel, Streets, Surroundings
from storymap.text.markup import escape

Point = tuple[float, float]

_AIR = 3.0
"""Pixels on each side of the letters of a name that are kept free."""

_BEND = 2.6
"""How far, in pixels, a street may bend away from its straight name."""

_AGAIN = 320.0
"""How far apart, in pixels, a street says its name again."""

_DOTTED = frozenset({"landmark", "station"})
"""Kinds that stand beside a dot."""

_WRAPPED = 88.0
"""How wide, in pixels, a name is before it is set in two lines."""

_EARLY = 0.3
"""A name may come this many zooms before its own."""

_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Where along a street its name is tried."""


class Run(NamedTuple):
    """Where a straight name stands on a street: its middle, and its angle in radians."""

    x: float
    y: float
    angle: float


def draw_street_names(
    canvas: Canvas, streets: Streets | None, occupied: Occupied, pins: Sequence[Point] = ()
) -> Iterator[str]:
    """The names that are left room by what is `occupied`; those of what surrounds `pins`, in pixels, come first."""
    sheets = find_sheets(canvas, streets) if streets else ()
    if streets is None or not sheets:
        return
    own = frozenset(name for around in streets.own if _is_pinned(canvas, around, pins) for name in around.names)
    great = [label for label in streets.labels if label.kind != "landmark" or label.text in own]
    great.sort(key=lambda label: label.text not in own)
    lesser = [label for label in streets.labels if label.kind == "landmark" and label.text not in own]
    lines = list(list_named_lines(sheets[-1]))
    first = [line for line in lines if streets.names[line.name] in own]
    yield '<g class="s-street-names">'
    yield from _set_streets(canvas, first, streets.names, occupied)
    yield from _set_labels(canvas, great, occupied)
    yield from _set_streets(canvas, [line for line in lines if line not in first], streets.names, occupied)
    yield from _set_labels(canvas, lesser, occupied)
    yield "</g>"


def _is_pinned(canvas: Canvas, around: Surroundings, pins: Iterable[Point]) -> bool:
    lon, lat = around.at
    place = canvas.locate(project_longitude(lon), project_latitude(lat))
    return any(math.dist(pin, place) < 1 for pin in pins)


def _set_labels(canvas: Canvas, labels: Sequence[StreetLabel], occupied: Occupied) -> Iterator[str]:
    left, top, right, bottom = area = canvas.area
    for label in labels:
        if label.first > canvas.zoom + _EARLY:
            continue
        x, y = canvas.locate(project_longitude(label.lon), project_latitude(label.lat))
        if not (left <= x <= right and top <= y <= bottom):
            continue
        lettering = LOOK.streets.labels[label.kind]
        text = clean(label.text.upper() if lettering.upper else label.text)
        lines = _wrap(text, lettering.size, lettering.spacing)
        width = max(measure_text(line, size=lettering.size, spacing=lettering.spacing) for line in lines)
        height = len(lines) * lettering.size * 1.15
        is_dotted, dot = label.kind in _DOTTED, box_around(x, y, 4)
        if is_dotted and (not area.holds(dot) or occupied.meets(dot)):
            continue
        middles: tuple[Point, ...] = ((x, y),)
        if is_dotted:
            aside, above = 6 + width / 2, 7 + height / 2
            middles = ((x + aside, y), (x - aside, y), (x, y - above), (x, y + above))
        for middle in middles:
            box = _around(*middle, width, height)
            if area.holds(box) and not occupied.meets(box):
                break
        else:
            continue
        occupied.add(box)
        if is_dotted:
            occupied.add(dot)
            yield _mark(x, y, is_square=label.kind == "station")
        for number, line in enumerate(lines):
            down = middle[1] + (number - (len(lines) - 1) / 2) * lettering.size * 1.15 + lettering.size * 0.35
            spacing = f' letter-spacing="{tenths(lettering.spacing)}"' if lettering.spacing else ""
            yield (
                f'<text class="n-{label.kind}" x="{tenths(middle[0])}" y="{tenths(down)}" '
                f'font-size="{tenths(lettering.size)}"{spacing}>{escape(line)}</text>'
            )


def _set_streets(canvas: Canvas, lines: Iterable[NamedLine], names: Sequence[str], occupied: Occupied) -> Iterator[str]:
    order = [*reversed(LOOK.streets.roads)]
    wanted = []
    for line in lines:
        first, size = LOOK.streets.names.get(line.kind, (99.0, 0.0))
        if canvas.zoom + _EARLY < first:
            continue
        rank = order.index(line.kind) if line.kind in order else len(order)
        size += max(0.0, min(1.5, canvas.zoom - 15.5))
        wanted.append((rank, -_length(line.points), line, size))
    said: dict[int, list[Run]] = defaultdict(list)
    for _, length, line, size in sorted(wanted):
        text, long = clean(names[line.name]), -length
        width = measure_text(text, size=size, spacing=0.2)
        if not text or long < width + 8:
            continue
        for share in _SHARES:
            run = find_run(line.points, long, width + 6, share)
            if run is None:
                continue
            if any(math.hypot(other.x - run.x, other.y - run.y) < _AGAIN for other in said[line.name]):
                break
            boxes = _boxes_along(run, width, size)
            if any(not canvas.area.holds(box) or occupied.meets(box) for box in boxes):
                continue
            for box in boxes:
                occupied.add(box)
            said[line.name].append(run)
            x, y, angle = tenths(run.x), tenths(run.y), math.degrees(run.angle)
            yield (
                f'<text class="n-street" transform="translate({x} {y}) rotate({angle:.1f})" '
                f'y="{tenths(size * 0.35)}" font-size="{tenths(size)}" letter-spacing=".2">{escape(text)}</text>'
            )
            break


def find_run(points: Sequence[Point], long: float, width: float, share: float) -> Run | None:
    """Where a name so wide stands on a line, its middle at a `share` of it; None where the line bends away from it."""
    begin = min(max(0.0, long * share - width / 2), long - width)
    if begin < 0:
        return None
    inside = _cut(points, begin, begin + width)
    if len(inside) < 2:
        return None
    (x0, y0), (x1, y1) = inside[0], inside[-1]
    dx, dy = x1 - x0, y1 - y0
    chord = math.hypot(dx, dy)
    if chord < width * 0.96:
        return None
    if any(abs((x - x0) * dy - (y - y0) * dx) / chord > _BEND for x, y in inside):
        return None
    angle = math.atan2(dy, dx)
    if angle > math.pi / 2:
        angle -= math.pi
    elif angle <= -math.pi / 2:
        angle += math.pi
    return Run((x0 + x1) / 2, (y0 + y1) / 2, angle)


def _cut(points: Sequence[Point], begin: float, end: float) -> list[Point]:
    """The part of a line between two distances from its beginning."""
    inside: list[Point] = []
    gone = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        step = math.hypot(x1 - x0, y1 - y0)

        def at(distance: float, x0: float = x0, y0: float = y0, x1: float = x1, y1: float = y1) -> Point:
            share = (distance - gone) / step if step else 0.0  # noqa: B023 - called within the turn
            return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

        if not inside and gone + step >= begin:
            inside.append(at(begin))
        if inside and gone + step >= end:
            return [*inside, at(end)]
        if inside:
            inside.append((x1, y1))
        gone += step
    return inside


def _length(points: Sequence[Point]) -> float:
    return sum(math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))


def _boxes_along(run: Run, width: float, size: float) -> list[Box]:
    """Squares along a name that is turned: together they take little more than its letters do."""
    reach = size / 2 + _AIR
    count = max(1, math.ceil(width / (reach * 2)))
    away = (width * ((number + 0.5) / count - 0.5) for number in range(count))
    return [box_around(run.x + math.cos(run.angle) * each, run.y + math.sin(run.angle) * each, reach) for each in away]


def _around(x: float, y: float, width: float, height: float) -> Box:
    aside, above = width / 2 + _AIR, height / 2 + _AIR - 1
    return Box(x - aside, y - above, x + aside, y + above)


def _wrap(text: str, size: float, spacing: float) -> list[str]:
    """A long name in two lines, cut at the space that is nearest to its middle."""
    if " " not in text or measure_text(text, size=size, spacing=spacing) <= _WRAPPED:
        return [text]
    spaces = [number for number, letter in enumerate(text) if letter == " "]
    cut = min(spaces, key=lambda number: abs(number - len(text) / 2))
    return [text[:cut], text[cut + 1 :]]


def _mark(x: float, y: float, *, is_square: bool) -> str:
    if is_square:
        return f'<rect class="n-mark" x="{tenths(x - 2.2)}" y="{tenths(y - 2.2)}" width="4.4" height="4.4"/>'
    return f'<circle class="n-mark" cx="{tenths(x)}" cy="{tenths(y)}" r="2.2"/>'
