"""The basemap as the package build prepares it: reading, simplifying, cutting, naming."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from babel import Locale
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box

from storymap.basemap.arcs import unpack_arcs, unpack_lines, unpack_rings
from storymap.basemap.cell_file import BLOCK, FILE_NAME, SAME_AS_LAND, number_block
from storymap.basemap.natural_earth import inflate
from storymap.bundling import atlas, basemap_names, basemap_simplify
from storymap.bundling.basemap_cells import add_countries, add_lakes, add_lines, compact
from storymap.bundling.basemap_islands import ISLANDS
from storymap.bundling.basemap_waters import WATERS
from storymap.figures import FIGURES, Scale
from storymap.language.words import read_catalogue

SPEC = Scale(min_zoom=1, grid_zoom=1, unit_zoom=6)  # four cells of 32 by 32 units


def cut(countries):
    cells = {}
    add_countries(cells, {code: [shape] for code, shape in countries.items()}, SPEC)
    return {address: compact(cell) for address, cell in cells.items()}


def outline(content, refs):
    """The points that a ring or line of arc references runs through."""
    arcs = unpack_arcs(content["arcs"])
    runs = [arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in refs]
    for run, following in pairwise(runs):
        assert run[-1].tolist() == following[0].tolist()
    return np.concatenate(runs)


def areas(content, text):
    """What the rings of a text fill by the even-odd rule."""
    filled = Polygon()
    for ring in unpack_rings(text):
        filled = filled.symmetric_difference(Polygon(outline(content, ring)))
    return filled


def lines(content, name):
    found = unpack_lines(content.get(name, ""))
    return shapely.union_all([LineString(outline(content, [reference])) for reference in found])


class TestCutting:
    def test_neighbours_share_their_border_and_the_coast_goes_around_both(self):
        (content,) = cut({"AA": box(2, 2, 10, 10), "BB": box(10, 2, 20, 10)}).values()
        assert lines(content, "borders").equals(LineString([(10, 2), (10, 10)]))
        assert lines(content, "coast").equals(box(2, 2, 20, 10).exterior)
        assert areas(content, content["land"]).equals(box(2, 2, 20, 10))
        assert areas(content, content["countries"]["AA"]).equals(box(2, 2, 10, 10))

    def test_land_ends_at_the_edge_of_a_cell_and_has_no_coast_there(self):
        cells = cut({"AA": box(20, 4, 40, 12)})
        assert sorted(cells) == [(0, 0), (1, 0)]
        west, east = cells[0, 0], cells[1, 0]
        assert areas(west, west["land"]).equals(box(20, 4, 32, 12))
        assert areas(east, east["land"]).equals(box(32, 4, 40, 12))
        assert lines(west, "coast").equals(LineString([(32, 4), (20, 4), (20, 12), (32, 12)]))
        assert "borders" not in west

    def test_a_coast_along_the_edge_of_a_cell_is_drawn_once(self):
        cells = cut({"AA": box(4, 4, 32, 12)})
        assert list(cells) == [(0, 0)]
        assert lines(cells[0, 0], "coast").equals(box(4, 4, 32, 12).exterior)

    def test_a_border_along_the_edge_of_a_cell_is_drawn_once(self):
        cells = cut({"AA": box(20, 4, 32, 12), "BB": box(32, 4, 40, 12)})
        borders = [lines(content, "borders") for content in cells.values() if "borders" in content]
        assert len(borders) == 1
        assert borders[0].equals(LineString([(32, 4), (32, 12)]))
        assert sum(lines(content, "coast").length for content in cells.values()) == 2 * 20 + 2 * 8

    def test_land_has_no_coast_at_the_edge_of_the_map(self):
        (content,) = cut({"AA": box(0, 4, 8, 12)}).values()
        assert lines(content, "coast").length == 8 + 8 + 8

    def test_a_country_alone_in_a_cell_is_the_land_of_that_cell(self):
        (content,) = cut({"AA": box(2, 2, 10, 10)}).values()
        assert content["countries"] == {"AA": SAME_AS_LAND}

    def test_an_enclave_is_a_hole_in_the_country_and_none_in_the_land(self):
        inner = box(6, 6, 9, 9)
        (content,) = cut({"AA": box(2, 2, 20, 20).difference(inner), "BB": inner}).values()
        assert areas(content, content["land"]).equals(box(2, 2, 20, 20))
        assert areas(content, content["countries"]["AA"]).area == 18 * 18 - 9
        assert lines(content, "borders").length == 12

    def test_land_that_no_code_is_used_for_has_borders_and_is_no_country(self):
        (content,) = cut({"AA": box(2, 2, 10, 10), atlas.UNCODED: box(10, 2, 20, 10)}).values()
        assert list(content["countries"]) == ["AA"]
        assert lines(content, "borders").length == 8

    def test_the_edge_of_the_world_is_no_coast(self):
        cells = cut({"AA": box(60, 40, 64, 64)})
        assert lines(cells[1, 1], "coast").equals(LineString([(64, 40), (60, 40), (60, 64)]))

    def test_lakes_have_shores_and_rivers_go_on_in_the_next_cell(self):
        cells = {}
        add_lakes(cells, [box(28, 4, 36, 8)], SPEC)
        add_lines(cells, "rivers", [LineString([(30, 20), (34, 20)])], SPEC)
        west, east = compact(cells[0, 0]), compact(cells[1, 0])
        assert areas(west, west["lakes"]).equals(box(28, 4, 32, 8))
        assert lines(west, "shores").length == 4 + 4 + 4
        assert lines(west, "rivers").equals(LineString([(30, 20), (32, 20)]))
        assert lines(east, "rivers").equals(LineString([(32, 20), (34, 20)]))

    def test_the_same_countries_give_the_same_cells_whatever_their_order(self):
        shapes = {"AA": box(2, 2, 10, 10), "BB": box(10, 2, 40, 10), "CC": box(50, 50, 60, 60)}
        backwards = dict(reversed(shapes.items()))
        assert json.dumps(list(cut(shapes).items())) == json.dumps(list(cut(backwards).items()))


class TestRepairing:
    def repair(self, *rings):
        return list(atlas._repair_polygon([np.array(ring, dtype=float) for ring in rings]))

    def test_a_ring_over_180_is_cut_there(self):
        parts = self.repair([(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)])
        assert sorted(part.bounds for part in parts) == [(-180, 0, -170, 10), (170, 0, 180, 10)]

    def test_a_hole_of_a_ring_over_180_stays_a_hole(self):
        shell = [(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)]
        hole = [(-178, 2), (-176, 2), (-176, 4), (-178, 4), (-178, 2)]
        assert sum(part.area for part in self.repair(shell, hole)) == pytest.approx(200 - 4)

    def test_a_ring_around_the_pole_reaches_down_to_it(self):
        coast = [(-180, -70), (180, -70), (90, -65), (0, -70), (-90, -65), (-180, -70)]
        pole = [(-180, -89.999), (180, -89.999), (-180, -89.999), (-180, -89.999)]
        for rings in ([coast], [pole, coast]):
            land = shapely.union_all(self.repair(*rings))
            assert land.contains(shapely.Point(10, -85))
            assert not land.contains(shapely.Point(10, -50))

    def test_a_ring_that_touches_itself_is_mended(self):
        (part,) = self.repair([(0, 0), (4, 0), (4, 4), (4, 6), (4, 4), (0, 4), (0, 0)])
        assert part.is_valid
        assert part.area == 16


class TestRivers:
    def test_ends_that_all_but_touch_are_joined_and_others_are_left(self):
        upper, lower = LineString([(0, 0), (1, 0)]), LineString([(1, 0.01), (2, 0)])
        side, far = LineString([(1.5, 1), (1.5, 0.03)]), LineString([(5, 5), (6, 6)])
        joined = atlas.join_ends([MultiLineString([upper]), MultiLineString([lower, side]), MultiLineString([far])])
        first, second, third = joined
        assert first.geoms[0].touches(second.geoms[0])
        assert second.geoms[0].distance(second.geoms[1]) < 1e-9
        assert third.equals(MultiLineString([far]))


class TestSimplifying:
    def test_neighbours_still_share_their_border(self):
        west = Polygon([(0, 0), *[(10 + 0.4 * (n % 2), n) for n in range(11)], (0, 10)])
        east = Polygon([(30, 0), *[(10 + 0.4 * (n % 2), n) for n in range(11)], (30, 10)])
        found = basemap_simplify.simplify_countries({"AA": [west], "BB": [east]}, tolerance=3, smallest=1)
        (left,), (right,) = found["AA"], found["BB"]
        assert shapely.coverage_is_valid(np.array([left, right]))
        assert len(left.exterior.coords) < len(west.exterior.coords)

    def test_a_small_island_with_a_town_stays_and_one_without_goes(self):
        islands = {"AA": [box(0, 0, 50, 50), box(60, 0, 63, 3), box(70, 0, 73, 3), box(80, 0, 81, 1)]}
        towns = [Point(61, 1), Point(80.5, 0.5)]
        found = basemap_simplify.simplify_countries(
            islands, tolerance=1, smallest=20, towns=towns, smallest_settled=4, reach=0.5
        )
        assert sorted(part.bounds[0] for part in found["AA"]) == [0, 60]

    def test_small_islands_go_but_never_the_largest_of_a_country(self):
        islands = {"AA": [box(0, 0, 50, 50), box(60, 0, 61, 1)], "BB": [box(100, 0, 100.1, 0.1)]}
        found = basemap_simplify.simplify_countries(islands, tolerance=1, smallest=20)
        assert len(found["AA"]) == 1
        assert found["BB"][0].area > 3

    def test_rounding_off_keeps_the_ends_of_a_river(self):
        (river,) = basemap_simplify.simplify_lines(
            [LineString([(0, 0), (10, 0), (10, 10)])], tolerance=0.01, shortest=0, rounds=2
        )
        points = shapely.get_coordinates(river).tolist()
        assert points[0] == [0, 0]
        assert points[-1] == [10, 10]
        assert [10, 0] not in points


def settlement(number, name, lon, lat, population, *, admin1="1", capital=False):
    return basemap_names._Settlement(number, name, lon, lat, "CZ", admin1, population, capital)


class TestNaming:
    def test_quarters_of_a_city_are_no_towns_of_their_own(self):
        city = settlement(1, "City", 14.42, 50.09, 1_200_000)
        quarter = settlement(2, "Quarter", 14.45, 50.08, 58_000)
        town = settlement(3, "Town", 14.40, 50.16, 9_000, admin1="2")
        assert basemap_names._drop_suburbs([city, quarter, town]) == [city, town]

    def test_the_larger_of_two_neighbours_comes_first(self):
        rows = list(
            basemap_names._thin_out(
                [settlement(1, "Large", 10, 50, 2_000_000), settlement(2, "Small", 10.1, 50, 150_000)]
            )
        )
        assert [row.name for row in rows] == ["Large", "Small"]
        assert rows[0].first < rows[1].first

    def test_a_capital_is_shown_before_a_larger_town(self):
        rows = list(
            basemap_names._thin_out(
                [
                    settlement(1, "Seat", 10, 50, 100_000, capital=True),
                    settlement(2, "Town", 40, 50, 300_000),
                ]
            )
        )
        assert rows[0].name == "Seat"
        assert rows[0].size == FIGURES.settlements.capital

    def test_every_settlement_is_in_the_cell_of_one_scale(self):
        row = basemap_names.Row(14.42, 50.09, "Prague", 3, np.inf, 6)
        village = basemap_names.Row(179.999, -16.5, "Village", 10, np.inf, 0)
        names = basemap_names.Names(settlements=(row, village), countries=(), waters=())
        found = [names.list_by_cell(scale) for scale in range(len(FIGURES.scales))]
        assert found[0][0, 0]["settlements"][0] == "Prague"
        (address,) = found[3]
        assert address[0] == (1 << FIGURES.scales[3].grid_zoom) - 1

    def test_waters_stand_on_the_map_and_are_shown_at_some_zoom(self):
        for lon, lat, name, first, last in WATERS:
            assert -180 <= lon <= 180, name
            assert -85 < lat < 85, name
            assert first < last, name

    @pytest.mark.parametrize("lang", ["ar", "cs", "de", "en", "es", "fr", "he", "ja", "pl", "uk", "zh"])
    def test_every_island_has_a_name_in_every_language(self, lang):
        territories = Locale.parse(lang).territories
        words = read_catalogue(lang)["island"]
        assert [name for *_, name, _, _, code in ISLANDS if not (code in territories if code else name in words)] == []
        assert set(words) == {name for *_, name, _, _, code in ISLANDS if not code}


def test_the_blocks_of_all_scales_have_different_ids():
    ids = {
        number_block(scale, x, y)
        for scale, spec in enumerate(FIGURES.scales)
        for x in range(0, 1 << spec.grid_zoom, 5)
        for y in range(0, 1 << spec.grid_zoom, 5)
    }
    assert len(ids) == sum(len(range(0, 1 << spec.grid_zoom, 5)) ** 2 for spec in FIGURES.scales)


def test_a_tile_lies_in_one_cell_and_edges_of_cells_are_whole_units():
    for spec in FIGURES.scales:
        assert spec.grid_zoom <= spec.min_zoom
        assert spec.cell_size << spec.grid_zoom == spec.units


def _read_prepared():
    """Every cell of the prepared basemap: its scale, its address, and its content."""
    file = resources.files("storymap") / "static" / FILE_NAME
    with closing(sqlite3.connect(f"{Path(str(file)).as_uri()}?mode=ro", uri=True)) as database:
        for number, content in database.execute("SELECT id, content FROM block"):
            column, row = (number >> 10 & 1023) * BLOCK, (number & 1023) * BLOCK
            for place, text in enumerate(inflate(content).split("\n")):
                if text:
                    yield number >> 20, (column + place % BLOCK, row + place // BLOCK), json.loads(text)


needs_basemap = pytest.mark.skipif(
    not (resources.files("storymap") / "static" / FILE_NAME).is_file(), reason="the basemap is not prepared"
)


@needs_basemap
def test_every_line_that_reaches_the_edge_of_a_cell_goes_on():
    """Rivers and state borders may end there, and a few do: each of these has been looked at on the map."""
    ends: dict[tuple[int, str, tuple[int, int]], int] = defaultdict(int)
    for scale, _, content in _read_prepared():
        arcs = unpack_arcs(content.get("arcs", ""))
        for name in ("coast", "shores", "borders", "regions", "rivers"):
            for index in unpack_lines(content.get(name, "")):
                for point in (arcs[index][0], arcs[index][-1]):
                    ends[scale, name, (int(point[0]), int(point[1]))] += 1
    loose = defaultdict(list)
    for (scale, name, (x, y)), count in ends.items():
        spec = FIGURES.scales[scale]
        at_edge = x % spec.cell_size == 0 or y % spec.cell_size == 0
        at_limit = x in {0, spec.units} or y in {0, spec.units}
        if at_edge and not at_limit and count == 1:
            loose[name].append((scale, x, y))
    assert not loose["coast"]
    assert not loose["shores"]
    assert not loose["borders"]
    assert len(loose["regions"]) <= 2
    assert len(loose["rivers"]) <= 6


@needs_basemap
@pytest.mark.parametrize(
    ("name", "lon", "lat", "scales"),
    [
        ("Corfu", 19.82, 39.6, (1, 2, 3)), ("Ibiza", 1.43, 39.0, (1, 2, 3)), ("Bornholm", 14.92, 55.13, (1, 2, 3)),
        ("Isle of Wight", -1.3, 50.68, (1, 2, 3)), ("Mallorca", 2.95, 39.6, (0, 1, 2, 3)),
        ("Elba", 10.2, 42.78, (2, 3)),
        ("Santorini", 25.43, 36.38, (2, 3)), ("Lord Howe", 159.08, -31.56, (3,)), ("Ascension", -14.37, -7.94, (2, 3)),
        ("Zanzibar", 39.35, -6.1, (1, 2, 3)), ("Saint Helena", -5.72, -15.96, (1, 2, 3)),
    ],
)  # fmt: skip
def test_an_island_where_people_live_is_drawn_where_a_pixel_shows_it(name, lon, lat, scales):
    from storymap.basemap.natural_earth import read_cell
    from storymap.earth.mercator import project_latitude, project_longitude

    for number in scales:
        spec = FIGURES.scales[number]
        x, y = project_longitude(lon) * spec.units, project_latitude(lat) * spec.units
        cell = read_cell(number, int(x // spec.cell_size), int(y // spec.cell_size))
        assert cell is not None, (name, number)
        rings = (
            np.concatenate([cell.arcs[ref] if ref >= 0 else cell.arcs[~ref][::-1] for ref in ring])
            for ring in cell.land
        )
        land = shapely.union_all([Polygon(ring) for ring in rings if len(ring) > 3])
        assert land.distance(Point(x, y)) < (2 if number < 3 else 8), (name, number)
