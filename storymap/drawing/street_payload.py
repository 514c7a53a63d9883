"""Compose what a page tells the browser of streets: the Python half of `browser/src/streets/contract.ts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from storymap.basemap.arcs import pack_arcs
from storymap.model.place import LonLat
from storymap.model.streets import StreetLabel, StreetPart, Streets

PartRow = tuple[str, int] | tuple[str, int, tuple[int, ...]]
CellRow = tuple[int, int, tuple[int, int, int, int], str, list[PartRow]]


class StreetScalePayload(TypedDict):
    """A scale: its cells are rows of column, row, box, arcs and parts (`storymap.model.streets.StreetCell`)."""

    minZoom: int
    gridZoom: int
    unitZoom: int
    cells: list[CellRow]


class StreetLabelsPayload(TypedDict):
    """Names that stand by themselves, by column; `at` is one arc in hundred-thousandths of a degree."""

    at: str
    kinds: list[str]
    texts: list[str]
    zooms: list[float]


class SurroundingsPayload(TypedDict):
    """What surrounds a place of the `scenes` (`storymap.model.streets.Surroundings`)."""

    unitZoom: int
    arcs: str
    names: list[str]
    scenes: list[int]


class StreetsPayload(TypedDict):
    """All of it."""

    scales: list[StreetScalePayload]
    names: list[str]
    labels: StreetLabelsPayload
    own: list[SurroundingsPayload]


def write_streets(streets: Streets, places: Sequence[Sequence[LonLat]]) -> StreetsPayload:
    """`streets` as the browser reads them; `places` are the points of the places that each scene of the page is at."""
    return {
        "scales": [
            {
                "minZoom": scale.min_zoom,
                "gridZoom": scale.grid_zoom,
                "unitZoom": scale.unit_zoom,
                "cells": [(cell.x, cell.y, cell.box, cell.arcs, list(map(_row, cell.parts))) for cell in scale.cells],
            }
            for scale in streets.scales
        ],
        "names": list(streets.names),
        "labels": _write_labels(streets.labels),
        "own": [
            {
                "unitZoom": building.unit_zoom,
                "arcs": building.arcs,
                "names": list(building.names),
                "scenes": [number for number, points in enumerate(places) if building.at in points],
            }
            for building in streets.own
        ],
    }


def _row(part: StreetPart) -> PartRow:
    return part if part.names else (part.kind, part.length)


def _write_labels(labels: Sequence[StreetLabel]) -> StreetLabelsPayload:
    places = [(round(label.lon * 1e5), round(label.lat * 1e5)) for label in labels]
    return {
        "at": pack_arcs([places] if places else []),
        "kinds": [label.kind for label in labels],
        "texts": [label.text for label in labels],
        "zooms": [label.first for label in labels],
    }
