"""Read the built-in gazetteer: towns of the world, countries and their outlines, from the package's own SQLite file.

`storymap.bundling.gazetteer` writes that file and describes its tables. It is opened read-only at the first question.
shapely is loaded only for questions about outlines, so that a name is found at once.
"""

from __future__ import annotations

import math
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.earth.distance import measure_distances
from storymap.errors import Location, Problem, StorymapError
from storymap.gazetteer.cells import list_cells_around, unpack_ids
from storymap.gazetteer.records import Country, NamedRegion, Settlement
from storymap.model.place import Bounds, LonLat
from storymap.text.names import join_words, normalize_name

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

_UNITS_PER_DEGREE = 1_000
_ORIGIN = LonLat(0.0, 0.0)
_WORTH_SUGGESTING = 15_000
_REACHES = (0.25, 1.0, 2.0, 4.0, 8.0)
"""How far a search for the nearest town goes, in degrees, before the point counts as far from everywhere."""


@lru_cache(maxsize=1)
def open_builtin() -> BuiltinGazetteer:
    """The names that come with the package, one for the whole process: what is read of them is kept."""
    return BuiltinGazetteer()


class BuiltinGazetteer:
    """The names that come with the package. Every answer is the same for the same question."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(str(resources.files("storymap") / "static" / "gazetteer.sqlite"))

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Every country by its ISO 3166 alpha-2 code."""
        rows = self._database.execute(
            "SELECT iso2, iso3, name, capital, lon, lat, west, south, east, north FROM country ORDER BY iso2"
        )
        return {
            row[0]: Country(row[0], row[1], row[2].strip(), row[3], LonLat(row[4], row[5]), Bounds(*row[6:]))
            for row in rows
        }

    @cached_property
    def country_keys(self) -> dict[str, str]:
        """ISO code by normalised name, alternative names included."""
        return dict(self._database.execute("SELECT key, iso2 FROM country_name ORDER BY key"))

    @cached_property
    def iso3_codes(self) -> dict[str, str]:
        """ISO 3166 alpha-2 code by alpha-3 code."""
        return {country.iso3: country.iso2 for country in self.countries.values()}

    @cached_property
    def regions(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Name and short form of a state or province, by country and code."""
        rows = self._database.execute("SELECT country, code, name, short FROM admin1 ORDER BY country, code")
        return {(country, code): (name, short) for country, code, name, short in rows}

    @cached_property
    def outlines(self) -> dict[str, BaseGeometry]:
        """The land of every country by its ISO code."""
        from storymap.gazetteer.shapes import unpack_shape

        rows = self._database.execute("SELECT iso2, geometry FROM country ORDER BY iso2")
        return {iso2: unpack_shape(packed) for iso2, packed in rows}

    def outline_country(self, iso2: str) -> BaseGeometry:
        """The land of one country, which is found without reading all."""
        from storymap.gazetteer.shapes import unpack_shape

        if "outlines" in self.__dict__:
            return self.outlines[iso2]
        ((packed,),) = self._database.execute("SELECT geometry FROM country WHERE iso2 = ?", (iso2,))
        return unpack_shape(packed)

    @cached_property
    def region_names(self) -> dict[str, tuple[tuple[int, str], ...]]:
        """By normalised name, the regions that bear it, and how each writes it."""
        found: dict[str, tuple[tuple[int, str], ...]] = {}
        for key, number, name in self._database.execute("SELECT key, id, name FROM region_name ORDER BY key, id, name"):
            found[key] = (*found.get(key, ()), (number, name))
        return found

    @cached_property
    def named_regions(self) -> dict[int, NamedRegion]:
        """Every region by its id."""
        rows = self._database.execute(
            "SELECT id, name, kind, countries, lon, lat, west, south, east, north, length(geometry) > 0 FROM region"
        )
        return {
            row[0]: NamedRegion(
                row[0], row[1], row[2], tuple(row[3].split()), LonLat(*row[4:6]), Bounds(*row[6:10]), bool(row[10])
            )
            for row in rows
        }

    def outline_region(self, number: int) -> BaseGeometry:
        """The land of the region of this id, which must have an outline."""
        from storymap.gazetteer.shapes import unpack_shape

        ((packed,),) = self._database.execute("SELECT geometry FROM region WHERE id = ?", (number,))
        return unpack_shape(packed)

    def largest_settlement_within(
        self, bounds: Bounds, countries: Sequence[str], *, state: str = ""
    ) -> Settlement | None:
        """The largest town of some countries in a box; of its `state`, a code of `regions`, where given."""
        west, south, east, north = (
            round(edge * _UNITS_PER_DEGREE) for edge in (bounds.west, bounds.south, bounds.unwrapped_east, bounds.north)
        )
        rows = self._select_many(
            "SELECT id, population FROM settlement WHERE lat BETWEEN ? AND ? "
            "AND (lon BETWEEN ? AND ? OR lon + 360000 <= ?) AND ? IN ('', admin1) AND country IN ",
            countries,
            before=(south, north, west, east, east, state),
        )
        largest = min(rows, key=lambda row: (-row[1], row[0]), default=None)
        return self._read_settlements({largest[0]})[0] if largest else None

    def settlements_named(self, key: str) -> tuple[Settlement, ...]:
        """Every town called by the normalised name `key`, the largest first."""
        ids = {row[0] for row in self._database.execute("SELECT id FROM alias WHERE key = ?", (key,))}
        number = bisect_left(range(1, self._count + 1), key, key=self._key_at) + 1
        while number <= self._count and self._key_at(number) == key:
            ids.add(number)
            number += 1
        return tuple(sorted(self._read_settlements(ids), key=lambda town: (-town.population, town.id)))

    def settlements_with(self, ids: Iterable[int]) -> tuple[Settlement, ...]:
        """The towns of these ids."""
        return tuple(self._read_settlements(set(ids)))

    @cached_property
    def well_known_ids(self) -> frozenset[int]:
        """Ids of the towns worth suggesting."""
        rows = self._database.execute("SELECT id FROM settlement WHERE population >= ?", (_WORTH_SUGGESTING,))
        return frozenset(row[0] for row in rows)

    @cached_property
    def settlement_keys(self) -> str:
        """The normalised names of all towns, one a line: the first line is that of the town with the id 1.

        It takes a third of a second, which only unknown names cost; the wheel would be a twentieth larger with them.
        """
        names = self._database.execute("SELECT name FROM settlement ORDER BY id")
        return "\n".join(normalize_name(name) for (name,) in names)

    def names_joined(self, key: str) -> tuple[tuple[str, int], ...]:
        """Normalised names that are `key` but for blanks, each with the id of its town; alternative names come last."""
        joined = join_words(key)
        if not joined:
            return ()
        text, found = self._joined_keys, []
        position, counted, number = text.find(f"\n{joined}\n"), 0, 0
        while position >= 0:
            number += text.count("\n", counted, position + 1)
            counted = position + 1
            found.append((self._key_at(number), number))
            position = text.find(f"\n{joined}\n", counted)
        others = self.aliases_beginning(joined[0])
        return (*found, *((other, number) for other, number in others if join_words(other) == joined))

    def aliases_containing(self, text: str) -> tuple[tuple[str, int], ...]:
        """Normalised alternative names with `text` in them, each with the id of its town."""
        return tuple(self._database.execute("SELECT key, id FROM alias WHERE instr(key, ?) ORDER BY key, id", (text,)))

    def aliases_beginning(self, text: str) -> tuple[tuple[str, int], ...]:
        """Normalised alternative names that begin with `text`, each with the id of its town."""
        query = "SELECT key, id FROM alias WHERE key >= ? AND key < ? ORDER BY key, id"
        return tuple(self._database.execute(query, (text, text + chr(0x10FFFF))))

    def well_known_names(self, initial: str) -> tuple[tuple[str, int], ...]:
        """Name and population of the towns worth suggesting whose normalised name starts with `initial`."""
        first = bisect_left(range(1, self._count + 1), initial, key=self._key_at) + 1
        last = bisect_left(range(1, self._count + 1), initial + chr(0x10FFFF), key=self._key_at)
        rows = self._database.execute(
            "SELECT name, population FROM settlement WHERE id BETWEEN ? AND ? AND population >= ? ORDER BY id",
            (first, last, _WORTH_SUGGESTING),
        )
        return tuple(rows)

    def nearest_settlements(self, point: LonLat) -> tuple[tuple[Settlement, float], ...]:
        """The towns around `point` with their distance in kilometres, the nearest first; empty far out at sea.

        The nearest of all is among them; what they leave out lies farther off than the nearest.
        """
        for reach in _REACHES:
            towns = self._read_around(point, reach)
            distances = measure_distances(point, [town.point for town in towns])
            ranked = sorted(zip(towns, distances, strict=True), key=lambda item: (item[1], item[0].id))
            if ranked and (ranked[0][1] <= reach * 110 or reach == _REACHES[-1]):
                return tuple(ranked)
        return ()

    def countries_at(self, point: LonLat) -> tuple[str, ...]:
        """ISO codes of the countries on whose land `point` lies: none at sea, rarely two along a border."""
        from shapely import Point

        codes, tree = self._outline_index
        return tuple(codes[number] for number in sorted(tree.query(Point(point), predicate="intersects")))

    def distance_to_country(self, point: LonLat, iso2: str) -> float:
        """Degrees from `point` to the land of a country; 0 on it."""
        from shapely import Point

        return float(self.outlines[iso2].distance(Point(point)))

    @cached_property
    def _database(self) -> sqlite3.Connection:
        if not self._path.is_file():
            problem = Problem(
                "missing-data",
                "the built-in gazetteer is missing from the installed package",
                Location("storymap/static/gazetteer.sqlite"),
                "install the package again; in a clone: pip install -e .",
            )
            raise StorymapError([problem])
        # Stories may be resolved by the thread of a preview server: nothing is written, so sharing is safe.
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    @cached_property
    def _joined_keys(self) -> str:
        """The normalised names of all towns without their blanks, each between two line ends."""
        return f"\n{join_words(self.settlement_keys)}\n"

    @cached_property
    def _count(self) -> int:
        return int(self._database.execute("SELECT max(id) FROM settlement").fetchone()[0])

    @cached_property
    def _outline_index(self) -> tuple[tuple[str, ...], STRtree]:
        from shapely import STRtree

        return tuple(self.outlines), STRtree(list(self.outlines.values()))

    @lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer lives as long as the run
    def _key_at(self, number: int) -> str:
        row = self._database.execute("SELECT name FROM settlement WHERE id = ?", (number,)).fetchone()
        return normalize_name(row[0])

    def _read_around(self, point: LonLat, reach: float) -> list[Settlement]:
        """The towns within `reach` degrees of latitude of a point, and as far in kilometres to the east and west."""
        aside = min(180.0, reach / max(0.01, math.cos(math.radians(min(89.0, abs(point.lat) + reach)))))
        cells = list_cells_around(point.lon, point.lat, reach, aside)
        rows = self._select_many("SELECT ids FROM cell WHERE cell IN ", cells)
        ids = [number for (packed,) in rows for number in unpack_ids(packed)]
        return self._read_settlements(ids, around=point, above=reach, aside=aside)

    def _read_settlements(
        self, ids: Iterable[int], *, around: LonLat = _ORIGIN, above: float = 90.0, aside: float = 180.0
    ) -> list[Settlement]:
        """The towns of these ids that lie within `above` degrees of latitude and `aside` of longitude of a point."""
        south, north = around.lat - above, around.lat + above
        window = (south, north, around.lon - aside - 360, 2 * aside)
        rows = self._select_many(
            "SELECT id, name, lon, lat, country, admin1, population, capital FROM settlement "
            "WHERE lat BETWEEN ? AND ? AND (lon - ?) % 360000 <= ? AND id IN ",
            sorted(ids),
            before=tuple(round(degrees * _UNITS_PER_DEGREE) for degrees in window),
        )
        return [
            Settlement(
                id=row[0],
                name=row[1],
                point=LonLat(row[2] / _UNITS_PER_DEGREE, row[3] / _UNITS_PER_DEGREE),
                country=row[4],
                region=row[5],
                population=row[6],
                is_capital=bool(row[7]),
            )
            for row in rows
        ]

    def _select_many(
        self, query: str, numbers: Sequence[int | str], *, before: tuple[int | str, ...] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of `query` for a list of keys, a few hundred at a time: SQLite limits the marks of one statement."""
        for first in range(0, len(numbers), 500):
            some = numbers[first : first + 500]
            yield from self._database.execute(f"{query} ({','.join('?' * len(some))})", (*before, *some))
