"""Choose what a map shows: places, a box or a centre and a zoom → a `View`.

A view is bounds, because the size of the reader's map is unknown here; the browser fits them into the part of the map
that no text covers. `zoom` is that of the reference frame (`storymap.figures.Frame`) that just holds the bounds, in Web
Mercator; it says how finely the basemap has to be drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from storymap.earth.bounds import union_bounds
from storymap.earth.extent import project_bounds
from storymap.earth.mercator import (
    clamp_latitude,
    project_latitude,
    project_longitude,
    unproject_x,
    unproject_y,
    world_pixels,
    wrap_longitude,
    zoom_of,
)
from storymap.figures import FIGURES
from storymap.model.place import Bounds, LonLat, Place
from storymap.model.scene import View

GROUND_ZOOM, CLOSEST_ZOOM = FIGURES.zooms.ground, FIGURES.zooms.closest
FARTHEST_ZOOM = 0.0

INHABITED = Bounds(-180.0, -58.0, 180.0, 78.0)
"""The inhabited earth: what a story without any place shows."""

PADDING = 0.1
"""Air around what is framed, on each side, as a share of its width or height (of half the other where that is more)."""

SETTLEMENT_CATEGORIES = frozenset({"city", "town", "village", "settlement", "capital"})
"""Words in a place's category that say that it is a town and no spot in one."""

WIDEST_AT_EDGE = 2.0
"""Width over height of the flattest view at the edge of the map."""

_EDGE = 1e-4
"""How near the edge of the map is the edge, in units of the world's width."""


def fit_view(places: Sequence[Place], *, closest: float | None = None) -> View:
    """The view that shows all `places` with some air around them.

    One point gets the zoom that suits what it is, several points are drawn no closer than `GROUND_ZOOM`; lines and
    areas fill the map. Where there is ground for it, `closest` says how close several points, and a spot, may come.
    Raises `ValueError` for no places.
    """
    if not places:
        raise ValueError("a view needs a place")
    bounds = union_bounds(place.bounds for place in places)
    if any(place.kind != "point" for place in places):
        closest = CLOSEST_ZOOM
    elif len({place.point for place in places}) > 1:
        closest = closest or GROUND_ZOOM
    elif closest is None or any(map(is_settlement, places)):
        closest = _natural_zoom(places[0])
    return _frame_bounds(bounds, padding=PADDING, closest=closest)


def fit_bounds(bounds: Bounds) -> View:
    """The view that shows `bounds` with some air around them."""
    return _frame_bounds(bounds, padding=PADDING, closest=CLOSEST_ZOOM)


def view_at(center: LonLat, zoom: float, *, closest: float = CLOSEST_ZOOM) -> View:
    """The view of the reference frame at `center` and `zoom`, no closer than `closest`.

    It is moved where it would look over the edge of the map.
    """
    zoom = max(FARTHEST_ZOOM, min(closest, zoom))
    width, height = _frame_at(zoom)
    return _make_view(project_longitude(center.lon), project_latitude(center.lat), width=width, height=height)


def view_of_bounds(bounds: Bounds) -> View:
    """The view of exactly these `bounds`; only what lies beyond the map or is smaller than a street is adjusted."""
    return _frame_bounds(bounds, padding=0.0, closest=CLOSEST_ZOOM)


def closest_zoom(views: Iterable[View]) -> float:
    """How close a map with these views may be looked at: as far as the ground is drawn, or as the views need.

    A large screen shows a view closer than the reference frame does, and a reader may look closer still.
    """
    closest = max((view.zoom for view in views), default=0.0)
    return GROUND_ZOOM if closest <= GROUND_ZOOM else math.ceil(closest) + 2.0


def _natural_zoom(place: Place) -> float:
    """How close a view of this point alone may come."""
    return FIGURES.zooms.settlement if is_settlement(place) else FIGURES.zooms.spot


def is_settlement(place: Place) -> bool:
    """Whether a place is a town (or a country) itself, and no spot in one."""
    return place.origin in {"gazetteer", "country"} or place.category.casefold() in SETTLEMENT_CATEGORIES


@lru_cache(maxsize=4096)
def _frame_bounds(bounds: Bounds, *, padding: float, closest: float) -> View:
    """The view of `bounds` with `padding` around them, no closer than `closest`."""
    box = project_bounds(bounds)
    width, height = box.width, box.height
    aside, above = padding * max(width, height / 2), padding * max(height, width / 2)
    width, height = width + 2 * aside, height + 2 * above
    frame_width, frame_height = _frame_at(closest)
    if width < frame_width and height < frame_height:
        width, height = frame_width, frame_height
    # A box without height or width would show a line of map; a sixteenth of the other side makes it a picture.
    width, height = max(width, height / 16), max(height, width / 16)
    return _make_view(*box.middle, width=width, height=height)


def _frame_at(zoom: float) -> tuple[float, float]:
    """Width and height of the reference frame at `zoom`, in units of the world's width."""
    world = world_pixels(zoom)
    return FIGURES.frame.width / world, FIGURES.frame.height / world


def _make_view(x: float, y: float, *, width: float, height: float) -> View:
    """The view around a point of the Mercator plane, kept on the map."""
    height = min(1.0, height)
    y = max(height / 2, min(1 - height / 2, y))
    deeper = min(1.0, width / WIDEST_AT_EDGE)
    if height < deeper and not height / 2 + _EDGE < y < 1 - height / 2 - _EDGE:
        # A flat box at the edge of the map would be shown with as much beyond the map as on it.
        y, height = (deeper / 2 if y < 0.5 else 1 - deeper / 2), deeper
    north, south = clamp_latitude(unproject_y(y - height / 2)), clamp_latitude(unproject_y(y + height / 2))
    west, east = unproject_x(x - width / 2), unproject_x(x + width / 2)
    if width >= 1 and abs(x - 0.5) < 0.05:
        west, east = -180.0, 180.0
    elif width >= 1:
        middle = unproject_x(x)
        half = FIGURES.frame.round_the_world / 2
        west, east = middle - half, middle + half
    box = Bounds(*(round(edge, 5) + 0.0 for edge in (wrap_longitude(west), south, wrap_longitude(east), north)))
    zoom = min(zoom_of(FIGURES.frame.width / min(1.0, width)), zoom_of(FIGURES.frame.height / height))
    return View(box, round(max(FARTHEST_ZOOM, zoom), 2))
