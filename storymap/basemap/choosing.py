"""Choose the ground of a map from the views that it shows: cells, settlements, names → a `Basemap`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import groupby, starmap
from operator import attrgetter, itemgetter
from typing import NamedTuple

from storymap.basemap.basemap import Basemap, Settlement
from storymap.basemap.extents import extents_of, finest_scale, flight_extent, glance_extent, list_cells, widest_extent
from storymap.basemap.natural_earth import CREDITS, LABEL_KINDS, LabelKind, read_cell, read_labels
from storymap.basemap.towns import find_towns
from storymap.figures import FIGURES
from storymap.model.place import LonLat
from storymap.model.scene import View

SETTLEMENTS_OF_VIEW, SETTLEMENTS_OF_GLANCE = 20, 6
"""Settlements that a view gets from the scales that it needs: the most important that it can show."""

KEPT_VIEWS = 2048
"""Views of which it is kept what they need: a site comes back to the same places."""


def choose_basemap(
    views: Iterable[View],
    *,
    glances: Iterable[View] = (),
    highlight: Iterable[str] = (),
    places: Collection[LonLat] = (),
) -> Basemap:
    """The basemap for `views`: the world coarsely, their surroundings as finely as their zooms show them.

    `glances` are views that a reader only looks aside at: less around them is drawn. `highlight`
    are ISO 3166-1 alpha-2 codes of the countries that some step fills; unknown ones are ignored. The settlements that
    `places` lie in are named whatever the views show.
    """
    distinct = set(views)
    needs = [_need_of_world(), *map(_need_of_view, distinct), *map(_need_of_glance, set(glances) - distinct)]
    cells = sorted(frozenset().union(*(need.cells for need in needs)))
    settlements = _leave_world(find_towns(places)).union(*(need.settlements for need in needs))
    by_scale = {scale: tuple(cell[1:] for cell in group) for scale, group in groupby(cells, key=itemgetter(0))}
    countries, waters = read_labels("country"), read_labels("water")
    return Basemap(
        cells=tuple(by_scale.get(scale, ()) for scale in range(len(FIGURES.scales))),
        highlight=tuple(sorted(set(highlight))),
        settlements=tuple(sorted(settlements, key=attrgetter("rank"))),
        countries=tuple(countries[number] for number in sorted(frozenset().union(*(need.countries for need in needs)))),
        waters=tuple(waters[number] for number in sorted(frozenset().union(*(need.waters for need in needs)))),
        credits=CREDITS,
    )


@lru_cache(maxsize=KEPT_VIEWS)
def list_settlements(view: View) -> tuple[Settlement, ...]:
    """The settlements that a view can show on any screen, the most important first."""
    extent = widest_extent(view)
    # Each scale holds what it adds to the coarser ones, so all of them are asked for the same box.
    addresses = {
        (scale, x, y)
        for scale in range(finest_scale(view) + 1)
        for x, y, _ in list_cells(extent, FIGURES.scales[scale])
    }
    last, (west, north, east, south) = view.zoom + 1, extent
    across = east - west
    found = []
    for cell in starmap(read_cell, addresses):
        for town in cell.settlements if cell else ():
            if town.first > last:
                break
            if north <= town.y <= south and (town.x - west) % 1.0 <= across:
                found.append(town)
    return tuple(sorted(found, key=attrgetter("rank")))


class _Need(NamedTuple):
    """What one view needs: cells by scale and address, and labels by their number in the list of all.

    Its settlements are those that the world, which every map shows, does not have.
    """

    cells: frozenset[tuple[int, int, int]]
    settlements: frozenset[Settlement]
    countries: frozenset[int]
    waters: frozenset[int]


@lru_cache(maxsize=1)
def _need_of_world() -> _Need:
    countries, waters = (
        frozenset(number for number, label in enumerate(read_labels(kind)) if label.first <= FIGURES.zooms.world)
        for kind in LABEL_KINDS
    )
    return _Need(frozenset({(0, 0, 0)}), frozenset(), countries, waters)


@lru_cache(maxsize=KEPT_VIEWS)
def _need_of_view(view: View) -> _Need:
    cells = frozenset(
        (scale, x, y)
        for scale, extent in extents_of(view).items()
        for x, y, _ in list_cells(extent, FIGURES.scales[scale])
    )
    towns = list_settlements(view)
    settlements = towns[:SETTLEMENTS_OF_VIEW]
    if view.zoom > FIGURES.zooms.ground:  # its own hamlets, which are less than the towns around
        near = glance_extent(view)
        settlements += tuple(town for town in towns if near.covers(town.x, town.y))[:SETTLEMENTS_OF_VIEW]
    return _Need(cells, _leave_world(settlements), _list_shown("country", view), _list_shown("water", view))


@lru_cache(maxsize=KEPT_VIEWS)
def _need_of_glance(view: View) -> _Need:
    own = finest_scale(view)
    around = list_cells(glance_extent(view), FIGURES.scales[own])
    return _Need(
        frozenset((own, x, y) for x, y, _ in around),
        _leave_world(list_settlements(view)[:SETTLEMENTS_OF_GLANCE]),
        _list_shown("country", view),
        _list_shown("water", view),
    )


def _leave_world(settlements: Iterable[Settlement]) -> frozenset[Settlement]:
    return frozenset(town for town in settlements if not _is_of_world(town))


def _is_of_world(town: Settlement) -> bool:
    """Whether the coarsest scale holds it: a scale holds what is first shown before the next one begins."""
    return town.first < FIGURES.scales[1].min_zoom


def _list_shown(kind: LabelKind, view: View) -> frozenset[int]:
    """The names that a view can show, or a flight to it, besides those of the world."""
    labels, (ys, numbers) = read_labels(kind), _list_later_labels(kind)
    farthest = flight_extent(view, FIGURES.zooms.world)
    shown = set()
    for number in numbers[bisect_left(ys, farthest.north) : bisect_right(ys, farthest.south)]:
        x, y, first = labels[number].x, labels[number].y, labels[number].first
        if first <= view.zoom + 1 and farthest.covers(x, y) and flight_extent(view, first).covers(x, y):
            shown.add(number)
    return frozenset(shown)


@lru_cache(maxsize=2)
def _list_later_labels(kind: LabelKind) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The labels that the world does not show yet, from north to south: `y` and number of each."""
    later = sorted((label.y, n) for n, label in enumerate(read_labels(kind)) if label.first > FIGURES.zooms.world)
    return tuple(y for y, _ in later), tuple(number for _, number in later)
