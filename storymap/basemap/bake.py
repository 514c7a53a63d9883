"""Bake the basemap to what a story's views can show: views → the payload that the browser paints its map from.

Cells are cut and quantised when the package is built; here they are chosen and put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from storymap.basemap.contract import BasemapPayload, ScalePayload
from storymap.basemap.extents import Extent, extent_of, finest_scale, flight_extent, list_cells, widest_extent
from storymap.basemap.scales import SCALES
from storymap.basemap.sources import CREDITS
from storymap.basemap.store import LINE_OBJECTS, Cell, Label, Rings, Settlement, read_cell, read_labels
from storymap.model import View

SETTLEMENTS_OF_VIEW = 48
"""Settlements that a view gets from the scales that it needs: the most important that it can show."""

WORLD_ZOOM = 3.4
"""Names shown up to this zoom are always baked: a reader who zooms out meets no nameless world."""


def bake_basemap(views: Sequence[View], *, highlight: Collection[str] = ()) -> BasemapPayload:
    """The basemap for `views`: the world coarsely, their surroundings as finely as their zooms show them.

    `highlight` are ISO 3166-1 alpha-2 codes of the countries that some step fills; unknown ones are ignored.
    """
    distinct = tuple(dict.fromkeys(views))
    extents = [[extent for view in distinct if (extent := extent_of(view, n))] for n in range(len(SCALES))]
    codes = sorted(set(highlight))
    scales = [_bake_scale(number, extents[number], codes) for number in range(len(SCALES))]
    return {
        "scales": [scale for scale in scales if scale["cells"]],
        "settlements": [
            [town.lon, town.lat, town.name, town.first, town.size] for town in _choose_settlements(distinct)
        ],
        "countries": _list_labels("country", distinct),
        "waters": _list_labels("water", distinct),
        "credits": list(CREDITS),
    }


def _bake_scale(number: int, extents: Iterable[Extent], codes: Sequence[str]) -> ScalePayload:
    spec = SCALES[number]
    wanted = {(x, y) for extent in extents for x, y, _ in list_cells(extent, spec)} if number else {(0, 0)}
    arcs: list[str] = []
    count = 0
    found: dict[str, list[dict[str, Any]]] = {}
    filled: dict[str, list[list[list[int]]]] = {}
    for x, y in sorted(wanted):
        cell = read_cell(number, x, y)
        if cell is None:
            continue
        for name, geometry in _list_geometries(cell, first=count):
            found.setdefault(name, []).append(geometry)
        for code in codes:
            filled.setdefault(code, []).extend(_shift_rings(cell.country(code), count))
        arcs.append(cell.packed_arcs)
        count += cell.arc_count
    highlights = [{"type": "MultiPolygon", "id": code, "arcs": rings} for code, rings in filled.items() if rings]
    if highlights:
        found["highlights"] = highlights
    return {
        "minZoom": spec.min_zoom,
        "gridZoom": spec.grid_zoom,
        "unitZoom": spec.unit_zoom,
        "cells": [[x, y] for x, y in sorted(wanted)],
        "objects": {name: {"type": "GeometryCollection", "geometries": found[name]} for name in sorted(found)},
        "arcs": arcs,
    }


def _list_geometries(cell: Cell, *, first: int) -> Iterable[tuple[str, dict[str, Any]]]:
    """The TopoJSON geometry objects of a cell whose arcs begin at index `first` of the topology."""
    for name, polygons in (("land", cell.land), ("lakes", cell.lakes)):
        if polygons:
            yield name, {"type": "MultiPolygon", "arcs": _shift_rings(polygons, first)}
    for name in LINE_OBJECTS:
        lines = cell.lines(name)
        if lines:
            yield name, {"type": "MultiLineString", "arcs": [_shift(line, first) for line in lines]}


def _shift_rings(polygons: Rings, first: int) -> list[list[list[int]]]:
    return [[_shift(ring, first) for ring in rings] for rings in polygons]


def _shift(indexes: Sequence[int], first: int) -> list[int]:
    return [index + first if index >= 0 else index - first for index in indexes]


def _choose_settlements(views: Sequence[View]) -> list[Settlement]:
    """The settlements of all views, the most important first."""
    chosen: set[Settlement] = set()
    for view in views:
        chosen.update(list_settlements(view)[:SETTLEMENTS_OF_VIEW])
    world = read_cell(0, 0, 0)
    chosen.update(world.settlements if world else ())
    return sorted(chosen, key=lambda town: (town.rank, town.lon))


def list_settlements(view: View) -> list[Settlement]:
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
    return sorted(dict.fromkeys(found), key=lambda town: (town.rank, town.lon))


def _list_labels(kind: str, views: Sequence[View]) -> list[list[float | str]]:
    return [
        [label.lon, label.lat, label.name, label.first, label.last]
        for label in read_labels(kind)
        if label.first <= WORLD_ZOOM or any(_can_show(view, label) for view in views)
    ]


def _can_show(view: View, label: Label) -> bool:
    if label.first > view.zoom + 1:
        return False
    return flight_extent(view, label.first).covers(label.x, label.y)
