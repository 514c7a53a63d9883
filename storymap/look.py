"""How maps look, read by Python and by the browser from the one file `look.json`.

It stands apart from the figures by which the ground is cut (`storymap.figures`): what is here can be changed without
cutting it anew.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple


class Meridians(NamedTuple):
    """The lines over the sea from a zoom on: how many degrees they are apart, 0 for none."""

    zoom: float
    step: int


class StreetScaleLook(NamedTuple):
    """A scale of streets: it serves map zooms from `min_zoom` on, in tiles of `grid_zoom`; units are `2**unit_zoom`."""

    min_zoom: int
    grid_zoom: int
    unit_zoom: int


class StreetLettering(NamedTuple):
    """How a kind of name that stands by itself is set: size and spacing in CSS pixels."""

    size: float
    spacing: float
    upper: bool
    bold: bool


class StreetLook(NamedTuple):
    """The ground at street level."""

    scales: tuple[StreetScaleLook, ...]
    """Coarse to fine."""
    zooms: tuple[float, ...]
    """The zooms for which `widths` and `casing` are told; between them they change evenly."""
    widths: dict[str, tuple[float, ...]]
    """Of lines, in CSS pixels."""
    casing: tuple[float, ...]
    """What the outline of a road is wide on each side."""
    dashes: dict[str, tuple[float, float]]
    """Dashes and gaps, in CSS pixels."""
    areas: tuple[str, ...]
    """In the order in which they are painted."""
    roads: tuple[str, ...]
    """The kinds of lines that have a casing, in the order in which they are painted."""
    colours: dict[str, dict[str, str]]
    """Those of the light and of the dark palette; sea, land, coast and accent are those of the page."""
    labels: dict[str, StreetLettering]
    names: dict[str, tuple[float, float]]
    """For kinds of lines, the first zoom that names them, and the size of their names."""

    def width(self, kind: str, zoom: float) -> float:
        """How wide lines of a `kind` are at `zoom`."""
        return self.grow(self.widths[kind], zoom)

    def grow(self, values: tuple[float, ...], zoom: float) -> float:
        """What `values`, which stand for `zooms`, say of `zoom`."""
        if zoom <= self.zooms[0]:
            return values[0]
        for (low, first), (high, last) in pairwise(zip(self.zooms, values, strict=True)):
            if zoom <= high:
                return first + (last - first) * (zoom - low) / (high - low)
        return values[-1]


class Look(NamedTuple):
    """All of it."""

    graticule: tuple[Meridians, ...]
    """Meridians and parallels, which leave no sea empty."""
    graticule_width: float
    """How broad they are, in CSS pixels."""
    bold: int
    """The smallest size of a settlement (`storymap.figures.Settlements`) whose name is set in bold: a capital."""
    settlements: tuple[float, ...]
    """Font size of names by the size of a settlement, before what the zoom adds (`storymap.figures.Names.closer`)."""
    streets: StreetLook
    plates: int
    """So many places of a scene have their names on plates; where there are more, names are written on the map."""


def step_at(zoom: float) -> int:
    """Degrees between the meridians of a map, and between its parallels; 0 where it has none."""
    return next((one.step for one in reversed(LOOK.graticule) if one.zoom <= zoom), 0)


def _read_look() -> Look:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("look.json").read_text(encoding="utf-8"))
    return Look(
        graticule=tuple(Meridians(**one) for one in read["graticule"]),
        graticule_width=read["graticuleWidth"],
        bold=read["bold"],
        settlements=tuple(read["settlements"]),
        streets=_read_streets(read["streets"]),
        plates=read["plates"],
    )


def _read_streets(read: dict[str, Any]) -> StreetLook:
    return StreetLook(
        scales=tuple(StreetScaleLook(one["minZoom"], one["gridZoom"], one["unitZoom"]) for one in read["scales"]),
        zooms=tuple(read["zooms"]),
        widths={kind: tuple(values) for kind, values in read["widths"].items()},
        casing=tuple(read["casing"]),
        dashes={kind: (dash, gap) for kind, (dash, gap) in read["dashes"].items()},
        areas=tuple(read["areas"]),
        roads=tuple(read["roads"]),
        colours=read["colours"],
        labels={kind: StreetLettering(**one) for kind, one in read["labels"].items()},
        names={kind: (zoom, size) for kind, (zoom, size) in read["names"].items()},
    )


LOOK = _read_look()
"""Constants like those of any module; they only stand in a file that two languages can read."""
