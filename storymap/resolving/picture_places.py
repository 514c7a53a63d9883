"""Put a story that is told on a picture onto its plane: spots in per cent or pixels become positions.

After that such a story is resolved like any other, and nothing of it names a place on the earth.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from storymap.earth.picture_plane import CLOSEST_ZOOM, box_at, pixel_at, point_at
from storymap.earth.views import view_of_bounds
from storymap.errors import Location, Report
from storymap.model.place import LonLat, Place
from storymap.model.raster import PictureMap
from storymap.reading.fields import StepFields
from storymap.reading.source import StorySource
from storymap.reading.written import WrittenMapLink, WrittenProse
from storymap.resolving.names import StepNames, StoryNames

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)\s*"
_SPOT = re.compile(rf"\s*{_NUMBER}(?:%\s*[,;\s]\s*{_NUMBER}%|(?:px)?\s*[,;\s]\s*{_NUMBER}(?:px)?)\s*")
_LINK = re.compile(r"(?:geo|place):", re.IGNORECASE)

_CLOSER = 2.0
"""Zooms that a single spot is shown closer than the whole picture."""

_AIR = 0.12
"""Share of the picture's longer side that is shown around several spots."""

_HOW = 'write how far it is from the left and from the top: "34%, 52%", or in pixels "1360px, 940px"'

_ON_EARTH = ("highlight", "layers", "ground", "track", "image", "compare")
"""Fields of a step that are about the earth."""


def lay_on_picture(source: StorySource, picture: PictureMap, report: Report) -> StorySource:
    """`source` with positions on the plane of `picture`; what means nothing there is told, and left out."""
    for key in ("track", "routes", "layers", "ground"):
        if source.front.wrote(key):
            _tell_earthly(key, source.front.where_key(key), report)
    whole = view_of_bounds(box_at(0, 0, picture.width, picture.height)).zoom
    steps = tuple(
        replace(
            step,
            fields=_lay_step(step.fields, picture, whole, report),
            prose=_lay_links(step.prose, picture, report),
        )
        for step in source.steps
    )
    front = source.front.model_copy(
        update={
            "track": None,
            "routes": {},
            "layers": {},
            "ground": None,
            "line": "none" if source.front.line in (None, "none") else "straight",
        }
    )
    return replace(
        source,
        front=front,
        opening=_lay_links(source.opening, picture, report),
        steps=steps,
        notes=_lay_links(source.notes, picture, report),
    )


def drop_spots(source: StorySource) -> StorySource:
    """`source` without what it says of a picture that is not there, of which enough was told."""
    gone = {"place": None, "center": None, "bounds": None, "zoom": None}
    nowhere = "geo:" + _write((0, 0)).replace(" ", "")

    def drop(prose: WrittenProse) -> WrittenProse:
        pieces = (replace(one, target=nowhere) if isinstance(one, WrittenMapLink) else one for one in prose.pieces)
        return replace(prose, pieces=tuple(pieces))

    steps = tuple(
        replace(step, fields=step.fields.model_copy(update=gone), prose=drop(step.prose)) for step in source.steps
    )
    return replace(source, opening=drop(source.opening), steps=steps, notes=drop(source.notes))


def name_spots(source: StorySource, names: StoryNames, picture: PictureMap) -> StoryNames:
    """`names` with spots of the picture called as the step that goes there alone, or as the text of the link.

    One that has neither is called by where it is, in per cent.
    """
    called: dict[str, str] = {}
    for step, named in zip(source.steps, names.steps, strict=True):
        if len(named.places) == 1:
            called.setdefault(named.places[0].id, step.title)

    def call(places: Sequence[Place]) -> tuple[Place, ...]:
        return tuple(
            dataclasses.replace(
                place, name=called.get(place.id) or _say(place.point, picture), origin="picture", country=""
            )
            for place in places
        )

    def call_links(places: Sequence[Place], links: Sequence[WrittenMapLink]) -> tuple[Place, ...]:
        """A link whose target was told has no place, and then nothing is made of the story."""
        named = zip(call(places), links, strict=False)
        return tuple(dataclasses.replace(place, name=link.text.strip() or place.name) for place, link in named)

    steps = tuple(
        StepNames(call(named.places), (), call_links(named.links, step.links), named.when)
        for step, named in zip(source.steps, names.steps, strict=True)
    )
    opening = call_links(names.opening_links, source.opening_links)
    return StoryNames(opening, steps, call_links(names.notes_links, source.notes_links))


def find_share(point: LonLat, picture: PictureMap) -> tuple[float, float]:
    """How far a position is from the left and from the top of the picture, from 0 to 1."""
    x, y = pixel_at(point)
    return x / picture.width, y / picture.height


def _say(point: LonLat, picture: PictureMap) -> str:
    across, down = find_share(point, picture)
    return f"{across * 100:.0f}%, {down * 100:.0f}%"


def _lay_step(fields: StepFields, picture: PictureMap, whole: float, report: Report) -> StepFields:
    update: dict[str, Any] = dict.fromkeys(_ON_EARTH)
    for key in _ON_EARTH:
        if fields.wrote(key):
            _tell_earthly(key, fields.where_key(key), report)
    spots = [
        spot
        for number, text in enumerate(fields.place or ())
        if (spot := _read_spot(text, picture, fields.where("place", number), report))
    ]
    if fields.place is not None:
        update["place"] = tuple(_write(spot) for spot in spots) or None
    if fields.line not in (None, "none"):
        update["line"] = "straight"
    if fields.center is not None:
        center = _read_spot(fields.center, picture, fields.where("center"), report)
        update["center"] = _write(center) if center else None
    if fields.bounds is not None:
        update["bounds"] = _read_box(fields, picture, report)
    elif fields.zoom is not None:
        update["zoom"] = min(CLOSEST_ZOOM, whole + fields.zoom)
    elif fields.center is not None or len(spots) == 1:
        update["zoom"] = min(CLOSEST_ZOOM, whole + _CLOSER)
    elif spots and not fields.overview:
        update["bounds"] = _frame(spots, picture)
    return fields.model_copy(update=update)


def _tell_earthly(key: str, at: Location, report: Report) -> None:
    report.error(
        "not-on-a-picture",
        f'"{key}" is about the earth, and this story is told on a picture',
        at,
        help=f"take {key} out, or tell that part in a story of its own",
    )


def _read_spot(text: str, picture: PictureMap, at: Location, report: Report) -> tuple[float, float] | None:
    """Pixels from the left and from the top; None, and told, where the text is no spot of the picture."""
    found = _SPOT.fullmatch(text.replace("\N{NO-BREAK SPACE}", " "))
    if not found:
        report.error("no-spot", f'"{text[:80]}" is no spot of the picture', at, _HOW)
        return None
    size = (picture.width, picture.height)
    across, down = float(found[1]), float(found[2] or found[3])
    spot = (across * size[0] / 100, down * size[1] / 100) if found[2] else (across, down)
    if not all(0 <= one <= most for one, most in zip(spot, size, strict=True)):
        limits = "100%" if found[2] else f"{size[0]:,} × {size[1]:,} pixels"
        report.error("no-spot", f'"{text[:80]}" lies beyond the picture, which ends at {limits}', at, _HOW)
        return None
    return spot


def _read_box(fields: StepFields, picture: PictureMap, report: Report) -> tuple[float, float, float, float] | None:
    """The bounds of a view, written as left, top, right, bottom in pixels, as west, south, east, north."""
    assert fields.bounds is not None
    left, top, right, bottom = fields.bounds
    if not (0 <= left < right <= picture.width and 0 <= top < bottom <= picture.height):
        written = ", ".join(f"{number:g}" for number in fields.bounds)
        report.error(
            "no-spot",
            f'"{written}" is no box of the picture, which is {picture.width:,} × {picture.height:,} pixels large',
            fields.where("bounds"),
            help="write left, top, right, bottom in pixels, from the upper left corner",
        )
        return None
    box = box_at(left, top, right, bottom)
    return box.west, box.south, box.east, box.north


def _frame(spots: Sequence[tuple[float, float]], picture: PictureMap) -> tuple[float, float, float, float]:
    """The box around several spots."""
    air = _AIR * max(picture.width, picture.height)
    (left, top), (right, bottom) = (tuple(map(pick, zip(*spots, strict=True))) for pick in (min, max))
    box = box_at(left - air, top - air, right + air, bottom + air)
    return box.west, box.south, box.east, box.north


def _write(spot: tuple[float, float]) -> str:
    point = point_at(*spot)
    return f"{point.lat:.7f}, {point.lon:.7f}"


def _lay_links(prose: WrittenProse, picture: PictureMap, report: Report) -> WrittenProse:
    """Prose whose links that move the map lead to positions on the plane."""
    if not prose.map_links:
        return prose

    def lay(link: WrittenMapLink) -> WrittenMapLink:
        spot = _read_spot(unquote(_LINK.sub("", link.target, count=1)), picture, link.at, report)
        return replace(link, target="geo:" + _write(spot or (0, 0)).replace(" ", ""))

    return replace(
        prose, pieces=tuple(lay(piece) if isinstance(piece, WrittenMapLink) else piece for piece in prose.pieces)
    )
