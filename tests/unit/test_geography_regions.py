"""Regions, islands, waters and mountains that the world knows: themselves, or told; never a village of their name."""

import functools
from importlib import resources

import numpy as np
import pytest
import shapely

from storymap.bundling.regions import read_table
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.countries import country_at
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.searching import search_places
from storymap.model.place import LonLat

DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
needs_data = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")
AT = Location("stories/a.md", 3, 8)


@pytest.fixture(scope="module")
def builtin():
    """The gazetteer, which is asked for the largest town of a region once, and not for each of the region's names."""
    gazetteer = BuiltinGazetteer()
    gazetteer.largest_settlement_within = functools.cache(gazetteer.largest_settlement_within)
    return gazetteer


@pytest.fixture(scope="module")
def world(builtin):
    return Gazetteer(builtin=builtin)


def find(gazetteer, reference):
    report = Report()
    answer = gazetteer.look_up(reference)
    for remark in answer.remarks:
        report.add(remark.at(AT))
    return answer.place, report


def test_every_line_of_the_table_has_names_and_a_box_on_the_earth():
    regions = list(read_table())
    assert len(regions) > 1_000
    for region in regions:
        west, south, east, north = region.bounds
        assert all(region.names), region
        assert -180 <= west <= 180, region
        assert -180 <= east <= 180, region
        assert -90 <= south < north <= 90, region
        assert all(len(code) == 2 and code.isupper() for code in region.countries), region


@needs_data
def test_every_box_without_an_outline_holds_land_of_its_countries(builtin):
    from shapely.geometry import box

    for region in builtin.named_regions.values():
        if region.has_outline:
            continue
        bounds = region.bounds
        windows = [box(bounds.west, bounds.south, bounds.unwrapped_east, bounds.north)]
        windows += [box(bounds.west - 360, bounds.south, bounds.unwrapped_east - 360, bounds.north)]
        for code in region.countries:
            if code in builtin.outlines:
                land = builtin.outlines[code]  # small islands off a coast, up to two degrees, are in no outline
                assert any(shapely.dwithin(land, window, 2) for window in windows), (region.name, code)


@needs_data
@pytest.mark.parametrize(
    ("reference", "name", "kind", "inside", "outside"),
    [
        ("Corsica", "Corsica", "island", LonLat(9.1, 42.2), LonLat(9.1, 40.5)),
        ("Corse", "Corsica", "island", LonLat(9.1, 42.2), LonLat(6, 44)),
        ("Corsica, France", "Corsica", "island", LonLat(9.1, 42.2), LonLat(6, 44)),
        ("Galápagos", "Galápagos", "group of islands", LonLat(-90.35, -0.65), LonLat(-79, -2)),
        ("Galapagos Islands", "Galápagos", "group of islands", LonLat(-90.35, -0.65), LonLat(-79, -2)),
        ("Scandinavia", "Scandinavia", "region", LonLat(15, 62), LonLat(26, 63)),
        ("the Balkans", "Balkans", "region", LonLat(23, 43), LonLat(15, 48)),
        ("Europe", "Europe", "continent", LonLat(40, 56), LonLat(90, 56)),
        ("Asia", "Asia", "continent", LonLat(90, 56), LonLat(40, 56)),
        ("Africa", "Africa", "continent", LonLat(20, 0), LonLat(45, 25)),
        ("Bali", "Bali", "island", LonLat(115.2, -8.4), LonLat(73.3, 25.2)),
        ("Borneo", "Borneo", "island", LonLat(114, 1), LonLat(110, -7)),
        ("Tasmania", "Tasmania", "island", LonLat(146.6, -42), LonLat(147, -37)),
        ("Isle of Skye", "Isle of Skye", "island", LonLat(-6.2, 57.3), LonLat(-5, 57.3)),
        ("Skye", "Isle of Skye", "island", LonLat(-6.2, 57.3), LonLat(-5, 57.3)),
        ("Texas", "Texas", "state", LonLat(-99, 31), LonLat(-97, 37)),
        ("Georgia, US", "Georgia", "state", LonLat(-83.5, 32.7), LonLat(-86, 32.7)),
        ("British Columbia", "British Columbia", "province", LonLat(-125, 55), LonLat(-115, 55)),
        ("Bahia", "Bahia", "state", LonLat(-42, -12), LonLat(-42, -18)),
        ("Crimea", "Crimea", "region", LonLat(34.1, 45), LonLat(34.1, 47)),
    ],
)
def test_a_region_that_the_atlas_draws_is_a_place_of_its_own_shape(world, reference, name, kind, inside, outside):
    from shapely import Point

    place, report = find(world, reference)
    assert not report.errors
    assert (place.name, place.kind, place.origin, place.category) == (name, "area", "region", kind)
    assert place.geometry.is_valid
    assert place.geometry.contains(Point(inside))
    assert not place.geometry.contains(Point(outside))


@needs_data
@pytest.mark.parametrize(
    ("reference", "what", "town"),
    [
        ("Bohemia", "a historic land in Czechia", "Prague"),
        ("Böhmen", "a historic land in Czechia", "Prague"),
        ("Siberia", "a region in Russia", ""),
        ("Patagonia", "a region in Argentina and Chile", ""),
        ("Tuscany", "a region in Italy", "Florence"),
        ("Normandy", "a region in France", "Le Havre"),
        ("Transylvania", "a region in Romania", "Cluj-Napoca"),
        ("Bavaria", "a state in Germany", "Munich"),
        ("Scotland", "a part of the United Kingdom", ""),
        ("North Sea", "a sea", ""),
        ("the North Sea", "a sea", ""),
        ("Mittelmeer", "a sea", ""),
        ("Sahara", "a desert", ""),
        ("Sahara Desert", "a desert", ""),
        ("Alps", "a mountain range", ""),
        ("Danube", "a river", ""),
        ("River Danube", "a river", ""),
        ("Dunaj", "a river", ""),
        ("Lake Baikal", "a lake in Russia", ""),
        ("Mount Everest", "a mountain in Nepal and China", ""),
        ("Kamchatka", "a peninsula in Russia", "Petropavlovsk"),
        ("Munster", "a region in Ireland", "Cork"),
        ("Scotland", "a part of the United Kingdom", "Glasgow"),
        ("Wales", "a part of the United Kingdom", "Cardiff"),
        ("Lower Saxony", "a state in Germany", "Hannover"),
        ("Goa", "a region in India", ""),
        ("North Pole", "a pole", ""),
    ],
)
def test_any_other_is_told_with_what_it_is_and_how_to_show_it(world, reference, what, town):
    place, report = find(world, reference)
    (problem,) = report.errors
    assert place is None
    assert problem.message == f'"{reference}" is {what}, and no outline of it is built in'
    assert "write bounds: [" in problem.help
    assert "geo/" in problem.help
    assert not town or f'such as "{town}' in problem.help


@needs_data
def test_every_name_of_the_table_is_a_region_or_country_or_city_and_no_village(world, builtin):
    for region in read_table():
        for name in region.names:
            place, report = find(world, name)
            if place is None:
                assert {problem.code for problem in report.errors} <= {"unknown-place", "ambiguous-place"}, name
                assert "no place" not in report.errors[0].message, name
            elif place.origin == "gazetteer":
                town = builtin.nearest_settlements(place.point)[0][0]
                known = builtin.named_regions.values()
                lies_in_it = any(one.name == region.names[0] and one.bounds.contains(town.point) for one in known)
                assert town.population >= 200_000 or lies_in_it, name


@needs_data
@pytest.mark.parametrize(
    ("reference", "name", "country"),
    [
        ("New York", "New York City", "US"),
        ("Washington", "Washington", "US"),
        ("Reno", "Reno", "US"),
        ("Norfolk", "Norfolk", "US"),
        ("Münster", "Münster", "DE"),
        ("Rio de Janeiro", "Rio de Janeiro", "BR"),
        ("Corsica, South Dakota", "Corsica", "US"),
        ("Bāli", "Bāli", "IN"),
        ("Québec", "Québec", "CA"),
    ],
)
def test_a_city_and_a_town_told_apart_are_still_meant(world, reference, name, country):
    place, _ = find(world, reference)
    assert (place.name, place.country, place.kind) == (name, country, "point")


@needs_data
def test_a_name_of_two_is_told_with_both(world):
    _, report = find(world, "Congo")
    assert report.errors[0].code == "ambiguous-place"
    assert report.errors[0].help == 'write "Democratic Republic of the Congo" or "Republic of the Congo"'
    _, report = find(world, "Galicia")
    assert report.errors[0].code == "ambiguous-place"
    assert "Spain: [-9.4, 41.8, -6.7, 43.8]" in report.errors[0].help
    assert "Poland and Ukraine: [" in report.errors[0].help


@needs_data
def test_the_village_of_the_name_is_offered_in_a_note(builtin):
    _, report = find(Gazetteer(builtin=builtin), "Corsica")
    (note,) = report.problems
    assert (note.severity, note.message) == ("note", '"Corsica" is the island, not a town')
    assert note.help == 'for the town, write "Corsica, South Dakota"'


@needs_data
def test_a_search_finds_regions_that_can_be_shown(builtin):
    first = search_places("Corsica", places=(), builtin=builtin, limit=3)[0]
    assert (first.kind, first.spelling, first.what, first.country) == ("region", "Corsica", "island", "FR")
    spellings = [one.spelling for one in search_places("Corsica", places=(), builtin=builtin, limit=10)]
    assert spellings.count("Corsica") == 1
    assert all(one.name != "Bohemia" or one.kind == "town" for one in search_places(
        "Bohemia", places=(), builtin=builtin, limit=10))  # fmt: skip


@needs_data
def test_crimea_has_one_answer_by_name_by_point_and_on_the_map(world):
    from storymap.basemap.natural_earth import read_cell
    from storymap.earth.mercator import project_latitude, project_longitude
    from storymap.figures import FIGURES

    point = LonLat(34.1, 45.3)
    assert country_at(point, world.builtin) == "UA"
    assert find(world, "Simferopol")[0].country == "UA"
    assert find(world, "Crimea")[0].country == "UA"
    for number, spec in enumerate(FIGURES.scales):
        x, y = project_longitude(point.lon) * spec.units, project_latitude(point.lat) * spec.units
        cell = read_cell(number, int(x // spec.cell_size), int(y // spec.cell_size))
        assert cell is not None
        arcs = cell.arcs
        for code, holds in (("UA", True), ("RU", False)):
            rings = (
                np.concatenate([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in ring])
                for ring in cell.country(code)
            )
            around = sum(shapely.Polygon(ring).contains(shapely.Point(x, y)) for ring in rings)
            assert around % 2 == holds, (number, code)
