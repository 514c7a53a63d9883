"""Bake the basemap to what a story's views can show: views → the payload that the browser paints its map from.

Cells are cut and quantised when the package is built; here they are chosen and put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal, cast

from storymap.basemap.arcs import pack_arcs
from storymap.basemap.contract import CELL_OBJECTS, BasemapPayload, ScalePayload, SettlementsPayload
from storymap.basemap.extents import (
    Extent,
    extent_of,
    finest_scale,
    flight_extent,
    glance_extent,
    list_cells,
    widest_extent,
)
from storymap.basemap.naming import name_labels, name_settlement
from storymap.basemap.scales import SCALES, ZOOM_LETTERS
from storymap.basemap.sources import CREDITS
from storymap.basemap.store import Label, Settlement, read_cell, read_labels
from storymap.basemap.subjects import find_subjects
from storymap.figures import FIGURES
from storymap.model.place import LonLat
from storymap.model.scene import View

SETTLEMENTS_OF_VIEW, SETTLEMENTS_OF_GLANCE = 20, 6
"""Settlements that a view gets from the scales that it needs: the most important that it can show."""

KEPT_VIEWS = 1024
"""Views whose names are kept: a site comes back to the same places."""


def bake_basemap(
    views: Sequence[View],
    *,
    glances: Sequence[View] = (),
    highlight: Collection[str] = (),
    places: Collection[LonLat] = (),
    lang: str = "en",
) -> BasemapPayload:
    """The basemap for `views`: the world coarsely, their surroundings as finely as their zooms show them.

    `glances` are views that a reader only looks aside at: less around them is drawn. `highlight`
    are ISO 3166-1 alpha-2 codes of the countries that some step fills; unknown ones are ignored. The settlements that
    `places` lie in are named whatever the views show. Names are in `lang`, a BCP 47 tag, as far as it has them.
    """
    distinct = tuple(dict.fromkeys(views))
    asides = tuple(view for view in dict.fromkeys(glances) if view not in distinct)
    extents = [[extent for view in distinct if (extent := extent_of(view, n))] for n in range(len(SCALES))]
    for view in asides:
        extents[finest_scale(view)].append(glance_extent(view))
    codes = sorted(set(highlight))
    scales = [_bake_scale(number, extents[number], codes) for number in range(len(SCALES))]
    return {
        "scales": [scale for scale in scales if scale["cells"]],
        "settlements": _pack_settlements(_choose_settlements(distinct, asides) | find_subjects(places), lang),
        "countries": _list_labels("country", (*distinct, *asides), lang),
        "waters": _list_labels("water", (*distinct, *asides), lang),
        "credits": list(CREDITS),
    }


def _bake_scale(number: int, extents: Iterable[Extent], codes: Sequence[str]) -> ScalePayload:
    """The cells of a scale, whose texts are handed on as they were packed when the package was built."""
    spec = SCALES[number]
    wanted = sorted({(x, y) for extent in extents for x, y, _ in list_cells(extent, spec)} if number else {(0, 0)})
    cells = [read_cell(number, x, y) for x, y in wanted]
    scale: dict[str, Any] = {
        "minZoom": spec.min_zoom,
        "gridZoom": spec.grid_zoom,
        "unitZoom": spec.unit_zoom,
        "cells": [[x, y] for x, y in wanted],
    }
    scale |= {name: [cell.packed(name) if cell else "" for cell in cells] for name in ("arcs", *CELL_OBJECTS)}
    scale["highlights"] = {code: [cell.packed_country(code) if cell else "" for cell in cells] for code in codes}
    return cast("ScalePayload", scale)


def _pack_settlements(towns: Collection[Settlement], lang: str) -> SettlementsPayload:
    ranked = sorted(towns, key=lambda town: (town.rank, town.lon))
    at = [(round(town.lon * 1000), round(town.lat * 1000)) for town in ranked]
    return {
        "names": [name_settlement(town, lang).name for town in ranked],
        "at": pack_arcs([at] if at else []),
        "zooms": "".join(ZOOM_LETTERS[town.first] for town in ranked),
        "sizes": "".join(str(town.size) for town in ranked),
    }


def _choose_settlements(views: Sequence[View], glances: Sequence[View]) -> set[Settlement]:
    """The settlements of all views."""
    chosen: set[Settlement] = set()
    for view in views:
        towns = list_settlements(view)
        chosen.update(towns[:SETTLEMENTS_OF_VIEW])
        if view.zoom > FIGURES.zooms.ground:  # its own hamlets, which are less than the towns around
            near = glance_extent(view)
            chosen.update([town for town in towns if near.covers(town.x, town.y)][:SETTLEMENTS_OF_VIEW])
    for view in glances:
        chosen.update(list_settlements(view)[:SETTLEMENTS_OF_GLANCE])
    world = read_cell(0, 0, 0)
    chosen.update(world.settlements if world else ())
    return chosen


@lru_cache(maxsize=KEPT_VIEWS)
def list_settlements(view: View) -> tuple[Settlement, ...]:
    """The settlements that a view can show on any screen, the most important first."""
    found: list[Settlement] = []
    own = finest_scale(view)
    extent = widest_extent(view)
    for number in range(own + 1):
        # Each scale holds what it adds to the coarser ones, so all of them are asked for the same box.
        for x, y, _ in list_cells(extent, SCALES[number]):
            cell = read_cell(number, x, y)
            if cell:
                found.extend(
                    town for town in cell.settlements if town.first <= view.zoom + 1 and extent.covers(town.x, town.y)
                )
    return tuple(sorted(dict.fromkeys(found), key=lambda town: (town.rank, town.lon)))


def _list_labels(kind: Literal["country", "water"], views: Sequence[View], lang: str) -> list[list[float | str]]:
    shown = frozenset[Label]().union(*(_list_shown(kind, view) for view in views))
    return [
        [named.lon, named.lat, named.name, named.first, named.last]
        for label, named in zip(read_labels(kind), name_labels(kind, lang), strict=True)
        if label.first <= FIGURES.zooms.world or label in shown
    ]


@lru_cache(maxsize=KEPT_VIEWS)
def _list_shown(kind: str, view: View) -> frozenset[Label]:
    """The names that a view can show, or a flight to it."""
    return frozenset(
        label
        for label in read_labels(kind)
        if label.first <= view.zoom + 1 and flight_extent(view, label.first).covers(label.x, label.y)
    )
