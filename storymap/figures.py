"""The figures of the map's design, read by Python and by the browser from the one file `figures.json`.

What each means stands here, beside its type; the file has them in camel case, because the browser's scripts read it as
it is (`browser/src/figures.ts`). A figure that only one place of one language needs is a constant there.

Imports nothing but the standard library, because the package build cuts the basemap by these figures. They are named
tuples, because every command waits for them: dataclasses take four times as long to make.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple


class Plane(NamedTuple):
    """Web Mercator and the size of the earth (`storymap.earth.mercator`)."""

    limit: float
    """The latitude at which the map ends, north and south, in degrees."""
    tile_size: int
    """Pixels of the world's width at zoom 0."""
    equator: float
    """Kilometres around the earth."""
    degree: float
    """Kilometres to a degree of latitude."""


class Frame(NamedTuple):
    """The reference frame, of which a view's zoom speaks: the map beside the text on a common laptop, in CSS pixels."""

    width: int
    height: int
    round_the_world: float
    """Degrees of the widest view over 180°: one of 360 would have its edges in the same place and look empty."""


class Zooms(NamedTuple):
    """Zooms at which something ends, or of which a view is made."""

    ground: float
    """The closest that the baked ground is drawn for; views that points ask for stay at or above it."""
    rough: float
    """From here on coasts and rivers are seen to lie beside the true ones, which the credits then say."""
    closest: float
    """How close a view may come that an author's own line, area, box or number asks for: below `ground` the ground is
    the same, drawn larger."""
    settlement: float
    """Around a single town: its region, with the neighbouring towns that say where it is."""
    spot: float
    """Around a single building or coordinate pair: the town and its surroundings."""
    world: float
    """Names shown up to here are always baked: a reader who zooms out meets no nameless world."""


class Scale(NamedTuple):
    """A scale of the basemap: the map zooms it serves begin at `min_zoom`, its cells are tiles of `grid_zoom`.

    Its units are `2**unit_zoom` to the world's width: half a pixel at the zoom at which it begins, and at zoom 2 and 9
    for the first and the last.
    """

    min_zoom: int
    grid_zoom: int
    unit_zoom: int

    @property
    def units(self) -> int:
        """Units to the world's width."""
        return 1 << self.unit_zoom

    @property
    def cell_size(self) -> int:
        """Units to the edge of a cell."""
        return self.units >> self.grid_zoom


class Growth(NamedTuple):
    """A figure that changes evenly from one zoom to another, and is the same before and after."""

    zooms: tuple[float, float]
    values: tuple[float, float]

    def at(self, zoom: float) -> float:
        """What it is at `zoom`."""
        (low, high), (first, last) = self.zooms, self.values
        return first + (last - first) * max(0.0, min(1.0, (zoom - low) / (high - low)))


class LetterSize(NamedTuple):
    """How a kind of name is set from a zoom on: font size and letter spacing in CSS pixels."""

    zoom: float
    size: float
    spacing: float


class Settlements(NamedTuple):
    """Dots, and how far towns reach. A settlement's size goes from 0 (village) to 5 (metropolis) and 6 (capital)."""

    shown: int
    """The smallest size whose name is as dark as a city's."""
    city: int
    """The smallest size of a city: named before countries and waters on a close map, and in the page's language."""
    capital: int
    """The size of a capital."""
    dots: tuple[float, ...]
    """Radius of a dot by size, in CSS pixels."""
    built_radius: tuple[float, ...]
    """Kilometres around a settlement that are built up, by size: the order of magnitude."""
    outskirts: float
    """A city goes on for this many radii: its outskirts, headquarters and airports are in it."""


class Names(NamedTuple):
    """When names appear and how they are set."""

    early: float
    """A settlement may be named this many zooms before its own: a view is rarely shown at a whole one."""
    own_early: float
    """The town that a place of the story lies in is named this many zooms before its own; a city at every one."""
    lent_from: float
    """From this zoom on a marker bears the name of the town that it stands in only near the dot of that."""
    lent_within: float
    """How near, in CSS pixels: where the dot is farther away the name would seem to be that of the marker."""
    cities_first: float
    """From here on cities come before countries; where the world is smaller its countries orient the reader."""
    closer: Growth
    """What the zoom adds to the font size of a settlement's name (`storymap.look.Look.settlements`), in CSS pixels."""
    countries: tuple[LetterSize, ...]
    waters: tuple[LetterSize, ...]
    halo: float
    """Width of the line around letters."""


class Labels(NamedTuple):
    """Room around labels, in CSS pixels."""

    gap: float
    """Between a mark and its label."""
    air: float
    """Kept free around a label."""
    air_of_towns: float
    """Around the name of a smaller place within which nothing else may stand: it is there to fill a void."""
    line_height: float
    """Of a name, in units of its font's size."""


class Pins(NamedTuple):
    """From a marker's point to its edge, in CSS pixels."""

    disc: float
    """With a number in it."""
    dot: float
    """Without."""
    symbol: float
    """With a symbol in it and no number."""
    badge: float
    """With a number in it and a symbol at its corner."""


class Figures(NamedTuple):
    """All of them."""

    plane: Plane
    frame: Frame
    zooms: Zooms
    scales: tuple[Scale, ...]
    """Coarse to fine."""
    lines: dict[str, Growth]
    """Width of `rivers`, `regions`, `borders`, `coast` and `shores` in CSS pixels."""
    dash: tuple[float, float]
    """A dash of `regions` and the gap after it, in CSS pixels."""
    firmness: Growth
    """Opacity of lines: closer than the ground is drawn for, a coast or a river may lie some hundred metres off, and a
    sharp line would claim to know better."""
    settlements: Settlements
    names: Names
    labels: Labels
    pins: Pins


def letter_at(sizes: tuple[LetterSize, ...], zoom: float) -> LetterSize:
    """The one that holds at `zoom`: the last that begins there or before, or the first."""
    return next((one for one in reversed(sizes) if one.zoom <= zoom), sizes[0])


def _read_figures() -> Figures:
    text = Path(__file__).with_name("figures.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text, object_hook=_name_as_python)
    names = read["names"]
    sizes = {kind: tuple(LetterSize(**one) for one in names[kind]) for kind in ("countries", "waters")}
    return Figures(
        plane=Plane(**read["plane"]),
        frame=Frame(**read["frame"]),
        zooms=Zooms(**read["zooms"]),
        scales=tuple(Scale(**scale) for scale in read["scales"]),
        lines={name: Growth(**line) for name, line in read["lines"].items()},
        dash=read["dash"],
        firmness=Growth(**read["firmness"]),
        settlements=Settlements(**read["settlements"]),
        names=Names(**names | {"closer": Growth(**names["closer"])} | sizes),
        labels=Labels(**read["labels"]),
        pins=Pins(**read["pins"]),
    )


def _name_as_python(found: dict[str, Any]) -> dict[str, Any]:
    return {
        re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): tuple(value)
        if isinstance(value, list)
        else value
        for name, value in found.items()
    }


FIGURES = _read_figures()
"""Constants like those of any module; they only stand in a file that two languages can read."""
