"""Bake the ground of a map for a page: a `Basemap` → the payload that the browser paints its map from.

Cells are cut and quantised when the package is built; here their texts are handed on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from storymap.basemap.arcs import pack_arcs
from storymap.basemap.basemap import Address, Basemap, Label, Settlement
from storymap.basemap.cell_file import ZOOM_LETTERS
from storymap.basemap.choosing import choose_basemap
from storymap.basemap.contract import BasemapPayload, LabelRow, ScalePayload, SettlementsPayload
from storymap.basemap.naming import KEPT_LANGUAGES, name_labels, say_settlement
from storymap.basemap.natural_earth import (
    PACKED_OBJECTS,
    SEA,
    LabelKind,
    read_cell,
    read_labels,
    read_world_settlements,
)
from storymap.figures import FIGURES
from storymap.model.place import LonLat
from storymap.model.scene import View

NO_BASEMAP: BasemapPayload = {
    "scales": [],
    "settlements": {"names": [], "at": "", "zooms": "", "sizes": ""},
    "countries": [],
    "waters": [],
    "credits": [],
}
"""The ground of a map that shows nothing of the earth."""


def bake_basemap(
    views: Iterable[View],
    *,
    glances: Iterable[View] = (),
    highlight: Iterable[str] = (),
    places: Collection[LonLat] = (),
    lang: str = "en",
) -> BasemapPayload:
    """What `choose_basemap` chooses, packed with names in `lang`, a BCP 47 tag, as far as it has them."""
    return pack_basemap(choose_basemap(views, glances=glances, highlight=highlight, places=places), lang)


def pack_basemap(basemap: Basemap, lang: str) -> BasemapPayload:
    """`basemap` as the browser reads it."""
    return {
        "scales": [
            _pack_scale(number, cells, basemap.highlight) for number, cells in enumerate(basemap.cells) if cells
        ],
        "settlements": _pack_settlements(basemap.settlements, lang),
        "countries": _pack_labels("country", basemap.countries, lang),
        "waters": _pack_labels("water", basemap.waters, lang),
        "credits": list(basemap.credits),
    }


def _pack_scale(number: int, addresses: Sequence[Address], highlight: Sequence[str]) -> ScalePayload:
    """The cells of a scale, whose texts are as they were packed when the package was built."""
    spec = FIGURES.scales[number]
    cells = [read_cell(number, x, y) for x, y in addresses]
    texts = zip(*(cell.texts if cell else SEA for cell in cells), strict=True)
    scale: dict[str, Any] = {
        "minZoom": spec.min_zoom,
        "gridZoom": spec.grid_zoom,
        "unitZoom": spec.unit_zoom,
        "cells": addresses,
        **dict(zip(PACKED_OBJECTS, texts, strict=True)),
        "highlights": {code: [cell.packed_country(code) if cell else "" for cell in cells] for code in highlight},
    }
    return cast("ScalePayload", scale)


def _pack_settlements(towns: Sequence[Settlement], lang: str) -> SettlementsPayload:
    """The settlements of the world, and behind them `towns`."""
    world, others = _pack_world(lang), _pack_towns(towns, lang, after=_place_town(read_world_settlements()[-1]))
    return {
        "names": [*world["names"], *others["names"]],
        "at": world["at"] + others["at"],
        "zooms": world["zooms"] + others["zooms"],
        "sizes": world["sizes"] + others["sizes"],
    }


@lru_cache(maxsize=KEPT_LANGUAGES)
def _pack_world(lang: str) -> SettlementsPayload:
    return _pack_towns(read_world_settlements(), lang, after=(0, 0))


def _pack_towns(towns: Sequence[Settlement], lang: str, *, after: tuple[int, int]) -> SettlementsPayload:
    """`towns`, the first of them measured from the point `after`."""
    return {
        "names": [say_settlement(town, lang) for town in towns],
        "at": pack_arcs([[_place_town(town) for town in towns]] if towns else [], start=after),
        "zooms": "".join([ZOOM_LETTERS[town.first] for town in towns]),
        "sizes": "".join([str(town.size) for town in towns]),
    }


def _place_town(town: Settlement) -> tuple[int, int]:
    """Where it is in thousandths of a degree."""
    return round(town.lon * 1000), round(town.lat * 1000)


def _pack_labels(kind: LabelKind, labels: Sequence[Label], lang: str) -> list[LabelRow]:
    rows = _list_rows(kind, lang)
    return [rows[label] for label in labels]


@lru_cache(maxsize=2 * KEPT_LANGUAGES)
def _list_rows(kind: LabelKind, lang: str) -> Mapping[Label, LabelRow]:
    """The rows of all names of a `kind`."""
    named = zip(read_labels(kind), name_labels(kind, lang), strict=True)
    return {label: (label.lon, label.lat, name.name, label.first, label.last) for label, name in named}
