"""The names of streets on a still, along them, and those of squares and sights: as `browser/src/streets/letter.ts`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storymap.drawing.along import Run, bend_name, can_bend, find_run
from storymap.drawing.boxes import Box, box_around
from storymap.drawing.canvas import Canvas
from storymap.drawing.centrelines import Point, join_pieces, measure_line
from storymap.drawing.labels import measure_text
from storymap.drawing.occupied import Occupied
from storymap.drawing.streets import NamedLine, Sheet, find_sheets, list_named_lines
from storymap.drawing.svg import clean, tenths
from storymap.earth.mercator import project_latitude, project_longitude
from storymap.look import LOOK
from storymap.model.streets import StreetLabel, Streets, Surroundings
from storymap.text.markup import escape

_AIR = 3.0
"""Pixels on each side of the letters of a name that are kept free."""

_AGAIN = 640.0
"""How far apart, in pixels, a street says its name again: on most pictures it says it once."""

_CUT = 10.0
"""Units by which pieces of a street may overlap, or be apart, where a cell has cut it."""

_DOTTED = frozenset({"landmark", "station"})
"""Kinds that stand beside a dot."""

_SURROUNDING = frozenset({"own", "way"})
"""Kinds that name what surrounds a place, for the pictures of it: its building, and its street where that is not named
along it."""

_AREAS = frozenset({"suburb", "quarter", "water", "green"})
"""Kinds that name an area: where their place is taken, by a marker, they may stand above or below it."""

_ROOMY = 1.6
"""So many zooms after it has room for its name an area has it beside its middle, too."""

_ASIDE = 24.0
"""Pixels from the place of a name to the edge of it that stands above or below: as much as a marker takes."""

_NEARBY = 13.5
"""From this zoom on the name of a quarter is still in it there, and may give way to a marker."""

_WRAPPED = 88.0
"""How wide, in pixels, a name is before it is set in two lines."""

_EARLY = 0.4
"""A name may come this many zooms before its own."""

_STREETS_FIRST = 15.5
"""From this zoom on streets are named before quarters, which are then larger than the picture."""

_QUARTERS = frozenset({"suburb", "quarter"})

_SHARES = (0.5, 0.38, 0.62, 0.26, 0.74, 0.14, 0.86)
"""Where along a street its name is tried."""

_SPACING = 0.2
"""Pixels between the letters of a street's name."""


class _Wanted(NamedTuple):
    """A street that a picture names: its line, how long that is, its name and the size of this."""

    line: NamedLine
    long: float
    text: str
    size: float


def draw_street_names(
    canvas: Canvas,
    streets: Streets | None,
    occupied: Occupied,
    pins: Sequence[Point] = (),
    said: Iterable[str] = (),
) -> Iterator[str]:
    """The names that are left room by what is `occupied`; those of what surrounds `pins`, in pixels, come first.

    What the picture has `said` already is not said again.
    """
    sheets = find_sheets(canvas, streets) if streets else ()
    if streets is None or not sheets:
        return
    own = frozenset(name for around in streets.own if _is_pinned(canvas, around, pins) for name in around.names)
    later = {"landmark"} if canvas.zoom < _STREETS_FIRST else {"landmark", *_QUARTERS}
    great = [label for label in streets.labels if label.kind not in later]
    lesser = [label for label in streets.labels if label.kind in later]
    lesser.sort(key=lambda label: label.kind == "landmark")
    lines = _list_lines(canvas, sheets[-1], streets.names)
    # What has a name of its own, a square or a station, says it once, and so does a street that is called the same.
    told = set(said)
    standing: list[Box] = []
    yield '<g class="s-street-names">'
    yield from _set_streets(canvas, [line for line in lines if line.text in own], occupied, told)
    own_labels = [label for label in streets.labels if label.text in own]
    yield from _set_labels(canvas, own_labels, occupied, told, own, standing)
    yield from _set_labels(canvas, great, occupied, told, own, standing)
    yield from _set_streets(canvas, [line for line in lines if line.text not in own], occupied, told)
    yield from _set_labels(canvas, lesser, occupied, told, own, standing)
    yield "</g>"


def _list_lines(canvas: Canvas, sheet: Sheet, names: Sequence[str]) -> list[_Wanted]:
    """The streets that a picture names, each in as few pieces as it has, the most important first."""
    order = [*reversed(LOOK.streets.roads)]
    shown = [line for line in list_named_lines(sheet) if canvas.zoom + _EARLY >= _lettering(line)[0]]
    wanted = []
    for line in join_pieces(shown, _CUT * sheet.pixels + 1):
        size = _lettering(line)[1] + max(0.0, min(1.5, canvas.zoom - 15.5))
        wanted.append(_Wanted(line, measure_line(line.points), names[line.name], size))
    rank = {kind: number for number, kind in enumerate(order)}
    wanted.sort(key=lambda one: (rank.get(one.line.kind, len(order)), -one.long, one.line))
    return wanted


def _lettering(line: NamedLine) -> tuple[float, float]:
    """The first zoom that names a kind of street, and the size of its name."""
    return LOOK.streets.names.get(line.kind, (99.0, 0.0))


def _is_pinned(canvas: Canvas, around: Surroundings, pins: Iterable[Point]) -> bool:
    lon, lat = around.at
    place = canvas.locate(project_longitude(lon), project_latitude(lat))
    return any(math.dist(pin, place) < 1 for pin in pins)


def _set_labels(
    canvas: Canvas,
    labels: Sequence[StreetLabel],
    occupied: Occupied,
    told: set[str],
    own: frozenset[str],
    standing: list[Box],
) -> Iterator[str]:
    """Set `labels` where there is room.

    Those that are moved out of a marker's way pass none of what is `standing`: of two quarters the northern one would
    be named south of the other.
    """
    left, top, right, bottom = area = canvas.area
    for label in labels:
        is_own = label.text in own
        if label.first > canvas.zoom + _EARLY or label.text in told or (label.kind in _SURROUNDING and not is_own):
            continue
        x, y = canvas.locate(project_longitude(label.lon), project_latitude(label.lat))
        if not (left <= x <= right and top <= y <= bottom):
            continue
        lettering = LOOK.streets.labels[label.kind]
        text = clean(label.text.upper() if lettering.upper else label.text)
        spaced = lettering.spacing if can_bend(text) else 0.0  # letters that are joined are not pulled apart
        lines = _wrap(text, lettering.size, spaced)
        width = max(measure_text(line, size=lettering.size, spacing=spaced) for line in lines)
        height = len(lines) * lettering.size * 1.15
        is_dotted, dot = label.kind in _DOTTED, box_around(x, y, 4)
        is_marked = is_dotted and occupied.meets(dot)
        # A marker on what it is about stands for the dot of that.
        if is_dotted and (not area.holds(dot) or (is_marked and not is_own)):
            continue
        is_dotted = is_dotted and not is_marked
        for middle in _list_middles(label, (x, y), (width, height), canvas.zoom, is_dotted=is_dotted, is_own=is_own):
            box = _around(*middle, width, height)
            way = _enclose(box, _around(x, y, 0, 0))
            if area.holds(box) and not occupied.meets(box) and (is_own or not any(map(way.meets, standing))):
                break
        else:
            continue
        told.add(label.text)
        occupied.add(box)
        standing.append(box)
        if is_dotted:
            occupied.add(dot)
            yield _mark(x, y, is_square=label.kind == "station")
        for number, line in enumerate(lines):
            down = middle[1] + (number - (len(lines) - 1) / 2) * lettering.size * 1.15 + lettering.size * 0.35
            spacing = f' letter-spacing="{tenths(spaced)}"' if spaced else ""
            yield (
                f'<text class="n-{label.kind}" x="{tenths(middle[0])}" y="{tenths(down)}" '
                f'font-size="{tenths(lettering.size)}"{spacing}>{escape(line)}</text>'
            )


def _list_middles(
    label: StreetLabel, place: Point, size: tuple[float, float], zoom: float, *, is_dotted: bool, is_own: bool
) -> tuple[Point, ...]:
    """Where the middle of a name may be, the best first, `size` wide and high: beside its dot, or at its `place`."""
    (x, y), (width, height) = place, size
    if is_dotted:
        aside, above = 6 + width / 2, 7 + height / 2
        return (x + aside, y), (x - aside, y), (x, y - above), (x, y + above)
    away = _ASIDE + height / 2
    if is_own:
        aside = _ASIDE + width / 2
        return tuple((x + across, y + down) for across in (0, -aside, aside) for down in (0, away, -away))
    first = _NEARBY if label.kind in _QUARTERS else label.first + _ROOMY
    if label.kind in _DOTTED or (label.kind in _AREAS and zoom >= first):
        return (x, y), (x, y + away), (x, y - away)
    return ((x, y),)


def _set_streets(canvas: Canvas, lines: Iterable[_Wanted], occupied: Occupied, told: set[str]) -> Iterator[str]:
    before = frozenset(told)
    set_: dict[int, list[Run]] = defaultdict(list)

    def takes(number: int, middle: Run, boxes: Sequence[Box]) -> bool:
        """Whether a name may stand there; then it does."""
        if any(math.hypot(other.x - middle.x, other.y - middle.y) < _AGAIN for other in set_[number]):
            return False
        if any(not canvas.area.holds(box) or occupied.meets(box) for box in boxes):
            return False
        for box in boxes:
            occupied.add(box)
        set_[number].append(middle)
        return True

    for line, long, name, size in lines:
        text = clean(name)
        width = measure_text(text, size=size, spacing=_SPACING)
        if not text or long < width + 8 or name in before:
            continue
        runs = (find_run(line.points, long, width + 6, share) for share in _SHARES)
        straight = next((run for run in runs if run and takes(line.name, run, _boxes_along(run, width, size))), None)
        if straight:
            told.add(name)
            yield _write_straight(straight, text, size)
        elif can_bend(text):
            widths = [measure_text(letter, size=size, spacing=_SPACING) for letter in text]
            bends = (bend_name(line.points, long, widths, size, share) for share in _SHARES)
            reach = size / 2 + _AIR
            bent = next(
                (
                    letters
                    for letters in bends
                    if letters
                    and takes(line.name, letters[len(letters) // 2], [box_around(x, y, reach) for x, y, _ in letters])
                ),
                None,
            )
            if bent:
                told.add(name)
                yield _write_bent(bent, text, size)


def _write_straight(run: Run, text: str, size: float) -> str:
    x, y, angle = tenths(run.x), tenths(run.y), math.degrees(run.angle)
    spacing = f' letter-spacing="{tenths(_SPACING)}"' if can_bend(text) else ""
    return (
        f'<text class="n-street" transform="translate({x} {y}) rotate({angle:.1f})" '
        f'y="{tenths(size * 0.35)}" font-size="{tenths(size)}"{spacing}>{escape(text)}</text>'
    )


def _write_bent(letters: Sequence[Run], text: str, size: float) -> str:
    """A name of which each letter has its place, on its own line of writing."""
    down = size * 0.35
    xs = " ".join(tenths(x - math.sin(angle) * down) for x, _, angle in letters)
    ys = " ".join(tenths(y + math.cos(angle) * down) for _, y, angle in letters)
    angles = " ".join(f"{math.degrees(angle):.0f}" for *_, angle in letters)
    return (
        f'<text class="n-street" x="{xs}" y="{ys}" rotate="{angles}" font-size="{tenths(size)}">{escape(text)}</text>'
    )


def _boxes_along(run: Run, width: float, size: float) -> list[Box]:
    """Squares along a name that is turned: together they take little more than its letters do."""
    reach = size / 2 + _AIR
    count = max(1, math.ceil(width / (reach * 2)))
    away = (width * ((number + 0.5) / count - 0.5) for number in range(count))
    return [box_around(run.x + math.cos(run.angle) * each, run.y + math.sin(run.angle) * each, reach) for each in away]


def _around(x: float, y: float, width: float, height: float) -> Box:
    aside, above = width / 2 + _AIR, height / 2 + _AIR - 1
    return Box(x - aside, y - above, x + aside, y + above)


def _enclose(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )


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
