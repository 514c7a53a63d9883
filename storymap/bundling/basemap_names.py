"""The names on the basemap: settlements thinned out zoom by zoom, countries, waters. Part of preparing the basemap."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import Polygon

from storymap.basemap.cell_file import ZOOM_LETTERS
from storymap.bundling.atlas import UNCODED, find_capitals, read_country_table, read_towns
from storymap.bundling.basemap_cells import Address, project
from storymap.bundling.basemap_islands import ISLANDS
from storymap.bundling.basemap_waters import WATERS
from storymap.earth.distance import measure_near
from storymap.earth.mercator import (
    project_latitude,
    project_longitude,
    project_points,
    unproject_x,
    unproject_y,
    world_pixels,
)
from storymap.figures import FIGURES, Scale

SMALLEST_AT_ZOOM = (
    (2, 4_000_000),
    (3, 1_500_000),
    (4, 400_000),
    (5, 120_000),
    (6, 50_000),
    (7, 15_000),
    (8, 5_000),
    (9, 1_000),
    (10, 500),
)
"""From which zoom settlements of how many inhabitants are shown; capitals and lonely ones earlier."""

SPACING = 70
"""Pixels between the settlements of a zoom. A name takes about twice that; where two collide the smaller one waits."""

CLASSES = (5_000, 25_000, 100_000, 500_000, 2_000_000)
"""Inhabitants from which a settlement is of size 1, 2, 3, 4 and 5."""

_LONELY = 4.0
"""A settlement without a neighbour within this many spacings is shown a zoom earlier."""

_SHORT_NAMES = {
    "BA": "Bosnia", "CD": "DR Congo", "CG": "Congo", "CV": "Cape Verde", "FK": "Falkland Islands",
    "GS": "South Georgia", "MK": "North Macedonia", "NL": "Netherlands", "PS": "Palestine",
    "TF": "French Southern Lands",
}  # fmt: skip
"""What a map calls countries whose names in GeoNames are long or lag behind."""


class Row(NamedTuple):
    """A name: where it stands in degrees, the zooms that show it, `size` of a settlement (-1: a country or a water).

    `code` is the ISO 3166-1 alpha-2 code of a country, empty for what is none.
    """

    lon: float
    lat: float
    name: str
    first: float
    last: float
    size: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that the map knows, the most important first."""

    settlements: Sequence[Row]
    countries: Sequence[Row]
    waters: Sequence[Row]

    def list_by_cell(self, scale: int) -> dict[Address, dict[str, list[Any]]]:
        """The names that a scale adds to the coarser ones, as its cells store them.

        Settlements are columns: names joined by line feeds; `x` and `y` in units of the scale from the cell's corner;
        first zoom and size as a character each. Countries and waters, all in the cell of the world, are rows
        `[lon, lat, name, minZoom, maxZoom, code]`.
        """
        spec = FIGURES.scales[scale]
        until = FIGURES.scales[scale + 1].min_zoom if scale + 1 < len(FIGURES.scales) else math.inf
        rows: dict[Address, list[tuple[str, int, int, str, str]]] = defaultdict(list)
        for row in self.settlements:
            if (spec.min_zoom <= row.first or not scale) and row.first < until:
                (column, x), (line, y) = _find_cell(row, spec)
                rows[column, line].append((row.name, x, y, ZOOM_LETTERS[int(row.first)], str(row.size)))
        cells: dict[Address, dict[str, list[Any]]] = {}
        for address, found in rows.items():
            names, xs, ys, zooms, sizes = zip(*found, strict=True)
            cells[address] = {"settlements": ["\n".join(names), xs, ys, "".join(zooms), "".join(sizes)]}
        if not scale:
            for name, labels in (("country_labels", self.countries), ("water_labels", self.waters)):
                cells[0, 0][name] = [[row.lon, row.lat, row.name, row.first, row.last, row.code] for row in labels]
        return cells


class _Settlement(NamedTuple):
    id: int
    name: str
    lon: float
    lat: float
    country: str
    admin1: str
    population: int
    capital: bool


def read_names(countries: Mapping[str, Sequence[Polygon]]) -> Names:
    """The names of the map; `countries` are polygons in degrees by ISO code."""
    table = read_country_table()
    settlements = _drop_suburbs(sorted(_read_settlements(table), key=_rank))
    return Names(
        settlements=tuple(_thin_out(settlements)),
        countries=tuple(_name_lands(countries, table)),
        waters=tuple(Row(*water, -1) for water in sorted(WATERS, key=lambda water: (water[3], water))),
    )


def _read_settlements(table: Mapping[str, Mapping[str, Any]]) -> Iterator[_Settlement]:
    rows = [row for row in read_towns() if row["population"] >= SMALLEST_AT_ZOOM[-1][1]]
    capitals = find_capitals(rows, table)
    for row in rows:
        yield _Settlement(
            id=row["geonameid"], name=row["name"], lon=row["longitude"], lat=row["latitude"],
            country=row["countrycode"], admin1=row["admin1code"], population=row["population"],
            capital=row["geonameid"] in capitals,
        )  # fmt: skip


def _rank(settlement: _Settlement) -> tuple[float, int]:
    """The most important first; a capital counts as if it had eight times its inhabitants, and at least 300,000."""
    weight = max(settlement.population * 8, 300_000) if settlement.capital else settlement.population
    return -weight, settlement.id


def _drop_suburbs(settlements: Sequence[_Settlement]) -> list[_Settlement]:
    """Settlements without the quarters of cities, which GeoNames lists like towns.

    A place in the same region as a much larger city, within the radius that a city of that size is built up to
    (0.35 km times the square root of its thousands of inhabitants, at most 25 km), is taken for a quarter of it.
    """
    cities: dict[tuple[str, str], list[_Settlement]] = defaultdict(list)
    kept = []
    for town in settlements:
        in_region = cities[town.country, town.admin1]
        if not any(_is_quarter(town, city) for city in in_region):
            kept.append(town)
            if town.population >= 50_000:
                in_region.append(town)
    return kept


def _is_quarter(town: _Settlement, city: _Settlement) -> bool:
    """Whether `town` is one of `city`, which lies in the same region."""
    if town.population * 3 > city.population or abs(town.lat - city.lat) > 0.25:  # degrees, more than 25 km
        return False
    radius = min(25.0, 0.35 * math.sqrt(city.population / 1000))
    return measure_near((town.lon, town.lat), (city.lon, city.lat)) < radius


def _thin_out(settlements: Sequence[_Settlement]) -> Iterator[Row]:
    """Settlements with the first zoom that has room for them, in the order in which a map should label them."""
    first: dict[int, float] = {}
    plane = project_points(np.array([(town.lon, town.lat) for town in settlements])) * world_pixels(0)
    for zoom, smallest in SMALLEST_AT_ZOOM:
        spacing = SPACING / 2**zoom
        grid: dict[Address, list[tuple[float, float]]] = defaultdict(list)
        for town, (x, y) in zip(settlements, plane.tolist(), strict=True):
            column, row = int(x // spacing), int(y // spacing)
            if town.id in first:
                grid[column, row].append((x, y))
                continue
            counted = town.population * (16 if town.capital else 1)
            if counted * 3 < smallest:
                continue
            # A large town is named where there is little room rather than a small one where there is more.
            alone = _has_room(grid, x, y, spacing, reach=0.55 if counted >= 8 * smallest else 1.0)
            if alone and (counted >= smallest or _has_room(grid, x, y, spacing, reach=_LONELY)):
                first[town.id] = zoom
                grid[column, row].append((x, y))
    found = [town for town in settlements if town.id in first]
    for town in sorted(found, key=lambda town: (first[town.id], _rank(town))):
        size = FIGURES.settlements.capital if town.capital else sum(town.population >= least for least in CLASSES)
        yield Row(town.lon, town.lat, town.name.replace("\n", " "), first[town.id], math.inf, size)


def _has_room(
    grid: Mapping[Address, Sequence[tuple[float, float]]], x: float, y: float, spacing: float, *, reach: float
) -> bool:
    column, row, around = int(x // spacing), int(y // spacing), math.ceil(reach)
    return not any(
        math.hypot(x - other_x, y - other_y) < spacing * reach
        for near_column in range(column - around, column + around + 1)
        for near_row in range(row - around, row + around + 1)
        for other_x, other_y in grid.get((near_column, near_row), ())
    )


def _name_lands(countries: Mapping[str, Sequence[Polygon]], table: Mapping[str, Mapping[str, Any]]) -> Sequence[Row]:
    """Names of countries on their land, and beside it of islands as long as they are too small for that."""
    beside = [Row(lon, lat, name, first, last, -1, code) for lon, lat, name, first, last, code in ISLANDS]
    until = {row.code: row.last for row in beside if row.code}
    own = _name_countries(countries, table)
    later = (row._replace(first=max(row.first, round(until.get(row.code, 0) + 0.1, 1))) for row in own)
    return sorted((*beside, *later), key=lambda row: (row.first, row.name, row.lon))


def _name_countries(
    countries: Mapping[str, Sequence[Polygon]], table: Mapping[str, Mapping[str, Any]]
) -> Iterator[Row]:
    """Names of countries where their land is widest, while the name fits and the country does not fill the screen."""
    spec = Scale(min_zoom=0, grid_zoom=0, unit_zoom=8)
    for code, parts in countries.items():
        if code == UNCODED or code not in table:
            continue
        name = _SHORT_NAMES.get(code, str(table[code]["name"]))
        main = max((project(part, spec) for part in parts), key=lambda part: float(part.area))
        middle = shapely.maximum_inscribed_circle(main, tolerance=0.01)
        x, y = middle.coords[0]
        # Letters are about 8 px wide; two lines are never set, so a long name needs a wide country.
        extent = max(2 * middle.length, 0.7 * math.sqrt(main.area), 1e-3)
        first = math.log2(8 * len(name) / extent) - 0.9
        last = math.log2(1500 / extent)
        lon, lat = unproject_x(x / spec.units), unproject_y(y / spec.units)
        first, last = round(min(max(first, 1.5), 8.0), 1), round(max(last, 5.0), 1)
        yield Row(round(lon, 2), round(lat, 2), name, first, last, -1, code)


def _find_cell(row: Row, spec: Scale) -> tuple[tuple[int, int], tuple[int, int]]:
    """Column of the cell and `x` within it, row of the cell and `y` within it."""
    x, y = int(project_longitude(row.lon) * spec.units), int(project_latitude(row.lat) * spec.units)
    column, x_within = divmod(min(x, spec.units - 1), spec.cell_size)
    line, y_within = divmod(min(max(y, 0), spec.units - 1), spec.cell_size)
    return (column, x_within), (line, y_within)
